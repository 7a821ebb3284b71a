/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/dist.h"
#include "tests/support/check.h"

enum { MAX = 6 };

static struct rw_dist
make(const char *name, const struct rw_dist_arg args[MAX])
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    size_t n = 0;
    int bad;

    while (n < MAX && args[n].name != NULL)
        n++;
    if (rw_dist_make(name, args, n, &d, &bad, why) != RW_OK)
        fail_msg("%s: %s", name, why);
    return d;
}

#define MAKE(name, ...) make(name, (const struct rw_dist_arg[MAX]){__VA_ARGS__})

static void
bad_estimates_are_told_what_would_be_right(void **state)
{
    static const struct {
        const char *name;
        struct rw_dist_arg args[MAX];
        int bad;
        const char *why;
    } cases[] = {
        {"lognormall", {{"mu", 0}}, -1,
            "unknown distribution \"lognormall\", did you mean \"lognormal\"? There "
            "are "
            "constant, uniform, triangular, pert, normal, lognormal, gamma, beta, "
            "exponential, weibull, lomax, gpd, metalog, empirical, mixture and "
            "splice"},
        {"mixture", {{"weight", 0}}, -1,
            "mixture is made from more than single numbers; it can be stated in the "
            "scenario only"},
        {"zeta", {{"mu", 0}}, -1, "unknown distribution \"zeta\""},
        {"pert", {{"min", 1}, {"max", 2}}, -1,
            "mode is missing: pert takes min, mode and max, optionally shape, or p5, "
            "mode and p95, optionally shape; floor and cap may be added"},
        {"pert", {{"min", 1}, {"mod", 1}, {"max", 2}}, 1,
            "pert has no \"mod\", did you mean \"mode\"? pert takes"},
        {"lognormal", {{"median", 1}, {"sigma", 2}}, -1,
            "median, sigma given: lognormal takes mu and sigma, or p5 and p95, or "
            "median "
            "and p95, or mean and sd; floor and cap may be added"},
        {"lognormal", {{"p95", 1}, {"cap", 5}}, -1, "only p95 given: lognormal takes"},
        {"lognormal", {{"cap", 5}}, -1, "no parameter given: lognormal takes"},
        {"normal", {{"mean", 1}, {"sd", 1}, {"mean", 2}}, 2, "mean is given twice"},
        {"normal", {{"mean", 1}, {"sd", INFINITY}}, 1, "sd must be a finite number"},
        {"normal", {{"p5", 9}, {"p95", 3}}, 1,
            "p95 must be above p5 (got p5 = 9, p95 = 3)"},
        {"normal", {{"mean", 1}, {"sd", 0}}, 1, "sd must be above 0 (got 0)"},
        {"lognormal", {{"p5", 9}, {"p95", 3}}, 1,
            "p95 must be above p5 (got p5 = 9, p95 = 3)"},
        {"lognormal", {{"p5", 0}, {"p95", 3}}, 0,
            "p5 must be above 0 for a lognormal (got 0)"},
        {"lognormal", {{"median", 5}, {"p95", 5}}, 1,
            "p95 must be above median (got median = 5, p95 = 5)"},
        {"lognormal", {{"mean", -5}, {"sd", 5}}, 0, "mean must be above 0"},
        {"lognormal", {{"mean", 5}, {"sd", 0}}, 1, "sd must be above 0"},
        {"lognormal", {{"mu", 5}, {"sigma", -1}}, 1, "sigma must be above 0 (got -1)"},
        {"lognormal", {{"mu", 5}, {"sigma", 100}}, -1,
            "the mean or sd of this lognormal is beyond the largest number; a cap "
            "would"},
        {"uniform", {{"min", 5}, {"max", 3}}, 0,
            "min must not be above max (got min = 5, max = 3)"},
        {"uniform", {{"min", -1e308}, {"max", 1e308}}, -1, "the mean or sd of this"},
        {"triangular", {{"min", 1}, {"mode", 9}, {"max", 3}}, -1,
            "min, mode and max must ascend (got min = 1, mode = 9, max = 3)"},
        {"pert", {{"min", 1}, {"mode", 0}, {"max", 3}}, -1,
            "min, mode and max must ascend (got min = 1, mode = 0, max = 3)"},
        {"pert", {{"min", 1}, {"mode", 2}, {"max", 3}, {"shape", 0}}, 3,
            "shape must be above 0 (got 0)"},
        {"gamma", {{"shape", -2}, {"scale", 1}}, 0, "shape must be above 0 (got -2)"},
        {"gamma", {{"shape", 2}, {"scale", 0}}, 1, "scale must be above 0 (got 0)"},
        {"gamma", {{"mean", 1}, {"sd", 1e-9}}, -1,
            "shape = (mean / sd)^2 must be between 0.001 and 1e+08"},
        {"beta", {{"alpha", 0}, {"beta", 1}}, 0, "alpha must be above 0 (got 0)"},
        {"beta", {{"alpha", 1}, {"beta", 1}, {"min", 3}, {"max", 3}}, 3,
            "max must be above min (got min = 3, max = 3)"},
        {"exponential", {{"mean", 0}}, 0, "mean must be above 0 (got 0)"},
        {"weibull", {{"scale", 2}, {"shape", 0}}, 1, "shape must be above 0 (got 0)"},
        {"weibull", {{"scale", 2}, {"shape", 1e9}}, 1,
            "shape must be between 0.001 and 1e+08 (got 1000000000); for a known"},
        {"weibull", {{"scale", -2}, {"shape", 1}}, 0, "scale must be above 0 (got -2)"},
        {"weibull", {{"scale", 2}, {"shape", 0.005}}, -1,
            "the mean or sd of this weibull is beyond the largest number; a cap would"},
        {"lomax", {{"alpha", -1}, {"theta", 2}}, 0, "alpha must be above 0 (got -1)"},
        {"lomax", {{"alpha", 3}, {"theta", 0}}, 1, "theta must be above 0 (got 0)"},
        {"lomax", {{"theta", 5}, {"alpha", 1}}, 1,
            "the mean of this lomax is infinite because alpha <= 1: add a cap, the "
            "largest value that there can be"},
        {"lomax", {{"theta", 5}, {"alpha", 0.9}, {"floor", 10}}, 1,
            "the mean of this lomax is infinite because alpha <= 1: add a cap"},
        {"gpd", {{"xi", 0.2}}, -1,
            "beta is missing: gpd takes xi and beta, optionally threshold; floor and"},
        {"gpd", {{"xi", -1.5}, {"beta", 2}}, 0,
            "xi must be between -1 and 10 (got -1.5)"},
        {"gpd", {{"xi", 12}, {"beta", 2}, {"cap", 9}}, 0,
            "xi must be between -1 and 10 (got 12)"},
        {"gpd", {{"xi", 0.5}, {"beta", 0}}, 1, "beta must be above 0 (got 0)"},
        {"gpd", {{"beta", 5}, {"xi", 1}}, 1,
            "the mean of this gpd is infinite because xi >= 1: add a cap"},
        {"gpd", {{"xi", 0.99}, {"beta", 1e307}}, -1,
            "the mean or sd of this gpd is beyond the largest number; a cap would"},
        {"pert", {{"min", 1}, {"mode", 2}, {"max", 3}, {"cap", 0.5}}, 3,
            "cap = 0.5 lies below every value of this pert, the smallest is 1"},
        {"pert", {{"min", 1}, {"mode", 2}, {"max", 3}, {"floor", 4}}, 3,
            "floor = 4 lies above every value of this pert, the largest is 3"},
        {"normal", {{"mean", 1}, {"sd", 2}, {"floor", 4}, {"cap", 3}}, 3,
            "floor must not be above cap (got floor = 4, cap = 3)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rw_dist d = rw_dist_constant(77);
        char why[RW_DIST_WHY];
        size_t n = 0;
        int bad = -2;

        while (n < MAX && cases[i].args[n].name != NULL)
            n++;
        assert_int_equal(
            RW_ERR_INPUT, rw_dist_make(cases[i].name, cases[i].args, n, &d, &bad, why));
        if (strncmp(why, cases[i].why, strlen(cases[i].why)) != 0)
            fail_msg("case %zu: \"%s\", want \"%s\"", i, why, cases[i].why);
        assert_int_equal(cases[i].bad, bad);
        assert_true(d.p[0] == 77); /* left as it was */
    }
}

static void
every_family_is_listed_under_its_name(void **state)
{
    size_t n;
    const char *const *names = rw_dist_names(&n);

    (void)state;
    assert_int_equal(16, n);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(rw_dist_family(names[i]));
        assert_string_equal(names[i], rw_dist_family(names[i])->name);
    }
    assert_null(rw_dist_family("Normal"));
}

