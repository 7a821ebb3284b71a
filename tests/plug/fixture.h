/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/plug/fixture.h -- one use of one plugin, driven as the engine does.
 *
 * Parameters are given as functions of the future's number, so that blocks
 * of any size see the same world. */
#ifndef RW_TESTS_PLUG_FIXTURE_H
#define RW_TESTS_PLUG_FIXTURE_H

#include "plug/catalogue.h"
#include "plug/host.h"
#include "tests/support/check.h"

enum { FIXTURE_N = 2048, FIXTURE_ROWS = 64 };

struct fixture {
    struct rw_arena arena;
    struct rw_sampler normal;
    struct rw_limits limits;
    const struct rw_plugin *plugin;
    struct rw_plugin_use use;
    void *instance;
    struct rw_error e;

    struct rw_hook_call call;
    struct rw_hook_field fields[8];
    struct rw_hook_item items[8];
    struct rw_hook_field item_fields[8][RW_ITEM_FIELDS];
    double rows[FIXTURE_ROWS][FIXTURE_N];
    size_t n_rows;
    const double *params[FIXTURE_ROWS];
    double *state[FIXTURE_ROWS];
};

static inline double *
fixture_row(struct fixture *f)
{
    assert_true(f->n_rows < FIXTURE_ROWS);
    return f->rows[f->n_rows++];
}

static inline void
fixture_init(struct fixture *f, const struct rw_limits *limits)
{
    const struct rw_dist_arg args[] = {{"mean", 0}, {"sd", 1}};
    char why[RW_DIST_WHY];
    struct rw_dist d;
    int bad;

    memset(f, 0, sizeof *f);
    rw_arena_init(&f->arena);
    f->limits = limits ? *limits : rw_limits_default;
    assert_int_equal(rw_dist_make("normal", args, 2, &d, &bad, why), RW_OK);
    assert_int_equal(rw_sampler_init(&f->normal, &d, &f->arena), RW_OK);
    f->call.seed = 27032;
}

static inline void
fixture_close(struct fixture *f)
{
    if (f->instance)
        f->plugin->ops->close(f->instance);
    f->instance = NULL;
    rw_arena_fini(&f->arena);
}

static inline enum rw_err
fixture_load(struct fixture *f, const char *file, const char *text, size_t n)
{
    rw_error_clear(&f->e);
    return rw_host_load(
        &f->arena, file, text, n, &f->limits, &f->normal, &f->plugin, &f->e);
}

/* Rows and fields for the loaded plugin, its parameters 0.5; opens it. */
static inline enum rw_err
fixture_open(struct fixture *f, size_t n)
{
    const struct rw_plugin *p = f->plugin;

    f->use = (struct rw_plugin_use){.plugin = p,
        .owner = "threat phish",
        .place = {.file = "hospital.json",
            .pointer = "/threats/2/plugin",
            .line = 23,
            .col = 9},
        .lane = 99};
    f->call.n = n;
    f->call.fields = f->fields;
    f->call.params = f->params;
    f->call.state = f->state;
    f->n_rows = 0;
    if (p->kind == RW_PLUGIN_THREAT)
        rw_hook_threat_fields(f->fields);
    else if (p->kind == RW_PLUGIN_CONTROL)
        rw_hook_control_fields(f->fields);
    else
        rw_hook_planner_fields(f->fields);
    f->call.n_fields = p->kind == RW_PLUGIN_THREAT    ? RW_THREAT_FIELDS
                       : p->kind == RW_PLUGIN_CONTROL ? RW_CONTROL_FIELDS
                                                      : RW_PLAN_FIELDS;
    for (size_t k = 0; k < f->call.n_fields; k++)
        if (f->fields[k].kind != RW_FIELD_NUMBER) {
            f->fields[k].x = fixture_row(f);
            for (size_t i = 0; i < FIXTURE_N; i++)
                f->fields[k].x[i] = f->fields[k].number;
        }
    for (size_t k = 0; k < p->n_params; k++) {
        double *row = fixture_row(f);

        for (size_t i = 0; i < FIXTURE_N; i++)
            row[i] = 0.5;
        f->params[k] = row;
    }
    for (size_t k = 0; k < p->n_states; k++)
        f->state[k] = fixture_row(f);
    rw_error_clear(&f->e);
    return p->ops->open(&f->use, &f->instance, &f->e);
}

