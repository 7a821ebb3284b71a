/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/ascent.h"
#include "num/stream.h"
#include "num/tail.h"
#include "tests/support/check.h"

enum { MOST = 70001, KINDS = 8, SIZES = 6, TEAMS = 4 };

static const size_t sizes[SIZES] = {1, 2, 4096, 4097, 32768, MOST};
static const unsigned teams[TEAMS] = {1, 2, 3, 8};
static double x[MOST], tmp[MOST], sorted[MOST];
static struct rw_ascent o;

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

static void
make(size_t n, struct rw_team *t)
{
    struct rw_span span = rw_span_of(x, n);

    rw_ascent_make(&o, x, n, tmp, &span, t);
}

static void
all_of_it_settled_is_what_qsort_makes(void **state)
{
    (void)state;
    for (size_t w = 0; w < TEAMS; w++) {
        struct rw_team *t = rw_team_new(teams[w]);

        for (int kind = 0; kind < KINDS; kind++)
            for (size_t s = 0; s < SIZES; s++) {
                size_t n = sizes[s];

                fill(kind, n);
                make(n, t);
                rw_ascent_settle(&o, 0, n, t);
                assert_memory_equal(o.x, sorted, n * sizeof *sorted);
            }
        rw_team_free(t);
    }
}

static void
a_number_stands_in_its_place_once_somebody_wants_it(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        fill(kind, MOST);
        make(MOST, NULL);
        for (size_t k = 0; k < MOST; k += 1 + k / 2) {
            rw_ascent_settle(&o, k, k + 1, NULL);
            assert_true(o.x[k] == sorted[k]);
            rw_ascent_settle(&o, MOST - 1 - k, MOST, NULL);
            assert_memory_equal(
                o.x + MOST - 1 - k, sorted + MOST - 1 - k, (k + 1) * sizeof *sorted);
        }
    }
}

static void
numbers_up_to_one_are_counted_once_it_is_settled(void **state)
{
    static const double far[] = {-INFINITY, -1e300, -1, -0x1p-1074, -0.0, 0, 0x1p-1074,
        0.5, 1, 16.99, 17, 17.01, 1e300, INFINITY};
    size_t n_far = sizeof far / sizeof *far;

    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        fill(kind, MOST);
        make(MOST, NULL);
        for (size_t k = 0; k < n_far + 60; k++) {
            double at = k < n_far ? far[k] : sorted[(k - n_far) * 997];

            if (k % 2)
                at *= 1 + 1e-9;
            rw_ascent_settle_at(&o, at);
            assert_true(
                rw_tail_count(o.x, MOST, at) == rw_tail_count(sorted, MOST, at));
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
            fill(kind, MOST);
            make(MOST, t);
            for (size_t k = 0; k < MOST; k += 1 + k / 200)
                rw_ascent_want(&o, k);
            rw_ascent_want_at(&o, sorted[MOST / 3] * (1 + 1e-12));
            rw_ascent_settle_wanted(&o, t);
            for (size_t k = 0; k < MOST; k += 1 + k / 200)
                assert_true(o.x[k] == sorted[k]);
            for (unsigned c = 0; c < o.cells; c++)
                assert_false(o.wanted[c]);
            assert_true(rw_tail_count(o.x, MOST, sorted[MOST / 3] * (1 + 1e-12)) ==
                        rw_tail_count(sorted, MOST, sorted[MOST / 3] * (1 + 1e-12)));
        }
        rw_team_free(t);
    }
}

/* What makes it worth while. */
static void
the_middle_leaves_the_rest_as_it_came(void **state)
{
    size_t settled = 0;

    (void)state;
    fill(0, MOST);
    make(MOST, NULL);
    rw_ascent_settle(&o, MOST / 2, MOST / 2 + 1, NULL);
    for (unsigned c = 0; c < o.cells; c++)
        settled += o.settled[c] ? o.start[c + 1] - o.start[c] : 0;
    assert_true(settled < MOST / 20);
}

CHECK_MAIN(cmocka_unit_test(all_of_it_settled_is_what_qsort_makes),
    cmocka_unit_test(a_number_stands_in_its_place_once_somebody_wants_it),
    cmocka_unit_test(numbers_up_to_one_are_counted_once_it_is_settled),
    cmocka_unit_test(what_is_wanted_is_settled_by_all_at_once),
    cmocka_unit_test(the_middle_leaves_the_rest_as_it_came))
