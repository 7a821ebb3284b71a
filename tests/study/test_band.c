/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chance and the estimates told apart, where both are known in closed form. */
#include "num/special.h"
#include "num/stream.h"
#include "study/band.h"
#include "study/law.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { G = 400, K = 100, MEAN = 2 };

/* Student's t with RW_BAND_BLOCKS - 1 = 19 degrees of freedom beyond which a
 * millionth lies on both sides: t^2 / (t^2 + 19) ~ Beta(1/2, 19/2). */
static double
t19(double alpha)
{
    struct rw_beta_law law = rw_beta_law(0.5, 9.5);
    double y, x = rw_beta_inverse(&law, 1 - alpha, alpha, &y);

    return sqrt(19 * x / y);
}

/* Quantile of Gamma(shape, mean). */
static double
gamma_quantile(double shape, double mean, double q)
{
    struct rw_gamma_law law = rw_gamma_law(shape);

    return rw_gamma_inverse(&law, q, 1 - q) * mean / shape;
}

/* P(N > n), N ~ Poisson(m): Gamma(n + 1) below m. */
static double
poisson_beyond(double m, unsigned n)
{
    struct rw_gamma_law law = rw_gamma_law(n + 1.0);
    double p, q;

    rw_gamma_tails(&law, log(m), &p, &q);
    return p;
}

/* One threat, whose yearly number of events is Poisson with a mean that
 * nobody knows: Gamma of mean 2 and this shape (infinite: it is known).  An
 * event costs one. */
static struct rw_model *
make(struct rw_arena *a, double shape)
{
    struct rw_model *m = small_model(a, 1, 1, 0, 1, 1, 1);

    m->threats[0].frequency.dist =
        isinf(shape) ? rw_dist_constant(MEAN)
                     : SMALL_DIST("gamma", {"mean", MEAN}, {"sd", MEAN / sqrt(shape)});
    small_build(m, a);
    return m;
}

static struct rw_outcome *
run(const struct rw_model *m, size_t truths, size_t histories, uint64_t seed)
{
    struct rw_run_options x = {.trials = 50000,
        .seed = seed,
        .seed_given = true,
        .nest = {.truths = truths, .histories = histories}};
    struct rw_outcome *o;
    struct rw_error e = {0};

    assert_int_equal(RW_OK, rw_run(m, &x, &o, &e));
    return o;
}

/* The curve at given losses, and the band there. */
static struct rw_band *
band_at(struct rw_outcome *o, const double loss[], size_t n, struct rw_arena *a)
{
    struct rw_law *law = RW_ARENA_NEW(a, 1, struct rw_law);
    double *tmp = malloc(o->n * sizeof *tmp);
    struct rw_band *b;

    rw_sort(o->year_loss[0], o->n, tmp);
    law->n_curve = n;
    for (size_t k = 0; k < n; k++) {
        struct rw_curve_point *p = &law->curve[k];

        p->loss = loss[k];
        rw_tail_exceedance(o->year_loss[0], o->n, loss[k], RW_RESULT_LEVEL,
            &p->probability, &p->low, &p->high);
    }
    b = rw_band_make(law, o->n, &o->nested, o->nested.year_loss[0], a, NULL);
    free(tmp);
    assert_non_null(b);
    return b;
}

/* P(N > x | m) rises with m: its quantiles are those of m put through it. */
static void
the_band_is_that_of_the_closed_form(void **state)
{
    static const double shapes[] = {4, 1}, at[] = {0, 1, 3, 5};
    double limit = t19(1e-6);

    (void)state;
    for (size_t s = 0; s < 2; s++) {
        struct rw_arena a;
        struct rw_outcome *o;
        struct rw_band *b;

        rw_arena_init(&a);
        o = run(make(&a, shapes[s]), G, K, 27032);
        b = band_at(o, at, 4, &a);
        assert_int_equal(4, b->n);
        assert_int_equal(0, b->left_out);
        for (size_t k = 0; k < 4; k++)
            for (size_t j = 0; j < RW_BAND_LEVELS; j++) {
                double m = gamma_quantile(shapes[s], MEAN, rw_band_levels[j]);
                double want = poisson_beyond(m, (unsigned)at[k]);

                assert_close(b->points[k].chance[j], want, limit * b->points[k].se[j]);
                assert_true(b->points[k].se[j] < 0.1); /* it says something */
            }
        rw_outcome_free(o);
        rw_arena_fini(&a);
    }
}

/* L = N: Var E(L | m) = Var m, E Var(L | m) = E m. */
static void
the_share_of_the_estimates_is_that_of_the_closed_form(void **state)
{
    static const double shapes[] = {16, 4, 1, INFINITY};

    (void)state;
    for (size_t s = 0; s < 4; s++) {
        double spread = MEAN * MEAN / shapes[s], want = spread / (spread + MEAN);
        struct rw_arena a;
        struct rw_outcome *o;
        struct rw_mean got;

        rw_arena_init(&a);
        o = run(make(&a, shapes[s]), 2000, 50, 7);
        got = rw_band_epistemic(o->nested.year_loss[0], 2000, 50);
        assert_close(got.mean, want, CHECK_Z * got.se);
        assert_true(got.se > 0 && got.se < 0.03);
        rw_outcome_free(o);
        rw_arena_fini(&a);
    }
}

