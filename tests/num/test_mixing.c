/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/mixing.h"
#include "tests/support/check.h"

#include <complex.h>

/* Limit of num/mixing.h. */
#define ACCURACY 1e-10

static struct rw_dist
make(const char *name, const char *p1, double v1, const char *p2, double v2)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(
        RW_OK, rw_dist_make(name, (const struct rw_dist_arg[]){{p1, v1}, {p2, v2}},
                   p2 == NULL ? 1 : 2, &d, &bad, why));
    return d;
}

static struct rw_dist
pert(double low, double mode, double high)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(RW_OK,
        rw_dist_make("pert",
            (const struct rw_dist_arg[]){{"min", low}, {"mode", mode}, {"max", high}},
            3, &d, &bad, why));
    return d;
}

/* E exp(-s M), and E (1 + s M)^-1 */
static double complex
laplace(const struct rw_mixing *m, double complex s)
{
    double complex sum = 0;

    for (size_t k = 0; k < m->n; k++)
        sum += m->weight[k] * cexp(-s * m->node[k]);
    return sum;
}

static double complex
stieltjes(const struct rw_mixing *m, double complex s)
{
    double complex sum = 0;

    for (size_t k = 0; k < m->n; k++)
        sum += m->weight[k] / (1 + s * m->node[k]);
    return sum;
}

static void
check_shape(const struct rw_mixing *m, double mean, double sd)
{
    double total = 0, first = 0, second = 0;

    assert_relative(m->mean, mean, 1e-10);
    assert_close(m->sd, sd, 1e-10 * sd);
    for (size_t k = 0; k < m->n; k++) {
        assert_true(m->weight[k] > 0 && m->node[k] >= 0);
        assert_true(k == 0 || m->node[k] > m->node[k - 1]);
        total += m->weight[k];
        first += m->weight[k] * m->node[k];
    }
    for (size_t k = 0; k < m->n; k++)
        second += m->weight[k] * (m->node[k] - mean) * (m->node[k] - mean);
    assert_close(total, 1, 1e-14);
    assert_relative(first, mean, 1e-10);
    assert_close(sqrt(second), sd, 1e-9 * mean);
}

/* s = 1 - z for z on and within the unit circle. */
static double complex
point(int k)
{
    static const double radius[] = {1, 1, 1, 0.9, 0.5, -1};
    double angle = M_PI * pow(0.77, k / 6.0);

    return 1 - radius[k % 6] * cexp(I * angle);
}

enum { N_S = 180 };

static void
of(const struct rw_dist *d, size_t n, struct rw_arena *a, struct rw_mixing *m)
{
    struct rw_mixing_factor f = {.x = *d};

    assert_int_equal(RW_OK, rw_mixing_make(&f, n, a, m));
}

static void
gamma_frequencies_make_negative_binomial_counts(void **state)
{
    static const struct {
        double shape, scale;
    } laws[] = {{0.5, 4}, {1, 3}, {1.2, 2.5}, {5, 0.2}, {40, 25}};

    (void)state;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        double r = laws[i].shape, b = laws[i].scale;
        struct rw_dist d = make("gamma", "shape", r, "scale", b);
        struct rw_arena a;
        struct rw_mixing m;

        rw_arena_init(&a);
        of(&d, 1, &a, &m);
        check_shape(&m, r * b, sqrt(r) * b);
        for (int k = 0; k < N_S; k++)
            assert_close(
                cabs(laplace(&m, point(k)) - cpow(1 + b * point(k), -r)), 0, ACCURACY);
        assert_true(m.n <= 128);
        rw_arena_fini(&a);
    }
}

static void
uniform_frequencies_have_their_closed_forms(void **state)
{
    static const double ends[][2] = {{0, 1}, {0, 10}, {3, 4}, {200, 900}};

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        double p = ends[i][0], q = ends[i][1];
        struct rw_dist d = make("uniform", "min", p, "max", q);
        struct rw_arena a;
        struct rw_mixing m;

        rw_arena_init(&a);
        of(&d, 1, &a, &m);
        check_shape(&m, (p + q) / 2, (q - p) / sqrt(12));
        for (int k = 0; k < N_S; k++) {
            double complex s = point(k);
            double complex want = (cexp(-s * p) - cexp(-s * q)) / (s * (q - p));

            assert_close(cabs(laplace(&m, s) - want), 0, ACCURACY);
            want = clog((1 + s * q) / (1 + s * p)) / (s * (q - p));
            assert_close(cabs(stieltjes(&m, s) - want), 0, ACCURACY);
        }
        rw_arena_fini(&a);
    }
}

/* The trapezoidal rule over the normal, without any quantile; z from -12 to
 * 12 in steps of 1e-4. */
