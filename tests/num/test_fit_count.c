/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of counts fitted by maximum likelihood. */
#include "num/fit_count.h"
#include "num/root.h"
#include "num/stream.h"
#include "tests/support/check.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_psi.h>

enum { MOST = 4000 };

static unsigned k[MOST];
static double e[MOST];
static struct rw_counts counts;

static const struct rw_counts *
alike(size_t n)
{
    for (size_t i = 0; i < n; i++)
        e[i] = 1;
    rw_counts_init(&counts, k, e, n);
    return &counts;
}

/* n counts of the law at mean m e, by inversion; e as they are. */
static const struct rw_counts *
simulate(enum rw_count_law law, const double p[2], size_t n, uint64_t future)
{
    struct rw_stream lane = {27032, rw_lane("test", rw_count_fit_name(law), "count")};
    struct rw_count c = {.law = law};

    c.dispersion = law == RW_COUNT_NEGBIN ? p[1] : 0;
    c.zero = law == RW_COUNT_ZIP ? p[1] : 0;
    for (size_t i = 0; i < n; i++)
        k[i] = rw_count_quantile(&c, p[0] * e[i], rw_stream_uniform(lane, future, i));
    rw_counts_init(&counts, k, e, n);
    return &counts;
}

static struct rw_count_fit
fitted(enum rw_count_law law, const struct rw_counts *s)
{
    struct rw_count_fit f;

    rw_count_fit(law, s, &f);
    if (f.fit.why[0])
        fail_msg("%s: %s", rw_count_fit_name(law), f.fit.why);
    return f;
}

static void
poisson_is_events_over_time(void **state)
{
    static const unsigned some[] = {3, 0, 7, 2};
    struct rw_count_fit f;

    (void)state;
    memcpy(k, some, sizeof some);
    alike(4);
    e[0] = 0.25;
    rw_counts_init(&counts, k, e, 4);
    f = fitted(RW_COUNT_POISSON, &counts);
    assert_relative(f.fit.p[0], 12 / 3.25, 1e-14);
    assert_relative(f.fit.se[0], sqrt(12) / 3.25, 1e-7);
    /* Pearson and Hartley's table 40: 12 events, 6.20 and 20.96 */
    assert_close(f.fit.low[0] * 3.25, 6.20, 0.005);
    assert_close(f.fit.high[0] * 3.25, 20.96, 0.005);
}

/* Red mites on 150 apple leaves: Bliss and Fisher, Biometrics 9 (1953) 176,
 * table 1, find the exponent 1.02459. */
static const struct rw_counts *
mites(void)
{
    static const unsigned leaves[] = {70, 38, 17, 10, 9, 3, 2, 1};
    size_t n = 0;

    for (unsigned j = 0; j < 8; j++)
        for (unsigned i = 0; i < leaves[j]; i++)
            k[n++] = j;
    return alike(n);
}

static void
negbin_finds_the_published_exponent(void **state)
{
    struct rw_count_fit f = fitted(RW_COUNT_NEGBIN, mites());

    (void)state;
    assert_relative(f.fit.p[0], 172.0 / 150, 1e-13);
    assert_close(1 / f.fit.p[1], 1.02459, 6e-6);
    /* orthogonal parameters: Var(mean) = (m + f m^2) / n */
    assert_relative(f.fit.se[0],
        sqrt((f.fit.p[0] + f.fit.p[1] * f.fit.p[0] * f.fit.p[0]) / 150), 1e-6);
}

/* sum psi(r + k) - psi(r) = n ln(1 + m / r), with GSL's psi. */
static double
score_of_r(const void *ctx, double r)
{
    const struct rw_counts *s = ctx;
    double sum = -(double)s->n * log1p(s->events / s->length / r);

    for (size_t i = 0; i < s->n; i++)
        sum += gsl_sf_psi(r + s->k[i]) - gsl_sf_psi(r);
    return sum;
}

static void
negbin_solves_the_equation_of_the_exponent(void **state)
{
    static const double laws[][2] = {{3, 0.5}, {40, 0.02}, {0.4, 3}, {1500, 0.3}};

    (void)state;
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        const struct rw_counts *s = alike(300);
        struct rw_count_fit f;

        s = simulate(RW_COUNT_NEGBIN, laws[i], 300, i);
        f = fitted(RW_COUNT_NEGBIN, s);
        assert_relative(1 / f.fit.p[1], rw_root(score_of_r, s, 0.01, 1e4), 1e-6);
    }
}

