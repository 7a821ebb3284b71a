/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/ascent.h"
#include "num/stream.h"
#include "num/tail.h"
#include "tests/support/check.h"

enum { MOST = 2 * RW_ASCENT_PART + 4465, KINDS = 10, SIZES = 7, TEAMS = 4 };

static const size_t sizes[SIZES] = {
    1, 2, RW_ASCENT_FEW, RW_ASCENT_FEW + 1, 32768, RW_ASCENT_PART, MOST};
static const unsigned teams[TEAMS] = {1, 2, 3, 8};
static double x[MOST], sorted[MOST];
static struct rw_ascent o;
static struct rw_ascent_room room;

static int
ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;

    return (p > q) - (p < q);
}

/* The k-th of n numbers of a kind. */
static double
number(int kind, size_t k, size_t n)
{
    double u = rw_stream_uniform((struct rw_stream){11, (uint64_t)kind}, k, 0);

    switch (kind) {
    case 0: /* losses, as they are spread */
        return exp(30 * (u - 0.5));
    case 1: /* on both sides of 0 */
        return exp(40 * (u - 0.5)) * (k % 3 ? 1 : -1);
    case 2: /* mostly nothing, of either sign */
        return u < 0.4 ? -0.0 : u < 0.8 ? 0.0 : u;
    case 3: /* below 0, with the extremes of what there is */
        return k == 5 ? -0x1p-1074 : k == 7 ? -0x1.fffffffffffffp1023 : -1000 * u;
    case 4: /* one number */
        return 17;
    case 5: /* nothing at all */
        return k % 2 ? 0.0 : -0.0;
    case 6: /* a few numbers, all distances from 0 alike */
        return k % 3 ? 4 : -4;
    case 7: /* a few that are not alike, where nobody looks first */
        return k == 1500 || k + 1 == n ? -1e-300 : k == 1600 ? 1e300 : 2;
    case 8: /* most of it beyond what is looked at first, on both sides */
        return k / RW_VALUES_CHUNK % 2 == 0 ? 1 + u
                                            : exp(600 * (u - 0.5)) * (k % 2 ? 1 : -1);
    default: /* in order, the wrong one, and crowded but for two */
        return k == 0 ? 1e300 : k == n / 2 ? 0 : 1 + (double)(n - k) * 0x1p-40;
    }
}

static void
fill(int kind, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        x[k] = number(kind, k, n);
        sorted[k] = x[k] + 0.0;
    }
    qsort(sorted, n, sizeof *sorted, ascending);
}

/* Of numbers that are made when somebody looks at them. */
static void
make_chunk(const void *self, size_t chunk, size_t n, double out[])
{
    memcpy(out, (const double *)self + chunk * RW_VALUES_CHUNK, n * sizeof *out);
}

static void
make(size_t n, bool whole, struct rw_team *t)
{
    struct rw_values v = {.n = n, .make = make_chunk, .self = x};

    if (n % 2)
        v = rw_values_array(x, n);
    memset(room.x, 0xff, MOST * sizeof *room.x); /* nothing that is there serves */
    memset(room.tmp, 0xff, MOST * sizeof *room.tmp);
    rw_ascent_make(&o, &v, &room, whole, t);
}

static size_t
upto(size_t n, double at)
{
    size_t count = 0;

    for (size_t k = 0; k < n; k++)
        count += x[k] <= at;
    return count;
}

static void
all_of_it_settled_is_what_qsort_makes(void **state)
{
    (void)state;
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (int kind = 0; kind < KINDS; kind++)
            for (size_t s = 0; s < SIZES; s++)
                for (int whole = 0; whole < 2; whole++) {
                    size_t n = sizes[s];

                    fill(kind, n);
                    make(n, whole, t);
                    rw_ascent_settle(&o, 0, n, t);
                    assert_memory_equal(o.x, sorted, n * sizeof *sorted);
                }
        rw_team_free(t);
    }
}

/* Its numbers may lie where it sorts. */
static void
a_whole_order_may_spend_its_numbers(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        struct rw_values v = rw_values_array(room.tmp, MOST);

        fill(kind, MOST);
        memcpy(room.tmp, x, sizeof x);
        rw_ascent_make(&o, &v, &room, true, NULL);
        rw_ascent_settle(&o, 0, MOST, NULL);
        assert_memory_equal(o.x, sorted, sizeof sorted);
    }
}