static void
arguments_come_in_any_order(void **state)
{
    struct rw_dist a = MAKE("pert", {"max", 3}, {"min", 1}, {"shape", 4}, {"mode", 2});
    struct rw_dist b = MAKE("pert", {"min", 1}, {"mode", 2}, {"max", 3});

    (void)state;
    assert_memory_equal(a.p, b.p, sizeof a.p);
}

static void
no_width_is_a_known_value(void **state)
{
    struct rw_dist known[] = {MAKE("constant", {"value", 5}),
        MAKE("uniform", {"min", 5}, {"max", 5}),
        MAKE("triangular", {"min", 5}, {"mode", 5}, {"max", 5}),
        MAKE("pert", {"min", 5}, {"mode", 5}, {"max", 5}),
        MAKE("normal", {"mean", 0}, {"sd", 1}, {"floor", 5}, {"cap", 5}),
        MAKE("pert", {"min", 5}, {"mode", 6}, {"max", 7}, {"cap", 5})};
    struct rw_dist wide = MAKE("uniform", {"min", 5}, {"max", 6});

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct rw_dist *d = &known[i];

        assert_true(rw_dist_is_constant(d));
        assert_true(rw_dist_mean(d) == 5 && rw_dist_sd(d) == 0);
        assert_true(rw_dist_quantile(d, 0.01) == 5);
        assert_true(rw_dist_cdf(d, 4.9) == 0 && rw_dist_cdf(d, 5) == 1);
        assert_true(rw_dist_sf(d, 4.9) == 1 && rw_dist_sf(d, 5) == 0);
    }
    assert_false(rw_dist_is_constant(&wide));
}

