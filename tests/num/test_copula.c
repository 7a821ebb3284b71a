/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/copula.h"
#include "num/sum.h"
#include "num/tail.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { N = 100000, FEW = 4000 };

/* Draws of up to three coupled variables. */
struct draws {
    struct rw_arena a;
    struct rw_copula c;
    double *u[3], *raw[3], *extra;
};

static const double *
exchangeable(size_t n, double r)
{
    static double rho[9];

    for (size_t k = 0; k < n * n; k++)
        rho[k] = k % (n + 1) == 0 ? 1 : r;
    return rho;
}

static void
draw(struct draws *d, enum rw_copula_kind kind, double df, size_t n, const double rho[])
{
    rw_arena_init(&d->a);
    assert_int_equal(RW_OK, rw_copula_init(&d->c, kind, df, n, rho, &d->a));
    d->extra = malloc(N * sizeof *d->extra);
    rw_stream_fill((struct rw_stream){3, 99}, 0, 0, N, d->extra);
    for (size_t k = 0; k < 3; k++) {
        d->u[k] = malloc(N * sizeof **d->u);
        d->raw[k] = malloc(N * sizeof **d->raw);
        rw_stream_fill((struct rw_stream){3, k}, 0, 0, N, d->raw[k]);
        memcpy(d->u[k], d->raw[k], N * sizeof **d->u);
    }
    rw_copula_map(&d->c, N, d->u, d->extra);
}

static void
done(struct draws *d)
{
    for (size_t k = 0; k < 3; k++) {
        free(d->u[k]);
        free(d->raw[k]);
    }
    free(d->extra);
    rw_arena_fini(&d->a);
}

static void
the_closed_forms_have_their_published_digits(void **state)
{
    static const struct {
        double rho, df, tail;
    } tails[] = {{0.0, 3, 0.1161165235168155}, {0.0, 4, 0.0755868184216124},
        {0.0, 10, 0.006872303308921115}, {0.3, 3, 0.21611942873930062},
        {0.3, 4, 0.16175748465203754}, {0.3, 10, 0.033189140421799455},
        {0.5, 3, 0.31250000000000006}, {0.5, 4, 0.25316999510032273},
        {0.5, 10, 0.08186423116569437}, {0.7, 3, 0.4480998731654429},
        {0.7, 4, 0.39068401654962953}, {0.7, 10, 0.19105429809656907}};
    static const struct {
        double rho, tau, spearman;
    } ranks[] = {{0.3, 0.1939733680413566, 0.28756421862262127},
        {0.5, 0.33333333333333337, 0.4825837395309974},
        {0.7, 0.49363337778673, 0.6829105038240887}};

    (void)state;
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
        assert_relative(rw_copula_tail(RW_COPULA_T, tails[k].rho, tails[k].df),
            tails[k].tail, 4e-15);
    for (size_t k = 0; k < 3; k++) {
        assert_relative(rw_copula_kendall(ranks[k].rho), ranks[k].tau, 4e-16);
        assert_relative(rw_copula_spearman(ranks[k].rho), ranks[k].spearman, 4e-16);
    }
    assert_true(rw_copula_tail(RW_COPULA_GAUSSIAN, 0.7, 0) == 0);
}

static void
students_law_has_its_closed_forms_and_its_inverse(void **state)
{
    (void)state;
    /* df 1: 1/2 + atan(t) / pi; df 2: 1/2 + t / (2 sqrt(2 + t^2)) */
    for (double t = -20; t <= 20; t += 0.37) {
        struct rw_student one = rw_student_of(1), two = rw_student_of(2);

        assert_close(rw_student_cdf(&one, t), 0.5 + atan(t) / M_PI, 1e-14);
        assert_close(rw_student_cdf(&two, t), 0.5 + t / (2 * sqrt(2 + t * t)), 1e-14);
    }
    for (double df = RW_COPULA_DF_MIN; df <= RW_COPULA_DF_MAX; df *= 3) {
        struct rw_student s = rw_student_of(df);

        for (double u = 1e-12; u < 1; u = u < 0.001 ? u * 10 : u + 0.0499)
            assert_relative(
                rw_student_cdf(&s, rw_student_quantile(&s, u, 1 - u)), u, 2e-10);
    }
}

