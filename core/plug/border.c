/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/border.h"
#include "plug/declare.h"
#include "plug/draw.h"
#include "plug/library.h"
#include "plug/sandbox.h"
#include "plug/unit_rule.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = RW_DECLARE_PARAMS + 16 };

/* registry: the objects, and the metatable of items */
static const char subject_key, params_key, state_key, item_key;

static struct rw_border *
border_of(lua_State *L)
{
    return rw_sandbox_of(L)->host;
}

/* The call under way. */
static struct rw_hook_call *
call_of(lua_State *L)
{
    return border_of(L)->call;
}

static bool
grow(struct rw_border *b, size_t n, size_t rows)
{
    if (n > b->room) {
        struct rw_pending *more = realloc(b->pending, n * sizeof *more);

        if (more == NULL)
            return false;
        b->pending = more;
        b->room = n;
    }
    if (rows > b->rows_room) {
        free(b->row);
        free(b->to);
        free(b->range);
        b->row = calloc(rows, sizeof *b->row);
        b->to = calloc(rows, sizeof *b->to);
        b->range = calloc(rows, sizeof *b->range);
        b->rows_room = b->row && b->to && b->range ? rows : 0;
    }
    return rows <= b->rows_room;
}

enum rw_err
rw_border_begin(struct rw_border *b, struct rw_hook_call *c, struct rw_error *e)
{
    size_t n = c->n_fields + b->plugin->n_states;

    for (size_t k = 0; k < c->n_items; k++)
        n += c->items[k].n_fields;
    if (!grow(b, n, b->plugin->n_params + n))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a plugin's results");
    if (n > 0)
        memset(b->pending, 0, n * sizeof *b->pending);
    b->n_pending = n;
    b->call = c;
    b->draws = 0;
    b->line = 0;
    return RW_OK;
}

void
rw_border_begin_block(struct rw_border *b)
{
    memset(b->state_unit, 0, sizeof b->state_unit);
}

void
rw_border_end(struct rw_border *b, const struct rw_tape *t)
{
    const struct rw_pending *p = &b->pending[b->call->n_fields];

    for (size_t k = 0; k < b->plugin->n_states; k++)
        if (p[k].set)
            b->state_unit[k] = rw_tape_unit(t, p[k].x);
}

size_t
rw_border_rows(const struct rw_border *b)
{
    return b->plugin->n_params + b->n_pending;
}

void
rw_border_fini(struct rw_border *b)
{
    free(b->pending);
    free(b->row);
    free(b->to);
    free(b->range);
    rw_workspace_fini(&b->work);
    b->pending = NULL;
    b->row = NULL;
    b->to = NULL;
    b->range = NULL;
    b->room = b->rows_room = 0;
}

/* [-0, +0, e]  Raises that `object` has no field of that name. */
static int
no_field(
    lua_State *L, const char *object, const char *key, const char *words[], size_t n)
{
    const char *what = lua_pushfstring(L, "%s has no field", object);

    return rw_library_unknown(L, what, key, words, n);
}

static const char *
key_text(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TSTRING)
        return lua_tostring(L, 2);
    rw_library_tostring(L, 2);
    return lua_tostring(L, -1);
}

/* Puts the value at 3 aside for later; `what` is what it goes to, NULL: any unit. */
static void
set_pending(lua_State *L, struct rw_pending *p, const char *what, const char *unit)
{
    struct rw_term x = rw_vector_operand(L, 3, what);

    rw_unit_rule_assign(
        L, what, rw_dimension_parse(unit), rw_tape_unit(rw_sandbox_of(L)->tape, x));
    *p = (struct rw_pending){x, true, rw_sandbox_line(L)};
}

/* [-0, +1, e]  The row that belongs to p, or to a field of the call. */
static void
push_row(lua_State *L, const struct rw_pending *p, struct rw_dimension unit)
{
    const struct rw_border *b = border_of(L);

    rw_vector_push_row(
        L, (uint32_t)(b->plugin->n_params + (size_t)(p - b->pending)), unit);
}

