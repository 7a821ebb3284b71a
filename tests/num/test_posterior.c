/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/belief.h"
#include "num/posterior.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static struct rw_count
law_of(enum rw_count_law law, double parameter)
{
    struct rw_count c = {.law = law};

    if (law == RW_COUNT_NEGBIN)
        c.dispersion = parameter;
    if (law == RW_COUNT_ZIP)
        c.zero = parameter;
    return c;
}

/* P(N = k) from GSL, of mean m before zeros. */
static double
chance(const struct rw_count *c, double m, unsigned k)
{
    double f = c->dispersion;

    if (c->law == RW_COUNT_NEGBIN)
        return gsl_ran_negative_binomial_pdf(k, 1 / (1 + f * m), 1 / f);
    return (k == 0) * c->zero + (1 - c->zero) * gsl_ran_poisson_pdf(k, m);
}

struct brute {
    double mean, sd, seen, seen_sd; /* of F and of F Q */
};

/* The midpoint rule in the rate itself, 2e5 points. */
static struct brute
by_midpoints(double a, double b, const struct rw_count *c, const struct rw_watched w[],
    size_t n, const double node[], size_t nodes, double most)
{
    enum { POINTS = 200000 };
    double whole = 0, mean = 0, square = 0, seen = 0, seen2 = 0;

    for (int i = 0; i < POINTS; i++) {
        double f = most * (i + 0.5) / POINTS, like = 0,
               prior = gsl_ran_gamma_pdf(f, a, 1 / b);

        for (size_t j = 0; j < nodes; j++) {
            double p = 1;

            for (size_t t = 0; t < n; t++)
                p *= chance(c, f * node[j] * w[t].years, (unsigned)w[t].count);
            p *= prior;
            like += p;
            seen += p * f * node[j];
            seen2 += p * f * node[j] * f * node[j];
        }
        whole += like;
        mean += like * f;
        square += like * f * f;
    }
    mean /= whole;
    seen /= whole;
    return (struct brute){mean, sqrt(square / whole - mean * mean), seen,
        sqrt(seen2 / whole - seen * seen)};
}

static const struct rw_watched months[] = {{3, 1}, {1, 1}, {4, 1}};

static void
a_known_share_gives_the_conjugate_posterior(void **state)
{
    const struct rw_count poisson = law_of(RW_COUNT_POISSON, 0);
    const double one[] = {1}, half[] = {0.5};
    struct rw_posterior p;

    (void)state;
    assert_int_equal(
        rw_posterior_rate(2, 1, 1, &poisson, months, 3, one, 1, &p), RW_OK);
    assert_relative(p.shape, 10.0, 1e-12);
    assert_relative(p.rate, 4.0, 1e-12);
    assert_relative(p.mean, 2.5, 1e-14);
    assert_relative(p.expected, 6.0, 1e-14);
    /* half of the attempts are seen: half of the exposure */
    assert_int_equal(
        rw_posterior_rate(2, 1, 1, &poisson, months, 3, half, 1, &p), RW_OK);
    assert_relative(p.shape, 10.0, 1e-12);
    assert_relative(p.rate, 2.5, 1e-12);
    /* 8 or more of NB(2, 1 / 2.5) */
    assert_relative(p.surprise, 2 * gsl_cdf_negative_binomial_Q(7, 0.4, 2), 1e-11);
}

static void
nothing_seen_is_evidence_too(void **state)
{
    const struct rw_count poisson = law_of(RW_COUNT_POISSON, 0);
    const struct rw_watched w = {0, 3};
    const double one[] = {1};
    struct rw_posterior p;

    (void)state;
    assert_int_equal(rw_posterior_rate(2, 1, 1, &poisson, &w, 1, one, 1, &p), RW_OK);
    assert_relative(p.shape, 2.0, 1e-12);
    assert_relative(p.rate, 4.0, 1e-12);
    assert_relative(p.surprise, 2 * 0.25 * 0.25, 1e-12);
}

