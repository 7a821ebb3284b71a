/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What planners are shown of bad years, against differences of the exact law. */
#include "num/aggregate.h"
#include "tests/support/turned.h"

enum { N = TURNED };

/* Of the number of events, for differences on both sides. */
#define STEP 0.02

static struct rw_plugin needy;
static struct rw_appetite point[2];

/* Looks and buys nothing. */
static enum rw_err
look(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    enum rw_err err = greedy_call(instance, c, e);

    for (size_t k = 0; k < c->n_items; k++)
        for (size_t i = 0; i < c->n; i++)
            c->items[k].fields[RW_ITEM_SCORE].x[i] = 0;
    return err;
}

static const struct rw_plugin_ops look_ops = {
    .open = greedy_open, .begin = greedy_begin, .call = look, .close = greedy_close};

/* A year; a threat of known rate 2 with lognormal losses; control 0 is a candidate of
 * worth 0.3 that is never bought. */
static void
begin(struct turned *f, size_t threats, size_t controls, unsigned needs)
{
    turned_begin(f, threats, controls, 4);
    needy = greedy;
    needy.ops = &look_ops;
    needy.needs = needs;
    f->s->planner.plugin = &needy;
    for (size_t k = 0; k < threats; k++) {
        f->m->threats[k].frequency.dist = rw_dist_constant(2);
        f->m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 1});
    }
    f->m->controls[0].efficacy.dist = rw_dist_constant(0.3);
    point[0] = (struct rw_appetite){5, 0.5};
    point[1] = (struct rw_appetite){12, 0.01};
    f->m->appetite = point;
    f->m->n_appetite = 2;
}

static void
plan(struct turned *f)
{
    turned_open(f);
    turned_start(f);
    turned_plan(f, 0);
}

/* Poisson(m) events, of which these shares cost so much of Y. */
struct year {
    double m, share[3], chance[3];
    size_t n_shares;
};

struct figures {
    double over, tvar;
};

static struct figures
figures(const struct year *y, const struct rw_dist *amount, double limit)
{
    static const double weight = 1;
    struct rw_event_part part = {.amount = *amount, .scale = 1, .probability = 1};
    struct rw_compound_member one = {.share = 1,
        .event = {.parts = &part,
            .n_parts = 1,
            .share = y->share,
            .share_weight = y->chance,
            .n_shares = y->n_shares}};
    struct rw_compound c = {.law = RW_COUNT_POISSON,
        .m = &y->m,
        .weight = &weight,
        .n_nodes = 1,
        .members = &one,
        .n_members = 1};
    struct rw_aggregate *law;
    struct rw_bounded p, t;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_aggregate_new(&c, 1, &law, &e) != RW_OK ||
        rw_aggregate_sf(law, limit, &p, &e) != RW_OK ||
        rw_aggregate_tvar(law, 0.95, &t, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_aggregate_free(law);
    return (struct figures){p.value, t.value};
}

/* What both fall by on the way from `with` to `without` and as far beyond, over 2 STEP:
 * the slope, where `with` is without less STEP of the effect. */
static struct figures
fall(const struct year *with, const struct year *against, const struct rw_dist *amount,
    double limit)
{
    struct figures a = figures(with, amount, limit),
                   b = figures(against, amount, limit);

    return (struct figures){
        (b.over - a.over) / (2 * STEP), (b.tvar - a.tvar) / (2 * STEP)};
}

static void
check(struct turned *f, struct figures want, double tolerated)
{
    for (size_t i = 0; i < N; i += 100) {
        assert_relative(
            f->g->relief.of[RW_NEED_APPETITE].saved[i], want.over / tolerated, 0.02);
        assert_relative(f->g->relief.of[RW_NEED_TAIL].saved[i], want.tvar, 0.02);
    }
}

/* Of the two points the one that is missed most; over is its ratio. */
static void
prevention_saves_by_the_slope_in_events(void **state)
{
    const struct year with = {.m = 2 * (1 - 0.3 * STEP)},
                      against = {.m = 2 * (1 + 0.3 * STEP)}, now = {.m = 2};
    struct turned f;
    struct figures p;

    (void)state;
    begin(&f, 1, 1, 3);
    plan(&f);
    p = figures(&now, &f.m->threats[0].losses[0].amount, 12);
    assert_true(p.over / 0.01 > 1);
    for (size_t i = 0; i < N; i += 100)
        assert_relative(f.g->relief.of[RW_NEED_APPETITE].over[i], p.over / 0.01, 0.01);
    check(&f, fall(&with, &against, &f.m->threats[0].losses[0].amount, 12), 0.01);
    turned_end(&f);

    begin(&f, 1, 1, 3);
    point[1].probability = 0.4; /* the first is missed more */
    plan(&f);
    check(&f, fall(&with, &against, &f.m->threats[0].losses[0].amount, 5), 0.5);
    turned_end(&f);
}

/* Of events seen, 7 in 10, what operates leaves 0.6 and with the candidate 0.6 * 0.7. */
static void
response_saves_by_what_it_leaves(void **state)
{
    const struct year with = {.m = 2,
        .share = {1, 0.6, 0.42},
        .chance = {0.3, 0.7 * (1 - STEP), 0.7 * STEP},
        .n_shares = 3};
    const struct year now = {
        .m = 2, .share = {1, 0.6}, .chance = {0.3, 0.7}, .n_shares = 2};
    struct turned f;
    struct figures want;

    (void)state;
    begin(&f, 1, 2, 3);
    f.m->threats[0].seen_probability = 0.7;
    for (int c = 0; c < 2; c++)
        f.m->controls[c].function = RW_FUNCTION_CONTAINMENT;
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.4);
    plan(&f);
    want = fall(&with, &now, &f.m->threats[0].losses[0].amount, 12);
    want.over *= 2; /* one side only */
    want.tvar *= 2;
    check(&f, want, 0.01);
    turned_end(&f);
}

