/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/conditional.h"
#include "num/semantics.h"
#include "tests/support/check.h"

static struct rw_dist
make(const char *name, const char *p1, double v1, const char *p2, double v2,
    const char *p3, double v3)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(RW_OK,
        rw_dist_make(name, (const struct rw_dist_arg[]){{p1, v1}, {p2, v2}, {p3, v3}},
            p3 == NULL ? 2 : 3, &d, &bad, why));
    return d;
}

static struct rw_reading *
reading(enum rw_reading_kind kind, const struct rw_frequency *f,
    const struct rw_loss_law *x)
{
    struct rw_reading *r;
    struct rw_error e = {0};

    if (rw_reading_new(kind, f, x, &r, &e) != RW_OK)
        fail_msg("%s", e.text);
    return r;
}

/* F ~ lognormal(0, 0.5) and X ~ lognormal(1, 1.2) make lognormal(1, 1.3). */
static void
a_product_of_lognormals_is_one(void **state)
{
    struct rw_dist x = make("lognormal", "mu", 1, "sigma", 1.2, NULL, 0);
    struct rw_dist l = make("lognormal", "mu", 1, "sigma", 1.3, NULL, 0);
    struct rw_mixing_factor f = {
        .x = make("lognormal", "mu", 0, "sigma", 0.5, NULL, 0)};
    struct rw_frequency frequency = {.factors = &f, .n_factors = 1};
    struct rw_loss_law law = rw_loss_law_of(&x);
    struct rw_reading *r = reading(RW_READING_PRODUCT, &frequency, &law);

    (void)state;
    assert_relative(rw_reading_mean(r), rw_dist_mean(&l), 1e-12);
    assert_relative(rw_reading_sd(r), rw_dist_sd(&l), 1e-12);
    assert_true(rw_reading_p0(r) == 0);
    for (double v = 0.01; v < 1e3; v *= 3) {
        struct rw_figure p = rw_reading_sf(r, v);

        assert_true(p.error > 0 && p.error <= 1e-9);
        assert_close(p.value, rw_dist_sf(&l, v), p.error);
    }
    for (int i = 0; i < 5; i++) {
        static const double q[] = {0.05, 0.5, 0.95, 0.99, 0.9999};
        struct rw_figure v = rw_reading_quantile(r, q[i]);
        double want = rw_dist_quantile(&l, q[i]);
        double tvar = want + (rw_dist_mean(&l) - rw_dist_lev(&l, want)) / (1 - q[i]);

        assert_true(v.error <= 1e-8 * want / (1 - q[i]));
        assert_close(v.value, want, v.error);
        v = rw_reading_tvar(r, q[i]);
        assert_true(v.error <= 1e-8 * want / (1 - q[i]));
        assert_close(v.value, tvar, v.error);
    }
    rw_reading_free(r);
}

/* Two lognormal factors and X: sigma^2 = 0.25 + 0.09 + 1. */
static void
a_product_of_three_lognormals_is_one(void **state)
{
    struct rw_dist x = make("lognormal", "mu", 1, "sigma", 1, NULL, 0);
    struct rw_dist l = make("lognormal", "mu", 1.5, "sigma", sqrt(1.34), NULL, 0);
    struct rw_mixing_factor f[] = {
        {.x = make("lognormal", "mu", 0.5, "sigma", 0.3, NULL, 0)},
        {.x = make("lognormal", "mu", 0, "sigma", 0.5, NULL, 0)}};
    struct rw_frequency frequency = {.factors = f, .n_factors = 2};
    struct rw_loss_law law = rw_loss_law_of(&x);
    struct rw_reading *r = reading(RW_READING_PRODUCT, &frequency, &law);

    (void)state;
    assert_relative(rw_reading_sd(r), rw_dist_sd(&l), 1e-12);
    for (double q = 0.9; q < 0.9999; q = 1 - (1 - q) / 20) {
        struct rw_figure v = rw_reading_quantile(r, q), p = rw_reading_sf(r, v.value);
        double want = rw_dist_quantile(&l, q);

        assert_close(v.value, want, v.error);
        assert_true(p.error <= 1e-8);
        v = rw_reading_tvar(r, q);
        assert_close(v.value,
            want + (rw_dist_mean(&l) - rw_dist_lev(&l, want)) / (1 - q), v.error);
    }
    rw_reading_free(r);
}

