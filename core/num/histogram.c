/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/histogram.c -- counts in cells that grow with the value. */
#include "num/histogram.h"

#include "num/tail.h"

#include <math.h>
#include <string.h>

/* Top 20 bits (sign, exponent, 8 of the mantissa) of 2^-10: the first cell
 * above zero's. */
#define FIRST ((uint64_t)(1023 - 10) << 8)

static size_t
cell_of(double x)
{
    uint64_t b;

    if (!(x >= 0x1p-10))
        return 0;
    memcpy(&b, &x, sizeof b);
    b = (b >> 44) - FIRST + 1;
    return b < RW_HISTOGRAM_CELLS ? (size_t)b : RW_HISTOGRAM_CELLS - 1;
}

static double
cell_start(size_t cell)
{
    uint64_t b = (FIRST + cell - 1) << 44;
    double x;

    memcpy(&x, &b, sizeof x);
    return x;
}

void
rw_histogram_add(struct rw_histogram *h, const double x[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        h->cell[cell_of(x[i])]++;
    h->n += n;
}

void
rw_histogram_join(struct rw_histogram *h, const struct rw_histogram *other)
{
    for (size_t i = 0; i < RW_HISTOGRAM_CELLS; i++)
        h->cell[i] += other->cell[i];
    h->n += other->n;
}

double
rw_histogram_quantile(const struct rw_histogram *h, double q)
{
    uint64_t rank, seen = h->cell[0];
    size_t i = 0;

    if (h->n == 0)
        return 0;
    rank = rw_tail_rank(h->n, q);
    while (seen < rank && i + 1 < RW_HISTOGRAM_CELLS)
        seen += h->cell[++i];
    return i == 0 ? 0 : sqrt(cell_start(i)) * sqrt(cell_start(i + 1));
}