static double complex
normal_laplace(double mu, double sigma, double complex s, double floor, double cap)
{
    double complex sum = 0;

    for (int i = -120000; i <= 120000; i++) {
        double z = i * 1e-4, x = fmin(fmax(exp(mu + sigma * z), floor), cap);

        sum += exp(-z * z / 2) * cexp(-s * x);
    }
    return sum * 1e-4 / sqrt(2 * M_PI);
}

static void
lognormal_frequencies_agree_with_another_rule(void **state)
{
    static const double laws[][2] = {{0, 0.5}, {2, 0.7}, {0, 1}};

    (void)state;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        double mu = laws[i][0], sigma = laws[i][1];
        struct rw_dist d = make("lognormal", "mu", mu, "sigma", sigma);
        double mean = exp(mu + sigma * sigma / 2);
        struct rw_arena a;
        struct rw_mixing m;

        rw_arena_init(&a);
        of(&d, 1, &a, &m);
        check_shape(&m, mean, mean * sqrt(expm1(sigma * sigma)));
        for (int k = 0; k < N_S; k += 7)
            assert_close(cabs(laplace(&m, point(k)) -
                              normal_laplace(mu, sigma, point(k), 0, INFINITY)),
                0, ACCURACY);
        assert_true(m.n <= 128);
        rw_arena_fini(&a);
    }
}

/* F as a mixture of two atoms and the law between.  The kinks cost the
 * trapezoidal rule its digits: step^2 times their jump in slope, 1e-9. */
static void
floor_and_cap_are_atoms(void **state)
{
    struct rw_dist d = make("lognormal", "mu", 0, "sigma", 1);
    struct rw_arena a;
    struct rw_mixing m;

    (void)state;
    d.floor = 0.5;
    d.cap = 4;
    rw_arena_init(&a);
    of(&d, 1, &a, &m);
    check_shape(&m, rw_dist_mean(&d), rw_dist_sd(&d));
    assert_true(m.node[0] >= 0.5 - 1e-12 && m.node[m.n - 1] <= 4 + 1e-12);
    for (int k = 0; k < N_S; k += 7)
        assert_close(
            cabs(laplace(&m, point(k)) - normal_laplace(0, 1, point(k), 0.5, 4)), 0,
            2e-9);
    rw_arena_fini(&a);
}

/* A law with jumps in its quantile: 1 and 2 with 0.3 each, else uniform in
 * (2, 5). */
static double
jumping_cdf(const struct rw_dist *d, double x)
{
    (void)d;
    return x < 1 ? 0 : x < 2 ? 0.3 : x < 5 ? 0.6 + 0.4 * (x - 2) / 3 : 1;
}

static double
jumping_quantile(const struct rw_dist *d, double lower, double upper)
{
    (void)d;
    (void)upper;
    return lower <= 0.3 ? 1 : lower <= 0.6 ? 2 : 2 + 3 * (lower - 0.6) / 0.4;
}

static double
jumping_mean(const struct rw_dist *d)
{
    (void)d;
    return 0.3 + 0.6 + 0.4 * 3.5;
}

static double
jumping_sd(const struct rw_dist *d)
{
    double m = jumping_mean(d);

    return sqrt(0.3 + 0.3 * 4 + 0.4 * (3.5 * 3.5 + 9.0 / 12) - m * m);
}

static void
jumping_support(const struct rw_dist *d, double *low, double *high)
{
    (void)d;
    *low = 1;
    *high = 5;
}

static void
jumps_of_a_law_are_found(void **state)
{
    static const struct rw_family family = {.name = "jumping",
        .cdf = jumping_cdf,
        .quantile = jumping_quantile,
        .mean = jumping_mean,
        .sd = jumping_sd,
        .support = jumping_support};
    struct rw_dist d = {.family = &family, .floor = -INFINITY, .cap = INFINITY};
    struct rw_arena a;
    struct rw_mixing m;

    (void)state;
    rw_arena_init(&a);
    of(&d, 1, &a, &m);
    check_shape(&m, jumping_mean(&d), jumping_sd(&d));
    for (int k = 0; k < N_S; k++) {
        double complex s = point(k), want = 0.3 * cexp(-s) + 0.3 * cexp(-2 * s);

        want += 0.4 * (cexp(-2 * s) - cexp(-5 * s)) / (3 * s);
        assert_close(cabs(laplace(&m, s) - want), 0, ACCURACY);
    }
    assert_true(m.n <= 32);
    rw_arena_fini(&a);
}

static void
a_known_frequency_is_one_node(void **state)
{
    struct rw_dist d = rw_dist_constant(3.5);
    struct rw_arena a;
    struct rw_mixing m;

    (void)state;
    rw_arena_init(&a);
    of(&d, 1, &a, &m);
    assert_true(m.n == 1 && m.node[0] == 3.5 && m.weight[0] == 1);
    assert_true(m.mean == 3.5 && m.sd == 0);
    of(&d, 0, &a, &m);
    assert_true(m.n == 1 && m.node[0] == 1 && m.weight[0] == 1);
    rw_arena_fini(&a);
}