/* Visibility beside monitoring and recognition makes 0.5 * 0.3 of the others seen. */
static void
detection_saves_by_what_comes_to_light(void **state)
{
    const double more = 0.5 * 0.3;
    const struct year with = {.m = 2,
        .share = {1, 0.6},
        .chance = {0.5 - more * STEP, 0.5 + more * STEP},
        .n_shares = 2};
    const struct year against = {.m = 2,
        .share = {1, 0.6},
        .chance = {0.5 + more * STEP, 0.5 - more * STEP},
        .n_shares = 2};
    struct turned f;

    (void)state;
    begin(&f, 1, 4, 3);
    f.m->threats[0].seen_probability = 0.5;
    f.m->controls[0].function = RW_FUNCTION_VISIBILITY;
    f.m->controls[1].function = RW_FUNCTION_MONITORING;
    f.m->controls[2].function = RW_FUNCTION_RECOGNITION;
    f.m->controls[3].function = RW_FUNCTION_RESILIENCE;
    for (int c = 1; c < 4; c++) {
        f.m->controls[c].status = RW_STATUS_OPERATING;
        f.m->controls[c].efficacy.dist = rw_dist_constant(c < 3 ? 1 : 0.4);
    }
    plan(&f);
    check(&f, fall(&with, &against, &f.m->threats[0].losses[0].amount, 12), 0.01);
    turned_end(&f);
}

/* Supporting a control that fails half of the time saves the share of the money that it
 * saves; of two threats the one that is not covered does not count. */
static void
a_share_of_the_money_is_one_of_the_events(void **state)
{
    static size_t first[] = {0};
    struct turned f;

    (void)state;
    begin(&f, 2, 3, 3);
    f.m->controls[0].function = RW_FUNCTION_VARIANCE_MANAGEMENT;
    f.m->controls[0].upkeep.acts = RW_ACTS_PREVENTION;
    for (int c = 1; c < 3; c++) { /* the other one prevents as much by itself */
        f.m->controls[c].covers_threats = first;
        f.m->controls[c].n_covers_threats = 1;
    }
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.8);
    f.m->controls[1].fails = 1;
    f.m->controls[1].fail_years = 1;
    f.m->controls[2].efficacy.dist = rw_dist_constant(0.1);
    plan(&f);
    for (int k = 0; k < RW_NEEDS; k++) {
        const double *saved = f.g->relief.of[k].saved;

        assert_true(f.g->benefit[0] > 0 && saved[0] > 0);
        assert_relative(
            saved[0] / saved[2 * N], f.g->benefit[0] / f.g->benefit[2 * N], 1e-9);
    }
    turned_end(&f);
}

/* Attacks never seen are events at once; what is bought, or not needed, saves nothing;
 * who knows the truth has it in every future. */
