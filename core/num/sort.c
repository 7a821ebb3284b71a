/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sort.c -- radix sort of doubles.
 *
 * The bits of a double, all flipped where it is negative and the sign bit
 * alone where not, ascend as its value does: its key.  Between the least and
 * the largest key of the numbers that are not zero (of which there may be
 * many, far from all others) lie 2^(2 b) cells, b = log2(n) / 2 + 2, so that
 * hardly two numbers meet in one; two passes by digits of b bits order the
 * cells, and insertion what is in a cell.
 *
 * Where numbers crowd, insertion would take long: it gives up after MOVES n
 * moves, and all six digits of 11 bits are gone through, least first.  A digit
 * that is the same in all keys costs no pass.
 */
#include "num/tail.h"

#include <stdint.h>
#include <string.h>

enum {
    DIGITS = 6,
    BITS = 11,
    CELLS = 1 << BITS,
    WIDEST = 12, /* digit of two */
    FEW = 64,
    MOVES = 8
};

static uint64_t
key(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b ^ ((b >> 63 ? UINT64_MAX : 0) | UINT64_C(1) << 63);
}

static unsigned
digit(double x, int d)
{
    return (unsigned)(key(x) >> (d * BITS)) & (CELLS - 1);
}

/* One stable pass from x to y; false, and y untouched, where it would only copy. */
static int
pass(const double x[], size_t n, double y[], size_t start[CELLS], int d)
{
    size_t sum = 0;

    if (start[digit(x[0], d)] == n)
        return 0;
    for (int c = 0; c < CELLS; c++) {
        size_t count = start[c];

        start[c] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        y[start[digit(x[i], d)]++] = x[i];
    return 1;
}

/* False, and x only nearer to its order, after so many moves. */
static int
insert(double x[], size_t n, size_t moves)
{
    for (size_t i = 1; i < n; i++) {
        double v = x[i];
        size_t j = i;

        for (; j > 0 && x[j - 1] > v; j--)
            x[j] = x[j - 1];
        x[j] = v;
        if (i - j > moves)
            return 0;
        moves -= i - j;
    }
    return 1;
}

static void
sort_digits(double x[], size_t n, double tmp[])
{
    size_t start[DIGITS][CELLS] = {{0}};
    double *from = x, *to = tmp;

    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < DIGITS; d++)
            start[d][digit(x[i], d)]++;
    for (int d = 0; d < DIGITS; d++)
        if (pass(from, n, to, start[d], d)) {
            double *swap = from;

            from = to;
            to = swap;
        }
    if (from != x)
        memcpy(x, from, n * sizeof x[0]);
}

/* Where the cells lie. */
struct cells {
    uint64_t least, most; /* keys */
    unsigned shift, bits; /* of a key to its cell; of a digit */
};

static unsigned
width(uint64_t k)
{
    return k > 0 ? 64 - (unsigned)__builtin_clzll(k) : 0;
}

/* False: every number is zero. */
static int
find_cells(const double x[], size_t n, struct cells *c)
{
    unsigned all;

    c->least = UINT64_MAX;
    c->most = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t k = key(x[i]), low = x[i] == 0 ? UINT64_MAX : k,
                 high = x[i] == 0 ? 0 : k;

        c->least = low < c->least ? low : c->least;
        c->most = high > c->most ? high : c->most;
    }
    if (c->most == 0)
        return 0;
    c->bits = width(n) / 2 + 2;
    c->bits = c->bits < WIDEST ? c->bits : WIDEST;
    all = width(c->most - c->least);
    c->shift = all > 2 * c->bits ? all - 2 * c->bits : 0;
    return 1;
}

/* A zero outside goes to the nearest end. */
static inline unsigned
cell(const struct cells *c, double x)
{
    uint64_t k = key(x);

    k = k < c->least ? c->least : k;
    k = k > c->most ? c->most : k;
    return (unsigned)((k - c->least) >> c->shift);
}

static void
ascend(size_t start[], size_t n)
{
    size_t sum = 0;

    for (size_t k = 0; k < n; k++) {
        size_t count = start[k];

        start[k] = sum;
        sum += count;
    }
}

static void
sort_cells(double x[], size_t n, double tmp[], const struct cells *c)
{
    size_t low[1 << WIDEST], high[1 << WIDEST], room = (size_t)1 << c->bits;
    unsigned mask = (unsigned)room - 1;

    memset(low, 0, room * sizeof *low);
    memset(high, 0, room * sizeof *high);
    for (size_t i = 0; i < n; i++) {
        unsigned at = cell(c, x[i]);

        low[at & mask]++;
        high[at >> c->bits]++;
    }
    ascend(low, room);
    ascend(high, room);
    for (size_t i = 0; i < n; i++)
        tmp[low[cell(c, x[i]) & mask]++] = x[i];
    for (size_t i = 0; i < n; i++)
        x[high[cell(c, tmp[i]) >> c->bits]++] = tmp[i];
}

void
rw_sort(double x[], size_t n, double tmp[])
{
    struct cells c;

    if (n <= FEW) {
        (void)insert(x, n, SIZE_MAX);
        return;
    }
    if (!find_cells(x, n, &c))
        return;
    sort_cells(x, n, tmp, &c);
    if (!insert(x, n, MOVES * n))
        sort_digits(x, n, tmp);
}