/* Periods of unequal length: m solves its equation, and no step leads higher. */
static void
negbin_takes_part_periods(void **state)
{
    const struct rw_counts *s;
    struct rw_count_fit f;

    (void)state;
    alike(MOST);
    for (size_t i = 0; i < MOST; i++)
        e[i] = 0.1 + (double)(i % 7) / 3;
    s = simulate(RW_COUNT_NEGBIN, (double[]){6, 0.4}, MOST, 20);
    f = fitted(RW_COUNT_NEGBIN, s);
    assert_close(f.fit.p[0], 6, CHECK_Z * f.fit.se[0]);
    assert_close(f.fit.p[1], 0.4, CHECK_Z * f.fit.se[1]);
    assert_true(f.fit.se[0] < 0.2 && f.fit.se[1] < 0.03);
    /* a hundredth of an error in any of eight directions is lower: likelihood by
     * the law's own probabilities */
    for (int turn = 0; turn < 8; turn++) {
        double x = 0.01 * cos(turn * M_PI / 4), y = 0.01 * sin(turn * M_PI / 4);
        struct rw_count c = {
            .law = RW_COUNT_NEGBIN, .dispersion = f.fit.p[1] + y * f.fit.se[1]};
        double sum = 0;

        for (size_t i = 0; i < s->n; i++)
            sum += log(
                rw_count_pmf(&c, (f.fit.p[0] + x * f.fit.se[0]) * s->e[i], s->k[i]));
        assert_true(sum < f.fit.loglik);
    }
}

/* The equations of the maximum: expected empty periods and expected events are
 * those seen. */
static void
zip_keeps_events_and_empty_periods(void **state)
{
    const struct rw_counts *s = alike(500);
    struct rw_count_fit f;
    double empty = 0;

    (void)state;
    s = simulate(RW_COUNT_ZIP, (double[]){2.5, 0.3}, 500, 30);
    f = fitted(RW_COUNT_ZIP, s);
    for (size_t i = 0; i < s->n; i++)
        empty += s->k[i] == 0;
    assert_relative(500 * (1 - f.fit.p[1]) * f.fit.p[0], s->events, 1e-12);
    assert_relative(
        500 * (f.fit.p[1] + (1 - f.fit.p[1]) * exp(-f.fit.p[0])), empty, 1e-12);
}

static void
likelihoods_are_those_of_the_laws(void **state)
{
    static const double p[RW_COUNT_FITS][2] = {{2}, {2, 0.7}, {2, 0.3}};
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (size_t i = 0; i < RW_COUNT_FITS; i++) {
        const struct rw_counts *s = alike(400);
        struct rw_count_fit f;
        struct rw_count c;
        double sum = 0;

        s = simulate(rw_count_fits[i], p[i], 400, 40);
        f = fitted(rw_count_fits[i], s);
        assert_int_equal(rw_count_init(&c, rw_count_fits[i], f.fit.p[1], &a), RW_OK);
        for (size_t j = 0; j < s->n; j++)
            sum += log(rw_count_pmf(&c, f.fit.p[0], s->k[j]));
        assert_relative(f.fit.loglik, sum, 1e-11);
    }
    rw_arena_fini(&a);
}

static void
known_laws_come_back_as_often_as_intervals_say(void **state)
{
    enum { REPEATS = 400, N = 300 };
    static const double p[RW_COUNT_FITS][2] = {{3}, {4, 0.5}, {3, 0.3}};
    double limit = CHECK_Z * sqrt(0.95 * 0.05 / REPEATS) + 0.005;

    (void)state;
    alike(N);
    for (size_t i = 0; i < RW_COUNT_FITS; i++) {
        int inside[2] = {0, 0};
        size_t n_params = 0;

        for (uint64_t b = 0; b < REPEATS; b++) {
            struct rw_count_fit f =
                fitted(rw_count_fits[i], simulate(rw_count_fits[i], p[i], N, 100 + b));

            n_params = f.fit.n_params;
            for (size_t j = 0; j < n_params; j++) {
                assert_close(f.fit.p[j], p[i][j], 1.2 * CHECK_Z * f.fit.se[j]);
                inside[j] += f.fit.low[j] <= p[i][j] && p[i][j] <= f.fit.high[j];
            }
        }
        for (size_t j = 0; j < n_params; j++)
            assert_close((double)inside[j] / REPEATS, 0.95, limit);
    }
}

