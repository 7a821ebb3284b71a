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

/* What ties pmf, cdf, quantile, pgf and moments to each other. */
static void
check_law(const struct rw_count *c, double m)
{
    static const double points[] = {-0.5, 0, 0.3, 0.9, 1, 1.01};
    double sum = 0, mean = 0, square = 0, pgf[6] = {0};

    for (unsigned k = 0; k < 3000; k++) {
        double p = rw_count_pmf(c, m, k);

        sum += p;
        mean += k * p;
        square += (double)k * k * p;
        for (int j = 0; j < 6; j++)
            pgf[j] += p * pow(points[j], k);
        if (k < 200)
            assert_close(rw_count_cdf(c, m, k), sum, 1e-11);
        if (p > 1e-9 && sum < 1 - 1e-9) {
            assert_int_equal(rw_count_quantile(c, m, sum - p * 1e-3), k);
            assert_int_equal(rw_count_quantile(c, m, sum - p * 0.999), k);
        }
    }
    assert_close(sum, 1, 1e-11);
    assert_relative(mean, rw_count_mean(c, m), 1e-10);
    assert_relative(square - mean * mean, rw_count_variance(c, m), 1e-9);
    for (int j = 0; j < 6; j++) /* the sum's terms alternate for z < 0 */
        assert_close(rw_count_pgf(c, m, points[j]), pgf[j], 1e-11 * fmax(1, pgf[j]));
}

static void
every_law_is_one_law_by_all_its_functions(void **state)
{
    static const struct {
        enum rw_count_law law;
        double parameter, m;
    } laws[] = {
        {RW_COUNT_POISSON, 0, 0.01},
        {RW_COUNT_POISSON, 0, 20},
        {RW_COUNT_NEGBIN, 0.2, 3},
        {RW_COUNT_NEGBIN, 4, 2},
        {RW_COUNT_ZIP, 0, 1.5},
        {RW_COUNT_ZIP, 0.6, 1.5},
        {RW_COUNT_ZIP, 0.99, 30},
        {RW_COUNT_BINOMIAL, 1, 0.3},
        {RW_COUNT_BINOMIAL, 12, 5},
        {RW_COUNT_BINOMIAL, 1000, 2},
        {RW_COUNT_BINOMIAL, 150, 149.5},
        {RW_COUNT_BERNOULLI, 0, 0.001},
        {RW_COUNT_BERNOULLI, 0, 0.7},
    };
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        struct rw_count c;

        assert_int_equal(RW_OK, rw_count_init(&c, laws[i].law, laws[i].parameter, &a));
        check_law(&c, laws[i].m);
    }
    rw_arena_fini(&a);
}

static void
binomial_and_zip_have_their_textbook_values(void **state)
{
    struct rw_count c;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_BINOMIAL, 5, &a));
    assert_relative(rw_count_pmf(&c, 1.5, 2), 0.3087, 1e-12); /* 10 .3^2 .7^3 */
    assert_relative(rw_count_cdf(&c, 1.5, 1), 0.52822, 1e-12);
    assert_relative(rw_count_variance(&c, 1.5), 1.05, 1e-14);
    assert_true(rw_count_pmf(&c, 1.5, 6) == 0 && rw_count_cdf(&c, 1.5, 5) == 1);
    assert_true(rw_count_pmf(&c, 5, 5) == 1 && rw_count_cdf(&c, 5, 4) == 0);
    assert_int_equal(rw_count_quantile(&c, 5, 0.5), 5);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_BERNOULLI, 0, &a));
    assert_relative(rw_count_pmf(&c, 0.3, 0), 0.7, 1e-14);
    assert_relative(rw_count_pmf(&c, 0.3, 1), 0.3, 1e-14);
    assert_true(rw_count_pmf(&c, 1, 1) == 1 && rw_count_pmf(&c, 0, 0) == 1);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_ZIP, 0.6, &a));
    /* no loss in a year of the case zip_lognormal */
    assert_relative(rw_count_pmf(&c, 1.5, 0), 0.689252064059, 1e-12);
    assert_relative(rw_count_mean(&c, 1.5), 0.6, 1e-14);
    assert_relative(rw_count_variance(&c, 1.5), 0.4 * 3.75 - 0.36, 1e-14);
    assert_int_equal(rw_count_quantile(&c, 1.5, 0.6), 0);
    rw_arena_fini(&a);
}

static void
a_year_without_events_is_asked_of_the_multiplier(void **state)
{
    struct rw_count c;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_ZIP, 1, &a));
    assert_true(rw_count_pmf(&c, 3, 0) == 1 && rw_count_share(&c) == 0);
    assert_true(rw_count_variance(&c, 3) == 0);
    assert_int_equal(RW_OK, rw_count_init(&c, RW_COUNT_NEGBIN, 2, &a));
    assert_true(rw_count_share(&c) == 1);
    assert_true(isinf(rw_count_pgf(&c, 3, 1 + 1 / 6.0)));
    rw_arena_fini(&a);
}

static void
a_law_refuses_what_is_no_parameter_of_it(void **state)
{
    static const double chances[] = {0, -1, 2.5, 2e6, NAN}, zeros[] = {-0.1, 1.1, NAN};
    struct rw_count c;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (int i = 0; i < 5; i++)
        assert_int_equal(
            RW_ERR_DOMAIN, rw_count_init(&c, RW_COUNT_BINOMIAL, chances[i], &a));
    for (int i = 0; i < 3; i++)
        assert_int_equal(RW_ERR_DOMAIN, rw_count_init(&c, RW_COUNT_ZIP, zeros[i], &a));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(poisson_has_its_mean_for_variance),
    cmocka_unit_test(negative_binomial_has_dispersion_on_top),
    cmocka_unit_test(the_mixing_law_makes_the_negative_binomial),
    cmocka_unit_test(a_dispersion_must_be_positive),
    cmocka_unit_test(every_law_is_one_law_by_all_its_functions),
    cmocka_unit_test(binomial_and_zip_have_their_textbook_values),
    cmocka_unit_test(a_year_without_events_is_asked_of_the_multiplier),
    cmocka_unit_test(a_law_refuses_what_is_no_parameter_of_it))
