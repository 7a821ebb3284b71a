/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/fit.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { GRID = 64, STEPS = 100 };

bool
rw_fit_refuse(struct rw_fit *f, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(f->why, sizeof f->why, fmt, ap);
    va_end(ap);
    return false;
}

/* ---- the information ---- */

struct surface {
    rw_fit_likelihood *l;
    const void *ctx;
    const double *p;
    size_t n;
};

/* l with parameter i moved by di and j by dj. */
static double
at(const struct surface *s, size_t i, double di, size_t j, double dj)
{
    double p[RW_FIT_PARAMS];

    for (size_t k = 0; k < s->n; k++)
        p[k] = s->p[k] + (k == i ? di : 0) + (k == j ? dj : 0);
    return s->l(s->ctx, p);
}

static double
second(const struct surface *s, size_t i, size_t j, double hi, double hj)
{
    if (i == j)
        return (at(s, i, hi, i, 0) - 2 * at(s, i, 0, i, 0) + at(s, i, -hi, i, 0)) /
               (hi * hi);
    return (at(s, i, hi, j, hj) - at(s, i, hi, j, -hj) - at(s, i, -hi, j, hj) +
               at(s, i, -hi, j, -hj)) /
           (4 * hi * hj);
}

/* The error of a second difference is a series in h^2: its first term goes. */
static double
extrapolated(const struct surface *s, size_t i, size_t j, const double h[])
{
    return (4 * second(s, i, j, h[i], h[j]) - second(s, i, j, 2 * h[i], 2 * h[j])) / 3;
}

/* A thirtieth of the standard error were the others known, in three rounds from
 * a thousandth of the parameter. */
static double
step_of(const struct surface *s, size_t i, bool positive)
{
    double most = positive ? s->p[i] / 8 : INFINITY;
    double h = 1e-3 * (s->p[i] != 0 ? fabs(s->p[i]) : 1);

    for (int round = 0; round < 3; round++) {
        double curve = -second(s, i, i, h, 0);

        if (!(curve > 0) || !isfinite(curve))
            break;
        h = fmin(1.0 / 30 / sqrt(curve), most);
    }
    return h;
}

static bool
invert(size_t n, const double a[RW_FIT_PARAMS][RW_FIT_PARAMS],
    double to[RW_FIT_PARAMS][RW_FIT_PARAMS])
{
    double det = n == 1 ? a[0][0] : a[0][0] * a[1][1] - a[0][1] * a[1][0];

    if (!(a[0][0] > 0) || !(det > 0) || !isfinite(det))
        return false;
    if (n == 1) {
        to[0][0] = 1 / det;
        return true;
    }
    to[0][0] = a[1][1] / det;
    to[1][1] = a[0][0] / det;
    to[0][1] = to[1][0] = -a[0][1] / det;
    return true;
}

static void
interval(struct rw_fit *f, size_t i)
{
    double reach = RW_Z975 * f->se[i];

    f->low[i] = f->positive[i] ? f->p[i] * exp(-reach / f->p[i]) : f->p[i] - reach;
    f->high[i] = f->positive[i] ? f->p[i] * exp(reach / f->p[i]) : f->p[i] + reach;
}

void
rw_fit_errors(struct rw_fit *f, rw_fit_likelihood *l, const void *ctx, size_t n)
{
    struct surface s = {l, ctx, f->p, f->n_params};
    double *h = f->step, info[RW_FIT_PARAMS][RW_FIT_PARAMS] = {{0}};
    double k = (double)f->n_params;
    bool known;

    f->loglik = l(ctx, f->p);
    f->aic = 2 * k - 2 * f->loglik;
    f->bic = k * log((double)n) - 2 * f->loglik;
    for (size_t i = 0; i < f->n_params; i++)
        h[i] = step_of(&s, i, f->positive[i]);
    for (size_t i = 0; i < f->n_params; i++)
        for (size_t j = 0; j < f->n_params; j++)
            info[i][j] = -extrapolated(&s, i, j, h);
    known = invert(f->n_params, info, f->cov);
    for (size_t i = 0; i < f->n_params; i++) {
        f->se[i] = known ? sqrt(f->cov[i][i]) : NAN;
        interval(f, i);
    }
}

