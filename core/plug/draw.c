/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/draw.h"
#include "plug/border.h"
#include "plug/sandbox.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <math.h>
#include <string.h>

/* [-0, +0, e]  A new row of uniforms, the next ordinal of this call. */
static double *
next_uniforms(lua_State *L, const char *name)
{
    struct rw_border *b = rw_sandbox_of(L)->host;
    const struct rw_hook_call *c = b->call;
    double *u;

    if (!lua_isuserdata(L, 1))
        luaL_error(L, "draw with a colon: t:%s(...)", name);
    if (b->draws >= RW_BORDER_DRAWS)
        luaL_error(L, "more than %d draws in one call", RW_BORDER_DRAWS);
    u = rw_vectors_row(L);
    if (b->fixed != NULL) {
        if (b->draws >= b->n_fixed)
            luaL_error(L, "more draws than the %d given", (int)b->n_fixed);
        for (size_t i = 0; i < c->n; i++)
            u[i] = b->fixed[b->draws];
        b->draws++;
        return u;
    }
    rw_stream_fill((struct rw_stream){c->seed, b->use->lane}, c->first,
        (uint64_t)c->cycle * RW_BORDER_DRAWS + b->draws, c->n, u);
    b->draws++;
    return u;
}

static int
draw_uniform(lua_State *L)
{
    rw_vector_push(L, next_uniforms(L, "uniform"), false);
    return 1;
}

static int
draw_normal(lua_State *L)
{
    const struct rw_border *b = rw_sandbox_of(L)->host;
    double *x = next_uniforms(L, "normal");

    rw_sampler_map(b->normal, b->call->n, x, x);
    rw_vector_push(L, x, false);
    return 1;
}

/* At least one event of a Poisson number with that mean. */
static int
draw_happens(lua_State *L)
{
    const struct rw_border *b = rw_sandbox_of(L)->host;
    struct rw_operand mean =
        rw_vector_operand(L, 2, "the expected count of t:happens()");
    double *u = next_uniforms(L, "happens"), last = 0, chance = 0;

    for (size_t i = 0; i < b->call->n; i++) {
        double m = mean.x ? mean.x[i] : mean.number;

        if (!(m >= 0))
            return luaL_error(L, "t:happens(%f): an expected count is not negative", m);
        if (m != last) { /* often the same in all futures */
            last = m;
            chance = -expm1(-m);
        }
        u[i] = u[i] < chance ? 1.0 : 0.0;
    }
    rw_vector_push(L, u, false);
    return 1;
}

lua_CFunction
rw_draw_find(const char *name)
{
    static const luaL_Reg draws[] = {
        {"happens", draw_happens}, {"normal", draw_normal}, {"uniform", draw_uniform}};

    for (size_t i = 0; i < sizeof draws / sizeof draws[0]; i++)
        if (strcmp(name, draws[i].name) == 0)
            return draws[i].func;
    return NULL;
}
