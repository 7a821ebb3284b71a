/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cpu.h"

static unsigned most = 512; /* bits of a register */

bool
rw_cpu_wide(void)
{
#ifdef __x86_64__
    return most >= 256 && __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

bool
rw_cpu_widest(void)
{
#ifdef __x86_64__
    return most >= 512 && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl");
#else
    return false;
#endif
}

void
rw_cpu_keep_within(unsigned bits)
{
    most = bits;
}
