/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <stdlib.h>
#include <string.h>

/* A strategy's purchases while they are collected. */
struct purchases {
    struct rw_plan_item *items;
    const struct rw_node **from; /* (n_controls) where each is bought, or NULL */
    unsigned *cycle;             /* (n_controls) when                          */
    size_t n;
};

/* Bought now although it is there already? */
static void
check_purchase(struct rw_decode *x, const struct rw_node *node,
    const struct purchases *p, size_t control)
{
    const struct rw_control *c = &x->m->controls[control];

    if (c->status == RW_STATUS_OPERATING) {
        rw_decode_wrong(x, node, "control '%s' operates already", c->id);
        rw_diag_help(x->d, "a plan buys what has the status 'candidate'");
    } else if (c->status == RW_STATUS_PLANNED) {
        rw_decode_wrong(x, node, "control '%s' is planned already, for cycle %u", c->id,
            c->start + 1);
        rw_diag_help(x->d, "a plan buys what has the status 'candidate'");
    } else if (p->from[control]) {
        rw_decode_wrong(x, node, "control '%s' is built twice in this plan", c->id);
        rw_decode_also(x, p->from[control], "first");
    }
}

static void
decode_item(struct rw_decode *x, const struct rw_node *node, struct purchases *p)
{
    const struct rw_node *list = rw_decode_list(node, "build"), **from;
    struct rw_plan_item item = {0, 0};
    struct rw_id **refs;
    size_t n;

    if (!rw_decode_object(x, node, &rw_keys_plan, &item) || list == NULL)
        return;
    if (item.cycle > x->m->cycles && x->m->cycles > 0)
        rw_decode_wrong(x, rw_node_get(node, "cycle"),
            "cycle %u is beyond the horizon of %u cycles", item.cycle, x->m->cycles);
    refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    from = RW_DECODE_NEW(x, list->n, const struct rw_node *);
    if (refs == NULL || from == NULL)
        return;
    item.cycle -= item.cycle > 0;
    n = rw_decode_refs(x, list, 1u << RW_ID_CONTROL | 1u << RW_ID_PARTNER, refs, from);
    for (size_t i = 0; i < n; i++) {
        item.control = refs[i]->index;
        check_purchase(x, from[i], p, item.control);
        p->from[item.control] = from[i];
        p->cycle[item.control] = item.cycle;
        p->items[p->n++] = item;
    }
}

/* Purchases that wait for ever, because a prerequisite is not bought. */
static void
check_prerequisites(struct rw_decode *x, const struct purchases *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct rw_control *c = &x->m->controls[p->items[i].control];

        for (size_t k = 0; k < c->n_requires; k++) {
            size_t other = c->requires[k];
            const struct rw_control *r = &x->m->controls[other];

            if (r->status == RW_STATUS_PLANNED && r->start > p->items[i].cycle)
                rw_decode_wrong(x, p->from[p->items[i].control],
                    "control '%s' requires '%s', which is planned for cycle %u", c->id,
                    r->id, r->start + 1);
            if (r->status != RW_STATUS_CANDIDATE ||
                (p->from[other] && p->cycle[other] <= p->items[i].cycle))
                continue;
            rw_decode_wrong(x, p->from[p->items[i].control],
                "control '%s' requires '%s', which this plan %s", c->id, r->id,
                p->from[other] ? "buys only later" : "does not buy");
        }
    }
}

/* Purchases that may not stand together. */
static void
check_exclusions(struct rw_decode *x, const struct purchases *p)
{
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < i; k++) {
            size_t a = p->items[k].control, b = p->items[i].control;

            if (a == b || !rw_decode_excluded(x->m, a, b))
                continue;
            rw_decode_wrong(x, p->from[b],
                "control '%s' excludes '%s', which this plan buys too",
                x->m->controls[b].id, x->m->controls[a].id);
            rw_decode_also(x, p->from[a], "first");
        }
}

static int
by_cycle(const void *a, const void *b)
{
    const struct rw_plan_item *x = a, *y = b;

    if (x->cycle != y->cycle)
        return x->cycle < y->cycle ? -1 : 1;
    return (x->control > y->control) - (x->control < y->control);
}

