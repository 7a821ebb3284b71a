/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/inverse.c -- quantiles of gamma and beta, see num/special.h. */
#include "num/root.h"
#include "num/special.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum { MAX_STEPS = 400 };

/* Below this z the first term of either series is all of it. */
#define TINY_Z (-40.0)

/* The smaller tail as an increasing, log-concave function of w = z or -z. */
struct tail {
    const struct rw_gamma_law *gamma; /* one of the two is NULL */
    const struct rw_beta_law *beta;
    bool upper;
};

/* Tail at w; *h <- its slope, *k <- d ln h / dw. */
static double
tail_at(const struct tail *t, double w, double *h, double *k)
{
    double z = t->upper ? -w : w, p, q;

    if (t->gamma != NULL) {
        *h = rw_gamma_tails(t->gamma, z, &p, &q);
        *k = t->gamma->a - exp(z);
    } else {
        *h = rw_beta_tails(t->beta, z, &p, &q);
        *k = t->beta->a / (1 + exp(z)) - t->beta->b / (1 + exp(-z));
    }
    *k = t->upper ? -*k : *k;
    return t->upper ? q : p;
}

/* w with tail(w) = p, from w0. */
static double
solve(const struct tail *t, double p, double w0)
{
    double low = -INFINITY, high = INFINITY, w = w0, reach = 1;

    for (int i = 0; i < MAX_STEPS; i++) {
        double h, k, f = tail_at(t, w, &h, &k), g, step, bend, next;

        if (!(f > 0) || !(h > 0)) {
            /* Underflow on one side or the other: no slope to follow. */
            g = f > p ? 1 : -1;
            next = w - g * (reach *= 2);
        } else {
            g = log(f / p);
            step = -g * f / h;
            bend = 1 + step * (k - h / f) / 2;
            next = w + step / (bend > 0.5 ? bend : 0.5);
        }
        if (g < 0)
            low = w;
        else
            high = w;
        if (fabs(g) < 1e-5) /* the step's own error is of third order */
            return next;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - w) <= 2 * DBL_EPSILON * fabs(w))
            return next;
        w = next;
    }
    return w;
}

/* ln of Gamma(a + 1), and of a B(a, b): what x^a is divided by near 0. */
static double
beta_scale(double norm, double a, double b)
{
    double n = a + b;

    return log(a) - log(norm) - a * log(n / a) - b * log(n / b);
}

static double
gamma_start(double a, double lower, double upper, double tiny)
{
    double x;

    if (a > 1) { /* Wilson and Hilferty */
        double u = lower < upper ? gsl_cdf_ugaussian_Pinv(lower)
                                 : gsl_cdf_ugaussian_Qinv(upper);
        double r = 1 - 1 / (9 * a) + u / (3 * sqrt(a));

        return r > 0 ? fmax(tiny, log(a) + 3 * log(r)) : tiny;
    }
    x = 1 - a * (0.253 + 0.12 * a);
    return lower < x ? log(lower / x) / a : log(1 - log(upper / (1 - x)));
}

double
rw_gamma_inverse(const struct rw_gamma_law *g, double lower, double upper)
{
    struct tail t = {.gamma = g, .upper = upper < lower};
    double log_lower = t.upper ? log1p(-upper) : log(lower);
    double tiny = (log_lower + rw_log_gamma(g->a + 1)) / g->a, z0;

    if (tiny < TINY_Z)
        return exp(tiny);
    z0 = gamma_start(g->a, lower, upper, tiny);
    return t.upper ? exp(-solve(&t, upper, -z0)) : exp(solve(&t, lower, z0));
}

struct spread {
    double log_ratio, tail;
};

/* Excess of the spread at a shape of e^s. */
static double
excess_spread(const void *ctx, double s)
{
    const struct spread *w = ctx;
    struct rw_gamma_law g = rw_gamma_law(exp(s));
    double low = rw_gamma_inverse(&g, w->tail, 1 - w->tail);
    double high = rw_gamma_inverse(&g, 1 - w->tail, w->tail);

    return log(high) - log(low) - w->log_ratio;
}

double
rw_gamma_shape(double ratio, double tail, double low, double high)
{
    struct spread w = {.log_ratio = log(ratio), .tail = tail};

    return exp(rw_root(excess_spread, &w, log(low), log(high)));
}

static double
beta_start(const struct rw_beta_law *g, double lower, double upper)
{
    double a = g->a, b = g->b, n = a + b, t, u, x;

    if (a > 1 && b > 1) { /* Abramowitz and Stegun 26.5.22 */
        double v = lower < upper ? -gsl_cdf_ugaussian_Pinv(lower)
                                 : -gsl_cdf_ugaussian_Qinv(upper);
        double ra = 1 / (2 * a - 1), rb = 1 / (2 * b - 1), s = 2 / (ra + rb);
        double l = (v * v - 3) / 6;
        double w = v * sqrt(s + l) / s - (rb - ra) * (l + 5.0 / 6 - 2 / (3 * s));

        return log(a / b) - 2 * w;
    }
    t = exp(a * log(a / n)) / a;
    u = exp(b * log(b / n)) / b;
    if (lower < t / (t + u)) {
        x = log(a * (t + u) * lower) / a;
        return x - log1p(-exp(x));
    }
    x = log(b * (t + u) * upper) / b;
    return log1p(-exp(x)) - x;
}

double
rw_beta_inverse(const struct rw_beta_law *g, double lower, double upper, double *y)
{
    struct tail t = {.beta = g, .upper = upper < lower};
    double log_lower = t.upper ? log1p(-upper) : log(lower);
    double log_upper = t.upper ? log(upper) : log1p(-lower);
    double a = g->a, b = g->b, z, z0;

    z = (log_lower + beta_scale(g->norm, a, b)) / a;
    if (z < TINY_Z - log1p(b)) {
        *y = 1;
        return exp(z);
    }
    z = (log_upper + beta_scale(g->norm, b, a)) / b;
    if (z < TINY_Z - log1p(a)) {
        *y = exp(z);
        return 1;
    }
    z0 = beta_start(g, lower, upper);
    z = t.upper ? -solve(&t, upper, -z0) : solve(&t, lower, z0);
    *y = 1 / (1 + exp(z));
    return 1 / (1 + exp(-z));
}
