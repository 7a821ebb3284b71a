/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Empirical laws, mixtures and splices.  Figures to 17 digits: arbitrary
 * precision (50 digits) and closed forms. */
#include "num/empirical.h"
#include "num/mixture.h"
#include "num/splice.h"
#include "tests/support/check.h"

static struct rw_arena arena;

static int
open_arena(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
close_arena(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

static struct rw_dist
simple(const char *name, const struct rw_dist_arg args[], size_t n)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make(name, args, n, &d, &bad, why) != RW_OK)
        fail_msg("%s: %s", name, why);
    return d;
}

#define SIMPLE(name, n, ...) simple(name, (const struct rw_dist_arg[]){__VA_ARGS__}, n)

static struct rw_dist
mixture(const double weight[], const struct rw_dist part[], size_t n)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_mixture_make(weight, part, n, &arena, &d, &bad, why) != RW_OK)
        fail_msg("%s", why);
    return d;
}

static struct rw_dist
two(double w, struct rw_dist a, struct rw_dist b)
{
    return mixture((const double[]){w, 1 - w}, (const struct rw_dist[]){a, b}, 2);
}

static struct rw_dist
empirical(const double x[], size_t n)
{
    struct rw_dist d;

    assert_int_equal(RW_OK, rw_empirical_make(x, n, &arena, &d));
    return d;
}

static struct rw_dist
bounded(struct rw_dist d, double floor, double cap)
{
    const struct rw_dist_arg args[] = {{"floor", floor}, {"cap", cap}};
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_bound(&d, args, 2, &bad, why) != RW_OK)
        fail_msg("%s", why);
    return d;
}

static struct rw_dist
lognormals(void)
{
    return two(0.7, SIMPLE("lognormal", 2, {"mu", 8}, {"sigma", 1}),
        SIMPLE("lognormal", 2, {"mu", 13}, {"sigma", 1.5}));
}

/* LN(10.5, 1.2) below 250k, excesses beyond it GPD(0.45, 300k). */
static struct rw_dist
spliced(double weight)
{
    struct rw_dist body = SIMPLE("lognormal", 2, {"mu", 10.5}, {"sigma", 1.2}), d;
    struct rw_dist tail =
        SIMPLE("gpd", 3, {"xi", 0.45}, {"beta", 300000}, {"threshold", 250000});
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];

    if (rw_splice_make(&body, &tail, 250000, weight, &arena, &d, &fault, why))
        fail_msg("%s", why);
    return d;
}

/* ---- empirical ---- */

static void
a_sample_is_its_own_law(void **state)
{
    static const double x[] = {3, 1, 4, 1, 5, 9, 2, 6};
    struct rw_dist d = empirical(x, 8);
    double low, high;

    (void)state;
    rw_dist_support(&d, &low, &high);
    assert_true(low == 1 && high == 9);
    assert_relative(rw_dist_mean(&d), 31.0 / 8, 1e-15);
    assert_relative(rw_dist_sd(&d), sqrt(173.0 / 8 - pow(31.0 / 8, 2)), 1e-14);
    assert_true(rw_dist_cdf(&d, 1) == 0.25 && rw_dist_below(&d, 1) == 0);
    assert_true(rw_dist_cdf(&d, 0.99) == 0 && rw_dist_sf(&d, 6) == 0.125);
    assert_true(rw_dist_quantile(&d, 0.25) == 1 && rw_dist_quantile(&d, 0.2501) == 2);
    assert_true(rw_dist_quantile_tails(&d, 1, 1e-300) == 9);
    assert_true(rw_dist_quantile_tails(&d, 0.875, 0.125) == 6);
    assert_relative(
        rw_dist_lev(&d, 4.5), (3 + 1 + 4 + 1 + 4.5 + 4.5 + 2 + 4.5) / 8, 1e-15);
    assert_true(rw_dist_lev(&d, 0.5) == 0.5);
    d = bounded(d, 2, 5);
    assert_relative(rw_dist_mean(&d), (3 + 2 + 4 + 2 + 5 + 5 + 2 + 5) / 8.0, 1e-15);
    assert_true(rw_dist_cdf(&d, 2) == 0.375 && rw_dist_below(&d, 5) == 0.625);
    assert_relative(
        rw_dist_sd(&d), sqrt((9 + 4 + 16 + 4 + 25 + 25 + 4 + 25) / 8.0 - 12.25), 1e-14);
}

