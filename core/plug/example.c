/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/example.h"
#include "plug/declare.h"
#include "plug/item.h"
#include "plug/library.h"

#include <lauxlib.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FIELDS = 24, WORDS = 80 };

/* Names that may stand in a list, for the error. */
struct words {
    const char *v[WORDS];
    size_t n;
};

/* The fields of a call of the kind, or of its items. */
static size_t
fields_of(enum rw_plugin_kind kind, bool item, struct rw_hook_field f[FIELDS])
{
    switch (kind) {
    case RW_PLUGIN_THREAT:
        if (item)
            rw_hook_asset_fields(f);
        else
            rw_hook_threat_fields(f);
        return item ? (size_t)RW_ASSET_FIELDS : (size_t)RW_THREAT_FIELDS;
    case RW_PLUGIN_CONTROL:
        rw_hook_control_fields(f);
        return item ? 0 : RW_CONTROL_FIELDS;
    default:
        if (item)
            rw_hook_item_fields(f);
        else
            rw_hook_planner_fields(f);
        return item ? (size_t)RW_ITEM_FIELDS : (size_t)RW_PLAN_FIELDS;
    }
}

static struct words
field_words(enum rw_plugin_kind kind, bool item, bool results)
{
    struct rw_hook_field f[FIELDS];
    struct words w = {.n = 0};
    size_t n = fields_of(kind, item, f);

    for (size_t k = 0; k < n; k++)
        if ((f[k].kind == RW_FIELD_RESULT) == results)
            w.v[w.n++] = f[k].name;
    return w;
}

static struct words
param_words(const struct rw_plugin *p)
{
    struct words w = {.n = p->n_params};

    for (size_t k = 0; k < p->n_params; k++)
        w.v[k] = p->params[k].name;
    return w;
}

static struct words
state_words(const struct rw_plugin *p)
{
    struct words w = {.n = p->n_states};

    for (size_t k = 0; k < p->n_states; k++)
        w.v[k] = p->states[k].name;
    return w;
}

static void
check_word(lua_State *L, const char *where, const char *key, const struct words *w)
{
    for (size_t k = 0; k < w->n; k++)
        if (strcmp(w->v[k], key) == 0)
            return;
    rw_library_unknown(
        L, lua_pushfstring(L, "%s: there is no", where), key, w->v, w->n);
}

static void *
must(lua_State *L, void *memory)
{
    if (memory == NULL)
        luaL_error(L, "no memory for the plugin's examples");
    return memory;
}

/* [-0, +1, e]  Field of the table on the top, a table or nil. */
static bool
open_table(lua_State *L, const char *where, const char *key)
{
    lua_pushstring(L, key);
    lua_rawget(L, -2);
    if (!lua_istable(L, -1) && !lua_isnil(L, -1))
        luaL_error(
            L, "%s.%s must be a table, got a %s", where, key, luaL_typename(L, -1));
    return lua_istable(L, -1);
}

static double
number_on_top(lua_State *L, const char *where, const char *key)
{
    if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
        luaL_error(L, "%s: '%s' must be a finite number", where, key);
    return lua_tonumber(L, -1);
}

/* [-0, +0, e]  name -> number of the table on the top, but for `skip`; words NULL:
 * any name. */