static void
stages_purchases_and_truths(void **state)
{
    const struct year with = {.m = 2 * (1 - 0.3 * STEP)},
                      against = {.m = 2 * (1 + 0.3 * STEP)};
    struct rw_stage stage = {
        .name = "a", .advance = 1, .independence = 1, .class = RW_ENDING_EARLY};
    struct turned f;

    (void)state;
    begin(&f, 1, 1, 3);
    f.m->threats[0].attack.stages = &stage;
    f.m->threats[0].attack.n = 1;
    f.m->threats[0].attack.share[RW_ENDING_FULL] = 1;
    plan(&f);
    check(&f, fall(&with, &against, &f.m->threats[0].losses[0].amount, 12), 0.01);
    turned_end(&f);

    begin(&f, 1, 1, 1u << RW_NEED_TAIL);
    needy.ops = &greedy_ops;
    plan(&f);
    assert_true(f.g->relief.of[RW_NEED_TAIL].saved[0] > 0);
    assert_true(f.g->relief.of[RW_NEED_APPETITE].saved[0] == 0);
    turned_do(&f);
    turned_check_and_act(&f, 0);
    turned_plan(&f, 1);
    for (size_t i = 0; i < N; i++)
        assert_true(f.g->relief.of[RW_NEED_TAIL].saved[i] == 0);
    turned_end(&f);

    begin(&f, 1, 1, 3);
    f.m->threats[0].frequency.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 3});
    f.s->deciding.knows = RW_KNOWS_TRUTH;
    plan(&f);
    for (size_t i = 0; i < N; i += 200) {
        double rate = rw_world_truth(f.x->w, &f.m->threats[0].frequency)[i];
        struct year now = {.m = rate};
        struct figures p = figures(&now, &f.m->threats[0].losses[0].amount, 12);

        assert_relative(f.g->relief.of[RW_NEED_APPETITE].over[i], p.over / 0.01, 0.01);
    }
    turned_end(&f);
}

/* What is too dear, lacks what it requires or is barred takes nothing off now. */
static void
only_what_can_be_bought_counts(void **state)
{
    static size_t other[] = {1};
    struct turned f;

    (void)state;
    for (int why = 0; why < 4; why++) {
        begin(&f, 1, 2, 3);
        f.s->budget = 100;
        f.m->controls[1].efficacy.dist = rw_dist_constant(0.2);
        f.m->controls[0].capital.dist = rw_dist_constant(why == 1 ? 101 : 99);
        f.m->controls[0].requires = other;
        f.m->controls[0].n_requires = why == 2;
        f.s->deciding.capacity[RW_PILLARS] = why == 3;
        if (why == 3) {
            f.m->controls[1].status = RW_STATUS_PLANNED;
            f.m->controls[1].build = 3;
        }
        plan(&f);
        for (int k = 0; k < RW_NEEDS; k++)
            assert_true((f.g->relief.of[k].saved[7] > 0) == (why == 0));
        turned_end(&f);
    }
}

/* Of very many small losses the year is narrower than a cell: an event more is an event
 * more in the worst year too. */
static void
narrow_years_have_their_tail(void **state)
{
    static const double rate[] = {300, 3000, 1e5};
    struct turned f;

    (void)state;
    for (int k = 0; k < 3; k++) {
        begin(&f, 1, 1, 3);
        f.m->threats[0].frequency.dist = rw_dist_constant(rate[k]);
        f.m->threats[0].losses[0].amount = rw_dist_constant(1);
        plan(&f);
        /* d TVaR / d m of a nearly normal year: 1 + 2.06 / (2 sqrt m) */
        assert_relative(f.g->relief.of[RW_NEED_TAIL].saved[0],
            0.3 * rate[k] * (1 + 1.03 / sqrt(rate[k])), 0.07);
        turned_end(&f);
    }
}

CHECK_MAIN(cmocka_unit_test(prevention_saves_by_the_slope_in_events),
    cmocka_unit_test(response_saves_by_what_it_leaves),
    cmocka_unit_test(detection_saves_by_what_comes_to_light),
    cmocka_unit_test(a_share_of_the_money_is_one_of_the_events),
    cmocka_unit_test(stages_purchases_and_truths),
    cmocka_unit_test(only_what_can_be_bought_counts),
    cmocka_unit_test(narrow_years_have_their_tail))
