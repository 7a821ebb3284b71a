/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "out/learn.h"
#include "out/writer.h"

#include <math.h>
#include <stdio.h>

enum { DATE = 32 };

static void
law(struct rw_writer *w, const char *key, const struct rw_learn_law *l)
{
    const double v[] = {l->mean, l->sd, l->p5, l->p50, l->p95};
    static const char *const names[] = {"mean", "sd", "p5", "p50", "p95"};

    rw_writer_object(w, key, true);
    for (size_t k = 0; k < 5; k++)
        if (isfinite(v[k]))
            rw_writer_number(w, names[k], v[k]);
    rw_writer_end(w);
}

static void
trade(struct rw_writer *w, const struct rw_learn_move *v)
{
    rw_writer_object(w, "industry", true);
    rw_writer_count(w, "members", v->trade.members);
    rw_writer_number(w, "years", v->trade.years);
    rw_writer_number(w, "mean", v->trade.mean);
    rw_writer_number(w, "variance", v->trade.variance);
    rw_writer_number(w, "between", v->trade.between);
    rw_writer_number(w, "within", v->trade.within);
    rw_writer_number(w, "credibility", v->credibility);
    rw_writer_end(w);
}

static void
move(struct rw_writer *w, const struct rw_learn_move *v)
{
    rw_writer_object(w, NULL, false);
    rw_writer_string(w, v->kind == RW_LEARN_FAILURES ? "control" : "threat", v->owner);
    rw_writer_string(w, "estimate", v->estimate);
    rw_writer_flag(w, "moved", v->why == NULL);
    rw_writer_number(w, "n", v->n);
    if (v->why != NULL)
        rw_writer_string(w, "why", v->why);
    else {
        law(w, "before", &v->before);
        law(w, "after", &v->after);
    }
    if (v->why == NULL && v->kind == RW_LEARN_FREQUENCY) {
        rw_writer_number(w, "exposure", v->exposure);
        rw_writer_number(w, "share", v->share);
        rw_writer_number(w, "expected", v->expected);
        rw_writer_number(w, "own_mean", v->own);
        rw_writer_flag(w, "matched", v->matched);
        rw_writer_flag(w, "wide", v->wide);
        if (isfinite(v->surprise))
            rw_writer_number(w, "surprise", v->surprise);
        if (v->trade.members > 0)
            trade(w, v);
    } else if (v->why == NULL)
        rw_writer_number(w, "weight", v->weight);
    if (v->kind == RW_LEARN_FAILURES) {
        rw_writer_number(w, "good", v->good);
        rw_writer_number(w, "available_before", v->available);
        rw_writer_number(w, "available_after", v->available_after);
    }
    rw_writer_end(w);
}

static void
day(struct rw_writer *w, const char *key, long at)
{
    struct rw_date d = rw_date_of(at);
    char s[DATE];

    snprintf(s, sizeof s, "%04d-%02u-%02u", d.year, d.month, d.day);
    rw_writer_string(w, key, s);
}

static void
program(struct rw_writer *w, const char *version)
{
    rw_writer_object(w, "program", true);
    rw_writer_string(w, "version", version);
    rw_writer_end(w);
}

enum rw_err
rw_learn_json(const struct rw_learn *x, const char *written, const char *version,
    struct rw_text *t, struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    program(&w, version);
    rw_writer_object(&w, "scenario", true);
    rw_writer_string(&w, "file", x->q->m->file);
    rw_writer_string(&w, "sha256", x->q->m->sha256);
    rw_writer_end(&w);
    day(&w, "from", x->q->from);
    day(&w, "to", x->q->to);
    rw_writer_number(&w, "years", x->years);
    rw_writer_number(&w, "discount", x->q->discount);
    rw_writer_array(&w, "estimates", false);
    for (size_t k = 0; k < x->n; k++)
        move(&w, &x->v[k]);
    rw_writer_end(&w);
    if (written)
        rw_writer_string(&w, "written", written);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}

enum rw_err
rw_backtest_json(const struct rw_backtest *x, const char *version, struct rw_text *t,
    struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    program(&w, version);
    rw_writer_object(&w, "table", true);
    rw_writer_string(&w, "file", x->q->file.name);
    rw_writer_string(&w, "sha256", x->sha256);
    rw_writer_count(&w, "periods", x->n);
    rw_writer_end(&w);
    rw_writer_array(&w, "rules", false);
    for (size_t k = 0; k < x->rules; k++) {
        const struct rw_score *s = &x->score[k];

        rw_writer_object(&w, NULL, false);
        rw_writer_number(&w, "discount", x->discount[k]);
        rw_writer_number(&w, "dispersion", x->dispersion[k]);
        rw_writer_count(&w, "forecasts", s->n);
        rw_writer_count(&w, "inside", s->inside);
        rw_writer_number(&w, "coverage", (double)s->inside / (double)s->n);
        rw_writer_number(&w, "nominal", s->nominal);
        rw_writer_number(&w, "log_score", s->log_score);
        rw_writer_number(&w, "kupiec_p", s->kupiec_p);
        rw_writer_number(&w, "clusters_p", s->cluster_p);
        rw_writer_array(&w, "pit", true);
        for (size_t b = 0; b < RW_FORECAST_BINS; b++)
            rw_writer_number(&w, NULL, s->bin[b] / (double)s->n);
        rw_writer_end(&w);
        rw_writer_end(&w);
    }
    rw_writer_end(&w);
    rw_writer_object(&w, "next", true);
    rw_writer_count(&w, "low", x->low);
    rw_writer_count(&w, "high", x->high);
    rw_writer_end(&w);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