/* E X^k of min + (max - min) B, B ~ Beta(alpha, beta). */
static double
beta_moment(double low, double high, double alpha, double beta, int k)
{
    double sum = 0, b = 1, choose = 1;

    for (int j = 0; j <= k; j++) {
        sum += choose * pow(low, k - j) * pow(high - low, j) * b;
        b *= (alpha + j) / (alpha + beta + j);
        choose *= (double)(k - j) / (j + 1);
    }
    return sum;
}

static double
pert_moment(double low, double mode, double high, int k)
{
    double range = high - low;

    return beta_moment(
        low, high, 1 + 4 * (mode - low) / range, 1 + 4 * (high - mode) / range, k);
}

/* E (1 - X Y)^k by the binomial theorem, X ~ PERT(.3, .6, .9), Y ~ Beta(2, 3). */
static double
complement_moment(int k)
{
    double sum = 0, choose = 1;

    for (int j = 0; j <= k; j++) {
        sum += choose * (j % 2 ? -1 : 1) * pert_moment(0.3, 0.6, 0.9, j) *
               beta_moment(0, 1, 2, 3, j);
        choose *= (double)(k - j) / (j + 1);
    }
    return sum;
}

/* The power series of exp(-s M) from closed moments: with |s| M <= 6 it keeps
 * twelve digits, and the binomial sums ten for the k that count. */
static void
products_have_the_moments_of_products(void **state)
{
    struct rw_mixing_factor f[] = {{.x = pert(0.2, 1, 3)},
        {.x = pert(0.3, 0.6, 0.9),
            .y = make("beta", "alpha", 2, "beta", 3),
            .complement = true},
        {.x = make("uniform", "min", 0, "max", 1)}};
    struct rw_arena a;
    struct rw_mixing m;

    (void)state;
    rw_arena_init(&a);
    for (size_t n = 1; n <= 3; n++) {
        double moment[40];

        for (int k = 0; k < 40; k++)
            moment[k] = pert_moment(0.2, 1, 3, k) * (n > 1 ? complement_moment(k) : 1) /
                        (n > 2 ? k + 1 : 1);
        assert_int_equal(RW_OK, rw_mixing_make(f, n, &a, &m));
        check_shape(&m, moment[1], sqrt(moment[2] - moment[1] * moment[1]));
        for (int k = 0; k < N_S; k++) {
            double complex want = 0, power = 1;

            for (int j = 0; j < 40; j++) {
                want += power * moment[j];
                power *= -point(k) / (j + 1);
            }
            assert_close(cabs(laplace(&m, point(k)) - want), 0, ACCURACY);
        }
        assert_true(m.n <= 24);
    }
    rw_arena_fini(&a);
}

static void
the_order_of_factors_does_not_matter(void **state)
{
    struct rw_mixing_factor f[] = {{.x = make("lognormal", "mu", 0, "sigma", 1)},
        {.x = pert(0.1, 0.2, 0.5)}, {.x = pert(2, 5, 30)}};
    struct rw_mixing_factor g[] = {f[2], f[0], f[1]};
    struct rw_arena a;
    struct rw_mixing m, w;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_mixing_make(f, 3, &a, &m));
    assert_int_equal(RW_OK, rw_mixing_make(g, 3, &a, &w));
    for (int k = 0; k < N_S; k++)
        assert_close(
            cabs(laplace(&m, point(k)) - laplace(&w, point(k))), 0, 2 * ACCURACY);
    rw_arena_fini(&a);
}

static void
what_is_no_frequency_is_refused(void **state)
{
    struct rw_mixing_factor f = {.x = make("normal", "mean", 3, "sd", 1)};
    struct rw_arena a;
    struct rw_mixing m;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_ERR_DOMAIN, rw_mixing_make(&f, 1, &a, &m));
    f = (struct rw_mixing_factor){
        .x = pert(0, 1, 2), .y = pert(0, 0.5, 1), .complement = true};
    assert_int_equal(RW_ERR_DOMAIN, rw_mixing_make(&f, 1, &a, &m));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(gamma_frequencies_make_negative_binomial_counts),
    cmocka_unit_test(uniform_frequencies_have_their_closed_forms),
    cmocka_unit_test(lognormal_frequencies_agree_with_another_rule),
    cmocka_unit_test(floor_and_cap_are_atoms),
    cmocka_unit_test(jumps_of_a_law_are_found),
    cmocka_unit_test(a_known_frequency_is_one_node),
    cmocka_unit_test(products_have_the_moments_of_products),
    cmocka_unit_test(the_order_of_factors_does_not_matter),
    cmocka_unit_test(what_is_no_frequency_is_refused))
