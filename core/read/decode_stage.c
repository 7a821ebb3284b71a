/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks that go through stages, and the controls that see them. */
#include "read/decode.h"

#include <string.h>

static const char *const ending_keys[] = {"early", "mid", "late", NULL, "fails"};

/* ---- stages ---- */

static void
decode_stage(struct rw_decode *x, const struct rw_node *node, struct rw_attack *a,
    size_t k, const struct rw_node *before)
{
    struct rw_stage *s = &a->stages[k];

    s->place = rw_decode_place(x, node);
    s->name = "?";
    if (!rw_decode_object(x, node, &rw_keys_stage, s))
        return;
    if (rw_node_get(node, "class") == NULL)
        s->class = (unsigned)(3 * k / a->n);
    for (size_t j = 0; j < k; j++)
        if (strcmp(a->stages[j].name, s->name) == 0 && strcmp(s->name, "?") != 0)
            rw_decode_wrong(x, rw_node_get(node, "name"),
                "'%s' is the name of two stages", rw_diag_shown(x->d, s->name));
    if (k > 0 && s->class < a->stages[k - 1].class) {
        const struct rw_node *class = rw_node_get(node, "class");

        rw_decode_wrong(x, class ? class : node,
            "a stage that counts as '%s' comes after one that counts as '%s'",
            rw_seen_names[s->class], rw_seen_names[a->stages[k - 1].class]);
        rw_decode_also(x, before, "this one");
        rw_diag_help(x->d, "stages follow each other: early, then mid, then late");
    }
}

static void
decode_stages(struct rw_decode *x, const struct rw_node *list, struct rw_attack *a)
{
    const struct rw_node *before = NULL;
    size_t k = 0;

    if (list->n == 0 || list->n > RW_STAGES_MAX) {
        rw_decode_wrong(x, list, "stages must be between 1 and %d", RW_STAGES_MAX);
        rw_diag_label(x->d, "these are %zu", list->n);
        if (list->n == 0)
            rw_diag_help(x->d, "leave the key out where events happen at once");
        return;
    }
    a->stages = RW_DECODE_NEW(x, list->n, struct rw_stage);
    if (a->stages == NULL)
        return;
    a->n = list->n;
    for (const struct rw_node *c = list->first; c; before = c, c = c->next)
        decode_stage(x, c, a, k++, before);
}

/* What is seen later costs no less. */
static void
check_shares(
    struct rw_decode *x, const struct rw_node *outcomes, const struct rw_attack *a)
{
    for (int e = RW_ENDING_EARLY; e < RW_ENDING_LATE; e++) {
        const struct rw_node *early = rw_node_get(outcomes, ending_keys[e]);
        const struct rw_node *later = rw_node_get(outcomes, ending_keys[e + 1]);

        if (a->share[e] <= a->share[e + 1])
            continue;
        rw_decode_wrong(x, later ? later : early,
            "an attack seen '%s' costs less than one seen '%s'", ending_keys[e + 1],
            ending_keys[e]);
        if (later && early)
            rw_decode_also(x, early, "more than that");
        rw_diag_help(x->d, "shares may not fall from early to late");
    }
}

/* Keys that mean something only where there are stages. */
static void
check_needs(struct rw_decode *x, const struct rw_node *node)
{
    static const char *const keys[] = {"outcomes", "response"};

    for (int k = 0; k < 2; k++) {
        const struct rw_node *given = rw_node_get(node, keys[k]);

        if (given == NULL)
            continue;
        rw_decode_wrong_key(x, given, "'%s' needs 'stages'", keys[k]);
        rw_diag_help(
            x->d, "one stage is enough: [{\"name\": \"attack\", \"days\": 1}]");
    }
}

