/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken off beside its cost, and the results of a run. */
#include "study/benefit.h"

#include "tests/out/fake.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 4000, SEED = 12 };

static struct rw_result_benefit
make(struct fake *f, const double b[], const double c[], size_t n)
{
    static const struct fake_size size = {.threats = 1,
        .assets = 1,
        .strategies = 2,
        .futures = 10,
        .cycles = 1,
        .per_year = 1,
        .loss = 1};
    struct rw_result_benefit *x;
    static double net[N];

    fake_make(f, &size);
    fake_benefit(f, &size);
    for (size_t i = 0; i < n; i++)
        net[i] = b[i] - c[i];
    f->outcome.breakdown[1].taken_off[1] = rw_moments_array(b, n);
    f->outcome.breakdown[1].costs[1] = rw_moments_array(c, n);
    f->outcome.breakdown[1].net[1] = rw_moments_array(net, n);
    assert_int_equal(RW_OK, rw_result_benefit_make(&f->outcome, 1, &f->arena, &x));
    return x[1];
}

/* The delta method is the standard error of B - q C, over E C. */
static void
a_ratio_has_the_error_of_what_the_line_leaves(void **state)
{
    static double b[N], c[N], left[N];
    struct rw_result_benefit x;
    struct rw_moments m;
    uint64_t random = 5;
    struct fake f;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        c[i] = fake_lognormal(&random, 3, 0.5);
        b[i] = 2 * c[i] + fake_lognormal(&random, 1, 1);
    }
    x = make(&f, b, c, N);
    assert_true(x.has_ratio);
    assert_relative(x.ratio, x.taken_off.mean / x.spend.mean, 1e-14);
    for (size_t i = 0; i < N; i++)
        left[i] = b[i] - x.ratio * c[i];
    m = rw_moments_array(left, N);
    assert_relative(x.ratio_se, rw_moments_se(&m) / x.spend.mean, 1e-9);
    assert_relative(x.net.mean, x.taken_off.mean - x.spend.mean, 1e-12);
    fake_free(&f);
}

/* In 400 runs of 200 futures each the 95 % interval holds the true ratio, 2 +
 * e^(1/2) / (3 e^(1/8)), as often as a binomial count must (z 4.9), but for the
 * skewness of so few futures, which is allowed three points of a hundred. */
static void
the_interval_of_a_ratio_holds_it(void **state)
{
    static double b[200], c[200];
    double want = 2 + exp(0.5) / (3 * exp(0.125));
    uint64_t random = 9;
    unsigned inside = 0;

    (void)state;
    for (unsigned run = 0; run < 400; run++) {
        struct rw_result_benefit x;
        struct fake f;

        for (size_t i = 0; i < 200; i++) {
            c[i] = fake_lognormal(&random, 3, 0.5);
            b[i] = 2 * c[i] + fake_lognormal(&random, 1, 1);
        }
        x = make(&f, b, c, 200);
        inside += fabs(x.ratio - want) <= 1.96 * x.ratio_se;
        fake_free(&f);
    }
    assert_true(inside >= 400 * 0.92 - CHECK_Z * sqrt(400 * 0.95 * 0.05));
    assert_true(inside <= 400 * 0.95 + CHECK_Z * sqrt(400 * 0.95 * 0.05));
}

static void
what_costs_nothing_for_sure_has_no_ratio(void **state)
{
    static double b[N], c[N];
    uint64_t random = 5;
    struct fake f;

    (void)state;
    for (size_t i = 0; i < N; i++)
        b[i] = 1 + fake_uniform(&random);
    assert_false(make(&f, b, c, N).has_ratio);
    fake_free(&f);
    c[17] = 100; /* once: one standard error above 0 */
    assert_false(make(&f, b, c, N).has_ratio);
    fake_free(&f);
    for (size_t i = 0; i < N; i += 100)
        c[i] = 100;
    assert_true(make(&f, b, c, N).has_ratio);
    fake_free(&f);
}

/* ---- of a run ---- */

static struct rw_model *
model(struct rw_arena *a, bool benefit)
{
    struct rw_model *m = small_model(a, 1, 1, 2, 2, 8, 4);

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 3});
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    for (size_t c = 0; c < 2; c++) {
        m->controls[c].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 2});
        m->controls[c].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 3});
        m->controls[c].fails = 1;
        m->controls[c].fail_years = 0.3;
        small_plan(m, a, 1, c, (unsigned)c);
    }
    m->benefit = benefit;
    small_build(m, a);
    return m;
}

