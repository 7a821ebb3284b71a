/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/vector_list.c -- functions of lists of vectors and numbers: over assets or
 * candidates, never over futures. */
#include "plug/library.h"
#include "plug/sandbox.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <math.h>

/* [-0, +0, e]  Length of the list at `at`. */
static lua_Integer
list_length(lua_State *L, int at, const char *name)
{
    lua_Integer n;

    if (lua_type(L, at) != LUA_TTABLE) {
        rw_library_type(L, at);
        luaL_error(L,
            "%s wants a list of vectors or numbers, got a %s; over the futures of one "
            "vector nothing is added up, as a future must not depend on others of its "
            "block",
            name, lua_tostring(L, -1));
    }
    n = (lua_Integer)lua_rawlen(L, at);
    rw_sandbox_charge(L, (uint64_t)n);
    return n;
}

/* [-0, +1, e]  Element k of the list at `at`. */
static struct rw_term
element(lua_State *L, int at, lua_Integer k, const char *name)
{
    lua_rawgeti(L, at, k);
    lua_pushfstring(L, "element %I of the list of %s", (LUAI_UACINT)k, name);
    lua_insert(L, -2);
    return rw_vector_operand(L, lua_gettop(L), lua_tostring(L, -2));
}

static int
sum(lua_State *L)
{
    lua_Integer n = list_length(L, 1, "vec.sum");
    struct rw_term total = rw_term_number(0), none = total;

    lua_settop(L, 1);
    lua_pushnumber(L, 0);
    for (lua_Integer k = 1; k <= n; k++) {
        struct rw_term x = element(L, 1, k, "vec.sum");

        total = k == 1 ? x : rw_vector_apply(L, &rw_op_add, NULL, total, x, none);
        lua_replace(L, 2); /* the total so far */
        lua_settop(L, 2);
    }
    return 1;
}

static int
cumsum(lua_State *L)
{
    lua_Integer n = list_length(L, 1, "vec.cumsum");
    struct rw_term total = rw_term_number(0), none = total;

    lua_settop(L, 1);
    lua_newtable(L);
    for (lua_Integer k = 1; k <= n; k++) {
        struct rw_term x = element(L, 1, k, "vec.cumsum");

        total = k == 1 ? x : rw_vector_apply(L, &rw_op_add, NULL, total, x, none);
        lua_rawseti(L, 2, k);
        lua_settop(L, 2);
    }
    return 1;
}

/* out[i] <- x[1][i] where the index, x[0][i], is the number that `with` points to,
 * else x[2][i]. */
static void
map_pick(size_t n, double *restrict out, const double *const x[], const bool moves[],
    const void *with)
{
    const double k = (double)(uintptr_t)with;

    for (size_t i = 0; i < n; i++)
        out[i] = x[0][i] == k ? x[1][moves[1] ? i : 0] : x[2][moves[2] ? i : 0];
}

static const struct rw_operation op_pick = {
    .name = "vec.pick", .f = map_pick, .operands = 3, .unit = RW_RULE_CHOSEN};

static int
pick(lua_State *L)
{
    struct rw_term index = rw_vector_operand(L, 1, "the index of vec.pick"),
                   picked = rw_term_number(NAN);
    lua_Integer n = list_length(L, 2, "vec.pick");

    if (rw_term_is_number(index) && !(index.number >= 1 && index.number <= (double)n &&
                                        floor(index.number) == index.number))
        return luaL_error(L, "vec.pick: there is no element %f in a list of %I",
            index.number, (LUAI_UACINT)n);
    lua_settop(L, 2);
    lua_pushnumber(L, NAN);
    if (rw_term_is_number(index)) {
        element(L, 2, (lua_Integer)index.number, "vec.pick");
        return 1;
    }
    for (lua_Integer k = 1; k <= n; k++) {
        struct rw_term x = element(L, 2, k, "vec.pick");

        picked = rw_vector_apply(L, &op_pick, (void *)(uintptr_t)k, index, x, picked);
        lua_replace(L, 3);
        lua_settop(L, 3);
    }
    return 1;
}

void
rw_vector_lists(lua_State *L)
{
    static const luaL_Reg lists[] = {
        {"cumsum", cumsum}, {"pick", pick}, {"sum", sum}, {NULL, NULL}};

    luaL_setfuncs(L, lists, 0);
}