static void
read_numbers(lua_State *L, struct rw_arena *a, const char *where, const char *skip,
    const struct words *words, struct rw_named_list *list)
{
    size_t n = rw_library_keys(L, -1); /* table keys */
    struct rw_named *v = must(L, RW_ARENA_NEW(a, n, struct rw_named));

    list->n = 0;
    for (size_t i = 0; i < n; i++) {
        const char *key;

        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TSTRING)
            luaL_error(L, "%s: its entries have names", where);
        key = lua_tostring(L, -1); /* table keys key */
        if (skip == NULL || strcmp(key, skip) != 0) {
            if (words)
                check_word(L, where, key, words);
            lua_pushvalue(L, -1);
            lua_rawget(L, -4);
            v[list->n++] = (struct rw_named){
                must(L, rw_arena_strdup(a, key)), number_on_top(L, where, key)};
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    list->v = v;
}

/* [-0, +0, e]  Table `key` of the table on the top, if it is there. */
static void
read_list(lua_State *L, struct rw_arena *a, const char *where, const char *key,
    const struct words *words, struct rw_named_list *list)
{
    const char *inner = lua_pushfstring(L, "%s.%s", where, key);

    lua_insert(L, -2); /* inner table */
    if (open_table(L, where, key))
        read_numbers(L, a, inner, NULL, words, list);
    lua_pop(L, 1);
    lua_remove(L, -2);
}

static void
read_draws(lua_State *L, struct rw_arena *a, const char *where, struct rw_example *x)
{
    double *draws;

    if (open_table(L, where, "draws")) {
        x->n_draws = lua_rawlen(L, -1);
        draws = must(L, RW_ARENA_NEW(a, x->n_draws, double));
        for (size_t i = 0; i < x->n_draws; i++) {
            lua_rawgeti(L, -1, (lua_Integer)i + 1);
            draws[i] = number_on_top(L, where, "draws");
            if (!(draws[i] > 0 && draws[i] < 1))
                luaL_error(L, "%s: a draw lies between 0 and 1", where);
            lua_pop(L, 1);
        }
        x->draws = draws;
    }
    lua_pop(L, 1);
}

static void
read_items(lua_State *L, struct rw_arena *a, const char *where,
    enum rw_plugin_kind kind, struct rw_example *x)
{
    const struct words words = field_words(kind, true, false);
    const char *name = rw_item_name(kind), *list = rw_item_list_name(kind);
    struct rw_example_item *items;

    if (list == NULL || !open_table(L, where, list)) {
        lua_pop(L, list ? 1 : 0);
        return;
    }
    x->n_items = lua_rawlen(L, -1);
    if (x->n_items > RW_EXAMPLE_ITEMS)
        luaL_error(L, "%s has more than %d %s", where, RW_EXAMPLE_ITEMS, list);
    items = must(L, RW_ARENA_NEW(a, x->n_items, struct rw_example_item));
    for (size_t i = 0; i < x->n_items; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE)
            luaL_error(L, "%s.%s: each %s is a table", where, list, name);
        lua_pushstring(L, "id");
        if (lua_rawget(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s.%s: each %s has an id", where, list, name);
        items[i].id = must(L, rw_arena_strdup(a, lua_tostring(L, -1)));
        lua_pop(L, 1);
        read_numbers(L, a, where, "id", &words, &items[i].given);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    x->items = items;
}

/* Adds what may be expected of items: scores by id, of assets "ID.RESULT". */
static void
add_expected(lua_State *L, struct rw_arena *a, enum rw_plugin_kind kind,
    const struct rw_example *x, struct words *w)
{
    const struct words results = field_words(kind, true, true);

    for (size_t k = 0; k < x->n_items; k++)
        for (size_t i = 0; i < results.n; i++)
            w->v[w->n++] = kind == RW_PLUGIN_PLANNER
                               ? x->items[k].id
                               : must(L, rw_arena_printf(
                                             a, "%s.%s", x->items[k].id, results.v[i]));
}

/* The list of the kind's items comes last. */
static const char *const example_keys[] = {
    "after", "doc", "draws", "expect", "given", "parameters", "state"};

/* Every key of the table on the top is one of an example's. */
static void
check_keys(lua_State *L, const char *where, enum rw_plugin_kind kind)
{
    struct words words = {.n = sizeof example_keys / sizeof *example_keys};
    size_t n = rw_library_keys(L, -1);

    memcpy(words.v, example_keys, sizeof example_keys);
    if (rw_item_list_name(kind))
        words.v[words.n++] = rw_item_list_name(kind);
    for (size_t i = 0; i < n; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TSTRING)
            luaL_error(L, "%s: its entries have names", where);
        check_word(L, where, lua_tostring(L, -1), &words);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* Parameters without a default must be given. */
static void
check_params(lua_State *L, const char *where, const struct rw_plugin *p,
    const struct rw_named_list *given)
{
    for (size_t k = 0; k < p->n_params; k++) {
        bool found = p->params[k].has_default;

        for (size_t i = 0; i < given->n && !found; i++)
            found = strcmp(given->v[i].name, p->params[k].name) == 0;
        if (!found)
            luaL_error(L, "%s.parameters lacks '%s', which has no default", where,
                p->params[k].name);
    }
}

/* [-0, +0, e]  The example on the top. */
static void
read_example(lua_State *L, struct rw_arena *a, const char *where,
    const struct rw_plugin *p, struct rw_example *x)
{
    const struct words params = param_words(p), state = state_words(p);
    const struct words given = field_words(p->kind, false, false);
    struct words expect = field_words(p->kind, false, true);

    check_keys(L, where, p->kind);
    lua_pushstring(L, "doc");
    if (lua_rawget(L, -2) != LUA_TSTRING)
        luaL_error(L, "%s.doc is missing (what the example shows)", where);
    x->doc = must(L, rw_arena_strdup(a, lua_tostring(L, -1)));
    lua_pop(L, 1);
    read_list(L, a, where, "parameters", &params, &x->params);
    check_params(L, where, p, &x->params);
    read_list(L, a, where, "given", &given, &x->given);
    read_list(L, a, where, "state", &state, &x->state);
    read_list(L, a, where, "after", &state, &x->after);
    read_draws(L, a, where, x);
    read_items(L, a, where, p->kind, x);
    add_expected(L, a, p->kind, x, &expect);
    read_list(L, a, where, "expect", &expect, &x->expect);
    if (x->expect.n + x->after.n == 0)
        luaL_error(L, "%s expects nothing: give 'expect' or 'after'", where);
}

static void
read_examples(
    lua_State *L, struct rw_arena *a, const struct rw_plugin *p, struct rw_examples *x)
{
    struct rw_example *v;

    lua_pushstring(L, "examples");
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    if (!lua_istable(L, -1))
        luaL_error(L, "examples must be a table");
    x->n = lua_rawlen(L, -1);
    if (x->n > RW_EXAMPLES)
        luaL_error(L, "%d examples, %d are the most", (int)x->n, RW_EXAMPLES);
    x->v = v = must(L, RW_ARENA_NEW(a, x->n, struct rw_example));
    for (size_t i = 0; i < x->n; i++) {
        const char *where = lua_pushfstring(L, "examples[%d]", (int)i + 1);

        if (lua_rawgeti(L, -2, (lua_Integer)i + 1) != LUA_TTABLE)
            luaL_error(L, "%s must be a table", where);
        read_example(L, a, where, p, &v[i]);
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
}

/* [-0, +0, e]  PARAMETER = sign of the table on the top. */
static void
read_signs(lua_State *L, struct rw_arena *a, const char *result,
    const struct rw_plugin *p, struct rw_monotone *v, size_t *n)
{
    const struct words params = param_words(p);
    const char *where = lua_pushfstring(L, "monotone.%s", result);
    struct rw_named_list list;

    lua_insert(L, -2); /* where table */
    read_numbers(L, a, where, NULL, &params, &list);
    for (size_t i = 0; i < list.n; i++) {
        size_t k = 0;

        if (fabs(list.v[i].x) != 1)
            luaL_error(L, "%s.%s is 1 (rises) or -1 (falls)", where, list.v[i].name);
        while (strcmp(p->params[k].name, list.v[i].name) != 0)
            k++;
        v[(*n)++] = (struct rw_monotone){result, k, (int)list.v[i].x};
    }
    lua_remove(L, -2);
}

static void
read_monotone(
    lua_State *L, struct rw_arena *a, const struct rw_plugin *p, struct rw_examples *x)
{
    const struct words results = field_words(p->kind, false, true);
    struct rw_monotone *v =
        must(L, RW_ARENA_NEW(a, p->n_params * results.n, struct rw_monotone));
    size_t n;

    lua_pushstring(L, "monotone");
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    if (!lua_istable(L, -1))
        luaL_error(L, "monotone must be a table: { RESULT = { PARAMETER = 1 } }");
    n = rw_library_keys(L, -1); /* table keys */
    for (size_t i = 0; i < n; i++) {
        const char *key;

        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TSTRING)
            luaL_error(L, "monotone: its entries have names");
        key = must(L, rw_arena_strdup(a, lua_tostring(L, -1)));
        check_word(L, "monotone", key, &results);
        if (lua_rawget(L, -3) != LUA_TTABLE) /* table keys signs */
            luaL_error(L, "monotone.%s must be a table: { PARAMETER = 1 }", key);
        read_signs(L, a, key, p, v, &x->n_monotone);
        lua_pop(L, 1);
    }
    lua_pop(L, 2);
    x->monotone = v;
}

void
rw_example_read(
    lua_State *L, struct rw_arena *a, const struct rw_plugin *p, struct rw_examples *x)
{
    memset(x, 0, sizeof *x);
    rw_declare_table(L);
    read_examples(L, a, p, x);
    read_monotone(L, a, p, x);
    lua_pop(L, 1);
}
