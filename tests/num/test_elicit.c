/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws stated by what an estimator says: p5, median, mode, p95. */
#include "num/root.h"
#include "num/special.h"
#include "tests/num/laws.h"

#include <float.h>

static struct rw_dist
make(const char *name, const struct rw_dist_arg args[5])
{
    struct law l = {.name = name};

    memcpy(l.args, args, sizeof l.args);
    return law_dist(&l);
}

#define MAKE(name, ...) make(name, (const struct rw_dist_arg[5]){__VA_ARGS__})

static const char *
refusal(const char *name, const struct rw_dist_arg args[], size_t n, int *bad)
{
    static char why[RW_DIST_WHY];
    struct rw_dist d;

    if (rw_dist_make(name, args, n, &d, bad, why) != RW_ERR_INPUT)
        fail_msg("%s was accepted", name);
    return why;
}

/* The root of the two equations, by residuals: nothing else defines it.  The
 * mode of a Beta(a, b) is (a - 1) / (a + b - 2). */
static void
assert_pert_is(double p5, double mode, double p95, double shape)
{
    struct rw_dist d =
        MAKE("pert", {"p5", p5}, {"mode", mode}, {"p95", p95}, {"shape", shape});
    double low, high, at, span = p95 - p5;

    rw_dist_support(&d, &low, &high);
    assert_close(rw_dist_cdf(&d, p5), 0.05, 1e-12);
    assert_close(rw_dist_sf(&d, p95), 0.05, 1e-12);
    at = low + (high - low) * ((d.p[2] - 1) / shape);
    assert_close(at, mode, 1e-9 * span);
    assert_close(d.p[2] + d.p[3], shape + 2, 1e-14 * (shape + 2));
    assert_true(low <= mode + 1e-12 * span && mode <= high + 1e-12 * span);
}

static void
a_pert_from_quantiles_has_them(void **state)
{
    static const double shapes[] = {0.001, 0.1, 1, 2, 4, 10, 100, 1e4};
    static const double modes[] = {-0.015, 1e-9, 1e-3, 0.05, 0.3, 0.49, 0.5, 0.5 + 1e-9,
        0.51, 0.7, 0.999, 1 - 1e-9, 1.015};

    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (size_t k = 0; k < sizeof modes / sizeof *modes; k++) {
            assert_pert_is(0, modes[k], 1, shapes[i]);
            assert_pert_is(-5e6, -5e6 + 3e6 * modes[k], -2e6, shapes[i]);
        }
}

static void
quantiles_of_a_pert_give_it_back(void **state)
{
    /* A pert's own quantiles: independent computation, 50 digits. */
    struct rw_dist d = MAKE("pert", {"p5", 22555.333913804786}, {"mode", 50000},
        {"p95", 267909.56346933946});
    double low, high;

    (void)state;
    rw_dist_support(&d, &low, &high);
    assert_close(low, 10000, 1e-6);
    assert_close(high, 500000, 1e-5);
    d = MAKE("pert", {"p5", 145812.48934589572}, {"mode", 200000},
        {"p95", 1359524.934538189}, {"shape", 2});
    rw_dist_support(&d, &low, &high);
    assert_close(low, 100000, 1e-5);
    assert_close(high, 2000000, 1e-4);
}

/* With mode = min a pert is min + span Beta(1, 5): q5 = 1 - 0.95^(1/5) and
 * q95 = 1 - 0.05^(1/5) of its span. */
static void
a_mode_too_far_out_is_told_how_far_it_may_be(void **state)
{
    double q5 = 1 - pow(0.95, 0.2), q95 = 1 - pow(0.05, 0.2), r = q5 / (q95 - q5);
    struct rw_dist_arg args[] = {{"p95", 200}, {"mode", 0}, {"p5", 100}};
    char want[RW_DIST_WHY];
    int bad;

    (void)state;
    snprintf(want, sizeof want,
        "mode must be between %.10g and %.10g for these p5 and p95 (got %.10g)",
        100 - 100 * r, 200 + 100 * r, 0.0);
    assert_string_equal(want, refusal("pert", args, 3, &bad));
    assert_int_equal(1, bad);
    args[1].value = 200 + 100 * r + 1e-6;
    assert_non_null(strstr(refusal("pert", args, 3, &bad), "mode must be between"));
    args[1].value = 200 + 100 * r - 1e-6;
    assert_pert_is(100, args[1].value, 200, 4);
    args[0].value = 100;
    assert_string_equal("p95 must be above p5 (got p5 = 100, p95 = 100)",
        refusal("pert", args, 3, &bad));
    assert_int_equal(0, bad);
}

static void
a_gamma_from_quantiles_has_them(void **state)
{
    static const double ratios[] = {
        1.0004, 1.01, 1.5, 3, 10, 58.4, 1e3, 1e6, 1e20, 1e99};

    (void)state;
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++)
        for (double p5 = 1e-6; p5 < 1e7; p5 *= 1e6) {
            struct rw_dist d = MAKE("gamma", {"p5", p5}, {"p95", ratios[i] * p5});
            /* x f(x) is a tenth of the root of the shape: rounding of x. */
            double tol = 1e-12 + 4 * DBL_EPSILON * sqrt(d.p[0]);

            assert_close(rw_dist_cdf(&d, p5), 0.05, tol);
            assert_close(rw_dist_sf(&d, ratios[i] * p5), 0.05, tol);
        }
}

