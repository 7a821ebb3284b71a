/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/fit.h"

#include "num/splice.h"
#include "num/sum.h"
#include "num/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fewest losses beyond a threshold of the table of tails. */
enum { TAIL_LEAST = 20 };

static size_t
replicates(const struct rw_fit_request *q, size_t n)
{
    if (q->replicates != RW_FIT_DEFAULT)
        return q->replicates;
    return n > RW_FIT_LARGE ? RW_FIT_FEW : RW_FIT_MANY;
}

/* ---- the size of losses ---- */

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* A figure of the law at parameters p, cut at d: the quantile at u, the mean where
 * u is 0. */
struct figure {
    const struct rw_severity_law *law;
    double from, u;
};

static double
figure_at(const void *ctx, const double p[])
{
    const struct figure *f = ctx;
    struct rw_dist d;

    if (!rw_severity_dist(f->law, f->from, p, &d))
        return NAN;
    return f->u == 0 ? rw_severity_mean(&d, f->from)
                     : rw_severity_quantile(&d, f->from, f->u);
}

static double
figure(const struct rw_severity_fit *f, double from, double u, double *se)
{
    struct figure g = {f->law, from, u};

    *se = rw_fit_delta(&f->fit, figure_at, &g);
    return figure_at(&g, f->fit.p);
}

static void
figures(const struct rw_severity_fit *f, double from, struct rw_fit_figures *to)
{
    to->mean = figure(f, from, 0, &to->mean_se);
    to->p95 = figure(f, from, 0.95, &to->p95_se);
    to->p99 = figure(f, from, 0.99, &to->p99_se);
}

/* gpd and lomax are one law beyond a threshold: of the two the one that is
 * usual, unless it is asked for. */
static bool
is_wanted(const struct rw_fit_request *q, const struct rw_severity_law *law)
{
    if (q->family != NULL)
        return strcmp(q->family, law->name) == 0;
    return strcmp(law->name, q->above > 0 ? "lomax" : "gpd") != 0;
}

/* The law of least AIC; n: none.  Usable is one that a splice takes. */
static size_t
least_aic(const struct rw_fit_severity_result *s, bool usable)
{
    size_t best = s->n;

    for (size_t k = 0; k < s->n; k++) {
        const struct rw_severity_fit *f = &s->fit[k];

        if (f->fit.why[0] != '\0' ||
            (usable && !f->law->beyond && f->seen < RW_SPLICE_LEAST))
            continue;
        if (best == s->n || f->fit.aic < s->fit[best].fit.aic)
            best = k;
    }
    return best;
}

static enum rw_err
fit_laws(const struct rw_fit_request *q, const volatile sig_atomic_t *stop,
    struct rw_fit_severity_result *s, struct rw_error *e)
{
    size_t n;
    const struct rw_severity_law *const *laws = rw_severity_laws(&n);

    for (size_t k = 0; k < n; k++) {
        struct rw_severity_fit *f = &s->fit[s->n];
        enum rw_err err;

        if (!is_wanted(q, laws[k]))
            continue;
        rw_severity_fit(laws[k], &s->sample, f);
        err =
            rw_severity_test(f, &s->sample, replicates(q, s->sample.n), q->seed, stop);
        if (err != RW_OK)
            return rw_error_set(e, err, "the replicates of %s", laws[k]->name);
        if (f->fit.why[0] == '\0')
            figures(f, s->sample.from, &s->figures[s->n]);
        s->n++;
    }
    s->first = least_aic(s, false);
    s->best = least_aic(s, true);
    return RW_OK;
}

/* The tail beyond thresholds that leave half of the losses, a quarter ... */
static void
tails(struct rw_fit_severity_result *s, double logs[])
{
    static const double shares[RW_FIT_TAILS] = {0.5, 0.25, 0.1, 0.05, 0.02, 0.01};

    for (size_t i = 0; i < RW_FIT_TAILS; i++) {
        size_t k = (size_t)((double)s->sample.n * shares[i]);
        struct rw_fit_tail *t = &s->tail[s->n_tails];
        struct rw_losses beyond;

        if (k < TAIL_LEAST || k >= s->sample.n)
            continue;
        t->hill = rw_hill(s->sample.x, s->sample.n, k);
        k = t->hill.k;
        if (k < TAIL_LEAST ||
            s->sample.x[s->sample.n - 1] <= s->sample.x[s->sample.n - k] ||
            (s->n_tails > 0 && t[-1].hill.k == k))
            continue;
        rw_losses_init(&beyond, s->sample.x + s->sample.n - k, logs, k, t->hill.u);
        rw_severity_fit(rw_severity_law("gpd"), &beyond, &t->gpd);
        s->n_tails++;
    }
}