/* [-0, +1, e]  What is waiting, or else the row it will go to. */
static void
push_pending(lua_State *L, const struct rw_pending *p, struct rw_dimension unit)
{
    if (p->set)
        rw_vector_push(L, p->x);
    else
        push_row(L, p, unit);
}

static struct rw_hook_field *
find_field(struct rw_hook_field *f, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(f[i].name, key) == 0)
            return &f[i];
    return NULL;
}

/* [-0, +1, e] */
static int
push_field(lua_State *L, const struct rw_hook_field *f, const struct rw_pending *p)
{
    if (f->need > 0 && !(border_of(L)->plugin->needs >> (f->need - 1) & 1))
        return luaL_error(L,
            "%s is worked out for those alone that declare "
            "needs = { \"%s\" }",
            f->name, rw_need_names[f->need - 1]);
    if (f->kind == RW_FIELD_NUMBER)
        lua_pushnumber(L, f->number);
    else if (f->kind == RW_FIELD_VECTOR)
        push_row(L, p, rw_dimension_parse(f->unit));
    else
        push_pending(L, p, rw_dimension_parse(f->unit));
    return 1;
}

static int
unknown_field(lua_State *L, const char *object, const struct rw_hook_field *f, size_t n,
    const char *const others[], const char *key)
{
    const char *words[MAX_WORDS];
    size_t k = 0;

    for (size_t i = 0; i < n && k < MAX_WORDS; i++)
        words[k++] = f[i].name;
    for (size_t i = 0; others[i] && k < MAX_WORDS; i++)
        words[k++] = others[i];
    return no_field(L, object, key, words, k);
}

static int
write_field(lua_State *L, const char *object, struct rw_hook_field *fields, size_t n,
    struct rw_pending *pending)
{
    const char *key = key_text(L), *words[MAX_WORDS];
    const struct rw_hook_field *f = find_field(fields, n, key);
    size_t k = 0;

