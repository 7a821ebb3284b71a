/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/score.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static void
one_degree_of_chi_square(void **state)
{
    (void)state;
    for (double x = 1e-3; x < 50; x *= 1.7)
        assert_relative(rw_score_beyond(x), gsl_cdf_chisq_Q(x, 1), 1e-12);
    assert_true(rw_score_beyond(0) == 1);
    assert_relative(rw_score_beyond(3.841458820694124), 0.05, 1e-12);
}

/* 2, 1, 3: each is forecast from what came before. */
static void
a_belief_is_scored_before_it_learns(void **state)
{
    static const double count[] = {3, 1, 4}, years[] = {1, 2, 1};
    const struct rw_score_rule r = {1, 0, 0.9, 2, 1, 0};
    struct rw_score s;
    double want = log(gsl_ran_negative_binomial_pdf(3, 0.5, 2)) +
                  log(gsl_ran_negative_binomial_pdf(1, 2. / 4, 5)) +
                  log(gsl_ran_negative_binomial_pdf(4, 4. / 5, 6));
    double bins = 0;

    (void)state;
    assert_int_equal(rw_score_make(&r, count, years, 3, &s), RW_OK);
    assert_int_equal(s.n, 3);
    assert_relative(s.log_score, want / 3, 1e-13);
    assert_true(s.a == 10 && s.b == 5);
    for (int k = 0; k < RW_FORECAST_BINS; k++)
        bins += s.bin[k];
    assert_relative(bins, 3.0, 1e-13);
}

/* m = 4, variance 4 + 16 / 20: r = 20, p = 20 / 24. */
static void
a_dispersion_takes_the_place_of_the_beliefs_own(void **state)
{
    static const double count[] = {100, 7}, years[] = {1, 2};
    const struct rw_score_rule r = {0.5, 0.05, 0.9, 8, 3, 1};
    struct rw_score s;
    /* after 100 in a year: a = 104, b = 2.5, two years' mean 83.2 */
    double m = 104 / 2.5 * 2;

    (void)state;
    assert_int_equal(rw_score_make(&r, count, years, 2, &s), RW_OK);
    assert_int_equal(s.n, 1);
    assert_relative(
        s.log_score, log(gsl_ran_negative_binomial_pdf(7, 20 / (20 + m), 20)), 1e-12);
    assert_int_equal(s.inside, 0);
    assert_true(s.a == 59 && s.b == 3.25);
}

static void
misses_in_clusters_are_told_from_scattered_ones(void **state)
{
    static const unsigned char clustered[] = {0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1},
                               scattered[] = {0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0},
                               none[] = {0, 0, 0, 0}, all[] = {1, 1, 1};
    /* n00 = 7, n01 = 2, n10 = 1, n11 = 3 */
    double want = 2 * (7 * log(7. / 9) + 2 * log(2. / 9) + log(1. / 4) +
                          3 * log(3. / 4) - 8 * log(8. / 13) - 5 * log(5. / 13));

    (void)state;
    assert_relative(rw_score_clusters(clustered, 14), want, 1e-13);
    assert_true(want > 3.2);
    /* n00 = 5, n01 = 4, n10 = 4, n11 = 0 */
    want =
        2 * (5 * log(5. / 9) + 4 * log(4. / 9) - 9 * log(9. / 13) - 4 * log(4. / 13));
    assert_relative(rw_score_clusters(scattered, 14), want, 1e-13);
    assert_true(isnan(rw_score_clusters(none, 4)));
    assert_true(isnan(rw_score_clusters(all, 3)));
    assert_true(isnan(rw_score_clusters(none, 0)));
}

static void
nothing_to_forecast_is_refused(void **state)
{
    static const double one[] = {1};
    const struct rw_score_rule r = {1, 0, 0.9, 1, 1, 1};
    struct rw_score s;

    (void)state;
    assert_int_equal(rw_score_make(&r, one, one, 1, &s), RW_ERR_DOMAIN);
}

CHECK_MAIN(cmocka_unit_test(one_degree_of_chi_square),
    cmocka_unit_test(a_belief_is_scored_before_it_learns),
    cmocka_unit_test(a_dispersion_takes_the_place_of_the_beliefs_own),
    cmocka_unit_test(misses_in_clusters_are_told_from_scattered_ones),
    cmocka_unit_test(nothing_to_forecast_is_refused))
