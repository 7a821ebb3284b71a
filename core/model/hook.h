/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/hook.h -- how anything outside the engine supplies the behaviour
 * of a threat, a control or a planner.
 *
 * The engine sees a struct rw_plugin (what was declared) and its vtable; it
 * knows no Lua.  One instance is opened per worker thread and per use (a use
 * = one threat, control or strategy that names the plugin) and called once
 * per block and cycle with vectors, one element per future, never per event.
 *
 * A call is a set of named fields.  The engine makes the fields of a kind
 * (hook.c: rw_hook_*_fields) and the plugin reads and assigns them by name,
 * so a kind grows by a line in a table and no plugin host changes.
 *
 * Floor: model.  Threads: a plugin is const and shared; an instance belongs
 * to one worker.
 */
#ifndef RW_MODEL_HOOK_H
#define RW_MODEL_HOOK_H

#include "base/err.h"
#include "num/dist.h"
#include "num/sampler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RW_PLUGIN_API 1

/* Attempts a year beyond which a threat is refused: its events could not be
 * simulated one by one. */
#define RW_FREQUENCY_MAX 1e6
/* The same with excitation: descendants are kept until their cycle. */
#define RW_EXCITED_MAX 1e4

enum rw_plugin_kind {
    RW_PLUGIN_THREAT,
    RW_PLUGIN_CONTROL,
    RW_PLUGIN_PLANNER,
    RW_PLUGIN_KINDS
};
extern const char *const rw_plugin_kind_names[]; /* "threat" "control" "planner" */

/* Futures from this number on belong to no run: the pilot ones, by which an
 * organisation forms its first beliefs. */
#define RW_PILOT_FIRST (UINT64_C(1) << 63)

/* From here to the pilots: the futures of a nested run, in which groups of
 * them share one truth (world/world.h). */
#define RW_NESTED_FIRST (UINT64_C(1) << 62)

/* Where in the scenario something was said. */
struct rw_place {
    const char *file, *pointer;
    int line, col;
};

/* An uncertain quantity that nature decides once per future.  The reader
 * sets dist and place; rw_model_build the rest. */
struct rw_estimate {
    struct rw_dist dist;
    struct rw_place place;
    struct rw_sampler sampler;
    uint64_t lane;
    size_t slot;             /* row of the truth table */
    size_t coupling, member; /* 1 + index of the copula it is in, 0: none; where */
};

/* What a planner asks for beyond its fields' ordinary ones, since it is dear. */
enum rw_need {
    RW_NEED_APPETITE, /* plan.over, candidates' relief */
    RW_NEED_TAIL,     /* candidates' tail */
    RW_NEEDS
};
extern const char *const rw_need_names[]; /* "appetite" "tail" */

struct rw_plugin_param {
    const char *name, *unit, *doc;
    double min, max; /* -inf, inf: no limit */
    bool has_default;
    struct rw_dist preset;
};

struct rw_plugin_state {
    const char *name;
    double initial;
};

struct rw_plugin;
struct rw_plugin_use;

/* A vector or number that crosses the border. */
enum rw_field_kind {
    RW_FIELD_NUMBER, /* in: number                                     */
    RW_FIELD_VECTOR, /* in: x, shape (n), read-only                    */
    RW_FIELD_RESULT  /* out: x, shape (n), holds the default before    */
};

struct rw_hook_field {
    const char *name;
    const char *unit; /* as base/dimension.h reads it; NULL: any */
    enum rw_field_kind kind;
    double number;
    double *x;
    double low, high; /* results: every element finite and within       */
    bool required;    /* results: must be assigned                      */
    bool assigned;    /* results: set by the host                       */
    unsigned need;    /* given to planners that need this alone: 1 + enum rw_need */
};

/* One of a list: a candidate control offered to a planner, an asset that a threat
 * comes at. */
struct rw_hook_item {
    const char *id;
    struct rw_hook_field *fields;
    size_t n_fields;
};

struct rw_hook_call {
    size_t n;                    /* futures in this block                       */
    uint64_t seed, first;        /* first: number of the block's first future  */
    unsigned cycle;              /* 0-based                                     */
    const double *const *params; /* (n_params) rows of shape (n)        */
    double *const *state;        /* (n_states) rows of shape (n), kept  */
    struct rw_hook_field *fields;
    size_t n_fields;
    struct rw_hook_item *items; /* of planners and threats */
    size_t n_items;
};

struct rw_plugin_ops {
    /* Makes an instance for one use on one thread. */
    enum rw_err (*open)(
        const struct rw_plugin_use *use, void **instance, struct rw_error *e);
    /* Before the first call of every block: nothing of another block may
     * remain. */
    enum rw_err (*begin)(void *instance, struct rw_error *e);
    /* One cycle of one block.  Errors name the plugin's file:line and the
     * scenario place of the use, with a traceback in e->detail. */
    enum rw_err (*call)(void *instance, struct rw_hook_call *c, struct rw_error *e);
    void (*close)(void *instance);
    /* Raised from any thread: calls under way end soon with
     * RW_ERR_INTERRUPT.  May be NULL. */
    void (*interrupt)(void);
};

