/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "study/column.h"
#include "tests/support/check.h"

enum { MOST = 3 * RW_COLUMN_PART + 1500, SIZES = 6, TEAMS = 4 };

static const size_t sizes[SIZES] = {
    1, 1024, RW_COLUMN_PART, RW_COLUMN_PART + 1, 2 * RW_COLUMN_PART, MOST};
static const unsigned teams[TEAMS] = {1, 2, 3, 8};
static double a[MOST], x[MOST];

static void
fill(void)
{
    for (size_t i = 0; i < MOST; i++) {
        struct rw_stream s = {3, 5};

        a[i] = exp(20 * (rw_stream_uniform(s, i, 0) - 0.5));
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

CHECK_MAIN(cmocka_unit_test(moments_are_those_of_one_thread_to_the_bit))
