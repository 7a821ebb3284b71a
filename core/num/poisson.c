/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/poisson.h"

#include "num/cpu.h"
#include "num/elementary.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum {
    EIGHT = 8,
    STEPS = 3, /* up between two looks; a divisor of the numbers but 0 */
    STEP = 256,
    LAST = RW_POISSON_NUMBERS - 1
};

_Static_assert(LAST % STEPS == 0, "no step beyond the last number");

/* 1 / k */
#define OVER(k) (1.0 / (k))
#define OVER_8(k)                                                                      \
    OVER(k), OVER(k + 1), OVER(k + 2), OVER(k + 3), OVER(k + 4), OVER(k + 5),          \
        OVER(k + 6), OVER(k + 7)
static const double over[RW_POISSON_NUMBERS] = {0, OVER(1), OVER(2), OVER(3), OVER(4),
    OVER(5), OVER(6), OVER(7), OVER_8(8), OVER_8(16), OVER_8(24), OVER_8(32),
    OVER_8(40), OVER_8(48), OVER_8(56)};

void
rw_poisson_init(struct rw_poisson *p, double rate)
{
    double sum = 0, term = rw_exp(-rate);

    p->rate = rate;
    p->common = RW_POISSON_NUMBERS;
    for (size_t k = 0; k < RW_POISSON_NUMBERS; k++) {
        term = k > 0 ? term * (rate * over[k]) : term;
        sum += term;
        p->p[k] = term;
        p->cdf[k] = sum;
        if (p->common == RW_POISSON_NUMBERS && sum > 1 - 0x1p-12)
            p->common = k + 1;
    }
    p->cdf[LAST] = 1;
}

unsigned
rw_poisson_number(const struct rw_poisson *p, double u)
{
    unsigned k = 0;

    while (u >= p->cdf[k])
        k++;
    return k;
}

/* Roundings put it outside (0, 1) at most by a hair; also NaN. */
INLINE double
inside(double rest)
{
    rest = rest > 0x1p-53 ? rest : 0x1p-53;
    return rest < 1 - 0x1p-53 ? rest : 1 - 0x1p-53;
}

double
rw_poisson_rest(const struct rw_poisson *p, double u, unsigned number)
{
    double below = number > 0 ? p->cdf[number - 1] : 0;

    return inside((u - below) / p->p[number]);
}

#define NAME(x) x##_widest
#define TARGET  RW_CPU_WIDEST
#define LANES   8
#include "num/poisson_body.h"

#define NAME(x) x##_wide
#define TARGET  RW_CPU_WIDE
#define LANES   4
#include "num/poisson_body.h"

/* One by one. */
static void
rows_plain(size_t n, const double rate[], const double u[], const double p[],
    uint8_t number[], double rest[])
{
    for (size_t i = 0; i < n; i++) {
        double term = p[i], cdf = term, below = 0;
        unsigned k = 0;

        while (u[i] >= cdf && k < LAST) {
            below = cdf;
            term *= rate[i] * over[++k];
            cdf += term;
        }
        number[i] = (uint8_t)k;
        rest[i] = inside((u[i] - below) / term);
    }
}

static void
rows_any(size_t n, const double rate[], const double u[], const double p[],
    uint8_t number[], double rest[])
{
    if (rw_cpu_widest())
        rows_widest(n, rate, u, p, number, rest);
    else if (rw_cpu_wide())
        rows_wide(n, rate, u, p, number, rest);
    else
        rows_plain(n, rate, u, p, number, rest);
}

void
rw_poisson_row(const struct rw_poisson *p, size_t n, const double u[], uint8_t number[])
{
    size_t even = n / EIGHT * EIGHT;

    if (rw_cpu_widest())
        row_widest(p, even, u, number);
    else if (rw_cpu_wide())
        row_wide(p, even, u, number);
    else
        even = 0;
    for (size_t i = 0; i < n; i++)
        if (i >= even || number[i] == p->common)
            number[i] = (uint8_t)rw_poisson_number(p, u[i]);
}

/* At most STEP; filled up to whole eights with what ends at once. */
static void
rows_few(
    size_t n, const double rate[], const double u[], uint8_t number[], double rest[])
{
    double r[STEP], v[STEP], p[STEP], left[STEP];
    uint8_t found[STEP];
    size_t all = (n + EIGHT - 1) / EIGHT * EIGHT;

    for (size_t i = 0; i < all; i++) {
        r[i] = i < n ? rate[i] : 0;
        v[i] = i < n ? u[i] : 0;
        p[i] = -r[i];
    }
    rw_exp_row(all, p, p);
    rows_any(all, r, v, p, found, left);
    memcpy(number, found, n * sizeof *number);
    memcpy(rest, left, n * sizeof *rest);
}

void
rw_poisson_rows(
    size_t n, const double rate[], const double u[], uint8_t number[], double rest[])
{
    for (size_t i = 0; i < n; i += STEP)
        rows_few(n - i < STEP ? n - i : STEP, rate + i, u + i, number + i, rest + i);
}
