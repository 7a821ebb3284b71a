/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/phases.h"

#include "num/sample.h"

/* Two strategies, future by future; x: scratch (n). */
struct pair {
    const struct rw_outcome *o;
    size_t with, without;
    double sign, *x;
};

/* Mean and error of sign (without - with) of loss and spend, weighed. */
static struct rw_mean
difference(const struct pair *p, double loss, double spend)
{
    const struct rw_outcome *o = p->o;
    struct rw_moments m;

    for (size_t i = 0; i < o->n; i++)
        p->x[i] =
            p->sign *
            (loss * (o->horizon_loss[p->without][i] - o->horizon_loss[p->with][i]) +
                spend * (o->spend[p->without][i] - o->spend[p->with][i]));
    m = rw_sample_means(p->x, o->n, o->each);
    return (struct rw_mean){m.mean + 0.0, rw_moments_se(&m)};
}

/* False: no twin of this loop was simulated. */
static bool
value_loop(const struct rw_outcome *o, double x[], struct rw_phase_worth *out)
{
    bool any = false;

    for (size_t s = 0; s < o->n_strategies; s++) {
        const struct rw_strategy *twin = &o->model->strategies[o->strategy[s]];
        struct pair p = {o, out->strategy, s, 1, x};

        if (twin->twin == RW_TWIN_NONE || twin->twin_of != o->strategy[out->strategy])
            continue;
        if (twin->twin == RW_TWIN_KNOWING)
            p.sign = -1;
        out->has[twin->twin] = any = true;
        out->loss[twin->twin] = difference(&p, 1, 0);
        out->spend[twin->twin] = difference(&p, 0, 1);
        out->total[twin->twin] = difference(&p, 1, 1);
    }
    return any;
}

enum rw_err
rw_phases_make(const struct rw_outcome *o, double x[], struct rw_arena *a,
    struct rw_phase_worth **worth, size_t *n)
{
    *worth = RW_ARENA_NEW(a, o->n_strategies, struct rw_phase_worth);
    *n = 0;
    if (*worth == NULL)
        return RW_ERR_MEMORY;
    for (size_t s = 0; s < o->n_strategies; s++) {
        (*worth)[*n] = (struct rw_phase_worth){.strategy = s};
        *n += value_loop(o, x, &(*worth)[*n]);
    }
    return RW_OK;
}