void
rw_decode_attack(struct rw_decode *x, const struct rw_node *node, struct rw_threat *t)
{
    const struct rw_node *stages = rw_node_get(node, "stages");
    const struct rw_node *list = rw_decode_list(node, "stages");
    const struct rw_node *outcomes = rw_node_get(node, "outcomes");
    const struct rw_node *cover = rw_node_get(node, "cover");

    if (stages == NULL) {
        check_needs(x, node);
        return;
    }
    if (list)
        decode_stages(x, list, &t->attack);
    t->attack.fails = rw_node_get(outcomes, "fails") != NULL;
    t->attack.times = rw_node_get(node, "response") != NULL;
    t->attack.share[RW_ENDING_FULL] = 1;
    if (outcomes)
        check_shares(x, outcomes, &t->attack);
    if (cover)
        rw_decode_conflict(x, stages, cover,
            "a cover of attacks in stages is not simulated: state losses after it");
}

/* ---- losses ---- */

static void
decode_amount(struct rw_decode *x, const struct rw_node *node, struct rw_loss *l, int e)
{
    struct rw_measure q =
        rw_decode_measure(x, rw_key_find(&rw_keys_amounts, ending_keys[e]));

    if (l->of == RW_OF_VALUE)
        q.unit = RW_UNIT_SHARE;
    l->by.amount[e] = rw_dist_constant(0);
    l->by.given[e] = rw_decode_dist(x, node, &q, NULL, &l->by.amount[e]);
}

/* Mean of an ending, with the threat's share where it has no own amount. */
static double
mean_of(const struct rw_threat *t, const struct rw_loss *l, int e)
{
    return l->by.given[e] ? rw_dist_mean(&l->by.amount[e])
                          : rw_dist_mean(&l->amount) * t->attack.share[e];
}

static void
check_order(struct rw_decode *x, const struct rw_node *outcomes,
    const struct rw_node *amount, const struct rw_threat *t, const struct rw_loss *l)
{
    static const char *const endings[] = {
        "seen 'early'", "seen 'mid'", "seen 'late'", "with its full impact"};

    for (int e = RW_ENDING_EARLY; e < RW_ENDING_FULL; e++) {
        const struct rw_node *early = rw_node_get(outcomes, ending_keys[e]);
        const struct rw_node *later =
            e + 1 < RW_ENDING_FULL ? rw_node_get(outcomes, ending_keys[e + 1]) : amount;

        if ((early == NULL && later == NULL) ||
            mean_of(t, l, e) <= mean_of(t, l, e + 1) * (1 + 0x1p-40))
            continue;
        rw_decode_wrong(x, later ? later : early,
            "an attack %s costs less on average than one %s", endings[e + 1],
            endings[e]);
        if (later && early)
            rw_decode_also(x, early, "more than that");
        rw_diag_help(x->d, "amounts may not fall from early to the full impact");
    }
}

void
rw_decode_loss_outcomes(struct rw_decode *x, const struct rw_node *node,
    const struct rw_node *threat, const struct rw_threat *t, struct rw_loss *l)
{
    const struct rw_node *outcomes = rw_node_get(node, "outcomes");
    const struct rw_node *per = rw_node_get(node, "per");

    if (t->attack.n == 0) {
        if (rw_node_get(threat, "stages"))
            return; /* reported */
        if (outcomes)
            rw_decode_wrong_key(x, outcomes, "'outcomes' needs a threat with 'stages'");
        if (per && l->per != RW_PER_EVENT)
            rw_decode_wrong(x, per, "losses per %s need a threat with 'stages'",
                rw_per_names[l->per]);
        return;
    }
    if (per && l->per == RW_PER_OUTAGE_DAY && !t->attack.times) {
        rw_decode_wrong(x, per, "this threat states no time of a response");
        rw_diag_help(x->d, "give the threat its 'response', or the loss per event");
    }
    for (int e = 0; outcomes && e < RW_ENDINGS; e++) {
        const struct rw_node *given =
            ending_keys[e] ? rw_node_get(outcomes, ending_keys[e]) : NULL;

        if (given)
            decode_amount(x, given, l, e);
    }
    if (outcomes)
        check_order(x, outcomes, rw_node_get(node, "amount"), t, l);
}

/* ---- the controls that see them ---- */

