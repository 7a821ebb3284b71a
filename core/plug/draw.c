/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/draw.h"
#include "plug/border.h"
#include "plug/sandbox.h"
#include "plug/vector.h"

#include <lauxlib.h>

#include <math.h>
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

/* [-0, +1, e]  The next uniforms of this call. */
static struct rw_term
next_uniforms(lua_State *L, const char *name)
{
    struct rw_border *b = rw_sandbox_of(L)->host;

    if (!lua_isuserdata(L, 1))
        luaL_error(L, "draw with a colon: t:%s(...)", name);
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
    .name = "t:normal()", .f = map_normal, .operands = 1};

static int
draw_normal(lua_State *L)
{
    const struct rw_border *b = rw_sandbox_of(L)->host;
    struct rw_term u = next_uniforms(L, "normal"), none = rw_term_number(0);

    rw_vector_apply(L, &op_normal, b->normal, u, none, none);
    return 1;
}

/* At least one event of a Poisson number with mean x[1]. */
static void
map_happens(size_t n, double *restrict out, const double *const x[], const bool moves[],
    const void *with)
{
    const double *u = x[0], *mean = x[1];
    double last = 0, chance = 0;

    (void)with;
    for (size_t i = 0; i < n; i++) {
        double m = mean[moves[1] ? i : 0];

        if (m != last) { /* often the same in all futures */
            last = m;
            chance = -expm1(-m);
        }
        out[i] = u[i] < chance ? 1.0 : 0.0;
    }
}

static bool
fits_happens(const double x[])
{
    return x[1] >= 0;
}

static const struct rw_operation op_happens = {.name = "t:happens",
    .f = map_happens,
    .operands = 2,
    .fits = fits_happens,
    .demand = "an expected count is not negative"};

static int
draw_happens(lua_State *L)
{
    struct rw_term mean = rw_vector_operand(L, 2, "the expected count of t:happens()");
    struct rw_term u = next_uniforms(L, "happens");

    if (rw_term_is_number(mean) && !(mean.number >= 0))
        return luaL_error(L, "t:happens(%f): %s", mean.number, op_happens.demand);
    rw_vector_apply(L, &op_happens, NULL, u, mean, rw_term_number(0));
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
