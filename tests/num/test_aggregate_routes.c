/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact law against other ways to the same law. */
#include "num/aggregate_parts.h"
#include "num/empirical.h"
#include "num/metalog.h"
#include "num/mixture.h"

#include "tests/num/years.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static struct rw_aggregate *
law_of(const struct rw_compound c[], size_t n)
{
    struct rw_aggregate *a = NULL;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_aggregate_new(c, n, &a, &e) != RW_OK)
        fail_msg("%s", e.text);
    return a;
}

static struct rw_bounded
quantile(struct rw_aggregate *a, double q)
{
    struct rw_bounded x;

    assert_int_equal(rw_aggregate_quantile(a, q, &x, NULL), RW_OK);
    assert_true(x.low <= x.value && x.value <= x.high);
    return x;
}

static struct rw_bounded
tail_mean(struct rw_aggregate *a, double q)
{
    struct rw_bounded x;

    assert_int_equal(rw_aggregate_tvar(a, q, &x, NULL), RW_OK);
    assert_true(x.low <= x.value && x.value <= x.high);
    return x;
}

static struct rw_bounded
tail(struct rw_aggregate *a, double x)
{
    struct rw_bounded p;

    assert_int_equal(rw_aggregate_sf(a, x, &p, NULL), RW_OK);
    return p;
}

/* Within the stated error, and the truth's own. */
static void
check_true(struct rw_bounded x, double truth, double own)
{
    assert_close(x.value, truth, x.error + own);
    assert_true(x.low <= truth + own && truth <= x.high + own);
}

/* P(S > x), Poisson(m) events of Gamma(shape, 1). */
static double
gamma_tail(double m, double shape, double x)
{
    double sum = 0, reach = 12 * sqrt(m) + 40;

    for (double n = fmax(1, floor(m - reach)); n < m + reach; n++)
        sum += gsl_ran_poisson_pdf((unsigned)n, m) * gsl_cdf_gamma_Q(x, n * shape, 1);
    return sum;
}

static void
gamma_losses_are_a_mixture_of_gammas(void **state)
{
    static const double m[] = {0.3, 5, 100, 1000}, shape[] = {0.1, 1, 2.5};

    (void)state;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 3; j++) {
            struct year y;
            struct rw_aggregate *a;

            year_plain(&y, m[i], YEAR_LAW("gamma", {"shape", shape[j]}, {"scale", 1}));
            a = law_of(&y.c, 1);
            for (double z = -1; z <= 4; z += 0.5) {
                double x = rw_aggregate_mean(a) + z * rw_aggregate_sd(a);

                if (x > 0) /* GSL's incomplete gamma has about 1e-12 */
                    check_true(tail(a, x), gamma_tail(m[i], shape[j], x), 2e-12);
            }
            rw_aggregate_free(a);
        }
}

/* Panjer's recursion, p_n = (a + b / n) p_{n-1}, losses k = 1 .. 3. */
static void
panjer(double a, double b, double p0, const double f[4], double g[], int n)
{
    g[0] = p0;
    for (int s = 1; s < n; s++) {
        g[s] = 0;
        for (int k = 1; k <= 3 && k <= s; k++)
            g[s] += (a + b * k / s) * f[k] * g[s - k];
    }
}