/* P(U V > x) = 1 - x + x ln x; with a third, 1 - x (1 - ln x + ln^2 x / 2). */
static void
products_of_uniforms_are_known(void **state)
{
    struct rw_dist u = make("uniform", "min", 0, "max", 1, NULL, 0);
    struct rw_mixing_factor f[2] = {{.x = u}, {.x = u}};
    struct rw_frequency frequency = {.factors = f, .n_factors = 1};
    struct rw_loss_law law = rw_loss_law_of(&u);

    (void)state;
    for (size_t n = 1; n <= 2; n++) {
        struct rw_reading *r;

        frequency.n_factors = n;
        r = reading(RW_READING_PRODUCT, &frequency, &law);
        for (double x = 0.01; x < 1; x += 0.07) {
            double l = log(x), want = 1 - x + x * l;
            struct rw_figure p = rw_reading_sf(r, x);

            want = n == 1 ? want : 1 - x * (1 - l + l * l / 2);
            assert_close(p.value, want, p.error);
            assert_true(p.error <= (n == 1 ? 1e-9 : 1e-5));
        }
        assert_relative(rw_reading_mean(r), pow(0.5, (double)n + 1), 1e-12);
        rw_reading_free(r);
    }
}

/* F ~ PERT(1, 4, 10), X ~ PERT(10k, 100k, 1M): figures of a published
 * comparison of the two readings, rounded there to 500. */
static void
the_readings_differ_as_published(void **state)
{
    struct rw_dist x = make("pert", "min", 1e4, "mode", 1e5, "max", 1e6);
    struct rw_mixing_factor f = {.x = make("pert", "min", 1, "mode", 4, "max", 10)};
    struct rw_frequency frequency = {.factors = &f, .n_factors = 1};
    struct rw_loss_law law = rw_loss_law_of(&x);
    struct rw_reading *r = reading(RW_READING_PRODUCT, &frequency, &law);
    struct rw_event_part part = {.amount = x, .scale = 1, .probability = 1};
    struct rw_compound_member member = {
        .share = 1, .event = {.parts = &part, .n_parts = 1}};
    struct rw_compound c = {.members = &member, .n_members = 1};
    struct rw_conditional *compound;
    struct rw_tail_estimate v;
    struct rw_arena a;
    struct rw_mixing m;

    (void)state;
    assert_relative(rw_reading_mean(r), 1057500.0, 1e-12);
    assert_close(rw_reading_quantile(r, 0.95).value, 2753500, 500);
    rw_reading_free(r);
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_mixing_make(&f, 1, &a, &m));
    c.m = m.node;
    c.weight = m.weight;
    c.n_nodes = m.n;
    assert_int_equal(RW_OK, rw_conditional_new(&c, 1, 0.95, 200000,
                                (struct rw_stream){1, 1}, &compound, NULL));
    assert_relative(rw_conditional_mean(compound, 0.95).value, 1057500.0, 1e-10);
    v = rw_conditional_quantile(compound, 0.95, 0.95);
    /* Student's t with 7 degrees of freedom at 1e-6: 13.5 */
    assert_close(v.value, 2397500, 500 + 13.5 * v.se);
    v = rw_conditional_quantile(compound, 0.99, 0.95);
    assert_close(v.value, 3144500, 500 + 13.5 * v.se);
    v = rw_conditional_tvar(compound, 0.95, 0.95);
    assert_close(v.value, 2857077, 500 + 13.5 * v.se);
    rw_conditional_free(compound);
    rw_arena_fini(&a);
}

