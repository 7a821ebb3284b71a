/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of the size of a loss fitted by maximum likelihood: closed forms,
 * simulated samples of known laws, and how often the intervals hold. */
#include "num/fit_severity.h"
#include "num/sampler.h"
#include "tests/support/check.h"

#include <gsl/gsl_errno.h>

enum { MOST = 20000 };

struct sample {
    double x[MOST], logs[MOST];
    struct rw_losses s;
};
static struct sample sample;

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* n losses of the law at p, from `from` on, by inversion. */
static const struct rw_losses *
simulate(const char *name, const double p[], double from, size_t n, uint64_t future)
{
    struct rw_stream lane = {27032, rw_lane("test", name, "loss")};
    struct rw_sampler q;
    struct rw_arena a;
    struct rw_dist d;
    double seen;

    rw_arena_init(&a);
    assert_true(rw_severity_dist(rw_severity_law(name), from, p, &d));
    assert_int_equal(rw_sampler_init(&q, &d, &a), RW_OK);
    seen = rw_dist_sf(&d, from);
    for (size_t i = 0; i < n; i++)
        sample.x[i] =
            fmax(rw_sampler_quantile(&q, 1 - seen * rw_stream_uniform(lane, future, i)),
                from);
    rw_arena_fini(&a);
    qsort(sample.x, n, sizeof *sample.x, ascending);
    rw_losses_init(&sample.s, sample.x, sample.logs, n, from);
    return &sample.s;
}

static struct rw_severity_fit
fitted(const char *name, const struct rw_losses *s)
{
    struct rw_severity_fit f;

    rw_severity_fit(rw_severity_law(name), s, &f);
    if (f.fit.why[0])
        fail_msg("%s: %s", name, f.fit.why);
    return f;
}

/* ---- closed forms ---- */

static void
exponential_is_the_mean(void **state)
{
    const struct rw_losses *s = simulate("exponential", (double[]){3}, 2, 400, 0);
    struct rw_severity_fit f = fitted("exponential", s);
    double mean = s->mean - 2;

    (void)state;
    assert_relative(f.fit.p[0], mean, 1e-14);
    assert_relative(f.fit.se[0], mean / 20, 1e-7);
    assert_relative(f.fit.loglik, -400 * (log(mean) + 1), 1e-13);
    assert_relative(f.fit.aic, 2 - 2 * f.fit.loglik, 1e-14);
    assert_relative(f.fit.bic, log(400) - 2 * f.fit.loglik, 1e-14);
    assert_relative(f.fit.low[0], mean * exp(-RW_Z975 / 20), 1e-7);
    assert_relative(f.seen, exp(-2 / mean), 1e-12);
}

static void
lognormal_is_the_moments_of_logarithms(void **state)
{
    const struct rw_losses *s = simulate("lognormal", (double[]){12, 2}, 0, 500, 1);
    struct rw_severity_fit f = fitted("lognormal", s);

    (void)state;
    assert_relative(f.fit.p[0], s->log1, 1e-14);
    assert_relative(f.fit.p[1], sqrt(s->log2), 1e-14);
    assert_relative(f.fit.se[0], f.fit.p[1] / sqrt(500), 1e-7);
    assert_relative(f.fit.se[1], f.fit.p[1] / sqrt(1000), 1e-7);
    assert_close(f.fit.cov[0][1], 0, 1e-7);
    assert_true(f.seen == 1);
}

/* At the maximum the information of lomax and gpd is another form of the same
 * one: alpha = 1 / xi, theta = beta / xi. */
static void
lomax_is_the_gpd_of_the_same_losses(void **state)
{
    const struct rw_losses *s = simulate("lomax", (double[]){2.5, 1e5}, 0, 3000, 2);
    struct rw_severity_fit l = fitted("lomax", s), g = fitted("gpd", s);
    double xi = g.fit.p[0];

    (void)state;
    assert_relative(l.fit.p[0], 1 / xi, 1e-12);
    assert_relative(l.fit.p[1], g.fit.p[1] / xi, 1e-12);
    assert_relative(l.fit.loglik, g.fit.loglik, 1e-12);
    assert_relative(l.fit.se[0], g.fit.se[0] / (xi * xi), 1e-5);
}

/* Information of n excesses at the true law: se xi = (1 + xi) / sqrt n, se beta
 * = beta sqrt(2 (1 + xi) / n) (Smith, Biometrika 72 (1985) 67). */
