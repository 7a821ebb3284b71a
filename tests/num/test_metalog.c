/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures to 17 digits: arbitrary precision (50 digits), the formulas of
 * num/metalog.h and quadrature over L. */
#include "num/metalog.h"
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

struct told {
    enum rw_err err;
    enum rw_metalog_fault fault;
    size_t at;
    char why[RW_DIST_WHY];
};

static struct told
try(const struct rw_metalog_stated *s, struct rw_dist *d)
{
    struct told t = {.why = ""};

    t.err = rw_metalog_make(s, &arena, d, &t.fault, &t.at, t.why);
    return t;
}

static struct rw_dist
make(const struct rw_metalog_stated *s)
{
    struct rw_dist d;
    struct told t = try(s, &d);

    if (t.err != RW_OK)
        fail_msg("%s", t.why);
    return d;
}

static const double p3[] = {0.1, 0.5, 0.9};

static struct rw_dist
three(double a, double b, double c, double lower, double upper)
{
    const double x[] = {a, b, c};

    return make(&(struct rw_metalog_stated){p3, x, 3, 0, lower, upper});
}

static const double *
terms(const struct rw_dist *d)
{
    return ((const struct rw_metalog *)d->data)->a;
}

/* Keelin's terms of his symmetric percentile triplets: a1 = q50 and so on. */
static void
three_quantiles_give_the_known_terms(void **state)
{
    static const struct {
        double x[3], lower, a[3], q01, q05, q95, q99;
    } cases[] = {
        {{14, 18, 35}, -INFINITY, {18, 4.778755939790896, 7.395693716343052},
            12.693252232845246, 13.728520724326087, 41.87003124641302,
            56.61116478860868},
        {{5e4, 2e5, 1.2e6}, 0,
            {12.206072645530174, 0.723197315178593, 0.23066890401783868},
            12115.857662986742, 32283.063169614812, 2283268.9874464213,
            9328894.726208301},
        {{2, 10, 30}, -INFINITY, {10, 6.371674586387861, 6.826794199701279},
            -3.907338975991763, 0.28447851023188875, 37.80649253968113,
            54.64987776502616},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double *x = cases[i].x;
        struct rw_dist d = three(x[0], x[1], x[2], cases[i].lower, INFINITY);

        for (int k = 0; k < 3; k++)
            assert_relative(terms(&d)[k], cases[i].a[k], 1e-14);
        assert_relative(rw_dist_quantile(&d, 0.01), cases[i].q01, 2e-14);
        assert_relative(rw_dist_quantile(&d, 0.05), cases[i].q05, 1e-13);
        assert_relative(rw_dist_quantile_tails(&d, 0.95, 0.05), cases[i].q95, 2e-14);
        assert_relative(rw_dist_quantile_tails(&d, 0.99, 0.01), cases[i].q99, 2e-14);
        for (int k = 0; k < 3; k++)
            assert_relative(rw_dist_quantile(&d, p3[k]), x[k], 1e-13);
    }
}

/* Nine quantiles of a lognormal, to 3 .. 6 terms above 0 by least squares. */
static void
fewer_terms_than_quantiles_are_least_squares(void **state)
{
    static const double p[] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
    static const double x[] = {6132.194854322028, 13892.454258663192, 21483.99646139983,
        44513.05361203296, 100000.0, 224653.20144418842, 465462.746559605,
        719815.2186654919, 1630737.4826734194};
    static const struct {
        size_t terms;
        double a[6], q995;
    } fits[] = {{3, {11.512925464970232, 0.639534174838511, 0}, 2952535.345077577},
        {4, {11.512925464970232, 0.4811994950542768, 0, 1.1990073563884376},
            2311875.6326202624},
        {5, {11.51292546497023, 0.4811994950542791, 0, 1.1990073563884445, 0},
            2311875.6326202992},
        {6,
            {11.512925464970234, 0.32099252119812544, 0, 1.7025727882450719, 0,
                0.43744337254336735},
            2240413.0796162896}};

    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++) {
        struct rw_dist d =
            make(&(struct rw_metalog_stated){p, x, 9, fits[i].terms, 0, INFINITY});

        for (size_t k = 0; k < fits[i].terms; k++)
            assert_close(terms(&d)[k], fits[i].a[k], 2e-14 * 11.5);
        assert_relative(rw_dist_quantile_tails(&d, 0.995, 0.005), fits[i].q995, 1e-12);
    }
}

