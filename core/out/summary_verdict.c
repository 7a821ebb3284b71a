/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/summary_verdict.c -- the summary's verdicts on each strategy. */
#include "out/programme.h"
#include "out/screen.h"

#include <stdio.h>

enum { POINTS = 3 };

static void
programme_row(struct rw_screen *s, const struct rw_result_strategy *g)
{
    const struct rw_result_cycle *last = &g->cycles[s->r->model->cycles - 1];
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[RW_SCREEN_CELL];

    rw_screen_name(s, g->name, RW_SCREEN_NAME);
    rw_screen_put(s, " ", 1);
    snprintf(cell, sizeof cell, "%s \xe2\x86\x92 %s",
        rw_money_print(a, g->cycles[0].residual.mean),
        rw_money_print(b, last->residual.mean));
    rw_screen_put(s, cell, 19);
    rw_screen_put(s, rw_money_print(a, g->spend.mean), 8);
    if (g->versus) {
        const struct rw_versus *v = g->versus;

        rw_screen_mean(s, -v->total.mean + 0.0, v->total.mean_se, 18);
        snprintf(cell, sizeof cell, "%.3g %%", 100 * v->p_worse);
        rw_screen_put(s, cell, 9);
        snprintf(cell, sizeof cell, "%.3g", v->benefit_cost);
        rw_screen_put(s, v->benefit_cost != 0 ? cell : "-", 13);
    }
    rw_screen_end(s);
}

void
rw_summary_programme(struct rw_screen *s)
{
    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Programme", RW_SCREEN_NAME + 1);
    rw_screen_put(s, "residual risk/year", 19);
    rw_screen_put(s, "cost", 8);
    if (s->r->n_strategies > 1)
        rw_screen_put(s, "net gain \xc2\xb1 error  worse in avoided/spent", 40);
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
    for (size_t k = 0; k < rw_screen_shown(s); k++)
        programme_row(s, &s->r->strategies[k]);
}

/* From which year on the point is met for good, or what stands in the way. */
static void
verdict(struct rw_screen *s, const struct rw_result_strategy *g, size_t point)
{
    unsigned years = s->r->model->n_years, from = years;
    const struct rw_verdict *last = &g->years[years - 1].appetite[point];
    char cell[RW_SCREEN_CELL];

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
    rw_screen_tone(s, last->met > 0 ? RW_GOOD : last->met < 0 ? RW_BAD : RW_PLAIN);
    rw_screen_put(s, cell, 22);
    rw_screen_tone(s, RW_PLAIN);
}

void
rw_summary_appetite(struct rw_screen *s)
{
    const struct rw_model *m = s->r->model;
    size_t points = m->n_appetite < POINTS ? m->n_appetite : POINTS;
    char money[RW_NUMBER_MAX], cell[RW_SCREEN_CELL];

    if (points == 0 || m->n_years == 0)
        return;
    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Appetite", RW_SCREEN_NAME + 1);
    for (size_t k = 0; k < points; k++) {
        snprintf(cell, sizeof cell, "\xe2\x89\xa4 %.3g %% over %s",
            100 * m->appetite[k].probability,
            rw_money_print(money, m->appetite[k].loss));
        rw_screen_put(s, cell, 22);
    }
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
    for (size_t k = 0; k < rw_screen_shown(s); k++) {
        rw_screen_name(s, s->r->strategies[k].name, RW_SCREEN_NAME);
        rw_screen_put(s, " ", 1);
        for (size_t p = 0; p < points; p++)
            verdict(s, &s->r->strategies[k], p);
        rw_screen_end(s);
    }
    rw_screen_put(s, "", RW_SCREEN_NAME + 1);
    rw_text_addf(s->t, "in brackets: futures over it in year %u",
        s->r->strategies[0].years[m->n_years - 1].year);
    if (points < m->n_appetite)
        rw_text_addf(s->t, "; %zu more points in results.json", m->n_appetite - points);
    rw_screen_end(s);
}

/* The way to a third party's statement, which is not one to a certificate. */
void
rw_summary_statement(struct rw_screen *s)
{
    const struct rw_model *m = s->r->model;
    char cell[RW_SCREEN_CELL];

    if (!m->programme.stated)
        return;
    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Statement", RW_SCREEN_NAME + 1);
    rw_text_addf(s->t, "%s, ", rw_programme_noun(&m->programme));
    rw_screen_name(s, m->programme.scheme, 28);
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
    for (size_t k = 0; k < rw_screen_shown(s); k++) {
        const struct rw_result_programme *r = s->r->strategies[k].programme;

        if (!r->follows)
            continue;
        rw_programme_cell(m, r, cell, sizeof cell);
        rw_screen_name(s, s->r->strategies[k].name, RW_SCREEN_NAME);
        rw_screen_put(s, " ", 1);
        rw_screen_put(s, cell, 67);
        rw_screen_end(s);
    }
}
