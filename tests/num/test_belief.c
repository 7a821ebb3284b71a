/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/belief.h"
#include "num/student.h"
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

static void
a_prior_from_an_interval_has_it(void **state)
{
    static const double levels[] = {0.5, 0.8, 0.9, 0.99};
    double a, b, low, high;

    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        for (double ratio = 1.05; ratio < 1e9; ratio *= 7) {
            rw_belief_prior_interval(0.3, 0.3 * ratio, levels[i], &a, &b);
            rw_belief_interval(a, b, levels[i], &low, &high);
            assert_relative(low, 0.3, 1e-11);
            assert_relative(high, 0.3 * ratio, 1e-11);
        }
    /* Gamma(10, 4): independent computation, 50 digits. */
    rw_belief_prior_interval(1.3563514242728238, 3.9263041055288648, 0.9, &a, &b);
    assert_relative(a, 10.0, 1e-11);
    assert_relative(b, 4.0, 1e-11);
}

static void
a_prior_from_a_strange_interval_is_still_one(void **state)
{
    double a, b, low, high;

    (void)state;
    rw_belief_prior_interval(0, 2, 0.9, &a, &b);
    rw_belief_interval(a, b, 0.9, &low, &high);
    assert_true(a == 0.01);
    assert_relative(high, 2.0, 1e-11);
    rw_belief_prior_interval(2, 2 * (1 + 1e-9), 0.9, &a, &b);
    assert_relative(a, 1e6, 1e-9);
    assert_relative(a / b, 2.0, 1e-6);
}

/* Posterior 53, 7: independent computation. */
static void
drills_give_the_conjugate_share(void **state)
{
    double a = 8, b = 2, low, high;

    (void)state;
    rw_beta_update(45, 5, &a, &b);
    assert_true(a == 53 && b == 7);
    assert_relative(a / (a + b), 0.8833333333333333, 1e-15);
    rw_beta_interval(a, b, 0.9, &low, &high);
    assert_relative(low, 0.8091210768501578, 1e-13);
    assert_relative(high, 0.94297149639884, 1e-13);
}

/* Five losses, logarithms: independent computation, 30 digits. */
static void
losses_give_the_conjugate_normal(void **state)
{
    static const double loss[] = {120000, 450000, 80000, 2100000, 300000};
    struct rw_nig p = {.m = 12, .k = 1, .a = 2, .b = 2}, once = p;
    double x[5];

    (void)state;
    for (int i = 0; i < 5; i++) {
        x[i] = log(loss[i]);
        rw_nig_update(&p, &x[i], 1);
    }
    assert_relative(p.m, 12.528502908916451, 1e-15);
    assert_true(p.k == 6 && p.a == 4.5);
    assert_relative(p.b, 5.435102589716288, 1e-14);
    rw_nig_update(&once, x, 5);
    assert_relative(once.m, p.m, 1e-15);
    assert_relative(once.b, p.b, 1e-14);
    assert_true(once.k == 6 && once.a == 4.5);
    /* t, 9 degrees, scale 1.1870554626503038 */
    assert_relative(sqrt(p.b * 7 / (p.a * 6)), 1.1870554626503038, 1e-14);
    assert_relative(exp(rw_nig_quantile(&p, 0.95, 0.05)), 2432693.4795947487, 1e-13);
    rw_nig_update(&once, x, 0);
    assert_true(once.k == 6);
}

/* What is forgotten is how sure one is; of the last observation nothing is. */
static void
forgetting_keeps_both_means(void **state)
{
    struct rw_nig p = {.m = 12, .k = 4, .a = 3, .b = 5}, one = p;
    const struct rw_moments few = {.n = 2, .mean = 13, .m2 = 0.5};
    const double both[] = {12.5, 13.5};

    (void)state;
    rw_nig_forget(&p, 0.75);
    assert_true(p.m == 12 && p.k == 3 && p.a == 2.5 && p.b == 3.75);
    assert_relative(rw_nig_variance(&p), 2.5, 1e-15);
    for (int t = 0; t < 20; t++)
        rw_nig_forget(&p, 0.75);
    assert_relative(p.k, 1.0, 1e-15);
    assert_relative(p.a, 1.5, 1e-15);
    assert_relative(rw_nig_variance(&p), 2.5, 1e-14);
    p.k = 0.5;
    rw_nig_forget(&p, 0.1);
    assert_true(p.k == 0.5);
    p = one;
    rw_nig_join(&one, &few);
    rw_nig_update(&p, both, 2);
    assert_relative(one.b, p.b, 1e-15);
    assert_true(one.m == p.m && one.k == 6 && one.a == 4);
}

