/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/uniform.c -- any value between two bounds alike.
 *
 *   F(x) = (x - min) / (max - min)          p = {min, max}
 *   E min(X, m) = min + (m - min)(1 - F(m) / 2)
 */
#include "num/families.h"

#include <math.h>

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (v[0] > v[1])
        return rw_dist_refuse(why,
            "min must not be above max (got min = %.10g, max = %.10g)", v[0], v[1]);
    if (v[0] == v[1]) {
        *d = rw_dist_constant(v[0]);
        return true;
    }
    d->p[0] = v[0];
    d->p[1] = v[1];
    return true;
}

static double
share(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return share((x - d->p[0]) / (d->p[1] - d->p[0]));
}

static double
sf(const struct rw_dist *d, double x)
{
    return share((d->p[1] - x) / (d->p[1] - d->p[0]));
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    double span = d->p[1] - d->p[0];

    return lower < upper ? d->p[0] + span * lower : d->p[1] - span * upper;
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0] + (d->p[1] - d->p[0]) / 2;
}

static double
sd(const struct rw_dist *d)
{
    return (d->p[1] - d->p[0]) / sqrt(12);
}

static double
lev(const struct rw_dist *d, double m)
{
    return d->p[0] + (m - d->p[0]) * (1 - cdf(d, m) / 2);
}

const struct rw_family rw_family_uniform = {
    .name = "uniform",
    .doc = "any value between min and max alike",
    .forms = {{.params = {"min", "max"}, .required = 2, .make = make}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = rw_support_p0_p1,
};
