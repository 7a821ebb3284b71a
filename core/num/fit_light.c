/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/fit_light.c -- fits of laws that need but the means of x, ln x and
 * ln^2 x: exponential, lognormal, gamma. */
#include "num/fit_laws.h"
#include "num/root.h"
#include "num/special.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#define HALF_LOG_2PI 0.91893853320467274

/* ---- exponential ---- */

static double
exponential_loglik(const void *ctx, const double p[])
{
    const struct rw_losses *s = ctx;

    return p[0] > 0 ? -(double)s->n * (log(p[0]) + (s->mean - s->from) / p[0]) : NAN;
}

static bool
exponential_maximise(const struct rw_losses *s, bool near, struct rw_fit *f)
{
    (void)near;
    f->p[0] = s->mean - s->from;
    return true;
}

const struct rw_severity_law rw_fit_exponential = {
    .name = "exponential",
    .param = {"mean"},
    .positive = {true},
    .loglik = exponential_loglik,
    .maximise = exponential_maximise,
};

/* ---- lognormal ---- */

/* ln (1 - Phi(a)) */
static double
log_upper(double a)
{
    return a < 5 ? log(erfc(a * M_SQRT1_2) / 2)
                 : log(rw_mills(a)) - a * a / 2 - HALF_LOG_2PI;
}

static double
lognormal_loglik(const void *ctx, const double p[])
{
    const struct rw_losses *s = ctx;
    double off = s->log1 - p[0], sum;

    if (!(p[1] > 0))
        return NAN;
    sum =
        -s->log1 - log(p[1]) - HALF_LOG_2PI - (s->log2 + off * off) / (2 * p[1] * p[1]);
    if (s->from > 0)
        sum -= log_upper((log(s->from) - p[0]) / p[1]);
    return (double)s->n * sum;
}

/* Below LEAST nothing is cut off that counts; beyond MOST the law is a power
 * to six digits. */
#define LEAST (-8.0)
#define MOST  30.0

/* h(a) - a, with its digits in both tails */
static double
overshoot(double a)
{
    return rw_normal_excess(a) / (rw_normal_density(a) * rw_mills(a));
}

static double
square_ratio(const void *ctx, double a)
{
    const double *ratio = ctx;
    double o = overshoot(a);

    return (1 - a * o) / (o * o) - *ratio;
}

static bool
lognormal_maximise(const struct rw_losses *s, bool near, struct rw_fit *f)
{
    double z, ratio, a;

    (void)near;
    f->p[0] = s->log1;
    f->p[1] = sqrt(s->log2);
    if (s->from <= 0)
        return true;
    z = s->log1 - log(s->from);
    ratio = (s->log2 + z * z) / (z * z);
    if (square_ratio(&ratio, MOST) < 0)
        return rw_fit_refuse(f, "the losses fall off like a power, slower than any "
                                "lognormal from the threshold on");
    if (square_ratio(&ratio, LEAST) > 0)
        return true;
    a = rw_root(square_ratio, &ratio, LEAST, MOST);
    f->p[1] = z / overshoot(a);
    f->p[0] = log(s->from) - a * f->p[1];
    return true;
}

const struct rw_severity_law rw_fit_lognormal = {
    .name = "lognormal",
    .param = {"mu", "sigma"},
    .positive = {false, true},
    .loglik = lognormal_loglik,
    .maximise = lognormal_maximise,
};

/* ---- gamma ---- */

static double
gamma_loglik(const void *ctx, const double p[])
{
    const struct rw_losses *s = ctx;
    double sum, below, above;

    if (!(p[0] > RW_SHAPE_MIN && p[0] < RW_SHAPE_MAX && p[1] > 0))
        return NAN;
    sum = (p[0] - 1) * s->log1 - s->mean / p[1] - lgamma(p[0]) - p[0] * log(p[1]);
    if (s->from > 0) {
        struct rw_gamma_law g = rw_gamma_law(p[0]);

        (void)rw_gamma_tails(&g, log(s->from / p[1]), &below, &above);
        sum -= log(above);
    }
    return (double)s->n * sum;
}

/* ln shape - psi(shape) - (ln mean - mean ln), which falls in the shape */
static double
shape_equation(const void *ctx, double log_shape)
{
    const double *gap = ctx;

    return log_shape - gsl_sf_psi(exp(log_shape)) - *gap;
}

static double
minus_loglik(const gsl_vector *v, void *ctx)
{
    double p[2] = {exp(gsl_vector_get(v, 0)), exp(gsl_vector_get(v, 1))};
    double l = gamma_loglik(ctx, p);

    return isfinite(l) ? -l : 1e300;
}

enum { STEPS = 400, RESTARTS = 3 };

/* In natural parameters the likelihood is concave: one peak.  The simplex is
 * begun anew where it has ended, in case it had become flat. */
static bool
search(const struct rw_losses *s, struct rw_fit *f)
{
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_multimin_function g = {minus_loglik, 2, (void *)s};
    double place[2] = {log(f->p[0]), log(f->p[1])}, wide[2];
    gsl_vector_view at = gsl_vector_view_array(place, 2),
                    step = gsl_vector_view_array(wide, 2);

    for (int k = 0; m != NULL && k < RESTARTS; k++) {
        wide[0] = wide[1] = k == 0 ? 0.5 : 1e-3;
        if (gsl_multimin_fminimizer_set(m, &g, &at.vector, &step.vector) != GSL_SUCCESS)
            break;
        for (int i = 0; i < STEPS; i++)
            if (gsl_multimin_fminimizer_iterate(m) != GSL_SUCCESS ||
                gsl_multimin_test_size(gsl_multimin_fminimizer_size(m), 1e-9) ==
                    GSL_SUCCESS)
                break;
        gsl_vector_memcpy(&at.vector, gsl_multimin_fminimizer_x(m));
    }
    f->p[0] = exp(place[0]);
    f->p[1] = exp(place[1]);
    gsl_multimin_fminimizer_free(m);
    if (m == NULL)
        return rw_fit_refuse(f, "no memory for the search");
    if (f->p[0] < 2 * RW_SHAPE_MIN)
        return rw_fit_refuse(f, "the losses fall off slower than any gamma from the "
                                "threshold on");
    return true;
}

static bool
gamma_maximise(const struct rw_losses *s, bool near, struct rw_fit *f)
{
    double gap = log(s->mean) - s->log1;

    if (!near || s->from <= 0) {
        double v = rw_root(shape_equation, &gap, log(RW_SHAPE_MIN), log(RW_SHAPE_MAX));

        f->p[0] = exp(v);
        f->p[1] = s->mean / f->p[0];
        if (s->from <= 0 && (f->p[0] <= RW_SHAPE_MIN || f->p[0] >= RW_SHAPE_MAX))
            return rw_fit_refuse(
                f, "the shape is beyond %g to %g", RW_SHAPE_MIN, RW_SHAPE_MAX);
    }
    return s->from <= 0 || search(s, f);
}

const struct rw_severity_law rw_fit_gamma = {
    .name = "gamma",
    .param = {"shape", "scale"},
    .positive = {true, true},
    .loglik = gamma_loglik,
    .maximise = gamma_maximise,
};