static void
lattice_losses_are_panjers(void **state)
{
    enum { N = 200 };
    static const double share[3] = {1, 2, 3}, f[4] = {0, 0.5, 0.3, 0.2};
    static const enum rw_count_law law[] = {
        RW_COUNT_POISSON, RW_COUNT_NEGBIN, RW_COUNT_BINOMIAL};
    static const double a[3] = {0, 2.0 / 3, -0.25 / 0.75},
                        b[3] = {4, 2.0 / 3 * (2 - 1), 0.25 / 0.75 * 13};
    const double p0[3] = {exp(-4), pow(3, -2), pow(0.75, 12)}, m[3] = {4, 4, 3};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct year y;
        struct rw_aggregate *s;
        double g[N], sum = 0;

        year_plain(&y, m[i], rw_dist_constant(250));
        y.c.law = law[i];
        y.c.dispersion = 0.5;
        y.c.chances = 12;
        y.member.event.share = share;
        y.member.event.share_weight = f + 1;
        y.member.event.n_shares = 3;
        s = law_of(&y.c, 1);
        panjer(a[i], b[i], p0[i], f, g, N);
        assert_relative(rw_aggregate_p0(s), p0[i], 1e-14);
        for (int k = 0; k < 25; k++) {
            sum += g[k];
            check_true(tail(s, 250 * k), 1 - sum, 1e-13);
            if (k > 0 && sum < 0.9999) {
                double q = sum - g[k] / 2; /* in the midst of the atom */

                assert_true(quantile(s, q).value == 250 * k);
            }
        }
        rw_aggregate_free(s);
    }
}

static void
one_certain_loss_is_its_own_law(void **state)
{
    const struct rw_dist law[] = {year_lognormal(12, 1.5), year_pert(1, 2, 7),
        YEAR_LAW("weibull", {"shape", 0.6}, {"scale", 3000}),
        YEAR_LAW("lomax", {"alpha", 2.5}, {"theta", 100}),
        YEAR_LAW("gpd", {"xi", 0.7}, {"beta", 5}),
        YEAR_LAW("gamma", {"shape", 0.3}, {"scale", 8})};

    (void)state;
    for (size_t i = 0; i < sizeof law / sizeof law[0]; i++) {
        struct year y;
        struct rw_aggregate *a;

        year_plain(&y, 1, law[i]);
        y.c.law = RW_COUNT_BERNOULLI;
        a = law_of(&y.c, 1);
        for (int k = 0; k < YEAR_VARS; k++) {
            double q = year_q[k], v = rw_dist_quantile(&law[i], q);
            double mean = rw_dist_mean(&law[i]), t;

            check_true(quantile(a, q), v, 1e-11 * v);
            t = v + (mean - rw_dist_lev(&law[i], v)) / (1 - q);
            check_true(tail_mean(a, q), t, 1e-11 * mean / (1 - q));
        }
        rw_aggregate_free(a);
    }
}

static void
two_certain_uniforms_are_triangular(void **state)
{
    struct year y;
    struct rw_aggregate *a;

    (void)state;
    year_plain(&y, 2, YEAR_LAW("uniform", {"min", 0}, {"max", 1}));
    y.c.law = RW_COUNT_BINOMIAL;
    y.c.chances = 2;
    a = law_of(&y.c, 1);
    for (double q = 0.05; q < 1; q += 0.05) {
        double x = q < 0.5 ? sqrt(2 * q) : 2 - sqrt(2 * (1 - q));

        check_true(quantile(a, q), x, 1e-14);
    }
    /* above v near 2: P = (2 - v)^2 / 2, mean excess (2 - v) / 3 */
    check_true(tail_mean(a, 0.98), 2 - 0.2 + 0.2 / 3, 1e-13);
    rw_aggregate_free(a);
}

static void
a_poisson_year_is_the_sum_of_its_halves(void **state)
{
    static const double q[] = {0.2, 0.9, 0.99, 0.9999};
    struct year y[2], whole;
    struct rw_compound c[2];
    struct rw_aggregate *a, *b;

    (void)state;
    year_plain(&whole, 3, YEAR_LAW("lomax", {"alpha", 2.5}, {"theta", 1e5}));
    year_plain(&y[0], 1.25, whole.part[0].amount);
    year_plain(&y[1], 1.75, whole.part[0].amount);
    c[0] = y[0].c;
    c[1] = y[1].c;
    a = law_of(&whole.c, 1);
    b = law_of(c, 2);
    for (int k = 0; k < 4; k++) {
        struct rw_bounded u = quantile(a, q[k]), v = quantile(b, q[k]);

        assert_close(u.value, v.value, u.error + v.error);
        u = tail_mean(a, q[k]);
        v = tail_mean(b, q[k]);
        assert_close(u.value, v.value, u.error + v.error);
    }
    rw_aggregate_free(a);
    rw_aggregate_free(b);
}

