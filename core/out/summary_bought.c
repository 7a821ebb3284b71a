/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/summary_bought.c -- what closed loops bought: in which share of futures
 * each candidate operates when the horizon ends, and the cycle by which half of
 * these had it.  Both are read off the shares in operation, which only grow. */
#include "out/screen.h"

#include <math.h>
#include <stdio.h>

enum { ROWS = 4, COLUMNS = 2, COLUMN = 20, WIDTH = 78, NAME_MOST = 44 };

struct table {
    struct rw_screen *s;
    const struct rw_result_strategy *loop[COLUMNS];
    size_t n;
    int name; /* width of the first column */
};

static bool
is_loop(const struct rw_result_strategy *g)
{
    return g->stated != NULL && g->stated->planner.plugin != NULL;
}

static void
add(struct table *t, const struct rw_result_strategy *g)
{
    if (t->n < COLUMNS)
        t->loop[t->n++] = g;
}

/* The best strategy, if it is a loop, then the first ones. */
static void
choose(struct table *t)
{
    const struct rw_result *r = t->s->r;

    if (is_loop(&r->strategies[r->best]))
        add(t, &r->strategies[r->best]);
    for (size_t k = 0; k < r->n_strategies - r->n_twins; k++)
        if (k != r->best && is_loop(&r->strategies[k]))
            add(t, &r->strategies[k]);
    t->name = WIDTH - COLUMN * (int)t->n;
    t->name = t->name < NAME_MOST ? t->name : NAME_MOST;
}

/* Share of futures in which it operates at the end. */
static double
share(const struct table *t, size_t column, size_t control)
{
    unsigned last = t->s->r->model->cycles - 1;

    return t->loop[column]->cycles[last].operating[control].mean;
}

/* 1-based cycle by which half of them had it. */
static unsigned
median(const struct table *t, size_t column, size_t control)
{
    double half = share(t, column, control) / 2;
    unsigned c = 0;

    while (t->loop[column]->cycles[c].operating[control].mean < half)
        c++;
    return c + 1;
}

/* More first, then earlier: a thousandth of the futures is worth more than any
 * number of cycles. */
static double
weight(const struct table *t, size_t control)
{
    double sum = 0;

    if (t->s->r->model->controls[control].status != RW_STATUS_CANDIDATE)
        return 0;
    for (size_t k = 0; k < t->n; k++)
        if (share(t, k, control) > 0)
            sum += ceil(1e3 * share(t, k, control)) + 1 - 1e-4 * median(t, k, control);
    return sum;
}

/* The control with the next largest weight; n_controls: no other was bought. */
static size_t
next(const struct table *t, const size_t done[], size_t n)
{
    const struct rw_model *m = t->s->r->model;
    size_t best = m->n_controls;

    for (size_t c = 0; c < m->n_controls; c++) {
        bool seen = false;

        for (size_t k = 0; k < n; k++)
            seen |= done[k] == c;
        if (!seen && weight(t, c) > (best < m->n_controls ? weight(t, best) : 0))
            best = c;
    }
    return best;
}

static void
heading(const struct table *t)
{
    struct rw_screen *s = t->s;

    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Bought, in use from (median)", t->name);
    for (size_t k = 0; k < t->n; k++) {
        rw_screen_name(s, t->loop[k]->name, COLUMN - 1);
        rw_screen_put(s, " ", 1);
    }
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
}

static void
line(const struct table *t, size_t c)
{
    const struct rw_model *m = t->s->r->model;
    char cell[RW_SCREEN_CELL], share_of[16];

    rw_screen_name(t->s, m->controls[c].name ? m->controls[c].name : m->controls[c].id,
        t->name - 1);
    rw_screen_put(t->s, " ", 1);
    for (size_t k = 0; k < t->n; k++) {
        double x = 100 * share(t, k, c);

        if (x < 0.1)
            snprintf(share_of, sizeof share_of, "< 0.1");
        else
            snprintf(share_of, sizeof share_of, "%.3g", x);
        snprintf(cell, sizeof cell, "%s %%, %s %u", share_of, m->cycle_name,
            median(t, k, c));
        rw_screen_put(t->s, x > 0 ? cell : "-", COLUMN);
    }
    rw_screen_end(t->s);
}

void
rw_summary_bought(struct rw_screen *s)
{
    const struct rw_model *m = s->r->model;
    struct table t = {.s = s};
    size_t done[ROWS], n = 0, all = 0;

    choose(&t);
    if (t.n == 0)
        return;
    heading(&t);
    for (size_t c = 0; c < m->n_controls; c++)
        all += weight(&t, c) > 0;
    while (n < ROWS && n < all) {
        done[n] = next(&t, done, n);
        line(&t, done[n++]);
    }
    rw_screen_put(s, "", RW_SCREEN_NAME + 1);
    rw_text_add(s->t, all > 0 ? "share of futures that have it at the end"
                              : "nothing that operates by the end");
    if (all > n)
        rw_text_addf(s->t, "; %zu more in controls.csv", all - n);
    rw_screen_end(s);
}
