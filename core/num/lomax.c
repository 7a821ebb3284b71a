/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/lomax.c -- the Pareto law that starts at 0: losses with a heavy
 * tail.
 *
 *   1 - F(x) = (1 + x / theta)^-alpha = e^(-alpha l),  l = ln(1 + x / theta)
 *   E[X] = theta / (alpha - 1), infinite for alpha <= 1
 *   Var[X] = E[X]^2 alpha / (alpha - 2), infinite for alpha <= 2
 *   E min(X, m) = theta (1 - e^(-(alpha - 1) l)) / (alpha - 1), l of m
 *   p = {alpha, theta}; it is the gpd with xi = 1 / alpha, beta = theta / alpha
 *
 * Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
 * Distributions 1 (1994), 20.
 */
#include "num/families.h"

#include <math.h>

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!rw_dist_check_shape("alpha", v[0], why))
        return false;
    if (!(v[1] > 0))
        return rw_dist_refuse(why, "theta must be above 0 (got %.10g)", v[1]);
    d->p[0] = v[0];
    d->p[1] = v[1];
    return true;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return x > 0 ? -expm1(-d->p[0] * log1p(x / d->p[1])) : 0;
}

static double
sf(const struct rw_dist *d, double x)
{
    return x > 0 ? exp(-d->p[0] * log1p(x / d->p[1])) : 1;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    return d->p[1] * expm1(rw_minus_log_upper(lower, upper) / d->p[0]);
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0] > 1 ? d->p[1] / (d->p[0] - 1) : INFINITY;
}

static double
sd(const struct rw_dist *d)
{
    return d->p[0] > 2 ? mean(d) * sqrt(d->p[0] / (d->p[0] - 2)) : INFINITY;
}

static const char *
infinite(const struct rw_dist *d, int order)
{
    if (order == 1)
        return d->p[0] <= 1 ? "alpha <= 1" : NULL;
    return d->p[0] <= 2 ? "alpha <= 2" : NULL;
}

static double
lev(const struct rw_dist *d, double m)
{
    double l = log1p(m / d->p[1]);

    return d->p[1] * l * rw_expm1_over(-(d->p[0] - 1) * l);
}

const struct rw_family rw_family_lomax = {
    .name = "lomax",
    .doc = "a Pareto law that starts at 0: losses with a heavy tail",
    .pure = {"alpha"},
    .forms = {{.params = {"alpha", "theta"}, .required = 2, .make = make}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = rw_support_positive,
    .infinite = infinite,
    .tabulate = true,
};
