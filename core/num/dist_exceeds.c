/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/dist_exceeds.c -- P(X > Y).
 *
 *   P(X > Y) = integral over u in (0, 1) of P(X > Q_Y(u))
 *
 * The integrand falls from 1 to 0; it is cut where X's law has an end or an
 * atom and at some of X's quantiles, so that a narrow X against a wide Y, or
 * the reverse, cannot fall between the nodes.
 */
#include "num/dist.h"
#include "num/quad.h"

#include <math.h>
#include <stdlib.h>

static const double cuts[] = {
    1e-9, 1e-4, 0.02, 0.25, 0.5, 0.75, 0.98, 1 - 1e-4, 1 - 1e-9};

enum { N_CUTS = sizeof cuts / sizeof cuts[0], N_ENDS = N_CUTS + 8 };

struct pair {
    const struct rw_dist *x, *y;
};

static double
exceeds_at(const void *ctx, double u)
{
    const struct pair *p = ctx;

    return rw_dist_sf(p->x, rw_dist_quantile(p->y, u));
}

/* P(Y < x): the left limit of F_Y, which differs at floor and cap only. */
static double
below(const struct rw_dist *y, double x)
{
    if (rw_dist_is_constant(y))
        return rw_dist_quantile(y, 0.5) < x;
    return x <= y->floor ? 0 : x > y->cap ? 1 : y->family->cdf(y, x);
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double
rw_dist_prob_exceeds(const struct rw_dist *x, const struct rw_dist *y)
{
    struct pair p = {x, y};
    double end[N_ENDS] = {0, 0.5, 1}, low, high, sum = 0;
    size_t n = 3;

    if (rw_dist_is_constant(x))
        return below(y, rw_dist_quantile(x, 0.5));
    if (rw_dist_is_constant(y))
        return rw_dist_sf(x, rw_dist_quantile(y, 0.5));
    rw_dist_support(x, &low, &high);
    end[n++] = below(y, low);
    end[n++] = below(y, high);
    end[n++] = rw_dist_cdf(y, low);
    end[n++] = below(y, y->cap);
    end[n++] = rw_dist_cdf(y, y->floor);
    for (size_t i = 0; i < N_CUTS; i++)
        end[n++] = rw_dist_cdf(y, rw_dist_quantile(x, cuts[i]));
    qsort(end, n, sizeof end[0], ascending);
    for (size_t i = 1; i < n; i++)
        sum += rw_quad(exceeds_at, &p, end[i - 1], end[i], 1e-11);
    return fmin(fmax(sum, 0), 1);
}
