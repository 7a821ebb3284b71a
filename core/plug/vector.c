/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/vector.h"
#include "plug/library.h"
#include "plug/sandbox.h"

#include <lauxlib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_ROWS = 16 };

struct vector {
    const double *x;
    size_t n;
    uint64_t generation;
    bool changes;
};

static const char meta_key; /* registry: metatable of vectors */

static void
drop_rows(struct rw_vectors *v)
{
    for (size_t i = 0; i < v->n_chunks; i++)
        free(v->chunks[i]);
    v->n_chunks = 0;
}

void
rw_vectors_fini(struct rw_vectors *v)
{
    drop_rows(v);
    free(v->chunks);
    memset(v, 0, sizeof *v);
}

void
rw_vectors_begin(struct rw_vectors *v, size_t n, size_t most)
{
    v->generation++;
    v->used = 0;
    v->most = most;
    v->n = n;
    if (n > v->stride) {
        drop_rows(v);
        v->stride = (n + 7) / 8 * 8 + 8; /* not a power of 2: rows share no cache set */
    }
}

void
rw_vectors_end(struct rw_vectors *v)
{
    v->n = 0;
}

static bool
add_chunk(struct rw_vectors *v)
{
    double **more = realloc(v->chunks, (v->n_chunks + 1) * sizeof *more);

    if (more == NULL)
        return false;
    v->chunks = more;
    more[v->n_chunks] = aligned_alloc(64, CHUNK_ROWS * v->stride * sizeof(double));
    if (more[v->n_chunks] == NULL)
        return false;
    v->n_chunks++;
    return true;
}

double *
rw_vectors_row(lua_State *L)
{
    struct rw_vectors *v = rw_sandbox_of(L)->vectors;
    size_t at = v->used;

    if (v->used >= v->most)
        luaL_error(L,
            "more than %d vectors in one call; is there a loop that makes them?",
            (int)v->most);
    if (at / CHUNK_ROWS >= v->n_chunks && !add_chunk(v))
        luaL_error(L, "no memory for another vector");
    v->used++;
    return v->chunks[at / CHUNK_ROWS] + at % CHUNK_ROWS * v->stride;
}

