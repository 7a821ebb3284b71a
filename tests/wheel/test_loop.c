/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed loop: a planner that decides from beliefs, audits, corrections,
 * learning. */
#include "num/belief.h"
#include "tests/wheel/loop.h"

static void
the_planner_is_shown_what_a_control_is_believed_to_save(void **state)
{
    struct fixture f;
    struct rw_control *c;

    (void)state;
    begin(&f, 3);
    c = f.m->controls;
    c[0].efficacy.dist = SMALL_DIST("uniform", {"min", 0.4}, {"max", 0.8});
    c[0].coverage.dist = rw_dist_constant(0.5);
    c[1].efficacy.dist = rw_dist_constant(0.5);
    c[1].build = 2; /* six of eight cycles are left */
    c[2].function = RW_FUNCTION_CONTAINMENT;
    c[2].efficacy.dist = rw_dist_constant(0.25);
    f.m->threats[0].seen_probability = 0.8;
    f.m->strategies[1].budget = 0;
    for (size_t k = 0; k < 3; k++)
        c[k].capital.dist = rw_dist_constant(1); /* nothing can be bought */
    start(&f);
    plan_and_do(&f, 0);
    assert_int_equal(3, shown.n_items);
    assert_close(shown.benefit[0], 40 * 0.3, 1e-9);
    assert_close(shown.benefit[1], 40 * 0.5 * 6 / 8, 1e-9);
    assert_close(shown.benefit[2], 40 * 0.8 * 0.25, 1e-9);
    assert_close(shown.years_left, 2, 1e-12);
    end(&f);
}

/* E[min(X, 8) + (X - 18)+] of an exponential X of mean 10 a. */
static double
kept(double a)
{
    return 10 * a * (-expm1(-0.8 / a) + exp(-1.8 / a));
}

static void
the_planner_is_shown_what_is_saved_behind_a_cover(void **state)
{
    struct fixture f;
    struct rw_control *c;
    struct rw_threat *t;

    (void)state;
    for (int detection = 0; detection < 2; detection++) {
        begin(&f, 5);
        t = &f.m->threats[0];
        t->losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
        t->covered = true;
        t->deductible = 8;
        t->limit = 10;
        t->seen_probability = 0.5;
        c = f.m->controls;
        f.m->strategies[1].budget = 0;
        for (size_t k = 0; k < 5; k++)
            c[k].capital.dist = rw_dist_constant(1); /* nothing can be bought */
        c[0].efficacy.dist = rw_dist_constant(0.6);
        c[0].function = detection ? RW_FUNCTION_RECOGNITION : RW_FUNCTION_RESISTANCE;
        c[1].efficacy.dist = rw_dist_constant(0.5);
        c[1].function = RW_FUNCTION_CONTAINMENT;
        c[2].efficacy.dist = rw_dist_constant(0.5);
        c[2].function = RW_FUNCTION_RESILIENCE;
        c[3].function = RW_FUNCTION_VISIBILITY;
        c[4].function = RW_FUNCTION_MONITORING;
        for (size_t k = 2; k < 5; k++) {
            if (k > 2)
                c[k].efficacy.dist = rw_dist_constant(1);
            c[k].status = RW_STATUS_OPERATING;
        }
        start(&f);
        plan_and_do(&f, 0);
        assert_int_equal(2, shown.n_items);
        if (detection) /* seen 0.5 + 0.5 * 0.6; of a seen one half is left */
            assert_close(shown.benefit[0], 4 * 0.3 * (kept(1) - kept(0.5)), 1e-9);
        else
            assert_close(shown.benefit[0], 4 * 0.6 * 0.5 * (kept(1) + kept(0.5)), 1e-9);
        assert_close(shown.benefit[1], 4 * 0.5 * (kept(0.5) - kept(0.25)), 1e-9);
        end(&f);
    }
}