    if (f && f->kind == RW_FIELD_RESULT) {
        set_pending(
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

static const char *
subject_name(lua_State *L)
{
    return border_of(L)->plugin->kind == RW_PLUGIN_PLANNER
               ? "plan"
               : rw_plugin_kind_names[border_of(L)->plugin->kind];
}

/* [-0, +1, e]  The items of a plan; the number of the item is its payload. */
static int
push_candidates(lua_State *L)
{
    struct rw_hook_call *c = call_of(L);

    lua_newtable(L);
    for (size_t k = 0; k < c->n_items; k++) {
        size_t *item = lua_newuserdatauv(L, sizeof *item, 0);

        *item = k;
        lua_rawgetp(L, LUA_REGISTRYINDEX, &item_key);
        lua_setmetatable(L, -2);
        lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    return 1;
}

static int
subject_index(lua_State *L)
{
    static const char *const lists[] = {"candidates", NULL};
    struct rw_border *b = border_of(L);
    struct rw_hook_call *c = b->call;
    bool planner = b->plugin->kind == RW_PLUGIN_PLANNER;
    const char *key = key_text(L);
    const struct rw_hook_field *f = find_field(c->fields, c->n_fields, key);

    if (f)
        return push_field(L, f, &b->pending[f - c->fields]);
    if (planner && strcmp(key, "candidates") == 0)
        return push_candidates(L);
    if (!planner && rw_draw_push(L, key))
        return 1;
    return unknown_field(L, subject_name(L), c->fields, c->n_fields,
        planner ? lists : rw_draw_names, key);
}

static int
subject_newindex(lua_State *L)
{
    struct rw_border *b = border_of(L);

    return write_field(
        L, subject_name(L), b->call->fields, b->call->n_fields, b->pending);
}

static int
params_index(lua_State *L)
{
    const struct rw_border *b = border_of(L);
    const struct rw_plugin *p = b->plugin;
    const char *key = key_text(L), *words[RW_DECLARE_PARAMS];

    for (size_t i = 0; i < p->n_params; i++)
        if (strcmp(p->params[i].name, key) == 0) {
            rw_vector_push_row(L, (uint32_t)i, rw_dimension_parse(p->params[i].unit));
            return 1;
        }
    for (size_t i = 0; i < p->n_params; i++)
        words[i] = p->params[i].name;
    return rw_library_unknown(
        L, "the plugin declares no parameter", key, words, p->n_params);
}

static int
params_newindex(lua_State *L)
{
    return luaL_error(L, "parameter '%s' is given and cannot be assigned", key_text(L));
}

static size_t
state_at(lua_State *L)
{
    const struct rw_plugin *p = border_of(L)->plugin;
    const char *key = key_text(L), *words[RW_DECLARE_STATES];

    for (size_t i = 0; i < p->n_states; i++) {
        if (strcmp(p->states[i].name, key) == 0)
            return i;
        words[i] = p->states[i].name;
    }
    return (size_t)rw_library_unknown(
        L, "the plugin declares no state", key, words, p->n_states);
}

static int
state_index(lua_State *L)
{
    struct rw_border *b = border_of(L);
    size_t i = state_at(L);

    push_pending(L, &b->pending[b->call->n_fields + i], b->state_unit[i]);
    return 1;
}

static int
state_newindex(lua_State *L)
{
    struct rw_border *b = border_of(L);
    size_t i = state_at(L);

    set_pending(L, &b->pending[b->call->n_fields + i],
        lua_pushfstring(L, "state.%s", b->plugin->states[i].name), NULL);
    return 0;
}

/* The item at 1 and the place of its results. */
static struct rw_hook_item *
item_of(lua_State *L, struct rw_pending **pending)
{
    struct rw_border *b = border_of(L);
    size_t at = b->call->n_fields + b->plugin->n_states,
           item = *(size_t *)lua_touserdata(L, 1);

    if (item >= b->call->n_items)
        luaL_error(L, "this candidate is of an earlier call");
    for (size_t k = 0; k < item; k++)
        at += b->call->items[k].n_fields;
    *pending = &b->pending[at];
    return &b->call->items[item];
}

static int
item_index(lua_State *L)
{
    static const char *const others[] = {"id", NULL};
    struct rw_pending *pending;
    const struct rw_hook_item *it = item_of(L, &pending);
    const char *key = key_text(L);
    const struct rw_hook_field *f = find_field(it->fields, it->n_fields, key);

    if (f)
        return push_field(L, f, &pending[f - it->fields]);
    if (strcmp(key, "id") == 0) {
        lua_pushstring(L, it->id);
        return 1;
    }
    return unknown_field(L, "a candidate", it->fields, it->n_fields, others, key);
}

static int
item_newindex(lua_State *L)
{
    struct rw_pending *pending;
    struct rw_hook_item *it = item_of(L, &pending);

    return write_field(L, "candidate", it->fields, it->n_fields, pending);
}

/* [-0, +1]  A metatable of that name and those two events. */
static void
new_meta(lua_State *L, const char *name, lua_CFunction index, lua_CFunction newindex)
{
    lua_createtable(L, 0, 4);
    lua_pushcfunction(L, index);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, newindex);
    lua_setfield(L, -2, "__newindex");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

/* [-0, +0]  An object of its own metatable, kept in the registry. */
static void
keep_object(lua_State *L, const char *key, const char *name, lua_CFunction index,
    lua_CFunction newindex)
{
    lua_newuserdatauv(L, 0, 0);
    new_meta(L, name, index, newindex);
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void
rw_border_open(lua_State *L, enum rw_plugin_kind kind)
{
    keep_object(L, &subject_key,
        kind == RW_PLUGIN_PLANNER ? "plan" : rw_plugin_kind_names[kind], subject_index,
        subject_newindex);
    keep_object(L, &params_key, "parameters", params_index, params_newindex);
    keep_object(L, &state_key, "state", state_index, state_newindex);
    new_meta(L, "candidate", item_index, item_newindex);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &item_key);
}

int
rw_border_push_arguments(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &subject_key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &params_key);
    if (border_of(L)->plugin->kind == RW_PLUGIN_PLANNER)
        return 2;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &state_key);
    return 3;
}
