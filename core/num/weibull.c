/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/weibull.c -- times to repair or failure, and losses between
 * exponential and lognormal.
 *
 *   1 - F(x) = e^-t,  t = (x / scale)^shape   p = {shape, scale}
 *   E[X^n] = scale^n Gamma(1 + n / shape)
 *   E min(X, m) = scale Gamma(1 + a) P(a, t) = m e^-t sum t^k / ((a + 1)...(a + k)),
 *     a = 1 / shape, t of m, P the incomplete gamma function
 *
 * Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
 * Distributions 1 (1994), 21.
 */
#include "num/families.h"
#include "num/special.h"

#include <gsl/gsl_sf_zeta.h>
#include <math.h>

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!rw_dist_check_shape("shape", v[0], why))
        return false;
    if (!(v[1] > 0))
        return rw_dist_refuse(why, "scale must be above 0 (got %.10g)", v[1]);
    d->p[0] = v[0];
    d->p[1] = v[1];
    return true;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return x > 0 ? -expm1(-pow(x / d->p[1], d->p[0])) : 0;
}

static double
sf(const struct rw_dist *d, double x)
{
    return x > 0 ? exp(-pow(x / d->p[1], d->p[0])) : 1;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    return d->p[1] * pow(rw_minus_log_upper(lower, upper), 1 / d->p[0]);
}

static double
mean(const struct rw_dist *d)
{
    return d->p[1] * tgamma(1 + 1 / d->p[0]);
}

/* ln Gamma(1 + 2a) - 2 ln Gamma(1 + a), for small a by the series of
 * ln Gamma(1 + a) in powers of -a, coefficients zeta(n) / n: Euler's constant
 * cancels. */
static double
log_square_ratio(double a)
{
    double sum = 0, power = -a;

    if (a > 0.1)
        return rw_log_gamma(1 + 2 * a) - 2 * rw_log_gamma(1 + a);
    for (int n = 2; n < 30; n++)
        sum += gsl_sf_zeta_int(n) / n * (ldexp(1, n) - 2) * (power *= -a);
    return sum;
}

static double
sd(const struct rw_dist *d)
{
    return mean(d) * sqrt(expm1(log_square_ratio(1 / d->p[0])));
}

static double
lev(const struct rw_dist *d, double m)
{
    double a = 1 / d->p[0], t = pow(m / d->p[1], d->p[0]), p, q;
    struct rw_gamma_law g;

    if (t < a + 1)
        return m * exp(-t) * rw_gamma_series(a, t);
    g = rw_gamma_law(a);
    rw_gamma_tails(&g, d->p[0] * log(m / d->p[1]), &p, &q);
    return mean(d) * p;
}

const struct rw_family rw_family_weibull = {
    .name = "weibull",
    .doc = "times, and losses between exponential and lognormal",
    .pure = {"shape"},
    .forms = {{.params = {"shape", "scale"}, .required = 2, .make = make}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = rw_support_positive,
    .tabulate = true,
};
