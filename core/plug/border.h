/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/border.h -- the objects a plugin's function is given.
 *
 *   cycle(t, p, state)  t.FIELD read, t.RESULT = number or vector,
 *                       t:uniform(), t:normal(), and the laws of plug/law.h
 *                       t.assets[i].FIELD, .RESULT = ..., .id (threats)
 *   score(plan, p)      plan.FIELD, plan.candidates[i].FIELD, .score = ..., .id
 *   p.NAME              parameters, vectors
 *   state.NAME          vectors, kept from cycle to cycle
 *
 * Fields are those of the call (model/hook.h), found by name.  Values that
 * are assigned are computed and checked after the function has returned, so
 * until then every vector that was read stands for what it held.
 *
 * Draws: the k-th of a call, k = 0 .. 255, of future i is
 *   word(seed, i, lane of the use, 256 cycle + k).
 * u in (0, 1), and a draw is Q(u) of its law.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_BORDER_H
#define RW_PLUG_BORDER_H

#include "model/hook.h"
#include "plug/declare.h"
#include "plug/program.h"

#include <lua.h>

enum { RW_BORDER_DRAWS = 256 }; /* per call and future */

/* A value assigned to a result or a state. */
struct rw_pending {
    struct rw_term x;
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
    /* (n_params + n_pending) rows of the tape: parameters, then as pending; scratch */
    const double **row;
    double **to;
    struct rw_range *range;
    size_t rows_room;
    struct rw_workspace work;
    int line; /* of the place rw_border_commit complains of */
    struct rw_dimension state_unit[RW_DECLARE_STATES]; /* what is known of the states */
};

/* [-0, +0, e]  Makes the objects; the sandbox's host must be the border. */
void rw_border_open(lua_State *L, enum rw_plugin_kind kind);

/* [-0, +1, e]  A metatable of that name and those two events. */
void rw_border_new_meta(
    lua_State *L, const char *name, lua_CFunction index, lua_CFunction newindex);

/* Prepares a call; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_border_begin(
    struct rw_border *b, struct rw_hook_call *c, struct rw_error *e);

/* Lua makes a block's calls from its first on: of states nothing is known yet. */
void rw_border_begin_block(struct rw_border *b);

/* Lua has made the call: units of what it assigned to states are known by the next. */
void rw_border_end(struct rw_border *b, const struct rw_tape *t);

/* Rows that a tape of the call may read. */
size_t rw_border_rows(const struct rw_border *b);

/* [-0, +2 or +3, e]  Pushes the function's arguments; returns their number. */
int rw_border_push_arguments(lua_State *L);

/* *p <- what computes that which was assigned.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_border_program(struct rw_border *b,
    const struct rw_tape *t, struct rw_program *p, struct rw_error *e);

/* Computes what was assigned, where it belongs, and checks it; pending: of the call
 * that p was made of.  RW_ERR_PLUGIN: a required result is missing, an element is not
 * finite or out of range, or an operation cannot take its operands; the text names
 * field, value, future and that future's parameters, b->line the place.
 * RW_ERR_MEMORY, RW_ERR_INTERRUPT. */
RW_MUST_CHECK enum rw_err rw_border_commit(struct rw_border *b,
    const struct rw_pending pending[], const struct rw_program *p, struct rw_error *e);

void rw_border_fini(struct rw_border *b);

#endif
