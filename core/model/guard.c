/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guard.h"

#include "model/model.h"

#include <string.h>

static const struct {
    enum rw_function first, last;
} functions[RW_GUARD_PARTS] = {
    [RW_GUARD_PREVENT] = {RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE},
    [RW_GUARD_SEE] = {RW_FUNCTION_VISIBILITY, RW_FUNCTION_VISIBILITY},
    [RW_GUARD_REVIEW] = {RW_FUNCTION_MONITORING, RW_FUNCTION_MONITORING},
    [RW_GUARD_RECOGNISE] = {RW_FUNCTION_RECOGNITION, RW_FUNCTION_RECOGNITION},
    [RW_GUARD_RESPOND] = {RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION},
};

/* list <- the risk's controls of a part; returns how many. */
static size_t
gather(const struct rw_risk *r, int part, size_t list[])
{
    size_t n = 0;

    for (int f = (int)functions[part].first; f <= (int)functions[part].last; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++)
            list[n++] = r->controls[f][k];
    return n;
}

/* Which guard the list is: one that there is, or a new one. */
static enum rw_err
find_guard(
    struct rw_guards *x, const size_t list[], size_t n, struct rw_arena *a, size_t *at)
{
    struct rw_guard *g;

    for (*at = 0; *at < x->n; ++*at)
        if (x->all[*at].n == n &&
            (n == 0 || memcmp(x->all[*at].controls, list, n * sizeof *list) == 0))
            return RW_OK;
    g = &x->all[x->n];
    g->controls = RW_ARENA_NEW(a, n, size_t);
    if (g->controls == NULL)
        return RW_ERR_MEMORY;
    for (g->n = 0; g->n < n; g->n++)
        g->controls[g->n] = list[g->n];
    x->n++;
    return RW_OK;
}

static size_t
find_sight(struct rw_guards *x, const size_t guard[3], double p0)
{
    struct rw_sight *s;

    for (size_t k = 0; k < x->n_sights; k++) {
        s = &x->sights[k];
        if (memcmp(s->guard, guard, sizeof s->guard) == 0 && s->p0 == p0)
            return k;
    }
    s = &x->sights[x->n_sights];
    *s = (struct rw_sight){{guard[0], guard[1], guard[2]}, p0, p0 >= 1};
    for (size_t k = 0; k < 3; k++)
        s->constant = s->constant || x->all[guard[k]].n == 0;
    return x->n_sights++;
}

enum rw_err
rw_guard_build(struct rw_model *m, struct rw_arena *a)
{
    struct rw_guards *x = &m->guards;
    size_t *list = RW_ARENA_NEW(a, m->n_controls, size_t);

    x->n = x->n_sights = 0;
    x->all = RW_ARENA_NEW(a, m->n_risks * RW_GUARD_PARTS, struct rw_guard);
    x->sights = RW_ARENA_NEW(a, m->n_risks, struct rw_sight);
    if (list == NULL || x->all == NULL || x->sights == NULL)
        return RW_ERR_MEMORY;
    for (size_t r = 0; r < m->n_risks; r++) {
        struct rw_risk *k = &m->risks[r];

        for (int p = 0; p < RW_GUARD_PARTS; p++) {
            size_t n = gather(k, p, list);
            enum rw_err err = find_guard(x, list, n, a, &k->guard[p]);

            if (err != RW_OK)
                return err;
        }
        k->sight = find_sight(
            x, k->guard + RW_GUARD_SEE, m->threats[k->threat].seen_probability);
    }
    return RW_OK;
}