/* Two truths of two histories, by hand: means 1 and 5, within 2 and 8. */
static void
the_analysis_of_variance_by_hand(void **state)
{
    const double loss[] = {0, 2, 3, 7, 4, 4};
    /* means 1 5 4: MSB = 2 * (26/3) / 2 = 26/3, MSW = (2 + 8 + 0) / 3 */
    double msb = 26 / 3.0, msw = 10 / 3.0, between = (msb - msw) / 2;

    (void)state;
    assert_relative(
        rw_band_epistemic(loss, 3, 2).mean, between / (between + msw), 1e-14);
}

/* Exceedances of one point, chance by chance, for a law that the fit starts
 * from: what is left is sampling, and the errors told must cover it. */
static void
the_errors_told_are_not_too_small(void **state)
{
    enum { RUNS = 200 };
    struct rw_beta_law law = rw_beta_law(3, 37);
    double covered[RW_BAND_LEVELS] = {0}, limit = t19(0.05), y;
    static double loss[G * K];
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (uint64_t r = 0; r < RUNS; r++) {
        struct rw_nested nest = {.truths = G, .histories = K};
        struct rw_law curve = {
            .n_curve = 1, .curve = {{.loss = 0.5, .probability = 3 / 40.0}}};
        struct rw_band *b;

        for (uint64_t g = 0; g < G; g++) {
            double u = rw_stream_uniform((struct rw_stream){1, 2}, r * G + g, 0);
            double p = rw_beta_inverse(&law, u, 1 - u, &y);

            rw_stream_fill(
                (struct rw_stream){1, 3}, (r * G + g) * K, 0, K, loss + g * K);
            for (size_t i = g * K; i < (g + 1) * K; i++)
                loss[i] = loss[i] < p;
        }
        b = rw_band_make(&curve, 100000, &nest, loss, &a, NULL);
        assert_int_equal(1, b->n);
        for (size_t j = 0; j < RW_BAND_LEVELS; j++) {
            double q = rw_band_levels[j], want = rw_beta_inverse(&law, q, 1 - q, &y);

            covered[j] +=
                fabs(b->points[0].chance[j] - want) <= limit * b->points[0].se[j];
        }
    }
    for (size_t j = 0; j < RW_BAND_LEVELS; j++)
        assert_true(covered[j] / RUNS >= 0.95 - CHECK_Z * sqrt(0.95 * 0.05 / RUNS));
    rw_arena_fini(&a);
}

static void
levels_ascend_at_a_loss_and_fall_along_the_curve(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_band *b;
    const double at[] = {0, 1, 2, 3, 4, 5, 6, 7};

    (void)state;
    rw_arena_init(&a);
    o = run(make(&a, 1), 60, 50, 4);
    b = band_at(o, at, 8, &a);
    assert_true(b->n >= 4);
    for (size_t k = 0; k < b->n; k++)
        for (size_t j = 0; j < RW_BAND_LEVELS; j++) {
            const struct rw_band_point *p = &b->points[k];

            assert_true(p->chance[j] >= 0 && p->chance[j] <= 1 && p->se[j] > 0);
            assert_true(j == 0 || p->chance[j] >= p->chance[j - 1]);
            assert_true(k == 0 || p->chance[j] <= p[-1].chance[j]);
        }
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
what_the_run_cannot_tell_is_left_out(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_band *b;
    const double at[] = {0, 2, 12, 14};

    (void)state;
    rw_arena_init(&a);
    o = run(make(&a, 4), 50, 50, 4);
    b = band_at(o, at, 4, &a); /* P(N > 12) is some 2e-4, of 2500 histories */
    assert_int_equal(2, b->n);
    assert_int_equal(2, b->left_out);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* Where all is chance a point is told once in a hundred times; with the
 * skewness of chi-squared 0.0137.  Of 60, nine come once in four million. */
static void
what_is_known_has_no_band(void **state)
{
    const double at = 2;
    size_t told = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct rw_arena a;
        struct rw_outcome *o;

        rw_arena_init(&a);
        o = run(make(&a, INFINITY), G, K, seed);
        told += band_at(o, &at, 1, &a)->n;
        rw_outcome_free(o);
        rw_arena_fini(&a);
    }
    assert_true(told < 9);
}

static void
a_signal_ends_it(void **state)
{
    volatile sig_atomic_t stop = SIGINT;
    struct rw_nested nest = {.truths = 50, .histories = 2};
    struct rw_law curve = {.n_curve = 1, .curve = {{.loss = 0.5, .probability = 0.5}}};
    double loss[100];
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (size_t i = 0; i < 100; i++)
        loss[i] = i < 50;
    assert_non_null(rw_band_make(&curve, 1000, &nest, loss, &a, NULL));
    assert_null(rw_band_make(&curve, 1000, &nest, loss, &a, &stop));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(the_band_is_that_of_the_closed_form),
    cmocka_unit_test(the_share_of_the_estimates_is_that_of_the_closed_form),
    cmocka_unit_test(the_analysis_of_variance_by_hand),
    cmocka_unit_test(the_errors_told_are_not_too_small),
    cmocka_unit_test(levels_ascend_at_a_loss_and_fall_along_the_curve),
    cmocka_unit_test(what_the_run_cannot_tell_is_left_out),
    cmocka_unit_test(what_is_known_has_no_band), cmocka_unit_test(a_signal_ends_it))
