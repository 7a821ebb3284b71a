/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/declare.h -- what a plugin says about itself: the table given to
 * riskwheel.threat, riskwheel.control or riskwheel.planner.
 *
 *   api, name, doc             required
 *   version, source, license   texts
 *   systemic                   true or false, threats only
 *   parameters  name -> { unit, doc, [min], [max], [default] }; the default is
 *               a number or { dist = NAME, ... } and must lie in [min, max]
 *   state       name -> number, the value before the first cycle
 *   examples, monotone         how it can be tried: plug/example.h
 *   cycle       the function of threats and controls
 *   score       the function of planners
 *
 * Parameters and states are kept in bytewise order of their names.  An
 * unknown key is an error.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_DECLARE_H
#define RW_PLUG_DECLARE_H

#include "base/arena.h"
#include "model/hook.h"

#include <lua.h>

enum { RW_DECLARE_NAME = 48, RW_DECLARE_PARAMS = 64, RW_DECLARE_STATES = 64 };

/* [-0, +1, e]  The library table "riskwheel". */
void rw_declare_open(lua_State *L);

/* [-0, +0, e]  Reads the main chunk's result on the top into *p (kind, api,
 * texts, parameters, states), its memory in the arena. */
void rw_declare_read(lua_State *L, struct rw_arena *a, struct rw_plugin *p);

/* [-0, +1, e]  The table that the main chunk's result on the top declared. */
void rw_declare_table(lua_State *L);

/* [-1, +1, e]  Takes the main chunk's result and leaves the plugin's
 * function; an error if kind or name are not those of *p. */
void rw_declare_function(lua_State *L, const struct rw_plugin *p);

/* "cycle" or "score". */
const char *rw_declare_function_name(enum rw_plugin_kind kind);

/* [a-z][a-z0-9_]*, not longer than RW_DECLARE_NAME. */
bool rw_declare_is_name(const char *s);

#endif
