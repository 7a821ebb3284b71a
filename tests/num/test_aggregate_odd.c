/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms on no lattice among losses with a density, against closed forms. */
#include "num/mixture.h"

#include "tests/num/truth.h"

/* P(U1 + ... + Un <= x), uniform on [0, 1] (Irwin and Hall). */
static double
uniform_sum(unsigned n, double x)
{
    double sum = 0, term = 1;

    if (n == 0 || x >= n)
        return x >= 0;
    if (x <= 0)
        return 0;
    if (x > n / 2.0)
        return 1 - uniform_sum(n, n - x);
    for (unsigned k = 0; k <= x; k++) {
        sum += (k % 2 ? -1 : 1) * term * pow(x - k, n);
        term *= (double)(n - k) / (k + 1);
    }
    return sum / tgamma(n + 1.0);
}

#define ODD  3141.5926
#define FROM 500.0
#define WIDE 3500.0
enum { SUMS = 16 };

/* F of as many losses as c has, each ODD with chance w, else uniform. */
static double
odd_and_smooth(const struct rw_compound *c, double w, double x)
{
    double sum = 0;

    for (unsigned n = 0; n < SUMS; n++)
        for (unsigned i = 0; i <= n; i++) {
            double chance = 0, rest = x * (1 + 1e-12) - i * ODD - (n - i) * FROM;

            for (size_t k = 0; k < c->n_nodes; k++)
                chance += c->weight[k] * number(c, c->m[k], n);
            sum += chance * gsl_ran_binomial_pdf(i, w, n) *
                   uniform_sum(n - i, rest / WIDE);
        }
    return sum;
}

static double
odd_quantile(const struct rw_compound *c, double w, double q)
{
    double low = 0, high = 60000;

    if (odd_and_smooth(c, w, 0) >= q)
        return 0;
    for (int i = 0; i < 60; i++) {
        double mid = (low + high) / 2;

        if (odd_and_smooth(c, w, mid) >= q)
            high = mid;
        else
            low = mid;
    }
    return high;
}

/* One node and two: products of lists, and Horner's scheme. */
static void
an_odd_atom_among_densities_is_where_it_is(void **state)
{
    static const double weight[2] = {0.3, 0.7};
    const struct rw_dist part[2] = {rw_dist_constant(ODD),
        YEAR_LAW("uniform", {"min", FROM}, {"max", FROM + WIDE})};
    static const enum rw_count_law law[] = {
        RW_COUNT_POISSON, RW_COUNT_POISSON, RW_COUNT_BINOMIAL};
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;
    char why[RW_DIST_WHY];
    int bad;

    (void)state;
    rw_arena_init(&arena);
    assert_int_equal(RW_OK, rw_mixture_make(weight, part, 2, &arena, &d, &bad, why));
    for (int i = 0; i < 3; i++) {
        struct rw_aggregate *a;
        struct rw_bounded x;
        bool odd = false;

        year_plain(&y, 0.9, d);
        y.c.law = law[i];
        y.c.chances = 2;
        y.c.n_nodes = i == 1 ? 2 : 1;
        y.m[1] = 0.4;
        y.weight[0] = i == 1 ? 0.8 : 1;
        y.weight[1] = 0.2;
        a = law_of(&y.c, 1);
        for (double q = 0.025; q < 0.999; q += 0.05) {
            double v = odd_quantile(&y.c, 0.3, q);

            odd = odd || fabs(v - ODD) < 1e-6;
            assert_int_equal(rw_aggregate_quantile(a, q, &x, NULL), RW_OK);
            check("VaR", q, &x, v, 1e-6);
            assert_int_equal(rw_aggregate_sf(a, v, &x, NULL), RW_OK);
            assert_close(x.value, 1 - odd_and_smooth(&y.c, 0.3, v), x.error + 1e-10);
            assert_true(x.error < 1e-6);
        }
        assert_true(odd); /* one of them was the atom */
        rw_aggregate_free(a);
    }
    rw_arena_fini(&arena);
}

