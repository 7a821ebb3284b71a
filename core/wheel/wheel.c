/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/wheel.h"

#include "num/belief.h"

#include <stdlib.h>
#include <string.h>

static bool
knows(const struct rw_wheel *g)
{
    return g->s->deciding.knows == RW_KNOWS_TRUTH;
}

static bool
make_rows(struct rw_wheel *g)
{
    const struct rw_model *m = g->m;
    const struct rw_strategy *s = g->s;
    size_t controls = m->n_controls, risks = m->n_risks;
    struct {
        double **row;
        size_t n;
    } want[] = {
        {&g->intended, controls},
        {&g->weak, controls},
        {&g->stands, controls},
        {&g->state, m->control_state_rows},
        {&g->a, g->plans && !knows(g) ? risks : 0},
        {&g->b, g->plans && !knows(g) ? risks : 0},
        {&g->waits, g->watches ? risks : 0},
        {&g->b_anew, g->watches && s->deciding.reassess > 0 ? risks : 0},
        {&g->waits_anew, g->watches && s->deciding.reassess > 0 ? risks : 0},
        {&g->benefit, g->plans || knows(g) ? controls : 0},
        {&g->covered, g->plans ? RW_PILLARS : 0},
        {&g->score, g->plans ? controls : 0},
        {&g->costs, g->plans && knows(g) ? 2 * controls : 0},
        {&g->known, knows(g) ? controls : 0},
        {&g->offer, knows(g) ? controls : 0},
        {&g->new_seen, 1},
        {&g->rate_ahead, 1},
        {&g->events_ahead, 1},
        {&g->money_ahead, 1},
        {&g->effect, 1},
        {&g->saved, 1},
        {&g->budget, 1},
        {&g->balance, 1},
        {&g->reserve, 1},
        {&g->committed, 1},
        {&g->age, 1},
        {&g->row, 1},
    };
    bool ok = true;

    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        *want[k].row = RW_ARENA_NEW(&g->arena, want[k].n * g->room, double);
        ok = ok && *want[k].row != NULL;
    }
    return ok;
}

static bool
make_flags(struct rw_wheel *g)
{
    size_t n = g->m->n_controls * g->room;

    g->since = RW_ARENA_NEW(&g->arena, n, uint16_t);
    g->bought = RW_ARENA_NEW(&g->arena, n, uint16_t);
    g->chosen = RW_ARENA_NEW(&g->arena, n, uint8_t);
    g->changes = RW_ARENA_NEW(&g->arena, n, uint8_t);
    g->found = RW_ARENA_NEW(&g->arena, n, uint8_t);
    g->building =
        RW_ARENA_NEW(&g->arena, g->limited ? (RW_PILLARS + 1) * g->room : 0, uint16_t);
    g->due = RW_ARENA_NEW(&g->arena, g->room, uint32_t);
    g->untouched = RW_ARENA_NEW(&g->arena, g->m->n_risks, bool);
    g->plain = RW_ARENA_NEW(&g->arena, g->m->n_risks, bool);
    g->open = RW_ARENA_NEW(&g->arena, g->m->n_controls, bool);
    g->mixed = RW_ARENA_NEW(&g->arena, g->m->n_risks * g->room, uint8_t);
    return g->since != NULL && g->bought != NULL && g->chosen != NULL &&
           g->changes != NULL && g->found != NULL && g->due != NULL &&
           g->untouched != NULL && g->building != NULL && g->plain != NULL &&
           g->mixed != NULL && g->open != NULL;
}

