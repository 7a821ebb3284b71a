/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/build.h"

void
rw_deciding_room(const struct rw_model *m, size_t *truth)
{
    *truth = 0;
    for (size_t s = 0; s < m->n_strategies; s++) {
        const struct rw_deciding *d = &m->strategies[s].deciding;

        *truth += d->n_steps + (d->reserve != NULL);
    }
}

static enum rw_err
build_money(struct build *b, struct rw_strategy *s)
{
    struct rw_deciding *d = &s->deciding;
    enum rw_err err = RW_OK;

    for (size_t k = 0; k < d->n_steps && err == RW_OK; k++) {
        const char *variable =
            rw_arena_printf(rw_build_arena(b), "budget/%u", d->steps[k].cycle + 1);

        err = variable == NULL ? rw_build_memory(b)
                               : rw_build_estimate(b, &d->steps[k].amount, "strategy",
                                     s->name, variable);
    }
    if (err == RW_OK && d->reserve != NULL)
        err = rw_build_estimate(b, d->reserve, "strategy", s->name, "reserve");
    return err;
}

static bool
excludes(const struct rw_control *c, size_t other)
{
    for (size_t k = 0; k < c->n_excludes; k++)
        if (c->excludes[k] == other)
            return true;
    return false;
}

/* Every control's list names those that name it. */
static enum rw_err
mirror_exclusions(struct build *b, struct rw_model *m)
{
    for (size_t c = 0; c < m->n_controls; c++) {
        struct rw_control *x = &m->controls[c];
        size_t more = 0, *list;

        for (size_t k = 0; k < m->n_controls; k++)
            more += excludes(&m->controls[k], c) && !excludes(x, k);
        if (more == 0)
            continue;
        list = RW_ARENA_NEW(rw_build_arena(b), x->n_excludes + more, size_t);
        if (list == NULL)
            return rw_build_memory(b);
        for (size_t k = 0; k < x->n_excludes; k++)
            list[k] = x->excludes[k];
        for (size_t k = 0, at = x->n_excludes; k < m->n_controls; k++)
            if (excludes(&m->controls[k], c) && !excludes(x, k))
                list[at++] = k;
        x->excludes = list;
        x->n_excludes += more;
    }
    return RW_OK;
}

enum rw_err
rw_deciding_build(struct build *b, struct rw_model *m)
{
    enum rw_err err = RW_OK;

    for (size_t s = 0; s < m->n_strategies && err == RW_OK; s++)
        err = build_money(b, &m->strategies[s]);
    return err == RW_OK ? mirror_exclusions(b, m) : err;
}
