/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/library.h -- what a plugin sees: an allow-list, nothing else.
 *
 *   base    assert error ipairs pairs pcall rawequal rawget rawlen rawset
 *           select setmetatable tonumber tostring type
 *   math    all but random and randomseed
 *   string  byte char find (plain text) format len lower rep reverse sub upper
 *   table   concat insert pack remove sort unpack (plain tables)
 *   vec     plug/vector.h
 *   riskwheel  threat control planner: plug/declare.h
 *
 * Ours differ from Lua's where Lua's can hang, print an address or depend on
 * one: pairs visits integers ascending, then strings bytewise; tostring never
 * calls a metamethod; setmetatable copies the metatable and refuses those of
 * its fields that run behind the plugin's back; pcall passes limits on; sort
 * is stable; work done in C is charged.
 *
 * Libraries are read-only and shared; an unknown name in them or in the
 * environment is an error, as is writing a global.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_LIBRARY_H
#define RW_PLUG_LIBRARY_H

#include <lua.h>

#include <stddef.h>

enum { RW_LIBRARY_STRING = 1 << 20, RW_LIBRARY_WORDS = 64 };

/* [-0, +0, e]  Builds the libraries in the registry, empties the globals. */
void rw_library_open(lua_State *L);

/* [-0, +1, e]  A fresh environment. */
void rw_library_environment(lua_State *L);

/* [-0, +1, e]  tostring as plugins have it: no address, no metamethod. */
void rw_library_tostring(lua_State *L, int at);

/* [-0, +1, e]  The type, or what kind of userdata: "vector", "nil". */
void rw_library_type(lua_State *L, int at);

/* [-0, +1, e]  The keys of the table at `at` as an array, integers ascending
 * and then strings bytewise; returns their number.  Other keys are an error. */
size_t rw_library_keys(lua_State *L, int at);

/* [-0, +0, e]  Raises "WHAT 'WORD'" with the nearest of words[n] or, if none
 * is near, their list. */
int rw_library_unknown(lua_State *L, const char *what, const char *word,
    const char *const words[], size_t n);

/* [-0, +0, e]  Adds the replacements to the library table on the top, which
 * holds what was taken from Lua's own. */
void rw_library_string(lua_State *L);
void rw_library_table(lua_State *L);

#endif
