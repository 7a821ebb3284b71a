/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/read/finder.h -- a few declared plugins without any code. */
#ifndef RW_TESTS_READ_FINDER_H
#define RW_TESTS_READ_FINDER_H

#include "model/hook.h"

#include <math.h>
#include <string.h>

static struct rw_plugin_param finder_phishing[] = {{.name = "attempts",
                                                       .unit = "1/year",
                                                       .doc = "campaigns",
                                                       .min = 0,
                                                       .max = INFINITY},
    {.name = "click", .unit = "1", .doc = "success of one", .min = 0, .max = 1},
    {.name = "uplift",
        .unit = "1",
        .doc = "click multiplier",
        .min = 0,
        .max = INFINITY,
        .has_default = true},
    {.name = "delay",
        .unit = "day",
        .doc = "until it is seen",
        .min = 0,
        .max = INFINITY,
        .has_default = true}};
static struct rw_plugin_param finder_outage[] = {
    {.name = "outages", .unit = "1/year", .doc = "outages", .min = 0, .max = INFINITY}};
static struct rw_plugin_param finder_training[] = {
    {.name = "start", .unit = "1", .doc = "efficacy when fresh", .min = 0, .max = 1},
    {.name = "price",
        .unit = "currency",
        .doc = "per course",
        .min = 0,
        .max = INFINITY,
        .has_default = true}};
static struct rw_plugin_param finder_rosi[] = {{.name = "caution",
    .unit = "people",
    .doc = "a plain number",
    .min = -1,
    .max = 1,
    .has_default = true}};

static const struct rw_plugin finder_plugins[] = {{.kind = RW_PLUGIN_THREAT,
                                                      .name = "ai_phishing",
                                                      .params = finder_phishing,
                                                      .n_params = 4},
    {.kind = RW_PLUGIN_THREAT,
        .name = "supplier_outage",
        .params = finder_outage,
        .n_params = 1,
        .systemic = true},
    {.kind = RW_PLUGIN_CONTROL,
        .name = "awareness_training",
        .params = finder_training,
        .n_params = 2},
    {.kind = RW_PLUGIN_PLANNER, .name = "rosi", .params = finder_rosi, .n_params = 1},
    {.kind = RW_PLUGIN_PLANNER,
        .name = "risk_appetite",
        .needs = 1u << RW_NEED_APPETITE}};

static enum rw_err
finder_find(void *self, enum rw_plugin_kind kind, const char *name,
    const struct rw_plugin **plugin, struct rw_error *e)
{
    (void)self;
    for (size_t i = 0; i < sizeof finder_plugins / sizeof *finder_plugins; i++)
        if (finder_plugins[i].kind == kind &&
            strcmp(finder_plugins[i].name, name) == 0) {
            *plugin = &finder_plugins[i];
            return RW_OK;
        }
    return rw_error_set(e, RW_ERR_PLUGIN, "plugin '%s' does not load", name);
}

static const char *const *
finder_names(void *self, enum rw_plugin_kind kind)
{
    static const char *const names[][4] = {
        {"ai_phishing", "supplier_outage", "broken", NULL},
        {"awareness_training", NULL}, {"risk_appetite", "rosi", NULL}};

    (void)self;
    return names[kind];
}

static const struct rw_plugin_finder finder = {finder_find, finder_names, NULL};

/* The defaults, which are no constant expressions. */
static void
finder_init(void)
{
    finder_phishing[2].preset = rw_dist_constant(2);
    finder_phishing[3].preset = rw_dist_constant(10);
    finder_training[1].preset = rw_dist_constant(100);
    finder_rosi[0].preset = rw_dist_constant(0);
}

#endif
