/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/partner.h"

#include "model/partner.h"
#include "wheel/wheel.h"

#include <math.h>

enum { STEP = 256 }; /* lots drawn together */

/* Beyond this mean the sequential search would lose digits and time. */
#define RW_SEARCH_MEAN 30.0

static double
poisson(double mean, double u)
{
    static const struct rw_count law = {.law = RW_COUNT_POISSON};
    double p = exp(-mean), sum = p;
    unsigned n = 0;

    if (mean > RW_SEARCH_MEAN)
        return rw_count_quantile(&law, mean, u);
    while (u > sum && p > 0) {
        p *= mean / ++n;
        sum += p;
    }
    return n;
}

static void
tell(const struct rw_wheel *g, const struct rw_partner *x, size_t r, double seen[],
    double exposure[])
{
    const struct rw_world *w = g->w;
    const struct rw_risk *k = &g->m->risks[r];
    const double *raw = rw_world_expected(w, k->source);
    const double *brought = w->brought + k->threat * w->room;
    const uint16_t *since = g->since + x->at * g->room;
    double prior = g->prior->rate[r * g->m->cycles + w->cycle];
    bool shocked = g->m->threats[k->threat].shocked;
    struct rw_stream at = {w->seed, x->lane[r]};
    double lot[STEP];

    for (size_t i = 0; i < w->n; i++) {
        double rate;

        if (i % STEP == 0)
            rw_stream_fill(
                at, w->first + i, w->cycle, w->n - i < STEP ? w->n - i : STEP, lot);
        if (since[i] > w->cycle)
            continue;
        rate = raw[i] + (shocked ? brought[i] * g->m->years : 0);
        seen[i] += x->weight * poisson(x->observes * rate, lot[i % STEP]);
        exposure[i] += x->weight * x->observes * prior;
    }
}

void
rw_partners_tell(const struct rw_wheel *g, size_t r, double seen[], double exposure[])
{
    for (size_t k = 0; k < g->m->n_partners; k++)
        if (g->m->partners[k].lane[r] != 0)
            tell(g, &g->m->partners[k], r, seen, exposure);
}
