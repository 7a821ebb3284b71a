/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/example.h -- what an author says his plugin does, so that it can be
 * tried (plug/trial.h):
 *
 *   examples = { { doc, [parameters], [given], [state], [draws], [assets],
 *                  [candidates], [expect], [after] }, ... }
 *     parameters  name -> number; those with a default may be left out, and then
 *                 have its mean
 *     given       input of the call -> number: cycle, years, time, age, ...; else
 *                 cycle 1 of a quarter, time by the cycle, all others 0
 *     state       name -> number before the call; else as declared
 *     draws       uniform numbers that the call's draws get, in their order
 *     assets      of a threat: { id, value, records }; t.value and t.records are
 *                 their sums, unless given
 *     candidates  of a planner: { id, benefit, capital, running, build_years }
 *     expect      result -> number; of a planner: candidate -> score; of a threat
 *                 also "ASSET.RESULT" -> number
 *     after       state -> number after the call
 *   monotone = { RESULT = { PARAMETER = 1 or -1 } }: where that parameter rises
 *     and all else stays, draws too, the result never falls (1) or rises (-1)
 *
 * Floor: plug.  Threads: as the state; what was read is const.
 */
#ifndef RW_PLUG_EXAMPLE_H
#define RW_PLUG_EXAMPLE_H

#include "base/arena.h"
#include "model/hook.h"

#include <lua.h>

enum { RW_EXAMPLES = 64, RW_EXAMPLE_ITEMS = 16 };

struct rw_named {
    const char *name;
    double x;
};
struct rw_named_list {
    const struct rw_named *v;
    size_t n;
};

struct rw_example_item {
    const char *id;
    struct rw_named_list given;
};

struct rw_example {
    const char *doc;
    struct rw_named_list params, given, state, expect, after;
    const double *draws;
    size_t n_draws;
    const struct rw_example_item *items;
    size_t n_items;
};

/* The result never falls (sign 1) or rises (-1) as the parameter rises. */
struct rw_monotone {
    const char *result;
    size_t param;
    int sign;
};

struct rw_examples {
    const struct rw_example *v;
    size_t n;
    const struct rw_monotone *monotone;
    size_t n_monotone;
};

/* [-0, +0, e]  Reads both keys of the main chunk's result on the top, of the
 * plugin that was read from it. */
void rw_example_read(
    lua_State *L, struct rw_arena *a, const struct rw_plugin *p, struct rw_examples *x);

#endif