struct rw_plugin {
    enum rw_plugin_kind kind;
    int api;
    const char *name, *version, *doc, *source, *license;
    const char *file;   /* as it is shown in messages */
    const char *sha256; /* of the file's bytes        */
    bool systemic;      /* threats: one event hits every listed asset */
    unsigned needs;     /* planners: bits, 1u << enum rw_need */
    const struct rw_plugin_param *params;
    size_t n_params;
    const struct rw_plugin_state *states;
    size_t n_states;
    const struct rw_plugin_ops *ops;
    const void *self; /* the host's own */
};

/* One threat's, control's or strategy's use of a plugin. */
struct rw_plugin_use {
    const struct rw_plugin *plugin; /* NULL: none */
    const char *owner;              /* "threat phish", for messages */
    struct rw_place place;          /* of the "plugin" or "planner" key */
    struct rw_estimate *values;     /* (n_params), defaults filled in */
    uint64_t lane;                  /* of its own draws; rw_model_build */
};

/* How the reader finds a plugin by kind and name. */
struct rw_plugin_finder {
    enum rw_err (*find)(void *self, enum rw_plugin_kind kind, const char *name,
        const struct rw_plugin **plugin, struct rw_error *e);
    /* NULL-terminated names of a kind, for "did you mean" */
    const char *const *(*names)(void *self, enum rw_plugin_kind kind);
    void *self;
};

enum {
    RW_THREAT_CYCLE,
    RW_THREAT_YEARS,
    RW_THREAT_TIME,
    RW_THREAT_VALUE,
    RW_THREAT_RECORDS,
    RW_THREAT_FREQUENCY,
    RW_THREAT_SUSCEPTIBILITY,
    RW_THREAT_LOSS_FACTOR,
    RW_THREAT_FIELDS
};
/* An asset of a systemic threat has those that are given, and no result. */
enum {
    RW_ASSET_VALUE,
    RW_ASSET_RECORDS,
    RW_ASSET_GIVEN,
    RW_ASSET_FREQUENCY = RW_ASSET_GIVEN,
    RW_ASSET_SUSCEPTIBILITY,
    RW_ASSET_FIELDS
};
enum {
    RW_CONTROL_CYCLE,
    RW_CONTROL_YEARS,
    RW_CONTROL_TIME,
    RW_CONTROL_AGE,
    RW_CONTROL_EFFICACY,
    RW_CONTROL_FIELDS
};
enum {
    RW_PLAN_CYCLE,
    RW_PLAN_YEARS,
    RW_PLAN_TIME,
    RW_PLAN_YEARS_LEFT,
    RW_PLAN_DISCOUNT_RATE,
    RW_PLAN_BUDGET,
    RW_PLAN_RESERVE,
    RW_PLAN_OVER,
    RW_PLAN_FIELDS
};
enum {
    RW_ITEM_BENEFIT,
    RW_ITEM_CAPITAL,
    RW_ITEM_RUNNING,
    RW_ITEM_BUILD_YEARS,
    RW_ITEM_SPREAD,
    RW_ITEM_PILLAR_COVERED,
    RW_ITEM_RELIEF,
    RW_ITEM_TAIL,
    RW_ITEM_SCORE,
    RW_ITEM_FIELDS
};

/* The fields of each kind, vectors unset:
 * threat   in  cycle (1-based), years (length of a cycle), time (years since
 *              start at the cycle's beginning), value (money) and records of all
 *              its assets
 *          out frequency [attempts/year on each asset, required unless every asset
 *              has its own], susceptibility [0..1, default 1], loss_factor [>= 0,
 *              default 1: multiplies every loss of this cycle's events]
 *   item   in  value (money), records of an asset, in the scenario's order
 *          out frequency, susceptibility [default: the threat's; none where the
 *              threat is systemic, as one event hits all its assets]
 * control  in  cycle, years, time, age (vector: years in operation at
 *              mid-cycle)
 *          out efficacy [0..1, required]
 * planner  in  cycle, years, time, years_left, discount_rate, budget
 *              (vector: money at hand), reserve (vector: more of it, for capital
 *              only); needing "appetite" over (vector: the largest ratio of a
 *              year's believed chance to exceed a loss of the appetite to the
 *              tolerated one: above 1 it is missed)
 *   item   in  benefit (vector: believed reduction of expected loss, money a
 *              year, averaged over what is left of the horizon), capital
 *              (money) and running (money a year), both vectors where the
 *              strategy knows the truth, build_years, spread (vector: standard
 *              deviation of benefit that unsure rates leave, money a year),
 *              pillar_covered (vector: share of its pillar's controls that are
 *              there or bought); needing "appetite" relief (vector: what over
 *              falls by with it), needing "tail" tail (vector: what the mean of
 *              the worst year in twenty falls by, money a year), both to first order and
 *              0 for what cannot be bought now
 *          out score (vector, required: bought in descending order while the
 *              budget lasts; never if <= 0) */
void rw_hook_threat_fields(struct rw_hook_field f[RW_THREAT_FIELDS]);
void rw_hook_asset_fields(struct rw_hook_field f[RW_ASSET_FIELDS]);
void rw_hook_control_fields(struct rw_hook_field f[RW_CONTROL_FIELDS]);
void rw_hook_planner_fields(struct rw_hook_field f[RW_PLAN_FIELDS]);
void rw_hook_item_fields(struct rw_hook_field f[RW_ITEM_FIELDS]);

#endif
