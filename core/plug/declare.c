/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/declare.h"
#include "plug/library.h"
#include "plug/sandbox.h"

#include <lauxlib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The main chunk's result; the declared table is its user value. */
struct declaration {
    enum rw_plugin_kind kind;
    int line;
};

static const char meta_key; /* registry: metatable of declarations */

static const char *const function_names[RW_PLUGIN_KINDS] = {"cycle", "cycle", "score"};

/* The function of the kind comes last. */
static const char *const declared_keys[] = {"api", "doc", "examples", "license",
    "monotone", "name", "needs", "parameters", "source", "state", "systemic",
    "version"};
static const char *const param_keys[] = {"default", "doc", "max", "min", "unit"};
enum { DECLARED = sizeof declared_keys / sizeof declared_keys[0] };

const char *
rw_declare_function_name(enum rw_plugin_kind kind)
{
    return function_names[kind];
}

bool
rw_declare_is_name(const char *s)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    size_t n = strlen(s);

    return n > 0 && n <= RW_DECLARE_NAME && strchr(letters, s[0]) != NULL &&
           strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

/* riskwheel.KIND(table); upvalue 1: the kind. */
static int
declare(lua_State *L)
{
    struct declaration *d;

    if (!lua_istable(L, 1) || lua_gettop(L) != 1)
        return luaL_error(L, "riskwheel.%s takes one table",
            rw_plugin_kind_names[lua_tointeger(L, lua_upvalueindex(1))]);
    d = lua_newuserdatauv(L, sizeof *d, 1); /* t decl */
    d->kind = (enum rw_plugin_kind)lua_tointeger(L, lua_upvalueindex(1));
    d->line = rw_sandbox_line(L);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
    lua_setmetatable(L, -2);
    return 1;
}

void
rw_declare_open(lua_State *L)
{
    lua_createtable(L, 0, 2);
    lua_pushstring(L, "declaration");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &meta_key);
    lua_createtable(L, 0, RW_PLUGIN_KINDS);
    for (int kind = 0; kind < RW_PLUGIN_KINDS; kind++) {
        lua_pushinteger(L, kind);
        lua_pushcclosure(L, declare, 1);
        lua_setfield(L, -2, rw_plugin_kind_names[kind]);
    }
}

/* [-0, +1, e]  The declared table of the result on the top. */
static struct declaration *
open_declaration(lua_State *L)
{
    bool ours = false;

    if (lua_isuserdata(L, -1) && lua_getmetatable(L, -1)) { /* result meta */
        lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
        ours = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
    }
    if (!ours) {
        rw_library_type(L, -1);
        luaL_error(L,
            "a plugin ends with 'return riskwheel.threat { ... }' (or control, "
            "planner); "
            "this file returns a %s value",
            lua_tostring(L, -1));
    }
    lua_getiuservalue(L, -1, 1); /* result table */
    return lua_touserdata(L, -2);
}

void
rw_declare_table(lua_State *L)
{
    open_declaration(L);
}

