/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a planner is shown of controls that others keep working, whose coming
 * is uncertain, or that stand before attacks in stages. */
#include "tests/support/check.h"
#include "tests/support/planner.h"
#include "tests/support/small.h"
#include "wheel/wheel.h"

enum { N = 64, SEED = 5 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g; /* of strategy 1 */
    struct rw_error e;
};

/* 4 events a year of 10 each on one asset, quarters for two years. */
static void
begin(struct fixture *f, size_t controls)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, controls, 2, 8, 4);
    f->m->threats[0].frequency.dist = rw_dist_constant(4);
    f->m->threats[0].losses[0].amount = rw_dist_constant(10);
    f->m->strategies[1].planner.plugin = &planner_idle;
    f->m->strategies[1].budget = 100;
}

/* Plan and Do of the first cycle. */
static void
start(struct fixture *f)
{
    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_prior_make(f->m, SEED, NULL, &f->prior, &f->e));
    assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &f->e));
    assert_int_equal(
        RW_OK, rw_wheel_new(f->w, &f->m->strategies[1], &f->prior, &f->g, &f->e));
    assert_int_equal(RW_OK, rw_world_begin(f->w, 0, N, &f->e));
    assert_int_equal(RW_OK, rw_wheel_begin(f->g, &f->e));
}

static void
turn(struct fixture *f, unsigned t)
{
    assert_int_equal(RW_OK, rw_world_cycle(f->w, t, &f->e));
    rw_account_open(&f->g->acc, f->m, t);
    assert_int_equal(RW_OK, rw_wheel_plan(f->g, &f->e));
    assert_int_equal(RW_OK, rw_wheel_do(f->g, &f->e));
}

static void
end(struct fixture *f)
{
    rw_wheel_free(f->g);
    rw_world_free(f->w);
    rw_prior_fini(&f->prior);
    rw_arena_fini(&f->a);
}

static double
benefit(const struct fixture *f, size_t c)
{
    return f->g->benefit[c * f->g->room];
}

static struct rw_control *
operating(struct fixture *f, size_t k, double efficacy)
{
    struct rw_control *c = &f->m->controls[k];

    c->efficacy.dist = rw_dist_constant(efficacy);
    c->status = RW_STATUS_OPERATING;
    return c;
}

static void
a_supporter_is_worth_what_its_controls_gain(void **state)
{
    struct fixture f;
    struct rw_control *c;
    double before, after;

    (void)state;
    begin(&f, 3);
    c = operating(&f, 0, 0.8);
    c->fails = 6;
    c->fail_years = 0.2;
    c->fail_efficacy = 0.1;
    operating(&f, 1, 0.5);
    c = &f.m->controls[2];
    c->function = RW_FUNCTION_VARIANCE_MANAGEMENT;
    c->efficacy.dist = rw_dist_constant(0.7);
    c->build = 2; /* of 8 cycles: six are left to it */
    start(&f);
    turn(&f, 0);
    /* over the rest of the horizon it stands at .7 * 6 / 8 */
    before = 1 / (1 + 6 * 0.2);
    after = 1 / (1 + 6 * (1 - 0.7 * 0.75) * 0.2);
    assert_relative(benefit(&f, 2), 40 * 0.5 * (after - before) * (0.8 - 0.1), 1e-12);
    end(&f);
}

static void
a_supporter_of_a_supporter_is_worth_something_too(void **state)
{
    struct fixture f;
    struct rw_control *c;
    double up, works[2];

    (void)state;
    begin(&f, 3);
    c = operating(&f, 0, 0.8);
    c->fails = 6;
    c->fail_years = 0.2;
    c = operating(&f, 1, 0.6);
    c->function = RW_FUNCTION_VARIANCE_MANAGEMENT;
    c->upkeep.acts = RW_ACTS_IDENTIFICATION;
    c->fails = 3;
    c->fail_years = 0.3;
    c = &f.m->controls[2];
    c->function = RW_FUNCTION_DECISION_SUPPORT;
    c->efficacy.dist = rw_dist_constant(0.5);
    c->upkeep.supports = (size_t[]){1};
    c->upkeep.n_supports = 1;
    start(&f);
    turn(&f, 0);
    for (int k = 0; k < 2; k++) {
        up = 0.6 / (1 + 3 * (k ? 0.5 : 1) * 0.3);
        works[k] = 1 / (1 + 6 * 0.2 * (1 - up));
    }
    assert_relative(benefit(&f, 2), 40 * 0.8 * (works[1] - works[0]), 1e-12);
    end(&f);
}

static void
audits_are_believed_to_find_more_with_decision_support(void **state)
{
    struct fixture f;
    struct rw_control *c;
    double works[2];

    (void)state;
    begin(&f, 2);
    f.m->strategies[1].audit_share = 0.3;
    f.m->strategies[1].audit_sensitivity = 0.5;
    f.m->strategies[1].correction_years = 0.1;
    c = operating(&f, 0, 0.8);
    c->fails = 2;
    c->fail_years = 0.5;
    c = &f.m->controls[1];
    c->function = RW_FUNCTION_DECISION_SUPPORT;
    c->upkeep.acts = RW_ACTS_IDENTIFICATION;
    c->efficacy.dist = rw_dist_constant(0.4);
    start(&f);
    turn(&f, 0);
    for (int k = 0; k < 2; k++) {
        double left = k ? 0.6 : 1;
        double found = 4 * (1 - 0.7 * left) * (1 - 0.5 * left);

        works[k] = (2 + found * exp(-2 * 0.1)) / (2 + found) / (1 + 2 / (2 + found));
    }
    assert_relative(benefit(&f, 1), 40 * 0.8 * (works[1] - works[0]), 1e-12);
    end(&f);
}

