/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/trigger.h"

#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

static bool
opens_plans(const struct rw_trigger *x)
{
    return x->action == RW_DO_PLAN || x->action == RW_DO_FUND;
}

enum rw_err
rw_trigger_init(struct rw_wheel *g)
{
    struct rw_triggers *x = &g->triggers;
    size_t rows = g->s->deciding.n_triggers;
    size_t n = rows * g->room, one = rows > 0 ? g->room : 0;

    x->n = rows;
    for (size_t k = 0; k < rows; k++)
        x->opens |= opens_plans(&g->s->deciding.triggers[k]);
    x->fired = RW_ARENA_NEW(&g->arena, n, uint16_t);
    x->sum = RW_ARENA_NEW(&g->arena, n, double);
    x->seen = RW_ARENA_NEW(&g->arena, n, double);
    x->expected = RW_ARENA_NEW(&g->arena, n, double);
    x->firings = RW_ARENA_NEW(&g->arena, n, double);
    x->total = RW_ARENA_NEW(&g->arena, n, double);
    x->open = RW_ARENA_NEW(&g->arena, one, uint8_t);
    x->hurry = RW_ARENA_NEW(&g->arena, one, uint8_t);
    return x->fired != NULL && x->sum != NULL && x->seen != NULL &&
                   x->expected != NULL && x->firings != NULL && x->total != NULL &&
                   x->open != NULL && x->hurry != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

void
rw_trigger_begin(struct rw_wheel *g)
{
    struct rw_triggers *x = &g->triggers;
    size_t n = x->n * g->room;

    if (n == 0)
        return;
    memset(x->fired, 0, n * sizeof *x->fired);
    memset(x->sum, 0, n * sizeof *x->sum);
    memset(x->total, 0, n * sizeof *x->total);
}

/* Its action comes `later` cycles after the firing and its delay, in this cycle. */
static bool
due(const struct rw_wheel *g, size_t k, size_t i, unsigned later)
{
    unsigned fired = g->triggers.fired[k * g->room + i];

    return fired > 0 &&
           g->w->cycle + 1 == fired + g->s->deciding.triggers[k].delay + later;
}

void
rw_trigger_plan(struct rw_wheel *g)
{
    struct rw_triggers *x = &g->triggers;

    if (!x->opens)
        return;
    memset(x->open, 0, g->w->n);
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_trigger *t = &g->s->deciding.triggers[k];

        if (!opens_plans(t))
            continue;
        for (size_t i = 0; i < g->w->n; i++) {
            if (!due(g, k, i, 1))
                continue;
            x->open[i] = 1;
            if (t->action == RW_DO_FUND)
                g->balance[i] += t->amount;
        }
    }
}

void
rw_trigger_open(struct rw_wheel *g)
{
    struct rw_triggers *x = &g->triggers;
    size_t bytes = x->n * g->room * sizeof(double);

    if (x->n == 0)
        return;
    memset(x->seen, 0, bytes);
    memset(x->expected, 0, bytes);
}

static bool
concerns(const struct rw_wheel *g, const struct rw_trigger *t, size_t r)
{
    bool one = t->n_threats == 0;

    for (size_t k = 0; k < t->n_threats; k++)
        one |= t->threats[k] == g->m->risks[r].threat;
    return one;
}

void
rw_trigger_see(struct rw_wheel *g, size_t r)
{
    for (size_t k = 0; k < g->triggers.n; k++)
        if (concerns(g, &g->s->deciding.triggers[k], r))
            for (size_t i = 0; i < g->w->n; i++)
                g->triggers.seen[k * g->room + i] += g->new_seen[i];
}

void
rw_trigger_expect(struct rw_wheel *g, size_t r, const double exposure[])
{
    if (g->triggers.n > 0)
        rw_value_believed(g, r, g->effect);
    for (size_t k = 0; k < g->triggers.n; k++)
        if (g->s->deciding.triggers[k].on == RW_ON_CUSUM &&
            concerns(g, &g->s->deciding.triggers[k], r))
            for (size_t i = 0; i < g->w->n; i++)
                g->triggers.expected[k * g->room + i] += g->effect[i] * exposure[i];
}