/* What is known of the sample without a law. */
static void
describe(struct rw_fit_severity_result *s)
{
    const struct rw_losses *l = &s->sample;
    struct rw_moments m = rw_moments_array(l->x, l->n);

    s->median = l->x[rw_tail_rank(l->n, 0.5) - 1];
    s->p95 = l->x[rw_tail_rank(l->n, 0.95) - 1];
    s->p99 = l->x[rw_tail_rank(l->n, 0.99) - 1];
    s->se = rw_moments_se(&m);
}

static enum rw_err
too_few(
    const struct rw_fit_request *q, const struct rw_fit_table *t, struct rw_error *e)
{
    if (t->below > 0)
        rw_error_set(e, RW_ERR_INPUT,
            "%zu of the %zu losses are large enough for --above, and a law takes %d or "
            "more",
            t->n, t->n + t->below, RW_FIT_LEAST);
    else
        rw_error_set(e, RW_ERR_INPUT,
            "there are %zu losses, and a law takes %d or more", t->n, RW_FIT_LEAST);
    rw_error_place(e, q->file, 0, 0, "");
    return RW_ERR_INPUT;
}

static enum rw_err
make_severity(const struct rw_fit_request *q, const struct rw_fit_table *t,
    const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_fit_severity_result *s, struct rw_error *e)
{
    double *x = RW_ARENA_NEW(a, t->n, double), *logs = RW_ARENA_NEW(a, t->n, double);
    double *other = RW_ARENA_NEW(a, t->n, double);
    enum rw_err err;

    if (t->n < RW_FIT_LEAST)
        return too_few(q, t, e);
    if (x == NULL || logs == NULL || other == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for %zu losses", t->n);
    memcpy(x, t->loss, t->n * sizeof *x);
    qsort(x, t->n, sizeof *x, ascending);
    if (!(x[t->n - 1] > x[0])) {
        rw_error_set(e, RW_ERR_INPUT,
            "all %zu losses are %g: that is no law, but a number to write as it is",
            t->n, x[0]);
        rw_error_place(e, q->file, 0, 0, "");
        return RW_ERR_INPUT;
    }
    rw_losses_init(&s->sample, x, logs, t->n, q->above);
    describe(s);
    err = fit_laws(q, stop, s, e);
    if (err == RW_OK)
        tails(s, other);
    return err;
}

/* ---- how often ---- */

static void
choose(struct rw_fit_frequency_result *f)
{
    double least = INFINITY, least_of_years = INFINITY;

    for (size_t k = 0; k < RW_COUNT_FITS; k++) {
        const struct rw_fit *fit = &f->fit[k].fit;

        if (fit->why[0] != '\0')
            continue;
        if (fit->aic < least) {
            least = fit->aic;
            f->best = k;
        }
        /* empty months say nothing of empty years */
        if (f->fit[k].law == RW_COUNT_ZIP && f->per_year > 1)
            continue;
        if (fit->aic < least_of_years) {
            least_of_years = fit->aic;
            f->to_paste = k;
        }
    }
}

/* Means a year. */
static void
rates(struct rw_fit_frequency_result *f)
{
    for (size_t k = 0; k < RW_COUNT_FITS; k++) {
        const struct rw_fit *fit = &f->fit[k].fit;

        f->rate[k] = fit->p[0] * f->per_year;
        f->rate_se[k] = fit->se[0] * f->per_year;
        f->rate_low[k] = fit->low[0] * f->per_year;
        f->rate_high[k] = fit->high[0] * f->per_year;
    }
}

static enum rw_err
no_event(const struct rw_fit_request *q, const struct rw_fit_frequency_result *f,
    struct rw_error *e)
{
    double years = f->sample.length / f->per_year;

    /* P(no event) = 5 % at this rate */
    rw_error_set(e, RW_ERR_INPUT,
        "no incident in %.3g years: no law can be fitted, but a rate of up to %.2g a "
        "year is possible (95 %%)",
        years, log(20) / years);
    rw_error_place(e, q->file, 0, 0, "");
    return RW_ERR_INPUT;
}

static enum rw_err
make_trend(struct rw_fit_frequency_result *f, struct rw_error *e)
{
    double *x = calloc(f->sample.n, sizeof *x);

    if (x == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a trend");
    for (size_t i = 0; i < f->sample.n; i++)
        x[i] = f->sample.k[i] / f->sample.e[i];
    f->trend = rw_trend(x, f->sample.n);
    f->alike = f->per_year > 1 && f->trend.r > 1.96 * f->trend.se;
    free(x);
    return RW_OK;
}

static enum rw_err
make_frequency(const struct rw_fit_request *q, const struct rw_fit_table *t,
    const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_fit_frequency_result *f, struct rw_error *e)
{
    enum rw_err err = rw_fit_periods(q, t, a, f, e);

    if (err == RW_OK && !(f->sample.events > 0))
        err = no_event(q, f, e);
    if (err != RW_OK)
        return err;
    f->scatter = rw_counts_scatter(&f->sample, &f->scatter_p);
    for (size_t k = 0; k < RW_COUNT_FITS; k++) {
        struct rw_count_fit *fit = &f->fit[k];

        rw_count_fit(rw_count_fits[k], &f->sample, fit);
        if (k > 0 && f->sample.n < RW_FIT_LEAST_PERIODS)
            rw_fit_refuse(
                &fit->fit, "it takes %d periods or more", RW_FIT_LEAST_PERIODS);
        err = rw_count_test(fit, &f->sample,
            f->sample.n < RW_FIT_LEAST_PERIODS ? 0 : replicates(q, f->sample.n),
            q->seed, stop);
        if (err != RW_OK)
            return rw_error_set(e, err, "the replicates of counts");
    }
    choose(f);
    rates(f);
    return make_trend(f, e);
}

/* ---- what to paste ---- */

static void
paste(const struct rw_fit_request *q, struct rw_fit_result *r)
{
    const struct rw_fit_severity_result *s = r->severity;
    const struct rw_fit_frequency_result *f = r->frequency;
    struct rw_fit_paste *p = &r->paste;

    if (f != NULL) {
        const struct rw_count_fit *c = &f->fit[f->to_paste];

        p->frequency = true;
        p->law = c->law;
        p->rate = f->rate[f->to_paste];
        p->rate_se = f->rate_se[f->to_paste];
        p->parameter = c->fit.p[1];
        if (c->law == RW_COUNT_NEGBIN && !f->alike)
            p->parameter /= f->per_year;
    }
    if (s != NULL && s->best < s->n) {
        p->amount = true;
        p->severity = &s->fit[s->best];
        p->cap = q->cap;
        p->wants_cap = !(q->cap > 0) && isinf(s->figures[s->best].mean);
    }
}

enum rw_err
rw_fit_make(const struct rw_fit_request *q, const volatile sig_atomic_t *stop,
    struct rw_arena *a, struct rw_fit_result *r, struct rw_error *e)
{
    enum rw_err err;

    *r = (struct rw_fit_result){.q = q};
    err = rw_fit_read(q, a, &r->table, e);
    if (err == RW_OK && q->severity)
        r->severity = RW_ARENA_NEW(a, 1, struct rw_fit_severity_result);
    if (err == RW_OK && q->frequency)
        r->frequency = RW_ARENA_NEW(a, 1, struct rw_fit_frequency_result);
    if (err == RW_OK &&
        ((q->severity && !r->severity) || (q->frequency && !r->frequency)))
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for a fit");
    if (err == RW_OK && q->severity)
        err = make_severity(q, &r->table, stop, a, r->severity, e);
    if (err == RW_OK && q->frequency)
        err = make_frequency(q, &r->table, stop, a, r->frequency, e);
    if (err != RW_OK)
        return err;
    paste(q, r);
    err = rw_fit_notes(r, a);
    return err == RW_OK ? err : rw_error_set(e, err, "no memory for notes");
}
