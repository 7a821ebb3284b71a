/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/beta.c -- a share, or a share of a range.
 *
 *   X = min + (max - min) B,  F_B(x) = I_x(alpha, beta)
 *   E min(B, x) = alpha / (alpha + beta) I_x(alpha + 1, beta) + x (1 - F_B(x))
 *   p = {min, max, alpha, beta, norm}
 */
#include "num/families.h"
#include "num/special.h"

#include <math.h>

static struct rw_beta_law
law(const struct rw_dist *d)
{
    return (struct rw_beta_law){.a = d->p[2], .b = d->p[3], .norm = d->p[4]};
}

void
rw_stretched_set(struct rw_dist *d, double min, double max, double a, double b)
{
    d->p[0] = min;
    d->p[1] = max;
    d->p[2] = a;
    d->p[3] = b;
    d->p[4] = rw_beta_law(a, b).norm;
}

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    if (!rw_dist_check_shape("alpha", v[0], why) ||
        !rw_dist_check_shape("beta", v[1], why))
        return false;
    if (!(v[2] < v[3]))
        return rw_dist_refuse(
            why, "max must be above min (got min = %.10g, max = %.10g)", v[2], v[3]);
    rw_stretched_set(d, v[2], v[3], v[0], v[1]);
    return true;
}

static void
tails(const struct rw_dist *d, double x, double *p, double *q)
{
    struct rw_beta_law g = law(d);

    if (x <= d->p[0] || x >= d->p[1]) {
        *p = x >= d->p[1];
        *q = 1 - *p;
        return;
    }
    rw_beta_tails(&g, log(x - d->p[0]) - log(d->p[1] - x), p, q);
}

double
rw_stretched_cdf(const struct rw_dist *d, double x)
{
    double p, q;

    tails(d, x, &p, &q);
    return p;
}

double
rw_stretched_sf(const struct rw_dist *d, double x)
{
    double p, q;

    tails(d, x, &p, &q);
    return q;
}

double
rw_stretched_quantile(const struct rw_dist *d, double lower, double upper)
{
    struct rw_beta_law g = law(d);
    double y, x = rw_beta_inverse(&g, lower, upper, &y), span = d->p[1] - d->p[0];

    return x < y ? d->p[0] + span * x : d->p[1] - span * y;
}

double
rw_stretched_mean(const struct rw_dist *d)
{
    return d->p[0] + (d->p[1] - d->p[0]) * (d->p[2] / (d->p[2] + d->p[3]));
}

double
rw_stretched_sd(const struct rw_dist *d)
{
    double a = d->p[2], b = d->p[3], n = a + b;

    return (d->p[1] - d->p[0]) * sqrt(a / n * (b / n) / (n + 1));
}

double
rw_stretched_lev(const struct rw_dist *d, double m)
{
    struct rw_beta_law g = law(d), next = rw_beta_law(g.a + 1, g.b);
    double z = log(m - d->p[0]) - log(d->p[1] - m), p, q, within, beyond;

    rw_beta_tails(&next, z, &within, &beyond);
    rw_beta_tails(&g, z, &p, &q);
    return d->p[0] +
           ((d->p[1] - d->p[0]) * (g.a / (g.a + g.b)) * within + (m - d->p[0]) * q);
}

const struct rw_family rw_family_beta = {
    .name = "beta",
    .doc = "a share between 0 and 1, or stretched over min and max",
    .pure = {"alpha", "beta"},
    .forms = {{.params = {"alpha", "beta", "min", "max"},
        .required = 2,
        .defaults = {0, 0, 0, 1},
        .make = make}},
    .cdf = rw_stretched_cdf,
    .sf = rw_stretched_sf,
    .quantile = rw_stretched_quantile,
    .mean = rw_stretched_mean,
    .sd = rw_stretched_sd,
    .lev = rw_stretched_lev,
    .support = rw_support_p0_p1,
    .tabulate = true,
};
