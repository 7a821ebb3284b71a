/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What supporting controls do for others. */
#include "wheel/wheel.h"

#include <math.h>

static double
left_of(const struct rw_wheel *g, const size_t list[], size_t n, size_t i)
{
    double left = 1;

    for (size_t k = 0; k < n; k++)
        left *= 1 - g->stands[list[k] * g->room + i];
    return left;
}

double
rw_support_left(const struct rw_wheel *g, size_t c, size_t i, enum rw_support kind)
{
    const struct rw_upkeep *x = &g->m->controls[c].upkeep;

    return left_of(g, x->by[kind], x->n_by[kind], i);
}

double
rw_support_raised(const struct rw_wheel *g, size_t c, size_t i, double share)
{
    if (share <= 0)
        return share;
    return 1 - (1 - share) * rw_support_left(g, c, i, RW_SUPPORT_AUDITS);
}

double
rw_support_awareness(const struct rw_wheel *g, size_t i)
{
    return 1 - left_of(g, g->m->upkeep.aware, g->m->upkeep.n_aware, i);
}

double
rw_support_reliability(
    const struct rw_control *x, double fails, const double left[RW_SUPPORTS])
{
    const struct rw_upkeep *u = &x->upkeep;
    const struct rw_reliability all = {fails * left[RW_SUPPORT_FAILS],
        x->fail_years * left[RW_SUPPORT_FINDS], u->at_most > 0 ? u->at_most : INFINITY,
        u->correction * left[RW_SUPPORT_CORRECTS]};

    return u->law == RW_RELIABILITY_KNOWLEDGE_BASE
               ? rw_reliability_knowledge_base(all.fails, all.years)
               : rw_reliability_available(&all);
}

void
rw_support_steady(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    double left[RW_SUPPORTS];

    for (size_t i = 0; i < g->w->n; i++) {
        size_t at = c * g->room + i;

        for (int k = 0; k < RW_SUPPORTS; k++)
            left[k] = rw_support_left(g, c, i, (enum rw_support)k);
        g->intended[at] = rw_reliability_effect(1,
            rw_support_reliability(x, rw_world_fails(g->w, x, i), left),
            g->intended[at], g->weak[at]);
        g->stands[at] = g->intended[at];
    }
}