static void
the_identity_changes_no_bit(void **state)
{
    struct draws d;

    (void)state;
    draw(&d, RW_COPULA_GAUSSIAN, 0, 3, exchangeable(3, 0));
    for (size_t k = 0; k < 3; k++)
        assert_memory_equal(d.u[k], d.raw[k], N * sizeof **d.u);
    done(&d);
}

static void
the_first_variable_keeps_its_uniforms(void **state)
{
    struct draws d;

    (void)state;
    draw(&d, RW_COPULA_GAUSSIAN, 0, 3, exchangeable(3, 0.4));
    assert_memory_equal(d.u[0], d.raw[0], N * sizeof **d.u);
    done(&d);
    draw(&d, RW_COPULA_T, 3, 3, exchangeable(3, 0.4));
    assert_memory_equal(d.u[0], d.raw[0], N * sizeof **d.u);
    done(&d);
}

static void
assert_uniform(const double u[])
{
    double *x = malloc(N * sizeof *x), *tmp = malloc(N * sizeof *tmp), worst = 0;

    memcpy(x, u, N * sizeof *x);
    rw_sort(x, N, tmp);
    for (size_t i = 0; i < N; i++) {
        assert_true(x[i] > 0 && x[i] < 1);
        worst = fmax(worst, fabs(x[i] - ((double)i + 0.5) / N) + 0.5 / N);
    }
    assert_true(worst <= check_dkw(N));
    free(x);
    free(tmp);
}

static void
every_variable_keeps_its_law(void **state)
{
    static const double dfs[] = {0.5, 1, 4, 30};
    static const double mixed[] = {1, 0.8, -0.5, 0.8, 1, -0.2, -0.5, -0.2, 1};
    struct draws d;

    (void)state;
    draw(&d, RW_COPULA_GAUSSIAN, 0, 3, mixed);
    for (size_t k = 0; k < 3; k++)
        assert_uniform(d.u[k]);
    done(&d);
    for (size_t j = 0; j < 4; j++) {
        draw(&d, RW_COPULA_T, dfs[j], 3, mixed);
        for (size_t k = 0; k < 3; k++)
            assert_uniform(d.u[k]);
        done(&d);
    }
}

/* Mean of x[i] y[i] against its expectation, by the products' own spread. */
static void
assert_product_mean(const double x[], const double y[], size_t n, double want)
{
    double *xy = malloc(n * sizeof *xy);
    struct rw_moments m;

    for (size_t i = 0; i < n; i++)
        xy[i] = x[i] * y[i];
    m = rw_moments_array(xy, n);
    assert_close(m.mean, want, CHECK_Z * rw_moments_sd(&m) / sqrt((double)n));
    free(xy);
}

/* sqrt(2 (1 - tau^2) / n) bounds the standard error of Kendall's tau
 * (Kendall, Rank Correlation Methods, 1970, 4.11). */
static void
assert_kendall(const double x[], const double y[], double tau)
{
    double sum = 0, pairs = FEW * (FEW - 1) / 2.0;

    for (size_t i = 0; i < FEW; i++)
        for (size_t j = 0; j < i; j++)
            sum += (x[i] - x[j]) * (y[i] - y[j]) > 0 ? 1 : -1;
    assert_close(sum / pairs, tau, CHECK_Z * sqrt(2 * (1 - tau * tau) / FEW));
}

