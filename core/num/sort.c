/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sort.c -- radix sort of doubles, least digit first.
 *
 * The bits of a double, all flipped where it is negative and the sign bit
 * alone where not, ascend as its value does.  Six digits of 11 bits; a digit
 * that is the same in all keys costs no pass.
 */
#include "num/tail.h"

#include <stdint.h>
#include <string.h>

enum { DIGITS = 6, BITS = 11, CELLS = 1 << BITS };

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

/* For few values, where counting digits costs more than it saves. */
static void
insert(double x[], size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double v = x[i];
        size_t j = i;

        for (; j > 0 && x[j - 1] > v; j--)
            x[j] = x[j - 1];
        x[j] = v;
    }
}

void
rw_sort(double x[], size_t n, double tmp[])
{
    static const size_t few = 64;
    size_t start[DIGITS][CELLS] = {{0}};
    double *from = x, *to = tmp;

    if (n <= few) {
        insert(x, n);
        return;
    }
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