static void
moments_are_those_of_an_independent_quadrature(void **state)
{
    static const double p5[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    static const double x5[] = {1, 10, 20, 30, 45};
    struct rw_dist d = three(14, 18, 35, -INFINITY, INFINITY);

    (void)state;
    assert_relative(rw_dist_mean(&d), 21.697846858171527, 1e-13);
    assert_relative(rw_dist_sd(&d), 9.7304893031931201, 1e-10);
    assert_relative(rw_dist_quantile(&d, 1e-12), -11.866621658827, 1e-12);
    assert_relative(rw_dist_quantile_tails(&d, 1, 1e-12), 252.2171909016259, 1e-12);
    d = three(5e4, 2e5, 1.2e6, 0, 5e6);
    assert_relative(rw_dist_mean(&d), 470733.2916407139, 1e-10);
    assert_relative(rw_dist_sd(&d), 722997.51336646728, 1e-10);
    assert_relative(rw_dist_quantile_tails(&d, 0.99, 0.01), 3843326.4649697662, 1e-13);
    assert_relative(rw_dist_quantile(&d, 1e-12), 0.0098815222305182743, 1e-12);
    d = three(20, 60, 85, -INFINITY, 100);
    assert_relative(rw_dist_mean(&d), 54.183828026396913, 1e-10);
    assert_relative(rw_dist_sd(&d), 33.423374796831029, 1e-10);
    assert_relative(rw_dist_quantile(&d, 0.01), -59.300778931948583, 1e-12);
    assert_relative(rw_dist_quantile_tails(&d, 1, 1e-12), 99.999888074305804, 1e-14);
    d = make(&(struct rw_metalog_stated){p5, x5, 5, 0, -INFINITY, INFINITY});
    assert_relative(rw_dist_mean(&d), 20.922472530678981, 1e-12);
    assert_relative(rw_dist_sd(&d), 13.817894288781234, 1e-10);
    assert_relative(rw_dist_quantile(&d, 1e-6), -8.0104144869739021, 1e-12);
}

/* X goes like (1 - y)^-s, s = a2 + a3 / 2 = 0.8385: a mean, no variance. */
static void
heavy_tails_are_found_from_the_terms(void **state)
{
    struct rw_dist d = three(5e4, 2e5, 1.2e6, 0, INFINITY), big;
    const struct rw_dist_arg cap = {"cap", 1e9};
    char why[RW_DIST_WHY];
    int bad;

    (void)state;
    assert_relative(rw_dist_mean(&d), 1072723.4752164359, 1e-10);
    assert_true(isinf(rw_dist_sd(&d)));
    assert_int_equal(RW_OK, rw_dist_bound(&d, NULL, 0, &bad, why));
    /* just below 1: most of the mean lies beyond any u there is */
    big = three(5e4, 2e5, 1.62e6, 0, INFINITY);
    assert_close(terms(&big)[1] + terms(&big)[2] / 2, 0.992188189, 1e-9);
    assert_relative(rw_dist_mean(&big), 25369630.076697942, 1e-9);
    /* s beyond 1: no mean without a cap */
    big = three(5e4, 2e5, 2e6, 0, INFINITY);
    assert_true(terms(&big)[1] + terms(&big)[2] / 2 > 1);
    assert_true(isinf(rw_dist_mean(&big)));
    assert_int_equal(RW_ERR_INPUT, rw_dist_bound(&big, NULL, 0, &bad, why));
    assert_non_null(strstr(why, "the mean of this metalog is infinite because its "
                                "quantile rises too fast"));
    assert_int_equal(RW_OK, rw_dist_bound(&big, &cap, 1, &bad, why));
    assert_true(rw_dist_mean(&big) > 2e5 && rw_dist_mean(&big) < 1e9);
    /* the same upside down wants a floor */
    big = three(-2e6, -2e5, -5e4, -INFINITY, 0);
    assert_int_equal(RW_ERR_INPUT, rw_dist_bound(&big, NULL, 0, &bad, why));
    assert_non_null(strstr(why, "add a floor, the smallest value"));
    assert_int_equal(
        RW_OK, rw_dist_bound(&big, &(struct rw_dist_arg){"floor", -1e9}, 1, &bad, why));
    assert_true(rw_dist_mean(&big) < -2e5 && rw_dist_mean(&big) > -1e9);
}

static void
probability_of_a_quantile_is_where_it_came_from(void **state)
{
    struct rw_dist laws[] = {three(14, 18, 35, -INFINITY, INFINITY),
        three(5e4, 2e5, 1.2e6, 0, INFINITY), three(5e4, 2e5, 1.2e6, 0, 5e6),
        three(20, 60, 85, -INFINITY, 100)};

    (void)state;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++)
        for (double t = 0.5; t > 1e-9; t *= 0.37) {
            double x = rw_dist_quantile_tails(&laws[i], t, 1 - t);
            double y = rw_dist_quantile_tails(&laws[i], 1 - t, t);
            double to_end = i >= 2 ? 1e-5 : 1e-12; /* digits left of upper - x */

            assert_relative(rw_dist_cdf(&laws[i], x), t, 1e-12);
            assert_relative(rw_dist_sf(&laws[i], y), t, to_end);
            assert_close(rw_dist_cdf(&laws[i], y), 1 - t, 1e-12);
        }
    assert_true(rw_dist_cdf(&laws[2], 0) == 0 && rw_dist_cdf(&laws[2], 5e6) == 1);
    assert_true(rw_dist_sf(&laws[3], 100) == 0);
}

