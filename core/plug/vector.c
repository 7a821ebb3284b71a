/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/vector.h"
#include "plug/library.h"
#include "plug/sandbox.h"
#include "plug/unit_rule.h"

#include <lauxlib.h>

#include <math.h>
#include <string.h>

struct vector {
    uint32_t node;
    uint64_t generation;
};

static const char meta_key; /* registry: metatable of vectors */

void
rw_vector_push(lua_State *L, struct rw_term x)
{
    struct vector *u;

    if (rw_term_is_number(x)) {
        lua_pushnumber(L, x.number);
        return;
    }
    u = lua_newuserdatauv(L, sizeof *u, 0);
    *u = (struct vector){x.node, rw_sandbox_of(L)->tape->generation};
    lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
    lua_setmetatable(L, -2);
}

void
rw_vector_push_row(lua_State *L, uint32_t row, struct rw_dimension unit)
{
    uint32_t node;

    if (!rw_tape_leaf(rw_sandbox_of(L)->tape, row, unit, &node))
        luaL_error(L, "no memory for another vector");
    rw_vector_push(L, rw_term_node(node));
}

static struct vector *
to_vector(lua_State *L, int at)
{
    struct vector *u = lua_touserdata(L, at);
    bool is;

    if (u == NULL || !lua_getmetatable(L, at))
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
    is = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is ? u : NULL;
}

/* Reads a number or a vector of this call; NULL, or why it is neither. */
static const char *
take(lua_State *L, int at, struct rw_term *o)
{
    const struct rw_tape *t;
    struct vector *u;

    *o = rw_term_number(0);
    if (lua_type(L, at) == LUA_TNUMBER) {
        o->number = lua_tonumber(L, at);
        return NULL;
    }
    u = to_vector(L, at);
    if (u == NULL)
        return "must be a number or a vector, got";
    t = rw_sandbox_of(L)->tape;
    if (t == NULL || !t->open || u->generation != t->generation)
        return "is of an earlier call (only what is in the declared state lasts from "
               "cycle to cycle):";
    *o = rw_term_node(u->node);
    return NULL;
}

struct rw_term
rw_vector_operand(lua_State *L, int at, const char *what)
{
    struct rw_term o;
    const char *why = take(L, at, &o);

    if (why) {
        if (lua_isnone(L, at))
            lua_pushstring(L, "nothing");
        else
            rw_library_type(L, at);
        luaL_error(L, "%s %s a %s", what, why, lua_tostring(L, -1));
    }
    return o;
}

/* [-0, +1, e]  Appends x to the tape and pushes it. */
static struct rw_term
append(lua_State *L, struct rw_node x)
{
    struct rw_tape *t = rw_sandbox_of(L)->tape;
    struct rw_term made = rw_term_node(0);

    if (t->made >= t->most)
        luaL_error(L,
            "more than %d vectors in one call; is there a loop that makes them?",
            (int)t->most);
    t->made++;
    if (!rw_tape_append(t, x, &made.node))
        luaL_error(L, "no memory for another vector");
    rw_vector_push(L, made);
    return made;
}

struct rw_term
rw_vector_draw(lua_State *L, uint32_t at)
{
    return append(L, (struct rw_node){.kind = RW_NODE_DRAW, .at = at});
}

struct rw_term
rw_vector_apply(lua_State *L, const struct rw_operation *op, const void *with,
    struct rw_term x, struct rw_term y, struct rw_term z)
{
    struct rw_node made = {
        .kind = RW_NODE_MADE, .op = op, .with = with, .of = {x, y, z}};
    struct rw_dimension unit[RW_KERNEL_OPERANDS];
    bool number = true;

    for (int k = 0; k < op->operands; k++)
        number = number && rw_term_is_number(made.of[k]);
    if (number) {
        static const bool moves[RW_KERNEL_OPERANDS];
        const double *const at[] = {&x.number, &y.number, &z.number};
        struct rw_term r = rw_term_number(0);

        op->f(1, &r.number, at, moves, with);
        lua_pushnumber(L, r.number);
        return r;
    }
    for (int k = 0; k < RW_KERNEL_OPERANDS; k++)
        unit[k] = rw_tape_unit(rw_sandbox_of(L)->tape, made.of[k]);
    made.unit = rw_unit_rule_apply(L, op, unit);
    if (op->fits != NULL)
        made.line = rw_sandbox_line(L);
    return append(L, made);
}

/* Functions and metamethods carry their operation as upvalue 1. */
static const struct rw_operation *
operation_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

static struct rw_term
argument(lua_State *L, int at, const char *name)
{
    struct rw_term o;

    if (take(L, at, &o) == NULL)
        return o;
    if (lua_isnone(L, at))
        luaL_error(L, "%s lacks its argument %d", name, at);
    lua_pushfstring(L, "argument %d of %s", at, name);
    return rw_vector_operand(L, at, lua_tostring(L, -1));
}