static void
gpd_errors_are_near_the_expected_information(void **state)
{
    const struct rw_losses *s = simulate("gpd", (double[]){0.5, 7}, 10, MOST, 3);
    struct rw_severity_fit f = fitted("gpd", s);

    (void)state;
    assert_relative(f.fit.se[0], 1.5 / sqrt(MOST), 0.05);
    assert_relative(f.fit.se[1], 7 * sqrt(3.0 / MOST), 0.05);
}

/* Weibull of shape 1 and gamma of shape 1 are exponential: with it alone free,
 * the maximum over the other is that of the exponential. */
static void
likelihoods_agree_where_families_meet(void **state)
{
    const struct rw_losses *s = simulate("exponential", (double[]){5}, 1.5, 300, 4);
    double want = rw_severity_law("exponential")->loglik(s, (double[]){4});

    (void)state;
    assert_relative(
        rw_severity_law("weibull")->loglik(s, (double[]){1, 4}), want, 1e-12);
    assert_relative(rw_severity_law("gamma")->loglik(s, (double[]){1, 4}), want, 1e-12);
    assert_relative(rw_severity_law("gpd")->loglik(s, (double[]){0, 4}), want, 1e-12);
    assert_relative(rw_severity_law("gpd")->loglik(s, (double[]){1e-7, 4}), want, 1e-5);
}

/* ---- the likelihoods are those of the laws ---- */

static const struct known {
    const char *name;
    double p[2], from;
} known[] = {
    {"exponential", {2e4, 0}, 0},
    {"exponential", {2e4, 0}, 1e4},
    {"gamma", {0.6, 5e4}, 0},
    {"gamma", {3, 100}, 150},
    {"weibull", {0.5, 1e4}, 0},
    {"weibull", {0.7, 1e4}, 5e3},
    {"weibull", {2, 10}, 6},
    {"lognormal", {10, 2}, 0},
    {"lognormal", {10, 1.5}, 1e4},
    {"lomax", {1.5, 1e5}, 0},
    {"lomax", {2.5, 1e5}, 5e4},
    {"gpd", {0.7, 10}, 20},
    {"gpd", {-0.2, 10}, 20},
    {"gpd", {1.4, 2e3}, 500},
};
enum { KNOWN = sizeof known / sizeof *known };

/* By the difference of 1 - F about each loss, divided by that at the threshold:
 * nothing of the closed densities. */
static void
likelihoods_are_those_of_the_laws(void **state)
{
    (void)state;
    for (size_t k = 0; k < KNOWN; k++) {
        const struct known *w = &known[k];
        const struct rw_losses *s = simulate(w->name, w->p, w->from, 200, 5);
        double sum = 0;
        struct rw_dist d;

        assert_true(rw_severity_dist(rw_severity_law(w->name), w->from, w->p, &d));
        for (size_t i = 0; i < s->n; i++) {
            double x = s->x[i], h = 1e-5 * (x - w->from);

            sum += log((rw_dist_sf(&d, x - h) - rw_dist_sf(&d, x + h)) / (2 * h) /
                       rw_dist_sf(&d, w->from));
        }
        assert_close(rw_severity_law(w->name)->loglik(s, w->p), sum, 1e-4 * 200);
    }
}

/* No step of a hundredth of a standard error, in any of eight directions,
 * leads higher. */
static void
maxima_are_maxima(void **state)
{
    (void)state;
    for (size_t k = 0; k < KNOWN; k++) {
        const struct known *w = &known[k];
        const struct rw_losses *s = simulate(w->name, w->p, w->from, 1000, 6);
        struct rw_severity_fit f = fitted(w->name, s);

        for (int turn = 0; turn < 8; turn++) {
            double p[2];

            for (size_t i = 0; i < 2; i++)
                p[i] = f.fit.p[i] +
                       0.01 * f.fit.se[i] *
                           (i == 0 ? cos(turn * M_PI / 4) : sin(turn * M_PI / 4));
            assert_true(f.law->loglik(s, p) <= f.fit.loglik);
        }
    }
}

/* ---- known laws come back ---- */

static void
known_laws_come_back(void **state)
{
    (void)state;
    for (size_t k = 0; k < KNOWN; k++) {
        const struct known *w = &known[k];
        const struct rw_losses *s = simulate(w->name, w->p, w->from, MOST, 7);
        struct rw_severity_fit f = fitted(w->name, s);

        for (size_t i = 0; i < f.fit.n_params; i++)
            assert_close(f.fit.p[i], w->p[i], CHECK_Z * f.fit.se[i]);
    }
}

