/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/trial.h -- a plugin tried without an engine, by what its author said
 * of it (plug/example.h) and by what every plugin has to keep:
 *
 *   examples     each gives what it expects, to 1e-9 of the value
 *   ranges       over RW_TRIAL_FUTURES futures and RW_TRIAL_CYCLES cycles, with
 *                parameters drawn from their defaults or ranges, and with every one
 *                at its least and its largest value in turn, every result is
 *                finite and within its range
 *   blocks       the same bits for blocks of other sizes, in another order
 *   again        the same bits for the same call after others
 *   monotone     as declared, for parameters drawn in pairs
 *   speed        nanoseconds a future and cycle
 *
 * A parameter without a default is drawn around the first example's value (half of
 * it to twice it), else over its range, else from its bound on over one unit.
 *
 * Floor: plug.  Threads: one trial at a time a plugin.
 */
#ifndef RW_PLUG_TRIAL_H
#define RW_PLUG_TRIAL_H

#include "base/arena.h"
#include "base/text.h"
#include "model/hook.h"
#include "plug/declare.h"
#include "plug/example.h"

enum { RW_TRIAL_FUTURES = 1024, RW_TRIAL_CYCLES = 12, RW_TRIAL_FIELDS = 8 };

/* One use of one plugin, driven as the engine does. */
struct rw_trial {
    const struct rw_plugin *p;
    const struct rw_examples *examples;
    struct rw_plugin_use use;
    struct rw_hook_call call;
    struct rw_hook_field fields[RW_TRIAL_FIELDS]; /* enough for every kind */
    struct rw_hook_item items[RW_EXAMPLE_ITEMS];
    struct rw_hook_field item_fields[RW_EXAMPLE_ITEMS][RW_ITEM_FIELDS]; /* the same */
    size_t n_item_fields; /* of the kind */
    const double *params[RW_DECLARE_PARAMS];
    double *param_rows[RW_DECLARE_PARAMS], *state[RW_DECLARE_STATES];
    void *instance;
    struct rw_arena *a;
};

/* The plugin must be of plug/host.h.  RW_ERR_MEMORY, RW_ERR_PLUGIN. */
RW_MUST_CHECK enum rw_err rw_trial_open(struct rw_trial *t, const struct rw_plugin *p,
    const struct rw_examples *x, struct rw_arena *a, struct rw_error *e);
void rw_trial_close(struct rw_trial *t);

/* States as declared; what was fixed is drawn again. */
RW_MUST_CHECK enum rw_err rw_trial_begin(
    struct rw_trial *t, uint64_t first, size_t n, struct rw_error *e);
/* An input of the call, if its kind has it, the same in all futures. */
void rw_trial_give(struct rw_trial *t, const char *name, double x);
/* The call has the first n items, whose inputs are given already. */
void rw_trial_items(struct rw_trial *t, size_t n);
/* One cycle (from 0) of a quarter of a year. */
RW_MUST_CHECK enum rw_err rw_trial_call(
    struct rw_trial *t, unsigned cycle, struct rw_error *e);

/* Each appends a line or more: what was tried and that it held, or what did not;
 * *good <- false then.  Errors of the plugin count as what did not hold; RW_ERR_MEMORY,
 * RW_ERR_INTERRUPT. */
RW_MUST_CHECK enum rw_err rw_trial_examples(
    struct rw_trial *t, struct rw_text *to, bool *good, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_trial_probes(
    struct rw_trial *t, struct rw_text *to, bool *good, struct rw_error *e);
/* *ns <- nanoseconds a future and cycle, the fastest of several runs. */
RW_MUST_CHECK enum rw_err rw_trial_speed(
    struct rw_trial *t, double *ns, struct rw_error *e);

#endif
