/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates that decision support makes better. */
#include "wheel/wheel.h"

enum rw_err
rw_aware_init(struct rw_wheel *g)
{
    bool any = g->m->upkeep.n_aware > 0 && g->plans &&
               g->s->deciding.knows == RW_KNOWS_BELIEFS;

    g->aware.share = any ? RW_ARENA_NEW(&g->arena, g->room, double) : NULL;
    return any && g->aware.share == NULL ? RW_ERR_MEMORY : RW_OK;
}

/* Of what operates at the start. */
static double
at_first(const struct rw_wheel *g)
{
    const struct rw_upkeeps *u = &g->m->upkeep;
    double left = 1;

    for (size_t k = 0; k < u->n_aware; k++)
        if (g->m->controls[u->aware[k]].status == RW_STATUS_OPERATING)
            left *= 1 - g->believed[u->aware[k] * (g->m->cycles + 1) + 1];
    return 1 - left;
}

void
rw_aware_look(struct rw_wheel *g)
{
    double first = 0;

    if (g->aware.share == NULL)
        return;
    if (g->w->cycle == 0)
        first = at_first(g);
    for (size_t i = 0; i < g->w->n; i++)
        g->aware.share[i] = g->w->cycle == 0 ? first : rw_support_awareness(g, i);
}

void
rw_aware_rate(const struct rw_wheel *g, size_t r, double times[])
{
    const struct rw_world *w = g->w;
    const struct rw_risk *x = &g->m->risks[r];
    size_t now = r * g->m->cycles + w->cycle,
           held = r * g->m->cycles + rw_wheel_assessed(g);
    const double *plain, *brought = w->brought + x->threat * w->room;
    bool shocked = g->m->threats[x->threat].shocked;
    double own, per_plain;

    if (g->aware.share == NULL || !(g->prior->rate[held] > 0))
        return;
    plain = w->plain + x->source * w->room;
    own = g->prior->rate[now] - (shocked ? g->prior->brought[r] : 0);
    per_plain = g->prior->plain[now] > 0 ? own / g->prior->plain[now] : 0;
    for (size_t i = 0; i < w->n; i++) {
        double truth = plain[i] * per_plain + (shocked ? brought[i] * g->m->years : 0);

        times[i] += g->aware.share[i] * (truth / g->prior->rate[held] - times[i]);
    }
}

void
rw_aware_size(const struct rw_wheel *g, size_t r, double times[])
{
    const struct rw_risk *x = &g->m->risks[r];
    const double *factor = g->w->factor + x->threat * g->w->room;
    double held = g->prior->money[r * g->m->cycles + rw_wheel_assessed(g)];

    if (g->aware.share == NULL || !(held > 0))
        return;
    for (size_t i = 0; i < g->w->n; i++)
        times[i] += g->aware.share[i] * (factor[i] * x->mean_loss / held - times[i]);
}