/* row[] <- how many failures audits found. */
static void
count_findings(const struct rw_wheel *g, double row[])
{
    for (size_t i = 0; i < g->w->n; i++)
        row[i] = 0;
    for (size_t c = 0; c < g->m->n_controls; c++)
        for (size_t i = 0; i < g->w->n; i++)
            row[i] += g->found[c * g->room + i];
}

/* A point that the trigger is about is believed to be exceeded more often than is
 * tolerated. */
static bool
exceeds(struct rw_wheel *g, const struct rw_trigger *t, size_t i)
{
    RW_BUG_ASSERT(rw_strategy_fears(g->s));
    for (size_t p = 0; p < g->m->n_appetite; p++) {
        const struct rw_appetite *x = &g->m->appetite[p];

        if ((t->above <= 0 || t->above == x->loss) && rw_reckon_exceeds(g, i, x))
            return true;
    }
    return false;
}

/* An action still to come and the pause keep it from firing again. */
static bool
may_fire(const struct rw_wheel *g, size_t k, size_t i)
{
    const struct rw_trigger *t = &g->s->deciding.triggers[k];
    unsigned fired = g->triggers.fired[k * g->room + i];
    unsigned rest = t->delay > t->pause ? t->delay : t->pause;

    return fired == 0 || g->w->cycle + 1 > fired + rest;
}

/* The condition, in one future; row: findings. */
static bool
holds(struct rw_wheel *g, size_t k, size_t i, const double row[])
{
    const struct rw_trigger *t = &g->s->deciding.triggers[k];
    size_t at = k * g->room + i;
    double least = t->at_least > 0 ? t->at_least : 1, *sum = g->triggers.sum + at;

    switch ((enum rw_trigger_on)t->on) {
    case RW_ON_FINDING:
        return row[i] >= least;
    case RW_ON_INCIDENT:
        return g->triggers.seen[at] >= least;
    case RW_ON_CUSUM:
        *sum = fmax(0, *sum + g->triggers.seen[at] - t->k * g->triggers.expected[at]);
        return *sum >= t->h;
    case RW_ON_APPETITE: /* dear to ask */
        return may_fire(g, k, i) && exceeds(g, t, i);
    default:
        return g->acc.year_loss[i] + g->acc.loss[i] > t->above;
    }
}

static void
fire(struct rw_wheel *g, size_t k)
{
    const struct rw_trigger *t = &g->s->deciding.triggers[k];
    struct rw_triggers *x = &g->triggers;

    for (size_t i = 0; i < g->w->n; i++) {
        size_t at = k * g->room + i;
        bool now = holds(g, k, i, g->row) && may_fire(g, k, i);

        x->firings[at] = now;
        x->total[at] += now;
        if (!now)
            continue;
        x->fired[at] = (uint16_t)(g->w->cycle + 1);
        x->sum[at] = 0;
        g->acc.spend[i] += t->cost;
        g->acc.wheel_spend[i] += t->cost;
    }
}

void
rw_trigger_check(struct rw_wheel *g)
{
    struct rw_triggers *x = &g->triggers;

    if (x->n == 0)
        return;
    if (rw_strategy_fears(g->s)) {
        if (g->failings.n > 0) /* audits may have moved what controls are worth */
            rw_value_now(g);
        rw_reckon_look(g, false);
    }
    count_findings(g, g->row);
    memset(x->hurry, 0, g->w->n);
    for (size_t k = 0; k < x->n; k++)
        fire(g, k);
    for (size_t k = 0; k < x->n; k++) {
        unsigned action = g->s->deciding.triggers[k].action;

        for (size_t i = 0; i < g->w->n; i++) {
            if (opens_plans(&g->s->deciding.triggers[k]) || !due(g, k, i, 0))
                continue;
            if (action == RW_DO_AUDIT)
                rw_check_all(g, i);
            else
                x->hurry[i] = 1;
        }
    }
}