/* E min(X, m) = E X - integral of the survival function above m; here both
 * sides by routes of their own: m from the bounded law's capped quantile, and
 * trapezoids of 1 - F. */
static void
limited_means_meet_the_integral_of_the_survival_function(void **state)
{
    struct rw_dist d = three(5e4, 2e5, 1.2e6, 0, 5e6);
    const double m = 3e5;
    const int n = 20000;
    double sum = 0;

    (void)state;
    for (int i = 0; i < n; i++)
        sum += rw_dist_sf(&d, m * (i + 0.5) / n);
    assert_relative(rw_dist_lev(&d, m), sum * m / n, 1e-7);
}

/* Three terms: feasible iff k < r < 1 - k, r = (q50 - q10) / (q90 - q10),
 * k = 0.166578 (Keelin 2016, 3.4; four digits there). */
static void
three_terms_are_refused_exactly_beyond_the_limit(void **state)
{
    (void)state;
    for (int side = 0; side < 2; side++)
        for (int beyond = 0; beyond < 2; beyond++) {
            double r = 0.166578 + (beyond ? -2e-6 : 2e-6), x[3] = {0, 100 * r, 100};
            struct rw_metalog_stated s = {p3, x, 3, 0, -INFINITY, INFINITY};
            struct rw_dist d;
            struct told t;

            x[1] = side ? 100 - x[1] : x[1];
            t = try(&s, &d);
            assert_int_equal(t.err, beyond ? RW_ERR_INPUT : RW_OK);
        }
}

/* Whatever move a refusal names makes a law, and half of it does not. */
static void
the_move_that_is_named_is_enough_and_hardly_more(void **state)
{
    static const double p[][5] = {{0.1, 0.5, 0.9}, {0.05, 0.25, 0.5, 0.75, 0.95}};
    static const struct {
        int row;
        size_t n, terms;
        double x[5], lower, upper;
        size_t at;
    } cases[] = {{0, 3, 0, {14, 15, 35}, -INFINITY, INFINITY, 1},
        {0, 3, 0, {14, 34, 35}, -INFINITY, INFINITY, 1},
        {0, 3, 0, {1, 1000, 1100}, 0, INFINITY, 1},
        {1, 5, 0, {1, 10, 10.5, 11, 40}, -INFINITY, INFINITY, 3},
        {1, 5, 0, {1, 10, 20, 30, 31}, -INFINITY, INFINITY, 4},
        {1, 5, 0, {1, 10, 20, 30, 31}, 0, INFINITY, 3},
        {1, 5, 4, {1, 2, 90, 98, 99}, 0, 100, 1}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double x[5], to, was;
        struct rw_metalog_stated s = {p[cases[i].row], x, cases[i].n, cases[i].terms,
            cases[i].lower, cases[i].upper};
        struct rw_dist d;
        struct told t;
        const char *number;

        memcpy(x, cases[i].x, sizeof x);
        t = try(&s, &d);
        if (t.err == RW_OK)
            fail_msg("case %zu is a law", i);
        number = strrchr(t.why, ' ');
        if (t.fault != RW_METALOG_X || t.at != cases[i].at || number == NULL)
            fail_msg("case %zu: fault %d at %zu: %s", i, (int)t.fault, t.at, t.why);
        to = strtod(number, NULL);
        was = x[t.at];
        x[t.at] = to;
        make(&s);
        x[t.at] = was + (to - was) * 0.9;
        assert_int_equal(RW_ERR_INPUT, try(&s, &d).err);
    }
}