/* Up 1 / (1 + 2 * 0.25) of the time by a common cause; down, 0.1 are left. */
static void
a_common_cause_makes_controls_worth_less(void **state)
{
    struct fixture f;
    size_t first = 0;
    struct rw_cause cause = {.id = "team",
        .controls = &first,
        .n_controls = 1,
        .fails = 2,
        .fail_years = 0.25};

    (void)state;
    begin(&f, 2);
    f.m->dependence.causes = &cause;
    f.m->dependence.n_causes = 1;
    f.m->strategies[1].budget = 0;
    for (size_t k = 0; k < 2; k++) {
        f.m->controls[k].efficacy.dist = rw_dist_constant(0.6);
        f.m->controls[k].fail_efficacy = 0.1;
        f.m->controls[k].capital.dist = rw_dist_constant(1);
    }
    start(&f);
    plan_and_do(&f, 0);
    assert_close(shown.benefit[0], 40 * (0.1 + 0.5 / 1.5), 1e-9);
    assert_close(shown.benefit[1], 40 * 0.6, 1e-9);
    end(&f);
}

static void
the_benefit_counts_what_is_already_in_place(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.6);
    f.m->controls[0].status = RW_STATUS_OPERATING;
    f.m->controls[0].fails = 2; /* available 1 / (1 + 2 / 8) = 0.8 */
    f.m->controls[0].fail_years = 0.125;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[1].capital.dist = rw_dist_constant(1e9);
    start(&f);
    plan_and_do(&f, 0);
    assert_string_equal("c1", shown.first_id);
    assert_close(shown.benefit[0], 40 * (1 - 0.6 * 0.8) * 0.5, 1e-9);
    end(&f);
}

static void
budget_is_kept_and_what_is_left_is_carried_over(void **state)
{
    struct fixture f;
    struct rw_control *c;

    (void)state;
    begin(&f, 2);
    c = f.m->controls;
    /* better but dearer: affordable in the third cycle; the other at once */
    c[0].efficacy.dist = rw_dist_constant(0.9);
    c[0].capital.dist = rw_dist_constant(225);
    c[1].efficacy.dist = rw_dist_constant(0.5);
    c[1].capital.dist = rw_dist_constant(60);
    c[1].running.dist = rw_dist_constant(20); /* 5 a cycle */
    start(&f);
    for (unsigned t = 0; t < 5; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
        /* 100 - 65 = 35; + 95 = 130; + 95 = 225: bought in cycle 2 */
        assert_int_equal(f.g->bought[1 * N], 0);
        assert_int_equal(f.g->bought[0], t < 2 ? RW_NEVER : 2);
        assert_close(
            f.g->acc.spend[0], (t == 0 ? 60 : 0) + (t == 2 ? 225 : 0) + 5, 1e-9);
    }
    assert_int_equal(5, shown.calls);
    assert_close(shown.benefit[0], 0, 0); /* bought: nothing more to save */
    end(&f);
}

static void
a_prerequisite_is_bought_before_what_needs_it(void **state)
{
    struct fixture f;
    struct rw_control *c;

    (void)state;
    begin(&f, 2);
    c = f.m->controls;
    c[0].efficacy.dist = rw_dist_constant(0.9);
    c[0].capital.dist = rw_dist_constant(80);
    c[0].requires[0] = 1;
    c[0].n_requires = 1;
    c[1].efficacy.dist = rw_dist_constant(0.1);
    c[1].capital.dist = rw_dist_constant(80);
    start(&f);
    plan_and_do(&f, 0);
    assert_int_equal(f.g->bought[1 * N], 0);
    assert_int_equal(f.g->bought[0], RW_NEVER);
    check_and_act(&f, 0);
    plan_and_do(&f, 1);
    assert_int_equal(f.g->bought[0], 1);
    end(&f);
}

static void
beliefs_follow_the_conjugate_update(void **state)
{
    struct fixture f;
    double d = 0.9, a, b;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 2});
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].status = RW_STATUS_OPERATING;
    f.m->strategies[1].discount = d;
    start(&f);
    a = b = 4; /* cv 1/2, mean 1 */
    for (unsigned t = 0; t < 3; t++) {
        plan_and_do(&f, t);
        a = d * a + f.g->acc.incidents[7]; /* all are seen at once */
        check_and_act(&f, t);
        b = d * b + 4 * 0.25 * 0.5;
        assert_relative(f.g->a[7], a, 1e-12);
        assert_relative(f.g->b[7], b, 1e-12);
        assert_true(f.g->acc.seen[7] == f.g->acc.incidents[7]);
    }
    end(&f);
}

