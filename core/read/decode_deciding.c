/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <string.h>

static bool
is_off(const struct rw_node *node, const char *key)
{
    const struct rw_node *phase = rw_node_get(node, key);

    return phase && phase->kind == RW_JSON_FALSE;
}

/* The name says what it knows. */
static void
check_knows(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    const struct rw_node *knows = rw_node_get(node, "knows");
    bool oracle = strcmp(s->name, "oracle") == 0;

    if (oracle && knows && s->deciding.knows == RW_KNOWS_BELIEFS) {
        rw_decode_wrong(x, knows, "the strategy 'oracle' knows the truth");
        rw_diag_help(x->d, "give one that decides from beliefs another name");
    }
    if (oracle)
        s->deciding.knows = RW_KNOWS_TRUTH;
    if (!oracle && knows && rw_node_get(node, "planner") == NULL) {
        rw_decode_wrong_key(x, knows, "'knows' without a 'planner'");
        rw_diag_help(x->d, "a fixed plan is bought whatever is known");
    }
}

/* A list of what it learns, or all of it, or nothing. */
static void
decode_learns(struct rw_decode *x, const struct rw_node *node, struct rw_deciding *d)
{
    static const struct rw_key list = {
        .name = "learns", .type = RW_KEY_WORDS, .words = rw_lesson_names};
    unsigned lessons = node->kind == RW_JSON_FALSE ? 0 : RW_LESSONS_ALL;

    if (node->kind == RW_JSON_ARRAY) {
        rw_decode_value(x, node, &list, &lessons);
        d->asked = lessons;
    } else if (node->kind != RW_JSON_TRUE && node->kind != RW_JSON_FALSE)
        rw_decode_wrong_kind(
            x, node, list.name, "true or false, or a list [ ... ] of words");
    d->unlearned = RW_LESSONS_ALL & ~lessons;
}

/* Nothing is learned without a planner that believes and a Check. */
static void
check_learns(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    const struct rw_node *learns = rw_node_get(node, "learns");

    if (learns == NULL)
        return;
    decode_learns(x, learns, &s->deciding);
    if (learns->kind == RW_JSON_FALSE || rw_node_get(node, "planner") == NULL)
        return; /* without a planner: told by check_planner */
    if (s->deciding.knows == RW_KNOWS_TRUTH) {
        rw_decode_wrong_key(x, learns, "who knows the truth has nothing to learn");
    } else if (s->deciding.no_check) {
        rw_decode_wrong_key(x, learns, "nothing is learned without Check");
        rw_decode_also(x, rw_node_get(node, "check"), "switched off");
    }
}

/* A phase that is switched off must be there. */
static void
check_phases(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    s->deciding.no_plan = is_off(node, "plan");
    s->deciding.no_check = is_off(node, "check");
    s->deciding.no_act = is_off(node, "act");
    if (s->deciding.no_plan && rw_node_get(node, "planner") == NULL) {
        rw_decode_wrong(x, rw_node_get(node, "plan"), "there is no planner to silence");
        rw_diag_help(x->d, "leave 'plan' out");
    }
}

/* ---- money ---- */

static struct rw_measure
measure_of(const struct rw_decode *x, const char *key)
{
    return rw_decode_measure(x, rw_key_find(&rw_keys_strategy, key));
}

static void
decode_steps(struct rw_decode *x, const struct rw_node *list, struct rw_deciding *d)
{
    const struct rw_node *before = NULL;
    size_t n = 0;

    if (list->n == 0) {
        rw_decode_wrong(x, list, "budget is empty");
        rw_diag_help(x->d, "list one or more steps, or state one amount");
    }
    d->steps = RW_DECODE_NEW(x, list->n, struct rw_budget_step);
    for (const struct rw_node *c = list->first; c && d->steps; c = c->next) {
        const struct rw_node *at = rw_node_get(c, "cycle");
        struct rw_budget_step *step = &d->steps[n];

        if (!rw_decode_object(x, c, &rw_keys_step, step) || at == NULL)
            continue;
        if (step->cycle > x->m->cycles && x->m->cycles > 0)
            rw_decode_wrong(x, at, "cycle %u is beyond the horizon of %u cycles",
                step->cycle, x->m->cycles);
        step->cycle -= step->cycle > 0;
        if (n > 0 && step->cycle <= d->steps[n - 1].cycle) {
            rw_decode_wrong(x, at, "steps must be in ascending cycles");
            rw_decode_also(x, before, "before it");
        }
        before = c;
        n++;
    }
    d->n_steps = n;
}

