/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/triangular.c -- bounds and a most likely value, straight between.
 *
 *   F(x) = (x - min)^2 / ((max - min)(mode - min))        for x <= mode
 *   1 - F(x) = (max - x)^2 / ((max - min)(max - mode))    for x >= mode
 *   E min(X, m) = m - (m - min) F(m) / 3                  for m <= mode,
 *     and from there the integral of 1 - F is added
 *   p = {min, max, mode}
 *
 * Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
 * Distributions 2 (1995), 26.9.
 */
#include "num/families.h"

#include <math.h>

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[0] <= v[1] && v[1] <= v[2]))
        return rw_dist_refuse(why,
            "min, mode and max must ascend (got min = %.10g, mode = %.10g, "
            "max = %.10g)",
            v[0], v[1], v[2]);
    if (v[0] == v[2]) {
        *d = rw_dist_constant(v[0]);
        return true;
    }
    d->p[0] = v[0];
    d->p[1] = v[2];
    d->p[2] = v[1];
    return true;
}

/* The law as seen from its mode: share of area and length on the left, and
 * length on the right. */
struct wings {
    double share, left, right;
};

static struct wings
wings(const struct rw_dist *d)
{
    double left = d->p[2] - d->p[0], right = d->p[1] - d->p[2];

    return (struct wings){left / (d->p[1] - d->p[0]), left, right};
}

/* 1 - (1 - r)^2 and its inverse 1 - sqrt(1 - w), with the digits of small ones. */
static double
from_mode(double r)
{
    return r * (2 - r);
}

static double
to_length(double w)
{
    return w / (1 + sqrt(1 - w));
}

static double
cdf(const struct rw_dist *d, double x)
{
    struct wings w = wings(d);

    if (x <= d->p[0] || x >= d->p[1])
        return x >= d->p[1];
    if (x < d->p[2])
        return w.share * pow((x - d->p[0]) / w.left, 2);
    return w.share + (1 - w.share) * from_mode((x - d->p[2]) / w.right);
}

static double
sf(const struct rw_dist *d, double x)
{
    struct wings w = wings(d);

    if (x <= d->p[0] || x >= d->p[1])
        return x <= d->p[0];
    if (x >= d->p[2])
        return (1 - w.share) * pow((d->p[1] - x) / w.right, 2);
    return (1 - w.share) + w.share * from_mode((d->p[2] - x) / w.left);
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    struct wings w = wings(d);
    double rest = 1 - w.share;
    bool left = lower < w.share || rest <= 0;

    if (left && lower <= upper)
        return d->p[0] + w.left * sqrt(lower / w.share);
    if (left)
        return d->p[2] - w.left * to_length((upper - rest) / w.share);
    if (upper <= lower)
        return d->p[1] - w.right * sqrt(upper / rest);
    return d->p[2] + w.right * to_length((lower - w.share) / rest);
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0] + ((d->p[1] - d->p[0]) + (d->p[2] - d->p[0])) / 3;
}

static double
sd(const struct rw_dist *d)
{
    double span = d->p[1] - d->p[0], m = (d->p[2] - d->p[0]) / span;

    return span * sqrt((1 - m * (1 - m)) / 18);
}

static double
lev(const struct rw_dist *d, double m)
{
    struct wings w = wings(d);
    double low = fmin(m, d->p[2]) - d->p[0], r;

    low *= 1 - (w.left > 0 ? w.share * pow(low / w.left, 2) / 3 : 0);
    if (m <= d->p[2])
        return d->p[0] + low;
    r = (m - d->p[2]) / w.right;
    return d->p[0] + (low + (1 - w.share) * w.right * r * (1 - r * (1 - r / 3)));
}

const struct rw_family rw_family_triangular = {
    .name = "triangular",
    .doc = "bounds and a most likely value, straight between them",
    .forms = {{.params = {"min", "mode", "max"}, .required = 3, .make = make}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = rw_support_p0_p1,
};
