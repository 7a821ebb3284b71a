/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed loop: what is believed before anything is seen, be it right or wrong,
 * and what becomes of it. */
#include "num/belief.h"
#include "tests/wheel/loop.h"

static void
the_prior_never_sees_a_runs_futures(void **state)
{
    struct fixture f;
    struct rw_prior other;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist =
        SMALL_DIST("pert", {"min", 1}, {"mode", 3}, {"max", 9});
    f.m->threats[0].susceptibility.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 6});
    start(&f);
    assert_int_equal(RW_OK, rw_prior_make(f.m, SEED + 1, NULL, &other, &f.e));
    assert_relative(f.prior.rate[0], 11 / 3.0 * 0.25 / 4, 1e-9);
    assert_true(f.prior.rate[0] == other.rate[0]);
    assert_relative(f.prior.rate_ahead[3], 11 / 3.0 * 0.25, 1e-9);
    assert_relative(f.prior.money_ahead[3], 10.0, 1e-12);
    rw_prior_fini(&other);
    end(&f);
}

/* No sd: the gamma with the same p95 / p5, here (20^(2/3) - 1) / (0.95^(-2/3) - 1)
 * of a lomax; the mean stays theta / (alpha - 1). */
static void
an_estimate_without_a_deviation_is_still_a_prior(void **state)
{
    struct fixture f;
    double low, high, cv;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("lomax", {"alpha", 1.5}, {"theta", 1});
    start(&f);
    cv = f.prior.cv[0];
    assert_relative(f.prior.rate[0], 2 / 4.0, 1e-12);
    assert_true(cv > 0.5 && cv < 2);
    rw_belief_interval(1 / (cv * cv), 1, 0.9, &low, &high);
    assert_relative(
        high / low, (pow(20, 2.0 / 3) - 1) / (pow(0.95, -2.0 / 3) - 1), 1e-9);
    end(&f);
}

/* Planners see what is believed; nature, and what is learned, do not change. */
static void
start_wrong(struct fixture *f, unsigned unlearned)
{
    begin(f, 1);
    f->m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 40}, {"sd", 20});
    f->m->threats[0].bias_frequency = 3;
    f->m->threats[0].bias_severity = 0.5;
    f->m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f->m->controls[0].capital.dist = rw_dist_constant(1e9);
    f->m->strategies[1].deciding.unlearned = unlearned;
    start(f);
    plan_and_do(f, 0);
    assert_close(shown.benefit[0], 3 * 40 * 0.5 * 10 * 0.5, 1e-9);
    check_and_act(f, 0);
}

static void
a_wrong_start_is_believed_and_unlearned(void **state)
{
    struct fixture f;
    double theta = 0;

    (void)state;
    start_wrong(&f, 0);
    for (unsigned t = 1; t < 8; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
    }
    /* Gamma(4, 4 / 3) after two years: E (4 + N) / (4 / 3 + 80), N ~ 80 theta */
    for (size_t i = 0; i < N; i++)
        theta += f.g->a[i] / f.g->b[i] / N;
    assert_relative(theta, 84 / (4 / 3.0 + 80), CHECK_Z * 0.51 / sqrt(N));
    end(&f);
}

/* Who does not learn of sizes keeps the wrong one. */
static void
a_wrong_size_stays_where_it_is_no_lesson(void **state)
{
    struct fixture f;

    (void)state;
    start_wrong(&f, 1u << RW_LESSON_RATES | 1u << RW_LESSON_SEVERITY);
    for (unsigned t = 1; t < 4; t++) {
        plan_and_do(&f, t);
        assert_close(shown.benefit[0], 3 * 40 * 0.5 * 10 * 0.5, 1e-9);
        check_and_act(&f, t);
    }
    end(&f);
}

/* v = 1/4 of its own; others have 80 +- 40 a year: n = 2, w = 1, Z = 0.8. */
static void
the_industry_is_weighed_by_how_sure_it_is(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 40}, {"sd", 20});
    f.m->threats[0].has_industry = true;
    f.m->threats[0].industry = SMALL_DIST("gamma", {"mean", 80}, {"sd", 40});
    start(&f);
    assert_relative(f.prior.theta[0], 0.8 + 0.2 * 2, 1e-12);
    assert_relative(f.prior.theta_cv[0], sqrt(0.2) / 1.2, 1e-12);
    end(&f);
    begin(&f, 1); /* an own estimate that is certain needs nobody */
    f.m->threats[0].has_industry = true;
    f.m->threats[0].industry = SMALL_DIST("gamma", {"mean", 80}, {"sd", 40});
    start(&f);
    assert_true(f.prior.theta[0] == 1 && f.prior.theta_cv[0] == 0);
    end(&f);
}

/* With the truth drawn from the prior the predictions are as good as they say. */
static void
a_right_start_foretells_as_well_as_it_says(void **state)
{
    struct fixture f;
    struct rw_moments inside, nominal;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 40}, {"sd", 20});
    f.m->threats[0].seen_probability = 0.5;
    start(&f);
    for (unsigned t = 0; t < 8; t++) {
        plan_and_do(&f, t);
        check_and_act(&f, t);
        inside = rw_moments_array(f.g->told.inside, f.g->told.n);
        nominal = rw_moments_array(f.g->told.nominal, f.g->told.n);
        assert_true(nominal.mean >= 0.9 && nominal.mean < 0.95);
        assert_close(inside.mean, nominal.mean, CHECK_Z * rw_moments_se(&inside));
    }
    rw_foretold_close(&f.g->told);
    for (size_t k = 0; k < RW_FORECAST_BINS; k++) {
        struct rw_moments bin =
            rw_moments_array(f.g->told.share + k * f.g->told.room, f.g->told.n);

        assert_close(bin.mean, 0.1, CHECK_Z * rw_moments_se(&bin));
    }
    end(&f);
}

/* Half the incidents it expects, and it does not learn: most forecasts fail. */
static void
a_wrong_start_is_seen_in_the_forecasts(void **state)
{
    struct fixture f;
    struct rw_moments inside, first;

    (void)state;
    begin(&f, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(400);
    f.m->threats[0].bias_frequency = 2; /* all but sure of 200 a cycle; 100 come */
    start(&f);
    plan_and_do(&f, 0);
    check_and_act(&f, 0);
    inside = rw_moments_array(f.g->told.inside, f.g->told.n);
    assert_true(inside.mean == 0);
    rw_foretold_close(&f.g->told);
    first = rw_moments_array(f.g->told.share, f.g->told.n);
    assert_close(first.mean, 1, 1e-9); /* far below what was foretold */
    /* one miss of one, foretold with some 0.09: 2 ln(1 / 0.09) = 4.8 */
    assert_true(f.g->told.rejected[0] == 1);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(a_wrong_start_is_believed_and_unlearned),
    cmocka_unit_test(a_wrong_size_stays_where_it_is_no_lesson),
    cmocka_unit_test(the_industry_is_weighed_by_how_sure_it_is),
    cmocka_unit_test(a_right_start_foretells_as_well_as_it_says),
    cmocka_unit_test(a_wrong_start_is_seen_in_the_forecasts),
    cmocka_unit_test(an_estimate_without_a_deviation_is_still_a_prior),
    cmocka_unit_test(the_prior_never_sees_a_runs_futures))