static void
bad_quantiles_are_told_where_and_what(void **state)
{
    static const struct {
        double p[4], x[4];
        size_t n, terms;
        double lower, upper;
        enum rw_metalog_fault fault;
        size_t at;
        const char *why;
    } cases[] = {{{0.1, 0.9}, {1, 2}, 2, 0, -INFINITY, INFINITY, RW_METALOG_WHOLE, 0,
                     "a metalog takes 3 to 100 quantiles (got 2)"},
        {{0, 0.5, 0.9}, {1, 2, 3}, 3, 0, -INFINITY, INFINITY, RW_METALOG_P, 0,
            "must be above 0 and below 1 (got 0); for an end of all values state "
            "lower"},
        {{0.1, 0.5, 90}, {1, 2, 3}, 3, 0, -INFINITY, INFINITY, RW_METALOG_P, 2,
            "must be above 0 and below 1 (got 90)"},
        {{0.1, 0.5, 0.5}, {1, 2, 3}, 3, 0, -INFINITY, INFINITY, RW_METALOG_P, 2,
            "probabilities of the quantiles must ascend (got 0.5 after 0.5)"},
        {{0.1, 0.5, 0.9}, {1, 2, 2}, 3, 0, -INFINITY, INFINITY, RW_METALOG_X, 2,
            "the quantiles must ascend (got 2 after 2)"},
        {{0.1, 0.5, 0.9}, {0, 2, 3}, 3, 0, 0, INFINITY, RW_METALOG_X, 0,
            "a quantile must be above lower = 0 (got 0)"},
        {{0.1, 0.5, 0.9}, {0, 2, 3}, 3, 0, -1, 3, RW_METALOG_X, 2,
            "a quantile must be below upper = 3 (got 3)"},
        {{0.1, 0.5, 0.9}, {1, 2, 3}, 3, 4, -INFINITY, INFINITY, RW_METALOG_COUNT, 0,
            "3 quantiles fix at most 3 terms (got 4)"},
        {{0.1, 0.5, 0.9}, {1, 2, 3}, 3, 2, -INFINITY, INFINITY, RW_METALOG_COUNT, 0,
            "a metalog has 3 to 10 terms (got 2)"},
        {{0.1, 0.5, 0.9}, {1, 2, 3}, 3, 0, 5, 5, RW_METALOG_LOWER, 0,
            "lower must be below upper (got lower = 5, upper = 5)"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rw_metalog_stated s = {cases[i].p, cases[i].x, cases[i].n,
            cases[i].terms, cases[i].lower, cases[i].upper};
        struct rw_dist d;
        struct told t = try(&s, &d);

        assert_int_equal(t.err, RW_ERR_INPUT);
        if (t.fault != cases[i].fault || t.at != cases[i].at ||
            strstr(t.why, cases[i].why) == NULL)
            fail_msg("case %zu: fault %d at %zu: %s", i, (int)t.fault, t.at, t.why);
    }
}

/* A uniform law needs the terms 1 and 4 alone: D vanishes at both ends, but
 * for rounding, and that is no fault. */
static void
a_straight_line_is_a_law(void **state)
{
    static const double p[] = {0.1, 0.3, 0.7, 0.9}, x[] = {10, 30, 70, 90};
    struct rw_dist d =
        make(&(struct rw_metalog_stated){p, x, 4, 0, -INFINITY, INFINITY});

    (void)state;
    for (double u = 0.001; u < 1; u += 0.017)
        assert_close(rw_dist_quantile(&d, u), 100 * u, 1e-10);
    assert_relative(rw_dist_mean(&d), 50.0, 1e-12);
    assert_relative(rw_dist_sd(&d), 100 / sqrt(12), 1e-10);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

CHECK_MAIN(CASE(three_quantiles_give_the_known_terms),
    CASE(fewer_terms_than_quantiles_are_least_squares),
    CASE(moments_are_those_of_an_independent_quadrature),
    CASE(heavy_tails_are_found_from_the_terms),
    CASE(probability_of_a_quantile_is_where_it_came_from),
    CASE(limited_means_meet_the_integral_of_the_survival_function),
    CASE(three_terms_are_refused_exactly_beyond_the_limit),
    CASE(the_move_that_is_named_is_enough_and_hardly_more),
    CASE(bad_quantiles_are_told_where_and_what), CASE(a_straight_line_is_a_law))