/* Closed forms and integrals, independent computation with 30 digits. */
static void
moments_with_floor_and_cap_are_exact(void **state)
{
    struct rw_dist a =
        MAKE("lognormal", {"mu", 0}, {"sigma", 2}, {"floor", 0.1}, {"cap", 50});
    struct rw_dist b = MAKE("lognormal", {"mu", 0}, {"sigma", 3}, {"floor", 1});
    struct rw_dist c = MAKE("exponential", {"mean", 7}, {"cap", 10});
    struct rw_dist e = MAKE("exponential", {"mean", 7}, {"floor", 10});
    struct rw_dist t = MAKE(
        "triangular", {"min", 0}, {"mode", 2}, {"max", 10}, {"floor", 1}, {"cap", 5});
    struct rw_dist h = MAKE("normal", {"mean", 0}, {"sd", 1}, {"floor", 0});
    struct rw_dist idle =
        MAKE("beta", {"alpha", 2}, {"beta", 5}, {"floor", 0}, {"cap", 1});

    (void)state;
    assert_relative(rw_dist_mean(&a), 4.83297039230001472, 1e-10);
    assert_relative(rw_dist_sd(&a), 10.0381823050844530, 1e-10);
    assert_relative(rw_dist_mean(&b), 90.3956173521662514, 1e-10);
    assert_relative(rw_dist_sd(&b), 8102.57972530444884, 1e-10);
    assert_relative(rw_dist_mean(&c), 5.32244274490756944, 1e-10);
    assert_relative(rw_dist_sd(&c), 3.55452620668889407, 1e-10);
    /* E max(X, 10)^k by parts, the floor beyond the median. */
    assert_relative(rw_dist_mean(&e), 10 + 7 * exp(-10.0 / 7), 1e-10);
    assert_relative(rw_dist_sd(&e),
        sqrt(100 + 238 * exp(-10.0 / 7) - pow(10 + 7 * exp(-10.0 / 7), 2)), 1e-10);
    assert_relative(rw_dist_mean(&t), 3.49583333333333333, 1e-10);
    assert_relative(rw_dist_sd(&t), 1.40014260186437994, 1e-10);
    assert_relative(rw_dist_mean(&h), 1 / sqrt(2 * M_PI), 1e-10);
    assert_relative(rw_dist_sd(&h), sqrt(0.5 - 1 / (2 * M_PI)), 1e-10);
    assert_relative(rw_dist_mean(&idle), 2.0 / 7, 1e-14);
}

/* E min(X, c)^2 = 2 times the integral of x (1 - F(x)) up to c, of a lomax with
 * theta = 1 in terms of y = 1 + x. */
