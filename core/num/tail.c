/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/tail.c -- quantiles, tail means and exceedance with their errors. */
#include "num/tail.h"

#include "num/special.h"
#include "num/sum.h"

#include <float.h>
#include <math.h>

size_t
rw_tail_rank(size_t n, double q)
{
    /* q is a rounded decimal: 100 x 0.07 must be 7, not 8. */
    double k = ceil((double)n * q * (1 - 4 * DBL_EPSILON));

    return k < 1 ? 1 : k > (double)n ? n : (size_t)k;
}

bool
rw_tail_too_few(size_t n, double q)
{
    double least = RW_TAIL_BEYOND * (1 - 1e-9); /* of rounded decimals */

    return (double)n * (1 - q) < least || (q < 0.5 && (double)n * q < least);
}

/* P(Bin(n, q) >= k), 1 <= k <= n: I_q(k, n - k + 1). */
static double
at_least(size_t n, double q, size_t k, double *less)
{
    struct rw_beta_law g = rw_beta_law((double)k, (double)(n - k) + 1);
    double p;

    rw_beta_tails(&g, log(q) - log1p(-q), &p, less);
    return p;
}

void
rw_tail_binomial(size_t n, double p, size_t k, double *below, double *above)
{
    double unused;

    *below = *above = 1;
    if (!(p > 0 && p < 1)) { /* all of it at 0 or at n */
        *below = p > 0 ? k == n : 1;
        *above = p > 0 ? 1 : k == 0;
        return;
    }
    if (k > 0)
        *above = at_least(n, p, k, &unused);
    if (k < n)
        at_least(n, p, k + 1, below);
}

/* A rank far enough on that side of n q for every level in use; the search
 * falls back on the extremes where it is not. */
static size_t
far_rank(size_t n, double q, double sds)
{
    double k = (double)n * q + sds * (sqrt((double)n * q * (1 - q)) + 1);

    return k < 1 ? 1 : k > (double)n ? n : (size_t)k;
}

void
rw_tail_ranks(size_t n, double q, double level, size_t *l, size_t *u)
{
    double half = (1 - level) / 2 * (1 + 1e-12), less;
    size_t low, high;

    /* Largest l with P(Bin < l) <= half. */
    low = far_rank(n, q, -12);
    high = far_rank(n, q, 12) + 1;
    at_least(n, q, low, &less);
    if (less > half)
        low = 1;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        at_least(n, q, mid, &less);
        if (less <= half)
            low = mid;
        else
            high = mid;
    }
    *l = low;
    /* Smallest u with P(Bin >= u) <= half. */
    low = far_rank(n, q, -12) - 1;
    high = far_rank(n, q, 12);
    if (at_least(n, q, high, &less) > half)
        high = n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (at_least(n, q, mid, &less) <= half)
            high = mid;
        else
            low = mid;
    }
    *u = high;
}

struct rw_tail_place
rw_tail_place(size_t n, double q, double level)
{
    struct rw_tail_place r = {.p = q, .refused = rw_tail_too_few(n, q)};

    if (r.refused)
        return r;
    rw_tail_ranks(n, q, level, &r.low, &r.high);
    r.value = rw_tail_rank(n, q);
    return r;
}

struct rw_quantile
rw_tail_read(const double x[], const struct rw_tail_place *at)
{
    struct rw_quantile r = {.p = at->p, .refused = at->refused};

    if (r.refused)
        return r;
    r.value = x[at->value - 1];
    r.low = x[at->low - 1];
    r.high = x[at->high - 1];
    return r;
}

struct rw_quantile
rw_tail_quantile(const double x[], size_t n, double q, double level)
{
    struct rw_tail_place at = rw_tail_place(n, q, level);

    return rw_tail_read(x, &at);
}

size_t
rw_tail_count(const double x[], size_t n, double at)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (x[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

struct rw_tvar
rw_tail_tvar(const double x[], size_t n, double q)
{
    struct rw_tvar r = {.p = q, .refused = rw_tail_too_few(n, q)};
    struct rw_sum excess = {0, 0};
    struct rw_moments m;
    double var, size = (double)n * (1 - q), gap, spread;
    size_t first = rw_tail_rank(n, q);

    if (r.refused)
        return r;
    var = x[first - 1];
    first += rw_tail_count(x + first, n - first, var);
    for (size_t i = first; i < n; i++)
        rw_sum_add(&excess, x[i] - var);
    gap = rw_sum_value(&excess) / size;
    m = rw_moments_array(x + first, n - first);
    r.value = var + gap;
    /* fewer than two beyond: an atom, without spread */
    spread = m.n > 1 ? m.m2 / (double)(m.n - 1) : 0;
    r.se = sqrt((spread + q * gap * gap) / size);
    return r;
}

void
rw_tail_share(size_t n, size_t over, double level, double *p, double *low, double *high)
{
    size_t under = n - over;
    double half = (1 - level) / 2, y;

    *p = n > 0 ? (double)over / (double)n : 0;
    *low = 0;
    *high = 1;
    if (over > 0) {
        struct rw_beta_law g = rw_beta_law((double)over, (double)under + 1);

        *low = rw_beta_inverse(&g, half, 1 - half, &y);
    }
    if (under > 0) {
        struct rw_beta_law g = rw_beta_law((double)over + 1, (double)under);

        *high = rw_beta_inverse(&g, 1 - half, half, &y);
    }
}

void
rw_tail_exceedance(const double x[], size_t n, double at, double level, double *p,
    double *low, double *high)
{
    rw_tail_share(n, n - rw_tail_count(x, n, at), level, p, low, high);
}
