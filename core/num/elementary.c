/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/elementary.h"

#include "num/cpu.h"

RW_CPU_EACH void
exps_by(size_t n, const double x[], double y[])
{
    for (size_t i = 0; i < n; i++)
        y[i] = rw_exp(x[i]);
}
RW_CPU_VARIANTS(void, exps, (size_t n, const double x[], double y[]), (n, x, y))

void
rw_exp_row(size_t n, const double x[], double y[])
{
    exps(n, x, y);
}
