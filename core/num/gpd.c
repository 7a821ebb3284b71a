/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/gpd.c -- what exceeds a high threshold: the generalized Pareto
 * law.
 *
 *   X = threshold + beta y,  1 - F = e^-l,  l = ln(1 + xi y) / xi
 *   xi = 0: l = y, the exponential; xi < 0: y ends at -1 / xi
 *   E[X] = threshold + beta / (1 - xi), infinite for xi >= 1
 *   sd(X) = beta / ((1 - xi) sqrt(1 - 2 xi)), infinite for xi >= 1/2
 *   E min(X, m) = threshold + beta (1 - e^(-(1 - xi) l)) / (1 - xi), l of m
 *   p = {xi, beta, threshold}
 *
 * With l for x nothing special happens at xi = 0, where the usual formulas
 * lose all digits.
 *
 * Sources: Pickands, Annals of Statistics 3 (1975) 119; Embrechts, Klueppelberg
 * and Mikosch, Modelling Extremal Events (1997), 3.4.
 */
#include "num/families.h"

#include <math.h>

/* Below -1 the law piles up at its end, which is no tail; above 10 every
 * factor of ten in probability is more than 1e10 in loss. */
#define XI_MIN (-1.0)
#define XI_MAX 10.0

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[0] >= XI_MIN && v[0] <= XI_MAX))
        return rw_dist_refuse(
            why, "xi must be between %g and %g (got %.10g)", XI_MIN, XI_MAX, v[0]);
    if (!(v[1] > 0))
        return rw_dist_refuse(why, "beta must be above 0 (got %.10g)", v[1]);
    d->p[0] = v[0];
    d->p[1] = v[1];
    d->p[2] = v[2];
    return true;
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    *low = d->p[2];
    *high = d->p[0] < 0 ? d->p[2] - d->p[1] / d->p[0] : INFINITY;
}

/* l = -ln(1 - F(x)) */
static double
position(const struct rw_dist *d, double x)
{
    double y = (x - d->p[2]) / d->p[1], s = d->p[0] * y;

    if (!(y > 0))
        return 0;
    if (s <= -1 || isinf(y))
        return INFINITY;
    return fabs(s) < 1e-17 ? y : log1p(s) / d->p[0];
}

static double
cdf(const struct rw_dist *d, double x)
{
    return -expm1(-position(d, x));
}

static double
sf(const struct rw_dist *d, double x)
{
    return exp(-position(d, x));
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    double l = rw_minus_log_upper(lower, upper);

    return d->p[2] + d->p[1] * (l * rw_expm1_over(d->p[0] * l));
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0] < 1 ? d->p[2] + d->p[1] / (1 - d->p[0]) : INFINITY;
}

static double
sd(const struct rw_dist *d)
{
    return d->p[0] < 0.5 ? d->p[1] / ((1 - d->p[0]) * sqrt(1 - 2 * d->p[0])) : INFINITY;
}

static const char *
infinite(const struct rw_dist *d, int order)
{
    if (order == 1)
        return d->p[0] >= 1 ? "xi >= 1" : NULL;
    return d->p[0] >= 0.5 ? "xi >= 0.5" : NULL;
}

static double
lev(const struct rw_dist *d, double m)
{
    double l = position(d, m);

    return d->p[2] + d->p[1] * (l * rw_expm1_over(-(1 - d->p[0]) * l));
}

const struct rw_family rw_family_gpd = {
    .name = "gpd",
    .doc = "what exceeds a high threshold: the generalized Pareto law",
    .pure = {"xi"},
    .forms = {{.params = {"xi", "beta", "threshold"}, .required = 2, .make = make}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = support,
    .infinite = infinite,
    .tabulate = true,
};
