/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/summary.h"

#include "out/caps.h"
#include "out/programme.h"
#include "out/phases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 11, STRATEGIES = 8, POINTS = 3, THREATS = 5, CAPS = 3, CELL = 96 };

struct screen {
    const struct rw_result *r;
    struct rw_text *t;
    bool colour;
};

enum tone { PLAIN, BOLD, GOOD, BAD, DIM };

static void
tone(struct screen *s, enum tone t)
{
    static const char *const codes[] = {
        "\033[0m", "\033[1m", "\033[32m", "\033[31m", "\033[2m"};

    if (s->colour)
        rw_text_add(s->t, codes[t]);
}

/* Columns that s takes: characters, not bytes. */
static size_t
width_of(const char *s)
{
    size_t n = 0;

    for (; *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

/* cell in width columns, to the right if width < 0; a cell that is too long
 * is cut. */
static void
put(struct screen *s, const char *cell, int width)
{
    size_t room = (size_t)abs(width), n = width_of(cell), bytes = 0;

    if (n > room) {
        for (size_t k = 0; cell[bytes] && k < room; k++)
            do
                bytes++;
            while (((unsigned char)cell[bytes] & 0xc0) == 0x80);
        rw_text_addn(s->t, cell, bytes);
        return;
    }
    for (size_t k = n; width < 0 && k < room; k++)
        rw_text_add(s->t, " ");
    rw_text_add(s->t, cell);
    for (size_t k = n; width > 0 && k < room; k++)
        rw_text_add(s->t, " ");
}

/* Ends the line without the spaces before it. */
static void
end(struct screen *s)
{
    while (!s->t->failed && s->t->len > 0 && s->t->s[s->t->len - 1] == ' ')
        s->t->s[--s->t->len] = '\0';
    rw_text_add(s->t, "\n");
}

/* Text of the scenario, so without control characters and not over long. */
static void
put_name(struct screen *s, const char *name, int width)
{
    char clean[CELL];
    size_t n = 0;

    for (; *name && n + 1 < sizeof clean; name++)
        clean[n++] = (unsigned char)*name < 0x20 || *name == 0x7f ? ' ' : *name;
    while (n > 0 && *name && ((unsigned char)clean[n - 1] & 0xc0) == 0x80)
        n--; /* no half character at the end */
    clean[n] = '\0';
    put(s, clean, width);
}

static void
put_quantile(struct screen *s, const struct rw_quantile *q, int width)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], c[RW_NUMBER_MAX], cell[CELL] = "too few";

    if (!q->refused)
        snprintf(cell, sizeof cell, "%s (%s-%s)", rw_money_print(a, q->value),
            rw_money_print(b, q->low), rw_money_print(c, q->high));
    put(s, cell, width);
}

static void
put_mean(struct screen *s, double mean, double se, int width)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[CELL];

    snprintf(cell, sizeof cell, "%s \xc2\xb1 %s", rw_money_print(a, mean),
        rw_money_print(b, se));
    put(s, cell, width);
}

/* What --precision asked for and got. */
static void
precision(struct screen *s, const struct rw_precision *p)
{
    char line[256];

    snprintf(line, sizeof line,
        "%.6g quantile known to \xc2\xb1 %.3g %%, wanted \xc2\xb1 %.3g %%; %u run%s; "
        "widest: %s",
        p->q, 100 * p->reached, 100 * p->wanted, p->runs, p->runs == 1 ? "" : "s",
        p->strategy);
    put_name(s, line, 79);
    end(s);
}