/* 95 % intervals of 400 samples of 1000: those that hold the truth are binomial
 * about 0.95, to a few thousandths for a sample of that size. */
static void
intervals_hold_as_often_as_they_say(void **state)
{
    enum { REPEATS = 400, N = 1000 };
    double limit = CHECK_Z * sqrt(0.95 * 0.05 / REPEATS) + 0.005;

    (void)state;
    for (size_t k = 0; k < KNOWN; k++) {
        const struct known *w = &known[k];
        int inside[2] = {0, 0};
        size_t n_params = 0;

        for (uint64_t b = 0; b < REPEATS; b++) {
            struct rw_severity_fit f =
                fitted(w->name, simulate(w->name, w->p, w->from, N, 100 + b));

            n_params = f.fit.n_params;
            for (size_t i = 0; i < n_params; i++)
                inside[i] += f.fit.low[i] <= w->p[i] && w->p[i] <= f.fit.high[i];
        }
        for (size_t i = 0; i < n_params; i++)
            assert_close((double)inside[i] / REPEATS, 0.95, limit);
    }
}

/* Standard errors of a function: the quantile of an exponential is a multiple
 * of its mean, so has the same relative error. */
static double
exponential_p99(const void *ctx, const double p[])
{
    (void)ctx;
    return p[0] * log(100);
}

static void
errors_of_functions_are_those_of_the_parameters(void **state)
{
    const struct rw_losses *s = simulate("exponential", (double[]){3}, 0, 400, 8);
    struct rw_severity_fit f = fitted("exponential", s);

    (void)state;
    assert_relative(
        rw_fit_delta(&f.fit, exponential_p99, NULL), log(100) * f.fit.p[0] / 20, 1e-6);
}

/* ---- the law of the losses that are known ---- */

static void
quantiles_and_means_are_those_beyond_the_threshold(void **state)
{
    struct rw_dist d;

    (void)state;
    assert_true(rw_severity_dist(rw_severity_law("exponential"), 5, (double[]){2}, &d));
    assert_relative(rw_severity_mean(&d, 5), 7.0, 1e-12); /* it forgets */
    assert_relative(rw_severity_quantile(&d, 5, 0.95), 5 + 2 * log(20), 1e-12);
    assert_relative(rw_severity_quantile(&d, 0, 0.95), 2 * log(20), 1e-12);
    assert_true(rw_severity_dist(rw_severity_law("lomax"), 5, (double[]){3, 10}, &d));
    assert_relative(rw_severity_mean(&d, 5), 5 + 15.0 / 2, 1e-12);
    assert_true(rw_severity_dist(rw_severity_law("lomax"), 5, (double[]){1, 10}, &d));
    assert_true(isinf(rw_severity_mean(&d, 5)));
    assert_true(rw_severity_dist(rw_severity_law("gpd"), 5, (double[]){0.5, 3}, &d));
    assert_relative(rw_severity_mean(&d, 5), 11.0, 1e-12);
}

/* ---- no maximum ---- */

static void
what_has_no_maximum_is_refused(void **state)
{
    static const char *const names[] = {"lognormal", "weibull", "gamma"};
    struct rw_severity_fit f;

    (void)state;
    /* a Pareto law of exponent 1 from 1 on, spread evenly: ln x has the square
     * ratio 2 and more */
    for (size_t i = 0; i < 1000; i++)
        sample.x[i] = pow(1 - ((double)i + 0.5) / 1000, -1);
    sample.x[999] *= 4;
    rw_losses_init(&sample.s, sample.x, sample.logs, 1000, 1);
    for (size_t k = 0; k < 3; k++) {
        rw_severity_fit(rw_severity_law(names[k]), &sample.s, &f);
        assert_true(strstr(f.fit.why, "from the threshold on") != NULL);
    }
    /* uniform: the gpd would end at the largest */
    for (size_t i = 0; i < 1000; i++)
        sample.x[i] = 1 + (double)i / 999;
    rw_losses_init(&sample.s, sample.x, sample.logs, 1000, 1);
    rw_severity_fit(rw_severity_law("gpd"), &sample.s, &f);
    assert_non_null(strstr(f.fit.why, "-1/2"));
    rw_severity_fit(rw_severity_law("lomax"), &sample.s, &f);
    assert_true(f.fit.why[0] != '\0');
}