static inline enum rw_err
fixture_begin(struct fixture *f, uint64_t first)
{
    f->call.first = first;
    for (size_t k = 0; k < f->plugin->n_states; k++)
        for (size_t i = 0; i < FIXTURE_N; i++)
            f->state[k][i] = f->plugin->states[k].initial;
    rw_error_clear(&f->e);
    return f->plugin->ops->begin(f->instance, &f->e);
}

/* One cycle of a quarter of a year. */
static inline enum rw_err
fixture_call(struct fixture *f, unsigned cycle)
{
    f->call.cycle = cycle;
    f->fields[0].number = cycle + 1;
    f->fields[1].number = 0.25;
    f->fields[2].number = 0.25 * cycle;
    rw_error_clear(&f->e);
    return f->plugin->ops->call(f->instance, &f->call, &f->e);
}

static inline size_t
fixture_param_at(const struct fixture *f, const char *name)
{
    for (size_t k = 0; k < f->plugin->n_params; k++)
        if (strcmp(f->plugin->params[k].name, name) == 0)
            return k;
    fail_msg("no parameter %s", name);
    return 0;
}

static inline double *
fixture_param(struct fixture *f, const char *name)
{
    return f
        ->rows[(size_t)(f->params[fixture_param_at(f, name)] - f->rows[0]) / FIXTURE_N];
}

static inline void
fixture_set(struct fixture *f, const char *name, double x)
{
    double *row = fixture_param(f, name);

    for (size_t i = 0; i < FIXTURE_N; i++)
        row[i] = x;
}

static inline double *
fixture_field(struct fixture *f, const char *name)
{
    for (size_t k = 0; k < f->call.n_fields; k++)
        if (strcmp(f->fields[k].name, name) == 0)
            return f->fields[k].kind == RW_FIELD_NUMBER ? &f->fields[k].number
                                                        : f->fields[k].x;
    fail_msg("no field %s", name);
    return NULL;
}

/* Adds a candidate to a planner's call. */
static inline struct rw_hook_item *
fixture_item(struct fixture *f, const char *id, double benefit, double capital,
    double running, double build_years)
{
    size_t k = f->call.n_items++;
    struct rw_hook_field *fields = f->item_fields[k];

    rw_hook_item_fields(fields);
    f->items[k] = (struct rw_hook_item){id, fields, RW_ITEM_FIELDS};
    f->call.items = f->items;
    fields[RW_ITEM_BENEFIT].x = fixture_row(f);
    fields[RW_ITEM_SCORE].x = fixture_row(f);
    for (size_t i = 0; i < FIXTURE_N; i++)
        fields[RW_ITEM_BENEFIT].x[i] = benefit;
    fields[RW_ITEM_CAPITAL].number = capital;
    fields[RW_ITEM_RUNNING].number = running;
    fields[RW_ITEM_BUILD_YEARS].number = build_years;
    return &f->items[k];
}

/* Loads, opens, begins and calls once, as far as it goes. */
static inline enum rw_err
fixture_try(struct fixture *f, const char *text, size_t n_futures)
{
    enum rw_err err = fixture_load(f, "plugins/threats/test.lua", text, strlen(text));

    if (err == RW_OK)
        err = fixture_open(f, n_futures);
    if (err == RW_OK)
        err = fixture_begin(f, 0);
    if (err == RW_OK)
        err = fixture_call(f, 0);
    return err;
}

/* Adds an asset to a threat's call. */
static inline void
fixture_asset(struct fixture *f, const char *id, double value, double records)
{
    struct rw_hook_field *x = f->item_fields[f->call.n_items];

    rw_hook_asset_fields(x);
    x[RW_ASSET_VALUE].number = value;
    x[RW_ASSET_RECORDS].number = records;
    x[RW_ASSET_FREQUENCY].x = fixture_row(f);
    x[RW_ASSET_SUSCEPTIBILITY].x = fixture_row(f);
    f->fields[RW_THREAT_VALUE].number += value;
    f->fields[RW_THREAT_RECORDS].number += records;
    f->items[f->call.n_items++] = (struct rw_hook_item){id, x, RW_ASSET_FIELDS};
    f->call.items = f->items;
}

static inline void
assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", part, text);
}

/* Path of a file of the source tree; four may be in use at once. */
static inline const char *
source_path(const char *file)
{
    static char paths[4][1024];
    static unsigned next;
    const char *top = getenv("srcdir");
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", top ? top : ".", file);
    return path;
}

#endif
