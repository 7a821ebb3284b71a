/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/summary.h"

#include "out/benefit.h"
#include "out/caps.h"
#include "out/phases.h"
#include "out/screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREATS = 5, CAPS = 3 };

static void
put_quantile(struct rw_screen *s, const struct rw_quantile *q, int width)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], c[RW_NUMBER_MAX],
        cell[RW_SCREEN_CELL] = "too few";

    if (!q->refused)
        snprintf(cell, sizeof cell, "%s (%s-%s)", rw_money_print(a, q->value),
            rw_money_print(b, q->low), rw_money_print(c, q->high));
    rw_screen_put(s, cell, width);
}

/* What --precision asked for and got. */
static void
precision(struct rw_screen *s, const struct rw_precision *p)
{
    char line[256];

    snprintf(line, sizeof line,
        "%.6g quantile known to \xc2\xb1 %.3g %%, wanted \xc2\xb1 %.3g %%; %u run%s; "
        "widest: %s",
        p->q, 100 * p->reached, 100 * p->wanted, p->runs, p->runs == 1 ? "" : "s",
        p->strategy);
    rw_screen_name(s, line, 79);
    rw_screen_end(s);
}

static void
heading(struct rw_screen *s)
{
    const struct rw_model *m = s->r->model;
    char line[256];

    rw_screen_tone(s, RW_BOLD);
    rw_screen_name(s, m->name, 79);
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
    snprintf(line, sizeof line, "%u %s%s, %zu future%s, seed %llu; money in %s",
        m->cycles, m->cycle_name, m->cycles == 1 ? "" : "s", s->r->n,
        s->r->n == 1 ? "" : "s", (unsigned long long)m->seed, m->currency);
    rw_screen_name(s, line, 79);
    rw_screen_end(s);
    if (s->r->precision)
        precision(s, s->r->precision);
    if (s->r->tallied) {
        snprintf(line, sizeof line, "quantiles from a histogram, within %.2g %%",
            100 * RW_TALLY_ERROR);
        rw_screen_name(s, line, 79);
        rw_screen_end(s);
    }
}

/* Which quantile stands at probability p. */
static const struct rw_quantile *
quantile(const struct rw_law *l, double p)
{
    size_t k = 0;

    while (k + 1 < RW_RESULT_QUANTILES && rw_result_quantiles[k] != p)
        k++;
    return &l->quantile[k];
}

static void
loss_row(
    struct rw_screen *s, const char *name, const char *when, const struct rw_law *l)
{
    const struct rw_quantile *median = quantile(l, 0.5);
    char money[RW_NUMBER_MAX];

    rw_screen_name(s, name, RW_SCREEN_NAME);
    rw_screen_put(s, " ", 1);
    rw_screen_put(s, when, 7);
    rw_screen_mean(s, l->mean, l->mean_se, 14);
    /* the words are one wider than an amount */
    rw_screen_put(s, median->refused ? "too few" : rw_money_print(money, median->value),
        median->refused ? -7 : -6);
    rw_screen_put(s, " ", median->refused ? 1 : 2);
    put_quantile(s, quantile(l, 0.95), 20);
    put_quantile(s, quantile(l, 0.99), 19);
    rw_screen_end(s);
}

/* The first and the last year of each strategy; only the last one where there
 * are many strategies, and the horizon where it holds no whole year. */
static void
losses(struct rw_screen *s)
{
    unsigned years = s->r->model->n_years;
    char when[16];

    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, years ? "Loss in a year" : "Loss", RW_SCREEN_NAME + 8);
    rw_screen_put(s, "mean \xc2\xb1 error", 14);
    rw_screen_put(s, "median", -6);
    rw_screen_put(s, " ", 2);
    rw_screen_put(s, "1 in 20 over", 20);
    rw_screen_put(s, "1 in 100 over", 19);
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
    for (size_t k = 0; k < rw_screen_shown(s); k++) {
        const struct rw_result_strategy *g = &s->r->strategies[k];
        unsigned first = rw_screen_shown(s) > 4 && years ? years - 1 : 0;

        if (years == 0)
            loss_row(s, g->name, "all", &g->loss);
        for (unsigned y = first; y<years; y += years> 1 + y ? years - 1 - y : 1) {
            snprintf(when, sizeof when, "year %u", g->years[y].year);
            loss_row(s, y == first ? g->name : "", when, &g->years[y].loss);
        }
    }
}

/* "1 in 43"; "under 1 in 900" where less than its error can be told. */
static void
add_odds(struct rw_text *t, double chance, double se)
{
    bool vague = chance < se;
    double odds = 1 / (vague ? se : chance);

    rw_text_addf(t, "%s1 in %.*f", vague ? "under " : "", odds < 10 ? 1 : 0, odds);
}

/* The band at the loss of one year in 20, of a histogram at the end of its cell; NULL
 * where that is not told. */
static const struct rw_band_point *
one_in_20(const struct rw_result_year *y, bool tallied)
{
    const struct rw_quantile *q = quantile(&y->loss, 0.95);
    double off = tallied && !q->refused ? 2 * RW_TALLY_ERROR * q->value : 0;

    for (size_t k = 0; y->band && !q->refused && k < y->band->n; k++)
        if (fabs(y->band->points[k].loss - q->value) <= off)
            return &y->band->points[k];
    return NULL;
}