/* P(overrun takes k of the quarters), exponential of mean .4 years. */
static double
overrun(unsigned k)
{
    return k == 0 ? 0 : exp((1.0 - k) * 0.25 / 0.4) - exp(-1.0 * k * 0.25 / 0.4);
}

static void
delays_and_rollouts_enter_with_their_law(void **state)
{
    struct fixture f;
    double share = 0;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].build = 1;
    f.m->controls[0].delivery.overrun.dist = SMALL_DIST("exponential", {"mean", 0.4});
    f.m->controls[0].delivery.rollout = 0.7;
    start(&f);
    turn(&f, 0);
    for (unsigned k = 0; 1 + k < 8; k++)
        share += overrun(k) * 0.7 * (7 - k) / 8.0;
    assert_relative(benefit(&f, 0), 40 * 0.5 * share, 1e-7);
    end(&f);
}

/* Of what is being built: given that it has not come by now, and if it was
 * scheduled, with what a failed attempt leads to. */
static void
what_is_being_built_is_believed_given_that_it_has_not_come(void **state)
{
    struct fixture f;
    double share = 0, mass = 0;

    (void)state;
    begin(&f, 2);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].delivery.overrun.dist = SMALL_DIST("exponential", {"mean", 0.4});
    small_plan(f.m, &f.a, 1, 0, 0);
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.8);
    start(&f);
    for (unsigned t = 0; t < 3; t++)
        turn(&f, t);
    for (unsigned k = 3; k < 60; k++)
        mass += overrun(k);
    for (unsigned k = 3; k < 8; k++)
        share += overrun(k) / mass * (8 - k) / 6.0;
    for (size_t i = 0; i < N; i++) {
        double left = f.g->since[i] <= 2 ? 0.5 : 1 - 0.5 * share;

        assert_relative(f.g->benefit[f.g->room + i], 40 * 0.8 * left, 1e-7);
    }
    end(&f);
}

static void
a_scheduled_rollout_is_believed_to_be_tried_again(void **state)
{
    struct fixture f;
    double share = 0, fails = 1;

    (void)state;
    begin(&f, 2);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].build = 2;
    f.m->controls[0].delivery.rollout = 0.6;
    small_plan(f.m, &f.a, 1, 0, 0);
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.8);
    start(&f);
    turn(&f, 0);
    turn(&f, 1);
    for (unsigned since = 2; since < 8; since += 2, fails *= 0.4)
        share += 0.6 * fails * (8 - since) / 7.0;
    for (size_t i = 0; i < N; i++)
        assert_relative(
            f.g->benefit[f.g->room + i], 40 * 0.8 * (1 - 0.5 * share), 1e-12);
    end(&f);
}

static void
a_planner_sees_running_costs_as_they_will_be(void **state)
{
    struct fixture f;
    double sum = 0;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].running.dist = rw_dist_constant(40);
    f.m->controls[0].delivery.inflation = 0.2;
    start(&f);
    for (unsigned t = 0; t < 3; t++)
        turn(&f, t);
    for (unsigned t = 2; t < 8; t++)
        sum += 40 * pow(1.2, t / 4.0) / 6;
    assert_relative(planner_shown.running[0], sum, 1e-13);
    end(&f);
}

/* A planner's failed roll-out is a candidate again, without a promise. */
static void
a_failed_choice_is_a_candidate_again(void **state)
{
    struct fixture f;
    size_t failed = 0;

    (void)state;
    begin(&f, 1);
    f.m->strategies[1].planner.plugin = &planner_greedy;
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].running.dist = rw_dist_constant(40);
    f.m->controls[0].capital.dist = rw_dist_constant(90);
    f.m->controls[0].build = 2;
    f.m->controls[0].delivery.rollout = 0.5;
    start(&f);
    for (unsigned t = 0; t < 3; t++)
        turn(&f, t);
    for (size_t i = 0; i < N; i++) {
        bool again = f.g->bought[i] == 2;

        failed += again;
        assert_true(again || f.g->since[i] == 2);
        /* 100 a cycle; capital once or twice; running in the third */
        assert_close(f.g->balance[i], 300 - (again ? 180 : 90 + 10), 1e-12);
        assert_close(f.g->committed[i], 10, 1e-12);
    }
    assert_true(failed > N / 4 && failed < 3 * N / 4);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(a_supporter_is_worth_what_its_controls_gain),
    cmocka_unit_test(a_supporter_of_a_supporter_is_worth_something_too),
    cmocka_unit_test(audits_are_believed_to_find_more_with_decision_support),
    cmocka_unit_test(delays_and_rollouts_enter_with_their_law),
    cmocka_unit_test(what_is_being_built_is_believed_given_that_it_has_not_come),
    cmocka_unit_test(a_scheduled_rollout_is_believed_to_be_tried_again),
    cmocka_unit_test(a_planner_sees_running_costs_as_they_will_be),
    cmocka_unit_test(a_failed_choice_is_a_candidate_again))
