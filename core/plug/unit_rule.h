/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/unit_rule.h -- units followed through what a plugin does with vectors.
 *
 * Parameters and states' rows have units, so each node of the tape has what follows
 * from its operands' (base/dimension.h).  All of it happens while Lua runs, once for
 * each operation that is written down, and never for an element.
 *
 *   known   parameters by their declared unit; inputs that are vectors, results (read
 *           back) by the call's fields; a state from the call on in which something
 *           known was assigned to it
 *   pure    comparisons, standard normals, shares (beta), happens, Poisson numbers
 *   any     numbers, written ones and t.years, t.time, ... alike; uniforms; exp and
 *           log of anything, as their argument may be the log of any quantity; powers,
 *           as of (1 + growth) ^ years; states before that; units in other words
 *
 * Found: sums, differences, comparisons, min, max, clamp, where and pick of two that
 * are known and differ; exp, log and draws' counts and shapes of what is known and no
 * pure number; a result that is known and no such thing.  Units that differ in size
 * alone (day and year, or day/year as a pure number) differ too: both are declared.
 * Not found: what goes through a number.  2 * p.cost may be anything, as 2 may be in
 * 1/currency; so may p.rate * t.years.  Whoever means what is refused multiplies by 1.
 *
 * Nothing here knows what was meant, so nothing that is told is a false alarm but where
 * an author reads a quantity as its number: vec.exp(-c.age) for c.age in years.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_UNIT_RULE_H
#define RW_PLUG_UNIT_RULE_H

#include "base/dimension.h"
#include "plug/tape.h"

#include <lua.h>

/* [-0, +0, e]  The unit of op of its operands; raises where they cannot be. */
struct rw_dimension rw_unit_rule_apply(lua_State *L, const struct rw_operation *op,
    const struct rw_dimension unit[RW_KERNEL_OPERANDS]);

/* [-0, +0, e]  Raises unless something of unit `got` may become `what`. */
void rw_unit_rule_assign(lua_State *L, const char *what, struct rw_dimension wanted,
    struct rw_dimension got);

#endif
