/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What controls take off residual risk, on the screen: the largest of them, by
 * strategy. */
#include "out/benefit.h"

#include "study/benefit.h"

#include <stdio.h>

enum { ROWS = 4, COLUMNS = 3, COLUMN = 17, WIDTH = 78, NAME_MOST = 44 };

/* Strategies that fit, the last ones of those shown. */
struct table {
    struct rw_screen *s;
    size_t strategy[COLUMNS], n;
    int name; /* width of the first column */
};

static void
choose(struct table *t)
{
    const struct rw_result *r = t->s->r;

    for (size_t k = rw_screen_shown(t->s); k-- > 0 && t->n < COLUMNS;)
        if (r->strategies[k].benefit != NULL)
            t->strategy[t->n++] = k;
    for (size_t k = 0; k < t->n / 2; k++) {
        size_t other = t->strategy[k];

        t->strategy[k] = t->strategy[t->n - 1 - k];
        t->strategy[t->n - 1 - k] = other;
    }
    t->name = WIDTH - COLUMN * (int)t->n;
    t->name = t->name < NAME_MOST ? t->name : NAME_MOST;
}

static const struct rw_result_benefit *
row_of(const struct table *t, size_t column, size_t row)
{
    return &t->s->r->strategies[t->strategy[column]].benefit[row];
}

/* The most that a control takes off under any strategy of the table. */
static double
most(const struct table *t, size_t control)
{
    double most = 0;

    for (size_t k = 0; k < t->n; k++)
        if (row_of(t, k, 1 + control)->taken_off.mean > most)
            most = row_of(t, k, 1 + control)->taken_off.mean;
    return most;
}

/* The control with the next largest; n_controls: no other takes off anything. */
static size_t
next(const struct table *t, const size_t done[], size_t n)
{
    const struct rw_model *m = t->s->r->model;
    size_t best = m->n_controls;
    double least = 0;

    for (size_t c = 0; c < m->n_controls; c++) {
        bool seen = false;

        for (size_t k = 0; k < n; k++)
            seen |= done[k] == c;
        if (!seen && most(t, c) > least) {
            least = most(t, c);
            best = c;
        }
    }
    return best;
}

static void
heading(const struct table *t)
{
    struct rw_screen *s = t->s;

    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Taken off residual risk", t->name);
    for (size_t k = 0; k < t->n; k++) {
        rw_screen_name(s, s->r->strategies[t->strategy[k]].name, COLUMN - 1);
        rw_screen_put(s, " ", 1);
    }
    rw_screen_end(s);
    rw_screen_tone(s, RW_PLAIN);
}

static void
line(const struct table *t, const char *name, size_t row)
{
    rw_screen_name(t->s, name, t->name - 1);
    rw_screen_put(t->s, " ", 1);
    for (size_t k = 0; k < t->n; k++) {
        const struct rw_mean *x = &row_of(t, k, row)->taken_off;

        if (x->mean == 0 && x->se == 0)
            rw_screen_put(t->s, "-", COLUMN);
        else
            rw_screen_mean(t->s, x->mean, x->se, COLUMN);
    }
    rw_screen_end(t->s);
}

/* Of all controls, for each unit of money that they cost. */
static void
ratios(const struct table *t)
{
    char cell[RW_SCREEN_CELL];
    bool any = false;

    for (size_t k = 0; k < t->n; k++)
        any |= row_of(t, k, 0)->has_ratio;
    if (!any)
        return;
    snprintf(cell, sizeof cell, "for each %.8s they cost", t->s->r->model->currency);
    rw_screen_name(t->s, cell, t->name);
    for (size_t k = 0; k < t->n; k++) {
        const struct rw_result_benefit *x = row_of(t, k, 0);

        snprintf(cell, sizeof cell, "%.3g \xc2\xb1 %.1g", x->ratio, x->ratio_se);
        rw_screen_put(t->s, x->has_ratio ? cell : "-", COLUMN);
    }
    rw_screen_end(t->s);
}

void
rw_benefit_text(struct rw_screen *s)
{
    const struct rw_model *m = s->r->model;
    struct table t = {.s = s};
    size_t done[ROWS], n = 0;
    char all[RW_SCREEN_CELL];

    choose(&t);
    if (t.n == 0 || next(&t, done, 0) == m->n_controls)
        return;
    heading(&t);
    while (n < ROWS) {
        size_t c = done[n] = next(&t, done, n);

        if (c == m->n_controls)
            break;
        n++;
        line(&t, m->controls[c].name ? m->controls[c].name : m->controls[c].id, 1 + c);
    }
    snprintf(all, sizeof all, "all controls, %u %s%s", m->cycles, m->cycle_name,
        m->cycles == 1 ? "" : "s");
    line(&t, all, 0);
    ratios(&t);
}