static void
what_has_no_maximum_is_refused(void **state)
{
    static const unsigned even[] = {3, 4, 3, 4, 3, 4}, rare[] = {1, 0, 0, 1, 0, 0};
    struct rw_count_fit f;

    (void)state;
    memcpy(k, even, sizeof even);
    alike(6);
    rw_count_fit(RW_COUNT_NEGBIN, &counts, &f);
    assert_non_null(strstr(f.fit.why, "scatter no more"));
    rw_count_fit(RW_COUNT_ZIP, &counts, &f);
    assert_non_null(strstr(f.fit.why, "no period is without"));
    memcpy(k, rare, sizeof rare);
    alike(6);
    rw_count_fit(RW_COUNT_ZIP, &counts, &f);
    assert_non_null(strstr(f.fit.why, "more than one event"));
    e[2] = 0.5;
    rw_counts_init(&counts, k, e, 6);
    rw_count_fit(RW_COUNT_ZIP, &counts, &f);
    assert_non_null(strstr(f.fit.why, "equally long"));
    memset(k, 0, sizeof k);
    alike(6);
    rw_count_fit(RW_COUNT_POISSON, &counts, &f);
    assert_non_null(strstr(f.fit.why, "no event"));
}

static void
scatter_is_pearson_s(void **state)
{
    static const unsigned some[] = {2, 4, 6};
    double p;

    (void)state;
    memcpy(k, some, sizeof some);
    assert_relative(
        rw_counts_scatter(alike(3), &p), 1.0, 1e-14); /* (4 + 0 + 4) / 4 / 2 */
    assert_relative(p, exp(-1), 1e-12); /* chi-squared, 2 degrees of freedom */
}

/* Of all j from 0 to beyond the largest count. */
static void
distance_is_the_largest_of_all(void **state)
{
    double p[2] = {3, 0.8}, most = 0;
    struct rw_count c = {.law = RW_COUNT_NEGBIN, .dispersion = 0.8};
    const struct rw_counts *s;

    (void)state;
    alike(60);
    for (size_t i = 0; i < 60; i++)
        e[i] = 1 + (double)(i % 3);
    s = simulate(RW_COUNT_NEGBIN, (double[]){3, 0.3}, 60, 50);
    for (unsigned j = 0; j < 100; j++) {
        double share = 0, f = 0;

        for (size_t i = 0; i < 60; i++) {
            share += (s->k[i] <= j) / 60.0;
            f += rw_count_cdf(&c, 3 * e[i], j) / 60;
        }
        most = fmax(most, fabs(share - f));
    }
    assert_close(rw_count_distance(RW_COUNT_NEGBIN, p, s), most, 1e-12);
}

static void
replicates_give_honest_probabilities(void **state)
{
    enum { REPEATS = 200 };
    int small = 0;
    struct rw_count_fit f;

    (void)state;
    alike(40);
    for (uint64_t b = 0; b < REPEATS; b++) {
        f = fitted(RW_COUNT_POISSON,
            simulate(RW_COUNT_POISSON, (double[]){20, 0}, 40, 1000 + b));
        assert_int_equal(rw_count_test(&f, &counts, 99, b, NULL), RW_OK);
        small += f.fit.ks_p <= 0.1;
    }
    assert_close((double)small / REPEATS, 0.1, CHECK_Z * sqrt(0.09 / REPEATS));
    f = fitted(RW_COUNT_POISSON, simulate(RW_COUNT_NEGBIN, (double[]){20, 2}, 40, 60));
    assert_int_equal(rw_count_test(&f, &counts, 199, 1, NULL), RW_OK);
    assert_relative(f.fit.ks_p, 1.0 / 200, 1e-12);
}

static int
quiet(void **state)
{
    (void)state;
    gsl_set_error_handler_off();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poisson_is_events_over_time),
        cmocka_unit_test(negbin_finds_the_published_exponent),
        cmocka_unit_test(negbin_solves_the_equation_of_the_exponent),
        cmocka_unit_test(negbin_takes_part_periods),
        cmocka_unit_test(zip_keeps_events_and_empty_periods),
        cmocka_unit_test(likelihoods_are_those_of_the_laws),
        cmocka_unit_test(known_laws_come_back_as_often_as_intervals_say),
        cmocka_unit_test(what_has_no_maximum_is_refused),
        cmocka_unit_test(scatter_is_pearson_s),
        cmocka_unit_test(distance_is_the_largest_of_all),
        cmocka_unit_test(replicates_give_honest_probabilities),
    };

    return cmocka_run_group_tests(tests, quiet, NULL);
}