static void
ranks_and_scores_have_their_correlations(void **state)
{
    static const double rho[] = {1, 0.7, -0.3, 0.7, 1, 0.1, -0.3, 0.1, 1};
    struct draws d;

    (void)state;
    draw(&d, RW_COPULA_GAUSSIAN, 0, 3, rho);
    for (size_t k = 0; k < 3; k++)
        for (size_t j = 0; j < k; j++)
            assert_kendall(d.u[k], d.u[j], rw_copula_kendall(rho[3 * k + j]));
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < N; i++)
            d.raw[k][i] = sqrt(12) * (d.u[k][i] - 0.5);
    for (size_t k = 0; k < 3; k++)
        for (size_t j = 0; j < k; j++)
            assert_product_mean(
                d.raw[k], d.raw[j], N, rw_copula_spearman(rho[3 * k + j]));
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < N; i++)
            d.raw[k][i] = gsl_cdf_ugaussian_Pinv(d.u[k][i]);
    for (size_t k = 0; k < 3; k++)
        for (size_t j = 0; j < k; j++)
            assert_product_mean(d.raw[k], d.raw[j], N, rho[3 * k + j]);
    done(&d);
    draw(&d, RW_COPULA_T, 3, 3, rho);
    for (size_t k = 0; k < 3; k++)
        for (size_t j = 0; j < k; j++)
            assert_kendall(d.u[k], d.u[j], rw_copula_kendall(rho[3 * k + j]));
    done(&d);
}

/* P(T1 < t, T2 < t) of the bivariate t, over its mixing law: given W both are
 * normal, and given the first so is the second.  A plain double sum. */
static double
both_below(double df, double r, double q)
{
    double t = gsl_cdf_tdist_Pinv(q, df), sum = 0;
    const int steps = 1500;

    for (int k = 0; k < steps; k++) {
        double w = gsl_cdf_chisq_Pinv((k + 0.5) / steps, df);
        double z = t * sqrt(w / df), p = gsl_cdf_ugaussian_P(z), inner = 0;

        for (int j = 0; j < 200; j++) {
            double x = gsl_cdf_ugaussian_Pinv(p * (j + 0.5) / 200);

            inner += gsl_cdf_ugaussian_P((z - r * x) / sqrt(1 - r * r));
        }
        sum += p * inner / 200;
    }
    return sum / steps;
}

static void
joint_tails_are_those_of_the_bivariate_t(void **state)
{
    static const struct {
        double df, r, q;
    } cases[] = {{3, 0.5, 0.05}, {4, 0, 0.05}, {10, 0.7, 0.02}, {1, -0.3, 0.1}};

    (void)state;
    for (size_t k = 0; k < 4; k++) {
        struct draws d;
        double want = both_below(cases[k].df, cases[k].r, cases[k].q), low = 0,
               high = 0;
        /* the sum: four times as many points move it by 6e-4 of it at most */
        double limit = CHECK_Z * sqrt(want * (1 - want) / N) + 1e-3 * want;

        draw(&d, RW_COPULA_T, cases[k].df, 2, exchangeable(2, cases[k].r));
        for (size_t i = 0; i < N; i++) {
            low += d.u[0][i] < cases[k].q && d.u[1][i] < cases[k].q;
            high += d.u[0][i] > 1 - cases[k].q && d.u[1][i] > 1 - cases[k].q;
        }
        assert_close(low / N, want, limit);
        assert_close(high / N, want, limit);
        /* nearer to the limit than to independence */
        assert_true(cases[k].r < 0 || want / cases[k].q > rw_copula_tail(RW_COPULA_T,
                                                              cases[k].r, cases[k].df));
        done(&d);
    }
}

static void
many_degrees_of_freedom_are_the_gaussian(void **state)
{
    struct draws g, t;
    double sum = 0;

    (void)state;
    draw(&g, RW_COPULA_GAUSSIAN, 0, 2, exchangeable(2, 0.6));
    draw(&t, RW_COPULA_T, RW_COPULA_DF_MAX, 2, exchangeable(2, 0.6));
    for (size_t i = 0; i < N; i++)
        sum += pow(g.u[1][i] - t.u[1][i], 2);
    /* they differ by phi(z) 0.8 e (1 / s - 1): phi at most 0.4, e standard
     * normal, s off by a normal of 1 / sqrt(2 df) */
    assert_true(sqrt(sum / N) < 0.4 * 0.8 / sqrt(2 * RW_COPULA_DF_MAX));
    done(&g);
    done(&t);
}

static struct rw_sampler
sampler(const char *name, struct rw_dist_arg a, struct rw_dist_arg b,
    struct rw_arena *arena)
{
    struct rw_sampler s;
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(
        RW_OK, rw_dist_make(name, (struct rw_dist_arg[]){a, b}, 2, &d, &bad, why));
    assert_int_equal(RW_OK, rw_sampler_init(&s, &d, arena));
    return s;
}

