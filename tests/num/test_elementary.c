/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/elementary.h"
#include "tests/support/check.h"

#include <float.h>

/* The long double functions have eleven bits more. */
static void
exp_is_right_to_its_last_bit_or_so(void **state)
{
    (void)state;
    for (int i = -70000; i <= 70000; i++) {
        double x = i * 0.01 + 1e-7 * i;
        long double want;

        x = fmax(fmin(x, 700), -700);
        want = expl(x);
        assert_true(fabsl(rw_exp(x) - want) <= 4e-16L * want);
    }
    assert_true(rw_exp(0) == 1);
}

static void
log_is_right_to_its_last_bit_or_so(void **state)
{
    (void)state;
    for (int e = -1000; e <= 1000; e++)
        for (int j = 0; j < 60; j++) {
            double x = ldexp(1 + j / 60.0 + 1e-5, e);
            long double want = logl(x);

            assert_true(fabsl(rw_log(x) - want) <=
                        (fabsl(want) > 0.5L ? 4e-16L : 1e-15L) * fabsl(want));
        }
    for (int k = 1; k < 1000; k++) /* near 1 */
        for (int sign = -1; sign <= 1; sign += 2) {
            double x = 1 + sign * ldexp(k, -20);
            long double want = logl(x);

            assert_true(fabsl(rw_log(x) - want) <= 1e-15L * fabsl(want));
        }
    assert_true(rw_log(1) == 0);
    assert_close(rw_log(DBL_MIN), -708.3964185322641, 1e-12);
}

static void
rows_are_the_same_numbers(void **state)
{
    enum { MANY = 37 };
    double x[MANY] = {0}, y[MANY + 1];

    (void)state;
    for (size_t n = 0; n <= MANY; n++) {
        for (size_t i = 0; i < n; i++)
            x[i] = 0.1 + 3.7 * (double)i;
        y[n] = -1;
        rw_exp_row(n, x, y);
        for (size_t i = 0; i < n; i++)
            assert_true(y[i] == rw_exp(x[i]));
        assert_true(y[n] == -1);
        rw_exp_row(n, x, x); /* in place */
        assert_memory_equal(x, y, n * sizeof *x);
    }
}

CHECK_MAIN(cmocka_unit_test(exp_is_right_to_its_last_bit_or_so),
    cmocka_unit_test(log_is_right_to_its_last_bit_or_so),
    cmocka_unit_test(rows_are_the_same_numbers))
