/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/count.c -- laws of a year's number of events. */
#include "num/count.h"

#include "num/special.h"

#include <limits.h>
#include <math.h>

static enum rw_err
init_mixing(struct rw_count *c, double f, struct rw_arena *a)
{
    struct rw_dist mixing;
    char why[RW_DIST_WHY];
    int bad;

    if (!(f > 0) || !isfinite(f))
        return RW_ERR_DOMAIN;
    c->dispersion = f;
    if (rw_dist_make("gamma",
            (const struct rw_dist_arg[]){{"shape", 1 / f}, {"scale", f}}, 2, &mixing,
            &bad, why) != RW_OK)
        return RW_ERR_DOMAIN;
    return rw_sampler_init(&c->mixing, &mixing, a);
}

enum rw_err
rw_count_init(
    struct rw_count *c, enum rw_count_law law, double parameter, struct rw_arena *a)
{
    *c = (struct rw_count){.law = law};
    switch (law) {
    case RW_COUNT_NEGBIN:
        return init_mixing(c, parameter, a);
    case RW_COUNT_ZIP:
        c->zero = parameter;
        return parameter >= 0 && parameter <= 1 ? RW_OK : RW_ERR_DOMAIN;
    case RW_COUNT_BINOMIAL:
        c->chances = parameter;
        return parameter >= 1 && parameter <= RW_COUNT_CHANCES_MAX &&
                       parameter == floor(parameter)
                   ? RW_OK
                   : RW_ERR_DOMAIN;
    case RW_COUNT_BERNOULLI:
        c->chances = 1;
        return RW_OK;
    default:
        return RW_OK;
    }
}

double
rw_count_share(const struct rw_count *c)
{
    return 1 - c->zero; /* 0 for all laws but zip */
}

double
rw_count_mean(const struct rw_count *c, double m)
{
    return m * rw_count_share(c);
}

double
rw_count_variance(const struct rw_count *c, double m)
{
    if (c->chances > 0)
        return m * (1 - m / c->chances);
    return m * (1 - c->zero) * (1 + c->zero * m) + c->dispersion * m * m;
}

/* ---- poisson, of zip too ---- */

static double
poisson_pmf(double m, unsigned k)
{
    return exp(k * log(m) - m - rw_log_gamma(k + 1.0));
}

/* P(N <= k) = P(Gamma(k + 1) > m) */
static double
poisson_cdf(double m, unsigned k)
{
    struct rw_gamma_law g = rw_gamma_law(k + 1.0);
    double below, above;

    (void)rw_gamma_tails(&g, log(m), &below, &above);
    return above;
}

/* ---- negbin ---- */

static double
negbin_pmf(double f, double m, unsigned k)
{
    double r = 1 / f;

    return exp(rw_log_gamma(r + k) - rw_log_gamma(r) - rw_log_gamma(k + 1.0) -
               (r + k) * log1p(f * m) + k * log(f * m));
}

/* P(N <= k) = P(Beta(r, k + 1) < 1 / (1 + f m)) */
static double
negbin_cdf(double f, double m, unsigned k)
{
    struct rw_beta_law b = rw_beta_law(1 / f, k + 1.0);
    double below, above;

    (void)rw_beta_tails(&b, -log(f * m), &below, &above);
    return below;
}

/* ---- binomial, 0 < p < 1 ---- */

/* x^a y^b / B(a, b) with a = k + 1, b = n - k + 1 is (n + 1) p q P(N = k) */
static double
binomial_pmf(double n, double p, double k)
{
    struct rw_beta_law b;
    double below, above;

    if (k > n)
        return 0;
    b = rw_beta_law(k + 1, n - k + 1);
    return rw_beta_tails(&b, log(p) - log1p(-p), &below, &above) /
           ((n + 1) * p * (1 - p));
}

/* P(N <= k) = P(Beta(n - k, k + 1) < 1 - p) */
static double
binomial_cdf(double n, double p, double k)
{
    struct rw_beta_law b;
    double below, above;

    if (k >= n)
        return 1;
    b = rw_beta_law(n - k, k + 1);
    (void)rw_beta_tails(&b, log1p(-p) - log(p), &below, &above);
    return below;
}

/* ---- all ---- */

/* The number that is certain, where one is: in *k. */
static bool
is_certain(const struct rw_count *c, double m, double *k)
{
    *k = m > 0 ? c->chances : 0;
    return !(m > 0) || (c->chances > 0 && m >= c->chances);
}

double
rw_count_pmf(const struct rw_count *c, double m, unsigned k)
{
    double certain;

    if (is_certain(c, m, &certain))
        return k == certain;
    if (c->chances > 0)
        return binomial_pmf(c->chances, m / c->chances, k);
    if (c->law == RW_COUNT_NEGBIN)
        return negbin_pmf(c->dispersion, m, k);
    return (k == 0) * c->zero + (1 - c->zero) * poisson_pmf(m, k);
}

double
rw_count_cdf(const struct rw_count *c, double m, unsigned k)
{
    double certain;

    if (is_certain(c, m, &certain))
        return k >= certain;
    if (c->chances > 0)
        return binomial_cdf(c->chances, m / c->chances, k);
    if (c->law == RW_COUNT_NEGBIN)
        return negbin_cdf(c->dispersion, m, k);
    return c->zero + (1 - c->zero) * poisson_cdf(m, k);
}

unsigned
rw_count_quantile(const struct rw_count *c, double m, double u)
{
    unsigned low = 0, high = 1;

    if (rw_count_cdf(c, m, 0) >= u)
        return 0;
    while (rw_count_cdf(c, m, high) < u) {
        if (high > RW_SHAPE_MAX / 2)
            return UINT_MAX;
        low = high;
        high *= 2;
    }
    while (high - low > 1) { /* cdf(low) < u <= cdf(high) */
        unsigned k = low + (high - low) / 2;

        if (rw_count_cdf(c, m, k) < u)
            low = k;
        else
            high = k;
    }
    return high;
}

double
rw_count_pgf(const struct rw_count *c, double m, double z)
{
    double w = z - 1;

    if (c->chances > 0)
        return pow(1 + m * w / c->chances, c->chances);
    if (c->law == RW_COUNT_NEGBIN) {
        double x = c->dispersion * m * w;

        return x < 1 ? exp(-log1p(-x) / c->dispersion) : INFINITY;
    }
    return c->zero + (1 - c->zero) * exp(m * w);
}
