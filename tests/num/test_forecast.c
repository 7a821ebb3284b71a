/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/forecast.h"
#include "num/stream.h"
#include "num/sum.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

/* Gamma(10, 4) after one more unit of exposure: P(0) = 0.8^10. */
static void
a_belief_predicts_a_negative_binomial_count(void **state)
{
    struct rw_forecast f = rw_forecast_count(10, 4, 1, 0, 0.9);

    (void)state;
    assert_relative(f.score, 10 * log(0.8), 1e-14);
    assert_relative(f.upto, 0.1073741824, 1e-14);
    assert_close(f.below, 0, 1e-16);
    for (unsigned n = 0; n < 12; n++) {
        f = rw_forecast_count(10, 4, 1, n, 0.9);
        assert_relative(f.score, log(gsl_ran_negative_binomial_pdf(n, 0.8, 10)), 1e-12);
        assert_relative(f.upto, gsl_cdf_negative_binomial_P(n, 0.8, 10), 1e-12);
        /* F(0) = .107 is above .05, F(5) = .9389, F(6) = .9733 */
        assert_true(f.inside == (n <= 6));
        assert_relative(f.nominal, gsl_cdf_negative_binomial_P(6, 0.8, 10), 1e-12);
    }
}

/* The two ways to the same law, where either may be taken. */
static void
many_events_are_counted_like_few(void **state)
{
    (void)state;
    for (double mean = 49; mean < 52; mean += 2)
        for (unsigned n = 20; n < 100; n += 7) {
            struct rw_forecast f = rw_forecast_count(30, 30 / mean, 1, n, 0.9);
            double p = 30 / mean / (30 / mean + 1);
            unsigned low = 0, high = 0;

            while (gsl_cdf_negative_binomial_P(low, p, 30) < 0.05)
                low++;
            while (gsl_cdf_negative_binomial_P(high, p, 30) < 0.95)
                high++;
            assert_relative(
                f.score, log(gsl_ran_negative_binomial_pdf(n, p, 30)), 1e-10);
            assert_relative(f.below, gsl_cdf_negative_binomial_P(n - 1, p, 30), 1e-10);
            assert_relative(f.upto, gsl_cdf_negative_binomial_P(n, p, 30), 1e-10);
            assert_true(f.inside == (n >= low && n <= high));
            assert_relative(f.nominal,
                gsl_cdf_negative_binomial_P(high, p, 30) -
                    gsl_cdf_negative_binomial_P(low - 1, p, 30),
                1e-10);
        }
}

static void
no_exposure_predicts_no_event(void **state)
{
    struct rw_forecast none = rw_forecast_count(2, 3, 0, 0, 0.9);
    struct rw_forecast some = rw_forecast_count(2, 3, 0, 1, 0.9);

    (void)state;
    assert_true(none.score == 0 && none.inside && none.nominal == 1);
    assert_true(isinf(some.score) && !some.inside && some.below == 1);
}

/* Counts of the predicted law itself: coverage is the nominal one, and the
 * histogram of the integral transform is flat. */
static void
a_right_belief_forecasts_as_well_as_it_says(void **state)
{
    enum { N = 200000 };
    const double a = 1.5, b = 2, x = 3;
    double bin[RW_FORECAST_BINS] = {0}, inside = 0, nominal = 0;
    struct rw_stream at = {11, 5};

    (void)state;
    for (size_t i = 0; i < N; i++) {
        double u = rw_stream_uniform(at, i, 0), n = 0;
        struct rw_forecast f;

        while (gsl_cdf_negative_binomial_P((unsigned)n, b / (b + x), a) < u)
            n++;
        f = rw_forecast_count(a, b, x, n, 0.9);
        inside += f.inside;
        nominal += f.nominal;
        rw_forecast_spread(&f, bin);
    }
    nominal /= N;
    assert_true(nominal >= 0.9);
    assert_close(inside / N, nominal, CHECK_Z * sqrt(nominal * (1 - nominal) / N));
    for (int k = 0; k < RW_FORECAST_BINS; k++) /* at most a Bernoulli's spread */
        assert_close(bin[k] / N, 0.1, CHECK_Z * sqrt(0.09 / N));
}

/* 2 degrees: F(t) = 1/2 + t / (2 sqrt(2 + t^2)), t in units of sqrt(b / a (1/k + 1/n)). */
static void
the_place_of_a_mean_is_students(void **state)
{
    const struct rw_nig p = {.m = 3, .k = 2, .a = 1, .b = 5};

    (void)state;
    for (double n = 1; n < 100; n *= 3)
        for (double x = -9; x < 20; x += 2.5) {
            double t = (x - 3) / sqrt(5 * (0.5 + 1 / n));

            assert_close(
                rw_forecast_place(&p, n, x), 0.5 + t / (2 * sqrt(2 + t * t)), 1e-12);
        }
}

/* By hand: 250 days at 1 % with 6 misses, 3.555 (Kupiec's table puts the 5 % region
 * at 7 and more); none at all, -500 ln .99. */
static void
kupiecs_ratio_is_that_of_its_table(void **state)
{
    (void)state;
    assert_close(rw_kupiec(250, 6, 0.01), 3.555, 5e-4);
    assert_true(rw_kupiec(250, 6, 0.01) < RW_KUPIEC_5);
    assert_true(rw_kupiec(250, 7, 0.01) > RW_KUPIEC_5);
    assert_relative(rw_kupiec(250, 0, 0.01), -500 * log(0.99), 1e-12);
    assert_close(rw_kupiec(200, 20, 0.1), 0, 1e-12);
    assert_relative(RW_KUPIEC_5, gsl_cdf_chisq_Pinv(0.95, 1), 1e-12);
}

CHECK_MAIN(cmocka_unit_test(the_place_of_a_mean_is_students),
    cmocka_unit_test(kupiecs_ratio_is_that_of_its_table),
    cmocka_unit_test(a_belief_predicts_a_negative_binomial_count),
    cmocka_unit_test(many_events_are_counted_like_few),
    cmocka_unit_test(no_exposure_predicts_no_event),
    cmocka_unit_test(a_right_belief_forecasts_as_well_as_it_says))
