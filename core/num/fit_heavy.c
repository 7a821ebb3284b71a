/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/fit_heavy.c -- fits that go through all losses: weibull, lomax,
 * gpd. */
#include "num/fit_laws.h"
#include "num/sum.h"

#include <math.h>

/* ---- weibull ---- */

/* mean of (x^k - d^k) / g^k, g the geometric mean: no overflow for any k that
 * is looked at */
static double
power_mean(const struct rw_losses *s, double k)
{
    struct rw_sum sum = {0, 0};
    double start = s->from > 0 ? log(s->from) : 0;

    for (size_t i = 0; s->from <= 0 && i < s->n; i++)
        rw_sum_add(&sum, exp(k * (s->log[i] - s->log1)));
    if (s->from <= 0)
        return rw_sum_value(&sum) / (double)s->n;
    /* the difference with its digits for small k too */
    for (size_t i = 0; i < s->n; i++)
        rw_sum_add(&sum, expm1(k * (s->log[i] - start)));
    return rw_sum_value(&sum) / (double)s->n * exp(k * (start - s->log1));
}

static double
weibull_loglik(const void *ctx, const double p[])
{
    const struct rw_losses *s = ctx;

    if (!(p[0] > 0 && p[1] > 0))
        return NAN;
    return (double)s->n * (log(p[0]) + (p[0] - 1) * s->log1 - p[0] * log(p[1]) -
                              power_mean(s, p[0]) * exp(p[0] * (s->log1 - log(p[1]))));
}

/* Over n, the scale put in: ln k - ln (x^k - d^k) + k ln x, up to constants. */
static double
weibull_profile(const void *ctx, double log_k)
{
    double k = exp(log_k);

    return log_k - log(power_mean(ctx, k));
}

#define WEIBULL_LEAST 1e-2
#define WEIBULL_MOST  1e2

static bool
weibull_maximise(const struct rw_losses *s, bool near, struct rw_fit *f)
{
    double v;

    if (!rw_fit_peak(weibull_profile, s, log(WEIBULL_LEAST), log(WEIBULL_MOST),
            near ? log(f->p[0]) : NAN, &v))
        return v < 0 && s->from > 0
                   ? rw_fit_refuse(f, "the losses fall off like a power, slower than "
                                      "any weibull from the threshold on")
                   : rw_fit_refuse(f, "the shape is beyond %g to %g", WEIBULL_LEAST,
                         WEIBULL_MOST);
    f->p[0] = exp(v);
    f->p[1] = exp(s->log1 + log(power_mean(s, f->p[0])) / f->p[0]);
    return true;
}

const struct rw_severity_law rw_fit_weibull = {
    .name = "weibull",
    .param = {"shape", "scale"},
    .positive = {true, true},
    .loglik = weibull_loglik,
    .maximise = weibull_maximise,
};

/* ---- gpd and lomax ---- */

/* mean of ln(1 + t (x - d)) */
static double
mean_log(const struct rw_losses *s, double t)
{
    struct rw_sum sum = {0, 0};

    for (size_t i = 0; i < s->n; i++)
        rw_sum_add(&sum, log1p(t * (s->x[i] - s->from)));
    return rw_sum_value(&sum) / (double)s->n;
}

static double
largest(const struct rw_losses *s)
{
    return s->x[s->n - 1] - s->from;
}

/* t as a function of w, all of the line for all of the domain t > -1 / largest;
 * w = 0 is t = 0, the exponential. */
static double
tilt(const struct rw_losses *s, double w)
{
    return expm1(w) / largest(s);
}

static double
gpd_profile(const void *ctx, double w)
{
    const struct rw_losses *s = ctx;
    double t = tilt(s, w), xi, beta;

    if (fabs(w) < 1e-9)
        return -log(s->mean - s->from) - 1;
    xi = mean_log(s, t);
    beta = xi / t;
    return -log(beta) - xi - 1;
}

static double
gpd_loglik(const void *ctx, const double p[])
{
    const struct rw_losses *s = ctx;
    double t = p[0] / p[1], y = s->mean - s->from;

    if (!(p[1] > 0) || !(1 + t * largest(s) > 0))
        return NAN;
    /* (1 + 1 / xi) ln(1 + xi y / beta), whose limit at xi = 0 is y / beta */
    return -(double)s->n *
           (log(p[1]) +
               (fabs(p[0]) < 1e-9 ? y / p[1] : (1 + 1 / p[0]) * mean_log(s, t)));
}

/* w from where a bounded law would end just beyond the largest loss */
#define W_LEAST (-3.0)

static bool
gpd_maximise(const struct rw_losses *s, bool near, struct rw_fit *f)
{
    double high = log(largest(s) / (s->mean - s->from)) + 30, w, t;
    double start = near ? log1p(f->p[0] / f->p[1] * largest(s)) : NAN;

    if (!rw_fit_peak(gpd_profile, s, W_LEAST, high,
            start > W_LEAST && start < high ? start : NAN, &w))
        return w < 0 ? rw_fit_refuse(f, "the losses end too sharply at the largest of "
                                        "them (xi below -1/2)")
                     : rw_fit_refuse(f, "the tail is too heavy for a fit");
    t = tilt(s, w);
    if (fabs(w) < 1e-9) {
        f->p[0] = 0;
        f->p[1] = s->mean - s->from;
        return true;
    }
    f->p[0] = mean_log(s, t);
    f->p[1] = f->p[0] / t;
    if (f->p[0] <= -0.5)
        return rw_fit_refuse(f,
            "the losses end too sharply at the largest of them (xi "
            "%.2f, below -1/2)",
            f->p[0]);
    return true;
}

const struct rw_severity_law rw_fit_gpd = {
    .name = "gpd",
    .param = {"xi", "beta"},
    .positive = {false, true},
    .beyond = true,
    .loglik = gpd_loglik,
    .maximise = gpd_maximise,
};

static double
lomax_loglik(const void *ctx, const double p[])
{
    const struct rw_losses *s = ctx;
    double theta = p[1] + s->from; /* beyond d it is a lomax of this theta */

    if (!(p[0] > 0 && p[1] > 0))
        return NAN;
    return (double)s->n *
           (log(p[0]) - log(theta) - (p[0] + 1) * mean_log(s, 1 / theta));
}

static bool
lomax_maximise(const struct rw_losses *s, bool near, struct rw_fit *f)
{
    if (near) {
        f->p[0] = 1 / f->p[0];
        f->p[1] = (f->p[1] + s->from) * f->p[0];
    }
    if (!gpd_maximise(s, near, f))
        return false;
    if (f->p[0] < 1e-6)
        return rw_fit_refuse(f, "the tail is no heavier than an exponential's");
    f->p[1] = f->p[1] / f->p[0] - s->from;
    f->p[0] = 1 / f->p[0];
    if (!(f->p[1] > 0))
        return rw_fit_refuse(f, "from the threshold on the losses fall off like a pure "
                                "power: theta would be below 0");
    return true;
}

const struct rw_severity_law rw_fit_lomax = {
    .name = "lomax",
    .param = {"alpha", "theta"},
    .positive = {true, true},
    .loglik = lomax_loglik,
    .maximise = lomax_maximise,
};
