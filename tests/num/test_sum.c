/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cpu.h"
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

/* Rows of n that have nothing in common, but for some whose numbers are all one; and one
 * by one, eight sums of a chunk, as the header says. */
static struct rw_moments
by_hand(const double x[], size_t n)
{
    double sum[8] = {0}, square[8] = {0}, rest[8] = {0}, mean, off;

    for (size_t i = 0; i < n; i++)
        sum[i % 8] += x[i];
    mean = (((sum[0] + sum[1]) + (sum[2] + sum[3])) +
               ((sum[4] + sum[5]) + (sum[6] + sum[7]))) /
           (double)n;
    for (size_t i = 0; i < n; i++) {
        double d = x[i] - mean;

        square[i % 8] += d * d;
        rest[i % 8] += d;
    }
    off = ((rest[0] + rest[1]) + (rest[2] + rest[3])) +
          ((rest[4] + rest[5]) + (rest[6] + rest[7]));
    return (struct rw_moments){n, mean,
        ((square[0] + square[1]) + (square[2] + square[3])) +
            ((square[4] + square[5]) + (square[6] + square[7])) -
            off * (off / (double)n)};
}

static void
rows_side_by_side_are_as_one_by_one(void **state)
{
    enum { ROWS = 11, N = 5000 };
    static const size_t many[] = {1, 2, 7, 8, 333, 1024, 1025, 4096, N};
    static double x[ROWS][N];

    (void)state;
    for (size_t k = 0; k < ROWS; k++)
        for (size_t i = 0; i < N; i++)
            x[k][i] = k % 5 == 2 ? (double)k : exp(3 * sin((double)(i * (k + 1) + k)));
    for (size_t j = 0; j < sizeof many / sizeof *many; j++) {
        struct rw_moments side[ROWS], one;
        struct rw_moments_batch b = {.n = many[j]};

        for (size_t k = 0; k < ROWS; k++)
            rw_moments_add(&b, x[k], &side[k]);
        rw_moments_flush(&b);
        for (size_t k = 0; k < ROWS; k++) {
            one = (struct rw_moments){0};
            for (size_t i = 0; i < many[j]; i += 1024) {
                size_t n = many[j] - i < 1024 ? many[j] - i : 1024;
                struct rw_moments c = k % 5 == 2 || n == 1
                                          ? rw_moments_constant(x[k][i], n)
                                          : by_hand(x[k] + i, n);

                rw_moments_join(&one, &c);
            }
            assert_memory_equal(&side[k], &one, sizeof one);
            one = rw_moments_array(x[k], many[j]);
            assert_memory_equal(&side[k], &one, sizeof one);
        }
    }
}

/* To the bit, whatever is left over behind whole registers. */
static void
narrower_kernels_have_the_same_moments(void **state)
{
    enum { MANY = 2100 };
    static double x[MANY];

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        x[i] = exp(sin((double)i)) * 1e6;
    for (size_t n = 1; n < MANY; n += n < 40 ? 1 : 97) {
        struct rw_moments want, have;

        rw_cpu_keep_within(512);
        want = rw_moments_array(x, n);
        for (unsigned bits = 128; bits < 512; bits *= 2) {
            rw_cpu_keep_within(bits);
            have = rw_moments_array(x, n);
            assert_memory_equal(&want, &have, sizeof want);
        }
    }
    rw_cpu_keep_within(512);
}

CHECK_MAIN(cmocka_unit_test(small_terms_between_large_ones_are_not_lost),
    cmocka_unit_test(a_million_tenths_are_a_hundred_thousand),
    cmocka_unit_test(moments_far_from_zero_keep_their_digits),
    cmocka_unit_test(joined_parts_are_the_whole),
    cmocka_unit_test(one_value_has_no_spread),
    cmocka_unit_test(rows_side_by_side_are_as_one_by_one),
    cmocka_unit_test(narrower_kernels_have_the_same_moments))