double
rw_fit_delta(const struct rw_fit *f, double (*g)(const void *ctx, const double p[]),
    const void *ctx)
{
    double slope[RW_FIT_PARAMS], sum = 0;

    for (size_t i = 0; i < f->n_params; i++) {
        double p[RW_FIT_PARAMS], h = f->step[i] / 10, up;

        for (size_t k = 0; k < f->n_params; k++)
            p[k] = f->p[k];
        p[i] = f->p[i] + h;
        up = g(ctx, p);
        p[i] = f->p[i] - h;
        slope[i] = (up - g(ctx, p)) / (2 * h);
    }
    for (size_t i = 0; i < f->n_params; i++)
        for (size_t j = 0; j < f->n_params; j++)
            sum += slope[i] * f->cov[i][j] * slope[j];
    return isfinite(sum) ? sqrt(fmax(sum, 0)) : NAN;
}

/* ---- one-dimensional search ---- */

struct peak {
    double (*g)(const void *ctx, double x);
    const void *ctx;
};

static double
below(double x, void *params)
{
    const struct peak *k = params;
    double y = k->g(k->ctx, x);

    return isfinite(y) ? -y : 1e300;
}

/* The minimum of f between a < x < b, where f(x) is below both ends. */
static double
refine(gsl_function *f, double a, double x, double b)
{
    gsl_min_fminimizer *s = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);

    if (s == NULL)
        return NAN;
    if (gsl_min_fminimizer_set(s, f, x, a, b) == GSL_SUCCESS) {
        for (int i = 0; i < STEPS && gsl_min_fminimizer_iterate(s) == GSL_SUCCESS; i++)
            if (gsl_min_test_interval(gsl_min_fminimizer_x_lower(s),
                    gsl_min_fminimizer_x_upper(s), 1e-8, 1e-8) == GSL_SUCCESS)
                break;
        x = gsl_min_fminimizer_x_minimum(s);
    }
    gsl_min_fminimizer_free(s);
    return x;
}

/* Where f is flat to rounding its slope still is not: one of Newton's steps,
 * the slope from two differences (error h^4). */
static double
polish(gsl_function *f, double x)
{
    const double d = 1e-3;
    double curve =
        (GSL_FN_EVAL(f, x + d) - 2 * GSL_FN_EVAL(f, x) + GSL_FN_EVAL(f, x - d)) /
        (d * d);
    double h = fmin(0.02 / sqrt(fmax(curve, 0)), 0.02), near, far, step;

    near = (GSL_FN_EVAL(f, x + h) - GSL_FN_EVAL(f, x - h)) / (2 * h);
    far = (GSL_FN_EVAL(f, x + 2 * h) - GSL_FN_EVAL(f, x - 2 * h)) / (4 * h);
    step = (4 * near - far) / 3 / curve;
    return fabs(step) < 1e-4 ? x - step : x; /* false of what is no number */
}

/* Doubling steps downhill of f from x until it rises again: the bracket. */
static bool
walk(gsl_function *f, double low, double high, double *a, double *x, double *b)
{
    double step = 0.05, fx = GSL_FN_EVAL(f, *x), next, there;

    if (GSL_FN_EVAL(f, fmin(*x + step, high)) >= fx)
        step = -step;
    *a = fmin(fmax(*x - step, low), high);
    for (;;) {
        next = fmin(fmax(*x + step, low), high);
        there = GSL_FN_EVAL(f, next);
        if (there >= fx)
            break;
        *a = *x;
        *x = next;
        fx = there;
        if (next <= low || next >= high)
            return false;
        step *= 2;
    }
    *b = next;
    if (*a > *b) {
        double t = *a;

        *a = *b;
        *b = t;
    }
    return *a < *x && *x < *b && GSL_FN_EVAL(f, *a) > fx && GSL_FN_EVAL(f, *b) > fx;
}

static bool
scan(gsl_function *f, double low, double high, double *a, double *x, double *b)
{
    double width = (high - low) / GRID, best = INFINITY;
    int at = 0;

    for (int i = 0; i <= GRID; i++) {
        double y = GSL_FN_EVAL(f, low + i * width);

        if (y < best) {
            best = y;
            at = i;
        }
    }
    *x = low + at * width;
    *a = *x - width;
    *b = *x + width;
    return at > 0 && at < GRID;
}

bool
rw_fit_peak(double (*g)(const void *ctx, double x), const void *ctx, double low,
    double high, double start, double *x)
{
    struct peak k = {g, ctx};
    gsl_function f = {below, &k};
    double a, b, at = start;

    if (isnan(start) || !walk(&f, low, high, &a, &at, &b)) {
        if (!scan(&f, low, high, &a, &at, &b)) {
            *x = at;
            return false;
        }
    }
    *x = polish(&f, refine(&f, a, at, b));
    return isfinite(*x);
}
