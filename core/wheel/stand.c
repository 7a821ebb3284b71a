/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a control stands in a cycle: what it is worth working and failed. */
#include "wheel/stand.h"

#include "num/cpu.h"
#include "num/row.h"
#include "wheel/wear.h"
#include "wheel/wheel.h"

#include <string.h>

enum rw_err
rw_stand_init(struct rw_wheel *g)
{
    unsigned cycles = g->m->cycles;

    g->operation = RW_ARENA_NEW(&g->arena, g->m->n_controls, struct rw_row_cycles);
    g->changing = RW_ARENA_NEW(&g->arena, g->m->n_controls, bool);
    g->worn = RW_ARENA_NEW(&g->arena, g->m->n_controls * cycles, double);
    if (g->operation == NULL || g->changing == NULL || g->worn == NULL)
        return RW_ERR_MEMORY;
    for (size_t c = 0; c < g->m->n_controls; c++)
        for (unsigned age = 0; age < cycles; age++)
            g->worn[c * cycles + age] =
                rw_wear_left(&g->m->controls[c], g->m->years, age);
    return RW_OK;
}

void
rw_stand_look(struct rw_wheel *g)
{
    for (size_t c = 0; c < g->m->n_controls; c++)
        g->operation[c] =
            rw_row_cycles(g->w->n, g->since + c * g->room, (uint16_t)g->w->cycle);
}

/* Where it does not operate yet, or only from now on, its state is the first:
 * a call for the block's other futures has moved it. */
static void
begin_late_states(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_plugin *p = x->use.plugin;

    for (size_t j = 0; j < p->n_states; j++)
        for (size_t i = 0; i < g->w->n; i++)
            if (g->since[c * g->room + i] >= g->w->cycle)
                g->state[(x->state_slot + j) * g->room + i] = p->states[j].initial;
}

/* Efficacy of a plugin's control into intended[]. */
static enum rw_err
call_control(struct rw_wheel *g, size_t c, struct rw_error *e)
{
    const struct rw_control *x = &g->m->controls[c];
    struct rw_hook_field f[RW_CONTROL_FIELDS];
    struct rw_hook_call call = {.fields = f, .n_fields = RW_CONTROL_FIELDS};
    double *efficacy = g->intended + c * g->room;
    unsigned t = g->w->cycle;

    begin_late_states(g, c);
    for (size_t i = 0; i < g->w->n; i++) {
        unsigned since = g->since[c * g->room + i];

        g->age[i] = since <= t ? (t - since + 0.5) * g->m->years : 0;
        efficacy[i] = 0;
    }
    rw_hook_control_fields(f);
    f[RW_CONTROL_CYCLE].number = t + 1;
    f[RW_CONTROL_YEARS].number = g->m->years;
    f[RW_CONTROL_TIME].number = t * g->m->years;
    f[RW_CONTROL_AGE].x = g->age;
    f[RW_CONTROL_EFFICACY].x = efficacy;
    rw_world_bind(
        g->w, &x->use, g->state + x->state_slot * g->room, g->params, g->states, &call);
    return x->use.plugin->ops->call(g->controls[c], &call, e);
}

/* One control in one cycle. */
struct effect {
    unsigned cycle;
    double fail_efficacy;
    const uint16_t *since;
    const double *coverage, *worn; /* worn: what is left by age */
};

/* Of futures that all have it in operation, `left` being what wear leaves. */
RW_CPU_EACH void
stand_all_by(size_t n, const struct effect *x, double left, double *restrict intended,
    double *restrict weak, double *restrict stands)
{
    const double *restrict coverage = x->coverage;
    const double failed = x->fail_efficacy;

    for (size_t i = 0; i < n; i++) {
        double works = intended[i] * left;

        weak[i] = coverage[i] * (works < failed ? works : failed);
        stands[i] = intended[i] = works * coverage[i];
    }
}
RW_CPU_VARIANTS(void, stand_all,
    (size_t n, const struct effect *x, double left, double intended[], double weak[],
        double stands[]),
    (n, x, left, intended, weak, stands))

/* Each at its own age, or not yet. */
RW_CPU_EACH void
stand_some_by(size_t n, const struct effect *x, double *restrict intended,
    double *restrict weak, double *restrict stands)
{
    const double *restrict coverage = x->coverage, *restrict worn = x->worn;
    const uint16_t *restrict since = x->since;
    const double failed = x->fail_efficacy;
    const int cycle = (int)x->cycle;

    for (size_t i = 0; i < n; i++) {
        int age = cycle - since[i];
        double works = intended[i] * worn[age >= 0 ? age : 0];
        double least = coverage[i] * (works < failed ? works : failed);
        double all = works * coverage[i];

        weak[i] = age >= 0 ? least : 0;
        stands[i] = intended[i] = age >= 0 ? all : 0;
    }
}
RW_CPU_VARIANTS(void, stand_some,
    (size_t n, const struct effect *x, double intended[], double weak[],
        double stands[]),
    (n, x, intended, weak, stands))

static void
set_rows(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_row_cycles *o = &g->operation[c];
    size_t at = c * g->room;
    const struct effect e = {.cycle = g->w->cycle,
        .fail_efficacy = x->fail_efficacy,
        .since = g->since + at,
        .coverage = rw_world_truth(g->w, &x->coverage),
        .worn = g->worn + c * g->m->cycles};

    if (o->first == o->last)
        stand_all(g->w->n, &e, e.worn[e.cycle - o->first], g->intended + at,
            g->weak + at, g->stands + at);
    else
        stand_some(g->w->n, &e, g->intended + at, g->weak + at, g->stands + at);
}

/* The rows of the last cycle are still those of this one, but for what failed: the
 * truth is that of the horizon, nothing wears, and nothing has come or gone. */
static bool
as_before(const struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];

    return g->w->cycle > 0 && !g->operation[c].now && x->use.plugin == NULL &&
           x->half_life <= 0 && x->upkeep.steady_fails <= 0;
}

enum rw_err
rw_stand_set(struct rw_wheel *g, size_t c, struct rw_error *e)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room, bytes = g->w->n * sizeof *g->intended;

    if (as_before(g, c)) {
        if (rw_fail_possible(x))
            memcpy(g->stands + at, g->intended + at, bytes);
        return RW_OK;
    }
    if (x->use.plugin != NULL) {
        enum rw_err err = call_control(g, c, e);

        if (err != RW_OK)
            return err;
    } else {
        memcpy(g->intended + at, rw_world_truth(g->w, &x->efficacy), bytes);
    }
    set_rows(g, c);
    if (x->upkeep.steady_fails > 0)
        rw_support_steady(g, c);
    return RW_OK;
}
