/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tail index, mean excess and trend. */
#include "num/hill.h"
#include "num/stream.h"
#include "num/trend.h"
#include "tests/support/check.h"

enum { N = 20000 };
static double x[N];

static double
uniform(uint64_t future, size_t i)
{
    struct rw_stream lane = {27032, rw_lane("test", "hill", "u")};

    return rw_stream_uniform(lane, future, i);
}

static int
ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;

    return (p > q) - (p < q);
}

static void
hill_is_the_mean_of_logarithms(void **state)
{
    static const double some[] = {1, 2, 2, 4, 8};
    struct rw_hill h = rw_hill(some, 5, 2);

    (void)state;
    assert_close(h.u, 2, 0);
    assert_int_equal(h.k, 2);
    assert_relative(h.xi, 1.5 * M_LN2, 1e-14);
    assert_relative(h.se, 1.5 * M_LN2 / sqrt(2), 1e-14);
    assert_relative(h.excess, 4.0, 1e-14);
    assert_relative(h.excess_se, 2.0, 1e-14);   /* sd of 2 and 6 over sqrt 2 */
    assert_int_equal(rw_hill(some, 5, 3).k, 2); /* one of the 2 is not beyond 2 */
}

/* A Pareto law of exponent 2: xi 1/2 from any threshold on, mean excess u. */
static void
hill_finds_the_exponent_of_a_pareto_law(void **state)
{
    int inside = 0;

    (void)state;
    for (uint64_t b = 0; b < 200; b++) {
        struct rw_hill h;

        for (size_t i = 0; i < 2000; i++)
            x[i] = pow(uniform(b, i), -0.5);
        qsort(x, 2000, sizeof *x, ascending);
        h = rw_hill(x, 2000, 400);
        assert_int_equal(h.k, 400);
        assert_close(h.xi, 0.5, 1.3 * CHECK_Z * h.se);
        inside += fabs(h.xi - 0.5) <= 1.96 * h.se;
    }
    assert_close(inside / 200.0, 0.95, CHECK_Z * sqrt(0.95 * 0.05 / 200) + 0.005);
}

static void
excess_of_an_exponential_is_its_mean(void **state)
{
    struct rw_hill h;

    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = -3 * log(uniform(500, i));
    qsort(x, N, sizeof *x, ascending);
    h = rw_hill(x, N, 5000);
    assert_close(h.excess, 3, CHECK_Z * h.excess_se);
    assert_relative(h.excess_se, 3 / sqrt(5000), 0.1);
}

/* By hand. */
static void
trend_counts_pairs(void **state)
{
    static const double rising[] = {1, 2, 3, 4, 5, 6, 7, 8},
                        flat[] = {5, 5, 5, 5, 5, 5, 5, 5},
                        tied[] = {1, 1, 2, 2, 3, 3, 4, 4};

    (void)state;
    /* S = 28, variance 8 7 21 / 18 */
    assert_relative(rw_trend(rising, 8).z, 27 / sqrt(8 * 7 * 21 / 18.0), 1e-14);
    /* S = 24; four ties of two take 4 2 1 9 */
    assert_relative(
        rw_trend(tied, 8).z, 23 / sqrt((8 * 7 * 21 - 4 * 18) / 18.0), 1e-14);
    assert_close(rw_trend(flat, 8).z, 0, 0);
    assert_relative(rw_trend(rising, 8).r, 0.625, 1e-12);
    assert_true(isnan(rw_trend(rising, 7).p));
}

static void
without_a_trend_few_are_found(void **state)
{
    int found = 0, lagged = 0;

    (void)state;
    for (uint64_t b = 0; b < 500; b++) {
        struct rw_trend t;

        for (size_t i = 0; i < 30; i++)
            x[i] = floor(10 * uniform(1000 + b, i));
        t = rw_trend(x, 30);
        found += t.p < 0.05;
        lagged += fabs(t.r + 1 / 30.0) > 1.96 * t.se;
    }
    assert_close(found / 500.0, 0.05, CHECK_Z * sqrt(0.05 * 0.95 / 500) + 0.01);
    assert_close(lagged / 500.0, 0.05, CHECK_Z * sqrt(0.05 * 0.95 / 500) + 0.02);
}

CHECK_MAIN(cmocka_unit_test(hill_is_the_mean_of_logarithms),
    cmocka_unit_test(hill_finds_the_exponent_of_a_pareto_law),
    cmocka_unit_test(excess_of_an_exponential_is_its_mean),
    cmocka_unit_test(trend_counts_pairs),
    cmocka_unit_test(without_a_trend_few_are_found))