static void
beliefs_come_closer_to_the_truth(void **state)
{
    struct fixture f;
    double before = 0, after = 0;
    const double *truth;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 40}, {"sd", 20});
    start(&f);
    for (unsigned t = 0; t < 8; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
    }
    truth = rw_world_truth(f.w, &f.m->threats[0].frequency);
    for (size_t i = 0; i < N; i++) {
        before += pow(truth[i] - 40, 2) / N;
        after += pow(truth[i] - 40 * f.g->a[i] / f.g->b[i], 2) / N;
    }
    /* posterior variance of Gamma(4, 0.1) after 2 years: E = 40 / (2 + 0.1) */
    assert_close(before, 400, CHECK_Z * 400 * sqrt((3 + 6 / 4.0 - 1) / N));
    assert_close(after, 40 / 2.1, CHECK_Z * 40 / 2.1 * sqrt(4.0 / N));
    end(&f);
}

static void
unseen_and_late_incidents_are_counted_when_they_come_to_light(void **state)
{
    struct fixture f;
    double seen = 0, all = 0, first = 0;
    const double delay = 0.25, p = 0.6;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].seen_probability = p;
    f.m->threats[0].seen_delay = delay;
    start(&f);
    for (unsigned t = 0; t < 8; t++) {
        plan_and_do(&f, t);
        for (size_t i = 0; i < N; i++)
            all += f.g->acc.incidents[i];
        check_and_act(&f, t);
        for (size_t i = 0; i < N; i++) {
            seen += f.g->acc.seen[i];
            first += t == 0 ? f.g->acc.seen[i] : 0;
        }
    }
    assert_close(all, N * 8.0, CHECK_Z * sqrt(N * 8.0));
    /* within the first quarter: p N (1 - (1 - e^-1)) events of time uniform */
    assert_close(first, N * p * exp(-1), CHECK_Z * sqrt(N * p * exp(-1)));
    assert_close(seen, N * 4 * p * (2 - delay * (1 - exp(-2 / delay))),
        CHECK_Z * sqrt(N * 8 * p));
    end(&f);
}

static void
audits_find_failures_and_act_mends_them(void **state)
{
    struct fixture f;
    struct rw_strategy *s;
    double found = 0, mended = 0, spent = 0;
    /* failed at the end of cycle 0 when started working: relaxation 2 + 2 */
    const double failed = 0.5 * (1 - exp(-4 * 0.25)), want = failed * 0.5 * 0.8;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].fails = 2;
    f.m->controls[0].fail_years = 0.5;
    s = &f.m->strategies[1];
    s->audit_share = 0.5;
    s->audit_sensitivity = 0.8;
    s->audit_cost = 3;
    s->correction_cost = 7;
    s->correction_years = 0.01;
    start(&f);
    plan_and_do(&f, 0); /* free, so it is bought at once */
    check_and_act(&f, 0);
    for (size_t i = 0; i < N; i++) {
        found += f.g->acc.failed[i];
        spent += f.g->acc.spend[i];
        mended += f.g->found[i] && f.g->fail.own.works[i] <= 0.25 + 0.01;
    }
    assert_close(found, N * want, CHECK_Z * sqrt(N * want * (1 - want)));
    assert_true(mended == found);
    /* N / 2 audits at 3, and the corrections */
    assert_close(spent, N * 1.5 + 7 * found, CHECK_Z * 3 * sqrt(N * 0.25));
    end(&f);
}

/* From the audit at a cycle's end on, whether it is supported or not. */
static void
a_correction_takes_its_time(void **state)
{
    (void)state;
    for (int supported = 0; supported < 2; supported++) {
        struct fixture f;

        begin(&f, 2);
        f.m->controls[0].status = RW_STATUS_OPERATING;
        f.m->controls[0].fails = 1e-6;
        f.m->controls[0].fail_years = 1e12; /* failed when the horizon begins */
        f.m->controls[1].capital.dist = rw_dist_constant(1e9);
        if (supported)
            f.m->controls[1].function = RW_FUNCTION_VARIANCE_MANAGEMENT;
        f.m->strategies[1].audit_share = 1;
        f.m->strategies[1].correction_years = 0.4;
        start(&f);
        for (unsigned t = 0; t < 3; t++) {
            double works[2] = {0, 0};

            plan_and_do(&f, t);
            for (size_t i = 0; i < N; i++) {
                works[0] += rw_fail_works(f.g, 0, i, fmin(0.649, (t + 1) * 0.25));
                works[1] += t == 2 && rw_fail_works(f.g, 0, i, 0.651);
            }
            assert_close(works[0], 0, 0.001 * N);
            assert_close(works[1], t == 2 ? N : 0, 0.001 * N);
            check_and_act(&f, t);
        }
        end(&f);
    }
}

