/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/exponential.c -- the wait for something that comes at any time
 * alike.
 *
 *   1 - F(x) = e^(-x / mean)                p = {mean}
 *   E min(X, m) = mean F(m)
 */
#include "num/families.h"

#include <math.h>

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[0] > 0))
        return rw_dist_refuse(why, "mean must be above 0 (got %.10g)", v[0]);
    d->p[0] = v[0];
    return true;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return x > 0 ? -expm1(-x / d->p[0]) : 0;
}

static double
sf(const struct rw_dist *d, double x)
{
    return x > 0 ? exp(-x / d->p[0]) : 1;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    return d->p[0] * rw_minus_log_upper(lower, upper);
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0];
}

static double
lev(const struct rw_dist *d, double m)
{
    return d->p[0] * cdf(d, m);
}

const struct rw_family rw_family_exponential = {
    .name = "exponential",
    .doc = "the wait for something that comes at any time alike",
    .forms = {{.params = {"mean"}, .required = 1, .make = make}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = mean,
    .lev = lev,
    .support = rw_support_positive,
    .tabulate = true,
};
