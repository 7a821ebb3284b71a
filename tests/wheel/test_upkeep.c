/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls that fail at rates which others change, whose building overruns and
 * whose roll-outs fail: against closed forms, and future by future. */
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/wheel.h"

enum { N = 20000, SEED = 11 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* One threat of 12 events a year, each of 1; monthly for two years. */
static void
begin(struct fixture *f, size_t controls)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, controls, 2, 24, 12);
    f->m->threats[0].frequency.dist = rw_dist_constant(12);
}

static void
run(struct fixture *f, unsigned threads)
{
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, SEED, threads);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

static struct rw_control *
failing(struct fixture *f, size_t k, double fails, double days)
{
    struct rw_control *c = &f->m->controls[k];

    c->efficacy.dist = rw_dist_constant(1);
    c->fails = fails;
    c->fail_years = days / 365;
    return c;
}

static struct rw_control *
supporting(struct fixture *f, size_t k, enum rw_function function, enum rw_acts acts,
    double efficacy)
{
    struct rw_control *c = &f->m->controls[k];

    c->function = function;
    c->upkeep.acts = acts;
    c->efficacy.dist = rw_dist_constant(efficacy);
    return c;
}

static double
incidents(const struct fixture *f, size_t s)
{
    double sum = 0;

    for (unsigned t = 0; t < f->m->cycles; t++)
        sum += f->o->cells[s * f->m->cycles + t].incidents.mean;
    return sum;
}

/* Of a whole run: events happen while the control is down.  Var(incidents) is
 * their mean and rate^2 Var(time down), the latter below 2 p (1 - p) T / k
 * with k the rate at which the state is forgotten. */
static void
assert_down(const struct fixture *f, double available, double forgets)
{
    double years = f->m->cycles * f->m->years, down = 1 - available;
    double want = 12 * years * down;
    double var = want + 144 * 2 * down * available * years / forgets;

    assert_close(incidents(f, 0), want, CHECK_Z * sqrt(var / N));
}

/* 14 failures a year, 14 days each: .6506. */
static void
fourteen_failures_of_fourteen_days_leave_two_thirds_of_the_time(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    failing(&f, 0, 14, 14)->status = RW_STATUS_OPERATING;
    run(&f, 2);
    assert_down(&f, 0.6506238859180036, 14 + 365 / 14.0);
    end(&f);
}

static void
availability_has_its_closed_form(void **state)
{
    static const struct {
        double days, at_most, correction; /* at_most 0: none */
    } cases[] = {{20, 0, 10}, {20, 15, 0}, {40, 30, 12}, {0.001, 0, 20}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct fixture f;
        struct rw_control *c;
        struct rw_reliability law = {6, cases[k].days / 365,
            cases[k].at_most > 0 ? cases[k].at_most / 365 : INFINITY,
            cases[k].correction / 365};

        begin(&f, 1);
        c = failing(&f, 0, 6, cases[k].days);
        c->status = RW_STATUS_OPERATING;
        c->upkeep.at_most = cases[k].at_most / 365;
        c->upkeep.correction = cases[k].correction / 365;
        run(&f, 2);
        /* a spell down lasts some 20 days, one up two months: forgotten at
         * more than 6 a year */
        assert_down(&f, rw_reliability_available(&law), 6);
        end(&f);
    }
}

/* A new control works; at time t it is down with (1 - A) (1 - e^-(f + r) t). */
static void
a_new_control_comes_to_its_availability(void **state)
{
    struct fixture f;
    double r = 365 / 40.0, forgets = 4 + r;

    (void)state;
    begin(&f, 1);
    failing(&f, 0, 4, 40)->upkeep.at_most = 100;
    small_plan(f.m, &f.a, 1, 0, 2);
    run(&f, 2);
    for (unsigned t = 2; t < 24; t++) {
        double time = (t - 2 + 0.5) / 12;
        double p = 4 / forgets * -expm1(-forgets * time);

        assert_close(f.o->cells[24 + t].residual.mean, 12 * p,
            CHECK_Z * 12 * sqrt(p * (1 - p) / N));
    }
    end(&f);
}

