/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/border.h"
#include "plug/declare.h"
#include "plug/draw.h"
#include "plug/field.h"
#include "plug/item.h"
#include "plug/library.h"
#include "plug/sandbox.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

static const char subject_key, params_key, state_key; /* registry: the objects */

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

static const char *
subject_name(lua_State *L)
{
    return rw_field_border(L)->plugin->kind == RW_PLUGIN_PLANNER
               ? "plan"
               : rw_plugin_kind_names[rw_field_border(L)->plugin->kind];
}

static int
subject_index(lua_State *L)
{
    const char *others[32];
    const struct rw_border *b = rw_field_border(L);
    const struct rw_hook_call *c = b->call;
    const char *list = rw_item_list_name(b->plugin->kind), *key = rw_field_key(L);
    const struct rw_hook_field *f = rw_field_find(c->fields, c->n_fields, key);
    size_t n = 0;

    if (f)
        return rw_field_push(L, f, &b->pending[f - c->fields]);
    if (list && strcmp(key, list) == 0)
        return rw_item_push_list(L);
    if (b->plugin->kind != RW_PLUGIN_PLANNER && rw_draw_push(L, key))
        return 1;
    if (list)
        others[n++] = list;
    for (size_t k = 0; b->plugin->kind != RW_PLUGIN_PLANNER && rw_draw_names[k]; k++)
        others[n++] = rw_draw_names[k];
    others[n] = NULL;
    return rw_field_unknown(L, subject_name(L), c->fields, c->n_fields, others, key);
}

static int
subject_newindex(lua_State *L)
{
    struct rw_border *b = rw_field_border(L);

    return rw_field_write(L, subject_name(L), rw_field_key(L), b->call->fields,
        b->call->n_fields, b->pending);
}

static int
params_index(lua_State *L)
{
    const struct rw_border *b = rw_field_border(L);
    const struct rw_plugin *p = b->plugin;
    const char *key = rw_field_key(L), *words[RW_DECLARE_PARAMS];

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
    return luaL_error(
        L, "parameter '%s' is given and cannot be assigned", rw_field_key(L));
}

static size_t
state_at(lua_State *L)
{
    const struct rw_plugin *p = rw_field_border(L)->plugin;
    const char *key = rw_field_key(L), *words[RW_DECLARE_STATES];

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
    struct rw_border *b = rw_field_border(L);
    size_t i = state_at(L);

    rw_field_push_pending(L, &b->pending[b->call->n_fields + i], b->state_unit[i]);
    return 1;
}

static int
state_newindex(lua_State *L)
{
    struct rw_border *b = rw_field_border(L);
    size_t i = state_at(L);

    rw_field_set_pending(L, &b->pending[b->call->n_fields + i],
        lua_pushfstring(L, "state.%s", b->plugin->states[i].name), NULL);
    return 0;
}

void
rw_border_new_meta(
    lua_State *L, const char *name, lua_CFunction index, lua_CFunction newindex)
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
    rw_border_new_meta(L, name, index, newindex);
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
    rw_item_open(L, kind);
}

int
rw_border_push_arguments(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &subject_key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &params_key);
    if (rw_field_border(L)->plugin->kind == RW_PLUGIN_PLANNER)
        return 2;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &state_key);
    return 3;
}
