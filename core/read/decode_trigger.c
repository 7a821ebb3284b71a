/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

/* A trigger while it is checked. */
struct asked {
    struct rw_decode *x;
    const struct rw_node *node, *strategy;
    const struct rw_strategy *s;
    const struct rw_trigger *t;
};

static void
never(const struct asked *q, const char *why, const char *help)
{
    rw_decode_wrong(
        q->x, rw_node_get(q->node, "on"), "this trigger can never fire: %s", why);
    rw_diag_help(q->x->d, "%s", help);
}

static void
idle(const struct asked *q, const char *why, const char *help)
{
    rw_decode_wrong(
        q->x, rw_node_get(q->node, "do"), "this trigger does nothing: %s", why);
    rw_diag_help(q->x->d, "%s", help);
}

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

static void
check_condition(const struct asked *q)
{
    const struct rw_deciding *d = &q->s->deciding;
    const struct rw_model *m = q->x->m;
    bool planner = rw_node_get(q->strategy, "planner") != NULL;

    if (d->no_check)
        never(q, "nothing is checked", "leave the trigger out, or 'check': false");
    else if (d->no_act)
        never(q, "nobody acts", "leave the trigger out, or 'act': false");
    else if (q->t->on == RW_ON_FINDING && !some_control_fails(m))
        never(q, "no control can fail", "give one a 'variance'");
    else if (q->t->on == RW_ON_FINDING && q->s->audit_share <= 0 &&
             d->knows == RW_KNOWS_BELIEFS)
        never(q, "nothing is audited", "give the strategy's check an 'audit'");
    else if (q->t->on <= RW_ON_CUSUM && q->t->on != RW_ON_FINDING &&
             !some_incident_is_seen(m, q->t))
        never(q, "no incident is ever seen", "see the threats' 'detection'");
    else if ((q->t->on == RW_ON_CUSUM || q->t->on == RW_ON_APPETITE) &&
             (!planner || d->no_plan || d->knows == RW_KNOWS_TRUTH))
        never(q, "there are no beliefs to compare with",
            "it needs a planner that is asked and decides from beliefs");
    else if (q->t->on == RW_ON_APPETITE && m->n_appetite == 0)
        never(q, "the scenario states no appetite", "give it an 'appetite'");
    else if (q->t->delay + (q->t->action <= RW_DO_FUND) >= m->cycles && m->cycles > 0)
        never(q, "its action comes after the horizon", "shorten the 'delay'");
}

static void
check_action(const struct asked *q)
{
    const struct rw_deciding *d = &q->s->deciding;
    bool planner = rw_node_get(q->strategy, "planner") != NULL && !d->no_plan;

    if (q->t->action <= RW_DO_FUND && !planner)
        idle(q, "there is no planner to ask", "let it 'audit' or 'correct'");
    else if (q->t->action == RW_DO_PLAN && d->plan_every < 2)
        idle(q, "a plan is made in every cycle", "state 'plan_every'");
    else if (q->t->action >= RW_DO_AUDIT && !some_control_fails(q->x->m))
        idle(q, "no control can fail", "give one a 'variance'");
}

/* The loss that it names is one of the appetite's. */
static void
check_point(const struct asked *q)
{
    const struct rw_model *m = q->x->m;
    const struct rw_node *above = rw_node_get(q->node, "above");
    bool found = m->n_appetite == 0; /* said already */

    for (size_t k = 0; k < m->n_appetite; k++)
        found |= m->appetite[k].loss == q->t->above;
    if (q->t->on != RW_ON_APPETITE || above == NULL || found)
        return;
    rw_decode_wrong(q->x, above, "the appetite has no point at this loss");
    rw_diag_help(q->x->d, "name the 'loss' of one of its points, or leave it out: any");
}

/* Keys that belong to other conditions, or lack. */
static void
check_keys(const struct asked *q)
{
    static const struct {
        const char *key;
        unsigned on; /* bit set of conditions */
    } own[] = {{"at_least", 1u << RW_ON_FINDING | 1u << RW_ON_INCIDENT},
        {"threats", 1u << RW_ON_INCIDENT | 1u << RW_ON_CUSUM}, {"k", 1u << RW_ON_CUSUM},
        {"h", 1u << RW_ON_CUSUM}, {"above", 1u << RW_ON_LOSS | 1u << RW_ON_APPETITE}};
    const struct rw_node *amount = rw_node_get(q->node, "amount");

    for (size_t k = 0; k < sizeof own / sizeof *own; k++) {
        const struct rw_node *found = rw_node_get(q->node, own[k].key);

        if (found && !(own[k].on & 1u << q->t->on))
            rw_decode_wrong_key(q->x, found, "a trigger on '%s' has no '%s'",
                rw_trigger_on_names[q->t->on], own[k].key);
    }
    if (q->t->on == RW_ON_LOSS && rw_node_get(q->node, "above") == NULL)
        rw_decode_missing(q->x, q->node, "trigger", "above", NULL);
    if (q->t->action == RW_DO_FUND && amount == NULL)
        rw_decode_missing(q->x, q->node, "trigger", "amount", NULL);
    if (q->t->action != RW_DO_FUND && amount)
        rw_decode_wrong_key(
            q->x, amount, "a trigger that does not 'fund' has no 'amount'");
}

static void
decode_trigger(const struct asked *q, struct rw_trigger *t)
{
    const struct rw_node *list = rw_decode_list(q->node, "threats");
    size_t before = q->x->d->total;

    t->place = rw_decode_place(q->x, q->node);
    if (!rw_decode_object(q->x, q->node, &rw_keys_trigger, t))
        return;
    if (list) {
        struct rw_id **refs = RW_DECODE_NEW(q->x, list->n, struct rw_id *);
        size_t n = refs != NULL
                       ? rw_decode_refs(q->x, list, 1u << RW_ID_THREAT, refs, NULL)
                       : 0;

        t->threats = rw_decode_indices(q->x, refs, n, RW_ID_THREAT, &t->n_threats);
    }
    if (q->x->d->total > before) /* some of it is not what was meant */
        return;
    check_keys(q);
    check_point(q);
    check_condition(q);
    check_action(q);
}

void
rw_decode_triggers(struct rw_decode *x, const struct rw_node *list,
    const struct rw_node *strategy, struct rw_strategy *s)
{
    struct rw_deciding *d = &s->deciding;

    d->triggers = RW_DECODE_NEW(x, list->n, struct rw_trigger);
    for (const struct rw_node *c = list->first; c && d->triggers; c = c->next) {
        struct rw_trigger *t = &d->triggers[d->n_triggers++];

        decode_trigger(&(struct asked){x, c, strategy, s, t}, t);
    }
}