/* Who finds without putting right finds no less, and no more. */
static void
an_audit_finds_nothing_in_what_never_failed(void **state)
{
    (void)state;
    for (int act = 0; act < 2; act++) {
        struct fixture f;

        begin(&f, 1);
        f.m->controls[0].status = RW_STATUS_PLANNED;
        f.m->controls[0].fails = 1e-9;
        f.m->controls[0].fail_years = 1;
        f.m->strategies[1].audit_share = 1;
        f.m->strategies[1].deciding.no_act = !act;
        start(&f);
        for (unsigned t = 0; t < 2; t++) {
            plan_and_do(&f, t);
            assert_int_equal(f.g->since[0], 0);
            rw_wheel_check(f.g);
            for (size_t i = 0; i < N; i++)
                assert_int_equal(f.g->found[i], 0);
        }
        end(&f);
    }
}

static void
a_failure_is_corrected_once(void **state)
{
    struct fixture f;
    double found = 0;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].status = RW_STATUS_OPERATING;
    f.m->controls[0].fails = 1e-6;      /* not once more */
    f.m->controls[0].fail_years = 1e12; /* as good as for ever: failed at the start */
    f.m->strategies[1].audit_share = 1;
    f.m->strategies[1].correction_years = 10; /* beyond the horizon */
    start(&f);
    for (unsigned t = 0; t < 8; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
        for (size_t i = 0; i < N; i++)
            found += f.g->acc.failed[i];
    }
    assert_close(found, N, 0.001 * N);
    end(&f);
}

static void
incidents_that_come_late_do_not_bias_the_belief(void **state)
{
    struct fixture f;
    struct rw_moments w;
    double *theta = calloc(N, sizeof *theta);

    (void)state;
    begin(&f, 1);
    /* all but known, so that the mean belief shows any bias */
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 40}, {"sd", 10});
    f.m->threats[0].seen_delay = 1;
    start(&f);
    for (unsigned t = 0; t < 8; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
    }
    for (size_t i = 0; i < N; i++)
        theta[i] = f.g->a[i] / f.g->b[i];
    w = rw_moments_array(theta, N);
    assert_close(w.mean, 1, CHECK_Z * rw_moments_se(&w));
    free(theta);
    end(&f);
}

static void
the_first_cycles_running_cost_must_be_in_hand(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.9);
    f.m->controls[0].capital.dist = rw_dist_constant(90);
    f.m->controls[0].running.dist = rw_dist_constant(80); /* 20 a cycle */
    start(&f);
    for (unsigned t = 0; t < 3; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
        assert_int_equal(f.g->bought[0], t < 1 ? RW_NEVER : 1);
        /* 100; 200 - 110 = 90; + 100 - 20 */
        assert_close(f.g->balance[0], t == 0 ? 100 : t == 1 ? 90 : 170, 1e-9);
    }
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(the_planner_is_shown_what_a_control_is_believed_to_save),
    cmocka_unit_test(the_planner_is_shown_what_is_saved_behind_a_cover),
    cmocka_unit_test(a_common_cause_makes_controls_worth_less),
    cmocka_unit_test(the_benefit_counts_what_is_already_in_place),
    cmocka_unit_test(budget_is_kept_and_what_is_left_is_carried_over),
    cmocka_unit_test(a_prerequisite_is_bought_before_what_needs_it),
    cmocka_unit_test(beliefs_follow_the_conjugate_update),
    cmocka_unit_test(beliefs_come_closer_to_the_truth),
    cmocka_unit_test(unseen_and_late_incidents_are_counted_when_they_come_to_light),
    cmocka_unit_test(audits_find_failures_and_act_mends_them),
    cmocka_unit_test(a_correction_takes_its_time),
    cmocka_unit_test(an_audit_finds_nothing_in_what_never_failed),
    cmocka_unit_test(a_failure_is_corrected_once),
    cmocka_unit_test(incidents_that_come_late_do_not_bias_the_belief),
    cmocka_unit_test(the_first_cycles_running_cost_must_be_in_hand))
