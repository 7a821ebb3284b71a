/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/field.h"
#include "plug/declare.h"
#include "plug/library.h"
#include "plug/sandbox.h"
#include "plug/unit_rule.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <string.h>

enum { MAX_WORDS = RW_DECLARE_PARAMS + 16 };

struct rw_border *
rw_field_border(lua_State *L)
{
    return rw_sandbox_of(L)->host;
}

struct rw_hook_field *
rw_field_find(struct rw_hook_field *f, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(f[i].name, name) == 0)
            return &f[i];
    return NULL;
}

const char *
rw_field_key(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TSTRING)
        return lua_tostring(L, 2);
    rw_library_tostring(L, 2);
    return lua_tostring(L, -1);
}

void
rw_field_set_pending(
    lua_State *L, struct rw_pending *p, const char *what, const char *unit)
{
    struct rw_term x = rw_vector_operand(L, 3, what);

    rw_unit_rule_assign(
        L, what, rw_dimension_parse(unit), rw_tape_unit(rw_sandbox_of(L)->tape, x));
    *p = (struct rw_pending){x, true, rw_sandbox_line(L)};
}

/* [-0, +1, e]  The row that belongs to p. */
static void
push_row(lua_State *L, const struct rw_pending *p, struct rw_dimension unit)
{
    const struct rw_border *b = rw_field_border(L);

    rw_vector_push_row(
        L, (uint32_t)(b->plugin->n_params + (size_t)(p - b->pending)), unit);
}

void
rw_field_push_pending(
    lua_State *L, const struct rw_pending *p, struct rw_dimension unit)
{
    if (p->set)
        rw_vector_push(L, p->x);
    else
        push_row(L, p, unit);
}

int
rw_field_push(
    lua_State *L, const struct rw_hook_field *f, const struct rw_pending *pending)
{
    if (f->need > 0 && !(rw_field_border(L)->plugin->needs >> (f->need - 1) & 1))
        return luaL_error(L,
            "%s is worked out for those alone that declare "
            "needs = { \"%s\" }",
            f->name, rw_need_names[f->need - 1]);
    if (f->kind == RW_FIELD_NUMBER)
        lua_pushnumber(L, f->number);
    else if (f->kind == RW_FIELD_VECTOR)
        push_row(L, pending, rw_dimension_parse(f->unit));
    else
        rw_field_push_pending(L, pending, rw_dimension_parse(f->unit));
    return 1;
}

int
rw_field_unknown(lua_State *L, const char *object, const struct rw_hook_field *f,
    size_t n, const char *const others[], const char *key)
{
    const char *words[MAX_WORDS];
    size_t k = 0;

    for (size_t i = 0; i < n && k < MAX_WORDS; i++)
        words[k++] = f[i].name;
    for (size_t i = 0; others[i] && k < MAX_WORDS; i++)
        words[k++] = others[i];
    return rw_library_unknown(
        L, lua_pushfstring(L, "%s has no field", object), key, words, k);
}

int
rw_field_write(lua_State *L, const char *object, const char *key,
    struct rw_hook_field *fields, size_t n, struct rw_pending *pending)
{
    const char *words[MAX_WORDS];
    const struct rw_hook_field *f = rw_field_find(fields, n, key);
    size_t k = 0;

    if (f && f->kind == RW_FIELD_RESULT) {
        rw_field_set_pending(
            L, &pending[f - fields], lua_pushfstring(L, "%s.%s", object, key), f->unit);
        return 0;
    }
    if (f)
        return luaL_error(
            L, "%s.%s is given by the engine and cannot be assigned", object, key);
    for (size_t i = 0; i < n && k < MAX_WORDS; i++)
        if (fields[i].kind == RW_FIELD_RESULT)
            words[k++] = fields[i].name;
    return rw_library_unknown(
        L, lua_pushfstring(L, "%s has no result", object), key, words, k);
}
