/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/special.h"
#include "tests/num/laws.h"

#include <float.h>

static const double lower[5] = {1e-10, 0.05, 0.5, 0.95, 1 - 1e-10};
static const double upper[5] = {1 - 1e-10, 0.95, 0.5, 0.05, 1e-10};

static void
means_and_deviations_are_those_of_the_closed_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);

        assert_close(rw_dist_mean(&d), laws[i].mean,
            1e-13 * fmax(fabs(laws[i].mean), law_width(&laws[i])));
        if (isinf(laws[i].sd))
            assert_true(isinf(rw_dist_sd(&d)));
        else
            assert_relative(rw_dist_sd(&d), laws[i].sd, 1e-13);
    }
}

static void
quantiles_keep_twelve_digits_in_both_tails(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);

        for (int k = 0; k < 5; k++) {
            double want = laws[i].q[k], low, high;

            rw_dist_support(&d, &low, &high);
            /* Digits of x itself where 0 is an end, else of the spread. */
            assert_close(rw_dist_quantile_tails(&d, lower[k], upper[k]), want,
                1e-12 *
                    (low == 0 ? fabs(want) : fmax(fabs(want), law_width(&laws[i]))));
        }
    }
}

/* F(x) moves by this when x is rounded; of both tails the one with digits. */
static double
rounding(const struct rw_dist *d, double x)
{
    double step = 4 * DBL_EPSILON * fmax(fabs(x), DBL_MIN);

    return fmax(rw_dist_cdf(d, x + step) - rw_dist_cdf(d, x - step),
        rw_dist_sf(d, x - step) - rw_dist_sf(d, x + step));
}

static void
probability_of_a_quantile_is_where_it_came_from(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);

        for (double t = 0.5; t > 1e-15; t *= 0.37) {
            double x = rw_dist_quantile_tails(&d, t, 1 - t);
            double y = rw_dist_quantile_tails(&d, 1 - t, t);

            assert_close(rw_dist_cdf(&d, x), t, 1e-11 * t + rounding(&d, x));
            assert_close(rw_dist_sf(&d, x), 1 - t, 1e-11 + rounding(&d, x));
            assert_close(rw_dist_sf(&d, y), t, 1e-11 * t + rounding(&d, y));
            assert_close(rw_dist_cdf(&d, y), 1 - t, 1e-11 + rounding(&d, y));
        }
    }
}

static void
nothing_lies_outside_the_support(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);
        double low, high;

        rw_dist_support(&d, &low, &high);
        assert_true(rw_dist_cdf(&d, INFINITY) == 1 && rw_dist_sf(&d, INFINITY) == 0);
        assert_true(rw_dist_cdf(&d, -INFINITY) == 0 && rw_dist_sf(&d, -INFINITY) == 1);
        assert_true(rw_dist_quantile_tails(&d, 0x1p-54, 1) >= low);
        assert_true(rw_dist_quantile_tails(&d, 1, 0x1p-54) <= high);
        if (isfinite(low)) {
            assert_true(rw_dist_cdf(&d, low - 1) == 0);
            assert_true(rw_dist_sf(&d, low - 1) == 1);
        }
        if (isfinite(high)) {
            assert_true(rw_dist_cdf(&d, high + 1) == 1);
            assert_true(rw_dist_sf(&d, high + 1) == 0);
        }
    }
}

/* The fourth-order Cornish-Fisher expansion of the gamma quantile: its error
 * is of order a^-3/2 standard deviations. */
static void
huge_shapes_agree_with_the_normal_expansion(void **state)
{
    const double z = 1.6448536269514722, a = 1e8;
    struct rw_gamma_law g = rw_gamma_law(a);
    struct rw_beta_law b = rw_beta_law(a, a);
    double sign, y;

    (void)state;
    for (int side = 0; side < 2; side++) {
        double u = side ? z : -z, want;

        want = u + (u * u - 1) / (3 * sqrt(a)) + (u * u * u - 7 * u) / (36 * a);
        want = a + sqrt(a) * want;
        assert_close(rw_gamma_inverse(&g, side ? 0.95 : 0.05, side ? 0.05 : 0.95), want,
            1e-9 * sqrt(a));
        sign = side ? 1 : -1;
        assert_close(rw_beta_inverse(&b, side ? 0.95 : 0.05, side ? 0.05 : 0.95, &y),
            0.5 + sign * z / sqrt(4 * (2 * a + 1)), 1e-8 / sqrt(a));
    }
}

static void
tiny_shapes_underflow_to_the_ends_without_fuss(void **state)
{
    struct rw_gamma_law g = rw_gamma_law(RW_SHAPE_MIN);
    struct rw_beta_law b = rw_beta_law(RW_SHAPE_MIN, RW_SHAPE_MIN);
    double y;

    (void)state;
    assert_true(rw_gamma_inverse(&g, 1e-3, 1 - 1e-3) == 0);
    assert_true(rw_beta_inverse(&b, 1e-3, 1 - 1e-3, &y) == 0 && y == 1);
    assert_true(rw_beta_inverse(&b, 1 - 1e-3, 1e-3, &y) == 1 && y == 0);
}

static void
incomplete_beta_meets_binomial_sums(void **state)
{
    (void)state;
    for (int n = 1; n <= 60; n += 7)
        for (int k = 1; k <= n; k += 3)
            for (double q = 0.05; q < 1; q += 0.15) {
                struct rw_beta_law g = rw_beta_law(k, n - k + 1);
                double term = 0, at_least = 0, p, less;

                for (int j = n; j >= k; j--) {
                    term = exp(lgamma(n + 1) - lgamma(j + 1) - lgamma(n - j + 1) +
                               j * log(q) + (n - j) * log1p(-q));
                    at_least += term;
                }
                rw_beta_tails(&g, log(q) - log1p(-q), &p, &less);
                assert_close(p, at_least, 1e-12 * at_least);
                assert_close(less, 1 - at_least, 1e-12);
            }
}

CHECK_MAIN(cmocka_unit_test(means_and_deviations_are_those_of_the_closed_forms),
    cmocka_unit_test(quantiles_keep_twelve_digits_in_both_tails),
    cmocka_unit_test(probability_of_a_quantile_is_where_it_came_from),
    cmocka_unit_test(nothing_lies_outside_the_support),
    cmocka_unit_test(huge_shapes_agree_with_the_normal_expansion),
    cmocka_unit_test(tiny_shapes_underflow_to_the_ends_without_fuss),
    cmocka_unit_test(incomplete_beta_meets_binomial_sums))
