/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/histogram.c -- counts in cells that grow with the value. */
#include "num/histogram.h"

#include "num/cpu.h"
#include "num/tail.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Top 20 bits (sign, exponent, 8 of the mantissa) of 2^-10: the first cell
 * above zero's. */
#define FIRST ((uint64_t)(1023 - 10) << 8)

/* Numbers whose cells are looked up together. */
enum { CHUNK = 256 };

/* cell[] <- where n numbers belong; whether that is one cell for all. */
RW_CPU_EACH bool
look_up_by(size_t n, const double *restrict x, uint64_t *restrict cell)
{
    uint64_t differs = 0;

    for (size_t i = 0; i < n; i++) {
        uint64_t b;

        memcpy(&b, &x[i], sizeof b);
        b = (b >> 44) - FIRST + 1;
        b = b < RW_HISTOGRAM_CELLS ? b : RW_HISTOGRAM_CELLS - 1;
        cell[i] = x[i] >= 0x1p-10 ? b : 0;
    }
    for (size_t i = 0; i < n; i++)
        differs |= cell[i] ^ cell[0];
    return differs == 0;
}
RW_CPU_VARIANTS(
    bool, look_up, (size_t n, const double x[], uint64_t cell[]), (n, x, cell))

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
    uint64_t cell[CHUNK];

    for (size_t i = 0; i < n; i += CHUNK) {
        size_t each = n - i < CHUNK ? n - i : CHUNK;
        bool one = look_up(each, x + i, cell);

        if (one) /* as of a risk that is the same in every future */
            h->cell[cell[0]] += (uint32_t)each;
        for (size_t j = 0; j < each && !one; j++)
            h->cell[cell[j]]++;
    }
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