static void
at_most_one_event_has_the_compounds_quiet_years(void **state)
{
    struct rw_dist x = make("lognormal", "mu", 3, "sigma", 1, NULL, 0);
    struct rw_mixing_factor f = {.x = make("uniform", "min", 0.2, "max", 1.4, NULL, 0)};
    struct rw_frequency frequency = {.factors = &f, .n_factors = 1};
    struct rw_loss_law law = rw_loss_law_of(&x);
    struct rw_reading *r = reading(RW_READING_AT_MOST_ONE, &frequency, &law);
    double p = 1 - (exp(-0.2) - exp(-1.4)) / 1.2, v;

    (void)state;
    assert_close(rw_reading_p0(r), 1 - p, 1e-10);
    assert_relative(rw_reading_mean(r), p * rw_dist_mean(&x), 1e-10);
    assert_close(rw_reading_sf(r, 30).value, p * rw_dist_sf(&x, 30), 1e-10);
    assert_true(rw_reading_quantile(r, 0.9 * (1 - p)).value == 0);
    v = rw_dist_quantile(&x, 1 - 0.05 / p);
    assert_close(
        rw_reading_quantile(r, 0.95).value, v, rw_reading_quantile(r, 0.95).error);
    assert_true(rw_reading_quantile(r, 0.95).error <= 1e-7 * v);
    assert_relative(rw_reading_tvar(r, 0.95).value,
        v + p * (rw_dist_mean(&x) - rw_dist_lev(&x, v)) / 0.05, 1e-8);
    rw_reading_free(r);

    /* A Bernoulli count's frequency is its probability; of other laws it is
     * the chance of any event. */
    f.x = rw_dist_constant(0.3);
    frequency.law = RW_COUNT_BERNOULLI;
    r = reading(RW_READING_AT_MOST_ONE, &frequency, &law);
    assert_close(rw_reading_p0(r), 0.7, 1e-14);
    rw_reading_free(r);
    f.x = rw_dist_constant(3);
    frequency.law = RW_COUNT_NEGBIN;
    frequency.dispersion = 1 / 1.2;
    r = reading(RW_READING_AT_MOST_ONE, &frequency, &law);
    assert_close(rw_reading_p0(r), pow(3.5, -1.2), 1e-14);
    rw_reading_free(r);
}

/* sd of the product from moments; a floor makes an atom. */
static void
moments_and_atoms_are_closed(void **state)
{
    struct rw_dist x = make("pert", "min", 0, "mode", 2, "max", 9);
    struct rw_mixing_factor f = {.x = make("normal", "mean", 1, "sd", 1, NULL, 0)};
    struct rw_frequency frequency = {.factors = &f, .n_factors = 1};
    struct rw_loss_law law = rw_loss_law_of(&x);
    double m = rw_dist_mean(&x), s = rw_dist_sd(&x), mf, sf, p;
    struct rw_reading *r;
    struct rw_error e = {0};

    (void)state;
    assert_int_equal(
        RW_ERR_INPUT, rw_reading_new(RW_READING_PRODUCT, &frequency, &law, &r, &e));
    assert_non_null(strstr(e.text, "floor"));
    f.x.floor = 0;
    r = reading(RW_READING_PRODUCT, &frequency, &law);
    mf = rw_dist_mean(&f.x);
    sf = rw_dist_sd(&f.x);
    p = erfc(1 / sqrt(2)) / 2; /* F = 0 */
    assert_close(rw_reading_p0(r), p, 1e-12);
    assert_close(rw_reading_sf(r, 0).value, 1 - p, rw_reading_sf(r, 0).error);
    assert_relative(rw_reading_sd(r),
        sqrt((mf * mf + sf * sf) * (m * m + s * s) - mf * mf * m * m), 1e-12);
    assert_true(rw_reading_quantile(r, 0.1).value == 0);
    rw_reading_free(r);
}

CHECK_MAIN(cmocka_unit_test(a_product_of_lognormals_is_one),
    cmocka_unit_test(a_product_of_three_lognormals_is_one),
    cmocka_unit_test(products_of_uniforms_are_known),
    cmocka_unit_test(the_readings_differ_as_published),
    cmocka_unit_test(at_most_one_event_has_the_compounds_quiet_years),
    cmocka_unit_test(moments_and_atoms_are_closed))
