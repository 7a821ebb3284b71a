/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Under a fixed plan nothing that is better raises a loss in any future; with
 * supporters, overruns and roll-outs: test_upkeep.c, in stages: test_stage.c. */
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 4000, SEED = 29, CYCLES = 8, YEARS = 2, CONTROLS = 7 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* What may be better about the stronger of two runs. */
enum better {
    FEWER_FAILURES,
    FOUND_SOONER,
    MORE_EFFICACY,
    MORE_WHILE_FAILED,
    MORE_COVERAGE,
    SLOWER_WEAR,
    FEWER_OUTAGES,
    SHORTER_OUTAGES,
    MORE_AUDITS,
    BETTER_AUDITS,
    CORRECTED_SOONER,
    ONE_CONTROL_MORE,
    EVERYTHING,
    NOTHING, /* a cycle more in which something without effect is bought */
    BETTERS
};

static const char *const names[] = {"fewer failures", "found sooner", "more efficacy",
    "more while failed", "more coverage", "slower wear", "fewer outages",
    "shorter outages", "more audits", "better audits", "corrected sooner",
    "one control more", "everything", "nothing"};

static struct rw_control *
failing(struct fixture *f, size_t k, enum rw_function function, double fails)
{
    struct rw_control *c = &f->m->controls[k];

    c->function = function;
    c->efficacy.dist = rw_dist_constant(0.7);
    c->fails = fails;
    c->fail_years = 0.15;
    c->fail_efficacy = 0.1;
    small_plan(f->m, &f->a, 1, k, (unsigned)k % 3);
    return c;
}

/* The one that is compared: uncertain, worn, failing often within a cycle. */
static void
tested(struct fixture *f, enum rw_function function, enum better what)
{
    bool all = what == EVERYTHING;
    struct rw_control *c =
        failing(f, 0, function, what == FEWER_FAILURES || all ? 3 : 9);

    c->fail_years = what == FOUND_SOONER || all ? 0.02 : 0.2;
    c->efficacy.dist = SMALL_DIST(
        "beta", {"alpha", what == MORE_EFFICACY || all ? 6.0 : 2.0}, {"beta", 2});
    c->fail_efficacy = what == MORE_WHILE_FAILED || all ? 0.4 : 0.05;
    c->coverage.dist =
        SMALL_DIST("uniform", {"min", what == MORE_COVERAGE || all ? 0.8 : 0.5},
            {"max", what == MORE_COVERAGE || all ? 1 : 0.9});
    c->half_life = what == SLOWER_WEAR || all ? 2 : 0.7;
}

static void
outages(struct fixture *f, enum better what)
{
    struct rw_cause *x = RW_ARENA_NEW(&f->a, 1, struct rw_cause);

    x->id = "team";
    x->controls = RW_ARENA_NEW(&f->a, 2, size_t);
    x->controls[1] = 5;
    x->n_controls = 2; /* the tested one and another */
    x->fails = what == FEWER_OUTAGES || what == EVERYTHING ? 1 : 4;
    x->fail_years = what == SHORTER_OUTAGES || what == EVERYTHING ? 0.02 : 0.1;
    f->m->dependence.causes = x;
    f->m->dependence.n_causes = 1;
}

/* Ordinary controls of all kinds, which fail; two have a cause in common. */
static void
set_up(
    struct fixture *f, enum rw_function function, enum better what, size_t strategies)
{
    bool all = what == EVERYTHING;
    struct rw_strategy *s;

    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, CONTROLS, strategies, CYCLES, CYCLES / YEARS);
    f->m->threats[0].frequency.dist = rw_dist_constant(8);
    f->m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    f->m->threats[0].seen_probability = 0.2;
    tested(f, function, what);
    failing(f, 1, RW_FUNCTION_VISIBILITY, 2);
    failing(f, 2, RW_FUNCTION_MONITORING, 1);
    failing(f, 3, RW_FUNCTION_RECOGNITION, 3);
    failing(f, 4, RW_FUNCTION_RESILIENCE, 2)->status = RW_STATUS_OPERATING;
    failing(f, 5, RW_FUNCTION_RESISTANCE, 2)->status = RW_STATUS_OPERATING;
    if (what == ONE_CONTROL_MORE || what == NOTHING || all)
        failing(f, 6, function, 4);
    if (what == NOTHING) {
        f->m->controls[6].efficacy.dist = rw_dist_constant(0);
        f->m->strategies[1].plan[f->m->strategies[1].n_plan - 1].cycle = 5;
    }
    outages(f, what);
    s = &f->m->strategies[1];
    s->audit_share = what == MORE_AUDITS || all ? 0.8 : 0.2;
    s->audit_sensitivity = what == BETTER_AUDITS || all ? 0.9 : 0.3;
    s->correction_years = what == CORRECTED_SOONER || all ? 0.02 : 0.15;
}

