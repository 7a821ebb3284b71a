/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law of a probability behind counts, held against laws that are known.
 * Most cases feed the expected numbers of groups, so that nothing is random. */
#include "num/chance.h"
#include "num/special.h"
#include "num/stream.h"
#include "tests/support/check.h"

enum { K = 100, NODES = 20000 };
static const double levels[5] = {0.05, 0.25, 0.5, 0.75, 0.95};

struct sample {
    uint32_t count[K + 1], groups[K + 1];
    double like[K + 1][RW_CHANCE_NODES];
    struct rw_chance_counts c;
};

/* The counts 0 .. K with these numbers of groups; those of none left out. */
static void
sample(struct sample *s, const double groups[K + 1])
{
    size_t n = 0;

    for (size_t d = 0; d <= K; d++)
        if (groups[d] >= 0.5) {
            s->count[n] = (uint32_t)d;
            s->groups[n++] = (uint32_t)(groups[d] + 0.5);
        }
    s->c = (struct rw_chance_counts){K, n, s->count, s->groups};
}

/* What to expect of 1e9 groups whose probability is p(u), u uniform. */
static void
expected(struct sample *s, double (*p)(double u))
{
    double groups[K + 1] = {0};

    for (size_t i = 0; i < NODES; i++) {
        double x = p(((double)i + 0.5) / NODES);

        for (size_t d = 0; d <= K; d++)
            groups[d] += 1e9 / NODES *
                         exp(lgamma(K + 1) - lgamma((double)d + 1) -
                             lgamma((double)(K - d) + 1) + (double)d * log(x) +
                             (double)(K - d) * log1p(-x));
    }
    sample(s, groups);
}

static bool
fit(struct sample *s, struct rw_chance_law *h)
{
    struct rw_chance_grid g;
    bool spread = rw_chance_grid(&g, &s->c, s->like);

    rw_chance_fit(h, &s->c, spread ? &g : NULL);
    assert_int_equal(spread, h->spread);
    return spread;
}

static double
beta_quantile(double a, double b, double u)
{
    struct rw_beta_law law = rw_beta_law(a, b);
    double y;

    return rw_beta_inverse(&law, u, 1 - u, &y);
}

static double
beta_2_38(double u)
{
    return beta_quantile(2, 38, u);
}

static double
beta_9_3(double u)
{
    return beta_quantile(9, 3, u);
}

static double
beta_half_4(double u)
{
    return fmax(beta_quantile(0.5, 4, u), 1e-300);
}

/* The true law is a fixed point of every step: what is left is the grid, 96
 * cells, linear within each. */
static void
a_beta_law_is_found_again(void **state)
{
    static double (*const laws[])(double) = {beta_2_38, beta_9_3, beta_half_4};
    struct sample s;
    struct rw_chance_law h;

    (void)state;
    for (size_t j = 0; j < 3; j++) {
        expected(&s, laws[j]);
        assert_true(fit(&s, &h));
        for (size_t k = 0; k < 5; k++)
            assert_close(rw_chance_quantile(&h, levels[k], h.mean), laws[j](levels[k]),
                2e-3 * laws[j](0.95));
    }
}

static double
normal_quantile(double u)
{
    double low = -9, high = 9;

    while (high - low > 1e-12) {
        double z = (low + high) / 2;

        if (erfc(-z / sqrt(2)) / 2 < u)
            low = z;
        else
            high = z;
    }
    return low;
}

/* A year's chance of an event where ten experts would put its rate at a
 * median of 0.04, and one in twenty above 0.16. */
static double
skewed(double u)
{
    return -expm1(-0.04 * exp(log(4) / 1.6448536269514722 * normal_quantile(u)));
}

/* Two opinions, 2 % and 10 %. */
static double
divided(double u)
{
    return u < 0.7 ? 0.02 : 0.10;
}

/* Root mean square of the five errors, of the law found and of the beta law
 * with the right mean and variance. */
static void
errors(double (*p)(double), double *ours, double *betas)
{
    struct sample s;
    struct rw_chance_law h;
    double n;

    expected(&s, p);
    assert_true(fit(&s, &h));
    n = h.mean * (1 - h.mean) / h.variance - 1;
    *ours = *betas = 0;
    for (size_t k = 0; k < 5; k++) {
        double want = p(levels[k]);
        double beta = beta_quantile(h.mean * n, (1 - h.mean) * n, levels[k]);

        *ours += pow(rw_chance_quantile(&h, levels[k], h.mean) - want, 2) / 5;
        *betas += pow(beta - want, 2) / 5;
    }
    *ours = sqrt(*ours);
    *betas = sqrt(*betas);
}