static void
a_gamma_gives_its_quantiles_and_takes_them(void **state)
{
    /* shape 1.2, scale 2.5: independent computation, 50 digits. */
    struct rw_dist d =
        MAKE("gamma", {"p5", 0.23286299689260336}, {"p95", 8.4316581842834054});
    struct rw_dist_arg args[] = {{"p5", 1}, {"p95", 1e120}};
    int bad;

    (void)state;
    assert_relative(d.p[0], 1.2, 1e-12);
    assert_relative(d.p[1], 2.5, 1e-12);
    assert_string_equal("p95 / p5 must be between 1.00033 and 1e100 for a gamma (got "
                        "p5 = 1, p95 = 1e+120)",
        refusal("gamma", args, 2, &bad));
    args[1].value = 1.00001;
    assert_string_equal("p95 / p5 must be between 1.00033 and 1e100 for a gamma (got "
                        "p5 = 1, p95 = 1.00001); for a known value give a number",
        refusal("gamma", args, 2, &bad));
    args[1].value = 0.5;
    assert_string_equal("p95 must be above p5 (got p5 = 1, p95 = 0.5)",
        refusal("gamma", args, 2, &bad));
    args[0].value = 0;
    assert_string_equal(
        "p5 must be above 0 for a gamma (got 0)", refusal("gamma", args, 2, &bad));
    assert_int_equal(0, bad);
}

/* Exponential: ln 20 / -ln 0.95 = 58.403. */
static void
the_spread_of_an_exponential_has_shape_one(void **state)
{
    (void)state;
    assert_relative(rw_gamma_shape(log(0.05) / log(0.95), 0.05, 1e-2, 1e6), 1.0, 1e-12);
    assert_relative(rw_gamma_shape(1e300, 0.05, 0.02, 1e6), 0.02, 1e-12);
    assert_relative(rw_gamma_shape(1.0000001, 0.05, 0.02, 1e6), 1e6, 1e-12);
}

/* ---- published and computed figures ---- */

static void
lognormals_from_ninety_percent_intervals(void **state)
{
    /* Closed forms, independent computation; the mean of the third is the one
     * the tests of riskquant (Netflix) have, 5922706.83351131. */
    static const struct {
        double low, high, mu, sigma, mean, median, p99;
    } known[] = {{50000, 2500000, 12.775789787124356, 1.1891705563730268,
                     717015.7552549588, 353553.39059327386, 5622090.809335584},
        {1, 10, 1.151292546497023, 0.6999361691719632, 4.040012826945727,
            3.1622776601683795, 16.11237428027953},
        {635000, 19000000, 15.060664907502773, 1.0330916999449682, 5922706.833511315,
            3473470.8865916845, 38416422.19092588},
        {100, 200, 4.951743776268064, 0.21070178197089945, 144.59567464579706,
            141.42135623730945, 230.8826144507733}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct rw_dist d =
            MAKE("lognormal", {"p5", known[i].low}, {"p95", known[i].high});

        assert_relative(d.p[0], known[i].mu, 1e-15);
        assert_relative(d.p[1], known[i].sigma, 1e-15);
        assert_relative(rw_dist_mean(&d), known[i].mean, 2e-14);
        assert_relative(rw_dist_quantile(&d, 0.5), known[i].median, 1e-14);
        assert_relative(rw_dist_quantile(&d, 0.99), known[i].p99, 1e-14);
        if (i == 2)
            assert_close(rw_dist_mean(&d), 5922706.83351131, 1e-8);
    }
}

static void
lognormals_from_median_and_p95(void **state)
{
    /* Median and p95 of losses by the size of the firm: Cyentia Institute,
     * IRIS 2025.  The rest: closed forms, independent computation. */
    static const struct {
        double median, p95, mu, sigma, mean, p99;
    } known[] = {{603000, 32000000, 13.309672475709322, 2.414545537657042,
                     11124801.60299701, 165875050.32580832},
        {2200000, 266200000, 14.603967918328545, 2.9156336266134097, 154302827.31334358,
            1941537471.207998},
        {1800000, 61800000, 14.403297222866392, 2.149806305935727, 18149086.727896366,
            267463736.94262743},
        {466700, 12300000, 13.053441931937908, 1.9890328445020127, 3373859.0308270194,
            47708696.7547549},
        {357000, 9100000, 12.785491060761776, 1.968742906763728, 2479246.836924418,
            34811972.97033818}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct rw_dist d =
            MAKE("lognormal", {"median", known[i].median}, {"p95", known[i].p95});

        assert_relative(d.p[0], known[i].mu, 1e-15);
        assert_relative(d.p[1], known[i].sigma, 1e-15);
        assert_relative(rw_dist_mean(&d), known[i].mean, 2e-14);
        assert_relative(rw_dist_quantile(&d, 0.99), known[i].p99, 2e-14);
    }
}