/* [-0, +0, e]  Every key of the table at `at` is one of the words. */
static void
check_keys(
    lua_State *L, int at, const char *where, const char *const words[], size_t n_words)
{
    size_t n = rw_library_keys(L, at); /* keys */

    for (size_t i = 0; i < n; i++) {
        const char *key;
        size_t k = 0;

        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        rw_library_tostring(L, -1); /* keys key text */
        key = lua_tostring(L, -1);
        while (k < n_words && strcmp(words[k], key) != 0)
            k++;
        if (k == n_words) {
            if (where[0])
                lua_pushfstring(L, "%s: unknown key", where);
            else
                lua_pushstring(L, "unknown key");
            rw_library_unknown(L, lua_tostring(L, -1), key, words, n_words);
        }
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
}

/* [-0, +1, e]  Field of the table on the top, of that type, or nil. */
static int
get(lua_State *L, const char *where, const char *key, int type, bool required)
{
    int got;

    lua_pushstring(L, key);
    got = lua_rawget(L, -2);
    if (got == LUA_TNIL && required)
        luaL_error(L, "%s%s is missing (a %s)", where, key, lua_typename(L, type));
    if (got != type && got != LUA_TNIL)
        luaL_error(L, "%s%s must be a %s, got a %s", where, key, lua_typename(L, type),
            lua_typename(L, got));
    return got;
}

static void *
must(lua_State *L, void *memory)
{
    if (memory == NULL)
        luaL_error(L, "no memory for the plugin's declaration");
    return memory;
}

/* [-0, +0, e]  Text field of the table on the top; "" if it is missing. */
static const char *
get_text(
    lua_State *L, struct rw_arena *a, const char *where, const char *key, bool required)
{
    const char *s = "";

    if (get(L, where, key, LUA_TSTRING, required) == LUA_TSTRING)
        s = lua_tostring(L, -1);
    if (required && s[0] == '\0')
        luaL_error(L, "%s%s is empty", where, key);
    s = must(L, rw_arena_strdup(a, s));
    lua_pop(L, 1);
    return s;
}

static double
get_number(lua_State *L, const char *where, const char *key, double otherwise)
{
    double x = otherwise;

    if (get(L, where, key, LUA_TNUMBER, false) == LUA_TNUMBER) {
        x = lua_tonumber(L, -1);
        if (isnan(x))
            luaL_error(L, "%s%s is not a number (nan)", where, key);
    }
    lua_pop(L, 1);
    return x;
}

/* [-0, +0, e]  The distribution { dist = NAME, ... } on the top. */
static void
read_dist(lua_State *L, const char *where, struct rw_dist *d)
{
    struct rw_dist_arg args[RW_DIST_PARAMS + 2]; /* floor and cap as well */
    int t = lua_gettop(L), bad;
    size_t n_keys, n = 0;
    char why[RW_DIST_WHY];

    lua_pushstring(L, "dist");
    if (lua_rawget(L, t) != LUA_TSTRING) /* t family */
        luaL_error(L, "%s.dist is missing (the name of a distribution)", where);
    if (rw_dist_is_of_parts(lua_tostring(L, t + 1)) &&
        rw_dist_make(lua_tostring(L, t + 1), NULL, 0, d, &bad, why))
        luaL_error(L, "%s: %s", where, why);
    n_keys = rw_library_keys(L, t);
    if (n_keys > sizeof args / sizeof args[0] + 1)
        luaL_error(L, "%s has too many entries", where);
    for (size_t i = 0; i < n_keys; i++) { /* t family keys */
        if (lua_rawgeti(L, t + 2, (lua_Integer)i + 1) != LUA_TSTRING)
            luaL_error(L, "%s: parameters have names", where);
        args[n].name = lua_tostring(L, -1); /* lives on in keys */
        if (strcmp(args[n].name, "dist") != 0) {
            lua_pushvalue(L, -1);
            if (lua_rawget(L, t) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
                luaL_error(L, "%s: '%s' must be a finite number", where, args[n].name);
            args[n++].value = lua_tonumber(L, -1);
        }
        lua_settop(L, t + 2);
    }
    if (rw_dist_make(lua_tostring(L, t + 1), args, n, d, &bad, why))
        luaL_error(L, "%s: %s", where, why);
    lua_settop(L, t);
}

/* [-0, +0, e]  The default of the parameter table on the top. */
static void
read_default(lua_State *L, const char *where, struct rw_plugin_param *p)
{
    double low, high;
    int type;

    lua_pushstring(L, "default");
    type = lua_rawget(L, -2);
    p->has_default = type != LUA_TNIL;
    if (type == LUA_TNUMBER && isfinite(lua_tonumber(L, -1))) {
        p->preset = rw_dist_constant(lua_tonumber(L, -1));
    } else if (type == LUA_TTABLE) {
        lua_pushfstring(L, "%sdefault", where); /* param default where */
        lua_insert(L, -2);
        read_dist(L, lua_tostring(L, -2), &p->preset);
        lua_remove(L, -2);
    } else if (type != LUA_TNIL) {
        luaL_error(
            L, "%sdefault must be a finite number or { dist = NAME, ... }", where);
    }
    lua_pop(L, 1);
    if (!p->has_default)
        return;
    rw_dist_support(&p->preset, &low, &high);
    if (low < p->min || high > p->max)
        luaL_error(L, "%sdefault can be from %f to %f, outside of min %f and max %f",
            where, low, high, p->min, p->max);
}

/* [-0, +0, e]  One parameter, its table on the top. */
static void
read_param(
    lua_State *L, struct rw_arena *a, const char *name, struct rw_plugin_param *p)
{
    const char *where;

    lua_pushfstring(L, "parameters.%s", name);
    where = lua_pushfstring(L, "%s.", lua_tostring(L, -1)); /* param short where */
    lua_rotate(L, -3, -1);                                  /* short where param */
    check_keys(L, lua_gettop(L), lua_tostring(L, -3), param_keys,
        sizeof param_keys / sizeof param_keys[0]);
    p->name = must(L, rw_arena_strdup(a, name));
    p->unit = get_text(L, a, where, "unit", true);
    p->doc = get_text(L, a, where, "doc", true);
    p->min = get_number(L, where, "min", -INFINITY);
    p->max = get_number(L, where, "max", INFINITY);
    if (p->min > p->max)
        luaL_error(L, "%smin is greater than max", where);
    read_default(L, where, p);
    lua_remove(L, -2);
    lua_remove(L, -2); /* param */
}

/* [-0, +n+1, e]  Opens table `key` of the table on the top: pushes it and its
 * names in order, checked.  0 and nothing pushed when it is not there. */
static size_t
open_names(lua_State *L, const char *key, size_t most)
{
    size_t n;

    if (get(L, "", key, LUA_TTABLE, false) == LUA_TNIL) {
        lua_pop(L, 1);
        return 0;
    }
    n = rw_library_keys(L, -1); /* table keys */
    if (n > most)
        luaL_error(L, "%s has %d entries, %d are the most", key, (int)n, (int)most);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        rw_library_tostring(L, -1); /* table keys key text */
        if (!rw_declare_is_name(lua_tostring(L, -1)))
            luaL_error(L,
                "%s: '%s' is no name (small letters, digits and _, a letter "
                "first)",
                key, lua_tostring(L, -1));
        lua_pop(L, 2);
    }
    if (n == 0)
        lua_pop(L, 2);
    return n;
}

static void
read_params(lua_State *L, struct rw_arena *a, struct rw_plugin *p)
{
    size_t n = open_names(L, "parameters", RW_DECLARE_PARAMS);
    struct rw_plugin_param *params =
        must(L, RW_ARENA_NEW(a, n, struct rw_plugin_param));

    for (size_t i = 0; i < n; i++) { /* table keys */
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -4) != LUA_TTABLE) /* table keys name param */
            luaL_error(L, "parameters.%s must be a table: { unit = ..., doc = ... }",
                lua_tostring(L, -2));
        read_param(L, a, lua_tostring(L, -2), &params[i]);
        lua_pop(L, 2);
    }
    if (n > 0)
        lua_pop(L, 2);
    p->params = params;
    p->n_params = n;
}

