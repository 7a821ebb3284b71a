/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/build.h"

/* Some control with a variance of its own. */
static bool
some_control_fails(const struct rw_model *m)
{
    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].fails > 0)
            return true;
    return false;
}

/* Incidents of some threat that it counts may come to light. */
static bool
some_incident_is_seen(const struct rw_model *m, const struct rw_trigger *t)
{
    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].function >= RW_FUNCTION_VISIBILITY &&
            m->controls[c].function <= RW_FUNCTION_RECOGNITION)
            return true;
    for (size_t k = 0; k < m->n_threats; k++) {
        bool counted = t->n_threats == 0;

        for (size_t j = 0; j < t->n_threats; j++)
            counted |= t->threats[j] == k;
        if (counted && m->threats[k].seen_probability > 0)
            return true;
    }
    return false;
}

enum rw_trigger_fault
rw_trigger_never(const struct rw_model *m, const struct rw_strategy *s, bool planner,
    const struct rw_trigger *t)
{
    const struct rw_deciding *d = &s->deciding;
    bool believes = planner && !d->no_plan && d->knows == RW_KNOWS_BELIEFS;

    if (d->no_check)
        return RW_TRIGGER_UNCHECKED;
    if (d->no_act)
        return RW_TRIGGER_UNANSWERED;
    if (t->on == RW_ON_FINDING && !some_control_fails(m))
        return RW_TRIGGER_UNFAILING;
    if (t->on == RW_ON_FINDING && s->audit_share <= 0 && d->knows == RW_KNOWS_BELIEFS)
        return RW_TRIGGER_UNAUDITED;
    if ((t->on == RW_ON_INCIDENT || t->on == RW_ON_CUSUM) &&
        !some_incident_is_seen(m, t))
        return RW_TRIGGER_UNSEEN;
    if ((t->on == RW_ON_CUSUM || t->on == RW_ON_APPETITE) && !believes)
        return RW_TRIGGER_UNBELIEVED;
    if (t->on == RW_ON_APPETITE && m->n_appetite == 0)
        return RW_TRIGGER_UNLIMITED;
    if (t->delay + (t->action <= RW_DO_FUND) >= m->cycles && m->cycles > 0)
        return RW_TRIGGER_TOO_LATE;
    return RW_TRIGGER_SOUND;
}

enum rw_trigger_fault
rw_trigger_idle(const struct rw_model *m, const struct rw_strategy *s, bool planner,
    const struct rw_trigger *t)
{
    const struct rw_deciding *d = &s->deciding;

    if (t->action <= RW_DO_FUND && !(planner && !d->no_plan))
        return RW_TRIGGER_UNPLANNED;
    if (t->action == RW_DO_PLAN && d->plan_every < 2)
        return RW_TRIGGER_ALWAYS;
    if (t->action >= RW_DO_AUDIT && !some_control_fails(m))
        return RW_TRIGGER_UNFAILING;
    return RW_TRIGGER_SOUND;
}

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