static void
where_the_beta_law_is_wrong_less_than_half_of_its_error_remains(void **state)
{
    double ours, betas;

    (void)state;
    errors(skewed, &ours, &betas);
    assert_true(ours < betas / 2);
    errors(divided, &ours, &betas);
    assert_true(ours < betas); /* K = 100 shows two opinions only dimly */
}

static double
same_for_all(double u)
{
    (void)u;
    return 0.07;
}

static void
moments_are_those_of_the_law_behind_the_counts(void **state)
{
    struct sample s;
    double mean, variance;

    (void)state;
    expected(&s, beta_2_38);
    rw_chance_moments(&s.c, &mean, &variance);
    assert_relative(mean, 0.05, 1e-4); /* 20000 midpoints */
    assert_relative(variance, 0.05 * 0.95 / 41, 1e-3);
    expected(&s, same_for_all);
    rw_chance_moments(&s.c, &mean, &variance);
    assert_relative(mean, 0.07, 1e-8);
    assert_close(variance, 0, 1e-8);
}

static void
what_nobody_doubts_is_a_point(void **state)
{
    double all[K + 1] = {0}, none[K + 1] = {0}, alike[K + 1] = {0};
    struct sample s;
    struct rw_chance_law h;

    (void)state;
    all[K] = none[0] = alike[7] = 250;
    sample(&s, all);
    assert_false(fit(&s, &h));
    assert_close(rw_chance_quantile(&h, 0.05, 1), 1, 0);
    assert_close(rw_chance_evidence(&s.c), 0, 0);
    sample(&s, none);
    assert_false(fit(&s, &h));
    assert_close(rw_chance_quantile(&h, 0.95, 0), 0, 0);
    sample(&s, alike); /* less scatter than chance has */
    assert_false(fit(&s, &h));
    assert_close(rw_chance_quantile(&h, 0.95, 0.0701), 0.0701, 0);
    assert_true(rw_chance_evidence(&s.c) < 0);
}

static void
all_or_nothing_is_as_wide_as_it_gets(void **state)
{
    double split[K + 1] = {0};
    struct sample s;
    struct rw_chance_law h;

    (void)state;
    split[0] = split[K] = 100;
    sample(&s, split);
    assert_true(fit(&s, &h));
    assert_true(rw_chance_quantile(&h, 0.25, 0.5) < 0.01);
    assert_true(rw_chance_quantile(&h, 0.75, 0.5) > 0.99);
}

static void
a_better_mean_moves_the_law_on_the_logit_axis(void **state)
{
    struct sample s;
    struct rw_chance_law h;
    double x, y;

    (void)state;
    expected(&s, beta_2_38);
    fit(&s, &h);
    x = rw_chance_quantile(&h, 0.75, h.mean);
    y = rw_chance_quantile(&h, 0.75, 0.1);
    assert_relative(
        y / (1 - y), x / (1 - x) * (0.1 / 0.9) / (h.mean / (1 - h.mean)), 1e-12);
}

/* Chance alone: the evidence is (X - (G - 1)) / sqrt(2 (G - 1)), X nearly
 * chi-squared with G - 1 degrees of freedom. */
static void
chance_alone_gives_evidence_as_often_as_it_may(void **state)
{
    enum { G = 250, RUNS = 4000 };
    const struct rw_stream at = {5, 8};
    const double limit = 2.326347874040841;
    struct rw_gamma_law chi = rw_gamma_law((G - 1) / 2.0);
    double beyond = 0, under, share, u[4];

    (void)state;
    for (uint64_t r = 0; r < RUNS; r++) {
        double groups[K + 1] = {0};
        struct sample s;

        for (uint64_t g = 0; g < G; g++) {
            size_t d = 0;

            for (uint64_t q = 0; q < K / 4; q++) {
                rw_stream_quad(at, r * G + g, q, u);
                for (size_t j = 0; j < 4; j++)
                    d += u[j] < 0.1;
            }
            groups[d]++;
        }
        sample(&s, groups);
        beyond += rw_chance_evidence(&s.c) >= limit;
    }
    rw_gamma_tails(
        &chi, log((G - 1 + limit * sqrt(2.0 * (G - 1))) / 2), &under, &share);
    assert_close(beyond / RUNS, share, CHECK_Z * sqrt(share / RUNS));
}

CHECK_MAIN(cmocka_unit_test(a_beta_law_is_found_again),
    cmocka_unit_test(where_the_beta_law_is_wrong_less_than_half_of_its_error_remains),
    cmocka_unit_test(moments_are_those_of_the_law_behind_the_counts),
    cmocka_unit_test(what_nobody_doubts_is_a_point),
    cmocka_unit_test(all_or_nothing_is_as_wide_as_it_gets),
    cmocka_unit_test(a_better_mean_moves_the_law_on_the_logit_axis),
    cmocka_unit_test(chance_alone_gives_evidence_as_often_as_it_may))
