/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/phases.h"

#include "model/model.h"

#include <string.h>

const char *const rw_twin_names[] = {
    "", "no-plan", "no-check", "no-act", "knowing", NULL};
const char *const rw_twin_worths[] = {
    "", "planning", "checking", "acting", "knowing", NULL};

bool
rw_strategy_is_whole(const struct rw_strategy *s)
{
    const struct rw_deciding *d = &s->deciding;

    return s->planner.plugin != NULL && d->knows == RW_KNOWS_BELIEFS && !d->no_plan &&
           !d->no_check && !d->no_act && s->twin == RW_TWIN_NONE;
}

/* Of its triggers those that it may have. */
static enum rw_err
sift_triggers(const struct rw_model *m, struct rw_strategy *x, struct rw_arena *a)
{
    const struct rw_deciding whole = x->deciding;
    struct rw_trigger *list = RW_ARENA_NEW(a, whole.n_triggers, struct rw_trigger);

    if (list == NULL)
        return RW_ERR_MEMORY;
    x->deciding.triggers = list;
    x->deciding.n_triggers = 0;
    for (size_t k = 0; k < whole.n_triggers; k++)
        if (rw_trigger_never(m, x, true, &whole.triggers[k]) == RW_TRIGGER_SOUND &&
            rw_trigger_idle(m, x, true, &whole.triggers[k]) == RW_TRIGGER_SOUND)
            list[x->deciding.n_triggers++] = whole.triggers[k];
    return RW_OK;
}

static struct rw_strategy
twin_of(const struct rw_strategy *s, size_t index, enum rw_twin twin)
{
    struct rw_strategy x = *s;

    x.twin = twin;
    x.twin_of = index;
    x.deciding.no_plan = twin == RW_TWIN_NO_PLAN;
    x.deciding.no_check = twin == RW_TWIN_NO_CHECK;
    x.deciding.no_act = twin == RW_TWIN_NO_ACT;
    x.deciding.knows = twin == RW_TWIN_KNOWING ? RW_KNOWS_TRUTH : RW_KNOWS_BELIEFS;
    return x;
}

static enum rw_err
check_name(const struct rw_model *m, const char *name, const struct rw_strategy *s,
    struct rw_error *e)
{
    for (size_t k = 0; k < m->n_strategies; k++)
        if (strcmp(m->strategies[k].name, name) == 0) {
            const struct rw_place *at = &m->strategies[k].place;
            enum rw_err err = rw_error_set(e, RW_ERR_INPUT,
                "the name '%s' is wanted for the twin of '%s' by which phases are "
                "valued: rename one of them",
                name, s->name);

            rw_error_place(e, at->file, at->line, at->col, at->pointer);
            return err;
        }
    return RW_OK;
}

static enum rw_err
add_twins(struct rw_model *m, size_t k, struct rw_arena *a, struct rw_error *e)
{
    const struct rw_strategy *s = &m->strategies[k];

    for (int t = RW_TWIN_NONE + 1; t < RW_TWINS && rw_strategy_is_whole(s); t++) {
        struct rw_strategy x = twin_of(s, k, (enum rw_twin)t);
        enum rw_err err;

        x.name = rw_arena_printf(a, "%s-%s", s->name, rw_twin_names[t]);
        if (x.name == NULL || sift_triggers(m, &x, a) != RW_OK)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for the model");
        err = check_name(m, x.name, s, e);
        if (err != RW_OK)
            return err;
        m->strategies[m->n_strategies++] = x;
    }
    return RW_OK;
}

enum rw_err
rw_model_add_twins(struct rw_model *m, struct rw_arena *a, struct rw_error *e)
{
    size_t n = m->n_strategies;
    struct rw_strategy *list = RW_ARENA_NEW(a, n * RW_TWINS, struct rw_strategy);
    enum rw_err err = RW_OK;

    if (list == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the model");
    memcpy(list, m->strategies, n * sizeof *list);
    m->strategies = list;
    for (size_t k = 0; k < n && err == RW_OK; k++)
        err = add_twins(m, k, a, e);
    return err;
}
