/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/stage.c -- completes threats whose attacks go through stages. */
#include "model/build.h"

#include <string.h>

enum { DAYS_PER_YEAR = 365 };

/* Samplers of a loss's amounts, and the mean of every ending. */
enum rw_err
rw_stage_build_loss(struct build *b, const struct rw_threat *t, struct rw_loss *l)
{
    for (int e = 0; e < RW_ENDINGS; e++) {
        if (l->by.given[e] &&
            rw_build_sampler(b, &l->by.sampler[e], &l->by.amount[e]) != RW_OK)
            return RW_ERR_MEMORY;
        l->by.mean[e] = l->by.given[e] ? rw_dist_mean(&l->by.amount[e]) * l->secondary
                                       : l->mean * t->attack.share[e];
    }
    return RW_OK;
}

enum rw_ending
rw_stage_failed_as(
    const struct rw_threat *t, const struct rw_loss *l, enum rw_ending class)
{
    return l->by.given[RW_ENDING_FAILS] || t->attack.fails ? RW_ENDING_FAILS : class;
}

static void
set_means(const struct rw_model *m, struct rw_risk *r)
{
    const struct rw_threat *t = &m->threats[r->threat];

    for (size_t j = 0; j < t->n_losses; j++) {
        const struct rw_loss *l = &t->losses[j];
        double scale = r->scale[j] * (l->per == RW_PER_EVENT ? 1 : DAYS_PER_YEAR);

        for (int e = 0; e < RW_ENDINGS; e++)
            r->staged->mean[l->per][e] += scale * l->by.mean[e];
        for (int e = 0; e < RW_ENDING_FULL; e++)
            r->staged->failed[l->per][e] +=
                scale * l->by.mean[rw_stage_failed_as(t, l, (enum rw_ending)e)];
    }
}

static bool
sees(const struct rw_control *c, const char *stage)
{
    for (size_t k = 0; k < c->n_stages; k++)
        if (strcmp(c->stages[k], stage) == 0)
            return true;
    return c->n_stages == 0;
}

static enum rw_err
set_watch(struct build *b, const struct rw_model *m, const struct rw_risk *r,
    const struct rw_stage *s, struct rw_watch *x)
{
    for (int f = 0; f < 3; f++) {
        const size_t *list = r->controls[RW_FUNCTION_VISIBILITY + f];
        size_t n = r->n_controls[RW_FUNCTION_VISIBILITY + f];

        x->controls[f] = RW_ARENA_NEW(rw_build_arena(b), n, size_t);
        if (x->controls[f] == NULL)
            return rw_build_memory(b);
        for (size_t k = 0; k < n; k++)
            if (sees(&m->controls[list[k]], s->name))
                x->controls[f][x->n[f]++] = list[k];
    }
    return RW_OK;
}

enum rw_err
rw_stage_build(struct build *b, struct rw_model *m)
{
    enum rw_err err = RW_OK;

    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++) {
        struct rw_risk *x = &m->risks[r];
        const struct rw_attack *a = &m->threats[x->threat].attack;

        if (a->n == 0)
            continue;
        x->staged = RW_ARENA_NEW(rw_build_arena(b), 1, struct rw_staged);
        if (x->staged == NULL)
            return rw_build_memory(b);
        x->staged->watch = RW_ARENA_NEW(rw_build_arena(b), a->n, struct rw_watch);
        if (x->staged->watch == NULL)
            return rw_build_memory(b);
        x->staged->slot = m->n_staged++;
        set_means(m, x);
        for (size_t k = 0; k < a->n && err == RW_OK; k++)
            err = set_watch(b, m, x, &a->stages[k], &x->staged->watch[k]);
    }
    return err;
}
