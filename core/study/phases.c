/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/phases.h"

/* Mean and error of sign times the column. */
static enum rw_err
mean_of(struct rw_figures *f, struct rw_column c, double sign, struct rw_mean *out)
{
    enum rw_err err = rw_figures_take(f, c, NULL);

    if (err != RW_OK)
        return err;
    *out = rw_figures_mean(f);
    out->mean = sign * out->mean + 0.0;
    return RW_OK;
}

/* The twin's loss, spend and both less those of the loop. */
static enum rw_err
value_twin(
    struct rw_figures *f, size_t s, enum rw_twin twin, struct rw_phase_worth *out)
{
    const struct rw_rows *r = &f->rows;
    size_t t = out->strategy;
    double sign = twin == RW_TWIN_KNOWING ? -1 : 1;
    enum rw_err err;

    err = mean_of(f, rw_column_less(rw_row_horizon(r, s), rw_row_horizon(r, t)), sign,
        &out->loss[twin]);
    if (err == RW_OK)
        err = mean_of(f, rw_column_less(rw_row_spend(r, s), rw_row_spend(r, t)), sign,
            &out->spend[twin]);
    return err == RW_OK ? mean_of(f, rw_column_both(r, s, t), sign, &out->total[twin])
                        : err;
}

/* *any false: no twin of this loop was simulated. */
static enum rw_err
value_loop(struct rw_figures *f, struct rw_phase_worth *out, bool *any)
{
    const struct rw_outcome *o = f->o;
    enum rw_err err = RW_OK;

    *any = false;

    for (size_t s = 0; s < o->n_strategies && err == RW_OK; s++) {
        const struct rw_strategy *twin = &o->model->strategies[o->strategy[s]];

        if (twin->twin == RW_TWIN_NONE || twin->twin_of != o->strategy[out->strategy])
            continue;
        out->has[twin->twin] = *any = true;
        err = value_twin(f, s, twin->twin, out);
    }
    return err;
}

enum rw_err
rw_phases_make(
    struct rw_figures *f, struct rw_arena *a, struct rw_phase_worth **worth, size_t *n)
{
    const struct rw_outcome *o = f->o;
    enum rw_err err = RW_OK;

    *worth = RW_ARENA_NEW(a, o->n_strategies, struct rw_phase_worth);
    *n = 0;
    if (*worth == NULL)
        return RW_ERR_MEMORY;
    for (size_t s = 0; s < o->n_strategies && err == RW_OK; s++) {
        bool any;

        (*worth)[*n] = (struct rw_phase_worth){.strategy = s};
        err = value_loop(f, &(*worth)[*n], &any);
        *n += any;
    }
    return err;
}