static void
supporters_change_rates_as_stated(void **state)
{
    static const struct {
        enum rw_function function;
        enum rw_acts acts;
        double f, d, c; /* of what is left */
    } cases[] = {{RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_PREVENTION, 0.4, 1, 1},
        {RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_IDENTIFICATION, 1, 0.4, 1},
        {RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_CORRECTION, 1, 1, 0.4},
        {RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_PREVENTION, 0.4, 1, 1},
        {RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_IDENTIFICATION, 1, 1, 1},
        {RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_CORRECTION, 1, 1, 0.4}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct fixture f;
        struct rw_control *c;
        struct rw_reliability law = {
            8 * cases[k].f, 25 / 365.0 * cases[k].d, INFINITY, 15 / 365.0 * cases[k].c};

        begin(&f, 2);
        c = failing(&f, 0, 8, 25);
        c->status = RW_STATUS_OPERATING;
        c->upkeep.correction = 15 / 365.0;
        c = supporting(&f, 1, cases[k].function, cases[k].acts, 0.75);
        c->coverage.dist = rw_dist_constant(0.8); /* x = .6 */
        c->status = RW_STATUS_OPERATING;
        run(&f, 2);
        assert_down(&f, rw_reliability_available(&law), 8);
        end(&f);
    }
}

/* What is computed and not played: exact in every future. */
static void
a_steady_reliability_is_the_operational_efficacy(void **state)
{
    (void)state;
    for (int kb = 0; kb < 2; kb++) {
        struct fixture f;
        struct rw_control *c;
        double rel = kb ? 0.5783617033822801 : 0.6506238859180036;

        begin(&f, 1);
        c = failing(&f, 0, 14, 14);
        c->efficacy.dist = rw_dist_constant(0.9);
        c->fail_efficacy = 0.3;
        c->coverage.dist = rw_dist_constant(0.7);
        c->status = RW_STATUS_OPERATING;
        c->upkeep.law =
            kb ? RW_RELIABILITY_KNOWLEDGE_BASE : RW_RELIABILITY_AVAILABILITY;
        run(&f, 1);
        for (unsigned t = 0; t < 24; t++) {
            double left = 1 - rw_reliability_effect(0.7, rel, 0.9, 0.3);

            assert_relative(f.o->cells[t].residual.mean, 12 * left, 1e-12);
            assert_close(f.o->cells[t].residual.m2, 0, 1e-9);
        }
        end(&f);
    }
}

/* ---- future by future -------------------------------------------------------- */

/* What may be better about the stronger of two runs. */
enum better {
    FEWER_FAILURES,
    FOUND_SOONER,
    AT_MOST,
    CORRECTED_SOONER,
    STRONGER_SUPPORT,
    MORE_RELIABLE_SUPPORT,
    ONE_SUPPORTER_MORE,
    MORE_AUDITS,
    BETTER_AUDITS,
    AUDITS_CORRECTED_SOONER,
    BETTER_ROLLOUT,
    SHORTER_OVERRUN,
    NOTHING,
    BETTERS
};

static void
support_all(struct fixture *f, enum better what, bool strong)
{
    struct rw_control *s;

    s = supporting(f, 2, RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_PREVENTION,
        what == STRONGER_SUPPORT && strong ? 0.8 : 0.5);
    s->fails = what == MORE_RELIABLE_SUPPORT && strong ? 1 : 4;
    s->fail_years = 0.3;
    s->half_life = 0.6;
    s = supporting(f, 3, RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_CORRECTION, 0.9);
    s->start = 9; /* comes while corrections are under way */
    s = supporting(f, 4, RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_IDENTIFICATION, 0.6);
    s->fails = 2;
    s->fail_years = 0.2;
    /* it keeps the first supporter working */
    s = supporting(f, 5, RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_IDENTIFICATION, 0.7);
    s->upkeep.supports = RW_ARENA_NEW(&f->a, 6, size_t);
    s->upkeep.supports[0] = 2;
    s->upkeep.supports[1] = 0;
    s->upkeep.n_supports = 2;
}

