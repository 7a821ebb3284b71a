/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plan: what is scheduled is bought; a closed loop lets its planner score the
 * candidates and buys them in descending order under budget and
 * prerequisites, future by future.
 *
 * Decisions use expected costs; what is paid (do.c) is the truth. */
#include "num/cpu.h"
#include "wheel/wheel.h"

#include <string.h>

static void
buy_everywhere(struct rw_wheel *g, size_t c)
{
    for (size_t i = 0; i < g->w->n; i++)
        if (g->bought[c * g->room + i] == RW_NEVER)
            rw_deliver_buy(g, c, i);
}

static void
buy_scheduled(struct rw_wheel *g)
{
    unsigned t = g->w->cycle;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        const struct rw_control *x = &g->m->controls[c];

        if (x->status == RW_STATUS_PLANNED && x->start == t && !g->s->idle)
            buy_everywhere(g, c);
    }
    for (size_t k = 0; k < g->s->n_plan; k++)
        if (g->s->plan[k].cycle == t)
            buy_everywhere(g, g->s->plan[k].control);
}

/* A control whose prerequisites do not operate yet waits another cycle. */
static bool
postpone(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    unsigned t = g->w->cycle;
    bool moved = false;

    if (x->n_requires == 0 ||
        !rw_row_cycles(g->w->n, g->since + c * g->room, (uint16_t)t).now)
        return false;
    for (size_t k = 0; k < x->n_requires; k++)
        for (size_t i = 0; i < g->w->n; i++)
            if (g->since[c * g->room + i] == t &&
                g->since[x->requires[k] * g -> room + i] > t) {
                g->since[c * g->room + i]++;
                moved = true;
            }
    return moved;
}

static void
wait_for_prerequisites(struct rw_wheel *g)
{
    bool moved;

    do {
        moved = false;
        for (size_t c = 0; c < g->m->n_controls; c++)
            if (g->m->controls[c].status != RW_STATUS_OPERATING)
                moved = postpone(g, c) || moved;
    } while (moved);
}

static bool
in_hand(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];

    for (size_t k = 0; k < x->n_requires; k++)
        if (g->bought[x->requires[k] * g -> room + i] == RW_NEVER)
            return false;
    return true;
}

/* It may be bought in future i as the plan stands. */
static bool
is_open(const struct rw_wheel *g, size_t c, size_t i)
{
    return g->bought[c * g->room + i] == RW_NEVER && in_hand(g, c, i) &&
           rw_purse_affords(g, c, i) && (!g->limited || rw_site_admits(g, c, i));
}

/* What cannot be bought takes nothing off a bad year now: planners that count up what
 * is enough would wait for it. */
static void
close_reliefs(struct rw_wheel *g, size_t n_items)
{
    for (size_t k = 0; k < n_items && g->relief.any; k++) {
        size_t c = g->item_control[k];

        for (size_t i = 0; i < g->w->n; i++)
            if (!is_open(g, c, i))
                for (int need = 0; need < RW_NEEDS; need++)
                    g->relief.of[need].saved[c * g->room + i] = 0;
    }
}

/* The best candidate that may be bought in future i; n_controls: none. */
static size_t
best_candidate(const struct rw_wheel *g, size_t n_items, size_t i)
{
    size_t best = g->m->n_controls;
    double most = 0;

    for (size_t k = 0; k < n_items; k++) {
        size_t c = g->item_control[k];
        double score = g->score[c * g->room + i];

        if (score > most && is_open(g, c, i)) {
            most = score;
            best = c;
        }
    }
    return best;
}

/* The cycle is planned in every future. */
static bool
plans_now(const struct rw_wheel *g)
{
    unsigned every = g->s->deciding.plan_every;

    return every < 2 || g->w->cycle % every == 0;
}

static void
buy_by_score(struct rw_wheel *g, size_t n_items)
{
    bool all = plans_now(g);

    for (size_t i = 0; i < g->w->n; i++) {
        if (!all && !g->triggers.open[i])
            continue;
        for (size_t c; (c = best_candidate(g, n_items, i)) < g->m->n_controls;) {
            rw_deliver_buy(g, c, i);
            g->chosen[c * g->room + i] = 1;
            rw_purse_pay(g, c, i);
            if (g->limited)
                rw_site_open(g, c, i);
        }
    }
}

RW_CPU_EACH void
count_bought_by(size_t n, const uint16_t *restrict bought, double *restrict row)
{
    for (size_t i = 0; i < n; i++)
        row[i] += bought[i] != RW_NEVER;
}
RW_CPU_VARIANTS(void, count_bought, (size_t n, const uint16_t bought[], double row[]),
    (n, bought, row))

