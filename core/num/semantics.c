/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/semantics.c -- a year's loss as a product, or as at most one. */
#include "num/semantics.h"

#include "num/measure.h"
#include "num/quad.h"

#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdlib.h>

enum { ENDS = 24, STEPS = 200, FINE = 100, ROUGH = 25 };

#define TOLERANCE 1e-11
#define FAR       600 /* of ln(u / (1 - u)): nothing lies beyond */

struct rw_reading {
    enum rw_reading_kind kind;
    struct rw_loss_law x;
    double mean, sd, p0;
    double happens;          /* the part of years that may have a loss */
    struct rw_dist inner;    /* the factor that is integrated */
    struct rw_measure outer; /* points of the others  */
    struct rw_measure rough; /* the same half as fine; n 0: outer is exact */
    double mean_f;
};

/* ---- a distribution as a loss ---- */

static double
dist_sf(const void *ctx, double x)
{
    return rw_dist_sf(ctx, x);
}

static double
dist_lev(const void *ctx, double x)
{
    return rw_dist_lev(ctx, x);
}

static double
dist_quantile(const void *ctx, double lower, double upper)
{
    return rw_dist_quantile_tails(ctx, lower, upper);
}

struct rw_loss_law
rw_loss_law_of(const struct rw_dist *d)
{
    return (struct rw_loss_law){.ctx = d,
        .sf = dist_sf,
        .lev = dist_lev,
        .quantile = dist_quantile,
        .mean = rw_dist_mean(d),
        .sd = rw_dist_sd(d)};
}

/* ---- integrals over the frequency ---- */

struct integrand {
    const struct rw_reading *r;
    double x, f; /* f: of the outer factors */
    bool stop;
};

/* P(X > x / F) or E F (X - x / F)+ at the frequency F. */
static double
given(const struct integrand *g, double frequency)
{
    const struct rw_loss_law *law = &g->r->x;
    double y = g->x / frequency;

    if (!(frequency > 0))
        return 0;
    return g->stop ? frequency * fmax(law->mean - law->lev(law->ctx, y), 0)
                   : law->sf(law->ctx, y);
}