/* One loss at most, of which a known part is above the quantile. */
static void
a_tail_mean_knows_odd_atoms(void **state)
{
    static const double weight[2] = {0.3, 0.7};
    const struct rw_dist part[2] = {rw_dist_constant(ODD),
        YEAR_LAW("uniform", {"min", FROM}, {"max", FROM + WIDE})};
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;
    struct rw_aggregate *a;
    struct rw_bounded x;
    char why[RW_DIST_WHY];
    int bad;

    (void)state;
    rw_arena_init(&arena);
    assert_int_equal(RW_OK, rw_mixture_make(weight, part, 2, &arena, &d, &bad, why));
    year_plain(&y, 1, d);
    y.c.law = RW_COUNT_BERNOULLI;
    a = law_of(&y.c, 1);
    for (double v = 1000.123; v < 3900; v += 97) {
        double q = 0.7 * (v - FROM) / WIDE + (v > ODD ? 0.3 : 0);
        double over =
            0.7 * (4000 - v) * (4000 - v) / 2 / WIDE + (v < ODD ? 0.3 * (ODD - v) : 0);

        assert_int_equal(rw_aggregate_tvar(a, q, &x, NULL), RW_OK);
        check("TVaR", q, &x, v + over / (1 - q), 1e-6);
    }
    rw_aggregate_free(a);
    rw_arena_fini(&arena);
}

/* A risk with a density, as rare as can be, beside odd atoms. */
static void
a_rare_density_moves_no_atom(void **state)
{
    static const double value[2] = {1000, 3141.5926}, p[2] = {0.6, 0.4};
    struct truth t = two_poissons(5, value, p);
    struct year y, z;
    struct rw_compound c[2];
    struct rw_aggregate *a;

    (void)state;
    truth_sort(&t);
    year_of(&y, 5, value, p, 2);
    year_plain(&z, 1e-9, YEAR_LAW("uniform", {"min", 500}, {"max", 4000}));
    c[0] = y.c;
    c[1] = z.c;
    a = law_of(c, 2);
    for (int i = 0; i < AT; i++) {
        double v = truth_quantile(&t, at[i]);
        struct rw_bounded x;

        assert_int_equal(rw_aggregate_quantile(a, at[i], &x, NULL), RW_OK);
        check("VaR", at[i], &x, v, 1e-6);
        assert_int_equal(rw_aggregate_tvar(a, at[i], &x, NULL), RW_OK);
        assert_close(x.value, truth_tail_mean(&t, at[i]), x.error + 0.01);
    }
    rw_aggregate_free(a);
    truth_free(&t);
}

/* A lattice without a list, whose step is three times as wide as the atoms are
 * apart: its own estimate does not see them, the bracket does. */
static void
an_atom_between_points_is_admitted(void **state)
{
    static const double value[2] = {1000, 3141.5926}, p[2] = {0.6, 0.4};
    struct truth t = two_poissons(1000, value, p);
    struct rw_year parts;
    struct rw_grid *g;
    struct year y;
    int blind = 0;

    (void)state;
    truth_sort(&t);
    year_of(&y, 1000, value, p, 2);
    assert_int_equal(rw_year_init(&parts, &y.c, 1, NULL), RW_OK);
    assert_int_equal(rw_grid_new(&g, &parts, 5e6, 1 << 15, false), RW_OK);
    for (double q = 0.15; q < 0.999; q += 0.01) {
        double v = truth_quantile(&t, q), own = 1e-9 * v;
        struct rw_bounded x;

        assert_int_not_equal(rw_grid_quantile(g, q, 0, &x), RW_GRID_BEYOND);
        blind += fabs(x.value - v) > x.error + own;
        assert_int_not_equal(rw_grid_quantile(g, q, INFINITY, &x), RW_GRID_BEYOND);
        assert_close(x.value, v, x.error + own);
        v = truth_tail_mean(&t, q);
        assert_int_not_equal(
            rw_grid_tvar(g, q, parts.mean, parts.slack, INFINITY, &x), RW_GRID_BEYOND);
        assert_close(x.value, v, x.error + 1e-9 * v);
    }
    assert_true(blind > 0);
    rw_grid_free(g);
    rw_year_free(&parts);
    truth_free(&t);
}

CHECK_MAIN(cmocka_unit_test(an_odd_atom_among_densities_is_where_it_is),
    cmocka_unit_test(a_tail_mean_knows_odd_atoms),
    cmocka_unit_test(a_rare_density_moves_no_atom),
    cmocka_unit_test(an_atom_between_points_is_admitted))