static void
threads_change_no_bit_of_it(void **state)
{
    struct rw_arena a;
    struct rw_outcome *one;
    struct rw_model *m;

    (void)state;
    rw_arena_init(&a);
    m = model(&a, true);
    one = small_run(m, N, SEED, 1);
    for (unsigned threads = 2; threads <= 3; threads++) {
        struct rw_outcome *o = small_run(m, N, SEED, threads);
        size_t bytes = rw_benefit_rows(m) * sizeof(struct rw_moments);

        assert_memory_equal(
            o->breakdown[1].taken_off, one->breakdown[1].taken_off, bytes);
        assert_memory_equal(o->breakdown[1].net, one->breakdown[1].net, bytes);
        for (size_t t = 8; t < 16; t++)
            assert_memory_equal(o->cells[t].benefit, one->cells[t].benefit, bytes);
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
    rw_arena_fini(&a);
}

/* Without it the same futures; with it parts that add up, of "nothing" none. */
static void
it_changes_no_future_and_adds_up(void **state)
{
    struct rw_arena a, b;
    struct rw_outcome *with, *without;
    struct rw_result *r;
    struct rw_error e = {0};
    const struct rw_result_benefit *x;
    double off = 0, cost = 0, cycles = 0;

    (void)state;
    rw_arena_init(&a);
    rw_arena_init(&b);
    with = small_run(model(&a, true), N, SEED, 2);
    without = small_run(model(&b, false), N, SEED, 2);
    for (size_t s = 0; s < 2; s++)
        assert_memory_equal(
            with->horizon_loss[s], without->horizon_loss[s], N * sizeof(double));
    assert_int_equal(RW_OK, rw_result_make(with, &a, &r, &e));
    assert_null(r->strategies[0].benefit);
    assert_null(r->strategies[0].cycles[0].benefit);
    x = r->strategies[1].benefit;
    for (size_t c = 1; c <= 2; c++) {
        off += x[c].taken_off.mean;
        cost += x[c].spend.mean;
    }
    for (unsigned t = 0; t < 8; t++)
        cycles += r->strategies[1].cycles[t].benefit[1].mean / 4;
    assert_true(off > 0);
    assert_relative(off, x[0].taken_off.mean, 1e-12);
    assert_relative(cost, x[0].spend.mean, 1e-12);
    assert_relative(cost, r->strategies[1].versus->spend.mean, 1e-12);
    assert_relative(cycles, x[1].taken_off.mean, 1e-12);
    rw_outcome_free(with);
    rw_outcome_free(without);
    rw_arena_fini(&a);
    rw_arena_fini(&b);
}

/* Nothing changes within a cycle: what the losses avoid, event by event, has the
 * same mean. */
static void
what_losses_avoid_is_that_on_average(void **state)
{
    static double off[N];
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_moments avoided;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 3, 2, 8, 4);
    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 3});
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    m->threats[0].seen_probability = 0.4;
    m->controls[1].function = RW_FUNCTION_RESILIENCE;
    for (size_t c = 0; c < 3; c++) {
        m->controls[c].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 2});
        small_plan(m, &a, 1, c, 2 * (unsigned)c);
    }
    m->benefit = true;
    small_build(m, &a);
    o = small_run(m, N, SEED, 2);
    for (size_t i = 0; i < N; i++)
        off[i] = o->horizon_loss[0][i] - o->horizon_loss[1][i];
    avoided = rw_moments_array(off, N);
    assert_true(avoided.mean > 10 * rw_moments_se(&avoided));
    assert_close(o->breakdown[1].taken_off[0].mean, avoided.mean,
        CHECK_Z * (rw_moments_se(&avoided) + rw_moments_se(o->breakdown[1].taken_off)));
    assert_true(rw_moments_se(o->breakdown[1].taken_off) < rw_moments_se(&avoided));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(a_ratio_has_the_error_of_what_the_line_leaves),
    cmocka_unit_test(the_interval_of_a_ratio_holds_it),
    cmocka_unit_test(what_costs_nothing_for_sure_has_no_ratio),
    cmocka_unit_test(threads_change_no_bit_of_it),
    cmocka_unit_test(it_changes_no_future_and_adds_up),
    cmocka_unit_test(what_losses_avoid_is_that_on_average))