/* Two failing controls, four that support them and each other, audits. */
static void
begin_full(struct fixture *f, enum better what, bool strong)
{
    struct rw_control *c;
    struct rw_strategy *s;
    static const unsigned bought[] = {0, 3, 0, 9, 6, 2};

    begin(f, 6);
    f->m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    c = failing(f, 0, what == FEWER_FAILURES && strong ? 3 : 7,
        what == FOUND_SOONER && strong ? 20 : 50);
    c->efficacy.dist = SMALL_DIST("uniform", {"min", 0.5}, {"max", 0.9});
    c->fail_efficacy = 0.2;
    c->upkeep.at_most = (what == AT_MOST && strong ? 10 : 90) / 365.0;
    c->upkeep.correction = (what == CORRECTED_SOONER && strong ? 10 : 30) / 365.0;
    if (what == BETTER_ROLLOUT || what == SHORTER_OVERRUN)
        c->fails = 0; /* a control that comes later is newer: it has not failed yet */
    c->build = 1;
    c->delivery.rollout = what == BETTER_ROLLOUT && strong ? 0.8 : 0.4;
    c->delivery.overrun.dist = SMALL_DIST(
        "exponential", {"mean", what == SHORTER_OVERRUN && strong ? 0.1 : 0.3});
    c = failing(f, 1, 3, 30);
    c->status = RW_STATUS_OPERATING;
    c->efficacy.dist = rw_dist_constant(0.6);
    support_all(f, what, strong);
    for (size_t k = 0; k < 6; k++)
        if (k != 1 && !(k == 2 && what == ONE_SUPPORTER_MORE && !strong))
            small_plan(f->m, &f->a, 1, k, bought[k]);
    s = &f->m->strategies[1];
    s->audit_share = what == MORE_AUDITS && strong ? 0.5 : 0.2;
    s->audit_sensitivity = what == BETTER_AUDITS && strong ? 0.9 : 0.4;
    s->correction_years = what == AUDITS_CORRECTED_SOONER && strong ? 0.05 : 0.3;
    if (what == NOTHING && strong)
        f->m->controls[3].efficacy.dist = rw_dist_constant(0.9);
}

static void
whatever_is_better_raises_no_loss_in_any_future(void **state)
{
    (void)state;
    for (int what = 0; what < BETTERS; what++) {
        struct fixture f[2];
        size_t lower = 0;

        for (int strong = 0; strong < 2; strong++) {
            begin_full(&f[strong], (enum better)what, strong);
            run(&f[strong], 2);
        }
        for (unsigned y = 0; y < 2; y++)
            for (size_t i = 0; i < N; i++) {
                double high = f[0].o->year_loss[2 + y][i];
                double low = f[1].o->year_loss[2 + y][i];

                if (!(low <= high))
                    fail_msg("%d: future %zu, year %u: %.17g above %.17g", what, i, y,
                        low, high);
                lower += low < high;
            }
        if (what == NOTHING)
            assert_int_equal(lower, 0);
        else if (lower <= N / 100)
            fail_msg("%d: %zu futures lose less", what, lower);
        end(&f[0]);
        end(&f[1]);
    }
}

static void
supporters_without_efficacy_change_no_bit(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 4);
    failing(&f, 0, 5, 30)->status = RW_STATUS_OPERATING;
    supporting(&f, 1, RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_PREVENTION, 0);
    supporting(&f, 2, RW_FUNCTION_VARIANCE_MANAGEMENT, RW_ACTS_IDENTIFICATION, 0);
    supporting(&f, 3, RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_CORRECTION, 0);
    for (size_t k = 1; k < 4; k++)
        small_plan(f.m, &f.a, 1, k, 0);
    run(&f, 2);
    assert_memory_equal(f.o->horizon_loss[0], f.o->horizon_loss[1], N * sizeof(double));
    end(&f);
}

static void
threads_change_no_bit(void **state)
{
    struct fixture f[2];

    (void)state;
    for (unsigned k = 0; k < 2; k++) {
        begin_full(&f[k], NOTHING, false);
        run(&f[k], 1 + 2 * k);
    }
    assert_memory_equal(
        f[0].o->horizon_loss[1], f[1].o->horizon_loss[1], N * sizeof(double));
    assert_memory_equal(f[0].o->spend[1], f[1].o->spend[1], N * sizeof(double));
    end(&f[0]);
    end(&f[1]);
}

/* ---- from purchase to operation ---------------------------------------------- */

