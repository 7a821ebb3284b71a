/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/attribute.h"

#include "wheel/wheel.h"

#include <string.h>

enum rw_err
rw_attribution_init(
    struct rw_attribution *x, const struct rw_model *m, size_t room, struct rw_arena *a)
{
    struct {
        double **row;
        size_t n;
    } want[] = {
        {&x->change, 1},
        {&x->drift, 1},
        {&x->controls, 1},
        {&x->wear, 1},
        {&x->chance, 1},
        {&x->residual, 1},
        {&x->sum, 1},
        {&x->last, 1},
        {&x->stood, m->n_controls},
        {&x->stands, m->n_controls},
        {&x->left, m->guards.n},
        {&x->seen, m->guards.n_sights},
        {&x->rate, m->n_risks},
        {&x->risk, m->n_risks},
    };

    x->on = m->attribution;
    if (!x->on)
        return RW_OK;
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        *want[k].row = RW_ARENA_NEW(a, want[k].n * room, double);
        if (*want[k].row == NULL)
            return RW_ERR_MEMORY;
    }
    x->failed = RW_ARENA_NEW(a, m->n_controls * room, uint8_t);
    return x->failed == NULL ? RW_ERR_MEMORY : RW_OK;
}

/* Residual risk into sum[], were the controls x->stands; year_before: under
 * the multipliers of the last cycle. */
static void
suppose(struct rw_wheel *g, bool year_before)
{
    struct rw_attribution *x = &g->parts;
    const struct rw_wheel real = *g;

    g->stands = x->stands;
    g->guards.left = x->left;
    g->guards.seen = x->seen;
    g->acc.risk_rate = x->rate;
    g->acc.risk_residual = x->risk;
    g->acc.residual = x->sum;
    memset(x->sum, 0, g->room * sizeof *x->sum);
    rw_guard_stand(g);
    for (size_t r = 0; r < g->m->n_risks; r++) {
        size_t source = g->m->risks[r].source;
        bool waves = g->m->threats[g->m->risks[r].threat].children > 0;

        rw_do_assess(g, r,
            year_before && !waves ? g->w->before + source * g->w->room
                                  : rw_world_expected(g->w, source));
    }
    g->stands = real.stands;
    g->guards.left = real.guards.left;
    g->guards.seen = real.guards.seen;
    g->acc.risk_rate = real.acc.risk_rate;
    g->acc.risk_residual = real.acc.risk_residual;
    g->acc.residual = real.acc.residual;
}

/* part[] += what the step to `now` brought, from where the last one led. */
static void
step(struct rw_wheel *g, const double now[], double part[])
{
    struct rw_attribution *x = &g->parts;

    for (size_t i = 0; i < g->w->n; i++) {
        part[i] += now[i] - x->last[i];
        x->last[i] = now[i];
    }
}

/* The controls as they would stand: those that were there as they stood or,
 * aged, as they would stand had nothing failed or been repaired; those that are new
 * as intended. */
static void
stand(struct rw_wheel *g, bool aged)
{
    struct rw_attribution *x = &g->parts;

    for (size_t c = 0; c < g->m->n_controls; c++)
        for (size_t i = 0; i < g->w->n; i++) {
            size_t at = c * g->room + i;
            unsigned since = g->since[at], t = g->w->cycle;

            if (since > t)
                x->stands[at] = 0;
            else if (since == t)
                x->stands[at] = g->intended[at];
            else if (aged)
                x->stands[at] = x->failed[at] ? g->weak[at] : g->intended[at];
            else
                x->stands[at] = x->stood[at];
        }
}

static void
keep(struct rw_wheel *g)
{
    struct rw_attribution *x = &g->parts;

    memcpy(x->residual, g->acc.residual, g->w->n * sizeof *x->residual);
    for (size_t at = 0; at < g->m->n_controls * g->room; at++) {
        x->stood[at] = g->stands[at];
        x->failed[at] = g->stands[at] < g->intended[at];
    }
}

void
rw_attribute_cycle(struct rw_wheel *g)
{
    struct rw_attribution *x = &g->parts;
    double *rows[] = {x->change, x->drift, x->controls, x->wear, x->chance};

    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        memset(rows[k], 0, g->room * sizeof **rows);
    if (g->w->cycle > 0) {
        for (size_t i = 0; i < g->w->n; i++) {
            x->last[i] = x->residual[i];
            x->change[i] = g->acc.residual[i] - x->residual[i];
        }
        memcpy(x->stands, x->stood, g->m->n_controls * g->room * sizeof *x->stands);
        suppose(g, true);
        step(g, x->sum, x->drift);
        suppose(g, false);
        step(g, x->sum, x->chance);
        stand(g, false);
        suppose(g, false);
        step(g, x->sum, x->controls);
        stand(g, true);
        suppose(g, false);
        step(g, x->sum, x->wear);
        step(g, g->acc.residual, x->chance);
    }
    keep(g);
}
