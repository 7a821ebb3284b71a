/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn_industry.c -- where an organisation starts that is one of a
 * trade. */
#include "num/credibility.h"
#include "study/learn.h"

#include <math.h>

/* The threat's rows as ratios, weights and members. */
struct sample {
    double *x, *w;
    size_t *of, n;
    double years;
};

static enum rw_err
gather(const struct rw_industry *t, size_t threat, struct rw_arena *a, struct sample *s)
{
    *s = (struct sample){RW_ARENA_NEW(a, t->n, double), RW_ARENA_NEW(a, t->n, double),
        RW_ARENA_NEW(a, t->n, size_t), 0, 0};
    if (s->x == NULL || s->w == NULL || s->of == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < t->n; i++) {
        if (t->v[i].threat != threat)
            continue;
        s->x[s->n] = t->v[i].incidents / t->v[i].years;
        s->w[s->n] = t->v[i].years;
        s->of[s->n++] = t->v[i].member;
        s->years += t->v[i].years;
    }
    return RW_OK;
}

enum rw_err
rw_learn_trade(const struct rw_learn_request *q, size_t threat, struct rw_arena *a,
    struct rw_learn_trade *x, struct rw_error *e)
{
    const struct rw_industry *t = q->industry;
    struct rw_credibility c;
    struct sample s;
    double *z = RW_ARENA_NEW(a, t ? t->members : 0, double), sum = 0;
    enum rw_err err;

    *x = (struct rw_learn_trade){0};
    if (t == NULL)
        return RW_OK;
    err = z ? gather(t, threat, a, &s) : RW_ERR_MEMORY;
    if (err != RW_OK)
        return rw_error_set(e, err, "no memory to learn");
    if (s.n == 0)
        return RW_OK;
    x->years = s.years;
    if (rw_credibility_make(s.x, s.w, s.of, s.n, t->members, z, NULL, &c) != RW_OK) {
        x->why = "the trade's table has fewer than two members, or none with two rows";
        return RW_OK;
    }
    for (size_t i = 0; i < t->members; i++)
        sum += z[i];
    x->members = c.members;
    x->mean = c.collective;
    x->between = c.between;
    x->within = c.within;
    x->variance = c.between > 0 ? c.between * (1 + 1 / sum) : c.within / s.years;
    if (!(x->mean > 0) || !(x->variance > 0))
        x->why =
            "nothing happened in the trade, or all the same: no spread to start from";
    return RW_OK;
}
