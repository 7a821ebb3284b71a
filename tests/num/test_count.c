/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/count.h"
#include "num/sum.h"
#include "tests/support/check.h"

static void
check_moments(const struct rw_count *c, double m, double variance)
{
    double sum = 0, mean = 0, square = 0;

    for (unsigned k = 0; k < 4000; k++) {
        double p = rw_count_pmf(c, m, k);

        sum += p;
        mean += k * p;
        square += (double)k * k * p;
    }
    assert_close(sum, 1, 1e-11);
    assert_relative(mean, m, 1e-11);
    assert_relative(square - mean * mean, variance, 1e-9);
}

static void
poisson_has_its_mean_for_variance(void **state)
{
    struct rw_count c;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_POISSON, 0, &a));
    check_moments(&c, 3, 3);
    assert_close(rw_count_pmf(&c, 0.5, 0), exp(-0.5), 1e-16);
    assert_true(rw_count_pmf(&c, 0, 0) == 1 && rw_count_pmf(&c, 0, 1) == 0);
    rw_arena_fini(&a);
}

static void
negative_binomial_has_dispersion_on_top(void **state)
{
    struct rw_count c;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_NEGBIN, 0.1, &a));
    check_moments(&c, 2.5, 2.5 + 0.1 * 2.5 * 2.5);
    assert_close(rw_count_pmf(&c, 2.5, 0), 0.1073741824, 1e-14); /* 0.8^10 */
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_NEGBIN, 1 / 1.2, &a));
    check_moments(&c, 3, 3 + 9 / 1.2);
    assert_close(rw_count_pmf(&c, 3, 0), pow(3.5, -1.2), 1e-14);
    rw_arena_fini(&a);
}

/* Poisson counts of mean m G, G from the mixing sampler, are what pmf says:
 * P(0) = E exp(-m G). */
static void
the_mixing_law_makes_the_negative_binomial(void **state)
{
    enum { N = 100000 };
    static const double dispersions[] = {0.1, 1, 5, 20};
    static double g[N];

    (void)state;
    for (int i = 0; i < 4; i++) {
        struct rw_count c;
        struct rw_arena a;
        struct rw_moments m;
        double want;

        rw_arena_init(&a);
        assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_NEGBIN, dispersions[i], &a));
        rw_sampler_fill(&c.mixing, (struct rw_stream){6, 7}, 0, 0, N, g);
        m = rw_moments_array(g, N);
        assert_close(m.mean, 1, CHECK_Z * sqrt(dispersions[i] / N));
        for (int k = 0; k < N; k++)
            g[k] = exp(-2 * g[k]);
        m = rw_moments_array(g, N);
        want = rw_count_pmf(&c, 2, 0);
        /* Exact variance: the same law at twice the mean. */
        assert_close(
            m.mean, want, CHECK_Z * sqrt((rw_count_pmf(&c, 4, 0) - want * want) / N));
        rw_arena_fini(&a);
    }
}

static void
a_dispersion_must_be_positive(void **state)
{
    struct rw_count c;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_ERR_DOMAIN, rw_count_init(&c, RW_COUNT_NEGBIN, 0, &a));
    assert_int_equal(RW_ERR_DOMAIN, rw_count_init(&c, RW_COUNT_NEGBIN, -1, &a));
    assert_int_equal(RW_ERR_DOMAIN, rw_count_init(&c, RW_COUNT_NEGBIN, NAN, &a));
    assert_int_equal(RW_ERR_DOMAIN, rw_count_init(&c, RW_COUNT_NEGBIN, 1e9, &a));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(poisson_has_its_mean_for_variance),
    cmocka_unit_test(negative_binomial_has_dispersion_on_top),
    cmocka_unit_test(the_mixing_law_makes_the_negative_binomial),
    cmocka_unit_test(a_dispersion_must_be_positive))