/* What the estimates leave open today: the first strategy's first year. */
static void
estimates(struct rw_screen *s)
{
    const struct rw_result_strategy *g = &s->r->strategies[0];
    const struct rw_band *b = s->r->model->n_years > 0 ? g->years[0].band : NULL;
    const struct rw_band_point *p = b ? one_in_20(&g->years[0], s->r->tallied) : NULL;

    if (b == NULL && !s->r->all_known)
        return;
    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Estimates", RW_SCREEN_NAME + 1);
    rw_screen_tone(s, RW_PLAIN);
    if (b == NULL)
        rw_text_add(s->t, "all are known: nothing is open but chance");
    if (p) {
        rw_text_add(s->t, "1 in 20 may be ");
        add_odds(s->t, p->chance[RW_BAND_LEVELS - 1], p->se[RW_BAND_LEVELS - 1]);
        rw_text_add(s->t, " to ");
        add_odds(s->t, p->chance[0], p->se[0]);
        rw_text_add(s->t, " (90 %; ");
        rw_screen_name(s, g->name,
            (int)(rw_screen_width(g->name) < RW_SCREEN_NAME ? rw_screen_width(g->name)
                                                            : RW_SCREEN_NAME));
        rw_text_add(s->t, ", year 1)");
        rw_screen_end(s);
        rw_screen_put(s, " ", RW_SCREEN_NAME + 1);
    }
    if (b)
        rw_text_addf(s->t,
            "%.2g \xc2\xb1 %.1g %% of the variance is theirs, the rest is chance",
            100 * fmax(b->epistemic.mean, 0), 100 * b->epistemic.se);
    rw_screen_end(s);
}

/* Floors and caps that matter. */
static void
caps(struct rw_screen *s)
{
    size_t n = s->r->model->n_bounds, left = 0;
    unsigned lines = 0;
    int room = 79 - RW_SCREEN_NAME - 1, wide;
    char what[RW_CAPS_LINE], often[RW_CAPS_LINE];

    for (size_t k = rw_caps_next(s->r, 0); k < n; k = rw_caps_next(s->r, k + 1)) {
        if (lines == CAPS) {
            left++;
            continue;
        }
        rw_text_add(s->t, lines == 0 ? "\n" : "");
        rw_screen_tone(s, RW_BOLD);
        rw_screen_put(s, lines++ == 0 ? "Bounds" : "", RW_SCREEN_NAME + 1);
        rw_screen_tone(s, RW_PLAIN);
        rw_caps_line(s->r, k, what, often);
        wide = (int)rw_screen_width(what);
        rw_screen_name(s, what, wide < room ? wide : room);
        if (wide + 2 + (int)rw_screen_width(often) > room) {
            rw_screen_end(s);
            rw_screen_put(s, "", RW_SCREEN_NAME + 1 + 2);
        } else
            rw_screen_put(s, ": ", 2);
        rw_screen_put(s, often, room);
        rw_screen_end(s);
    }
    if (left > 0)
        rw_text_addf(s->t, "(%zu more in results.json)\n", left);
}

/* The threat with the next largest loss under the first strategy. */
static size_t
next_threat(const struct rw_result *r, const size_t done[], size_t n)
{
    const struct rw_mean *loss = r->strategies[0].threat_loss;
    size_t best = r->model->n_threats;

    for (size_t k = 0; k < r->model->n_threats; k++) {
        bool seen = false;

        for (size_t j = 0; j < n; j++)
            seen |= done[j] == k;
        if (!seen && (best == r->model->n_threats || loss[k].mean > loss[best].mean))
            best = k;
    }
    return best;
}

/* Where the loss comes from, and what the best strategy makes of it. */
static void
threats(struct rw_screen *s)
{
    const struct rw_result *r = s->r;
    const struct rw_result_strategy *none = &r->strategies[0];
    const struct rw_result_strategy *best = &r->strategies[r->best];
    size_t done[THREATS], n = 0;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[RW_SCREEN_CELL];

    if (none->loss.mean <= 0)
        return;
    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Largest threats, loss over the horizon", 44);
    rw_screen_put(s, "share", 8);
    rw_screen_name(s, none->name, RW_SCREEN_NAME);
    if (r->n_strategies > 1) {
        rw_screen_put(s, "\xe2\x86\x92 ", 2);
        rw_screen_name(s, best->name, RW_SCREEN_NAME);
    }
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
    while (n < THREATS && n < r->model->n_threats) {
        size_t k = done[n] = next_threat(r, done, n);
        const struct rw_threat *threat = &r->model->threats[k];

        n++;
        rw_screen_name(s, threat->name ? threat->name : threat->id, 43);
        rw_screen_put(s, " ", 1);
        snprintf(cell, sizeof cell, "%.3g %%",
            100 * none->threat_loss[k].mean / none->loss.mean);
        rw_screen_put(s, cell, 8);
        rw_screen_put(s, rw_money_print(a, none->threat_loss[k].mean), RW_SCREEN_NAME);
        if (r->n_strategies > 1) {
            rw_screen_put(s, "\xe2\x86\x92 ", 2);
            rw_screen_put(
                s, rw_money_print(b, best->threat_loss[k].mean), RW_SCREEN_NAME);
        }
        rw_screen_end(s);
    }
}

enum rw_err
rw_summary_print(
    const struct rw_result *r, bool colour, struct rw_text *t, struct rw_error *e)
{
    struct rw_screen s = {r, t, colour};

    heading(&s);
    losses(&s);
    rw_summary_sampling(&s);
    estimates(&s);
    caps(&s);
    rw_summary_programme(&s);
    rw_summary_bought(&s);
    rw_benefit_text(&s);
    rw_phases_text(t, r, colour);
    rw_summary_appetite(&s);
    rw_summary_statement(&s);
    threats(&s);
    if (rw_screen_shown(&s) + r->n_twins < r->n_strategies)
        rw_text_addf(t, "\n(%zu more strategies in results.json)\n",
            r->n_strategies - r->n_twins - rw_screen_shown(&s));
    if (t->failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the summary");
    return RW_OK;
}