void
rw_vector_push(lua_State *L, const double *x, bool changes)
{
    const struct rw_vectors *v = rw_sandbox_of(L)->vectors;
    struct vector *u = lua_newuserdatauv(L, sizeof *u, 0);

    *u = (struct vector){x, v->n, v->generation, changes};
    lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
    lua_setmetatable(L, -2);
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
take(lua_State *L, int at, struct rw_operand *o)
{
    const struct rw_vectors *v;
    struct vector *u;

    *o = (struct rw_operand){NULL, 0, false};
    if (lua_type(L, at) == LUA_TNUMBER) {
        o->number = lua_tonumber(L, at);
        return NULL;
    }
    u = to_vector(L, at);
    if (u == NULL)
        return "must be a number or a vector, got";
    v = rw_sandbox_of(L)->vectors;
    if (v == NULL || u->generation != v->generation || u->n != v->n)
        return "is of an earlier call (only what is in the declared state lasts from "
               "cycle to cycle):";
    o->x = u->x;
    o->changes = u->changes;
    return NULL;
}

struct rw_operand
rw_vector_operand(lua_State *L, int at, const char *what)
{
    struct rw_operand o;
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

/* out[i] <- f(a[i], b[i]), i in [0, n); xs, ys: whether x, y step. */
typedef void kernel(
    size_t n, double *restrict out, const double *x, const double *y, bool xs, bool ys);

/* Fours, so that compilers use vector instructions at -O2. */
#define EACH(f)                                                                        \
    do {                                                                               \
        size_t i = 0;                                                                  \
        for (; i + 4 <= n; i += 4)                                                     \
            for (size_t k = i; k < i + 4; k++)                                         \
                out[k] = (f);                                                          \
        for (size_t k = i; k < n; k++)                                                 \
            out[k] = (f);                                                              \
    } while (0)

#define KERNEL(name, f)                                                                \
    static inline double name##_of(double a, double b)                                 \
    {                                                                                  \
        (void)b;                                                                       \
        return f;                                                                      \
    }                                                                                  \
    static void name(size_t n, double *restrict out, const double *x, const double *y, \
        bool xs, bool ys)                                                              \
    {                                                                                  \
        const double a = *x, b = *y;                                                   \
        if (xs && ys)                                                                  \
            EACH(name##_of(x[k], y[k]));                                               \
        else if (xs)                                                                   \
            EACH(name##_of(x[k], b));                                                  \
        else                                                                           \
            EACH(name##_of(a, y[k]));                                                  \
    }
KERNEL(add, a + b)
KERNEL(subtract, a - b)
KERNEL(multiply, a *b)
KERNEL(divide, a / b)
KERNEL(power, pow(a, b))
KERNEL(less, a < b ? 1.0 : 0.0)
KERNEL(less_equal, a <= b ? 1.0 : 0.0)
KERNEL(greater, a > b ? 1.0 : 0.0)
KERNEL(greater_equal, a >= b ? 1.0 : 0.0)
KERNEL(equal, a == b ? 1.0 : 0.0)
KERNEL(not_equal, a != b ? 1.0 : 0.0)
KERNEL(least, a < b || a != a ? a : b)
KERNEL(greatest, a > b || a != a ? a : b)
/* One argument: y is x. */
KERNEL(negate, -a)
KERNEL(exponential, exp(a))
KERNEL(logarithm, log(a))
KERNEL(root, sqrt(a))
KERNEL(absolute, fabs(a))
KERNEL(whole, floor(a))

/* [-0, +1, e]  Pushes f(x, y): a number when both are. */
static struct rw_operand
apply(lua_State *L, kernel *f, struct rw_operand x, struct rw_operand y)
{
    const double *px = x.x ? x.x : &x.number, *py = y.x ? y.x : &y.number;
    struct rw_operand r = {NULL, 0, false};
    double *out;

    if (x.x == NULL && y.x == NULL) {
        f(1, &r.number, px, py, true, true);
        lua_pushnumber(L, r.number);
        return r;
    }
    out = rw_vectors_row(L);
    f(rw_sandbox_of(L)->vectors->n, out, px, py, x.x != NULL, y.x != NULL);
    r.x = out;
    rw_vector_push(L, out, false);
    return r;
}

/* A named operation; functions and metamethods carry it as upvalue 1. */
struct operation {
    const char *name; /* as shown */
    kernel *f;
};

static const struct operation *
operation_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

static struct rw_operand
argument(lua_State *L, int at, const char *name)
{
    struct rw_operand o;

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
    const struct operation *o = operation_of(L);
    struct rw_operand x = argument(L, 1, o->name);

    apply(L, o->f, x, x);
    return 1;
}

static int
two(lua_State *L)
{
    const struct operation *o = operation_of(L);
    struct rw_operand x = argument(L, 1, o->name);

    apply(L, o->f, x, argument(L, 2, o->name));
    return 1;
}

static int
several(lua_State *L)
{
    const struct operation *o = operation_of(L);
    int top = lua_gettop(L);
    struct rw_operand r = argument(L, 1, o->name);

    luaL_checkstack(L, top + LUA_MINSTACK, NULL);
    lua_pushvalue(L, 1);
    for (int i = 2; i <= top; i++)
        r = apply(L, o->f, r, argument(L, i, o->name));
    return 1;
}

static int
clamp(lua_State *L)
{
    struct rw_operand r = argument(L, 1, "vec.clamp");
    struct rw_operand low = argument(L, 2, "vec.clamp"),
                      high = argument(L, 3, "vec.clamp");

    r = apply(L, greatest, r, low);
    apply(L, least, r, high);
    return 1;
}

static double
element(const struct rw_operand *o, size_t i)
{
    return o->x ? o->x[i] : o->number;
}

static int
where(lua_State *L)
{
    struct rw_operand m = argument(L, 1, "vec.where"), a = argument(L, 2, "vec.where"),
                      b = argument(L, 3, "vec.where");
    size_t n;
    double *out;

    if (m.x == NULL) { /* one choice for all futures */
        lua_pushvalue(L, m.number != 0 ? 2 : 3);
        if (isnan(m.number))
            lua_pushnumber(L, NAN);
        return 1;
    }
    n = rw_sandbox_of(L)->vectors->n;
    out = rw_vectors_row(L);
    for (size_t i = 0; i < n; i++)
        out[i] = isnan(m.x[i]) ? m.x[i] : element(m.x[i] != 0 ? &a : &b, i);
    rw_vector_push(L, out, false);
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

static const struct operation functions2[] = {{"vec.lt", less}, {"vec.le", less_equal},
    {"vec.gt", greater}, {"vec.ge", greater_equal}, {"vec.eq", equal},
    {"vec.ne", not_equal}, {"vec.pow", power}, {NULL, NULL}};
static const struct operation functions1[] = {{"vec.exp", exponential},
    {"vec.log", logarithm}, {"vec.sqrt", root}, {"vec.abs", absolute},
    {"vec.floor", whole}, {NULL, NULL}};
static const struct operation functions_many[] = {
    {"vec.min", least}, {"vec.max", greatest}, {NULL, NULL}};
static const struct operation operators[] = {
    {"+", add}, {"-", subtract}, {"*", multiply}, {"/", divide}, {"^", power}};
static const char *const operator_events[] = {
    "__add", "__sub", "__mul", "__div", "__pow"};
static const struct operation minus = {"-", negate};

/* [-0, +0]  Puts f with operation o into the table on the top. */
static void
put(lua_State *L, const char *key, lua_CFunction f, const struct operation *o)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)o);
    lua_pushcclosure(L, f, 1);
    lua_setfield(L, -2, key);
}

static void
put_all(lua_State *L, lua_CFunction f, const struct operation o[])
{
    for (size_t i = 0; o[i].name; i++)
        put(L, o[i].name + strlen("vec."), f, &o[i]);
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
        put(L, operator_events[i], two, &operators[i]);
    put(L, "__unm", one, &minus);
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
}