/* Closed forms: 1 degree tan(pi (u - 1/2)), 2 degrees (2u - 1) / sqrt(2 u (1 - u)),
 * and the normal for many. */
static double
student(double df, double lower, double upper)
{
    struct rw_student s = rw_student_of(df);

    return rw_student_quantile(&s, lower, upper);
}

static void
quantiles_of_student_meet_closed_forms(void **state)
{
    (void)state;
    for (double t = 0.5; t > 1e-15; t *= 0.37) {
        double one = t < 0.5 ? -1 / tan(M_PI * t) : 0;
        double two = (2 * t - 1) / sqrt(2 * t * (1 - t));

        assert_close(student(1, t, 1 - t), one, 2e-12 * fabs(one));
        assert_close(student(1, 1 - t, t), -one, 2e-12 * fabs(one));
        assert_close(student(2, t, 1 - t), two, 2e-12 * fabs(two));
        assert_close(student(2, 1 - t, t), -two, 2e-12 * fabs(two));
    }
    /* z + (z^3 + z) / 4d, Cornish and Fisher; the next term is of order 1 / d^2 */
    assert_close(
        student(1e6, 0.95, 0.05), 1.6448536269514722 + 1.5237691 * 1e-6, 1e-11);
}

/* Trials count d^k, k cycles later, and the first belief always whole. */
static void
forgetting_of_a_share_leads_back_to_the_first_belief(void **state)
{
    const double d = 0.75, first_a = 0.6, first_b = 2;
    double a = first_a, b = first_b, works = 0, fails = 0;

    (void)state;
    for (int t = 0; t < 12; t++) {
        rw_beta_forget(d, first_a, first_b, &a, &b);
        works *= d;
        fails *= d;
        rw_beta_update(t % 3 > 0, t % 3 == 0, &a, &b);
        works += t % 3 > 0;
        fails += t % 3 == 0;
        assert_close(a, first_a + works, 1e-14);
        assert_close(b, first_b + fails, 1e-14);
    }
    for (int t = 0; t < 200; t++)
        rw_beta_forget(d, first_a, first_b, &a, &b);
    assert_close(a, first_a, 1e-14);
    assert_close(b, first_b, 1e-14);
}

/* theta ~ Beta(2, 3): mean 2/5, variance 1/25, P(theta <= x) = 6 x^2 - 8 x^3 + 3 x^4. */
static void
a_share_has_the_moments_and_places_asked_for(void **state)
{
    double a = 0, b = 0;

    (void)state;
    rw_beta_moments(0.4, 0.04, &a, &b);
    assert_relative(a, 2.0, 1e-14);
    assert_relative(b, 3.0, 1e-14);
    assert_relative(rw_beta_place(2, 3, 0.3), 0.54 - 0.216 + 0.0243, 1e-13);
    assert_true(rw_beta_place(2, 3, 0) == 0 && rw_beta_place(2, 3, 1) == 1);
    rw_beta_moments(0.4, 0.24, &a, &b); /* only 0 and 1 vary so */
    assert_relative(a + b, RW_BETA_LEAST, 1e-12);
}

CHECK_MAIN(cmocka_unit_test(forgetting_of_a_share_leads_back_to_the_first_belief),
    cmocka_unit_test(a_share_has_the_moments_and_places_asked_for),
    cmocka_unit_test(a_prior_from_an_interval_has_it),
    cmocka_unit_test(a_prior_from_a_strange_interval_is_still_one),
    cmocka_unit_test(drills_give_the_conjugate_share),
    cmocka_unit_test(losses_give_the_conjugate_normal),
    cmocka_unit_test(forgetting_keeps_both_means),
    cmocka_unit_test(quantiles_of_student_meet_closed_forms),
    cmocka_unit_test(a_belief_that_nothing_feeds_stays_one),
    cmocka_unit_test(three_months_of_counts_give_the_conjugate_posterior),
    cmocka_unit_test(discount_forgets_alike_in_count_and_exposure),
    cmocka_unit_test(a_prior_has_the_mean_and_variation_asked_for),
    cmocka_unit_test(the_interval_of_a_sharp_belief_is_the_normal_one))
