/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders are permutations, and all alike. */
#include "num/order.h"
#include "tests/support/check.h"

enum { N = 96000, SEED = 5 };

static const struct rw_stream lane = {SEED, 77};

static void
every_thing_is_there_once(void **state)
{
    size_t things[300];

    (void)state;
    for (size_t n = 0; n <= 300; n += n < 10 ? 1 : 29) {
        unsigned char seen[300] = {0};

        for (size_t k = 0; k < n; k++)
            things[k] = k;
        rw_order_shuffle(lane, 3, 9, n, things);
        for (size_t k = 0; k < n; k++) {
            assert_true(things[k] < n);
            seen[things[k]]++;
        }
        for (size_t k = 0; k < n; k++)
            assert_int_equal(seen[k], 1);
    }
}

/* Each of the 120 orders of five, which takes more than one counter, comes with
 * p = 1 / 120: the sum of squares is chi-squared with 119 degrees of freedom, above
 * 207.2 with probability 1e-6 (GSL's gsl_cdf_chisq_Qinv). */
static void
all_orders_come_alike(void **state)
{
    static unsigned count[5 * 5 * 5 * 5 * 5];
    double chi2 = 0, want = N / 120.0;
    size_t orders = 0;

    (void)state;
    for (uint64_t i = 0; i < N; i++) {
        size_t things[] = {0, 1, 2, 3, 4}, code = 0;

        rw_order_shuffle(lane, i / 4, i % 4, 5, things);
        for (size_t k = 0; k < 5; k++)
            code = 5 * code + things[k];
        count[code]++;
    }
    for (size_t k = 0; k < sizeof count / sizeof *count; k++) {
        orders += count[k] > 0;
        if (count[k] > 0)
            chi2 += (count[k] - want) * (count[k] - want) / want;
    }
    assert_int_equal(orders, 120);
    assert_true(chi2 < 207.2);
}

static void
an_order_is_a_function_of_its_place(void **state)
{
    size_t a[] = {0, 1, 2, 3, 4, 5, 6, 7}, b[] = {0, 1, 2, 3, 4, 5, 6, 7};
    size_t c[] = {0, 1, 2, 3, 4, 5, 6, 7};

    (void)state;
    rw_order_shuffle(lane, 12, 34, 8, a);
    rw_order_shuffle(lane, 12, 34, 8, b);
    rw_order_shuffle(lane, 12, 35, 8, c);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_not_equal(a, c, sizeof a);
}

CHECK_MAIN(cmocka_unit_test(every_thing_is_there_once),
    cmocka_unit_test(all_orders_come_alike),
    cmocka_unit_test(an_order_is_a_function_of_its_place))
