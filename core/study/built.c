/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/built.h"

#include "base/text.h"

#include <limits.h>
#include <string.h>

static const struct rw_strategy *
find(const struct rw_model *m, const char *name, struct rw_arena *a, struct rw_error *e)
{
    const char **words = RW_ARENA_NEW(a, m->n_strategies, const char *), *near;

    for (size_t k = 0; words && k < m->n_strategies; k++) {
        words[k] = m->strategies[k].name;
        if (strcmp(words[k], name) == 0)
            return &m->strategies[k];
    }
    near = words ? rw_nearest_word(name, words, m->n_strategies) : NULL;
    rw_error_set(e, RW_ERR_USAGE, "the scenario has no strategy '%.80s'%s%s%s", name,
        near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    return NULL;
}

/* since[c] <- cycle from which it operates, UINT_MAX: never bought. */
static void
set_since(const struct rw_model *m, const struct rw_strategy *s, unsigned since[])
{
    bool moved = true;

    for (size_t c = 0; c < m->n_controls; c++) {
        const struct rw_control *x = &m->controls[c];
        bool planned = x->status == RW_STATUS_PLANNED && !s->idle;

        since[c] = x->status == RW_STATUS_OPERATING ? 0
                   : planned                        ? x->start + x->build
                                                    : UINT_MAX;
    }
    for (size_t k = 0; k < s->n_plan; k++)
        since[s->plan[k].control] =
            s->plan[k].cycle + m->controls[s->plan[k].control].build;
    while (moved) {
        moved = false;
        for (size_t c = 0; c < m->n_controls; c++)
            for (size_t k = 0; k < m->controls[c].n_requires; k++)
                if (since[m->controls[c].requires[k]] > since[c]) {
                    since[c] = since[m->controls[c].requires[k]];
                    moved = true;
                }
    }
}

/* Keeps come[] in the order of coming. */
static void
add(struct rw_built *b, size_t c, const unsigned since[])
{
    size_t at = b->n_come++;

    for (; at > 0 && since[b->come[at - 1]] > since[c]; at--)
        b->come[at] = b->come[at - 1];
    b->come[at] = c;
}

enum rw_err
rw_built_make(const struct rw_model *m, const char *strategy, struct rw_arena *a,
    struct rw_built *b, struct rw_error *e)
{
    const struct rw_strategy *s = find(m, strategy, a, e);
    unsigned *since = RW_ARENA_NEW(a, m->n_controls, unsigned);

    if (s == NULL)
        return RW_ERR_USAGE;
    if (s->planner.plugin != NULL)
        return rw_error_set(e, RW_ERR_USAGE,
            "'%.80s' has a planner, which builds something else in each future: there "
            "is no one law; take a strategy with a plan, or 'nothing'",
            strategy);
    *b = (struct rw_built){.model = *m,
        .strategy = s->name,
        .come = RW_ARENA_NEW(a, m->n_controls, size_t),
        .late = RW_ARENA_NEW(a, m->n_controls, size_t)};
    b->model.controls = RW_ARENA_NEW(a, m->n_controls, struct rw_control);
    if (!since || !b->come || !b->late || !b->model.controls)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the strategy");
    set_since(m, s, since);
    for (size_t c = 0; c < m->n_controls; c++) {
        struct rw_control *x = &b->model.controls[c];

        *x = m->controls[c];
        if (since[c] == UINT_MAX || x->status == RW_STATUS_OPERATING)
            continue;
        if (since[c] >= m->cycles) {
            b->late[b->n_late++] = c;
            continue;
        }
        x->status = RW_STATUS_OPERATING;
        add(b, c, since);
        b->cycle = since[c] > b->cycle ? since[c] : b->cycle;
        b->delayed |= x->delivery.overruns || x->delivery.may_fail;
    }
    return RW_OK;
}
