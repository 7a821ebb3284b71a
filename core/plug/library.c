/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/library.h"
#include "base/text.h"
#include "plug/declare.h"
#include "plug/sandbox.h"
#include "plug/vector.h"

#include <lauxlib.h>
#include <lualib.h>

#include <stdlib.h>
#include <string.h>

static const char env_meta_key; /* registry: metatable of environments */

int
rw_library_unknown(lua_State *L, const char *what, const char *word,
    const char *const words[], size_t n)
{
    const char *near = rw_nearest_word(word, words, n);
    luaL_Buffer b;

    if (near)
        return luaL_error(L, "%s '%s'; did you mean '%s'?", what, word, near);
    luaL_buffinit(L, &b);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            luaL_addstring(&b, ", ");
        luaL_addstring(&b, words[i]);
    }
    luaL_pushresult(&b);
    return luaL_error(L, "%s '%s'; there are: %s", what, word, lua_tostring(L, -1));
}

void
rw_library_tostring(lua_State *L, int at)
{
    switch (lua_type(L, at)) {
    case LUA_TSTRING:
        lua_pushvalue(L, at);
        break;
    case LUA_TNUMBER:
        lua_pushvalue(L, at);
        lua_tostring(L, -1); /* turns the copy into a string */
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, at) ? "true" : "false");
        break;
    default:
        rw_library_type(L, at);
        break;
    }
}

void
rw_library_type(lua_State *L, int at)
{
    /* ours all have a name, plugins cannot make any */
    if (lua_type(L, at) != LUA_TUSERDATA ||
        luaL_getmetafield(L, at, "__name") == LUA_TNIL)
        lua_pushstring(L, luaL_typename(L, at));
}

static int
base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    rw_library_tostring(L, 1);
    return 1;
}

/* A limit ends the call, whatever stands between. */
static int
base_pcall(lua_State *L)
{
    struct rw_sandbox *sb = rw_sandbox_of(L);
    int rc;

    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1); /* true f args */
    rc = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    if (rc == LUA_ERRMEM && sb->stop == RW_STOP_NONE)
        sb->stop = RW_STOP_MEMORY;
    if (sb->stop != RW_STOP_NONE)
        return lua_error(L);
    if (rc == LUA_OK)
        return lua_gettop(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2); /* true false message */
    return 2;
}

struct key {
    bool is_string;
    lua_Integer i;
    const char *s;
    size_t n;
};

static int
compare_keys(const void *pa, const void *pb)
{
    const struct key *a = pa, *b = pb;
    int c;

    if (a->is_string != b->is_string)
        return a->is_string ? 1 : -1;
    if (!a->is_string)
        return (a->i > b->i) - (a->i < b->i);
    c = memcmp(a->s, b->s, a->n < b->n ? a->n : b->n);
    return c ? c : (a->n > b->n) - (a->n < b->n);
}

static size_t
count_keys(lua_State *L, int at)
{
    size_t n = 0;

    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
        n++;
    return n;
}

size_t
rw_library_keys(lua_State *L, int at)
{
    size_t n, i = 0;
    struct key *keys;

    at = lua_absindex(L, at);
    n = count_keys(L, at);
    rw_sandbox_charge(L, 16 * n);
    keys = lua_newuserdatauv(L, (n + 1) * sizeof *keys, 0); /* keys */
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1), i++) {
        keys[i] = (struct key){.is_string = lua_type(L, -2) == LUA_TSTRING};
        if (keys[i].is_string)
            keys[i].s = lua_tolstring(L, -2, &keys[i].n);
        else if (lua_isinteger(L, -2))
            keys[i].i = lua_tointeger(L, -2);
        else
            luaL_error(L,
                "pairs visits integer and string keys only; this table has a "
                "key that is a %s",
                luaL_typename(L, -2));
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    lua_createtable(L, n < 1u << 20 ? (int)n : 1 << 20, 0); /* keys array */
    for (i = 0; i < n; i++) {
        if (keys[i].is_string)
            lua_pushlstring(L, keys[i].s, keys[i].n);
        else
            lua_pushinteger(L, keys[i].i);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2); /* array */
    return n;
}

/* Upvalues: the table, its keys in order, the position.  Keys that were
 * removed meanwhile are passed over. */
