/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sum.h"
#include "tests/support/check.h"

#include <float.h>

static void
small_terms_between_large_ones_are_not_lost(void **state)
{
    static const double x[] = {1, 1e100, 1, -1e100};

    (void)state;
    assert_true(rw_sum_array(x, 4) == 2);
    assert_true(rw_sum_array(x, 0) == 0);
}

static void
a_million_tenths_are_a_hundred_thousand(void **state)
{
    struct rw_sum s = {0, 0};

    (void)state;
    for (int i = 0; i < 1000000; i++)
        rw_sum_add(&s, 0.1);
    /* 0.1 itself is off by 5.6e-18: 5.6e-12 in a million. */
    assert_close(
        rw_sum_value(&s), 1e5 + 1e6 * 5.551115123125783e-18, 2 * DBL_EPSILON * 1e5);
}

static void
moments_far_from_zero_keep_their_digits(void **state)
{
    /* 4, 7, 13, 16 on top of 1e9: mean 10, squares 90. */
    static const double x[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    struct rw_moments m = rw_moments_array(x, 4);

    (void)state;
    assert_int_equal(4, m.n);
    assert_true(m.mean == 1e9 + 10 && m.m2 == 90);
    assert_close(rw_moments_sd(&m), sqrt(30), 1e-15 * sqrt(30));
    assert_close(rw_moments_se(&m), sqrt(7.5), 1e-15 * sqrt(7.5));
}

static void
joined_parts_are_the_whole(void **state)
{
    enum { N = 1000 };
    double x[N];
    struct rw_moments whole, join = {0, 0, 0}, empty = {0, 0, 0};

    (void)state;
    for (int i = 0; i < N; i++)
        x[i] = 1e6 + sin(i) * 100;
    whole = rw_moments_array(x, N);
    for (size_t at = 0, step = 1; at < N; at += step, step = step * 2 + 1) {
        size_t n = at + step < N ? step : N - at;
        struct rw_moments part = rw_moments_array(x + at, n);

        rw_moments_join(&join, &part);
        rw_moments_join(&join, &empty);
    }
    assert_int_equal(N, join.n);
    assert_relative(join.mean, whole.mean, 1e-15);
    assert_relative(join.m2, whole.m2, 1e-10);
}

static void
one_value_has_no_spread(void **state)
{
    struct rw_moments m = rw_moments_array((const double[]){7}, 1);
    struct rw_moments none = rw_moments_array(NULL, 0);

    (void)state;
    assert_true(m.mean == 7 && isnan(rw_moments_sd(&m)) && isnan(rw_moments_se(&m)));
    assert_true(none.n == 0 && none.mean == 0 && isnan(rw_moments_sd(&none)));
}

CHECK_MAIN(cmocka_unit_test(small_terms_between_large_ones_are_not_lost),
    cmocka_unit_test(a_million_tenths_are_a_hundred_thousand),
    cmocka_unit_test(moments_far_from_zero_keep_their_digits),
    cmocka_unit_test(joined_parts_are_the_whole),
    cmocka_unit_test(one_value_has_no_spread))
