/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/table_library.c -- table functions whose work is bounded by the
 * table's true length: all access is raw, so no __len or __index can make
 * them run for ever, and the length is charged. */
#include "plug/library.h"
#include "plug/sandbox.h"

#include <lauxlib.h>

#include <limits.h>

/* [-0, +0, e]  Length of the table that is argument 1. */
static lua_Integer
plain_length(lua_State *L)
{
    lua_Unsigned n;

    luaL_checktype(L, 1, LUA_TTABLE);
    n = lua_rawlen(L, 1);
    rw_sandbox_charge(L, n);
    return (lua_Integer)n;
}

static int
table_insert(lua_State *L)
{
    lua_Integer n = plain_length(L), at;

    switch (lua_gettop(L)) {
    case 2:
        lua_rawseti(L, 1, n + 1);
        return 0;
    case 3:
        break;
    default:
        return luaL_error(
            L, "table.insert takes (table, value) or (table, place, value)");
    }
    at = luaL_checkinteger(L, 2);
    luaL_argcheck(L, at >= 1 && at <= n + 1, 2, "position out of bounds");
    for (lua_Integer i = n; i >= at; i--) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int
table_remove(lua_State *L)
{
    lua_Integer n = plain_length(L), at = luaL_optinteger(L, 2, n);

    if (lua_gettop(L) > 1)
        luaL_argcheck(L, at >= 1 && at <= n + 1, 2, "position out of bounds");
    lua_rawgeti(L, 1, at); /* ... removed */
    for (lua_Integer i = at; i < n; i++) {
        lua_rawgeti(L, 1, i + 1);
        lua_rawseti(L, 1, i);
    }
    if (at >= 1 && at <= n) {
        lua_pushnil(L);
        lua_rawseti(L, 1, n);
    }
    return 1;
}

static int
table_concat(lua_State *L)
{
    lua_Integer n = plain_length(L), first, last;
    size_t between;
    const char *sep = luaL_optlstring(L, 2, "", &between);
    luaL_Buffer b;

    first = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, n);
    if (first < 1 || last > n)
        luaL_argcheck(L, first > last, 3, "out of the table's bounds");
    luaL_buffinit(L, &b);
    for (lua_Integer i = first; i <= last; i++) {
        int type = lua_rawgeti(L, 1, i);

        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            return luaL_error(
                L, "table.concat: element %I is a %s value", i, lua_typename(L, type));
        luaL_addvalue(&b);
        if (i < last)
            luaL_addlstring(&b, sep, between);
    }
    luaL_pushresult(&b);
    return 1;
}

static int
table_unpack(lua_State *L)
{
    lua_Integer n = plain_length(L), first = luaL_optinteger(L, 2, 1),
                last = luaL_optinteger(L, 3, n);
    lua_Unsigned count;

    if (first > last)
        return 0;
    count = (lua_Unsigned)last - (lua_Unsigned)first;
    if (count >= 10000 || !lua_checkstack(L, (int)count + 1))
        return luaL_error(L, "table.unpack: too many results");
    for (lua_Unsigned i = 0; i <= count; i++)
        lua_rawgeti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
    return (int)count + 1;
}

/* [-0, +0, e]  Comparing two texts goes through them in C, unseen by hooks. */
static void
charge_compare(lua_State *L)
{
    size_t a, b;

    if (lua_type(L, -1) != LUA_TSTRING || lua_type(L, -2) != LUA_TSTRING)
        return;
    a = lua_rawlen(L, -1);
    b = lua_rawlen(L, -2);
    rw_sandbox_charge(L, (a < b ? a : b) / 16 + 1);
}

/* [-2, +0, e]  Whether the value on the top goes before the one below it;
 * argument 2 is the order, nil for <. */
static int
goes_before(lua_State *L)
{
    int before;

    if (lua_isnil(L, 2)) {
        charge_compare(L);
        before = lua_compare(L, -1, -2, LUA_OPLT);
        lua_pop(L, 2);
        return before;
    }
    lua_pushvalue(L, 2); /* a b f   */
    lua_insert(L, -3);   /* f a b   */
    lua_insert(L, -2);   /* f b a   */
    lua_call(L, 2, 1);   /* before  */
    before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Merges [low, mid) and [mid, high) of the table at `from` into that at `to`;
 * of equal elements the earlier stays first. */
static void
merge(
    lua_State *L, int from, int to, lua_Integer low, lua_Integer mid, lua_Integer high)
{
    lua_Integer a = low, b = mid;

    for (lua_Integer i = low; i < high; i++) {
        int second = a >= mid;

        if (!second && b < high) {
            lua_rawgeti(L, from, a);
            lua_rawgeti(L, from, b);
            second = goes_before(L);
        }
        lua_rawgeti(L, from, second ? b++ : a++);
        lua_rawseti(L, to, i);
    }
}

/* [-0, +1]  A copy of elements 1 .. n of the table at `from`. */
static void
copy(lua_State *L, int from, lua_Integer n)
{
    lua_createtable(L, n < INT_MAX ? (int)n : 0, 0);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, -2, i);
    }
}

/* Merge sort on copies: at most n log2 n comparisons whatever the order
 * function answers, and nothing it does to the table matters. */
static int
table_sort(lua_State *L)
{
    lua_Integer n = plain_length(L);
    int from = 3, to = 4;

    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    copy(L, 1, n);
    copy(L, 1, n); /* table order from to */
    for (lua_Integer width = 1; width < n; width *= 2) {
        rw_sandbox_charge(L, 4 * (uint64_t)n);
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            lua_Integer mid = low + width <= n + 1 ? low + width : n + 1;
            lua_Integer high = mid + width <= n + 1 ? mid + width : n + 1;

            merge(L, from, to, low, mid, high);
        }
        from = 7 - from;
        to = 7 - to;
    }
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

void
rw_library_table(lua_State *L)
{
    static const luaL_Reg ours[] = {{"concat", table_concat}, {"insert", table_insert},
        {"remove", table_remove}, {"sort", table_sort}, {"unpack", table_unpack},
        {NULL, NULL}};

    luaL_setfuncs(L, ours, 0);
}
