/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/cpu.h -- which instructions kernels may use, chosen when the program runs.
 *
 * A kernel that has a wide variant has a plain one too, of the same operations in the
 * same order: both give the same bits, which tests/cli/cpu.sh looks at.  So nothing
 * here changes a result, and nothing may.
 *
 * Floor: num.  Threads: rw_cpu_keep_within before any starts; else pure.
 */
#ifndef RW_NUM_CPU_H
#define RW_NUM_CPU_H

#include <stdbool.h>

/* Of a function whose loops are compiled for wide registers.  No fused multiply-add:
 * that rounds once where the plain variant rounds twice. */
#ifdef __x86_64__
#define RW_CPU_WIDE   __attribute__((target("avx2")))
#define RW_CPU_WIDEST __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl")))
#else
#define RW_CPU_WIDE
#define RW_CPU_WIDEST
#endif

/* NAME ARGS, of type TYPE and with parameters PARAMS (both in brackets): compiled three
 * times out of the inline function NAME_by, and chosen when it is called. */
#define RW_CPU_EACH static inline __attribute__((always_inline))
#define RW_CPU_VARIANTS(TYPE, NAME, PARAMS, ARGS)                                      \
    static TYPE NAME##_plain PARAMS                                                    \
    {                                                                                  \
        return NAME##_by ARGS;                                                         \
    }                                                                                  \
    RW_CPU_WIDE static TYPE NAME##_wide PARAMS                                         \
    {                                                                                  \
        return NAME##_by ARGS;                                                         \
    }                                                                                  \
    RW_CPU_WIDEST static TYPE NAME##_widest PARAMS                                     \
    {                                                                                  \
        return NAME##_by ARGS;                                                         \
    }                                                                                  \
    static inline TYPE NAME PARAMS                                                     \
    {                                                                                  \
        return (rw_cpu_widest() ? NAME##_widest                                        \
                : rw_cpu_wide() ? NAME##_wide                                          \
                                : NAME##_plain)ARGS;                                   \
    }

/* Whether this processor can run them, and nobody wants narrower ones. */
bool rw_cpu_wide(void);

/* The same of 512 bits (AVX-512 F, DQ, BW and VL). */
bool rw_cpu_widest(void);

/* From now on no registers beyond so many bits: 512, 256, or 128, the plain kernels. */
void rw_cpu_keep_within(unsigned bits);

#endif