static int
pairs_next(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));

    for (;;) {
        at++;
        if (lua_rawgeti(L, lua_upvalueindex(2), at) == LUA_TNIL) /* key */
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) /* key value */
            break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int
base_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    rw_library_keys(L, 1); /* t keys   */
    lua_pushinteger(L, 0); /* t keys 0 */
    lua_pushcclosure(L, pairs_next, 3);
    return 1;
}

/* The table gets a copy of the metatable: what is put into the original
 * afterwards has no effect, so the refused fields stay out. */
static int
base_setmetatable(lua_State *L)
{
    static const char *const refused[] = {
        "__gc", "__close", "__mode", "__len", "__name", NULL};

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    lua_settop(L, 2); /* t meta */
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "this table's metatable is protected");
    if (!lua_isnil(L, 2)) {
        for (size_t i = 0; refused[i]; i++) {
            lua_pushstring(L, refused[i]);
            if (lua_rawget(L, 2) != LUA_TNIL)
                return luaL_error(L,
                    "the metatable field '%s' is not offered to plugins", refused[i]);
            lua_pop(L, 1);
        }
        rw_sandbox_charge(L, count_keys(L, 2));
        lua_newtable(L); /* t meta copy */
        for (lua_pushnil(L); lua_next(L, 2);) {
            lua_pushvalue(L, -2); /* t meta copy key value key */
            lua_insert(L, -2);
            lua_rawset(L, 3); /* t meta copy key */
        }
    }
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

/* Why a name that Lua programs know is not there. */
static const char *
hint(const char *name)
{
    static const char *const hints[][2] = {
        {"_G", "globals cannot be listed or set; use local variables"},
        {"collectgarbage", "memory is collected by itself"},
        {"coroutine", "coroutines could run uncounted"},
        {"debug", "it could change the host"},
        {"dofile", "plugins cannot read files"},
        {"getmetatable", "metatables cannot be read"},
        {"gmatch", "patterns can run for ever; string.find looks for plain text"},
        {"gsub", "patterns can run for ever; string.find looks for plain text"},
        {"io", "plugins cannot read or write files"},
        {"load", "plugins cannot compile text"},
        {"loadfile", "plugins cannot read files"},
        {"loadstring", "plugins cannot compile text"},
        {"match", "patterns can run for ever; string.find looks for plain text"},
        {"mean", "a future must not depend on others of its block"},
        {"next", "its order is not repeatable; use pairs"},
        {"os", "plugins cannot see the clock, files or the environment"},
        {"package", "plugins cannot load libraries"},
        {"print", "plugins have no output; put what matters into error()"},
        {"random", "draw with t:uniform(), t:normal() and their like"},
        {"randomseed", "draw with t:uniform(), t:normal() and their like"},
        {"require", "a plugin is one file"},
        {"utf8", "texts are bytes here"},
        {"xpcall", "use pcall"},
    };

    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (strcmp(name, hints[i][0]) == 0)
            return hints[i][1];
    return NULL;
}

/* __index of a read-only table's store: the name was not found there.
 * Upvalue 1: the store; 2: how to call it in messages. */
static int
unknown_name(lua_State *L)
{
    const char *what = lua_tostring(L, lua_upvalueindex(2)), *words[RW_LIBRARY_WORDS];
    const char *name, *why;
    size_t n;

    lua_settop(L, 2);
    rw_library_tostring(L, 2); /* _ key name */
    name = lua_tostring(L, 3);
    why = hint(name);
    if (why)
        return luaL_error(L, "%s '%s': %s", what, name, why);
    n = rw_library_keys(L, lua_upvalueindex(1)); /* _ key name keys */
    luaL_checkstack(L, RW_LIBRARY_WORDS, NULL);
    if (n > RW_LIBRARY_WORDS)
        n = RW_LIBRARY_WORDS;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 4, (lua_Integer)i + 1);
        words[i] = lua_tostring(L, -1);
    }
    return rw_library_unknown(L, what, name, words, n);
}

static int
write_global(lua_State *L)
{
    lua_settop(L, 2);
    rw_library_tostring(L, 2);
    return luaL_error(L, "assignment to the global '%s'; write 'local %s'",
        lua_tostring(L, -1), lua_tostring(L, -1));
}