/* The cover on one amount, and on a sum of which the rest is nothing. */
static void
a_cover_on_a_sum_is_one_on_its_only_part(void **state)
{
    struct year one, two;
    struct rw_aggregate *a, *b;

    (void)state;
    year_make(&one, 9);
    year_make(&two, 9);
    two.part[1] = (struct rw_event_part){
        .amount = rw_dist_constant(5), .scale = 1, .probability = 0};
    two.member.event.n_parts = 2;
    a = law_of(&one.c, 1);
    b = law_of(&two.c, 1);
    assert_relative(rw_aggregate_mean(b), rw_aggregate_mean(a), 1e-9);
    assert_relative(rw_aggregate_sd(b), rw_aggregate_sd(a), 1e-8);
    for (int k = 0; k < YEAR_VARS; k++) {
        struct rw_bounded u = quantile(a, year_q[k]), v = quantile(b, year_q[k]);

        assert_close(u.value, v.value, u.error + v.error);
        u = tail_mean(a, year_q[k]);
        v = tail_mean(b, year_q[k]);
        assert_close(u.value, v.value, u.error + v.error);
    }
    rw_aggregate_free(a);
    rw_aggregate_free(b);
}

/* The stated errors against the same law on 2^19 points, of another length. */
static void
check_finer(struct year *y)
{
    struct rw_aggregate *a = law_of(&y->c, 1);
    struct rw_year parts;
    struct rw_error e;

    assert_int_equal(rw_year_init(&parts, &y->c, 1, &e), RW_OK);
    for (int k = 0; k < YEAR_VARS; k++) {
        struct rw_bounded x = quantile(a, year_q[k]), t = tail_mean(a, year_q[k]), fine;
        struct rw_grid *g;

        if (x.value == 0)
            continue;
        assert_int_equal(
            rw_grid_new(&g, &parts, x.value / 0.31, 1 << 19, false), RW_OK);
        assert_int_not_equal(rw_grid_quantile(g, year_q[k], 0, &fine), RW_GRID_BEYOND);
        check_true(x, fine.value, fine.error);
        assert_int_not_equal(
            rw_grid_tvar(g, year_q[k], parts.mean, parts.slack, 0, &fine),
            RW_GRID_BEYOND);
        check_true(t, fine.value, fine.error);
        rw_grid_free(g);
    }
    rw_year_free(&parts);
    rw_aggregate_free(a);
}

static void
errors_hold_against_a_finer_lattice(void **state)
{
    static const double sigma_m[] = {0.1, 1000};
    struct year y;

    (void)state;
    for (int i = 0; i < 2; i++) {
        year_plain(&y, sigma_m[i], year_lognormal(0, 2));
        check_finer(&y);
    }
    year_plain(&y, 2, YEAR_LAW("gpd", {"xi", 0.7}, {"beta", 1}));
    check_finer(&y);
    year_plain(
        &y, 0.7, YEAR_LAW("lognormal", {"mu", 12}, {"sigma", 1.5}, {"cap", 3e6}));
    check_finer(&y);
    year_plain(&y, 100, year_lognormal(12, 1.5));
    y.c.law = RW_COUNT_NEGBIN;
    y.c.dispersion = 4;
    check_finer(&y);
    year_plain(&y, 2, year_pert(25000, 200000, 2000000));
    y.c.law = RW_COUNT_BINOMIAL;
    y.c.chances = 3;
    check_finer(&y);
}

