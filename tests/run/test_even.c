/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs whose futures are drawn evenly: the same for any number of threads, and honest
 * about their errors. */
#include "num/sample.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

#include <gsl/gsl_cdf.h>

enum { N = 32768, EACH = 1024, R = N / EACH, SEED = 4, SEEDS = 400 };

/* Two threats of uncertain frequencies, one of them on top over-dispersed, gamma losses:
 * the expected loss of a year is the sum of the means' products, 3 * 100 + 2 * 200. */
#define MEAN 700

static struct rw_model *
make(struct rw_arena *a, size_t strategies, unsigned years)
{
    struct rw_model *m = small_model(a, 1, 2, 1, strategies, years, 1);

    m->sampling = RW_SAMPLING_SOBOL;
    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 2});
    m->threats[1].frequency.dist = SMALL_DIST("gamma", {"mean", 2}, {"sd", 1});
    m->threats[1].law = RW_COUNT_NEGBIN;
    m->threats[1].dispersion = 0.5;
    m->threats[0].losses[0].amount = SMALL_DIST("gamma", {"mean", 100}, {"sd", 60});
    m->threats[1].losses[0].amount = SMALL_DIST("gamma", {"mean", 200}, {"sd", 200});
    m->controls[0].efficacy.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
    for (size_t k = 1; k < strategies; k++)
        small_plan(m, a, k, 0, 0);
    small_build(m, a);
    return m;
}

static void
any_number_of_threads_gives_the_same_bytes(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *x, *y;

    (void)state;
    rw_arena_init(&a);
    m = make(&a, 2, 2);
    x = small_run(m, N, SEED, 1);
    y = small_run(m, N, SEED, 3);
    assert_int_equal(x->each, EACH);
    assert_int_equal(x->n, N);
    for (size_t k = 0; k < 4; k++)
        assert_memory_equal(x->year_loss[k], y->year_loss[k], N * sizeof(double));
    for (size_t k = 0; k < 4; k++) {
        assert_memory_equal(
            &x->cells[k].residual, &y->cells[k].residual, sizeof x->cells[k].residual);
        assert_memory_equal(
            &x->cells[k].loss, &y->cells[k].loss, sizeof x->cells[k].loss);
        assert_true(x->residual_sd[k] == y->residual_sd[k]);
    }
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

/* A number that is no whole randomisations is rounded up. */
static void
the_last_randomisation_is_a_whole_one(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;

    (void)state;
    rw_arena_init(&a);
    o = small_run(make(&a, 2, 2), 70001, SEED, 0);
    assert_int_equal(o->each, 2048);
    assert_int_equal(o->n, 35 * 2048);
    assert_int_equal(o->cells[0].loss.n, 35);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
too_few_futures_are_refused(void **state)
{
    struct rw_arena a;
    struct rw_error e;
    struct rw_outcome *o = NULL;
    struct rw_run_options x = {.trials = N - 1};

    (void)state;
    rw_arena_init(&a);
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_USAGE, rw_run(make(&a, 2, 2), &x, &o, &e));
    assert_non_null(strstr(e.text, "--trials 32768"));
    assert_null(o);
    rw_arena_fini(&a);
}

/* The ledger's errors are those of the futures' randomisations. */
static void
cells_have_the_errors_of_randomisations(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;

    (void)state;
    rw_arena_init(&a);
    o = small_run(make(&a, 2, 2), N, SEED, 0);
    for (size_t k = 0; k < 4; k++) {
        struct rw_moments m = rw_sample_means(o->year_loss[k], N, EACH);

        assert_int_equal(o->cells[k].loss.n, R);
        assert_relative(o->cells[k].loss.mean, m.mean, 1e-12);
        assert_relative(rw_moments_se(&o->cells[k].loss), rw_moments_se(&m), 1e-9);
    }
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* One threat with an event in four years: what a year loses hangs on a few draws. */
static void
few_events_a_year_gain_in_losses(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    double variance, se;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->sampling = RW_SAMPLING_SOBOL;
    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 0.25}, {"sd", 0.1});
    m->threats[0].losses[0].amount = SMALL_DIST("gamma", {"mean", 100}, {"sd", 60});
    small_build(m, &a);
    o = small_run(m, N, SEED, 0);
    variance = rw_moments_array(o->year_loss[0], N).m2 / (N - 1);
    se = rw_moments_se(&o->cells[0].loss);
    /* that much by luck alone once in a million */
    assert_true(variance / N / (se * se) > gsl_cdf_chisq_Qinv(1e-6, R - 1) / (R - 1));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* Over many seeds the exact mean is within Student's interval as often as it says, of
 * yearly losses, which are mostly chance, and of residual risk, which is all even; and
 * there the error of independent futures would be many times too wide. */
static void
stated_errors_are_those_made(void **state)
{
    double t = gsl_cdf_tdist_Pinv(0.975, R - 1);
    struct rw_arena a;
    struct rw_model *m;
    size_t hits[2] = {0};
    double gain = 0;

    (void)state;
    rw_arena_init(&a);
    m = make(&a, 1, 1);
    for (uint64_t s = 0; s < SEEDS; s++) {
        struct rw_outcome *o = small_run(m, N, 1000 + s, 0);
        const struct rw_moments *c[2] = {&o->cells[0].loss, &o->cells[0].residual};

        for (int k = 0; k < 2; k++)
            hits[k] += fabs(c[k]->mean - MEAN) < t * rw_moments_se(c[k]);
        gain += pow(o->residual_sd[0], 2) / N / pow(rw_moments_se(c[1]), 2) / SEEDS;
        rw_outcome_free(o);
    }
    for (int k = 0; k < 2; k++) {
        double p = 0.95, chance = CHECK_Z * sqrt(p * (1 - p) / SEEDS);

        assert_close((double)hits[k] / SEEDS, p, chance);
        assert_true(hits[k] < SEEDS); /* 1e-9: wider errors than those made */
    }
    assert_true(gain > 100);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    cmocka_unit_test(the_last_randomisation_is_a_whole_one),
    cmocka_unit_test(too_few_futures_are_refused),
    cmocka_unit_test(cells_have_the_errors_of_randomisations),
    cmocka_unit_test(few_events_a_year_gain_in_losses),
    cmocka_unit_test(stated_errors_are_those_made))