static int
write_library(lua_State *L)
{
    return luaL_error(
        L, "the library '%s' is read-only", lua_tostring(L, lua_upvalueindex(1)));
}

/* [-0, +0]  Unknown names of the store on the top become errors. */
static void
make_strict(lua_State *L, const char *what)
{
    lua_createtable(L, 0, 1); /* store meta       */
    lua_pushvalue(L, -2);     /* store meta store */
    lua_pushstring(L, what);
    lua_pushcclosure(L, unknown_name, 2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* [-1, +1]  The store on the top behind a userdata: rawset cannot reach it. */
static void
make_read_only(lua_State *L, const char *name)
{
    lua_pushfstring(L, "%s has no", name); /* store what */
    lua_insert(L, -2);                     /* what store */
    make_strict(L, lua_tostring(L, -2));
    lua_remove(L, -2);          /* store            */
    lua_newuserdatauv(L, 0, 0); /* store lib        */
    lua_createtable(L, 0, 4);   /* store lib meta   */
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushcclosure(L, write_library, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2); /* store lib */
    lua_remove(L, -2);       /* lib       */
}

/* [-0, +0]  Copies the listed fields of the table on the top to that below. */
static void
take(lua_State *L, const char *const names[])
{
    for (size_t i = 0; names[i]; i++) {
        lua_getfield(L, -1, names[i]);
        lua_setfield(L, -3, names[i]);
    }
}

/* [-0, +1]  A new store with the listed fields of a library of Lua's. */
static void
take_library(lua_State *L, lua_CFunction open, const char *const names[])
{
    lua_newtable(L);
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1); /* store lib */
    take(L, names);
    lua_pop(L, 1);
}

static const char *const base_names[] = {"assert", "error", "ipairs", "rawequal",
    "rawget", "rawlen", "rawset", "select", "tonumber", "type", NULL};
static const char *const math_names[] = {"abs", "acos", "asin", "atan", "ceil", "cos",
    "deg", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min",
    "mininteger", "modf", "pi", "rad", "sin", "sqrt", "tan", "tointeger", "type", "ult",
    NULL};
static const char *const string_names[] = {
    "byte", "char", "format", "len", "lower", "reverse", "sub", "upper", NULL};
static const char *const table_names[] = {"pack", NULL};

/* [-0, +0]  What strings find as s:name() is the library. */
static void
seal_strings(lua_State *L)
{
    lua_pushstring(L, "");    /* lib ""           */
    lua_createtable(L, 0, 2); /* lib "" meta      */
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2); /* lib "" : the metatable of all strings */
    lua_pop(L, 1);
}

/* [-0, +0]  Fills the table of globals on the top. */
static void
fill_globals(lua_State *L)
{
    static const luaL_Reg ours[] = {{"pairs", base_pairs}, {"pcall", base_pcall},
        {"setmetatable", base_setmetatable}, {"tostring", base_tostring}, {NULL, NULL}};

    luaL_setfuncs(L, ours, 0);
    take_library(L, luaopen_math, math_names);
    make_read_only(L, "math");
    lua_setfield(L, -2, "math");
    take_library(L, luaopen_string, string_names);
    rw_library_string(L);
    make_read_only(L, "string");
    seal_strings(L);
    lua_setfield(L, -2, "string");
    take_library(L, luaopen_table, table_names);
    rw_library_table(L);
    make_read_only(L, "table");
    lua_setfield(L, -2, "table");
    rw_vector_open(L);
    make_read_only(L, "vec");
    lua_setfield(L, -2, "vec");
    rw_declare_open(L);
    make_read_only(L, "riskwheel");
    lua_setfield(L, -2, "riskwheel");
}

void
rw_library_open(lua_State *L)
{
    take_library(L, luaopen_base, base_names); /* globals */
    fill_globals(L);
    make_strict(L, "there is no global");
    lua_createtable(L, 0, 3); /* globals meta */
    lua_insert(L, -2);        /* meta globals */
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &env_meta_key);
    lua_newtable(L); /* luaopen_base filled the real globals */
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void
rw_library_environment(lua_State *L)
{
    lua_newtable(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &env_meta_key);
    lua_setmetatable(L, -2);
}