/* F and E(x - S)+ are of fourth order: at half the step a sixteenth is left. */
static void
half_the_step_leaves_a_sixteenth_of_the_error(void **state)
{
    enum { POINTS = 512 };
    double f[2] = {0}, below[2] = {0}; /* largest errors */
    struct year y;
    struct rw_year parts;
    struct rw_error e;
    struct rw_grid *g[3];

    (void)state;
    year_plain(&y, 5, YEAR_LAW("exponential", {"mean", 1}));
    assert_int_equal(rw_year_init(&parts, &y.c, 1, &e), RW_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            rw_grid_new(&g[i], &parts, 40, (size_t)POINTS << (i == 2 ? 9 : i), false),
            RW_OK);
    for (int i = 0; i < 2; i++)
        for (int k = 20; k < POINTS / 2; k++) {
            double df = g[i]->smooth[k << i] - g[2]->smooth[k << 9];
            double db = g[i]->below[k << i] - g[2]->below[k << 9];

            f[i] = fmax(f[i], fabs(df));
            below[i] = fmax(below[i], fabs(db));
        }
    assert_relative(f[0] / f[1], 16.0, 0.1);
    assert_relative(below[0] / below[1], 16.0, 0.1);
    for (int i = 0; i < 3; i++)
        rw_grid_free(g[i]);
    rw_year_free(&parts);
}

/* Losses of 1 and sqrt(2) have no common measure: S is i + j sqrt(2) with i, j
 * independent Poisson(1.5). */
static void
atoms_without_a_measure_are_within_the_bracket(void **state)
{
    static const double share[2] = {1, M_SQRT2}, half[2] = {0.5, 0.5};
    struct year y;
    struct rw_aggregate *a;

    (void)state;
    year_plain(&y, 3, rw_dist_constant(1));
    y.member.event.share = share;
    y.member.event.share_weight = half;
    y.member.event.n_shares = 2;
    a = law_of(&y.c, 1);
    for (double x = 0.7; x < 12; x += 0.9) {
        double sum = 0;

        for (unsigned i = 0; i < 40; i++)
            for (unsigned j = 0; j < 40; j++)
                if (i + j * M_SQRT2 > x)
                    sum += gsl_ran_poisson_pdf(i, 1.5) * gsl_ran_poisson_pdf(j, 1.5);
        check_true(tail(a, x), sum, 1e-13);
    }
    rw_aggregate_free(a);
}

/* The square roots of 1 to 100, twenty a year: so many sums that F is smooth to
 * nine digits and more, of which the error trusts six.  The figures are those of a lattice of 2^22 points,
 * masses split between neighbours, extrapolated from two steps, apart from this
 * program. */
static void
many_atoms_without_a_measure_are_smooth(void **state)
{
    enum { N = 100 };
    static const double q[] = {0.5, 0.95, 0.99},
                        var[] = {1329526.29964843, 1887705.41606, 2138830.4496},
                        tvar[] = {1596245.2314252, 2042007.78184, 2269014.79561};
    double x[N];
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;
    struct rw_aggregate *a;

    (void)state;
    rw_arena_init(&arena);
    for (int i = 0; i < N; i++)
        x[i] = 1e4 * sqrt(i + 1.0);
    assert_int_equal(RW_OK, rw_empirical_make(x, N, &arena, &d));
    year_plain(&y, 20, d);
    a = law_of(&y.c, 1);
    for (int i = 0; i < 3; i++) {
        check_true(quantile(a, q[i]), var[i], 5e-11 * var[i]);
        check_true(tail_mean(a, q[i]), tvar[i], 5e-11 * tvar[i]);
        assert_close(quantile(a, q[i]).value, var[i], 1e-9 * var[i]);
        assert_close(tail_mean(a, q[i]).value, tvar[i], 1e-9 * tvar[i]);
        assert_true(quantile(a, q[i]).error < 1e-6 * var[i]);
        assert_true(tail_mean(a, q[i]).error < 1e-6 * tvar[i]);
    }
    rw_aggregate_free(a);
    rw_arena_fini(&arena);
}

