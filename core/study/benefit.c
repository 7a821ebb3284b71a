/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/benefit.h"

#include "wheel/benefit.h"

#include <math.h>

static struct rw_mean
mean_of(const struct rw_moments *m)
{
    return (struct rw_mean){m->mean + 0.0, rw_moments_se(m)};
}

static double
variance(const struct rw_moments *m)
{
    double sd = rw_moments_sd(m);

    return sd * sd;
}

static void
set_ratio(struct rw_result_benefit *x, const struct rw_moments *b,
    const struct rw_moments *c, const struct rw_moments *net)
{
    double q, both;

    if (!(c->mean > RW_BENEFIT_SURE * rw_moments_se(c)))
        return;
    q = b->mean / c->mean;
    both = (variance(b) + variance(c) - variance(net)) / 2;
    x->has_ratio = true;
    x->ratio = q + 0.0;
    x->ratio_se =
        sqrt(fmax(variance(b) - 2 * q * both + q * q * variance(c), 0) / (double)b->n) /
        c->mean;
}

enum rw_err
rw_result_benefit_make(const struct rw_outcome *o, size_t s, struct rw_arena *a,
    struct rw_result_benefit **out)
{
    const struct rw_model *m = o->model;
    const struct rw_strategy *g = &m->strategies[o->strategy[s]];
    const struct rw_breakdown *b = &o->breakdown[s];
    size_t n = rw_benefit_rows(m);

    *out = NULL;
    if (!rw_benefit_told(m, g))
        return RW_OK;
    *out = RW_ARENA_NEW(a, n, struct rw_result_benefit);
    if (*out == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < n; k++) {
        struct rw_result_benefit *x = &(*out)[k];

        x->taken_off = mean_of(&b->taken_off[k]);
        x->spend = mean_of(&b->costs[k]);
        x->net = mean_of(&b->net[k]);
        set_ratio(x, &b->taken_off[k], &b->costs[k], &b->net[k]);
    }
    return RW_OK;
}

bool
rw_benefit_supports(const struct rw_model *m, size_t c)
{
    return m->controls[c].effect == RW_EFFECT_SUPPORT;
}
