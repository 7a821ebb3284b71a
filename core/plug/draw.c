/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/draw.h"
#include "plug/border.h"
#include "plug/law.h"
#include "plug/sandbox.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <string.h>

void
rw_draw_uniforms(const void *border, uint32_t at, size_t from, size_t n, double u[])
{
    const struct rw_border *b = border;
    const struct rw_hook_call *c = b->call;

    if (b->fixed != NULL)
        for (size_t i = 0; i < n; i++)
            u[i] = b->fixed[at];
    else
        rw_stream_fill((struct rw_stream){c->seed, b->use->lane}, c->first + from,
            (uint64_t)c->cycle * RW_BORDER_DRAWS + at, n, u);
}

static void
must_be_method(lua_State *L, const char *name)
{
    if (!lua_isuserdata(L, 1))
        luaL_error(L, "draw with a colon: t:%s(...)", name);
}

/* [-0, +1, e]  The next uniforms of this call. */
static struct rw_term
next_uniforms(lua_State *L, const char *name)
{
    struct rw_border *b = rw_sandbox_of(L)->host;

    must_be_method(L, name);
    if (b->draws >= RW_BORDER_DRAWS)
        luaL_error(L, "more than %d draws in one call", RW_BORDER_DRAWS);
    if (b->fixed != NULL && b->draws >= b->n_fixed)
        luaL_error(L, "more draws than the %d given", (int)b->n_fixed);
    return rw_vector_draw(L, b->draws++);
}

static int
draw_uniform(lua_State *L)
{
    next_uniforms(L, "uniform");
    return 1;
}

static void
map_normal(size_t n, double *restrict out, const double *const x[], const bool moves[],
    const void *with)
{
    (void)moves;
    rw_sampler_map(with, n, x[0], out);
}

static const struct rw_operation op_normal = {
    .name = "t:normal()", .f = map_normal, .operands = 1, .unit = RW_RULE_COUNTED};

static int
draw_normal(lua_State *L)
{
    const struct rw_border *b = rw_sandbox_of(L)->host;
    struct rw_term u = next_uniforms(L, "normal"), none = rw_term_number(0);

    rw_vector_apply(L, &op_normal, b->normal, u, none, none);
    return 1;
}

/* The laws with parameters; upvalue 1 is which. */
static int
draw_law(lua_State *L)
{
    const struct rw_law *law = lua_touserdata(L, lua_upvalueindex(1));
    struct rw_term x[RW_KERNEL_OPERANDS] = {
        rw_term_number(0.5), rw_term_number(0), rw_term_number(0)};
    bool numbers = true;

    must_be_method(L, law->name);
    lua_settop(L, RW_KERNEL_OPERANDS);
    for (int k = 1; k < law->op.operands; k++) {
        lua_pushfstring(L, "the %s of t:%s()", law->args[k - 1], law->name);
        x[k] = rw_vector_operand(L, k + 1, lua_tostring(L, -1));
        numbers = numbers && rw_term_is_number(x[k]);
        lua_pop(L, 1);
    }
    if (numbers &&
        !law->op.fits((const double[]){x[0].number, x[1].number, x[2].number})) {
        if (law->op.operands == 2)
            return luaL_error(
                L, "t:%s(%f): %s", law->name, x[1].number, law->op.demand);
        return luaL_error(
            L, "t:%s(%f, %f): %s", law->name, x[1].number, x[2].number, law->op.demand);
    }
    x[0] = next_uniforms(L, law->name);
    rw_vector_apply(L, &law->op, law, x[0], x[1], x[2]);
    return 1;
}

bool
rw_draw_push(lua_State *L, const char *name)
{
    const struct rw_law *law = rw_law_find(name);

    if (law != NULL) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)law);
        lua_pushcclosure(L, draw_law, 1);
    } else if (strcmp(name, "uniform") == 0) {
        lua_pushcfunction(L, draw_uniform);
    } else if (strcmp(name, "normal") == 0) {
        lua_pushcfunction(L, draw_normal);
    } else {
        return false;
    }
    return true;
}

const char *const rw_draw_names[] = {"beta", "exponential", "gamma", "happens",
    "lognormal", "normal", "poisson", "uniform", NULL};
