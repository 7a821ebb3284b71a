/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls that fail and work again: an alternating renewal process with
 * exponential times, period j (even: works, odd: failed) of future i lasting
 *   -ln u_j * (j even ? 1 / fails : fail_years).
 * The draws are the same for every strategy.  Availability in the long run:
 * 1 / (1 + fails * fail_years).  While a common cause is down (world/cause.c)
 * a control stands failed whatever its own state. */
#include "wheel/wheel.h"

#include <math.h>

/* Index of the uniform that decides the state at the start of the horizon. */
#define FIRST_STATE (UINT64_C(1) << 40)

static double
period(const struct rw_wheel *g, const struct rw_control *x, size_t i, uint32_t j)
{
    struct rw_stream at = {g->w->seed, x->fail_lane};
    double u = rw_stream_uniform(at, g->w->first + i, j);

    return -log(u) * (j % 2 == 0 ? 1 / x->fails : x->fail_years);
}

/* A new control starts working; one that has long been running is in any
 * state (the exponential has no memory of how long). */
void
rw_fail_start(struct rw_wheel *g, size_t c, size_t i, bool running_in)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;
    struct rw_stream lane = {g->w->seed, x->fail_lane};
    double odds = x->fails * x->fail_years; /* failed : working */

    if (x->upkeep.chain) {
        rw_chain_start(g, c, i, running_in);
        return;
    }
    g->switches[at] = running_in && rw_stream_uniform(lane, g->w->first + i,
                                        FIRST_STATE) < odds / (1 + odds);
    g->switch_at[at] = g->w->cycle * g->m->years + period(g, x, i, g->switches[at]);
}

/* A control's own process through the cycle. */
static void
advance(struct rw_wheel *g, size_t c, size_t i, double end)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;

    g->switch_from[at] = g->switch_at[at];
    g->switches_from[at] = g->switches[at];
    while (g->switch_at[at] < end) {
        if (g->changes[at] < UINT8_MAX)
            g->changes[at]++;
        g->switches[at]++;
        g->switch_at[at] += period(g, x, i, g->switches[at]);
    }
}

/* Changes of its causes count as its own: the risk has to look at times. */
static void
add_causes(struct rw_wheel *g, const struct rw_control *x, size_t at, size_t i)
{
    for (size_t k = 0; k < x->n_causes; k++) {
        unsigned sum =
            g->changes[at] + g->w->cause_changes[x->causes[k] * g->w->room + i];

        g->changes[at] = (uint8_t)(sum < UINT8_MAX ? sum : UINT8_MAX);
    }
}

/* Advances through the present cycle; sets what stands at its middle. */
void
rw_fail_cycle(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    double begin = g->w->cycle * g->m->years, end = begin + g->m->years;
    bool own = x->fails > 0 && !x->upkeep.chain;

    if (x->upkeep.chain)
        rw_chain_cycle(g, c);
    for (size_t i = 0; i < g->w->n; i++) {
        size_t at = c * g->room + i;

        if (!x->upkeep.chain)
            g->changes[at] = 0;
        if (g->since[at] > g->w->cycle || rw_world_stopped(g->w))
            continue;
        if (own)
            advance(g, c, i, end);
        add_causes(g, x, at, i);
        if (!rw_fail_works(g, c, i, begin + g->m->years / 2))
            g->stands[at] = g->weak[at];
    }
}

/* With at most one change the time of the first tells all; with more, the
 * cycle is gone through again from its start. */
static bool
works_itself(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;
    uint32_t j = g->switches_from[at];

    if (g->changes[at] < 2)
        return (j + (g->switch_from[at] <= time)) % 2 == 0;
    for (double next = g->switch_from[at]; next <= time; next += period(g, x, i, j))
        j++;
    return j % 2 == 0;
}

bool
rw_fail_works(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    const struct rw_control *x = &g->m->controls[c];

    for (size_t k = 0; k < x->n_causes; k++)
        if (rw_world_cause_down(g->w, x->causes[k], i, time))
            return false;
    if (x->upkeep.chain)
        return rw_chain_works(g, c, i, time);
    return x->fails <= 0 || works_itself(g, c, i, time);
}