static double
capped_square(double alpha, double c)
{
    double l = log1p(c);
    double two = alpha == 2 ? l : expm1((2 - alpha) * l) / (2 - alpha);
    double one = alpha == 1 ? l : expm1((1 - alpha) * l) / (1 - alpha);

    return 2 * (two - one);
}

static void
a_cap_makes_any_tail_finite(void **state)
{
    static const double alphas[] = {0.1, 0.5, 0.9, 1, 1.1, 1.5, 2, 2.5};

    (void)state;
    for (size_t i = 0; i < sizeof alphas / sizeof *alphas; i++)
        for (double c = 10; c < 1e13; c *= 100) {
            double a = alphas[i], l = log1p(c);
            double mean = a == 1 ? l : expm1((1 - a) * l) / (1 - a);
            struct rw_dist d = MAKE("lomax", {"alpha", a}, {"theta", 1}, {"cap", c});
            struct rw_dist g = MAKE("gpd", {"xi", 1 / a}, {"beta", 1 / a}, {"cap", c});

            assert_relative(rw_dist_mean(&d), mean, 1e-10);
            assert_relative(rw_dist_mean(&g), mean, 1e-10);
            assert_relative(
                rw_dist_sd(&d), sqrt(capped_square(a, c) - mean * mean), 1e-10);
        }
}

/* Above a floor f the excess is again a gpd, of scale beta + xi f. */
static void
a_floor_leaves_the_tail_as_it_is(void **state)
{
    static const double xis[] = {-0.25, 0, 0.2, 0.4, 0.45, 0.49, 0.7, 0.9, 0.99};

    (void)state;
    for (size_t i = 0; i < sizeof xis / sizeof *xis; i++)
        for (double f = 0.01; f < 10; f *= 9) {
            double xi = xis[i], scale = 3 + xi * f, p, mean, square;
            struct rw_dist d = MAKE("gpd", {"xi", xi}, {"beta", 3}, {"floor", f});

            p = d.family->sf(&d, f);
            mean = f + p * scale / (1 - xi);
            assert_relative(rw_dist_mean(&d), mean, 1e-12);
            if (xi >= 0.5) {
                assert_true(isinf(rw_dist_sd(&d)));
                continue;
            }
            square = p * 2 * scale * scale / ((1 - xi) * (1 - 2 * xi));
            assert_relative(rw_dist_sd(&d), sqrt(square - pow(mean - f, 2)), 1e-9);
        }
}

static void
floor_and_cap_make_jumps(void **state)
{
    struct rw_dist d =
        MAKE("uniform", {"min", 0}, {"max", 10}, {"floor", 2}, {"cap", 9});
    double low, high;

    (void)state;
    assert_true(rw_dist_cdf(&d, 1.9) == 0);
    assert_close(rw_dist_cdf(&d, 2), 0.2, 1e-15);
    assert_close(rw_dist_cdf(&d, 8.9), 0.89, 1e-15);
    assert_true(rw_dist_cdf(&d, 9) == 1 && rw_dist_sf(&d, 9) == 0);
    assert_close(rw_dist_sf(&d, 8.9), 0.11, 1e-15);
    assert_true(rw_dist_quantile(&d, 0.1) == 2 && rw_dist_quantile(&d, 0.95) == 9);
    assert_close(rw_dist_quantile(&d, 0.5), 5, 1e-15);
    rw_dist_support(&d, &low, &high);
    assert_true(low == 2 && high == 9);
}

static void
susceptibilities_are_the_known_ones(void **state)
{
    static const struct {
        double x[3], y[3], p;
    } known[] = {/* independent computation, two ways */
        {{30, 50, 80}, {40, 60, 90}, 0.23260811070426596},
        {{50, 70, 95}, {20, 40, 70}, 0.9912088892575306},
        {{10, 30, 60}, {50, 70, 90}, 0.0001482942838209845}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct rw_dist x = MAKE("pert", {"min", known[i].x[0]}, {"mode", known[i].x[1]},
            {"max", known[i].x[2]});
        struct rw_dist y = MAKE("pert", {"min", known[i].y[0]}, {"mode", known[i].y[1]},
            {"max", known[i].y[2]});

        assert_close(rw_dist_prob_exceeds(&x, &y), known[i].p, 1e-9);
        assert_close(rw_dist_prob_exceeds(&y, &x), 1 - known[i].p, 1e-9);
    }
}

