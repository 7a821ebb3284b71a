/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/normal.c -- symmetric about its mean, unbounded.
 *
 *   p5, p95 = mean -+ 1.645 sd              p = {mean, sd}
 *   E min(X, m) = mean - sd E(Z - z)+ = m - sd E(Z + z)+,  z = (m - mean) / sd
 */
#include "num/families.h"
#include "num/special.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static bool
make_moments(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[1] > 0))
        return rw_dist_refuse(why,
            "sd must be above 0 (got %.10g); for a known value give a number", v[1]);
    d->p[0] = v[0];
    d->p[1] = v[1];
    return true;
}

static bool
make_range(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[0] < v[1]))
        return rw_dist_refuse(
            why, "p95 must be above p5 (got p5 = %.10g, p95 = %.10g)", v[0], v[1]);
    d->p[0] = v[0] / 2 + v[1] / 2;
    d->p[1] = (v[1] - v[0]) / (2 * RW_Z95);
    return true;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return erfc((d->p[0] - x) / d->p[1] * M_SQRT1_2) / 2;
}

static double
sf(const struct rw_dist *d, double x)
{
    return erfc((x - d->p[0]) / d->p[1] * M_SQRT1_2) / 2;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    double z =
        lower < upper ? gsl_cdf_ugaussian_Pinv(lower) : gsl_cdf_ugaussian_Qinv(upper);

    return d->p[0] + d->p[1] * z;
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0];
}

static double
sd(const struct rw_dist *d)
{
    return d->p[1];
}

static double
lev(const struct rw_dist *d, double m)
{
    double z = (m - d->p[0]) / d->p[1];

    return fmin(m, d->p[0]) - d->p[1] * rw_normal_excess(fabs(z));
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    (void)d;
    *low = -INFINITY;
    *high = INFINITY;
}

const struct rw_family rw_family_normal = {
    .name = "normal",
    .doc = "symmetric about its mean, unbounded",
    .forms = {{.params = {"mean", "sd"}, .required = 2, .make = make_moments},
        {.params = {"p5", "p95"}, .required = 2, .make = make_range}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = support,
    .tabulate = true,
};
