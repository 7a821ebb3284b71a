/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs: the same for any number of threads, and related to each other
 * as they must be. */
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/turn.h"

enum { N = 5000, SEED = 3 };

/* Three threats, one of them over-dispersed and one systemic, two assets, a
 * failing control; half-years for two years. */
static struct rw_model *
make(struct rw_arena *a, double money)
{
    struct rw_model *m = small_model(a, 2, 3, 2, 2, 4, 2);

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 1});
    m->threats[1].law = RW_COUNT_NEGBIN;
    m->threats[1].dispersion = 2;
    m->threats[2].systemic = true;
    m->threats[2].assets[1] = 1;
    m->threats[2].n_assets = 2;
    for (size_t k = 0; k < 3; k++)
        m->threats[k].losses[0].amount =
            SMALL_DIST("gamma", {"mean", 100 * money}, {"sd", 150 * money});
    m->controls[0].efficacy.dist =
        SMALL_DIST("pert", {"min", 0.2}, {"mode", 0.6}, {"max", 0.9});
    m->controls[0].fails = 1;
    m->controls[0].fail_years = 0.3;
    m->controls[0].running.dist = rw_dist_constant(10 * money);
    m->controls[1].efficacy.dist = rw_dist_constant(0.5);
    m->strategies[1].audit_share = 0.5;
    small_plan(m, a, 1, 0, 0);
    small_plan(m, a, 1, 1, 2);
    small_build(m, a);
    return m;
}

static void
assert_same_arrays(double *const x[], double *const y[], size_t rows, size_t n)
{
    for (size_t k = 0; k < rows; k++)
        assert_memory_equal(x[k], y[k], n * sizeof **x);
}

static void
assert_same_futures(const struct rw_outcome *x, const struct rw_outcome *y, size_t n)
{
    assert_same_arrays(x->year_loss, y->year_loss, 4, n);
    assert_same_arrays(x->year_largest, y->year_largest, 4, n);
    assert_same_arrays(x->horizon_loss, y->horizon_loss, 2, n);
    assert_same_arrays(x->spend, y->spend, 2, n);
    assert_same_arrays(x->npv, y->npv, 2, n);
}

static bool
same(const struct rw_moments *x, const struct rw_moments *y)
{
    return x->n == y->n && memcmp(&x->mean, &y->mean, sizeof x->mean) == 0 &&
           memcmp(&x->m2, &y->m2, sizeof x->m2) == 0;
}