static void
probability_to_exceed_meets_closed_forms(void **state)
{
    struct rw_dist e2 = MAKE("exponential", {"mean", 2});
    struct rw_dist e5 = MAKE("exponential", {"mean", 5});
    struct rw_dist n0 = MAKE("normal", {"mean", 0}, {"sd", 3});
    struct rw_dist n1 = MAKE("normal", {"mean", 1}, {"sd", 4});
    struct rw_dist ln = MAKE("lognormal", {"mu", 0}, {"sigma", 1});
    struct rw_dist ga = MAKE("gamma", {"shape", 2}, {"scale", 1});
    struct rw_dist thin = MAKE("normal", {"mean", 3}, {"sd", 1e-7});
    struct rw_dist capped = MAKE("exponential", {"mean", 5}, {"cap", 4});
    struct rw_dist floored = MAKE("exponential", {"mean", 2}, {"floor", 1});
    struct rw_dist tri = MAKE("triangular", {"min", 0}, {"mode", 1}, {"max", 4});
    struct rw_dist uni = MAKE("uniform", {"min", 0}, {"max", 4});

    (void)state;
    assert_close(rw_dist_prob_exceeds(&e2, &e5), 2.0 / 7, 1e-9);
    assert_close(rw_dist_prob_exceeds(&n1, &n0), erfc(-0.2 * M_SQRT1_2) / 2, 1e-9);
    assert_close(rw_dist_prob_exceeds(&ln, &ga), 0.359387412463739638, 1e-9);
    assert_close(rw_dist_prob_exceeds(&thin, &e2), 1 - exp(-1.5), 1e-9);
    assert_close(rw_dist_prob_exceeds(&e2, &thin), exp(-1.5), 1e-9);
    assert_close(rw_dist_prob_exceeds(&capped, &floored), 0.633413478690994879, 1e-9);
    /* A uniform on (0, 4): P(X > U) = E[X] / 4. */
    assert_close(rw_dist_prob_exceeds(&tri, &uni), 5.0 / 12, 1e-9);
}

static void
ties_of_atoms_do_not_exceed(void **state)
{
    struct rw_dist five = rw_dist_constant(5), six = rw_dist_constant(6);
    struct rw_dist capped = MAKE("uniform", {"min", 0}, {"max", 10}, {"cap", 5});
    struct rw_dist same = MAKE("uniform", {"min", 0}, {"max", 10}, {"cap", 5});
    struct rw_dist floored = MAKE("uniform", {"min", 0}, {"max", 10}, {"floor", 5});
    struct rw_dist wide = MAKE("uniform", {"min", 0}, {"max", 10});

    (void)state;
    assert_true(rw_dist_prob_exceeds(&five, &five) == 0);
    assert_true(rw_dist_prob_exceeds(&five, &floored) == 0);
    assert_close(rw_dist_prob_exceeds(&six, &floored), 0.6, 1e-12);
    assert_true(rw_dist_prob_exceeds(&six, &five) == 1);
    assert_true(rw_dist_prob_exceeds(&five, &six) == 0);
    assert_close(rw_dist_prob_exceeds(&five, &capped), 0.5, 1e-12);
    assert_close(rw_dist_prob_exceeds(&capped, &five), 0, 1e-12);
    assert_close(rw_dist_prob_exceeds(&six, &capped), 1, 1e-12);
    assert_close(rw_dist_prob_exceeds(&five, &wide), 0.5, 1e-12);
    /* Both below 5: 1/8; X capped, Y below: 1/4; both capped: a tie. */
    assert_close(rw_dist_prob_exceeds(&capped, &same), 0.375, 1e-9);
}

CHECK_MAIN(cmocka_unit_test(bad_estimates_are_told_what_would_be_right),
    cmocka_unit_test(every_family_is_listed_under_its_name),
    cmocka_unit_test(arguments_come_in_any_order),
    cmocka_unit_test(no_width_is_a_known_value),
    cmocka_unit_test(moments_with_floor_and_cap_are_exact),
    cmocka_unit_test(a_cap_makes_any_tail_finite),
    cmocka_unit_test(a_floor_leaves_the_tail_as_it_is),
    cmocka_unit_test(floor_and_cap_make_jumps),
    cmocka_unit_test(susceptibilities_are_the_known_ones),
    cmocka_unit_test(probability_to_exceed_meets_closed_forms),
    cmocka_unit_test(ties_of_atoms_do_not_exceed))
