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

/* What is said of each fault. */
static const struct {
    const char *why, *help;
} faults[] = {
    [RW_TRIGGER_UNCHECKED] = {"nothing is checked",
        "leave the trigger out, or 'check': false"},
    [RW_TRIGGER_UNANSWERED] = {"nobody acts", "leave the trigger out, or 'act': false"},
    [RW_TRIGGER_UNFAILING] = {"no control can fail", "give one a 'variance'"},
    [RW_TRIGGER_UNAUDITED] = {"nothing is audited",
        "give the strategy's check an 'audit'"},
    [RW_TRIGGER_UNSEEN] = {"no incident is ever seen", "see the threats' 'detection'"},
    [RW_TRIGGER_UNBELIEVED] = {"there are no beliefs to compare with",
        "it needs a planner that is asked and decides from beliefs"},
    [RW_TRIGGER_UNLIMITED] = {"the scenario states no appetite",
        "give it an 'appetite'"},
    [RW_TRIGGER_TOO_LATE] = {"its action comes after the horizon",
        "shorten the 'delay'"},
    [RW_TRIGGER_UNPLANNED] = {"there is no planner to ask",
        "let it 'audit' or 'correct'"},
    [RW_TRIGGER_ALWAYS] = {"a plan is made in every cycle", "state 'plan_every'"},
};

static void
check_sense(const struct asked *q)
{
    bool planner = rw_node_get(q->strategy, "planner") != NULL;
    enum rw_trigger_fault of = rw_trigger_never(q->x->m, q->s, planner, q->t);

    if (of != RW_TRIGGER_SOUND)
        never(q, faults[of].why, faults[of].help);
    of = rw_trigger_idle(q->x->m, q->s, planner, q->t);
    if (of != RW_TRIGGER_SOUND)
        idle(q, faults[of].why, faults[of].help);
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
    check_sense(q);
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