static void
any_number_of_threads_gives_the_same_bytes(void **state)
{
    const unsigned threads[] = {2, 3, 8};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *one;

    (void)state;
    rw_arena_init(&a);
    m = make(&a, 1);
    one = small_run(m, 12345, SEED, 1);
    for (size_t k = 0; k < 3; k++) {
        struct rw_outcome *o = small_run(m, 12345, SEED, threads[k]);

        assert_same_futures(one, o, 12345);
        for (size_t j = 0; j < 8; j++) {
            assert_true(same(&one->cells[j].residual, &o->cells[j].residual));
            assert_true(same(&one->cells[j].loss, &o->cells[j].loss));
            for (size_t t = 0; t < 3; t++)
                assert_true(
                    same(&one->cells[j].threat_loss[t], &o->cells[j].threat_loss[t]));
            assert_memory_equal(&one->bands[j], &o->bands[j], sizeof *o->bands);
        }
        assert_int_equal(one->events, o->events);
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
    rw_arena_fini(&a);
}

static void
a_longer_run_begins_with_the_shorter_one(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *x, *y;

    (void)state;
    rw_arena_init(&a);
    m = make(&a, 1);
    x = small_run(m, 1500, SEED, 2);
    y = small_run(m, N, SEED, 2);
    assert_same_futures(x, y, 1500);
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

static void
money_times_1024_is_loss_times_1024_to_the_bit(void **state)
{
    struct rw_arena a;
    struct rw_outcome *x, *y;

    (void)state;
    rw_arena_init(&a);
    x = small_run(make(&a, 1), N, SEED, 2);
    y = small_run(make(&a, 1024), N, SEED, 2);
    for (size_t i = 0; i < N; i++) {
        assert_true(y->horizon_loss[1][i] == 1024 * x->horizon_loss[1][i]);
        assert_true(y->spend[1][i] == 1024 * x->spend[1][i]);
    }
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

static void
the_order_of_threats_does_not_matter(void **state)
{
    struct rw_arena a;
    struct rw_model *m[2];
    struct rw_outcome *o[2];

    (void)state;
    rw_arena_init(&a);
    for (int k = 0; k < 2; k++) {
        m[k] = small_model(&a, 1, 2, 0, 1, 1, 1);
        m[k]->threats[k].id = "first";
        m[k]->threats[1 - k].id = "second";
        m[k]->threats[k].frequency.dist = rw_dist_constant(3);
        m[k]->threats[k].losses[0].amount = rw_dist_constant(4);
        small_build(m[k], &a);
        o[k] = small_run(m[k], N, SEED, 1);
    }
    for (size_t i = 0; i < N; i++) /* whole numbers: sums are exact */
        assert_true(o[0]->horizon_loss[0][i] == o[1]->horizon_loss[0][i]);
    rw_outcome_free(o[0]);
    rw_outcome_free(o[1]);
    rw_arena_fini(&a);
}

static void
another_seed_gives_other_futures_of_the_same_law(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *x, *y;
    struct rw_moments u, v;

    (void)state;
    rw_arena_init(&a);
    m = make(&a, 1);
    x = small_run(m, 20000, 1, 2);
    y = small_run(m, 20000, 2, 2);
    assert_memory_not_equal(x->horizon_loss[0], y->horizon_loss[0], 8 * 100);
    u = rw_moments_array(x->horizon_loss[1], 20000);
    v = rw_moments_array(y->horizon_loss[1], 20000);
    assert_close(u.mean, v.mean, CHECK_Z * hypot(rw_moments_se(&u), rw_moments_se(&v)));
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

static void
a_strategys_figures_do_not_depend_on_its_company(void **state)
{
    const size_t only = 0;
    struct rw_run_options x = {.trials = N,
        .seed = SEED,
        .seed_given = true,
        .threads = 1,
        .strategies = &only,
        .n_strategies = 1};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *all, *one;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    m = make(&a, 1);
    all = small_run(m, N, SEED, 1);
    assert_int_equal(RW_OK, rw_run(m, &x, &one, &e));
    assert_int_equal(1, one->n_strategies);
    assert_same_arrays(all->year_loss, one->year_loss, 2, N);
    assert_same_arrays(all->npv, one->npv, 1, N);
    rw_outcome_free(all);
    rw_outcome_free(one);
    rw_arena_fini(&a);
}

static void
cells_and_futures_tell_the_same_story(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;
    double cells = 0, year;

    (void)state;
    rw_arena_init(&a);
    o = small_run(make(&a, 1), N, SEED, 2);
    for (unsigned t = 0; t < 4; t++)
        cells += o->cells[4 + t].loss.mean;
    assert_relative(rw_sum_array(o->horizon_loss[1], N) / N, cells, 1e-12);
    year = o->cells[4].loss.mean + o->cells[5].loss.mean;
    assert_relative(rw_sum_array(o->year_loss[2], N) / N, year, 1e-12);
    assert_int_equal(N, o->bands[0].n);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
a_stop_ends_the_run_as_interrupted(void **state)
{
    volatile sig_atomic_t stop = 1;
    struct rw_run_options x = {.trials = 100000, .threads = 2, .stop = &stop};
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_ERR_INTERRUPT, rw_run(make(&a, 1), &x, &o, &e));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* A threat hook that fails in every block from the third on. */
static enum rw_err
brittle_open(const struct rw_plugin_use *u, void **instance, struct rw_error *e)
{
    static int one;

    (void)u;
    (void)e;
    *instance = &one;
    return RW_OK;
}

static enum rw_err
brittle_begin(void *instance, struct rw_error *e)
{
    (void)instance;
    (void)e;
    return RW_OK;
}

static enum rw_err
brittle_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    if (c->first >= 2 * RW_RUN_BLOCK && c->first < UINT64_C(1) << 62)
        return rw_error_set(
            e, RW_ERR_PLUGIN, "fails at future %llu", (unsigned long long)c->first);
    for (size_t i = 0; i < c->n; i++)
        c->fields[RW_THREAT_FREQUENCY].x[i] = 1;
    return RW_OK;
}

static void
brittle_close(void *instance)
{
    (void)instance;
}

static void
a_failing_plugin_ends_the_run_with_its_error(void **state)
{
    static const struct rw_plugin_ops ops = {
        .open = brittle_open,
        .begin = brittle_begin,
        .call = brittle_call,
        .close = brittle_close,
    };
    static const struct rw_plugin plugin = {.name = "brittle", .ops = &ops};
    struct rw_run_options x = {.trials = 100000, .threads = 3};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->threats[0].use.plugin = &plugin;
    small_build(m, &a);
    assert_int_equal(RW_ERR_PLUGIN, rw_run(m, &x, &o, &e));
    assert_string_equal("fails at future 2048", e.text);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
too_much_memory_is_refused_in_words(void **state)
{
    struct rw_run_options x = {.trials = SIZE_MAX / 64};
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_ERR_MEMORY, rw_run(make(&a, 1), &x, &o, &e));
    assert_non_null(strstr(e.text, "fewer trials"));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    cmocka_unit_test(a_longer_run_begins_with_the_shorter_one),
    cmocka_unit_test(money_times_1024_is_loss_times_1024_to_the_bit),
    cmocka_unit_test(the_order_of_threats_does_not_matter),
    cmocka_unit_test(another_seed_gives_other_futures_of_the_same_law),
    cmocka_unit_test(a_strategys_figures_do_not_depend_on_its_company),
    cmocka_unit_test(cells_and_futures_tell_the_same_story),
    cmocka_unit_test(a_stop_ends_the_run_as_interrupted),
    cmocka_unit_test(a_failing_plugin_ends_the_run_with_its_error),
    cmocka_unit_test(too_much_memory_is_refused_in_words))