/* inf{x : F(x) >= u} with F as it is computed, on every step and beside it. */
static void
quantiles_of_a_sample_meet_its_steps(void **state)
{
    enum { MANY = 997 };
    static double x[MANY];
    struct rw_dist d;

    (void)state;
    for (int i = 0; i < MANY; i++)
        x[i] = (double)((i * 389) % MANY);
    d = empirical(x, MANY);
    for (int i = 0; i < MANY - 1; i++) {
        double f = (i + 1.0) / MANY, s = (MANY - i - 1.0) / MANY;

        assert_true(rw_dist_cdf(&d, i) == f);
        if (f < 0.5) /* the smaller tail is the one that is looked at */
            assert_true(rw_dist_quantile(&d, f) == i);
        else
            assert_true(rw_dist_quantile_tails(&d, 1 - s, s) == i);
        assert_true(rw_dist_quantile(&d, f + 1e-9) == i + 1);
        if (f > 0.5)
            assert_true(rw_dist_quantile_tails(&d, f, s * (1 - 1e-12)) == i + 1);
    }
}

static void
equal_values_are_a_known_value(void **state)
{
    static const double x[] = {7, 7, 7};
    struct rw_dist d = empirical(x, 3);

    (void)state;
    assert_true(rw_dist_is_constant(&d) && rw_dist_mean(&d) == 7);
}

/* ---- mixture ---- */

static void
a_mixture_has_the_moments_and_quantiles_of_closed_forms(void **state)
{
    struct rw_dist d = lognormals();

    (void)state;
    assert_relative(rw_dist_mean(&d), 412259.09346406584, 1e-14);
    assert_relative(rw_dist_sd(&d), 2261812.0583375782, 1e-13);
    assert_relative(rw_dist_lev(&d, 50000), 17952.704260683971, 1e-13);
    assert_relative(rw_dist_quantile(&d, 1e-10), 5.4393014169962968, 1e-12);
    assert_relative(rw_dist_quantile(&d, 0.05), 688.65510579274521, 1e-12);
    assert_relative(rw_dist_quantile(&d, 0.5), 5239.5643544015534, 1e-12);
    assert_relative(rw_dist_quantile_tails(&d, 0.95, 0.05), 1888195.8415265245, 1e-12);
    assert_relative(
        rw_dist_quantile_tails(&d, 1 - 1e-10, 1e-10), 4652656878.3920396, 1e-12);
}

static void
probability_of_a_quantile_is_where_it_came_from(void **state)
{
    struct rw_dist d = lognormals(), nested = two(0.2, d, spliced(NAN));

    (void)state;
    for (double t = 0.5; t > 1e-15; t *= 0.37) {
        assert_relative(
            rw_dist_cdf(&d, rw_dist_quantile_tails(&d, t, 1 - t)), t, 1e-12);
        assert_relative(rw_dist_sf(&d, rw_dist_quantile_tails(&d, 1 - t, t)), t, 1e-12);
        assert_relative(
            rw_dist_sf(&nested, rw_dist_quantile_tails(&nested, 1 - t, t)), t, 1e-12);
    }
}

/* Uniform on [0, 1] and on [2, 3], and a value known to be 5: every formula
 * can be done by hand. */
static void
atoms_and_gaps_are_where_they_should_be(void **state)
{
    const double w[] = {0.25, 0.25, 0.5};
    const struct rw_dist part[] = {SIMPLE("uniform", 2, {"min", 0}, {"max", 1}),
        SIMPLE("uniform", 2, {"min", 2}, {"max", 3}), rw_dist_constant(5)};
    struct rw_dist d = mixture(w, part, 3), cut;

    (void)state;
    assert_relative(rw_dist_mean(&d), 0.125 + 0.625 + 2.5, 1e-15);
    assert_relative(
        rw_dist_sd(&d), sqrt(0.25 / 3 + 0.25 * 19 / 3 + 12.5 - 3.25 * 3.25), 1e-14);
    assert_relative(rw_dist_quantile(&d, 0.125), 0.5, 1e-15);
    assert_close(rw_dist_quantile(&d, 0.25), 1, 1e-15); /* the left end of the gap */
    assert_relative(rw_dist_quantile(&d, 0.25 + 1e-10), 2 + 4e-10, 1e-14);
    assert_true(rw_dist_quantile(&d, 0.51) == 5 && rw_dist_quantile(&d, 0.99) == 5);
    assert_true(rw_dist_below(&d, 5) == 0.5 && rw_dist_cdf(&d, 5) == 1);
    assert_true(rw_dist_sf(&d, 5) == 0 && rw_dist_sf(&d, 1.5) == 0.75);
    cut = bounded(d, 0.5, 2.5);
    assert_relative(rw_dist_mean(&cut),
        0.25 * (0.25 + 0.375) + 0.25 * (1.125 + 1.25) + 0.5 * 2.5, 1e-12);
    assert_true(rw_dist_cdf(&cut, 0.5) == 0.125 && rw_dist_below(&cut, 0.5) == 0);
    assert_true(rw_dist_below(&cut, 2.5) == 0.375 && rw_dist_cdf(&cut, 2.5) == 1);
}

