/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/belief.h"
#include "tests/support/check.h"

static void
three_months_of_counts_give_the_conjugate_posterior(void **state)
{
    static const double counts[] = {3, 1, 4}, one[] = {1};
    double a[] = {2}, b[] = {1}, low, high, mean, variance;

    (void)state;
    for (int i = 0; i < 3; i++)
        rw_belief_update(1, 1, &counts[i], one, a, b);
    assert_true(a[0] == 10 && b[0] == 4);
    /* Independent computation, 50 digits. */
    rw_belief_interval(a[0], b[0], 0.9, &low, &high);
    assert_relative(low, 1.3563514242728238, 1e-12);
    assert_relative(high, 3.9263041055288648, 1e-12);
    rw_belief_predict(a[0], b[0], 1, &mean, &variance);
    assert_true(mean == 2.5 && variance == 3.125);
}

static void
discount_forgets_alike_in_count_and_exposure(void **state)
{
    double a[] = {4, 8}, b[] = {2, 2};

    (void)state;
    rw_belief_update(2, 0.5, (const double[]){0, 3}, (const double[]){0, 1.5}, a, b);
    assert_true(a[0] == 2 && b[0] == 1); /* the mean stays, the spread grows */
    assert_true(a[1] == 7 && b[1] == 2.5);
}

static void
a_prior_has_the_mean_and_variation_asked_for(void **state)
{
    double a, b;

    (void)state;
    rw_belief_prior(6, 0.5, &a, &b);
    assert_close(a / b, 6, 1e-14);
    assert_close(sqrt(a) / b, 3, 1e-14);
    rw_belief_prior(6, 0, &a, &b);
    assert_close(a, 1e6, 1e-6);
}

static void
the_interval_of_a_sharp_belief_is_the_normal_one(void **state)
{
    double low, high;

    (void)state;
    /* a = 1e6: second Cornish-Fisher term is 1.7e-3 / 3 of a deviation. */
    rw_belief_interval(1e6, 1e6, 0.9, &low, &high);
    assert_close(low, 1 - 1.6448536e-3, 1e-6);
    assert_close(high, 1 + 1.6448536e-3, 1e-6);
}

static void
a_belief_that_nothing_feeds_stays_one(void **state)
{
    double a = 4, b = 4, none = 0, some = 1;

    (void)state;
    for (int k = 0; k < 1000; k++)
        rw_belief_update(1, 0.01, &none, &none, &a, &b);
    assert_true(a > 0 && b > 0 && isfinite(a / b));
    for (int k = 0; k < 1000; k++)
        rw_belief_update(1, 0.01, &none, &some, &a, &b);
    assert_true(a > 0 && a / b < 1e-5);
}

CHECK_MAIN(cmocka_unit_test(a_belief_that_nothing_feeds_stays_one),
    cmocka_unit_test(three_months_of_counts_give_the_conjugate_posterior),
    cmocka_unit_test(discount_forgets_alike_in_count_and_exposure),
    cmocka_unit_test(a_prior_has_the_mean_and_variation_asked_for),
    cmocka_unit_test(the_interval_of_a_sharp_belief_is_the_normal_one))