static void
begin(struct fixture *f, enum rw_function function, enum better what)
{
    set_up(f, function, what, 2);
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, SEED, 2);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

/* Of every future and year: how many losses are lower. */
static size_t
count_lower(const struct fixture *weak, const struct fixture *strong, const char *what)
{
    size_t lower = 0;

    for (size_t k = YEARS; k < 2 * YEARS; k++)
        for (size_t i = 0; i < N; i++) {
            double high = weak->o->year_loss[k][i], low = strong->o->year_loss[k][i];

            if (!(low <= high))
                fail_msg("%s: future %zu: %.17g above %.17g", what, i, low, high);
            lower += low < high;
            low = strong->o->year_largest[k][i];
            high = weak->o->year_largest[k][i];
            if (!(low <= high))
                fail_msg("%s: future %zu: %.17g above %.17g", what, i, low, high);
        }
    return lower;
}

static void
whatever_is_better_raises_no_loss_in_any_future(void **state)
{
    static const enum rw_function functions[] = {
        RW_FUNCTION_RESISTANCE, RW_FUNCTION_MONITORING, RW_FUNCTION_CONTAINMENT};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct fixture weak;

        begin(&weak, functions[k], BETTERS);
        for (int what = 0; what < BETTERS; what++) {
            struct fixture strong;
            size_t lower;

            begin(&strong, functions[k], (enum better)what);
            lower = count_lower(&weak, &strong, names[what]);
            if (what == NOTHING)
                assert_int_equal(lower, 0);
            else if (lower <= N / 200)
                fail_msg("%s: %zu losses are lower", names[what], lower);
            end(&strong);
        }
        end(&weak);
    }
}

/* No more than operates today, whatever it is that was planned. */
static void
what_a_plan_adds_raises_no_loss_in_any_future(void **state)
{
    struct fixture f;
    size_t lower = 0;

    (void)state;
    begin(&f, RW_FUNCTION_RESISTANCE, ONE_CONTROL_MORE);
    for (size_t i = 0; i < N; i++) {
        assert_true(f.o->horizon_loss[1][i] <= f.o->horizon_loss[0][i]);
        lower += f.o->horizon_loss[1][i] < f.o->horizon_loss[0][i];
    }
    assert_true(lower > N / 2);
    end(&f);
}

/* What strategies share of failures is worked out once; each has the losses that it
 * has alone, though audits keep the same controls in other states. */
static void
company_changes_no_strategy(void **state)
{
    struct fixture alone[2], both;

    (void)state;
    begin(&alone[0], RW_FUNCTION_RESISTANCE, BETTERS);
    begin(&alone[1], RW_FUNCTION_RESISTANCE, MORE_AUDITS);
    set_up(&both, RW_FUNCTION_RESISTANCE, BETTERS, 3);
    both.m->strategies[2] = both.m->strategies[1];
    both.m->strategies[2].name = "audited";
    both.m->strategies[2].audit_share = alone[1].m->strategies[1].audit_share;
    small_build(both.m, &both.a);
    both.o = small_run(both.m, N, SEED, 2);
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < N; i++)
            assert_true(
                both.o->horizon_loss[1 + s][i] == alone[s].o->horizon_loss[1][i]);
    assert_true(count_lower(&alone[0], &alone[1], "audits") > N / 200);
    end(&both);
    end(&alone[0]);
    end(&alone[1]);
}

CHECK_MAIN(cmocka_unit_test(company_changes_no_strategy),
    cmocka_unit_test(whatever_is_better_raises_no_loss_in_any_future),
    cmocka_unit_test(what_a_plan_adds_raises_no_loss_in_any_future))