static void
bad_weights_are_told_with_their_sum(void **state)
{
    static const struct {
        double w[2];
        int bad;
        const char *why;
    } cases[] = {{{0.7, 0.2}, -1, "must sum to 1 (they sum to 0.9)"},
        {{0.7, 0}, 1, "must be above 0 and at most 1 (got 0)"},
        {{-0.1, 1}, 0, "must be above 0 and at most 1 (got -0.1)"},
        {{70, 30}, 0, "must be above 0 and at most 1 (got 70)"},
        {{0.5, 0.5 + 2e-9}, -1, "must sum to 1 (they sum to 1.000000002)"}};
    const struct rw_dist part[] = {rw_dist_constant(1), rw_dist_constant(2)};
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            RW_ERR_INPUT, rw_mixture_make(cases[i].w, part, 2, &arena, &d, &bad, why));
        if (bad != cases[i].bad || strstr(why, cases[i].why) == NULL)
            fail_msg("case %zu: %d %s", i, bad, why);
    }
    assert_int_equal(RW_OK, rw_mixture_make((const double[]){0.5, 0.5 + 5e-10}, part, 2,
                                &arena, &d, &bad, why));
}

/* ---- splice ---- */

static void
a_splice_has_the_moments_and_quantiles_of_closed_forms(void **state)
{
    struct rw_dist d = spliced(NAN);

    (void)state;
    assert_relative(rw_dist_cdf(&d, 250000), 0.94604737745651676, 1e-14);
    assert_relative(rw_dist_mean(&d), 92027.109410790452, 1e-12);
    assert_relative(rw_dist_sd(&d), 437286.32319067867, 1e-8);
    assert_relative(rw_dist_lev(&d, 100000), 46860.929245055487, 1e-12);
    assert_relative(rw_dist_lev(&d, 250000), 62598.406205254138, 1e-12);
    assert_relative(rw_dist_lev(&d, 1e6), 80314.173666426491, 1e-12);
    assert_relative(rw_dist_quantile(&d, 0.5), 36315.502674246638, 1e-13);
    assert_relative(rw_dist_quantile_tails(&d, 0.99, 0.01), 1006692.140278126, 1e-12);
    assert_relative(
        rw_dist_quantile_tails(&d, 1 - 1e-10, 1e-10), 5666076806.4852627, 1e-12);
    assert_relative(rw_dist_quantile(&d, rw_dist_cdf(&d, 250000)), 250000.0, 1e-14);
    d = spliced(0.9);
    assert_true(rw_dist_cdf(&d, 250000) == 0.9);
    assert_relative(rw_dist_mean(&d), 126265.3404260922, 1e-12);
    assert_relative(rw_dist_quantile(&d, 0.5), 39222.346076326425, 1e-13);
    assert_relative(rw_dist_quantile_tails(&d, 0.95, 0.05), 494026.83783626368, 1e-12);
}

static void
both_sides_of_a_splice_meet_at_the_threshold(void **state)
{
    struct rw_dist d = spliced(NAN);
    double u = 250000, w = rw_dist_cdf(&d, u);

    (void)state;
    assert_relative(rw_dist_sf(&d, u), 1 - w, 1e-13);
    assert_close(rw_dist_cdf(&d, nextafter(u, 0)), w, 1e-14);
    assert_close(rw_dist_cdf(&d, nextafter(u, 1e9)), w, 1e-14);
    for (double t = 0.5; t > 1e-15; t *= 0.37) {
        assert_relative(
            rw_dist_cdf(&d, rw_dist_quantile_tails(&d, t, 1 - t)), t, 1e-12);
        assert_relative(rw_dist_sf(&d, rw_dist_quantile_tails(&d, 1 - t, t)), t, 1e-12);
    }
}

