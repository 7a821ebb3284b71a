/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/gamma.c -- positive, between exponential and normal.
 *
 *   f(x) = x^(shape-1) e^(-x/scale) / (Gamma(shape) scale^shape)
 *   mean, sd: shape = (mean / sd)^2, scale = sd^2 / mean
 *   p5, p95:  the shape is the one whose quantiles have this ratio
 *   E min(X, m) = mean F(m; shape + 1) + m (1 - F(m))
 *   p = {shape, scale, norm of struct rw_gamma_law}
 */
#include "num/families.h"
#include "num/special.h"

#include <math.h>

/* Of a range from p5 to p95: p95 is then 1e100 times p5. */
#define SHAPE_LEAST 0.0125

static struct rw_gamma_law
law(const struct rw_dist *d)
{
    return (struct rw_gamma_law){.a = d->p[0], .norm = d->p[2]};
}

static bool
make_shape(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!rw_dist_check_shape("shape", v[0], why))
        return false;
    if (!(v[1] > 0))
        return rw_dist_refuse(why, "scale must be above 0 (got %.10g)", v[1]);
    d->p[0] = v[0];
    d->p[1] = v[1];
    d->p[2] = rw_gamma_law(v[0]).norm;
    return true;
}

static bool
make_moments(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    double cv = v[1] / v[0];

    if (!(v[0] > 0))
        return rw_dist_refuse(
            why, "mean must be above 0 for a gamma (got %.10g)", v[0]);
    if (!(v[1] > 0))
        return rw_dist_refuse(why,
            "sd must be above 0 (got %.10g); for a known value give a number", v[1]);
    return rw_dist_check_shape("shape = (mean / sd)^2", 1 / (cv * cv), why) &&
           make_shape(d, (const double[]){1 / (cv * cv), v[1] * cv}, why);
}

static bool
make_range(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    const double tail = 0.05;
    struct rw_gamma_law g;
    double shape, scale;

    if (!(v[0] > 0))
        return rw_dist_refuse(why, "p5 must be above 0 for a gamma (got %.10g)", v[0]);
    if (!(v[0] < v[1]))
        return rw_dist_refuse(
            why, "p95 must be above p5 (got p5 = %.10g, p95 = %.10g)", v[0], v[1]);
    shape = rw_gamma_shape(v[1] / v[0], tail, SHAPE_LEAST, RW_SHAPE_MAX);
    g = rw_gamma_law(shape);
    scale = v[0] / rw_gamma_inverse(&g, tail, 1 - tail);
    if (!(fabs(scale * rw_gamma_inverse(&g, 1 - tail, tail) - v[1]) <= 1e-9 * v[1]))
        return rw_dist_refuse(why,
            "p95 / p5 must be between 1.00033 and 1e100 for a gamma (got p5 = %.10g, "
            "p95 = %.10g)%s",
            v[0], v[1], v[1] < 2 * v[0] ? "; for a known value give a number" : "");
    return make_shape(d, (const double[]){shape, scale}, why);
}

static void
tails(const struct rw_dist *d, double x, double *p, double *q)
{
    struct rw_gamma_law g = law(d);

    if (x <= 0 || isinf(x)) {
        *p = x > 0;
        *q = 1 - *p;
        return;
    }
    rw_gamma_tails(&g, log(x / d->p[1]), p, q);
}

static double
cdf(const struct rw_dist *d, double x)
{
    double p, q;

    tails(d, x, &p, &q);
    return p;
}

static double
sf(const struct rw_dist *d, double x)
{
    double p, q;

    tails(d, x, &p, &q);
    return q;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    struct rw_gamma_law g = law(d);

    return d->p[1] * rw_gamma_inverse(&g, lower, upper);
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0] * d->p[1];
}

static double
sd(const struct rw_dist *d)
{
    return sqrt(d->p[0]) * d->p[1];
}

static double
lev(const struct rw_dist *d, double m)
{
    struct rw_gamma_law g = law(d), next = rw_gamma_law(g.a + 1);
    double z = log(m / d->p[1]), p, q, within, beyond;

    rw_gamma_tails(&next, z, &within, &beyond);
    rw_gamma_tails(&g, z, &p, &q);
    return mean(d) * within + m * q;
}

const struct rw_family rw_family_gamma = {
    .name = "gamma",
    .doc = "positive, between exponential and normal",
    .pure = {"shape"},
    .forms = {{.params = {"shape", "scale"}, .required = 2, .make = make_shape},
        {.params = {"mean", "sd"}, .required = 2, .make = make_moments},
        {.params = {"p5", "p95"}, .required = 2, .make = make_range}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = rw_support_positive,
    .tabulate = true,
};
