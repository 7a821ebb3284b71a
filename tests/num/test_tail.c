/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sampler.h"
#include "num/special.h"
#include "num/tail.h"
#include "tests/support/check.h"

static double
binomial(size_t n, size_t k, double q)
{
    double m = (double)n, j = (double)k;

    return exp(lgamma(m + 1) - lgamma(j + 1) - lgamma(m - j + 1) + j * log(q) +
               (m - j) * log1p(-q));
}

/* P(Bin(n, q) >= k) */
static double
at_least(size_t n, double q, size_t k)
{
    struct rw_beta_law g = rw_beta_law((double)k, (double)(n - k) + 1);
    double p, less;

    rw_beta_tails(&g, log(q) - log1p(-q), &p, &less);
    return p;
}

/* Ranks and the coverage P(l <= Bin(n, q) < u) by sums in another program. */
static void
ranks_are_the_published_ones(void **state)
{
    static const struct {
        size_t n;
        double q;
        size_t l, u;
        double coverage;
    } known[] = {{1000, 0.95, 936, 964, 0.9580952682226543},
        {10000, 0.95, 9457, 9543, 0.9515280546543364},
        {10000, 0.99, 9880, 9920, 0.9557546828065555},
        {100000, 0.99, 98938, 99062, 0.9512338612967913},
        {100000, 0.999, 99880, 99920, 0.9547890568019047}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        size_t n = known[i].n, l, u;
        double q = known[i].q;

        rw_tail_ranks(n, q, 0.95, &l, &u);
        assert_int_equal(known[i].l, l);
        assert_int_equal(known[i].u, u);
        assert_close(at_least(n, q, l) - at_least(n, q, u), known[i].coverage, 1e-11);
    }
}

static void
ranks_are_the_tightest_that_binomial_sums_allow(void **state)
{
    (void)state;
    for (size_t n = 1; n < 400; n += 37)
        for (double q = 0.05; q < 1; q += 0.1) {
            size_t l, u, l0 = 1, u0 = n;
            double less = 0;

            rw_tail_ranks(n, q, 0.9, &l, &u);
            for (size_t k = 0; k <= n; k++) { /* less = P(Bin < k) */
                if (k >= 1 && less <= 0.05)
                    l0 = k;
                if (k >= 1 && 1 - less <= 0.05 && k < u0)
                    u0 = k;
                less += binomial(n, k, q);
            }
            assert_int_equal(l0, l);
            assert_int_equal(u0, u);
        }
}

static void
ranks_of_a_hundred_million_are_normal_ones(void **state)
{
    size_t l, u;
    double n = 1e8, q = 0.99, half = 1.959963984540054 * sqrt(n * q * (1 - q));

    (void)state;
    rw_tail_ranks((size_t)n, q, 0.95, &l, &u);
    /* Cornish-Fisher: skewness moves a rank by (1 - 2q)(z^2 - 1) / 6 < 1. */
    assert_close((double)l, n * q - half, 2);
    assert_close((double)u, n * q + half, 2);
}

static void
the_rank_of_a_rounded_decimal_is_the_decimals(void **state)
{
    (void)state;
    assert_int_equal(7, rw_tail_rank(100, 0.07)); /* 100 * 0.07 > 7 in doubles */
    assert_int_equal(950, rw_tail_rank(1000, 0.95));
    assert_int_equal(951, rw_tail_rank(1001, 0.95));
    assert_int_equal(1, rw_tail_rank(10, 0));
    assert_int_equal(10, rw_tail_rank(10, 1));
    assert_int_equal(99900000, rw_tail_rank(100000000, 0.999));
}

static void
a_quantile_without_fifty_futures_beyond_is_refused(void **state)
{
    static double x[1000];

    (void)state;
    for (int i = 0; i < 1000; i++)
        x[i] = i + 1;
    assert_false(rw_tail_quantile(x, 1000, 0.95, 0.95).refused); /* 50 beyond */
    assert_true(rw_tail_quantile(x, 1000, 0.951, 0.95).refused);
    assert_false(rw_tail_quantile(x, 500, 0.9, 0.95).refused);
    assert_true(rw_tail_quantile(x, 499, 0.9, 0.95).refused);
    assert_false(rw_tail_quantile(x, 1000, 0.05, 0.95).refused);
    assert_true(rw_tail_quantile(x, 1000, 0.049, 0.95).refused);
    assert_true(rw_tail_tvar(x, 1000, 0.99).refused);
    assert_true(rw_tail_quantile(x, 0, 0.5, 0.95).refused);
    assert_true(rw_tail_quantile(x, 1000, 0.95, 0.95).value == 950);
    assert_true(rw_tail_quantile(x, 1000, 0.95, 0.95).low == 936);
    assert_true(rw_tail_quantile(x, 1000, 0.95, 0.95).high == 964);
}

static struct rw_dist
exponential(void)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(
        RW_OK, rw_dist_make("exponential", (const struct rw_dist_arg[]){{"mean", 1}}, 1,
                   &d, &bad, why));
    return d;
}

/* n sorted draws of Exp(1). */
static void
sample(double x[], size_t n, uint64_t first, double tmp[])
{
    struct rw_dist d = exponential();
    struct rw_sampler s = {.dist = d, .low = 0, .high = INFINITY};

    rw_sampler_fill(&s, (struct rw_stream){4, 5}, first, 0, n, x);
    rw_sort(x, n, tmp);
}