static void
perts_from_bounds(void **state)
{
    /* Closed forms and an incomplete beta: independent computation. */
    static const struct {
        double min, mode, max, shape, alpha, beta, mean, sd, p5, p50, p95;
    } known[] = {{10000, 50000, 500000, 4, 1.3265306122448979, 4.673469387755102,
                     118333.33333333333, 76855.35785972263, 22555.33391380479,
                     102675.71826599771, 267909.56346933945},
        {0.5, 2, 6, 4, 2.090909090909091, 3.909090909090909, 2.4166666666666665,
            0.9905305616944858, 0.9673893262357793, 2.3189004425508672,
            4.202399937854081},
        {0, 50, 100, 4, 3, 3, 50, 18.89822365046136, 18.92553774377708, 50,
            81.07446225622292},
        {100000, 200000, 2000000, 2, 1.1052631578947367, 2.894736842105263, 625000,
            379967.1038392666, 145812.4893458957, 549956.9630932491,
            1359524.9345381886},
        {200000, 500000, 2000000, 4, 1.6666666666666665, 4.333333333333334, 700000,
            304724.70011002204, 287114.9714879469, 653517.1588542985,
            1272761.7084422589}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct rw_dist d = MAKE("pert", {"min", known[i].min}, {"mode", known[i].mode},
            {"max", known[i].max}, {"shape", known[i].shape});

        assert_relative(d.p[2], known[i].alpha, 1e-15);
        assert_relative(d.p[3], known[i].beta, 1e-15);
        assert_relative(rw_dist_mean(&d), known[i].mean, 1e-15);
        assert_relative(rw_dist_sd(&d), known[i].sd, 1e-14);
        assert_relative(rw_dist_quantile(&d, 0.05), known[i].p5, 1e-14);
        assert_relative(rw_dist_quantile(&d, 0.5), known[i].p50, 1e-14);
        assert_relative(rw_dist_quantile(&d, 0.95), known[i].p95, 1e-14);
    }
}

/* Danish fire losses 1980-1990 above a threshold, in millions of kroner; xi and
 * beta as McNeil (ASTIN Bulletin 27 (1997) 117) fitted them.  What they say of
 * the tail is closed form. */
static void
gpd_of_the_danish_fires(void **state)
{
    static const struct {
        double u, xi, beta;
    } fits[] = {{5, 0.6315432, 3.8091265}, {10, 0.4969856, 6.9754685},
        {20, 0.6841522, 9.6351307}};

    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        double u = fits[i].u, xi = fits[i].xi, beta = fits[i].beta, x;
        struct rw_dist d = MAKE("gpd", {"xi", xi}, {"beta", beta}, {"threshold", u});

        x = u + beta / xi * (pow(0.01, -xi) - 1);
        assert_relative(rw_dist_quantile_tails(&d, 0.99, 0.01), x, 1e-14);
        assert_relative(rw_dist_sf(&d, x), 0.01, 1e-14);
        assert_relative(rw_dist_mean(&d), u + beta / (1 - xi), 1e-15);
        assert_true(isinf(rw_dist_sd(&d)) == (xi >= 0.5));
        /* mean excess over x is linear: (beta + xi (x - u)) / (1 - xi) */
        assert_relative((rw_dist_mean(&d) - rw_dist_lev(&d, x)) / 0.01,
            (beta + xi * (x - u)) / (1 - xi), 1e-12);
    }
}

/* ---- roots ---- */

static double
steep(const void *ctx, double x)
{
    (void)ctx;
    return x < 0.3 ? -INFINITY : pow(x - 0.7, 3);
}

static double
line(const void *ctx, double x)
{
    return x - *(const double *)ctx;
}

static void
roots_are_found_to_the_last_digits(void **state)
{
    double at = 1e-9;

    (void)state;
    assert_close(rw_root(steep, NULL, 0, 1), 0.7, 1e-15);
    assert_close(rw_root(line, &at, 0, 1), at, 1e-24);
    assert_true(rw_root(line, &at, 1, 2) == 1); /* none there: the nearer end */
}

CHECK_MAIN(cmocka_unit_test(a_pert_from_quantiles_has_them),
    cmocka_unit_test(quantiles_of_a_pert_give_it_back),
    cmocka_unit_test(a_mode_too_far_out_is_told_how_far_it_may_be),
    cmocka_unit_test(a_gamma_from_quantiles_has_them),
    cmocka_unit_test(a_gamma_gives_its_quantiles_and_takes_them),
    cmocka_unit_test(the_spread_of_an_exponential_has_shape_one),
    cmocka_unit_test(lognormals_from_ninety_percent_intervals),
    cmocka_unit_test(lognormals_from_median_and_p95),
    cmocka_unit_test(perts_from_bounds), cmocka_unit_test(gpd_of_the_danish_fires),
    cmocka_unit_test(roots_are_found_to_the_last_digits))