/* Room for what plugins are handed. */
static bool
make_calls(struct rw_wheel *g)
{
    const struct rw_model *m = g->m;
    size_t params = 0, states = 0;

    if (g->s->planner.plugin != NULL) {
        params = g->s->planner.plugin->n_params;
        states = g->s->planner.plugin->n_states;
    }
    g->planner_state = RW_ARENA_NEW(&g->arena, states * g->room, double);
    for (size_t c = 0; c < m->n_controls; c++) {
        const struct rw_plugin *p = m->controls[c].use.plugin;

        if (p != NULL && p->n_params > params)
            params = p->n_params;
        if (p != NULL && p->n_states > states)
            states = p->n_states;
    }
    g->params = RW_ARENA_NEW(&g->arena, params, const double *);
    g->states = RW_ARENA_NEW(&g->arena, states, double *);
    g->controls = RW_ARENA_NEW(&g->arena, m->n_controls, void *);
    g->items = RW_ARENA_NEW(&g->arena, m->n_controls, struct rw_hook_item);
    g->item_fields =
        RW_ARENA_NEW(&g->arena, m->n_controls * RW_ITEM_FIELDS, struct rw_hook_field);
    g->item_control = RW_ARENA_NEW(&g->arena, m->n_controls, size_t);
    g->believed = RW_ARENA_NEW(&g->arena, m->n_controls * (m->cycles + 1), double);
    g->worth = RW_ARENA_NEW(&g->arena, m->n_controls * (m->cycles + 1), double);
    g->oracle_wear =
        RW_ARENA_NEW(&g->arena, knows(g) ? m->n_controls * (m->cycles + 1) : 0, double);
    return g->planner_state != NULL && g->params != NULL && g->states != NULL &&
           g->controls != NULL && g->items != NULL && g->item_fields != NULL &&
           g->item_control != NULL && g->believed != NULL && g->worth != NULL &&
           g->oracle_wear != NULL;
}

static enum rw_err
open_plugins(struct rw_wheel *g, struct rw_error *e)
{
    const struct rw_plugin *planner = g->s->planner.plugin;
    enum rw_err err = RW_OK;

    for (size_t c = 0; c < g->m->n_controls && err == RW_OK; c++) {
        const struct rw_plugin_use *u = &g->m->controls[c].use;

        if (u->plugin != NULL)
            err = u->plugin->ops->open(u, &g->controls[c], e);
    }
    if (err == RW_OK && planner != NULL)
        err = planner->ops->open(&g->s->planner, &g->planner, e);
    return err;
}

