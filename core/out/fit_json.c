/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/fit.h"

#include "out/json.h"

#include <math.h>
#include <stdio.h>

const char *
rw_fit_per_name(unsigned per_year)
{
    return per_year == 1 ? "year" : per_year == 4 ? "quarter" : "month";
}

/* A number that may not be known or not be finite. */
static void
maybe(struct rw_writer *w, const char *key, double x)
{
    if (isfinite(x))
        rw_writer_number(w, key, x);
}

static void
with_error(struct rw_writer *w, const char *key, double x, double se)
{
    rw_writer_object(w, key, true);
    if (isinf(x))
        rw_writer_flag(w, "infinite", true);
    maybe(w, "value", x);
    maybe(w, "se", se);
    rw_writer_end(w);
}

/* Into the object that is open. */
static void
fit(struct rw_writer *w, const struct rw_fit *f)
{
    rw_writer_object(w, "parameters", false);
    for (size_t i = 0; i < f->n_params; i++) {
        rw_writer_object(w, f->name[i], true);
        rw_writer_number(w, "value", f->p[i]);
        maybe(w, "se", f->se[i]);
        maybe(w, "low", f->low[i]);
        maybe(w, "high", f->high[i]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    if (f->n_params == 2)
        maybe(w, "covariance", f->cov[0][1]);
    rw_writer_number(w, "log_likelihood", f->loglik);
    rw_writer_number(w, "aic", f->aic);
    rw_writer_number(w, "bic", f->bic);
    rw_writer_number(w, "ks", f->ks);
    maybe(w, "ks_p", f->ks_p);
    rw_writer_count(w, "replicates", f->replicates);
}

static void
law(struct rw_writer *w, const struct rw_fit_severity_result *s, size_t k)
{
    const struct rw_severity_fit *f = &s->fit[k];
    const struct rw_fit_figures *g = &s->figures[k];

    rw_writer_object(w, NULL, false);
    rw_writer_string(w, "law", f->law->name);
    if (f->fit.why[0] != '\0')
        rw_writer_string(w, "without", f->fit.why);
    else {
        fit(w, &f->fit);
        rw_writer_number(w, "exceeds_threshold", f->seen);
        with_error(w, "mean", g->mean, g->mean_se);
        with_error(w, "0.95", g->p95, g->p95_se);
        with_error(w, "0.99", g->p99, g->p99_se);
    }
    rw_writer_end(w);
}

static void
tail(struct rw_writer *w, const struct rw_fit_tail *t)
{
    rw_writer_object(w, NULL, true);
    rw_writer_number(w, "threshold", t->hill.u);
    rw_writer_count(w, "losses", t->hill.k);
    with_error(w, "excess", t->hill.excess, t->hill.excess_se);
    with_error(w, "hill", t->hill.xi, t->hill.se);
    if (t->gpd.fit.why[0] == '\0')
        with_error(w, "xi", t->gpd.fit.p[0], t->gpd.fit.se[0]);
    rw_writer_end(w);
}

static void
severity(struct rw_writer *w, const struct rw_fit_result *r)
{
    const struct rw_fit_severity_result *s = r->severity;

    rw_writer_object(w, "severity", false);
    rw_writer_string(w, "column", r->q->loss);
    rw_writer_count(w, "losses", s->sample.n);
    rw_writer_number(w, "above", s->sample.from);
    rw_writer_count(w, "below", r->table.below);
    with_error(w, "mean", s->sample.mean, s->se);
    rw_writer_number(w, "median", s->median);
    rw_writer_number(w, "largest", s->sample.x[s->sample.n - 1]);
    rw_writer_array(w, "laws", false);
    for (size_t k = 0; k < s->n; k++)
        law(w, s, k);
    rw_writer_end(w);
    if (s->best < s->n)
        rw_writer_string(w, "best", s->fit[s->best].law->name);
    rw_writer_array(w, "tail", false);
    for (size_t k = 0; k < s->n_tails; k++)
        tail(w, &s->tail[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

static void
periods(struct rw_writer *w, const struct rw_fit_frequency_result *f)
{
    rw_writer_array(w, "counts", true);
    for (size_t i = 0; i < f->sample.n; i++)
        rw_writer_count(w, NULL, f->sample.k[i]);
    rw_writer_end(w);
}

static void
day(struct rw_writer *w, const char *key, long day)
{
    struct rw_date d = rw_date_of(day);
    char s[48];

    snprintf(s, sizeof s, "%04d-%02u-%02u", d.year, d.month, d.day);
    rw_writer_string(w, key, s);
}

static void
frequency(struct rw_writer *w, const struct rw_fit_result *r)
{
    const struct rw_fit_frequency_result *f = r->frequency;

    rw_writer_object(w, "frequency", false);
    rw_writer_string(w, "column", r->q->counts ? r->q->counts : r->q->date);
    rw_writer_string(w, "per", rw_fit_per_name(f->per_year));
    if (f->watched) {
        day(w, "from", f->from);
        day(w, "to", f->to);
    }
    rw_writer_number(w, "incidents", f->sample.events);
    rw_writer_number(w, "years", f->sample.length / f->per_year);
    periods(w, f);
    maybe(w, "scatter", f->scatter);
    maybe(w, "scatter_p", f->scatter_p);
    maybe(w, "trend_z", f->trend.z);
    maybe(w, "trend_p", f->trend.p);
    maybe(w, "correlation", f->trend.r);
    rw_writer_array(w, "laws", false);
    for (size_t k = 0; k < RW_COUNT_FITS; k++) {
        rw_writer_object(w, NULL, false);
        rw_writer_string(w, "law", rw_count_fit_name(f->fit[k].law));
        if (f->fit[k].fit.why[0] != '\0')
            rw_writer_string(w, "without", f->fit[k].fit.why);
        else {
            fit(w, &f->fit[k].fit);
            rw_writer_object(w, "rate", true);
            rw_writer_number(w, "value", f->rate[k]);
            maybe(w, "se", f->rate_se[k]);
            maybe(w, "low", f->rate_low[k]);
            maybe(w, "high", f->rate_high[k]);
            rw_writer_end(w);
        }
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_string(w, "best", rw_count_fit_name(f->fit[f->best].law));
    rw_writer_end(w);
}

static void
table(struct rw_writer *w, const struct rw_fit_result *r)
{
    const struct rw_fit_table *t = &r->table;

    rw_writer_string(w, "file", r->q->file);
    rw_writer_string(w, "sha256", t->sha256);
    rw_writer_array(w, "where", false);
    for (size_t k = 0; k < r->q->n_where; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "column", r->q->where[k].column);
        rw_writer_string(w, "value", r->q->where[k].value);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_count(w, "rows", t->rows);
    rw_writer_count(w, "empty", t->empty);
    rw_writer_count(w, "outside", t->outside);
    rw_writer_count(w, "seed", r->q->seed);
    if (r->q->money_year != 0) {
        rw_writer_object(w, "money", true);
        rw_writer_count(w, "year", (uint64_t)r->q->money_year);
        rw_writer_number(w, "factor_low", t->factor_low);
        rw_writer_number(w, "factor_high", t->factor_high);
        rw_writer_end(w);
    }
}

enum rw_err
rw_fit_json(const struct rw_fit_result *r, const char *version, struct rw_text *t,
    struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_writer_count(&w, "riskwheel", RW_RESULTS_FORMAT);
    rw_writer_object(&w, "program", true);
    rw_writer_string(&w, "name", "riskwheel");
    rw_writer_string(&w, "version", version);
    rw_writer_end(&w);
    rw_writer_object(&w, "fit", false);
    table(&w, r);
    if (r->severity != NULL)
        severity(&w, r);
    if (r->frequency != NULL)
        frequency(&w, r);
    rw_writer_array(&w, "notes", false);
    for (size_t k = 0; k < r->n_notes; k++)
        rw_writer_string(&w, NULL, r->note[k]);
    rw_writer_end(&w);
    rw_writer_flag(&w, "wants_cap", r->paste.wants_cap);
    rw_writer_object(&w, "paste", false);
    rw_fit_paste(&w, r);
    rw_writer_end(&w);
    rw_writer_end(&w);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
