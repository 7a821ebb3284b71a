/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/item.h"
#include "plug/field.h"
#include "plug/library.h"

#include <lauxlib.h>

#include <string.h>

static const char item_key; /* registry: the metatable of items */

static const char *const names[RW_PLUGIN_KINDS] = {
    [RW_PLUGIN_THREAT] = "asset", [RW_PLUGIN_PLANNER] = "candidate"};
static const char *const list_names[RW_PLUGIN_KINDS] = {
    [RW_PLUGIN_THREAT] = "assets", [RW_PLUGIN_PLANNER] = "candidates"};

const char *
rw_item_name(enum rw_plugin_kind kind)
{
    return names[kind];
}

const char *
rw_item_list_name(enum rw_plugin_kind kind)
{
    return list_names[kind];
}

static const char *
name_of(lua_State *L)
{
    return names[rw_field_border(L)->plugin->kind];
}

/* The number of an item is its payload. */
int
rw_item_push_list(lua_State *L)
{
    const struct rw_hook_call *c = rw_field_border(L)->call;

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

/* The item at 1 and the place of its results. */
static struct rw_hook_item *
item_of(lua_State *L, struct rw_pending **pending)
{
    struct rw_border *b = rw_field_border(L);
    size_t at = b->call->n_fields + b->plugin->n_states,
           item = *(size_t *)lua_touserdata(L, 1);

    if (item >= b->call->n_items)
        luaL_error(L, "this %s is of an earlier call", name_of(L));
    for (size_t k = 0; k < item; k++)
        at += b->call->items[k].n_fields;
    *pending = &b->pending[at];
    return &b->call->items[item];
}

/* What the call has under the name of a result of its items, if it has it. */
static const struct rw_hook_field *
shared_result(const struct rw_border *b, const char *key)
{
    const struct rw_hook_field *f =
        rw_field_find(b->call->fields, b->call->n_fields, key);

    return f && f->kind == RW_FIELD_RESULT ? f : NULL;
}

static int
item_index(lua_State *L)
{
    static const char *const others[] = {"id", NULL};
    const struct rw_border *b = rw_field_border(L);
    struct rw_pending *pending;
    const struct rw_hook_item *it = item_of(L, &pending);
    const char *key = rw_field_key(L);
    const struct rw_hook_field *f = rw_field_find(it->fields, it->n_fields, key),
                               *shared = shared_result(b, key);

    if (shared && (f == NULL || !pending[f - it->fields].set))
        return rw_field_push(L, shared, &b->pending[shared - b->call->fields]);
    if (f)
        return rw_field_push(L, f, &pending[f - it->fields]);
    if (strcmp(key, "id") == 0) {
        lua_pushstring(L, it->id);
        return 1;
    }
    return rw_field_unknown(L,
        lua_pushfstring(
            L, b->plugin->kind == RW_PLUGIN_THREAT ? "an %s" : "a %s", name_of(L)),
        it->fields, it->n_fields, others, key);
}

static int
item_newindex(lua_State *L)
{
    struct rw_pending *pending;
    struct rw_hook_item *it = item_of(L, &pending);
    const char *key = rw_field_key(L);

    if (rw_field_find(it->fields, it->n_fields, key) == NULL &&
        shared_result(rw_field_border(L), key))
        return luaL_error(L, "%s.%s is what all assets have: assign t.%s%s", name_of(L),
            key, key,
            it->n_fields == RW_ASSET_GIVEN ? ", as one event of a systemic threat hits "
                                             "them all"
                                           : "");
    return rw_field_write(L, name_of(L), key, it->fields, it->n_fields, pending);
}

void
rw_item_open(lua_State *L, enum rw_plugin_kind kind)
{
    if (names[kind] == NULL)
        return;
    rw_border_new_meta(L, names[kind], item_index, item_newindex);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &item_key);
}
