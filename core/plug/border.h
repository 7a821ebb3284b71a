/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/border.h -- the objects a plugin's function is given.
 *
 *   cycle(t, p, state)  t.FIELD read, t.RESULT = number or vector,
 *                       t:uniform(), t:normal(), t:happens(expected_count)
 *   score(plan, p)      plan.FIELD, plan.candidates[i].FIELD, .score = ..., .id
 *   p.NAME              parameters, vectors
 *   state.NAME          vectors, kept from cycle to cycle
 *
 * Fields are those of the call (model/hook.h), found by name.  Values that
 * are assigned are checked and copied out after the function has returned,
 * so until then every vector that was read keeps what it held.
 *
 * Draws: the k-th of a call, k = 0 .. 255, of future i is
 *   word(seed, i, lane of the use, 256 cycle + k).
 *   uniform u in (0, 1); normal: Q(u); happens(x): u < 1 - exp(-x)
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_BORDER_H
#define RW_PLUG_BORDER_H

#include "model/hook.h"

#include <lua.h>

enum { RW_BORDER_DRAWS = 256 }; /* per call and future */

/* A value assigned to a result or a state, not yet copied out. */
struct rw_pending {
    const double *x; /* shape (n); NULL: the number */
    double number;
    bool set;
    int line; /* of the assignment */
};

struct rw_border {
    const struct rw_plugin *plugin;
    const struct rw_plugin_use *use;
    const struct rw_sampler *normal; /* standard normal */
    struct rw_hook_call *call;       /* NULL: none under way */
    unsigned draws;
    const double *fixed; /* (n_fixed) what draws give; NULL: the streams' */
    size_t n_fixed;
    /* of the call's fields, then the states, then each item's fields */
    struct rw_pending *pending;
    size_t n_pending, room;
    int line; /* of the assignment rw_border_commit complains of */
};

/* [-0, +0, e]  Makes the objects; the sandbox's host must be the border. */
void rw_border_open(lua_State *L, enum rw_plugin_kind kind);

/* Prepares a call; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_border_begin(
    struct rw_border *b, struct rw_hook_call *c, struct rw_error *e);

/* [-0, +2 or +3, e]  Pushes the function's arguments; returns their number. */
int rw_border_push_arguments(lua_State *L);

/* Checks and copies out what was assigned.  RW_ERR_PLUGIN: a required result
 * is missing, or an element is not finite or out of range; the text names
 * field, value, future and that future's parameters, b->line the place. */
RW_MUST_CHECK enum rw_err rw_border_commit(struct rw_border *b, struct rw_error *e);

void rw_border_fini(struct rw_border *b);

#endif