/* A splice of a law with itself is the law. */
static void
a_splice_of_a_law_with_itself_changes_nothing(void **state)
{
    struct rw_dist whole = SIMPLE("gamma", 2, {"shape", 2}, {"scale", 3}), d;
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];

    (void)state;
    assert_int_equal(
        RW_OK, rw_splice_make(&whole, &whole, 7, NAN, &arena, &d, &fault, why));
    assert_relative(rw_dist_mean(&d), 6.0, 1e-12);
    assert_relative(rw_dist_sd(&d), sqrt(18), 1e-9);
    for (double x = 0.5; x < 60; x *= 1.3) {
        assert_relative(rw_dist_cdf(&d, x), rw_dist_cdf(&whole, x), 1e-13);
        assert_relative(rw_dist_sf(&d, x), rw_dist_sf(&whole, x), 1e-13);
        assert_relative(rw_dist_lev(&d, x), rw_dist_lev(&whole, x), 1e-12);
    }
    d = bounded(d, 2, 12);
    whole = bounded(whole, 2, 12);
    assert_relative(rw_dist_mean(&d), rw_dist_mean(&whole), 1e-10);
    assert_relative(rw_dist_sd(&d), rw_dist_sd(&whole), 1e-9);
}

/* An exponential forgets, a lomax beyond u is u and a lomax of theta + u; and
 * the mean is that of the tail's mean excess. */
static void
a_splice_without_a_body_is_a_law_cut_at_the_threshold(void **state)
{
    struct rw_dist tail = SIMPLE("exponential", 1, {"mean", 4}), d, more;
    struct rw_dist power = SIMPLE("lomax", 2, {"alpha", 3}, {"theta", 10});
    struct rw_dist beyond = SIMPLE("lomax", 2, {"alpha", 3}, {"theta", 15});
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];
    double low, high;

    (void)state;
    assert_int_equal(
        RW_OK, rw_splice_make(NULL, &tail, 5, NAN, &arena, &d, &fault, why));
    assert_relative(rw_dist_mean(&d), 9.0, 1e-12);
    assert_relative(rw_dist_sd(&d), 4.0, 1e-9);
    rw_dist_support(&d, &low, &high);
    assert_close(low, 5, 0);
    assert_close(rw_dist_cdf(&d, 4), 0, 0);
    assert_close(rw_dist_cdf(&d, 5), 0, 0);
    assert_relative(rw_dist_quantile(&d, 1e-9), 5 + 4e-9, 1e-12);
    assert_int_equal(
        RW_OK, rw_splice_make(NULL, &power, 5, NAN, &arena, &more, &fault, why));
    for (double u = 0.001; u < 1; u += 0.037) {
        assert_relative(rw_dist_quantile(&d, u), 5 - 4 * log1p(-u), 1e-12);
        assert_relative(
            rw_dist_quantile(&more, u), 5 + rw_dist_quantile(&beyond, u), 1e-11);
        assert_relative(
            rw_dist_sf(&more, 5 + 20 * u), rw_dist_sf(&beyond, 20 * u), 1e-12);
        assert_relative(
            rw_dist_lev(&more, 5 + 20 * u), 5 + rw_dist_lev(&beyond, 20 * u), 1e-11);
    }
    assert_int_equal(
        RW_ERR_INPUT, rw_splice_make(NULL, &tail, 5, 0.5, &arena, &d, &fault, why));
    assert_int_equal(fault, RW_SPLICE_WEIGHT);
}

static void
a_tail_without_mean_wants_a_cap(void **state)
{
    struct rw_dist body = SIMPLE("exponential", 1, {"mean", 10}), d;
    struct rw_dist tail =
        SIMPLE("gpd", 4, {"xi", 1.5}, {"beta", 5}, {"threshold", 20}, {"cap", 1e6});
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];
    int bad;

    (void)state;
    tail.cap = INFINITY; /* as its maker would refuse it */
    assert_int_equal(
        RW_OK, rw_splice_make(&body, &tail, 20, 0.9, &arena, &d, &fault, why));
    assert_true(isinf(rw_dist_mean(&d)));
    assert_int_equal(RW_ERR_INPUT, rw_dist_bound(&d, NULL, 0, &bad, why));
    assert_non_null(strstr(why, "the mean of this splice is infinite because"));
    d = bounded(d, 0, 1e5);
    /* l at the cap is 1 + 1.5 (1e5 - 20) / 5; E of the capped excess is
     * 10 (l^(1/3) - 1) */
    assert_relative(rw_dist_mean(&d),
        0.9 * (10 - 20 / expm1(2)) + 0.1 * (20 + 10 * (cbrt(1 + 0.3 * 99980) - 1)),
        1e-10);
}