/* ---- goodness of fit ---- */

static void
distance_is_the_largest_step(void **state)
{
    static const double x[] = {1, 2, 2, 5};
    double logs[4];
    struct rw_losses s;
    struct rw_dist d;

    (void)state;
    rw_losses_init(&s, x, logs, 4, 0);
    assert_true(
        rw_severity_dist(rw_severity_law("exponential"), 0, (double[]){10}, &d));
    /* F = .0952 .1813 .3935 against steps 1/4 3/4 1: farthest at 5 */
    assert_relative(rw_severity_distance(&d, &s), exp(-0.5), 1e-12);
}

/* Of samples of the very law, p is about uniform: of 200, those below 0.1 are
 * binomial. */
static void
replicates_give_honest_probabilities(void **state)
{
    enum { REPEATS = 200 };
    int small = 0;

    (void)state;
    for (uint64_t b = 0; b < REPEATS; b++) {
        const struct rw_losses *s =
            simulate("weibull", (double[]){0.8, 10}, 2, 40, 1000 + b);
        struct rw_severity_fit f = fitted("weibull", s);

        assert_int_equal(rw_severity_test(&f, s, 99, b, NULL), RW_OK);
        small += f.fit.ks_p <= 0.1;
    }
    assert_close((double)small / REPEATS, 0.1, CHECK_Z * sqrt(0.09 / REPEATS));
}

/* Stephens, JASA 69 (1974) 730, for an exponential whose mean is fitted:
 * (D - 0.2 / n)(sqrt n + 0.26 + 0.5 / sqrt n) exceeds 0.990, 1.094, 1.308 with
 * probability 0.10, 0.05, 0.01, to about a tenth of it.  Were the mean not
 * fitted, these p would be 0.25 and more. */
static void
replicates_have_the_law_of_stephens(void **state)
{
    enum { B = 9999, N = 20 };
    static const struct {
        double critical, p;
    } table[] = {{1.308, 0.01}, {1.094, 0.05}, {0.990, 0.10}};
    const struct rw_losses *s = simulate("exponential", (double[]){7}, 0, N, 9);
    struct rw_severity_fit f = fitted("exponential", s);

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        f.fit.ks = table[k].critical / (sqrt(N) + 0.26 + 0.5 / sqrt(N)) + 0.2 / N;
        assert_int_equal(rw_severity_test(&f, s, B, 1, NULL), RW_OK);
        assert_close(f.fit.ks_p, table[k].p,
            CHECK_Z * sqrt(table[k].p * (1 - table[k].p) / B) + 0.1 * table[k].p);
    }
}

static void
a_wrong_law_is_seen(void **state)
{
    const struct rw_losses *s = simulate("lognormal", (double[]){10, 2}, 0, 1000, 10);
    struct rw_severity_fit f = fitted("exponential", s);

    (void)state;
    assert_int_equal(rw_severity_test(&f, s, 199, 1, NULL), RW_OK);
    assert_relative(f.fit.ks_p, 1.0 / 200, 1e-12);
    assert_int_equal(f.fit.replicates, 199);
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
        cmocka_unit_test(exponential_is_the_mean),
        cmocka_unit_test(lognormal_is_the_moments_of_logarithms),
        cmocka_unit_test(lomax_is_the_gpd_of_the_same_losses),
        cmocka_unit_test(gpd_errors_are_near_the_expected_information),
        cmocka_unit_test(likelihoods_agree_where_families_meet),
        cmocka_unit_test(likelihoods_are_those_of_the_laws),
        cmocka_unit_test(maxima_are_maxima),
        cmocka_unit_test(known_laws_come_back),
        cmocka_unit_test(intervals_hold_as_often_as_they_say),
        cmocka_unit_test(errors_of_functions_are_those_of_the_parameters),
        cmocka_unit_test(quantiles_and_means_are_those_beyond_the_threshold),
        cmocka_unit_test(what_has_no_maximum_is_refused),
        cmocka_unit_test(distance_is_the_largest_step),
        cmocka_unit_test(replicates_give_honest_probabilities),
        cmocka_unit_test(replicates_have_the_law_of_stephens),
        cmocka_unit_test(a_wrong_law_is_seen),
    };

    return cmocka_run_group_tests(tests, quiet, NULL);
}
