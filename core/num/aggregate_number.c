/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_number.c -- P(N = n) of a threat's events, all n at once.
 *
 * Every count law here has P(N = n) / P(N = n - 1) = a + b / n (Panjer, ASTIN
 * Bulletin 12 (1981) 22; the zero of zip apart):
 *   poisson a 0, b m;   binomial, p = m / n: a = -p / (1 - p), b = -(n + 1) a;
 *   negbin, r = 1 / f: a = f m / (1 + f m), b = (r - 1) a.
 * From near the mode up and down, and then divided by the sum: no logarithm of
 * a factorial is in the way of the digits.
 */
#include "num/aggregate_parts.h"
#include "num/sum.h"

#include <math.h>

/* Of the likeliest number, where the series ends. */
#define LEAST 1e-19

enum { STEPS = 1 << 20 }; /* at most */

struct panjer {
    double a, b, last; /* most events */
    double start;      /* near the mode */
};

static struct panjer
panjer_of(const struct rw_threat *t, double m)
{
    double odds, f = t->dispersion;

    switch (t->law) {
    case RW_COUNT_NEGBIN:
        odds = f * m / (1 + f * m);
        return (struct panjer){
            odds, (1 / f - 1) * odds, INFINITY, floor(fmax(1 - f, 0) * m)};
    case RW_COUNT_BINOMIAL:
    case RW_COUNT_BERNOULLI:
        odds = m / (t->chances - m);
        return (struct panjer){-odds, (t->chances + 1) * odds, t->chances, floor(m)};
    default:
        return (struct panjer){0, m, INFINITY, floor(m)};
    }
}

/* p[n] += scale * (terms that are 1 at the start), n < room, or only their
 * sum; *steps counts. */
static double
series(const struct panjer *s, double scale, double p[], size_t room, size_t *steps)
{
    struct rw_sum sum = {0, 0};
    double term = 1;

    for (double n = s->start; n <= s->last && term >= LEAST && *steps < STEPS; n++) {
        rw_sum_add(&sum, term);
        if (n < (double)room)
            p[(size_t)n] += scale * term;
        term *= s->a + s->b / (n + 1);
        ++*steps;
    }
    term = 1;
    for (double n = s->start; n >= 1 && term >= LEAST && *steps < STEPS; n--) {
        term /= s->a + s->b / n;
        rw_sum_add(&sum, term);
        if (n - 1 < (double)room)
            p[(size_t)(n - 1)] += scale * term;
        ++*steps;
    }
    return rw_sum_value(&sum);
}

enum rw_err
rw_number_add(
    const struct rw_threat *t, double m, double weight, double p[], size_t room)
{
    struct panjer s;
    size_t steps = 0;
    double sum;

    if (t->law == RW_COUNT_ZIP) {
        p[0] += weight * t->zero;
        weight *= 1 - t->zero;
    }
    if (m == 0) {
        p[0] += weight;
        return RW_OK;
    }
    if (t->chances > 0 && m >= t->chances) { /* as often as it can */
        if (t->chances < (double)room)
            p[(size_t)t->chances] += weight;
        return RW_OK;
    }
    s = panjer_of(t, m);
    sum = series(&s, 0, p, 0, &steps);
    if (steps >= STEPS)
        return RW_ERR_LIMIT;
    steps = 0;
    (void)series(&s, weight / sum, p, room, &steps);
    return RW_OK;
}