/* A number stays one; what is uncertain is one step. */
static void
decode_budget(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    struct rw_measure q = measure_of(x, "budget");
    struct rw_dist d;

    if (node->kind == RW_JSON_ARRAY) {
        decode_steps(x, node, &s->deciding);
        return;
    }
    if (!rw_decode_dist(x, node, &q, NULL, &d))
        return;
    s->budget = rw_dist_mean(&d);
    if (rw_dist_is_constant(&d))
        return;
    s->deciding.steps = RW_DECODE_NEW(x, 1, struct rw_budget_step);
    if (s->deciding.steps == NULL)
        return;
    s->deciding.steps[0].amount.dist = d;
    s->deciding.steps[0].amount.place = rw_decode_place(x, node);
    s->deciding.n_steps = 1;
}

static void
decode_carry_over(
    struct rw_decode *x, const struct rw_node *node, struct rw_deciding *d)
{
    struct rw_measure q = measure_of(x, "carry_over");
    double share = node->kind != RW_JSON_FALSE;

    if (node->kind != RW_JSON_TRUE && node->kind != RW_JSON_FALSE &&
        !rw_decode_number(x, node, &q, &share))
        return;
    d->forfeited = 1 - share;
}

static void
decode_reserve(struct rw_decode *x, const struct rw_node *node, struct rw_deciding *d)
{
    struct rw_measure q = measure_of(x, "reserve");
    struct rw_estimate *reserve = RW_DECODE_NEW(x, 1, struct rw_estimate);

    if (reserve == NULL || !rw_decode_dist(x, node, &q, NULL, &reserve->dist))
        return;
    reserve->place = rw_decode_place(x, node);
    d->reserve = reserve;
}

static void
decode_capacity(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    const struct rw_key *all = rw_key_find(&rw_keys_capacity, "all");
    struct rw_key key = *all;

    if (node->kind == RW_JSON_OBJECT) {
        rw_decode_object(x, node, &rw_keys_capacity, s);
        return;
    }
    key.name = "capacity";
    rw_decode_value(x, node, &key, &s->deciding.capacity[RW_PILLARS]);
}

/* What only a planner heeds. */
static void
check_planner(struct rw_decode *x, const struct rw_node *node)
{
    static const char *const keys[] = {
        "carry_over", "reserve", "capacity", "plan_every", "reassess", "learns"};

    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const struct rw_node *found = rw_node_get(node, keys[k]);

        if (found == NULL)
            continue;
        rw_decode_wrong_key(x, found, "'%s' without a 'planner'", keys[k]);
        rw_diag_help(x->d, "a fixed plan is carried out as it stands");
    }
}

static void
decode_means(struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    const struct rw_node *found = rw_node_get(node, "budget");

    if (found)
        decode_budget(x, found, s);
    found = rw_node_get(node, "carry_over");
    if (found)
        decode_carry_over(x, found, &s->deciding);
    found = rw_node_get(node, "reserve");
    if (found)
        decode_reserve(x, found, &s->deciding);
    found = rw_node_get(node, "capacity");
    if (found)
        decode_capacity(x, found, s);
    if (rw_node_get(node, "planner") == NULL)
        check_planner(x, node);
    found = rw_node_get(node, "plan_every");
    if (found && s->deciding.plan_every > x->m->cycles && x->m->cycles > 0) {
        rw_decode_wrong(x, found, "%u cycles are beyond the horizon of %u",
            s->deciding.plan_every, x->m->cycles);
        rw_diag_help(x->d, "write %u to plan once, at the start", x->m->cycles);
    }
}

void
rw_decode_deciding(
    struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s)
{
    check_knows(x, node, s);
    check_phases(x, node, s);
    check_learns(x, node, s);
    decode_means(x, node, s);
    if (rw_decode_list(node, "triggers"))
        rw_decode_triggers(x, rw_decode_list(node, "triggers"), node, s);
}