static void
intervals_cover_the_truth_as_often_as_they_say(void **state)
{
    enum { N = 500, SAMPLES = 2000 };
    static double x[N], tmp[N];
    double truth = -log(0.1), cover = 0;
    size_t l, u, hits = 0;

    (void)state;
    rw_tail_ranks(N, 0.9, 0.95, &l, &u);
    for (size_t k = l; k < u; k++)
        cover += binomial(N, k, 0.9);
    assert_true(cover >= 0.95 && cover < 0.97);
    for (size_t i = 0; i < SAMPLES; i++) {
        struct rw_quantile r;

        sample(x, N, i * N, tmp);
        r = rw_tail_quantile(x, N, 0.9, 0.95);
        hits += r.low <= truth && truth <= r.high;
    }
    assert_close(
        (double)hits, SAMPLES * cover, CHECK_Z * sqrt(SAMPLES * cover * (1 - cover)));
}

static void
tail_mean_of_an_exponential_is_its_quantile_and_one(void **state)
{
    enum { N = 200000 };
    static double x[N], tmp[N];
    /* Var(X | X > v) = 1 and TVaR - VaR = 1, by lack of memory. */
    double size = N * 0.05, se = sqrt((1 + 0.95) / size), spread;
    struct rw_tvar r;

    (void)state;
    sample(x, N, 1000000, tmp);
    r = rw_tail_tvar(x, N, 0.95);
    assert_false(r.refused);
    assert_close(r.value, 1 - log(0.05), CHECK_Z * se);
    /* Relative standard errors: sqrt(8 / size) of the variance (kurtosis 9),
     * 2 / sqrt(size) of the squared gap, added at worst; half of it for the
     * root. */
    spread = (sqrt(8) + 0.95 * 2) / 1.95 / sqrt(size) / 2;
    assert_relative(r.se, se, CHECK_Z * spread);
}

static void
tail_mean_with_an_atom_at_the_quantile_counts_it_whole(void **state)
{
    static double x[1000];

    (void)state;
    for (int i = 0; i < 1000; i++)
        x[i] = i < 980 ? 3 : 10;
    /* VaR 3; TVaR = 3 + 0.02 * 7 / 0.05; gap 2.8, no spread beyond. */
    assert_close(rw_tail_tvar(x, 1000, 0.95).value, 5.8, 1e-12);
    assert_close(rw_tail_tvar(x, 1000, 0.95).se, sqrt(0.95 * 2.8 * 2.8 / 50), 1e-12);
}

static void
exceedance_comes_with_clopper_pearson_limits(void **state)
{
    static double x[100];
    double p, low, high;

    (void)state;
    for (int i = 0; i < 100; i++)
        x[i] = i + 1;
    rw_tail_exceedance(x, 100, 90, 0.95, &p, &low, &high);
    assert_close(p, 0.10, 1e-15); /* strictly above 90 */
    /* The limits make either binomial tail 2.5 %. */
    for (int side = 0; side < 2; side++) {
        double tail = 0;

        for (size_t k = 0; k <= 100; k++)
            if (side == 0 ? k >= 10 : k <= 10)
                tail += binomial(100, k, side == 0 ? low : high);
        assert_close(tail, 0.025, 1e-11);
    }
    rw_tail_exceedance(x, 100, 100, 0.95, &p, &low, &high);
    assert_true(p == 0 && low == 0);
    assert_close(high, 1 - pow(0.025, 0.01), 1e-13);
    rw_tail_exceedance(x, 100, 0, 0.95, &p, &low, &high);
    assert_true(p == 1 && high == 1);
    assert_close(low, pow(0.025, 0.01), 1e-13);
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void
radix_sort_agrees_with_qsort(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 63, 64, 65, 66, 1000, 20001};
    static double x[20001], want[20001], tmp[20001];

    (void)state;
    for (int kind = 0; kind < 5; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            size_t n = sizes[i];

            for (size_t k = 0; k < n; k++) {
                double u = rw_stream_uniform((struct rw_stream){7, i}, k, 0);

                x[k] = kind == 0   ? exp(40 * (u - 0.5)) * (k % 3 ? 1 : -1)
                       : kind == 1 ? (k % 2 ? 0.0 : floor(10 * u))
                       : kind == 2 ? (u < 0.2      ? -0.0
                                         : u < 0.4 ? 0x1p-1070
                                         : u < 0.6 ? -0x1p-1070
                                                   : ldexp(u - 0.5, 1024))
                       : kind == 3 ? (double)(n - k)
                                   /* all but two crowd in one cell */
                                   : (k % 9999 == 1 ? 1e300 * u : 1 + u * 0x1p-30);
            }
            memcpy(want, x, n * sizeof x[0]);
            qsort(want, n, sizeof want[0], ascending);
            rw_sort(x, n, tmp);
            for (size_t k = 0; k < n; k++)
                assert_true(x[k] == want[k]);
        }
}

CHECK_MAIN(cmocka_unit_test(ranks_are_the_published_ones),
    cmocka_unit_test(ranks_are_the_tightest_that_binomial_sums_allow),
    cmocka_unit_test(ranks_of_a_hundred_million_are_normal_ones),
    cmocka_unit_test(the_rank_of_a_rounded_decimal_is_the_decimals),
    cmocka_unit_test(a_quantile_without_fifty_futures_beyond_is_refused),
    cmocka_unit_test(intervals_cover_the_truth_as_often_as_they_say),
    cmocka_unit_test(tail_mean_of_an_exponential_is_its_quantile_and_one),
    cmocka_unit_test(tail_mean_with_an_atom_at_the_quantile_counts_it_whole),
    cmocka_unit_test(exceedance_comes_with_clopper_pearson_limits),
    cmocka_unit_test(radix_sort_agrees_with_qsort))