static void
a_number_stands_in_its_place_once_somebody_wants_it(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        fill(kind, MOST);
        make(MOST, false, NULL);
        for (size_t k = 0; k < MOST; k += 1 + k / 2) {
            assert_true(rw_ascent_number(&o, k, NULL) == sorted[k]);
            rw_ascent_settle(&o, MOST - 1 - k, MOST, NULL);
            assert_memory_equal(
                o.x + MOST - 1 - k, sorted + MOST - 1 - k, (k + 1) * sizeof *sorted);
        }
    }
}

static void
numbers_up_to_one_are_counted(void **state)
{
    static const double far[] = {-INFINITY, -1e300, -1, -0x1p-1074, -0.0, 0, 0x1p-1074,
        0.5, 1, 16.99, 17, 17.01, 1e300, INFINITY};
    size_t n_far = sizeof far / sizeof *far;

    (void)state;
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t s = 2; s < SIZES; s++) {
            size_t n = sizes[s];

            fill(kind, n);
            make(n, false, NULL);
            assert_int_equal(
                rw_ascent_zeros(&o, NULL), upto(n, 0) - upto(n, -0x1p-1074));
            for (size_t k = 0; k < n_far + 40; k++) {
                double at = k < n_far ? far[k] : sorted[(k - n_far) * 997 % n];

                if (k % 2)
                    at *= 1 + 1e-9;
                if (k % 5 == 0) /* sorted or not */
                    rw_ascent_settle(&o, n / 2, n, NULL);
                assert_int_equal(rw_ascent_upto(&o, at, NULL), upto(n, at));
            }
        }
}

static void
what_is_wanted_is_settled_by_all_at_once(void **state)
{
    (void)state;
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (int kind = 0; kind < KINDS; kind++) {
            double at;

            fill(kind, MOST);
            at = sorted[MOST / 3] * (1 + 1e-12);
            make(MOST, false, t);
            for (size_t k = 0; k < MOST; k += 1 + k / 200)
                rw_ascent_want(&o, k, k + 1);
            rw_ascent_want_upto(&o, at);
            rw_ascent_settle_wanted(&o, t);
            assert_true(o.passes < 2);
            for (size_t k = 0; k < MOST; k += 1 + k / 200)
                assert_true(o.x[k] == sorted[k]);
            for (unsigned c = 0; c < o.cells; c++)
                assert_false(o.state[c] & (RW_ASCENT_DEAL | RW_ASCENT_SORT));
            assert_int_equal(rw_ascent_upto(&o, at, t), upto(MOST, at));
            assert_true(o.passes < 2);
        }
        rw_team_free(t);
    }
}

/* What makes it worth while. */
static void
the_middle_leaves_the_rest_where_it_is(void **state)
{
    size_t dealt = 0;

    (void)state;
    fill(0, MOST);
    make(MOST, false, NULL);
    rw_ascent_settle(&o, MOST / 2, MOST / 2 + 1, NULL);
    for (unsigned c = 0; c < o.cells; c++)
        dealt += o.state[c] & RW_ASCENT_DEALT ? o.start[c + 1] - o.start[c] : 0;
    assert_in_range(dealt, 1, MOST / 20);
}

/* However many come one by one. */
static void
the_third_who_asks_gets_all(void **state)
{
    (void)state;
    fill(0, MOST);
    make(MOST, false, NULL);
    for (size_t k = 0; k < MOST; k += MOST / 50)
        assert_true(rw_ascent_number(&o, k, NULL) == sorted[k]);
    assert_int_equal(o.passes, 3);
}

static int
setup(void **state)
{
    (void)state;
    return rw_ascent_room_init(&room, MOST) ? 0 : -1;
}

static int
teardown(void **state)
{
    (void)state;
    rw_ascent_room_fini(&room);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_settled_is_what_qsort_makes),
        cmocka_unit_test(a_whole_order_may_spend_its_numbers),
        cmocka_unit_test(a_number_stands_in_its_place_once_somebody_wants_it),
        cmocka_unit_test(numbers_up_to_one_are_counted),
        cmocka_unit_test(what_is_wanted_is_settled_by_all_at_once),
        cmocka_unit_test(the_middle_leaves_the_rest_where_it_is),
        cmocka_unit_test(the_third_who_asks_gets_all)};

    return cmocka_run_group_tests(tests, setup, teardown);
}
