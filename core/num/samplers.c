/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/samplers.h"

struct rw_sampler_due {
    struct rw_sampler *s;
    struct rw_sampler_due *before;
    double (*rows)[RW_SAMPLER_ROOM];
    bool made;
};

enum rw_err
rw_samplers_add(struct rw_samplers *l, struct rw_sampler *s, const struct rw_dist *d,
    struct rw_arena *a)
{
    struct rw_sampler_due *x;

    if (!rw_sampler_begin(s, d))
        return RW_OK;
    x = RW_ARENA_NEW(a, 1, struct rw_sampler_due);
    if (x == NULL)
        return RW_ERR_MEMORY;
    x->rows = rw_arena_alloc(a, RW_SAMPLER_ROWS, sizeof x->rows[0]);
    if (x->rows == NULL)
        return RW_ERR_MEMORY;
    x->s = s;
    x->before = l->last;
    l->last = x;
    l->n++;
    return RW_OK;
}

static void
tabulate(void *self, size_t k)
{
    struct rw_sampler_due *x = ((struct rw_sampler_due **)self)[k];

    x->made = rw_sampler_tabulate(x->s, x->rows);
}

enum rw_err
rw_samplers_make(struct rw_samplers *l, struct rw_arena *a, struct rw_team *t)
{
    struct rw_sampler_due **all = RW_ARENA_NEW(a, l->n, struct rw_sampler_due *);
    enum rw_err err = RW_OK;

    if (all == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = l->n; k-- > 0; l->last = l->last->before)
        all[k] = l->last;
    rw_team_do(t, l->n, tabulate, all);
    for (size_t k = 0; k < l->n && err == RW_OK; k++)
        if (!all[k]->made)
            err = rw_sampler_refine(all[k]->s, a);
    l->n = 0;
    return err;
}
