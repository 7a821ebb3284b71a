/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/field.h -- fields of a call and of its items, read and assigned by name
 * while Lua runs.
 *
 * `pending` is that of the first of the n fields.  A number goes to Lua as it is, a
 * vector as its row; a result gives back what waits for it, else its row.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_FIELD_H
#define RW_PLUG_FIELD_H

#include "plug/border.h"

/* The border of the call under way. */
struct rw_border *rw_field_border(lua_State *L);

/* NULL: there is none. */
struct rw_hook_field *rw_field_find(
    struct rw_hook_field *f, size_t n, const char *name);

/* [-0, +0 or +1, e]  The key at 2 as a text. */
const char *rw_field_key(lua_State *L);

/* [-0, +1, e]  What waits to be assigned, or else the row it will go to. */
void rw_field_push_pending(
    lua_State *L, const struct rw_pending *p, struct rw_dimension unit);

/* [-0, +0, e]  Puts the value at 3 aside; `what` is what it goes to, unit NULL: any. */
void rw_field_set_pending(
    lua_State *L, struct rw_pending *p, const char *what, const char *unit);

/* [-0, +1, e]  Returns 1. */
int rw_field_push(
    lua_State *L, const struct rw_hook_field *f, const struct rw_pending *pending);

/* [-0, +0, e]  Field `key` of object := the value at 3; returns 0. */
int rw_field_write(lua_State *L, const char *object, const char *key,
    struct rw_hook_field *f, size_t n, struct rw_pending *pending);

/* [-0, +0, e]  Raises that the object has no such field; others: NULL-terminated. */
int rw_field_unknown(lua_State *L, const char *object, const struct rw_hook_field *f,
    size_t n, const char *const others[], const char *key);

#endif