static void
decode_plan(struct rw_decode *x, const struct rw_node *list, struct rw_strategy *s)
{
    struct purchases p = {NULL, NULL, NULL, 0};
    size_t room = 0;

    for (const struct rw_node *c = list->first; c; c = c->next) {
        const struct rw_node *build = rw_decode_list(c, "build");
        room += build ? build->n : 0;
    }
    p.items = RW_DECODE_NEW(x, room, struct rw_plan_item);
    p.from = RW_DECODE_NEW(x, x->m->n_controls, const struct rw_node *);
    p.cycle = RW_DECODE_NEW(x, x->m->n_controls, unsigned);
    if (x->memory)
        return;
    for (const struct rw_node *c = list->first; c; c = c->next)
        decode_item(x, c, &p);
    check_prerequisites(x, &p);
    check_exclusions(x, &p);
    if (p.n > 0)
        qsort(p.items, p.n, sizeof *p.items, by_cycle);
    s->plan = p.items;
    s->n_plan = p.n;
}

/* What the names stand for must fit what is stated. */
static void
check_name(struct rw_decode *x, const struct rw_node *node, const struct rw_strategy *s)
{
    static const char *const barred[] = {"plan", "planner", "budget"};
    const struct rw_node *planner = rw_node_get(node, "planner");
    const struct rw_node *budget = rw_node_get(node, "budget");

    for (size_t i = 0; s->idle && i < sizeof barred / sizeof *barred; i++) {
        const struct rw_node *found = rw_node_get(node, barred[i]);

        if (found == NULL)
            continue;
        rw_decode_wrong_key(x, found, "the strategy 'nothing' has no '%s'", barred[i]);
        rw_diag_help(x->d,
            "it is what operates today and no more; give a strategy that "
            "acts another name");
    }
    if (s->idle)
        return;
    if ((strcmp(s->name, "pdca") == 0 || strcmp(s->name, "oracle") == 0) &&
        planner == NULL)
        rw_decode_missing(x, node, "strategy", "planner", NULL);
    if (planner && budget == NULL)
        rw_decode_missing(x, node, "strategy", "budget", NULL);
    if (budget && planner == NULL) {
        rw_decode_wrong_key(x, budget, "a 'budget' without a 'planner'");
        rw_diag_help(x->d, "a fixed plan is paid whatever it costs");
    }
}

static void
decode_strategy(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    const struct rw_node *plan = rw_decode_list(node, "plan");
    const char *owner;

    s->place = rw_decode_place(x, node);
    if (!rw_decode_object(x, node, &rw_keys_strategy, s))
        return;
    s->idle = strcmp(s->name, "nothing") == 0;
    owner = rw_arena_printf(x->a, "strategy %s", s->name);
    rw_decode_plugin(
        x, node, "planner", RW_PLUGIN_PLANNER, owner ? owner : "", &s->planner);
    if (plan)
        decode_plan(x, plan, s);
    check_name(x, node, s);
    rw_decode_deciding(x, node, s);
    if (rw_strategy_needs(s) >> RW_NEED_APPETITE & 1 && x->m->n_appetite == 0) {
        rw_decode_wrong(x, rw_node_get(node, "planner"),
            "this planner decides by the appetite, and the scenario states none");
        rw_diag_help(x->d, "give it an 'appetite', or choose another planner");
    }
}

/* The baseline of every comparison comes first, stated or not. */
static void
put_nothing_first(struct rw_decode *x, const struct rw_node *owner)
{
    struct rw_strategy *v = x->m->strategies, baseline;
    size_t at = 0;

    while (at < x->m->n_strategies && !v[at].idle)
        at++;
    if (at < x->m->n_strategies) {
        baseline = v[at];
    } else {
        memset(&baseline, 0, sizeof baseline);
        rw_decode_presets(x, owner, &rw_keys_strategy, &baseline);
        baseline.name = "nothing";
        baseline.planner.owner = "strategy nothing";
        baseline.idle = true;
        baseline.place = rw_decode_place(x, owner);
        x->m->n_strategies++;
    }
    memmove(v + 1, v, at * sizeof *v);
    v[0] = baseline;
}

void
rw_decode_strategies(struct rw_decode *x, const struct rw_node *list)
{
    /* without a list there is the baseline alone, placed at the root */
    const struct rw_node *owner = list;
    size_t i = 0;

    while (owner->parent)
        owner = owner->parent;
    if (list == owner)
        list = NULL;
    x->m->strategies = RW_DECODE_NEW(x, (list ? list->n : 0) + 1, struct rw_strategy);
    if (x->m->strategies == NULL)
        return;
    x->m->n_strategies = list ? list->n : 0;
    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next)
        decode_strategy(x, c, &x->m->strategies[i++]);
    rw_ids_add(x, &x->strategies, list, "name", RW_ID_STRATEGY);
    rw_ids_sort(x, &x->strategies);
    put_nothing_first(x, owner);
}
