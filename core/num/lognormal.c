/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/lognormal.c -- positive, with a long tail: most losses.
 *
 *   ln X ~ Normal(mu, sigma)                p = {mu, sigma}
 *   p5, p95:     mu = (ln p5 + ln p95) / 2,  sigma = ln(p95 / p5) / 3.29
 *   median, p95: mu = ln median,             sigma = ln(p95 / median) / 1.645
 *   mean, sd:    sigma^2 = ln(1 + (sd / mean)^2),  mu = ln mean - sigma^2 / 2
 *   E min(X, m) = mean Phi(z - sigma) + m (1 - Phi(z)),  z = (ln m - mu) / sigma,
 *     where mean phi(z - sigma) = m phi(z)
 */
#include "num/families.h"
#include "num/special.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static bool
make_logs(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[1] > 0))
        return rw_dist_refuse(why,
            "sigma must be above 0 (got %.10g); for a known value give a number", v[1]);
    d->p[0] = v[0];
    d->p[1] = v[1];
    return true;
}

/* Two positive values, the first the smaller. */
static bool
ascending(const char *a, const char *b, const double v[], char why[RW_DIST_WHY])
{
    if (!(v[0] > 0))
        return rw_dist_refuse(
            why, "%s must be above 0 for a lognormal (got %.10g)", a, v[0]);
    if (!(v[0] < v[1]))
        return rw_dist_refuse(why, "%s must be above %s (got %s = %.10g, %s = %.10g)",
            b, a, a, v[0], b, v[1]);
    return true;
}

static bool
make_range(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!ascending("p5", "p95", v, why))
        return false;
    d->p[0] = (log(v[0]) + log(v[1])) / 2;
    d->p[1] = (log(v[1]) - log(v[0])) / (2 * RW_Z95);
    return true;
}

static bool
make_median(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!ascending("median", "p95", v, why))
        return false;
    d->p[0] = log(v[0]);
    d->p[1] = (log(v[1]) - log(v[0])) / RW_Z95;
    return true;
}

static bool
make_moments(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    double cv = v[1] / v[0], s2 = log1p(cv * cv);

    if (!(v[0] > 0))
        return rw_dist_refuse(
            why, "mean must be above 0 for a lognormal (got %.10g)", v[0]);
    if (!(v[1] > 0))
        return rw_dist_refuse(why,
            "sd must be above 0 (got %.10g); for a known value give a number", v[1]);
    if (!(s2 > 0 && isfinite(s2)))
        return rw_dist_refuse(why,
            "sd / mean must be between 1e-150 and 1e150 (got mean = %.10g, sd = %.10g)",
            v[0], v[1]);
    d->p[0] = log(v[0]) - s2 / 2;
    d->p[1] = sqrt(s2);
    return true;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return x > 0 ? erfc((d->p[0] - log(x)) / d->p[1] * M_SQRT1_2) / 2 : 0;
}

static double
sf(const struct rw_dist *d, double x)
{
    return x > 0 ? erfc((log(x) - d->p[0]) / d->p[1] * M_SQRT1_2) / 2 : 1;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    double z =
        lower < upper ? gsl_cdf_ugaussian_Pinv(lower) : gsl_cdf_ugaussian_Qinv(upper);

    return exp(d->p[0] + d->p[1] * z);
}

static double
mean(const struct rw_dist *d)
{
    return exp(d->p[0] + d->p[1] * d->p[1] / 2);
}

static double
sd(const struct rw_dist *d)
{
    return mean(d) * sqrt(expm1(d->p[1] * d->p[1]));
}

static double
lev(const struct rw_dist *d, double m)
{
    double sigma = d->p[1], z = (log(m) - d->p[0]) / sigma;
    double beyond = m * (erfc(z * M_SQRT1_2) / 2);

    /* the mean may be beyond the largest number, and Phi below the least */
    if (z < sigma)
        return m * rw_normal_density(z) * rw_mills(sigma - z) + beyond;
    return mean(d) * (erfc((sigma - z) * M_SQRT1_2) / 2) + beyond;
}

const struct rw_family rw_family_lognormal = {
    .name = "lognormal",
    .doc = "positive with a long tail",
    .pure = {"mu", "sigma"},
    .forms = {{.params = {"mu", "sigma"}, .required = 2, .make = make_logs},
        {.params = {"p5", "p95"}, .required = 2, .make = make_range},
        {.params = {"median", "p95"}, .required = 2, .make = make_median},
        {.params = {"mean", "sd"}, .required = 2, .make = make_moments}},
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = rw_support_positive,
    .tabulate = true,
};
