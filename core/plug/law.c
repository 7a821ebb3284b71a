/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/law.h"
#include "num/count.h"
#include "num/special.h"

#include <math.h>
#include <string.h>

/* A little below the logarithm of the largest number. */
#define LOG_MOST 700.0

/* ---- continuous ones ---- */

static void
map_dist(size_t n, double *restrict out, const double *const x[], const bool moves[],
    const void *with)
{
    const struct rw_law *law = with;
    struct rw_dist_arg args[] = {{law->args[0], NAN}, {law->args[1], NAN}};
    size_t n_args = law->args[1] != NULL ? 2 : 1;
    char why[RW_DIST_WHY];
    struct rw_dist d;
    bool made = false;
    int bad;

    for (size_t i = 0; i < n; i++) {
        bool same = i > 0;

        for (size_t k = 0; k < n_args; k++) {
            double v = x[k + 1][moves[k + 1] ? i : 0];

            same = same && v == args[k].value;
            args[k].value = v;
        }
        if (!same) /* parameters are often the same in all futures */
            made = rw_dist_make(law->name, args, n_args, &d, &bad, why) == RW_OK;
        out[i] = made ? rw_dist_quantile(&d, x[0][i]) : NAN;
    }
}

static bool
above_zero(double x)
{
    return x > 0 && x < INFINITY;
}

static bool
fits_one(const double x[])
{
    return above_zero(x[1]);
}

static bool
is_shape(double x)
{
    return x >= RW_SHAPE_MIN && x <= RW_SHAPE_MAX;
}

static bool
fits_beta(const double x[])
{
    return is_shape(x[1]) && is_shape(x[2]);
}

static bool
fits_gamma(const double x[])
{
    return is_shape(x[1]) && above_zero(x[1] * x[2]);
}

/* Its mean is a number. */
static bool
fits_lognormal(const double x[])
{
    return fabs(x[1]) <= LOG_MOST && above_zero(x[2]) &&
           x[1] + x[2] * x[2] / 2 <= LOG_MOST;
}

/* ---- counts ---- */

/* At least one event. */
static void
map_happens(size_t n, double *restrict out, const double *const x[], const bool moves[],
    const void *with)
{
    double last = 0, chance = 0;

    (void)with;
    for (size_t i = 0; i < n; i++) {
        double m = x[1][moves[1] ? i : 0];

        if (m != last) { /* often the same in all futures */
            last = m;
            chance = -expm1(-m);
        }
        out[i] = x[0][i] < chance ? 1.0 : 0.0;
    }
}

static bool
fits_happens(const double x[])
{
    return x[1] >= 0;
}

/* Smallest k with P(K <= k) >= u.  Adding up errs by less than 1e-15, which matters
 * where u is as near to 1 as that; there, and where it would take long, the
 * distribution function is asked. */
static double
poisson_quantile(double m, double u)
{
    static const struct rw_count poisson = {.law = RW_COUNT_POISSON};
    double p = exp(-m), sum = p, k = 0;

    if (m > 30 || u > 1 - 1e-9)
        return rw_count_quantile(&poisson, m, u);
    while (sum < u) {
        k++;
        p *= m / k;
        sum += p;
    }
    return k;
}

static void
map_poisson(size_t n, double *restrict out, const double *const x[], const bool moves[],
    const void *with)
{
    (void)with;
    for (size_t i = 0; i < n; i++) {
        double m = x[1][moves[1] ? i : 0];

        out[i] = m >= 0 && m <= RW_LAW_MEAN_MAX ? poisson_quantile(m, x[0][i]) : NAN;
    }
}

static bool
fits_poisson(const double x[])
{
    return x[1] >= 0 && x[1] <= RW_LAW_MEAN_MAX;
}

static const struct rw_law laws[] = {
    {"beta", {"alpha", "beta"},
        {.name = "t:beta",
            .unit = RW_RULE_COUNTED,
            .f = map_dist,
            .operands = 3,
            .fits = fits_beta,
            .demand = "alpha and beta are from 0.001 to 1e8"}},
    {"exponential", {"mean", NULL},
        {.name = "t:exponential",
            .unit = RW_RULE_SCALED,
            .f = map_dist,
            .operands = 2,
            .fits = fits_one,
            .demand = "a mean is above 0"}},
    {"gamma", {"shape", "scale"},
        {.name = "t:gamma",
            .unit = RW_RULE_SCALED,
            .f = map_dist,
            .operands = 3,
            .fits = fits_gamma,
            .demand = "a shape is from 0.001 to 1e8, a scale above 0"}},
    {"happens", {"expected count", NULL},
        {.name = "t:happens",
            .unit = RW_RULE_COUNTED,
            .f = map_happens,
            .operands = 2,
            .fits = fits_happens,
            .demand = "an expected count is not negative"}},
    {"lognormal", {"mu", "sigma"},
        {.name = "t:lognormal",
            .unit = RW_RULE_FORMED,
            .f = map_dist,
            .operands = 3,
            .fits = fits_lognormal,
            .demand = "mu is within 700, sigma above 0, mu + sigma^2 / 2 at most 700"}},
    {"poisson", {"mean", NULL},
        {.name = "t:poisson",
            .unit = RW_RULE_COUNTED,
            .f = map_poisson,
            .operands = 2,
            .fits = fits_poisson,
            .demand = "a mean is from 0 to 1e6"}},
};

const struct rw_law *
rw_law_find(const char *name)
{
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++)
        if (strcmp(name, laws[i].name) == 0)
            return &laws[i];
    return NULL;
}