/* F comes to q exactly: 3/4 at one of two chances of a half, 1/2 at one of
 * three, 15/16 at three of four. */
static void
a_quantile_at_a_step_is_its_foot(void **state)
{
    static const double chances[] = {2, 3, 4}, q[] = {0.75, 0.5, 0.9375};
    static const int at[] = {1, 1, 3};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct year y;
        struct rw_aggregate *a;

        year_plain(&y, chances[i] / 2, rw_dist_constant(3e4));
        y.c.law = RW_COUNT_BINOMIAL;
        y.c.chances = chances[i];
        a = law_of(&y.c, 1);
        assert_true(quantile(a, q[i]).value == 3e4 * at[i]);
        assert_true(quantile(a, q[i] + 1e-9).value == 3e4 * (at[i] + 1));
        rw_aggregate_free(a);
    }
}

/* A metalog over a floor of 0 and a mixture, each with an atom of about 1e-4,
 * in years of one event. */
static void
atoms_of_little_mass_are_seen(void **state)
{
    static const double p[] = {0.05, 0.5, 0.95}, x[] = {335.5, 500, 664.5};
    static const double weight[] = {1e-4, 1 - 1e-4}, one = 1;
    struct rw_metalog_stated s = {p, x, 3, 3, -INFINITY, INFINITY};
    struct rw_dist part[2] = {rw_dist_constant(7)};
    struct rw_event_part event = {.scale = 1, .probability = 1};
    struct rw_compound_member member = {1, {.parts = &event, .n_parts = 1}};
    struct rw_compound c = {.law = RW_COUNT_BERNOULLI,
        .chances = 1,
        .m = &one,
        .weight = &one,
        .n_nodes = 1,
        .members = &member,
        .n_members = 1};
    enum rw_metalog_fault fault;
    struct rw_aggregate *a;
    char why[RW_DIST_WHY];
    struct rw_arena arena;
    size_t at;
    int bad;

    (void)state;
    rw_arena_init(&arena);
    assert_int_equal(RW_OK, rw_metalog_make(&s, &arena, &part[1], &fault, &at, why));
    event.amount = part[1];
    event.amount.floor = 0;
    a = law_of(&c, 1);
    /* M(y) = 500 + a2 ln(y / (1 - y)), a2 = 164.5 / ln 19 */
    assert_relative(rw_aggregate_p0(a), 1 / (1 + pow(19, 500 / 164.5)), 1e-9);
    rw_aggregate_free(a);
    assert_int_equal(
        RW_OK, rw_mixture_make(weight, part, 2, &arena, &event.amount, &bad, why));
    event.amount.floor = 0;
    a = law_of(&c, 1);
    check_true(tail(a, 6.999), 1 - (1 - 1e-4) * rw_dist_cdf(&part[1], 6.999), 1e-12);
    check_true(tail(a, 7), (1 - 1e-4) * rw_dist_sf(&part[1], 7), 1e-12);
    rw_aggregate_free(a);
    rw_arena_fini(&arena);
}

CHECK_MAIN(cmocka_unit_test(gamma_losses_are_a_mixture_of_gammas),
    cmocka_unit_test(lattice_losses_are_panjers),
    cmocka_unit_test(one_certain_loss_is_its_own_law),
    cmocka_unit_test(two_certain_uniforms_are_triangular),
    cmocka_unit_test(a_poisson_year_is_the_sum_of_its_halves),
    cmocka_unit_test(a_cover_on_a_sum_is_one_on_its_only_part),
    cmocka_unit_test(errors_hold_against_a_finer_lattice),
    cmocka_unit_test(half_the_step_leaves_a_sixteenth_of_the_error),
    cmocka_unit_test(atoms_without_a_measure_are_within_the_bracket),
    cmocka_unit_test(many_atoms_without_a_measure_are_smooth),
    cmocka_unit_test(a_quantile_at_a_step_is_its_foot),
    cmocka_unit_test(atoms_of_little_mass_are_seen))
