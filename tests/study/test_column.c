/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "study/column.h"
#include "tests/support/check.h"

enum { MOST = 3 * RW_ASCENT_PART + 1500, SIZES = 6, TEAMS = 4 };

static const size_t sizes[SIZES] = {
    1, 1024, RW_ASCENT_PART, RW_ASCENT_PART + 1, 2 * RW_ASCENT_PART, MOST};
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
make_chunk(const void *self, size_t chunk, size_t n, double out[])
{
    memcpy(out, (const double *)self + chunk * RW_VALUES_CHUNK, n * sizeof *out);
}

/* Whether they stand or are made, and whoever else looks. */
static void
moments_are_those_of_one_thread_to_the_bit(void **state)
{
    static struct rw_ascent order, alone;
    struct rw_ascent_room room[2];

    (void)state;
    fill();
    assert_true(rw_ascent_room_init(&room[0], MOST));
    assert_true(rw_ascent_room_init(&room[1], MOST));
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (size_t s = 0; s < SIZES; s++) {
            size_t n = sizes[s];
            struct rw_moments want = rw_moments_array(a, n), got;
            struct rw_values stand = rw_values_array(a, n);
            struct rw_values made = {.n = n, .make = make_chunk, .self = a};

            got = rw_column_moments(&stand, x, NULL, t);
            assert_memory_equal(&got, &want, sizeof got);
            got = rw_column_moments(&made, x, NULL, t);
            assert_memory_equal(&got, &want, sizeof got);
            rw_ascent_make(&alone, &stand, &room[0], false, NULL);
            rw_ascent_open(&order, &made, &room[1], false);
            got = rw_column_moments(&made, room[1].x, &order, t);
            rw_ascent_close(&order, t);
            assert_memory_equal(&got, &want, sizeof got);
            assert_int_equal(order.cells, alone.cells);
            assert_memory_equal(
                order.start, alone.start, (alone.cells + 1) * sizeof *alone.start);
            assert_true(rw_ascent_number(&order, n / 2, t) ==
                        rw_ascent_number(&alone, n / 2, NULL));
        }
        rw_team_free(t);
    }
    rw_ascent_room_fini(&room[0]);
    rw_ascent_room_fini(&room[1]);
}

static void
what_is_zero_is_as_if_somebody_had_looked(void **state)
{
    static struct rw_ascent order;
    struct rw_ascent_room room;

    (void)state;
    assert_true(rw_ascent_room_init(&room, MOST));
    memset(a, 0, sizeof a);
    for (size_t s = 0; s < SIZES; s++) {
        size_t n = sizes[s];
        struct rw_values v = rw_values_array(NULL, n);
        struct rw_moments want = rw_moments_array(a, n), got;

        assert_true(rw_values_zero(&v));
        memset(room.x, 0xff, n * sizeof *room.x);
        rw_ascent_open(&order, &v, &room, false);
        got = rw_column_moments(&v, room.x, &order, NULL);
        rw_ascent_close(&order, NULL);
        assert_memory_equal(&got, &want, sizeof got);
        rw_ascent_settle(&order, n / 2, n, NULL);
        assert_memory_equal(order.x + n / 2, a, (n - n / 2) * sizeof *a);
        assert_int_equal(n, rw_ascent_zeros(&order, NULL));
        assert_int_equal(n, rw_ascent_upto(&order, 0, NULL));
        assert_int_equal(0, rw_ascent_upto(&order, -0x1p-1074, NULL));
    }
    rw_ascent_room_fini(&room);
}

CHECK_MAIN(cmocka_unit_test(moments_are_those_of_one_thread_to_the_bit),
    cmocka_unit_test(what_is_zero_is_as_if_somebody_had_looked))
