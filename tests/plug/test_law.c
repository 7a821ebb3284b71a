/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "tests/plug/fixture.h"

#include <gsl/gsl_cdf.h>

enum { CYCLES = 25, N = FIXTURE_N, DRAWS = CYCLES * N };

static double
spread(size_t i)
{
    return 0.2 + (double)(i % 61) / 10;
}

static double
other(size_t i)
{
    return 0.5 + (double)(i * 7 % 13) / 4;
}

static double
few(size_t i)
{
    return (double)(i % 5) / 2;
}

static double
many(size_t i)
{
    return 20 + (double)(i % 50);
}

static double
exponential_cdf(double x, double a, double b)
{
    (void)b;
    return gsl_cdf_exponential_P(x, a);
}

static double
poisson_cdf(double x, double a, double b)
{
    (void)b;
    return x < 0 ? 0 : a > 0 ? gsl_cdf_poisson_P((unsigned)x, a) : 1;
}

/* A law, and the parameters of future i: a spread of them, so that neighbours draw of
 * different laws. */
static const struct {
    const char *call;
    double (*a)(size_t i), (*b)(size_t i);
    double (*cdf)(double x, double a, double b);
    bool counts;
} laws[] = {
    {"t:exponential(p.a)", spread, other, exponential_cdf, false},
    {"t:gamma(p.a, p.b)", spread, other, gsl_cdf_gamma_P, false},
    {"t:beta(p.a, p.b)", spread, other, gsl_cdf_beta_P, false},
    {"t:lognormal(p.a, p.b)", spread, other, gsl_cdf_lognormal_P, false},
    {"t:poisson(p.a)", few, other, poisson_cdf, true},
    {"t:poisson(p.a)", many, other, poisson_cdf, true},
};
enum { LAWS = sizeof laws / sizeof laws[0] };

static void
start(struct fixture *f, size_t law, size_t n)
{
    char text[512];

    snprintf(text, sizeof text,
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  parameters = { a = { unit = '1', doc = 'd' }, b = { unit = '1', doc = 'd' } "
        "},\n"
        "  cycle = function(t, p) t.frequency = 0\n"
        "    t.loss_factor = %s\n  end }",
        laws[law].call);
    fixture_init(f, NULL);
    assert_int_equal(fixture_load(f, "test.lua", text, strlen(text)), RW_OK);
    assert_int_equal(fixture_open(f, n), RW_OK);
    for (size_t i = 0; i < n; i++) {
        fixture_param(f, "a")[i] = laws[law].a(i);
        fixture_param(f, "b")[i] = laws[law].b(i);
    }
    assert_int_equal(fixture_begin(f, 0), RW_OK);
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* F(x) of a draw is uniform; of a count, F(k - 1) + v (F(k) - F(k - 1)) is, v uniform
 * of another lane.  The limit is that of Dvoretzky, Kiefer and Wolfowitz at 1e-6. */
static void
draws_have_their_laws_at_every_parameter(void **state)
{
    static struct fixture f;
    static double u[DRAWS];

    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        double worst = 0;

        start(&f, k, N);
        for (unsigned c = 0; c < CYCLES; c++) {
            assert_int_equal(fixture_call(&f, c), RW_OK);
            for (size_t i = 0; i < N; i++) {
                double x = fixture_field(&f, "loss_factor")[i], a = f.params[0][i],
                       b = f.params[1][i], F = laws[k].cdf(x, a, b);
                double v = rw_stream_row_uniform((struct rw_stream){1, 2}, i, c);

                if (laws[k].counts)
                    F = F * v + laws[k].cdf(x - 1, a, b) * (1 - v);
                u[c * N + i] = F;
            }
        }
        qsort(u, DRAWS, sizeof *u, ascending);
        for (size_t i = 0; i < DRAWS; i++)
            worst = fmax(worst, fmax(fabs(u[i] - (double)i / DRAWS),
                                    fabs(u[i] - (double)(i + 1) / DRAWS)));
        if (!(worst <= check_dkw(DRAWS)))
            fail_msg("%s: %g, at most %g", laws[k].call, worst, check_dkw(DRAWS));
        fixture_close(&f);
    }
}

/* Q(u), at the ends too. */
static void
a_draw_is_the_quantile_of_its_uniform(void **state)
{
    static const double us[] = {
        0x1p-54, 1e-9, 0.01, 0.3, 0.5, 0.9, 0.999, 1 - 1e-10, 1 - 0x1p-53};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        start(&f, k, 70);
        for (size_t j = 0; j < sizeof us / sizeof us[0]; j++) {
            rw_host_fix_draws(f.instance, &us[j], 1);
            assert_int_equal(fixture_call(&f, 0), RW_OK);
            for (size_t i = 0; i < 70; i++) {
                double x = fixture_field(&f, "loss_factor")[i], a = f.params[0][i],
                       b = f.params[1][i], F = laws[k].cdf(x, a, b);

                if (laws[k].counts) /* the smallest that reaches u */
                    assert_true(F >= us[j] - 1e-14 &&
                                (x == 0 || laws[k].cdf(x - 1, a, b) < us[j] + 1e-14));
                else
                    assert_close(F, us[j], 1e-9);
            }
        }
        fixture_close(&f);
    }
}

static void
draws_do_not_depend_on_the_block(void **state)
{
    static struct fixture f;
    static double whole[N];

    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        start(&f, k, 1000);
        assert_int_equal(fixture_call(&f, 3), RW_OK);
        memcpy(whole, fixture_field(&f, "loss_factor"), 1000 * sizeof *whole);
        for (size_t from = 0; from < 1000; from += 250) {
            assert_int_equal(fixture_begin(&f, from), RW_OK);
            f.call.n = 250;
            for (size_t i = 0; i < 250; i++) {
                fixture_param(&f, "a")[i] = laws[k].a(from + i);
                fixture_param(&f, "b")[i] = laws[k].b(from + i);
            }
            assert_int_equal(fixture_call(&f, 3), RW_OK);
            assert_memory_equal(
                whole + from, fixture_field(&f, "loss_factor"), 250 * sizeof *whole);
        }
        fixture_close(&f);
    }
}

/* The same draw of the stream, so more of what is rare is never less. */
static void
draws_rise_with_what_their_law_rises_with(void **state)
{
    static struct fixture f;
    static double before[N];

    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        start(&f, k, N);
        assert_int_equal(fixture_call(&f, 1), RW_OK);
        memcpy(before, fixture_field(&f, "loss_factor"), sizeof before);
        for (size_t i = 0; i < N; i++)
            fixture_param(&f, "a")[i] *= 1.25;
        assert_int_equal(fixture_begin(&f, 0), RW_OK);
        assert_int_equal(fixture_call(&f, 1), RW_OK);
        for (size_t i = 0; i < N; i++)
            assert_true(fixture_field(&f, "loss_factor")[i] >= before[i] * (1 - 1e-12));
        fixture_close(&f);
    }
}

CHECK_MAIN(cmocka_unit_test(draws_have_their_laws_at_every_parameter),
    cmocka_unit_test(a_draw_is_the_quantile_of_its_uniform),
    cmocka_unit_test(draws_do_not_depend_on_the_block),
    cmocka_unit_test(draws_rise_with_what_their_law_rises_with))
