/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/support/planner.h -- planners in C: one that buys nothing, one that
 * buys by benefit; both note what they were shown in the last call. */
#ifndef RW_TESTS_SUPPORT_PLANNER_H
#define RW_TESTS_SUPPORT_PLANNER_H

#include "model/hook.h"

static struct {
    double running[8];
} planner_shown;

static enum rw_err
planner_open(const struct rw_plugin_use *use, void **instance, struct rw_error *e)
{
    (void)e;
    *instance = (void *)(uintptr_t)(use->plugin);
    return RW_OK;
}

static enum rw_err
planner_begin(void *instance, struct rw_error *e)
{
    (void)instance;
    (void)e;
    return RW_OK;
}

static enum rw_err
planner_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    const struct rw_plugin *p = instance;

    (void)e;
    for (size_t k = 0; k < c->n_items; k++) {
        struct rw_hook_field *f = c->items[k].fields;

        planner_shown.running[k] = f[RW_ITEM_RUNNING].number;
        for (size_t i = 0; i < c->n; i++)
            f[RW_ITEM_SCORE].x[i] = p->self == NULL ? 0 : f[RW_ITEM_BENEFIT].x[i];
    }
    return RW_OK;
}

static void
planner_close(void *instance)
{
    (void)instance;
}

static const struct rw_plugin_ops planner_ops = {
    .open = planner_open,
    .begin = planner_begin,
    .call = planner_call,
    .close = planner_close,
};
static const struct rw_plugin planner_idle = {.kind = RW_PLUGIN_PLANNER,
    .api = RW_PLUGIN_API,
    .name = "idle",
    .ops = &planner_ops};
static const struct rw_plugin planner_greedy = {.kind = RW_PLUGIN_PLANNER,
    .api = RW_PLUGIN_API,
    .name = "greedy",
    .ops = &planner_ops,
    .self = &planner_shown};

#endif