static void
an_uncertain_share_is_integrated_over(void **state)
{
    const struct rw_count poisson = law_of(RW_COUNT_POISSON, 0);
    const double node[] = {0.1, 0.5, 0.9};
    const struct rw_watched w[] = {{2, 1}, {3, 0.5}};
    struct rw_posterior p;
    struct brute want = by_midpoints(2, 0.4, &poisson, w, 2, node, 3, 200);

    (void)state;
    assert_int_equal(rw_posterior_rate(2, 0.4, 1, &poisson, w, 2, node, 3, &p), RW_OK);
    assert_relative(p.mean, want.mean, 1e-8);
    assert_relative(p.sd, want.sd, 1e-8);
    assert_relative(p.seen, want.seen, 1e-8);
    assert_relative(p.seen_sd, want.seen_sd, 1e-8);
    /* the gamma and the shares, independent again: the same incidents a year */
    assert_relative(p.shape / p.rate * 0.5, want.seen, 1e-8);
    /* E Q^2 = 1.07 / 3; the shares alone have cv^2 .427, more than is left open */
    assert_true(p.wide);
    assert_relative(p.shape, 2 + 5.0, 1e-12);
    /* not as if the share were its mean: Gamma(7, .4 + .75) */
    assert_true(fabs(p.mean - 7 / 1.15) > 0.5 && p.sd > 1.1 * sqrt(7) / 1.15);
    assert_relative(p.expected, 5 * 0.5 * 1.5, 1e-14);
}

static void
a_discount_forgets_period_by_period(void **state)
{
    const struct rw_count poisson = law_of(RW_COUNT_POISSON, 0);
    const double q[] = {0.3};
    struct rw_posterior p;
    double a = 2, b = 1;

    (void)state;
    for (int t = 0; t < 3; t++) {
        double seen = months[t].count, exposure = 0.3 * months[t].years;

        rw_belief_update(1, 0.8, &seen, &exposure, &a, &b);
    }
    assert_int_equal(
        rw_posterior_rate(2, 1, 0.8, &poisson, months, 3, q, 1, &p), RW_OK);
    assert_relative(p.shape, a, 1e-12);
    assert_relative(p.rate, b, 1e-12);
}

/* Two shares: each weighs what it had predicted, one period after the other. */
static void
a_discounted_share_weighs_what_it_predicted(void **state)
{
    const struct rw_count poisson = law_of(RW_COUNT_POISSON, 0);
    const double node[] = {0.2, 0.8};
    double weight[2], mean = 0, whole = 0;
    struct rw_posterior p;

    (void)state;
    for (int j = 0; j < 2; j++) {
        double a = 2, b = 1;

        weight[j] = 1;
        for (int t = 0; t < 3; t++) {
            double x = node[j] * months[t].years;

            a *= 0.7;
            b *= 0.7;
            weight[j] *= gsl_ran_negative_binomial_pdf(
                (unsigned)months[t].count, b / (b + x), a);
            a += months[t].count;
            b += x;
        }
        whole += weight[j];
        mean += weight[j] * a / b;
    }
    assert_int_equal(
        rw_posterior_rate(2, 1, 0.7, &poisson, months, 3, node, 2, &p), RW_OK);
    assert_relative(p.mean, mean / whole, 1e-12);
}

/* Years that differ leave F less sure than as many incidents by chance alone. */
static void
the_gamma_keeps_mean_and_spread_of_the_incidents(void **state)
{
    const struct rw_count law = law_of(RW_COUNT_NEGBIN, 2);
    const double node[] = {0.45, 0.55};
    const struct rw_watched w[] = {{9, 1}, {1, 1}};
    struct brute want = by_midpoints(3, 0.3, &law, w, 2, node, 2, 400);
    struct rw_posterior p;
    double square;

    (void)state;
    assert_int_equal(rw_posterior_rate(3, 0.3, 1, &law, w, 2, node, 2, &p), RW_OK);
    assert_false(p.wide);
    assert_relative(p.shape / p.rate * 0.5, want.seen, 1e-6);
    square =
        p.shape * (p.shape + 1) / (p.rate * p.rate) * (0.45 * 0.45 + 0.55 * 0.55) / 2;
    assert_relative(sqrt(square - p.seen * p.seen), want.seen_sd, 1e-6);
}