static bool
is_detection(const struct rw_control *c)
{
    return rw_function_effect(c->function) == RW_EFFECT_DETECT;
}

static bool
holds(const size_t list[], size_t n, size_t what)
{
    for (size_t k = 0; k < n; k++)
        if (list[k] == what)
            return true;
    return n == 0;
}

static bool
covers(const struct rw_control *c, const struct rw_threat *t, size_t threat)
{
    bool asset = c->n_covers_assets == 0;

    for (size_t k = 0; k < t->n_assets && !asset; k++)
        asset = holds(c->covers_assets, c->n_covers_assets, t->assets[k]);
    return asset && holds(c->covers_threats, c->n_covers_threats, threat);
}

/* A covered threat has a stage of that name; name NULL: has any. */
static bool
meets_stage(const struct rw_decode *x, const struct rw_control *c, const char *name)
{
    for (size_t k = 0; k < x->m->n_threats; k++) {
        const struct rw_threat *t = &x->m->threats[k];

        for (size_t j = 0; j < t->attack.n && covers(c, t, k); j++)
            if (name == NULL || strcmp(t->attack.stages[j].name, name) == 0)
                return true;
    }
    return false;
}

static void
decode_names(struct rw_decode *x, const struct rw_node *list, struct rw_control *c)
{
    c->stages = RW_DECODE_NEW(x, list->n, const char *);
    if (list->n == 0) {
        rw_decode_wrong(x, list, "stages is empty");
        rw_diag_help(x->d, "list one or more, or leave the key out");
    }
    for (const struct rw_node *s = list->first; s && c->stages; s = s->next) {
        if (s->kind != RW_JSON_STRING) {
            rw_decode_wrong_kind(x, s, "a stage", "its name in double quotes");
            continue;
        }
        for (size_t k = 0; k < c->n_stages; k++)
            if (strcmp(c->stages[k], s->text) == 0)
                rw_decode_wrong(x, s, "'%s' stands twice in this list",
                    rw_diag_shown(x->d, s->text));
        c->stages[c->n_stages++] = rw_decode_copy(x, s->text);
        if (meets_stage(x, c, s->text))
            continue;
        rw_decode_wrong(x, s, "no threat that this control covers has a stage '%s'",
            rw_diag_shown(x->d, s->text));
    }
}

static void
decode_watch(struct rw_decode *x, const struct rw_node *node, struct rw_control *c)
{
    const struct rw_node *stages = rw_node_get(node, "stages");
    const struct rw_node *list = rw_decode_list(node, "stages");
    const struct rw_node *every = rw_node_get(node, "every");
    const struct rw_node *function = rw_node_get(node, "function");
    bool monitors = c->function == RW_FUNCTION_MONITORING;

    if (stages && !is_detection(c)) {
        rw_decode_wrong_key(x, stages, "a control of the function '%s' sees no stages",
            rw_function_names[c->function]);
        rw_decode_also(x, function, "");
        rw_diag_help(x->d, "visibility, monitoring and recognition do");
    } else if (list) {
        decode_names(x, list, c);
    }
    if (every && !monitors) {
        rw_decode_wrong_key(x, every, "'every' does not go with the function '%s'",
            rw_function_names[c->function]);
        rw_decode_also(x, function, "");
        rw_diag_help(x->d, "it is the time between reviews: of monitoring");
    } else if (every == NULL && monitors && meets_stage(x, c, NULL)) {
        rw_decode_missing(x, node, "control", "every",
            "it stands before attacks in stages: say how much time is "
            "between its reviews");
    }
}

void
rw_decode_watches(struct rw_decode *x, const struct rw_node *list)
{
    size_t i = 0;

    for (const struct rw_node *node = list->first; node; node = node->next, i++) {
        const struct rw_node *f = rw_decode_text(node, "function");

        if (f && strcmp(f->text, rw_function_names[x->m->controls[i].function]) == 0)
            decode_watch(x, node, &x->m->controls[i]);
    }
}
