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
#include "num/empirical.h"
#include "num/families.h"
#include "num/mixture.h"
#include "num/quad.h"
#include "num/splice.h"
#include "num/sum.h"

#include <math.h>
#include <stdlib.h>

static const double cuts[] = {
    1e-9, 1e-4, 0.02, 0.25, 0.5, 0.75, 0.98, 1 - 1e-4, 1 - 1e-9};

enum { N_CUTS = sizeof cuts / sizeof cuts[0], N_ENDS = N_CUTS + 11 };

struct pair {
    const struct rw_dist *x, *y;
};

static double
exceeds_at(const void *ctx, double u)
{
    const struct pair *p = ctx;

    return rw_dist_sf(p->x, rw_dist_quantile(p->y, u));
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* P(X > Y) where X is (first) or Y is a sample. */
static double
sample_exceeds(const struct rw_dist *sample, const struct rw_dist *other, bool first)
{
    size_t n;
    const double *v = rw_empirical_values(sample, &n);
    struct rw_sum sum = {0};

    for (size_t i = 0; i < n; i++) {
        double x = fmin(fmax(v[i], sample->floor), sample->cap);

        rw_sum_add(&sum, first ? rw_dist_below(other, x) : rw_dist_sf(other, x));
    }
    return rw_sum_value(&sum) / (double)n;
}

double
rw_dist_prob_exceeds(const struct rw_dist *x, const struct rw_dist *y)
{
    struct pair p = {x, y};
    double end[N_ENDS] = {0, 0.5, 1}, low, high, sum = 0;
    size_t n = 3;

    if (rw_dist_is_constant(x))
        return rw_dist_below(y, rw_dist_quantile(x, 0.5));
    if (rw_dist_is_constant(y))
        return rw_dist_sf(x, rw_dist_quantile(y, 0.5));
    if (x->family == &rw_family_mixture)
        return rw_mixture_exceeds(x, y, true);
    if (y->family == &rw_family_mixture)
        return rw_mixture_exceeds(y, x, false);
    if (x->family == &rw_family_empirical)
        return sample_exceeds(x, y, true);
    if (y->family == &rw_family_empirical)
        return sample_exceeds(y, x, false);
    rw_dist_support(x, &low, &high);
    end[n++] = rw_dist_below(y, low);
    end[n++] = rw_dist_below(y, high);
    end[n++] = rw_dist_cdf(y, low);
    end[n++] = rw_dist_below(y, y->cap);
    end[n++] = rw_dist_cdf(y, y->floor);
    if (x->family == &rw_family_splice) {
        end[n++] = rw_dist_below(y, rw_splice_threshold(x));
        end[n++] = rw_dist_cdf(y, rw_splice_threshold(x));
    }
    if (y->family == &rw_family_splice)
        end[n++] = rw_dist_cdf(y, rw_splice_threshold(y));
    for (size_t i = 0; i < N_CUTS; i++)
        end[n++] = rw_dist_cdf(y, rw_dist_quantile(x, cuts[i]));
    qsort(end, n, sizeof end[0], ascending);
    for (size_t i = 1; i < n; i++)
        sum += rw_quad(exceeds_at, &p, end[i - 1], end[i], 1e-11);
    return fmin(fmax(sum, 0), 1);
}
