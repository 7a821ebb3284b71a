/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/support/greedy.h -- a planner in C that scores by benefit and records
 * what it was shown. */
#ifndef RW_TESTS_SUPPORT_GREEDY_H
#define RW_TESTS_SUPPORT_GREEDY_H

#include "model/hook.h"

#include <stdio.h>

enum { GREEDY_ITEMS = 8, GREEDY_ROOM = 4096 };

/* What the planner saw in its last call, for future 0, and for every one: of those on
 * this thread. */
static _Thread_local struct {
    size_t n_items, calls;
    char first_id[32];
    double benefit[GREEDY_ITEMS], budget, years_left;
    double benefits[GREEDY_ITEMS][GREEDY_ROOM], capital[GREEDY_ITEMS][GREEDY_ROOM];
    double spread[GREEDY_ITEMS][GREEDY_ROOM], covered[GREEDY_ITEMS];
} shown;

static enum rw_err
greedy_open(const struct rw_plugin_use *use, void **instance, struct rw_error *e)
{
    static int one;

    (void)use;
    (void)e;
    *instance = &one;
    return RW_OK;
}

static enum rw_err
greedy_begin(void *instance, struct rw_error *e)
{
    (void)instance;
    (void)e;
    return RW_OK;
}

/* score = benefit: the most loss avoided first */
static enum rw_err
greedy_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    (void)e;
    shown.calls++;
    shown.n_items = c->n_items;
    shown.budget = c->fields[RW_PLAN_BUDGET].x[0];
    shown.years_left = c->fields[RW_PLAN_YEARS_LEFT].number;
    (void)snprintf(shown.first_id, sizeof shown.first_id, "%s", c->items[0].id);
    for (size_t k = 0; k < c->n_items; k++) {
        struct rw_hook_field *f = c->items[k].fields;

        shown.benefit[k] = f[RW_ITEM_BENEFIT].x[0];
        shown.covered[k] = f[RW_ITEM_PILLAR_COVERED].x[0];
        for (size_t i = 0; i < c->n; i++) {
            f[RW_ITEM_SCORE].x[i] = f[RW_ITEM_BENEFIT].x[i];
            shown.benefits[k][i] = f[RW_ITEM_BENEFIT].x[i];
            shown.spread[k][i] = f[RW_ITEM_SPREAD].x[i];
            shown.capital[k][i] = f[RW_ITEM_CAPITAL].kind == RW_FIELD_NUMBER
                                      ? f[RW_ITEM_CAPITAL].number
                                      : f[RW_ITEM_CAPITAL].x[i];
        }
    }
    return RW_OK;
}

static void
greedy_close(void *instance)
{
    (void)instance;
}

static const struct rw_plugin_ops greedy_ops = {
    .open = greedy_open,
    .begin = greedy_begin,
    .call = greedy_call,
    .close = greedy_close,
};
static const struct rw_plugin greedy = {.kind = RW_PLUGIN_PLANNER,
    .api = RW_PLUGIN_API,
    .name = "greedy",
    .ops = &greedy_ops};

#endif
