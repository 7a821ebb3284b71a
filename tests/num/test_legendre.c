/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gauss's rule against monomials. */
#include "num/legendre.h"
#include "tests/support/check.h"

enum { MOST = 40 };

static void
powers_up_to_the_degree_are_exact(void **state)
{
    double x[MOST], w[MOST];

    (void)state;
    for (size_t n = 1; n <= MOST; n++) {
        assert_int_equal(rw_legendre_nodes(n, x, w), RW_OK);
        for (size_t k = 1; k < n; k++)
            assert_true(x[k - 1] < x[k]);
        for (size_t d = 0; d < 2 * n; d++) {
            double sum = 0;

            for (size_t k = 0; k < n; k++)
                sum += w[k] * pow(x[k], (double)d);
            assert_close(sum, 1 / (double)(d + 1), 1e-14);
        }
    }
}

/* The next power is not: with two nodes int x^4 = 7/36. */
static void
the_next_power_is_not(void **state)
{
    double x[2], w[2];

    (void)state;
    assert_int_equal(rw_legendre_nodes(2, x, w), RW_OK);
    assert_close(w[0] * pow(x[0], 4) + w[1] * pow(x[1], 4), 7 / 36.0, 1e-15);
}

CHECK_MAIN(cmocka_unit_test(powers_up_to_the_degree_are_exact),
    cmocka_unit_test(the_next_power_is_not))