/* covered <- of each pillar's controls the share that is there or bought. */
static void
count_pillars(struct rw_wheel *g)
{
    size_t of[RW_PILLARS] = {0};

    memset(g->covered, 0, RW_PILLARS * g->room * sizeof *g->covered);
    for (size_t c = 0; c < g->m->n_controls; c++) {
        double *row = g->covered + g->m->controls[c].pillar * g->room;

        of[g->m->controls[c].pillar]++;
        count_bought(g->w->n, g->bought + c * g->room, row);
    }
    for (size_t p = 0; p < RW_PILLARS; p++)
        for (size_t i = 0; i < g->w->n && of[p] > 0; i++)
            g->covered[p * g->room + i] /= (double)of[p];
}

/* One number for all futures, or the truth of each. */
static void
show_cost(const struct rw_wheel *g, struct rw_hook_field *f, double expected,
    const struct rw_estimate *x, double times, double row[])
{
    f->number = expected * times;
    if (g->foresight == NULL)
        return;
    f->kind = RW_FIELD_VECTOR;
    f->x = row;
    for (size_t i = 0; i < g->w->n; i++)
        row[i] = rw_world_truth(g->w, x)[i] * times;
}

/* All candidates in every cycle, so that no future's choice depends on its
 * neighbours; one that is bought already has nothing more to save. */
static size_t
make_items(struct rw_wheel *g)
{
    size_t n = 0;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        struct rw_hook_field *f = g->item_fields + n * RW_ITEM_FIELDS;

        if (g->m->controls[c].status != RW_STATUS_CANDIDATE)
            continue;
        rw_hook_item_fields(f);
        f[RW_ITEM_BENEFIT].x = g->benefit + c * g->room;
        show_cost(g, &f[RW_ITEM_CAPITAL], g->prior->capital[c],
            &g->m->controls[c].capital, 1, g->costs + 2 * c * g->room);
        show_cost(g, &f[RW_ITEM_RUNNING], g->prior->running[c],
            &g->m->controls[c].running, rw_deliver_ahead(g, c),
            g->costs + (2 * c + 1) * g->room);
        f[RW_ITEM_BUILD_YEARS].number = g->m->controls[c].build * g->m->years;
        f[RW_ITEM_SPREAD].x = g->doubt.spread + c * g->room;
        f[RW_ITEM_PILLAR_COVERED].x = g->covered + g->m->controls[c].pillar * g->room;
        if (g->relief.any) {
            f[RW_ITEM_RELIEF].x = g->relief.of[RW_NEED_APPETITE].saved + c * g->room;
            f[RW_ITEM_TAIL].x = g->relief.of[RW_NEED_TAIL].saved + c * g->room;
        }
        f[RW_ITEM_SCORE].x = g->score + c * g->room;
        rw_row_fill(g->w->n, 0, g->score + c * g->room);
        g->items[n] = (struct rw_hook_item){
            .id = g->m->controls[c].id, .fields = f, .n_fields = RW_ITEM_FIELDS};
        g->item_control[n++] = c;
    }
    return n;
}

static enum rw_err
choose(struct rw_wheel *g, struct rw_error *e)
{
    struct rw_hook_field f[RW_PLAN_FIELDS];
    struct rw_hook_call call = {.fields = f, .n_fields = RW_PLAN_FIELDS};
    const struct rw_plugin_use *u = &g->s->planner;
    unsigned t = g->w->cycle;
    enum rw_err err;

    rw_purse_fill(g);
    rw_deliver_commit(g);
    rw_trigger_plan(g);
    if (!plans_now(g) && !g->triggers.opens)
        return RW_OK;
    if (g->limited)
        rw_site_count(g);
    count_pillars(g);
    call.n_items = make_items(g);
    call.items = g->items;
    if (call.n_items == 0)
        return RW_OK;
    rw_value_candidates(g);
    close_reliefs(g, call.n_items);
    rw_hook_planner_fields(f);
    f[RW_PLAN_CYCLE].number = t + 1;
    f[RW_PLAN_YEARS].number = g->m->years;
    f[RW_PLAN_TIME].number = t * g->m->years;
    f[RW_PLAN_YEARS_LEFT].number = (g->m->cycles - t) * g->m->years;
    f[RW_PLAN_DISCOUNT_RATE].number = g->m->discount_rate;
    f[RW_PLAN_BUDGET].x = g->balance;
    f[RW_PLAN_RESERVE].x = g->reserve;
    f[RW_PLAN_OVER].x = g->relief.of[RW_NEED_APPETITE].over;
    rw_world_bind(g->w, u, g->planner_state, g->params, g->states, &call);
    err = u->plugin->ops->call(g->planner, &call, e);
    if (err == RW_OK)
        buy_by_score(g, call.n_items);
    return err;
}

enum rw_err
rw_wheel_plan(struct rw_wheel *g, struct rw_error *e)
{
    enum rw_err err;

    rw_deliver_settle(g);
    buy_scheduled(g);
    wait_for_prerequisites(g); /* before the purse counts who operates */
    if (!g->plans)
        return RW_OK;
    if (g->watches)
        rw_check_assess(g);
    rw_aware_look(g);
    err = choose(g, e);
    wait_for_prerequisites(g);
    return err;
}