static void
years_that_differ_tell_less(void **state)
{
    const struct rw_count law = law_of(RW_COUNT_NEGBIN, 0.5);
    const struct rw_count poisson = law_of(RW_COUNT_POISSON, 0);
    const double node[] = {0.4, 0.6};
    const struct rw_watched w[] = {{2, 1}, {9, 1}, {0, 0.5}};
    struct brute want = by_midpoints(1.5, 0.2, &law, w, 3, node, 2, 400);
    struct rw_posterior p, sharp;

    (void)state;
    assert_int_equal(rw_posterior_rate(1.5, 0.2, 1, &law, w, 3, node, 2, &p), RW_OK);
    assert_relative(p.mean, want.mean, 1e-6);
    assert_relative(p.sd, want.sd, 1e-6);
    assert_relative(p.seen, want.seen, 1e-6);
    assert_relative(p.seen_sd, want.seen_sd, 1e-6);
    assert_int_equal(
        rw_posterior_rate(1.5, 0.2, 1, &poisson, w, 3, node, 2, &sharp), RW_OK);
    assert_true(sharp.sd < p.sd);
}

static void
years_that_stay_empty_say_less(void **state)
{
    const struct rw_count law = law_of(RW_COUNT_ZIP, 0.4);
    const double node[] = {0.7};
    const struct rw_watched w[] = {{0, 1}, {3, 1}, {0, 1}};
    struct brute want = by_midpoints(1, 0.3, &law, w, 3, node, 1, 200);
    struct rw_posterior p;

    (void)state;
    assert_int_equal(rw_posterior_rate(1, 0.3, 1, &law, w, 3, node, 1, &p), RW_OK);
    assert_relative(p.mean, want.mean, 1e-6);
    assert_relative(p.sd, want.sd, 1e-6);
    assert_relative(p.expected, 0.6 * 0.7 * 3 / 0.3, 1e-13);
}

/* The two routes to one law. */
static void
a_rule_in_the_rate_finds_the_conjugate_posterior(void **state)
{
    const struct rw_count law = law_of(RW_COUNT_ZIP, 0);
    const double node[] = {1};

    (void)state;
    for (double a = 0.05; a < 1e6; a *= 7)
        for (double n = 0; n < 1e4; n = 3 * n + 1) {
            const struct rw_watched w = {n, 2};
            struct rw_posterior p;

            assert_int_equal(
                rw_posterior_rate(a, 1.5, 1, &law, &w, 1, node, 1, &p), RW_OK);
            assert_relative(p.mean, (a + n) / 3.5, 1e-7);
            assert_relative(p.sd, sqrt(a + n) / 3.5, 1e-6);
        }
}

static void
what_has_no_posterior_is_refused(void **state)
{
    const struct rw_count binomial = {.law = RW_COUNT_BINOMIAL, .chances = 3};
    const struct rw_count negbin = law_of(RW_COUNT_NEGBIN, 1);
    const double node[] = {1};
    struct rw_posterior p;

    (void)state;
    assert_int_equal(
        rw_posterior_rate(1, 1, 1, &binomial, months, 3, node, 1, &p), RW_ERR_DOMAIN);
    assert_int_equal(
        rw_posterior_rate(1, 1, 0.9, &negbin, months, 3, node, 1, &p), RW_ERR_DOMAIN);
}

CHECK_MAIN(cmocka_unit_test(a_known_share_gives_the_conjugate_posterior),
    cmocka_unit_test(nothing_seen_is_evidence_too),
    cmocka_unit_test(an_uncertain_share_is_integrated_over),
    cmocka_unit_test(a_discount_forgets_period_by_period),
    cmocka_unit_test(a_discounted_share_weighs_what_it_predicted),
    cmocka_unit_test(the_gamma_keeps_mean_and_spread_of_the_incidents),
    cmocka_unit_test(years_that_differ_tell_less),
    cmocka_unit_test(years_that_stay_empty_say_less),
    cmocka_unit_test(a_rule_in_the_rate_finds_the_conjugate_posterior),
    cmocka_unit_test(what_has_no_posterior_is_refused))
