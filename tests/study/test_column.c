/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "study/column.h"
#include "tests/support/check.h"

enum { MOST = 3 * RW_COLUMN_PART + 1500, SIZES = 6, TEAMS = 4 };

static const size_t sizes[SIZES] = {
    1, 1024, RW_COLUMN_PART, RW_COLUMN_PART + 1, 2 * RW_COLUMN_PART, MOST};
static const unsigned teams[TEAMS] = {1, 2, 3, 8};
static double a[MOST], b[MOST], c[MOST], d[MOST], x[MOST];

static void
fill(void)
{
    for (size_t i = 0; i < MOST; i++) {
        struct rw_stream s = {3, 5};

        a[i] = exp(20 * (rw_stream_uniform(s, i, 0) - 0.5));
        b[i] = rw_stream_uniform(s, i, 1);
        c[i] = rw_stream_uniform(s, i, 2) - 0.5;
        d[i] = -rw_stream_uniform(s, i, 3);
    }
}

static void
moments_are_those_of_one_thread_to_the_bit(void **state)
{
    (void)state;
    fill();
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (size_t s = 0; s < SIZES; s++) {
            struct rw_span span;
            struct rw_moments want = rw_moments_array(a, sizes[s]);
            struct rw_moments got = rw_column_moments(a, sizes[s], x, &span, t);

            struct rw_span all = rw_span_of(a, sizes[s]);

            assert_memory_equal(&got, &want, sizeof got);
            assert_memory_equal(&span, &all, sizeof span);
        }
        rw_team_free(t);
    }
}

static void
sums_and_differences_are_made_of_every_future(void **state)
{
    (void)state;
    fill();
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (size_t s = 0; s < SIZES; s++) {
            size_t n = sizes[s], above = 0;

            memset(x, 0, sizeof x);
            rw_column_plus(x, a, b, n, t);
            for (size_t i = 0; i < MOST; i++)
                assert_true(x[i] == (i < n ? a[i] + b[i] : 0));
            rw_column_minus(x, a, b, n, t);
            for (size_t i = 0; i < MOST; i++)
                assert_true(x[i] == (i < n ? a[i] - b[i] : 0));
            rw_column_apart(x, a, b, c, d, n, t);
            for (size_t i = 0; i < MOST; i++)
                assert_true(x[i] == (i < n ? (a[i] + b[i]) - (c[i] + d[i]) : 0));
            for (size_t i = 0; i < n; i++)
                above += c[i] > 0;
            assert_true(rw_column_above(c, n, t) == above);
        }
        rw_team_free(t);
    }
}

/* Wherever the one future is. */
static void
one_future_makes_a_column_another(void **state)
{
    (void)state;
    fill();
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (size_t i = 0; i < MOST; i += 1 + i) {
            memcpy(x, a, sizeof x);
            assert_true(rw_column_same(x, a, MOST, t));
            x[i] = nextafter(x[i], 0);
            assert_false(rw_column_same(x, a, MOST, t));
            assert_true(rw_column_same(x, a, i, t));
            memset(x, 0, sizeof x);
            assert_true(rw_column_zero(x, MOST, t));
            x[i] = -0x1p-1074;
            assert_false(rw_column_zero(x, MOST, t));
            assert_true(rw_column_zero(x, i, t));
            x[i] = -0.0;
            assert_true(rw_column_zero(x, MOST, t));
        }
        rw_team_free(t);
    }
}

CHECK_MAIN(cmocka_unit_test(moments_are_those_of_one_thread_to_the_bit),
    cmocka_unit_test(sums_and_differences_are_made_of_every_future),
    cmocka_unit_test(one_future_makes_a_column_another))