static void
bad_splices_are_told_what_is_at_fault(void **state)
{
    struct rw_dist low = SIMPLE("uniform", 2, {"min", 0}, {"max", 10}), d;
    struct rw_dist high = SIMPLE("uniform", 2, {"min", 20}, {"max", 30});
    const struct {
        const struct rw_dist *body, *tail;
        double u, weight;
        enum rw_splice_fault fault;
        const char *why;
    } cases[] = {
        {&high, &high, 15, 0.5, RW_SPLICE_BODY, "the body lies up to the threshold 15"},
        {&low, &low, 10, 0.5, RW_SPLICE_TAIL, "the tail lies beyond the threshold 10"},
        {&low, &high, 15, NAN, RW_SPLICE_WEIGHT,
            "the body never exceeds the threshold"},
        {&low, &high, 15, 1, RW_SPLICE_WEIGHT, "above 0 and below 1 (got 1)"}};
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            RW_ERR_INPUT, rw_splice_make(cases[i].body, cases[i].tail, cases[i].u,
                              cases[i].weight, &arena, &d, &fault, why));
        if (fault != cases[i].fault || strstr(why, cases[i].why) == NULL)
            fail_msg("case %zu: %d %s", i, (int)fault, why);
    }
    assert_int_equal(
        RW_OK, rw_splice_make(&low, &high, 15, 0.5, &arena, &d, &fault, why));
    assert_relative(rw_dist_mean(&d), 15.0, 1e-13);
}

/* ---- P(X > Y) ---- */

static void
probabilities_to_exceed_are_exact_by_parts(void **state)
{
    static const double x[] = {0.25, 0.5, 2};
    struct rw_dist unit = SIMPLE("uniform", 2, {"min", 0}, {"max", 1});
    struct rw_dist sample = empirical(x, 3);
    struct rw_dist mix = two(0.5, rw_dist_constant(0.5), sample);
    struct rw_dist s = spliced(NAN);

    (void)state;
    assert_relative(rw_dist_prob_exceeds(&sample, &unit), 1.75 / 3, 1e-14);
    assert_relative(rw_dist_prob_exceeds(&unit, &sample), 1.25 / 3, 1e-14);
    /* ties do not exceed: against itself 3 of 9 pairs are equal */
    assert_relative(rw_dist_prob_exceeds(&sample, &sample), 1.0 / 3, 1e-14);
    assert_relative(rw_dist_prob_exceeds(&mix, &unit), 0.25 + 1.75 / 6, 1e-14);
    assert_relative(rw_dist_prob_exceeds(&unit, &mix), 0.25 + 1.25 / 6, 1e-14);
    assert_relative(rw_dist_prob_exceeds(&mix, &mix),
        0.25 * (0 + 1.0 / 3 + 1.0 / 3 + 1.0 / 3), 1e-14);
    assert_close(rw_dist_prob_exceeds(&s, &s), 0.5, 1e-9);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

CHECK_MAIN(CASE(a_sample_is_its_own_law), CASE(quantiles_of_a_sample_meet_its_steps),
    CASE(equal_values_are_a_known_value),
    CASE(a_mixture_has_the_moments_and_quantiles_of_closed_forms),
    CASE(probability_of_a_quantile_is_where_it_came_from),
    CASE(atoms_and_gaps_are_where_they_should_be),
    CASE(bad_weights_are_told_with_their_sum),
    CASE(a_splice_has_the_moments_and_quantiles_of_closed_forms),
    CASE(both_sides_of_a_splice_meet_at_the_threshold),
    CASE(a_splice_of_a_law_with_itself_changes_nothing),
    CASE(a_splice_without_a_body_is_a_law_cut_at_the_threshold),
    CASE(a_tail_without_mean_wants_a_cap), CASE(bad_splices_are_told_what_is_at_fault),
    CASE(probabilities_to_exceed_are_exact_by_parts))
