/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/row.h"

#include "num/cpu.h"

#include <string.h>

RW_CPU_EACH void
fill_by(size_t n, double x, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] = x;
}
RW_CPU_VARIANTS(void, fill, (size_t n, double x, double row[]), (n, x, row))

RW_CPU_EACH void
scale_by(size_t n, double x, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] *= x;
}
RW_CPU_VARIANTS(void, scale, (size_t n, double x, double row[]), (n, x, row))

RW_CPU_EACH void
add_by(size_t n, const double *restrict x, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] += x[i];
}
RW_CPU_VARIANTS(void, add, (size_t n, const double x[], double row[]), (n, x, row))

RW_CPU_EACH void
times_by(size_t n, const double *restrict x, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] *= x[i];
}
RW_CPU_VARIANTS(void, times, (size_t n, const double x[], double row[]), (n, x, row))

RW_CPU_EACH void
leave_by(size_t n, const double *restrict x, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] *= 1 - x[i];
}
RW_CPU_VARIANTS(void, leave, (size_t n, const double x[], double row[]), (n, x, row))

RW_CPU_EACH void
unite_by(size_t n, const uint8_t *restrict x, uint8_t *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] |= x[i];
}
RW_CPU_VARIANTS(void, unite, (size_t n, const uint8_t x[], uint8_t row[]), (n, x, row))

RW_CPU_EACH void
most_by(size_t n, const double *restrict x, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] = x[i] > row[i] ? x[i] : row[i];
}
RW_CPU_VARIANTS(void, most, (size_t n, const double x[], double row[]), (n, x, row))

RW_CPU_EACH unsigned
below_by(size_t n, const double *restrict row, double bound)
{
    unsigned any = 0;

    for (size_t i = 0; i < n; i++)
        any |= row[i] < bound;
    return any;
}
RW_CPU_VARIANTS(
    unsigned, below, (size_t n, const double row[], double bound), (n, row, bound))

RW_CPU_EACH unsigned
above_by(size_t n, const double *restrict row, double bound)
{
    unsigned any = 0;

    for (size_t i = 0; i < n; i++)
        any |= row[i] > bound;
    return any;
}
RW_CPU_VARIANTS(
    unsigned, above, (size_t n, const double row[], double bound), (n, row, bound))

RW_CPU_EACH uint8_t
any_by(size_t n, const uint8_t *restrict row)
{
    uint8_t any = 0;

    for (size_t i = 0; i < n; i++)
        any |= row[i];
    return any;
}
RW_CPU_VARIANTS(uint8_t, any, (size_t n, const uint8_t row[]), (n, row))

RW_CPU_EACH struct rw_row_cycles
cycles_by(size_t n, const uint16_t *restrict row, uint16_t now)
{
    uint16_t first = UINT16_MAX, last = 0, any = 0;

    for (size_t i = 0; i < n; i++) {
        first = row[i] < first ? row[i] : first;
        last = row[i] > last ? row[i] : last;
        any |= row[i] == now;
    }
    return (struct rw_row_cycles){first, last, any != 0};
}
RW_CPU_VARIANTS(struct rw_row_cycles, cycles,
    (size_t n, const uint16_t row[], uint16_t now), (n, row, now))

void
rw_row_fill(size_t n, double x, double row[])
{
    fill(n, x, row);
}

void
rw_row_copy(size_t n, const double x[], double row[])
{
    memcpy(row, x, n * sizeof *row);
}

void
rw_row_scale(size_t n, double x, double row[])
{
    scale(n, x, row);
}

void
rw_row_add(size_t n, const double x[], double row[])
{
    add(n, x, row);
}

void
rw_row_times(size_t n, const double x[], double row[])
{
    times(n, x, row);
}

void
rw_row_leave(size_t n, const double x[], double row[])
{
    leave(n, x, row);
}

void
rw_row_or(size_t n, const uint8_t x[], uint8_t row[])
{
    unite(n, x, row);
}

void
rw_row_most(size_t n, const double x[], double row[])
{
    most(n, x, row);
}

bool
rw_row_below(size_t n, const double row[], double bound)
{
    return below(n, row, bound) != 0;
}

bool
rw_row_above(size_t n, const double row[], double bound)
{
    return above(n, row, bound) != 0;
}

bool
rw_row_any(size_t n, const uint8_t row[])
{
    return any(n, row) != 0;
}

struct rw_row_cycles
rw_row_cycles(size_t n, const uint16_t row[], uint16_t now)
{
    return cycles(n, row, now);
}

bool
rw_row_nothing(size_t n, const double row[])
{
    static const double zero;

    return n == 0 || (memcmp(row, &zero, sizeof zero) == 0 &&
                         memcmp(row, row + 1, (n - 1) * sizeof *row) == 0);
}