#define ARG(n, v) ((struct rw_dist_arg){n, v})

/* Lognormals: E[XY] / E[X]E[Y] = exp(r s1 s2), of squares exp(4 r s1 s2);
 * uniforms: 1 + rho_S / 3 with Spearman's rho. */
static void
means_of_products_have_their_closed_forms(void **state)
{
    struct rw_arena a;
    struct rw_copula c;
    struct rw_copula_product p;
    struct rw_sampler x, y, u;

    (void)state;
    rw_arena_init(&a);
    x = sampler("lognormal", ARG("mu", 1), ARG("sigma", 0.8), &a);
    y = sampler("lognormal", ARG("mu", -2), ARG("sigma", 0.5), &a);
    u = sampler("uniform", ARG("min", 0), ARG("max", 1), &a);
    for (double r = -0.9; r < 0.95; r += 0.3) {
        assert_int_equal(RW_OK,
            rw_copula_init(&c, RW_COPULA_GAUSSIAN, 0, 2, exchangeable(2, r), &a));
        p = rw_copula_product(&c, r, &x, &y);
        assert_relative(p.mean, exp(r * 0.4), 1e-8);
        assert_relative(p.square, exp(4 * r * 0.4), 1e-7);
        p = rw_copula_product(&c, r, &u, &u);
        assert_relative(p.mean, 1 + rw_copula_spearman(r) / 3, 1e-8);
    }
    rw_arena_fini(&a);
}

static void
means_of_products_under_t_are_those_of_its_draws(void **state)
{
    struct draws d;
    struct rw_copula_product p;
    struct rw_sampler x, y;
    double mx, my;

    (void)state;
    draw(&d, RW_COPULA_T, 2, 2, exchangeable(2, -0.6));
    x = sampler("gamma", ARG("shape", 1.5), ARG("scale", 2), &d.a);
    y = sampler("beta", ARG("alpha", 2), ARG("beta", 3), &d.a);
    p = rw_copula_product(&d.c, -0.6, &x, &y);
    mx = rw_dist_mean(&x.dist);
    my = rw_dist_mean(&y.dist);
    for (size_t i = 0; i < N; i++) {
        d.u[0][i] = rw_sampler_quantile(&x, d.u[0][i]) / mx;
        d.u[1][i] = rw_sampler_quantile(&y, d.u[1][i]) / my;
    }
    assert_true(p.mean < 0.9);
    assert_product_mean(d.u[0], d.u[1], N, p.mean);
    done(&d);
}

static void
what_is_no_copula_is_refused(void **state)
{
    static const double bad[] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1};
    struct rw_arena a;
    struct rw_copula c;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(
        RW_ERR_INPUT, rw_copula_init(&c, RW_COPULA_GAUSSIAN, 0, 3, bad, &a));
    assert_int_equal(
        RW_ERR_INPUT, rw_copula_init(&c, RW_COPULA_T, 0, 2, exchangeable(2, 0), &a));
    assert_int_equal(
        RW_ERR_INPUT, rw_copula_init(&c, RW_COPULA_T, 2e4, 2, exchangeable(2, 0), &a));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(the_closed_forms_have_their_published_digits),
    cmocka_unit_test(students_law_has_its_closed_forms_and_its_inverse),
    cmocka_unit_test(the_identity_changes_no_bit),
    cmocka_unit_test(the_first_variable_keeps_its_uniforms),
    cmocka_unit_test(every_variable_keeps_its_law),
    cmocka_unit_test(ranks_and_scores_have_their_correlations),
    cmocka_unit_test(joint_tails_are_those_of_the_bivariate_t),
    cmocka_unit_test(many_degrees_of_freedom_are_the_gaussian),
    cmocka_unit_test(means_of_products_have_their_closed_forms),
    cmocka_unit_test(means_of_products_under_t_are_those_of_its_draws),
    cmocka_unit_test(what_is_no_copula_is_refused))
