/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/constant.c -- a known value.  p = {value}. */
#include "num/families.h"

#include <math.h>

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    (void)why;
    d->p[0] = v[0];
    return true;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return x >= d->p[0];
}

static double
below(const struct rw_dist *d, double x)
{
    return x > d->p[0];
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    (void)lower;
    (void)upper;
    return d->p[0];
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0];
}

static double
sd(const struct rw_dist *d)
{
    (void)d;
    return 0;
}

static double
lev(const struct rw_dist *d, double m)
{
    return fmin(d->p[0], m);
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    *low = *high = d->p[0];
}

static size_t
atoms(const struct rw_dist *d, double x[], size_t room)
{
    if (room > 0)
        x[0] = d->p[0];
    return 1;
}

const struct rw_family rw_family_constant = {
    .name = "constant",
    .doc = "a known value",
    .forms = {{.params = {"value"}, .required = 1, .make = make}},
    .cdf = cdf,
    .below = below,
    .atoms = atoms,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = support,
};