/* At s = ln(u / (1 - u)), times du / ds = u (1 - u). */
static double
at_logit(const void *ctx, double s)
{
    const struct integrand *g = ctx;
    double lower = 1 / (1 + exp(-s)), upper = 1 / (1 + exp(s));

    return lower * upper *
           given(g, g->f * rw_dist_quantile_tails(&g->r->inner, lower, upper));
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
logit_of(const struct rw_dist *d, double frequency)
{
    double s = log(rw_dist_cdf(d, frequency)) - log(rw_dist_sf(d, frequency));

    return fmin(fmax(s, -FAR), FAR); /* -FAR of a NaN: no cut */
}

/* Over the inner factor, the outer ones given; pieces end where the law of X
 * turns or ends, so that a narrow one cannot fall between the points. */
static double
over_inner(const struct integrand *g, double tolerance)
{
    static const double tails[] = {1e-12, 1e-6, 1e-3, 0.05, 0.3, 0.5};
    const struct rw_loss_law *x = &g->r->x;
    const struct rw_dist *d = &g->r->inner;
    double end[ENDS] = {-FAR, -40, -8, 0, 8, 40, FAR}, sum = 0;
    size_t n = 7;

    if (rw_dist_is_constant(d))
        return given(g, g->f * rw_dist_mean(d));
    end[n++] = logit_of(d, d->floor);
    end[n++] = -logit_of(d, d->cap) < FAR ? logit_of(d, nextafter(d->cap, 0)) : FAR;
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        for (int side = 0; side < 2; side++) {
            double t = tails[i];
            double y =
                side ? x->quantile(x->ctx, 1 - t, t) : x->quantile(x->ctx, t, 1 - t);

            if (y > 0 && n < ENDS)
                end[n++] = logit_of(d, g->x / g->f / y);
        }
    qsort(end, n, sizeof end[0], ascending);
    for (size_t i = 1; i < n; i++)
        sum += rw_quad(at_logit, g, end[i - 1], end[i], tolerance);
    return sum;
}

static double
over_points(
    const struct rw_reading *r, const struct rw_measure *outer, double x, bool stop)
{
    struct integrand g = {.r = r, .x = x, .stop = stop};
    double size = stop ? r->mean_f * r->x.mean : 1, sum = 0;

    for (size_t i = 0; i < outer->n; i++) {
        g.f = outer->x[i];
        sum += outer->w[i] * over_inner(&g, fmax(TOLERANCE, r->x.error) * size);
    }
    return r->happens * sum;
}

/* The product's P(L > x) or E(L - x)+. */
static double
product(const struct rw_reading *r, double x, bool stop)
{
    return over_points(r, &r->outer, x, stop);
}

/* What half as fine points change, at x and to either side: at one x they may
 * agree by luck. */
static double
product_error(const struct rw_reading *r, double x, bool stop)
{
    static const double beside[] = {1, 0.97, 1.03};
    double size = stop ? r->mean_f * r->x.mean : 1, off = 0;

    for (int i = 0; i < 3 && r->rough.n > 0; i++)
        off = fmax(off, fabs(over_points(r, &r->rough, x * beside[i], stop) -
                             over_points(r, &r->outer, x * beside[i], stop)));
    return off + (10 * TOLERANCE + r->x.error) * size;
}

/* ---- making ---- */

static double
p_of_events(const struct rw_frequency *f, struct rw_arena *a, enum rw_err *err)
{
    struct rw_count law = {.law = f->law,
        .dispersion = f->law == RW_COUNT_NEGBIN ? f->dispersion : 0,
        .zero = f->law == RW_COUNT_ZIP ? f->zero : 0,
        .chances = f->law == RW_COUNT_BINOMIAL    ? f->chances
                   : f->law == RW_COUNT_BERNOULLI ? 1
                                                  : 0};
    struct rw_mixing m;
    double p = 0;

    *err = rw_mixing_make(f->factors, f->n_factors, a, &m);
    for (size_t k = 0; k < m.n && *err == RW_OK; k++)
        p += m.weight[k] * (1 - rw_count_pgf(&law, m.node[k], 0));
    return p;
}

/* The widest of the estimates, for integration; f->n_factors: none. */
static size_t
widest(const struct rw_frequency *f)
{
    size_t best = f->n_factors;
    double width = 0;

    for (size_t i = 0; i < f->n_factors; i++) {
        const struct rw_dist *d = &f->factors[i].x;
        double cv = rw_dist_sd(d) / rw_dist_mean(d);

        if (!f->factors[i].complement && cv > width) {
            width = cv;
            best = i;
        }
    }
    return best;
}

/* Picks the factor to integrate and lays the others out as points. */
static enum rw_err
make_product(struct rw_reading *r, const struct rw_frequency *f)
{
    struct rw_mixing_factor *others = calloc(f->n_factors + 1, sizeof *others);
    size_t n = 0, inner = widest(f);
    double low = 0, high;
    enum rw_err err;

    if (others == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < f->n_factors; i++)
        if (i != inner)
            others[n++] = f->factors[i];
    r->inner = inner < f->n_factors ? f->factors[inner].x : rw_dist_constant(1);
    rw_dist_support(&r->inner, &low, &high);
    err = low < 0 ? RW_ERR_DOMAIN : rw_measure_of_product(others, n, FINE, &r->outer);
    if (err == RW_OK && r->outer.n > 1)
        err = rw_measure_of_product(others, n, ROUGH, &r->rough);
    free(others);
    return err;
}

/* Moments and P(L = 0) where a loss happens in `happens` of the years, and then
 * has second moment m2 and P(> 0) = positive. */
static void
close_figures(struct rw_reading *r, double mean, double m2, double positive)
{
    r->mean = r->happens * mean;
    r->sd = sqrt(fmax(r->happens * m2 - r->mean * r->mean, 0));
    r->p0 = 1 - r->happens * positive;
}

static enum rw_err
make(struct rw_reading *r, const struct rw_frequency *f)
{
    double positive = r->x.sf(r->x.ctx, 0), m2, sd_f, low, high;
    struct rw_arena a;
    enum rw_err err;

    rw_mixing_moments(f->factors, f->n_factors, &r->mean_f, &sd_f);
    m2 = r->x.mean * r->x.mean + r->x.sd * r->x.sd;
    if (r->kind == RW_READING_AT_MOST_ONE) {
        rw_arena_init(&a);
        r->happens = p_of_events(f, &a, &err);
        rw_arena_fini(&a);
        close_figures(r, r->x.mean, m2, positive);
        return err;
    }
    r->happens = f->law == RW_COUNT_ZIP ? 1 - f->zero : 1;
    err = make_product(r, f);
    if (err != RW_OK)
        return err;
    rw_dist_support(&r->inner, &low, &high);
    m2 *= r->mean_f * r->mean_f + sd_f * sd_f;
    for (size_t i = 0; i < r->outer.n; i++)
        if (!(r->outer.x[i] > 0))
            positive *= 1 - r->outer.w[i];
    close_figures(r, r->mean_f * r->x.mean, m2,
        positive * (low > 0 ? 1 : rw_dist_sf(&r->inner, 0)));
    return RW_OK;
}

enum rw_err
rw_reading_new(enum rw_reading_kind kind, const struct rw_frequency *f,
    const struct rw_loss_law *x, struct rw_reading **made, struct rw_error *e)
{
    enum rw_err err;

    *made = calloc(1, sizeof **made);
    if (*made == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    (*made)->kind = kind;
    (*made)->x = *x;
    err = make(*made, f);
    if (err == RW_ERR_DOMAIN)
        err = rw_error_set(e, RW_ERR_INPUT,
            "a factor of the frequency may be negative: give it a floor of 0");
    else if (err != RW_OK)
        err = rw_error_set(e, err, "out of memory");
    if (err != RW_OK) {
        rw_reading_free(*made);
        *made = NULL;
    }
    return err;
}

void
rw_reading_free(struct rw_reading *r)
{
    if (r == NULL)
        return;
    rw_measure_free(&r->outer);
    rw_measure_free(&r->rough);
    free(r);
}

/* ---- figures ---- */

double
rw_reading_mean(const struct rw_reading *r)
{
    return r->mean;
}

double
rw_reading_sd(const struct rw_reading *r)
{
    return r->sd;
}

double
rw_reading_p0(const struct rw_reading *r)
{
    return r->p0;
}

struct rw_figure
rw_reading_sf(const struct rw_reading *r, double x)
{
    struct rw_figure f;

    if (r->kind == RW_READING_AT_MOST_ONE) {
        f.value = r->happens * r->x.sf(r->x.ctx, x);
        f.error = r->x.error + 1e-10;
    } else {
        f.value = product(r, x, false);
        f.error = product_error(r, x, false);
    }
    return f;
}

struct curve {
    const struct rw_reading *r;
    double target;
};

static double
curve_at(double x, void *ctx)
{
    const struct curve *c = ctx;

    return log(fmax(product(c->r, x, false), 1e-300) / c->target);
}

/* The product's quantile and the slope of ln P(L > x) about it. */
static double
product_root(const struct rw_reading *r, double target, double *slope)
{
    struct curve c = {r, target};
    gsl_function g = {curve_at, &c};
    gsl_root_fsolver *s = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double low, high = r->mean, side = 1e-4;

    if (s == NULL)
        return NAN;
    while (curve_at(high, &c) > 0)
        high *= 2;
    low = high / 2;
    while (curve_at(low, &c) < 0)
        low /= 2;
    gsl_root_fsolver_set(s, &g, low, high);
    for (int k = 0; k < STEPS && high - low > 1e-14 * high; k++) {
        gsl_root_fsolver_iterate(s);
        low = gsl_root_fsolver_x_lower(s);
        high = gsl_root_fsolver_x_upper(s);
    }
    gsl_root_fsolver_free(s);
    *slope = (curve_at(high * (1 - side), &c) - curve_at(high * (1 + side), &c)) /
             (2 * side * high);
    return high;
}

struct rw_figure
rw_reading_quantile(const struct rw_reading *r, double q)
{
    struct rw_figure f = {0, 0};
    double upper = 1 - q, slope = 1;

    if (1 - r->p0 <= upper)
        return f; /* 0, known */
    if (r->kind == RW_READING_AT_MOST_ONE) {
        double h = 1e-6, t = upper / r->happens;

        f.value = r->x.quantile(r->x.ctx, 1 - t, t);
        f.error = r->x.quantile(r->x.ctx, 1 - t * (1 - h), t * (1 - h)) -
                  r->x.quantile(r->x.ctx, 1 - t * (1 + h), t * (1 + h));
        f.error *= (r->x.error + 1e-10) / upper / (2 * h);
        return f;
    }
    f.value = product_root(r, upper, &slope);
    f.error = product_error(r, f.value, false);
    f.error = f.error / upper / slope + 1e-14 * f.value;
    return f;
}

struct rw_figure
rw_reading_tvar(const struct rw_reading *r, double q)
{
    struct rw_figure f = rw_reading_quantile(r, q);
    double stop, error, v = f.value;

    if (r->kind == RW_READING_AT_MOST_ONE) {
        stop = r->happens * fmax(r->x.mean - r->x.lev(r->x.ctx, v), 0);
        error = (1e-10 + r->x.error) * r->x.mean;
    } else {
        stop = product(r, v, true);
        error = product_error(r, v, true);
    }
    /* Its slope in v is 0 at the quantile. */
    f.value = v + stop / (1 - q);
    f.error = error / (1 - q) + 1e-14 * f.value;
    return f;
}