static int
one(lua_State *L)
{
    const struct rw_operation *o = operation_of(L);
    struct rw_term x = argument(L, 1, o->name), none = rw_term_number(0);

    rw_vector_apply(L, o, NULL, x, none, none);
    return 1;
}

static int
two(lua_State *L)
{
    const struct rw_operation *o = operation_of(L);
    struct rw_term x = argument(L, 1, o->name), y = argument(L, 2, o->name);

    rw_vector_apply(L, o, NULL, x, y, rw_term_number(0));
    return 1;
}

static int
several(lua_State *L)
{
    const struct rw_operation *o = operation_of(L);
    int top = lua_gettop(L);
    struct rw_term r = argument(L, 1, o->name);

    luaL_checkstack(L, top + LUA_MINSTACK, NULL);
    lua_pushvalue(L, 1);
    for (int i = 2; i <= top; i++)
        r = rw_vector_apply(L, o, NULL, r, argument(L, i, o->name), rw_term_number(0));
    return 1;
}

static int
clamp(lua_State *L)
{
    struct rw_term r = argument(L, 1, "vec.clamp"), low = argument(L, 2, "vec.clamp"),
                   high = argument(L, 3, "vec.clamp"), none = rw_term_number(0);

    r = rw_vector_apply(L, &rw_op_max, NULL, r, low, none);
    rw_vector_apply(L, &rw_op_min, NULL, r, high, none);
    return 1;
}

static int
where(lua_State *L)
{
    struct rw_term m = argument(L, 1, "vec.where"), a = argument(L, 2, "vec.where"),
                   b = argument(L, 3, "vec.where");

    if (!rw_term_is_number(m))
        rw_vector_apply(L, &rw_op_where, NULL, m, a, b);
    else if (isnan(m.number))
        lua_pushnumber(L, NAN);
    else /* one choice for all futures */
        lua_pushvalue(L, m.number != 0 ? 2 : 3);
    return 1;
}

static int
no_elements(lua_State *L)
{
    return luaL_error(L,
        "a vector has no elements or methods to reach; vec.where(mask, "
        "a, b) chooses in each future");
}

static int
no_writing(lua_State *L)
{
    return luaL_error(L, "a vector's elements cannot be written; make a new vector");
}

static int
no_length(lua_State *L)
{
    return luaL_error(L,
        "the length of a vector is not offered: it must not matter how "
        "many futures a block has");
}

static int
no_order(lua_State *L)
{
    return luaL_error(L,
        "vectors are compared in each future by vec.lt, le, gt, ge, eq "
        "or ne; choose with vec.where");
}

static const struct rw_operation *const functions2[] = {
    &rw_op_lt, &rw_op_le, &rw_op_gt, &rw_op_ge, &rw_op_eq, &rw_op_ne, &rw_op_pow, NULL};
static const struct rw_operation *const functions1[] = {
    &rw_op_exp, &rw_op_log, &rw_op_sqrt, &rw_op_abs, &rw_op_floor, NULL};
static const struct rw_operation *const functions_many[] = {
    &rw_op_min, &rw_op_max, NULL};
static const struct rw_operation *const operators[] = {
    &rw_op_add, &rw_op_subtract, &rw_op_multiply, &rw_op_divide, &rw_op_power};
static const char *const operator_events[] = {
    "__add", "__sub", "__mul", "__div", "__pow"};

/* [-0, +0]  Puts f with operation o into the table on the top. */
static void
put(lua_State *L, const char *key, lua_CFunction f, const struct rw_operation *o)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)o);
    lua_pushcclosure(L, f, 1);
    lua_setfield(L, -2, key);
}

static void
put_all(lua_State *L, lua_CFunction f, const struct rw_operation *const o[])
{
    for (size_t i = 0; o[i]; i++)
        put(L, o[i]->name + strlen("vec."), f, o[i]);
}

static void
open_meta(lua_State *L)
{
    static const luaL_Reg refused[] = {{"__index", no_elements},
        {"__newindex", no_writing}, {"__len", no_length}, {"__lt", no_order},
        {"__le", no_order}, {"__eq", no_order}, {NULL, NULL}};

    lua_newtable(L);
    luaL_setfuncs(L, refused, 0);
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        put(L, operator_events[i], two, operators[i]);
    put(L, "__unm", one, &rw_op_negate);
    lua_pushstring(L, "vector");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &meta_key);
}

void
rw_vector_open(lua_State *L)
{
    static const luaL_Reg others[] = {{"clamp", clamp}, {"where", where}, {NULL, NULL}};

    open_meta(L);
    lua_newtable(L);
    luaL_setfuncs(L, others, 0);
    put_all(L, two, functions2);
    put_all(L, one, functions1);
    put_all(L, several, functions_many);
    rw_vector_lists(L);
}
