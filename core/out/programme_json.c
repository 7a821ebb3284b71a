/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/law_json.h"
#include "out/programme.h"

#include <math.h>
#include <stdio.h>

static void
words(struct rw_writer *w, const char *key, const char *const names[], unsigned set)
{
    rw_writer_array(w, key, true);
    for (size_t k = 0; names[k]; k++)
        if (set >> k & 1u)
            rw_writer_string(w, NULL, names[k]);
    rw_writer_end(w);
}

void
rw_programme_json(struct rw_writer *w, const struct rw_model *m)
{
    const struct rw_programme *p = &m->programme;

    rw_writer_object(w, "programme", false);
    rw_writer_string(w, "statement", rw_programme_noun(p));
    rw_writer_flag(w, "accredited", p->accredited);
    rw_writer_string(w, "scheme", p->scheme);
    rw_writer_count(w, "start", p->start + 1);
    if (p->deadline > 0)
        rw_writer_count(w, "deadline", p->deadline);
    rw_writer_number(w, "readiness", p->threshold);
    words(w, "pillars", rw_pillar_names, p->pillars);
    words(w, "principles", rw_principle_names, p->principles);
    words(w, "documents", rw_document_names, p->documents);
    rw_writer_end(w);
}

static void
share(struct rw_writer *w, const char *key, const struct rw_share *x)
{
    rw_writer_object(w, key, true);
    rw_writer_number(w, "probability", x->p);
    rw_writer_number(w, "low", x->low);
    rw_writer_number(w, "high", x->high);
    rw_writer_end(w);
}

static void
means(struct rw_writer *w, const char *key, const char *const names[],
    const struct rw_mean x[])
{
    rw_writer_object(w, key, false);
    for (size_t k = 0; names[k]; k++)
        rw_json_mean(w, names[k], x[k]);
    rw_writer_end(w);
}

/* Of the quantiles, those that lie within the horizon; the others by name.
 * An interval's end beyond it is left out. */
static void
months(struct rw_writer *w, const struct rw_result_programme *r)
{
    rw_writer_object(w, "months", false);
    for (size_t k = 0; k < RW_STATEMENT_QUANTILES; k++) {
        const struct rw_quantile *q = &r->months[k];

        if (q->refused || isinf(q->value))
            continue;
        rw_writer_object(w, rw_statement_quantile_names[k], true);
        rw_writer_number(w, "value", q->value);
        rw_writer_number(w, "low", q->low);
        if (isfinite(q->high))
            rw_writer_number(w, "high", q->high);
        rw_writer_end(w);
    }
    rw_writer_array(w, "beyond", true);
    for (size_t k = 0; k < RW_STATEMENT_QUANTILES; k++)
        if (!r->months[k].refused && isinf(r->months[k].value))
            rw_writer_string(w, NULL, rw_statement_quantile_names[k]);
    rw_writer_end(w);
    rw_writer_array(w, "refused", true);
    for (size_t k = 0; k < RW_STATEMENT_QUANTILES; k++)
        if (r->months[k].refused)
            rw_writer_string(w, NULL, rw_statement_quantile_names[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

static void
cycle(struct rw_writer *w, const struct rw_result_programme *r, unsigned t)
{
    const struct rw_mean *x = r->cycles[t];

    rw_writer_object(w, NULL, false);
    rw_writer_count(w, "cycle", t + 1);
    rw_json_mean(w, "readiness", x[RW_PROGRESS_READINESS]);
    rw_json_mean(w, "ready", x[RW_PROGRESS_READY]);
    share(w, "statement", &r->issued[t]);
    rw_json_mean(w, "failed_surveillance", x[RW_PROGRESS_FAILED]);
    rw_json_mean(w, "spend", x[RW_PROGRESS_SPEND]);
    means(w, "stages", rw_step_names, x + RW_PROGRESS_STEP);
    means(w, "pillars", rw_pillar_names, x + RW_PROGRESS_PILLAR);
    means(w, "principles", rw_principle_names, x + RW_PROGRESS_PRINCIPLE);
    means(w, "documents", rw_document_names, x + RW_PROGRESS_DOCUMENT);
    rw_writer_end(w);
}

void
rw_progress_json(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_programme *r)
{
    rw_writer_object(w, "programme", false);
    rw_writer_string(w, "statement", rw_programme_noun(&m->programme));
    rw_writer_flag(w, "follows", r->follows);
    if (m->programme.deadline > 0) {
        rw_writer_object(w, "deadline", true);
        rw_writer_count(w, "cycle", m->programme.deadline);
        rw_writer_number(w, "missed", r->missed.p);
        rw_writer_number(w, "low", r->missed.low);
        rw_writer_number(w, "high", r->missed.high);
        rw_writer_end(w);
    }
    months(w, r);
    rw_writer_array(w, "cycles", false);
    for (unsigned t = 0; t < m->cycles; t++)
        cycle(w, r, t);
    rw_writer_end(w);
    rw_writer_end(w);
}

void
rw_programme_cell(
    const struct rw_model *m, const struct rw_result_programme *r, char *s, size_t n)
{
    const struct rw_quantile *q = &r->months[2]; /* the median */
    const struct rw_share *all = &r->issued[m->cycles - 1];
    int at;

    if (!r->follows) {
        snprintf(s, n, "does not follow the programme");
        return;
    }
    if (all->p <= 0)
        at = snprintf(s, n, "never");
    else if (q->refused || isinf(q->value))
        at = snprintf(s, n, "%.3g %% within the horizon", 100 * all->p);
    else if (isinf(q->high))
        at = snprintf(s, n, "half after %.3g months (%.3g or more)", q->value, q->low);
    else
        at = snprintf(
            s, n, "half after %.3g months (%.3g-%.3g)", q->value, q->low, q->high);
    if (m->programme.deadline > 0 && at > 0 && (size_t)at < n)
        snprintf(s + at, n - (size_t)at, "; late %.3g %% (%.3g-%.3g)",
            100 * r->missed.p, 100 * r->missed.low, 100 * r->missed.high);
}