static void
an_overrun_delays_to_the_next_whole_cycle(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2);
    f.m->controls[0].build = 2; /* known: 45 days are one cycle and a half */
    f.m->controls[0].delivery.overrun.dist = rw_dist_constant(45.0 / 365);
    f.m->controls[1].delivery.overrun.dist = SMALL_DIST("exponential", {"mean", 0.25});
    small_plan(f.m, &f.a, 1, 0, 3);
    small_plan(f.m, &f.a, 1, 1, 0);
    run(&f, 2);
    for (unsigned t = 0; t < 24; t++) {
        double p = -expm1(-(t / 12.0) / 0.25);

        assert_close(f.o->cells[24 + t].operating[0].mean, t >= 7, 0);
        assert_close(
            f.o->cells[24 + t].operating[1].mean, p, CHECK_Z * sqrt(p * (1 - p) / N));
    }
    end(&f);
}

static void
a_failed_rollout_costs_its_capital_and_is_bought_again(void **state)
{
    struct fixture f;
    const double p = 0.35;

    (void)state;
    begin(&f, 2);
    f.m->controls[0].build = 2;
    f.m->controls[0].capital.dist = rw_dist_constant(100);
    f.m->controls[0].delivery.rollout = f.m->controls[1].delivery.rollout = p;
    small_plan(f.m, &f.a, 1, 0, 0);
    small_plan(f.m, &f.a, 1, 1, 0); /* at once, or tried in the next cycle */
    run(&f, 2);
    for (unsigned t = 0; t < 24; t++) {
        double fails = pow(1 - p, floor(t / 2.0)); /* all attempts ended by t */
        double buys = t % 2 == 0 ? fails : 0;

        assert_close(f.o->cells[24 + t].operating[0].mean, 1 - fails,
            CHECK_Z * sqrt(fails * (1 - fails) / N));
        fails = pow(1 - p, t + 1.0);
        assert_close(f.o->cells[24 + t].operating[1].mean, 1 - fails,
            CHECK_Z * sqrt(fails * (1 - fails) / N));
        assert_close(f.o->cells[24 + t].spend.mean, 100 * buys,
            CHECK_Z * 100 * sqrt(buys * (1 - buys) / N) + 1e-9);
    }
    end(&f);
}

static void
running_costs_rise_with_inflation(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].running.dist = rw_dist_constant(1200);
    f.m->controls[0].delivery.inflation = 0.03;
    small_plan(f.m, &f.a, 1, 0, 5);
    run(&f, 1);
    for (unsigned t = 0; t < 24; t++)
        assert_close(f.o->cells[24 + t].spend.mean,
            t >= 5 ? 100 * pow(1.03, t / 12.0) : 0, 1e-10);
    end(&f);
}

static void
awareness_joins_decision_support_that_prevents(void **state)
{
    struct fixture f;
    double stands[] = {0.3, 0.5, 0.9, 0.2};
    struct rw_wheel g = {.room = 1, .stands = stands};

    (void)state;
    begin(&f, 4);
    supporting(&f, 0, RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_PREVENTION, 0.3);
    supporting(&f, 1, RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_PREVENTION, 0.5);
    supporting(&f, 2, RW_FUNCTION_DECISION_SUPPORT, RW_ACTS_CORRECTION, 0.9);
    failing(&f, 3, 1, 1);
    small_build(f.m, &f.a);
    g.m = f.m;
    assert_close(rw_support_awareness(&g, 0), 1 - 0.7 * 0.5, 1e-15);
    rw_arena_fini(&f.a);
}

CHECK_MAIN(
    cmocka_unit_test(fourteen_failures_of_fourteen_days_leave_two_thirds_of_the_time),
    cmocka_unit_test(availability_has_its_closed_form),
    cmocka_unit_test(a_new_control_comes_to_its_availability),
    cmocka_unit_test(supporters_change_rates_as_stated),
    cmocka_unit_test(a_steady_reliability_is_the_operational_efficacy),
    cmocka_unit_test(whatever_is_better_raises_no_loss_in_any_future),
    cmocka_unit_test(supporters_without_efficacy_change_no_bit),
    cmocka_unit_test(threads_change_no_bit),
    cmocka_unit_test(an_overrun_delays_to_the_next_whole_cycle),
    cmocka_unit_test(a_failed_rollout_costs_its_capital_and_is_bought_again),
    cmocka_unit_test(running_costs_rise_with_inflation),
    cmocka_unit_test(awareness_joins_decision_support_that_prevents))