static void
read_states(lua_State *L, struct rw_arena *a, struct rw_plugin *p)
{
    size_t n = open_names(L, "state", RW_DECLARE_STATES);
    struct rw_plugin_state *states =
        must(L, RW_ARENA_NEW(a, n, struct rw_plugin_state));

    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        states[i].name = must(L, rw_arena_strdup(a, lua_tostring(L, -1)));
        if (lua_rawget(L, -3) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
            luaL_error(L,
                "state.%s must be a finite number, its value before the first "
                "cycle",
                states[i].name);
        states[i].initial = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    if (n > 0)
        lua_pop(L, 2);
    p->states = states;
    p->n_states = n;
}

/* [-0, +1, e]  Bits of the needs that are listed. */
static unsigned
read_needs(lua_State *L, enum rw_plugin_kind kind)
{
    unsigned bits = 0;
    lua_Integer n;

    if (get(L, "", "needs", LUA_TTABLE, false) == LUA_TNIL) /* list */
        return 0;
    if (kind != RW_PLUGIN_PLANNER)
        luaL_error(L, "needs is for planners only");
    n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer k = 1; k <= n; k++) {
        int need = 0;

        if (lua_rawgeti(L, -1, k) != LUA_TSTRING)
            luaL_error(L, "needs must be a list of words, such as { \"%s\" }",
                rw_need_names[0]);
        while (need < RW_NEEDS && strcmp(rw_need_names[need], lua_tostring(L, -1)) != 0)
            need++;
        if (need == RW_NEEDS) {
            const char *words[RW_NEEDS];

            for (int j = 0; j < RW_NEEDS; j++)
                words[j] = rw_need_names[j];
            rw_library_unknown(
                L, "needs: there is no", lua_tostring(L, -1), words, RW_NEEDS);
        }
        bits |= 1u << need;
        lua_pop(L, 1);
    }
    if (bits == 0)
        luaL_error(L, "needs is no list of words, or empty; leave it out");
    return bits;
}

