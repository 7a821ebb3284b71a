/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/elementary.h"

#include "num/cpu.h"

#define INLINE static inline __attribute__((always_inline))

INLINE void
exps(size_t n, const double x[], double y[])
{
    for (size_t i = 0; i < n; i++)
        y[i] = rw_exp(x[i]);
}

INLINE void
logs(size_t n, const double x[], double y[])
{
    for (size_t i = 0; i < n; i++)
        y[i] = rw_log(x[i]);
}

/* One of each for every kind of register. */
#define KERNELS(name, target)                                                          \
    target static void exps_##name(size_t n, const double x[], double y[])             \
    {                                                                                  \
        exps(n, x, y);                                                                 \
    }                                                                                  \
    target static void logs_##name(size_t n, const double x[], double y[])             \
    {                                                                                  \
        logs(n, x, y);                                                                 \
    }

KERNELS(plain, )
KERNELS(wide, RW_CPU_WIDE)

void
rw_exp_row(size_t n, const double x[], double y[])
{
    (rw_cpu_wide() ? exps_wide : exps_plain)(n, x, y);
}

void
rw_log_row(size_t n, const double x[], double y[])
{
    (rw_cpu_wide() ? logs_wide : logs_plain)(n, x, y);
}