enum rw_err
rw_wheel_new(struct rw_world *w, const struct rw_strategy *s,
    const struct rw_prior *prior, struct rw_wheel **out, struct rw_error *e)
{
    struct rw_wheel *g = calloc(1, sizeof *g);

    *out = g;
    if (g == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a strategy");
    rw_arena_init(&g->arena);
    g->m = w->m;
    g->s = s;
    g->prior = prior;
    g->w = w;
    g->room = w->room;
    g->plans = s->planner.plugin != NULL && !s->deciding.no_plan;
    g->limited = rw_site_limits(g);
    g->watches = rw_strategy_watches(s);
    g->lessons = rw_strategy_lessons(s);
    if (!make_rows(g) || !make_flags(g) || !make_calls(g) || rw_fail_init(g) != RW_OK ||
        rw_stand_init(g) != RW_OK || rw_guard_init(g) != RW_OK ||
        rw_trust_init(g) != RW_OK || rw_light_init(g) != RW_OK ||
        rw_deliver_init(g) != RW_OK || rw_failing_init(g) != RW_OK ||
        rw_believe_init(g) != RW_OK || rw_size_init(g) != RW_OK ||
        rw_aware_init(g) != RW_OK || rw_doubt_init(g) != RW_OK ||
        rw_reckon_init(g) != RW_OK || rw_relief_init(g) != RW_OK ||
        rw_stage_init(g) != RW_OK ||
        rw_account_init(&g->acc, g->m, g->room, &g->arena) != RW_OK ||
        rw_trigger_init(g) != RW_OK ||
        rw_foretold_init(&g->told, g->room, &g->arena) != RW_OK ||
        rw_attribution_init(&g->parts, g->m, g->room, &g->arena) != RW_OK ||
        rw_benefit_init(g) != RW_OK)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for strategy '%s'", s->name);
    if (rw_progress_new(g, &g->progress) != RW_OK)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for strategy '%s'", s->name);
    if (knows(g))
        rw_oracle_init(g);
    else if (g->plans)
        rw_value_init(g);
    return open_plugins(g, e);
}

void
rw_wheel_free(struct rw_wheel *g)
{
    if (g == NULL)
        return;
    for (size_t c = 0; g->controls != NULL && c < g->m->n_controls; c++)
        if (g->controls[c] != NULL)
            g->m->controls[c].use.plugin->ops->close(g->controls[c]);
    if (g->planner != NULL)
        g->s->planner.plugin->ops->close(g->planner);
    rw_arena_fini(&g->arena);
    free(g);
}

/* What operates today; the rest has not been bought. */
static void
begin_programme(struct rw_wheel *g)
{
    for (size_t c = 0; c < g->m->n_controls; c++) {
        bool operating = g->m->controls[c].status == RW_STATUS_OPERATING;

        for (size_t i = 0; i < g->w->n; i++)
            g->since[c * g->room + i] = g->bought[c * g->room + i] =
                operating ? 0 : RW_NEVER;
        memset(g->intended + c * g->room, 0, g->room * sizeof *g->intended);
        memset(g->weak + c * g->room, 0, g->room * sizeof *g->weak);
        memset(g->stands + c * g->room, 0, g->room * sizeof *g->stands);
        memset(g->changes + c * g->room, 0, g->room);
        memset(g->chosen + c * g->room, 0, g->room);
    }
    rw_deliver_begin(g);
    rw_stage_begin(g);
    rw_light_begin(g);
}

static void
begin_beliefs(struct rw_wheel *g)
{
    for (size_t r = 0; r < g->m->n_risks && !knows(g); r++) {
        double a, b;

        rw_belief_prior(g->prior->theta[r], g->prior->theta_cv[r], &a, &b);
        for (size_t i = 0; i < g->w->n; i++) {
            g->a[r * g->room + i] = a;
            g->b[r * g->room + i] = b;
            if (g->watches)
                g->waits[r * g->room + i] = 0;
            if (g->watches && g->s->deciding.reassess > 0) {
                g->b_anew[r * g->room + i] = b;
                g->waits_anew[r * g->room + i] = 0;
            }
        }
    }
    rw_size_begin(g);
    rw_relief_start(g);
    rw_failing_begin(g);
    rw_purse_begin(g);
}

static void
begin_states(const struct rw_wheel *g, const struct rw_plugin *p, double rows[])
{
    for (size_t j = 0; j < p->n_states; j++)
        for (size_t i = 0; i < g->w->n; i++)
            rows[j * g->room + i] = p->states[j].initial;
}

static enum rw_err
begin_plugins(struct rw_wheel *g, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    for (size_t c = 0; c < g->m->n_controls && err == RW_OK; c++) {
        const struct rw_control *x = &g->m->controls[c];
        const struct rw_plugin *p = x->use.plugin;

        if (p == NULL)
            continue;
        begin_states(g, p, g->state + x->state_slot * g->room);
        err = p->ops->begin(g->controls[c], e);
    }
    if (err != RW_OK || g->planner == NULL)
        return err;
    begin_states(g, g->s->planner.plugin, g->planner_state);
    return g->s->planner.plugin->ops->begin(g->planner, e);
}

enum rw_err
rw_wheel_begin(struct rw_wheel *g, struct rw_error *e)
{
    RW_BUG_ASSERT(knows(g) == (g->foresight != NULL));
    begin_programme(g);
    if (g->plans)
        begin_beliefs(g);
    rw_account_begin(&g->acc, g->m);
    rw_benefit_begin(g);
    rw_trigger_begin(g);
    rw_foretold_begin(&g->told, g->w->first, g->w->n);
    rw_progress_begin(g);
    return begin_plugins(g, e);
}