/* First of all: other keys may mean something else in another API. */
static void
check_api(lua_State *L)
{
    double api;

    lua_pushstring(L, "api");
    switch (lua_rawget(L, -2)) {
    case LUA_TNIL:
        luaL_error(L, "api is missing; write 'api = %d'", RW_PLUGIN_API);
        break;
    case LUA_TNUMBER:
        break;
    default:
        luaL_error(L, "api must be the number %d, got a %s", RW_PLUGIN_API,
            luaL_typename(L, -1));
    }
    api = lua_tonumber(L, -1);
    if (api != RW_PLUGIN_API) {
        lua_pushvalue(L, -1);
        luaL_error(L, "needs plugin API %s; this program offers %d",
            lua_tostring(L, -1), RW_PLUGIN_API);
    }
    lua_pop(L, 1);
}

static void
read_table(
    lua_State *L, struct rw_arena *a, enum rw_plugin_kind kind, struct rw_plugin *p)
{
    const char *keys[DECLARED + 1];

    check_api(L);
    memcpy(keys, declared_keys, sizeof declared_keys);
    keys[DECLARED] = function_names[kind];
    check_keys(L, lua_gettop(L), "", keys, DECLARED + 1);
    p->kind = kind;
    p->api = RW_PLUGIN_API;
    p->name = get_text(L, a, "", "name", true);
    if (!rw_declare_is_name(p->name))
        luaL_error(L,
            "name '%s' is no name (small letters, digits and _, a letter first)",
            p->name);
    p->doc = get_text(L, a, "", "doc", true);
    p->version = get_text(L, a, "", "version", false);
    p->source = get_text(L, a, "", "source", false);
    p->license = get_text(L, a, "", "license", false);
    if (get(L, "", "systemic", LUA_TBOOLEAN, false) != LUA_TNIL &&
        kind != RW_PLUGIN_THREAT)
        luaL_error(L, "systemic is for threats only");
    p->systemic = lua_toboolean(L, -1);
    lua_pop(L, 1);
    p->needs = read_needs(L, kind);
    lua_pop(L, 1);
    read_params(L, a, p);
    read_states(L, a, p);
    get(L, "", function_names[kind], LUA_TFUNCTION, true);
    lua_pop(L, 1);
}

void
rw_declare_read(lua_State *L, struct rw_arena *a, struct rw_plugin *p)
{
    struct declaration *d = open_declaration(L); /* result table */

    /* the chunk has ended: without this the error would know no line */
    rw_sandbox_of(L)->line = d->line;
    read_table(L, a, d->kind, p);
    lua_pop(L, 1);
}

void
rw_declare_function(lua_State *L, const struct rw_plugin *p)
{
    struct declaration *d = open_declaration(L); /* result table */
    const char *f = function_names[p->kind];

    lua_pushstring(L, "name");
    lua_rawget(L, -2); /* result table name */
    if (d->kind != p->kind || lua_type(L, -1) != LUA_TSTRING ||
        strcmp(lua_tostring(L, -1), p->name) != 0)
        luaL_error(L, "declares something else than when it was loaded");
    lua_pop(L, 1);
    lua_pushstring(L, f);
    if (lua_rawget(L, -2) != LUA_TFUNCTION) /* result table f */
        luaL_error(L, "%s is no function any more", f);
    lua_replace(L, -3); /* f table */
    lua_pop(L, 1);
}