static void
heading(struct screen *s)
{
    const struct rw_model *m = s->r->model;
    char line[256];

    tone(s, BOLD);
    put_name(s, m->name, 79);
    end(s);
    tone(s, PLAIN);
    snprintf(line, sizeof line, "%u %s%s, %zu future%s, seed %llu; money in %s",
        m->cycles, m->cycle_name, m->cycles == 1 ? "" : "s", s->r->n,
        s->r->n == 1 ? "" : "s", (unsigned long long)m->seed, m->currency);
    put_name(s, line, 79);
    end(s);
    if (s->r->precision)
        precision(s, s->r->precision);
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
loss_row(struct screen *s, const char *name, const char *when, const struct rw_law *l)
{
    const struct rw_quantile *median = quantile(l, 0.5);
    char money[RW_NUMBER_MAX];

    put_name(s, name, NAME);
    put(s, " ", 1);
    put(s, when, 7);
    put_mean(s, l->mean, l->mean_se, 14);
    /* the words are one wider than an amount */
    put(s, median->refused ? "too few" : rw_money_print(money, median->value),
        median->refused ? -7 : -6);
    put(s, " ", median->refused ? 1 : 2);
    put_quantile(s, quantile(l, 0.95), 20);
    put_quantile(s, quantile(l, 0.99), 19);
    end(s);
}

static size_t
shown(const struct screen *s)
{
    size_t own = s->r->n_strategies - s->r->n_twins;

    return own < STRATEGIES ? own : STRATEGIES;
}

/* The first and the last year of each strategy; only the last one where there
 * are many strategies, and the horizon where it holds no whole year. */
static void
losses(struct screen *s)
{
    unsigned years = s->r->model->n_years;
    char when[16];

    rw_text_add(s->t, "\n");
    tone(s, BOLD);
    put(s, years ? "Loss in a year" : "Loss", NAME + 8);
    put(s, "mean \xc2\xb1 error", 14);
    put(s, "median", -6);
    put(s, " ", 2);
    put(s, "1 in 20 over", 20);
    put(s, "1 in 100 over", 19);
    end(s);
    tone(s, PLAIN);
    for (size_t k = 0; k < shown(s); k++) {
        const struct rw_result_strategy *g = &s->r->strategies[k];
        unsigned first = shown(s) > 4 && years ? years - 1 : 0;

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

/* The band at the loss of one year in 20; NULL where that is not told. */
static const struct rw_band_point *
one_in_20(const struct rw_result_year *y)
{
    const struct rw_quantile *q = quantile(&y->loss, 0.95);

    for (size_t k = 0; y->band && !q->refused && k < y->band->n; k++)
        if (y->band->points[k].loss == q->value)
            return &y->band->points[k];
    return NULL;
}

/* What the estimates leave open today: the first strategy's first year. */
static void
estimates(struct screen *s)
{
    const struct rw_result_strategy *g = &s->r->strategies[0];
    const struct rw_band *b = s->r->model->n_years > 0 ? g->years[0].band : NULL;
    const struct rw_band_point *p = b ? one_in_20(&g->years[0]) : NULL;

    if (b == NULL && !s->r->all_known)
        return;
    rw_text_add(s->t, "\n");
    tone(s, BOLD);
    put(s, "Estimates", NAME + 1);
    tone(s, PLAIN);
    if (b == NULL)
        rw_text_add(s->t, "all are known: nothing is open but chance");
    if (p) {
        rw_text_add(s->t, "1 in 20 may be ");
        add_odds(s->t, p->chance[RW_BAND_LEVELS - 1], p->se[RW_BAND_LEVELS - 1]);
        rw_text_add(s->t, " to ");
        add_odds(s->t, p->chance[0], p->se[0]);
        rw_text_add(s->t, " (90 %; ");
        put_name(
            s, g->name, (int)(width_of(g->name) < NAME ? width_of(g->name) : NAME));
        rw_text_add(s->t, ", year 1)");
        end(s);
        put(s, " ", NAME + 1);
    }
    if (b)
        rw_text_addf(s->t,
            "%.2g \xc2\xb1 %.1g %% of the variance is theirs, the rest is chance",
            100 * fmax(b->epistemic.mean, 0), 100 * b->epistemic.se);
    end(s);
}

/* Floors and caps that matter. */
static void
caps(struct screen *s)
{
    size_t n = s->r->model->n_bounds, left = 0;
    unsigned lines = 0;
    int room = 79 - NAME - 1, wide;
    char what[RW_CAPS_LINE], often[RW_CAPS_LINE];

    for (size_t k = rw_caps_next(s->r, 0); k < n; k = rw_caps_next(s->r, k + 1)) {
        if (lines == CAPS) {
            left++;
            continue;
        }
        rw_text_add(s->t, lines == 0 ? "\n" : "");
        tone(s, BOLD);
        put(s, lines++ == 0 ? "Bounds" : "", NAME + 1);
        tone(s, PLAIN);
        rw_caps_line(s->r, k, what, often);
        wide = (int)width_of(what);
        put_name(s, what, wide < room ? wide : room);
        if (wide + 2 + (int)width_of(often) > room) {
            end(s);
            put(s, "", NAME + 1 + 2);
        } else
            put(s, ": ", 2);
        put(s, often, room);
        end(s);
    }
    if (left > 0)
        rw_text_addf(s->t, "(%zu more in results.json)\n", left);
}

static void
programme_row(struct screen *s, const struct rw_result_strategy *g)
{
    const struct rw_result_cycle *last = &g->cycles[s->r->model->cycles - 1];
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[CELL];

    put_name(s, g->name, NAME);
    put(s, " ", 1);
    snprintf(cell, sizeof cell, "%s \xe2\x86\x92 %s",
        rw_money_print(a, g->cycles[0].residual.mean),
        rw_money_print(b, last->residual.mean));
    put(s, cell, 19);
    put(s, rw_money_print(a, g->spend.mean), 8);
    if (g->versus) {
        const struct rw_versus *v = g->versus;

        put_mean(s, -v->total.mean + 0.0, v->total.mean_se, 18);
        snprintf(cell, sizeof cell, "%.3g %%", 100 * v->p_worse);
        put(s, cell, 9);
        snprintf(cell, sizeof cell, "%.3g", v->benefit_cost);
        put(s, v->benefit_cost != 0 ? cell : "-", 13);
    }
    end(s);
}

static void
programme(struct screen *s)
{
    rw_text_add(s->t, "\n");
    tone(s, BOLD);
    put(s, "Programme", NAME + 1);
    put(s, "residual risk/year", 19);
    put(s, "cost", 8);
    if (s->r->n_strategies > 1)
        put(s, "net gain \xc2\xb1 error  worse in avoided/spent", 40);
    end(s);
    tone(s, PLAIN);
    for (size_t k = 0; k < shown(s); k++)
        programme_row(s, &s->r->strategies[k]);
}

/* From which year on the point is met for good, or what stands in the way. */
static void
verdict(struct screen *s, const struct rw_result_strategy *g, size_t point)
{
    unsigned years = s->r->model->n_years, from = years;
    const struct rw_verdict *last = &g->years[years - 1].appetite[point];
    char cell[CELL];

    while (from > 0 && g->years[from - 1].appetite[point].met > 0)
        from--;
    if (last->met > 0 && from == 0)
        snprintf(cell, sizeof cell, "met (%.3g %%)", 100 * last->exceeded);
    else if (last->met > 0)
        snprintf(cell, sizeof cell, "from year %u (%.3g %%)", from + 1,
            100 * last->exceeded);
    else
        snprintf(cell, sizeof cell, "%s (%.3g %%)", last->met < 0 ? "missed" : "unsure",
            100 * last->exceeded);
    tone(s, last->met > 0 ? GOOD : last->met < 0 ? BAD : PLAIN);
    put(s, cell, 22);
    tone(s, PLAIN);
}

static void
appetite(struct screen *s)
{
    const struct rw_model *m = s->r->model;
    size_t points = m->n_appetite < POINTS ? m->n_appetite : POINTS;
    char money[RW_NUMBER_MAX], cell[CELL];

    if (points == 0 || m->n_years == 0)
        return;
    rw_text_add(s->t, "\n");
    tone(s, BOLD);
    put(s, "Appetite", NAME + 1);
    for (size_t k = 0; k < points; k++) {
        snprintf(cell, sizeof cell, "\xe2\x89\xa4 %.3g %% over %s",
            100 * m->appetite[k].probability,
            rw_money_print(money, m->appetite[k].loss));
        put(s, cell, 22);
    }
    end(s);
    tone(s, PLAIN);
    for (size_t k = 0; k < shown(s); k++) {
        put_name(s, s->r->strategies[k].name, NAME);
        put(s, " ", 1);
        for (size_t p = 0; p < points; p++)
            verdict(s, &s->r->strategies[k], p);
        end(s);
    }
    if (points < m->n_appetite)
        rw_text_addf(
            s->t, "(%zu more points in results.json)\n", m->n_appetite - points);
}

/* The way to a third party's statement, which is not one to a certificate. */
static void
statement(struct screen *s)
{
    const struct rw_model *m = s->r->model;
    char cell[CELL];

    if (!m->programme.stated)
        return;
    rw_text_add(s->t, "\n");
    tone(s, BOLD);
    put(s, "Statement", NAME + 1);
    rw_text_addf(s->t, "%s, ", rw_programme_noun(&m->programme));
    put_name(s, m->programme.scheme, 28);
    end(s);
    tone(s, PLAIN);
    for (size_t k = 0; k < shown(s); k++) {
        const struct rw_result_programme *r = s->r->strategies[k].programme;

        if (!r->follows)
            continue;
        rw_programme_cell(m, r, cell, sizeof cell);
        put_name(s, s->r->strategies[k].name, NAME);
        put(s, " ", 1);
        put(s, cell, 67);
        end(s);
    }
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

static void
threats(struct screen *s)
{
    const struct rw_result *r = s->r;
    const struct rw_result_strategy *none = &r->strategies[0];
    const struct rw_result_strategy *last =
        &r->strategies[r->n_strategies - r->n_twins - 1];
    size_t done[THREATS], n = 0;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[CELL];

    if (none->loss.mean <= 0)
        return;
    rw_text_add(s->t, "\n");
    tone(s, BOLD);
    put(s, "Largest threats, loss over the horizon", 44);
    put(s, "share", 8);
    put_name(s, none->name, NAME);
    if (r->n_strategies > 1) {
        put(s, "\xe2\x86\x92 ", 2);
        put_name(s, last->name, NAME);
    }
    end(s);
    tone(s, PLAIN);
    while (n < THREATS && n < r->model->n_threats) {
        size_t k = done[n] = next_threat(r, done, n);
        const struct rw_threat *threat = &r->model->threats[k];

        n++;
        put_name(s, threat->name ? threat->name : threat->id, 43);
        put(s, " ", 1);
        snprintf(cell, sizeof cell, "%.3g %%",
            100 * none->threat_loss[k].mean / none->loss.mean);
        put(s, cell, 8);
        put(s, rw_money_print(a, none->threat_loss[k].mean), NAME);
        if (r->n_strategies > 1) {
            put(s, "\xe2\x86\x92 ", 2);
            put(s, rw_money_print(b, last->threat_loss[k].mean), NAME);
        }
        end(s);
    }
}

enum rw_err
rw_summary_print(
    const struct rw_result *r, bool colour, struct rw_text *t, struct rw_error *e)
{
    struct screen s = {r, t, colour};

    heading(&s);
    losses(&s);
    estimates(&s);
    caps(&s);
    programme(&s);
    rw_phases_text(t, r, colour);
    appetite(&s);
    statement(&s);
    threats(&s);
    if (shown(&s) + r->n_twins < r->n_strategies)
        rw_text_addf(t, "\n(%zu more strategies in results.json)\n",
            r->n_strategies - r->n_twins - shown(&s));
    if (t->failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the summary");
    return RW_OK;
}
