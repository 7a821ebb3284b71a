/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Years that are nothing but atoms, against counting them out and against
 * Panjer's recursion in the unit of the losses. */
#include "num/empirical.h"
#include "num/mixture.h"

#include "tests/num/truth.h"

/* Of the sum of n compounds. */
static void
compare(const struct rw_compound c[], size_t n, struct truth *t, double fine)
{
    struct rw_aggregate *a = law_of(c, n);
    struct rw_bounded x;

    truth_sort(t);
    for (int i = 0; i < AT; i++) {
        double v = truth_quantile(t, at[i]);

        assert_int_equal(rw_aggregate_quantile(a, at[i], &x, NULL), RW_OK);
        check("VaR", at[i], &x, v, fine);
        assert_int_equal(rw_aggregate_tvar(a, at[i], &x, NULL), RW_OK);
        check("TVaR", at[i], &x, truth_tail_mean(t, at[i]), fmax(fine, 1e-7));
        for (int side = -1; side <= 1; side++) {
            double at_x = v + side * 1e-5 * v;

            assert_int_equal(rw_aggregate_sf(a, at_x, &x, NULL), RW_OK);
            assert_close(x.value, truth_tail(t, at_x), x.error + 1e-12);
            if (fine < 1e-9 && x.error > 1e-9)
                fail_msg("P(> %.12g) +- %g", at_x, x.error);
        }
    }
    rw_aggregate_free(a);
}

/* ---- counted out ---- */

static void
two_odd_values_are_counted_out(void **state)
{
    static const struct {
        double m, value[2], p[2];
    } two[] = {
        {5, {1000, 3141.5926}, {0.6, 0.4}},
        {3, {12000.37, 250000.11}, {0.7, 0.3}},
        {0.1, {7, 1000000}, {0.5, 0.5}},
        {0.4, {5000, 1234567.89}, {0.9, 0.1}},
        {2, {1000, 14142.135623730952}, {0.5, 0.5}},
        {40, {1000, 3141.5926}, {0.6, 0.4}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof two / sizeof two[0]; i++) {
        struct truth t = two_poissons(two[i].m, two[i].value, two[i].p);
        struct year y;

        year_of(&y, two[i].m, two[i].value, two[i].p, 2);
        compare(&y.c, 1, &t, 1e-14);
        truth_free(&t);
    }
}

/* N of a law mixed over m, i of N the first value. */
static struct truth
counted(const struct rw_compound *c, const double value[2], const double p[2],
    unsigned most)
{
    struct truth t = {0};

    for (unsigned n = 0; n < most; n++) {
        double chance = 0;

        for (size_t k = 0; k < c->n_nodes; k++)
            chance += c->weight[k] * number(c, c->m[k], n);
        for (unsigned i = 0; i <= n; i++)
            truth_add(&t, i * value[0] + (n - i) * value[1],
                chance * gsl_ran_binomial_pdf(i, p[0], n));
    }
    return t;
}

static void
every_count_law_is_counted_out(void **state)
{
    static const double value[2] = {1000, 3141.5926}, p[2] = {0.6, 0.4};
    static const enum rw_count_law law[] = {RW_COUNT_POISSON, RW_COUNT_NEGBIN,
        RW_COUNT_ZIP, RW_COUNT_BINOMIAL, RW_COUNT_BERNOULLI};

    (void)state;
    for (int i = 0; i < 5; i++)
        for (size_t nodes = 1; nodes <= 2; nodes++) {
            struct truth t;
            struct year y;

            year_of(&y, 0, value, p, 2);
            y.c.law = law[i];
            y.c.dispersion = 1.5;
            y.c.zero = law[i] == RW_COUNT_ZIP ? 0.3 : 0;
            y.c.chances = law[i] == RW_COUNT_BERNOULLI ? 1 : 12;
            y.c.n_nodes = nodes;
            for (size_t k = 0; k < nodes; k++) {
                y.m[k] = law[i] == RW_COUNT_BERNOULLI ? 0.4 + 0.3 * (double)k
                                                      : 4 + 3 * (double)k;
                y.weight[k] = nodes == 1 ? 1 : k == 0 ? 0.3 : 0.7;
            }
            t = counted(&y.c, value, p, law[i] == RW_COUNT_NEGBIN ? 500 : 80);
            compare(&y.c, 1, &t, 1e-14);
            truth_free(&t);
        }
}

/* Two members under one frequency of two nodes, independent given it. */
static void
members_share_their_frequency(void **state)
{
    static const double value[2] = {1000, 3141.5926}, share[2] = {0.25, 1};
    struct rw_event_part part[2];
    struct rw_compound_member member[2];
    struct truth t = {0};
    struct year y;

    (void)state;
    year_plain(&y, 1, rw_dist_constant(1));
    y.c.law = RW_COUNT_NEGBIN;
    y.c.dispersion = 0.5;
    y.c.n_nodes = 2;
    y.m[1] = 3;
    y.weight[0] = 0.8;
    y.weight[1] = 0.2;
    for (int i = 0; i < 2; i++) {
        part[i] =
            (struct rw_event_part){rw_dist_constant(value[i]), 1, i == 0 ? 1 : 0.5};
        member[i] =
            (struct rw_compound_member){share[i], {.parts = &part[i], .n_parts = 1}};
    }
    y.c.members = member;
    y.c.n_members = 2;
    for (unsigned i = 0; i < 60; i++)
        for (unsigned j = 0; j < 120; j++) {
            double chance = 0;

            for (int k = 0; k < 2; k++) /* a part that comes half the time thins */
                chance += y.weight[k] * number(&y.c, y.m[k] * share[0], i) *
                          number(&y.c, y.m[k] * share[1] * 0.5, j);
            truth_add(&t, i * value[0] + j * value[1], chance);
        }
    compare(&y.c, 1, &t, 1e-14);
    truth_free(&t);
}

/* 700.25 of what is above 2000.5 is paid: 3141.5926 becomes 2441.3426. */
static void
a_cover_moves_atoms_and_their_mean(void **state)
{
    static const double gross[2] = {1000, 3141.5926}, net[2] = {1000, 2441.3426},
                        p[2] = {0.6, 0.4};
    struct truth t = two_poissons(5, net, p);
    struct year y;
    struct rw_aggregate *a;

    (void)state;
    year_of(&y, 5, gross, p, 2);
    y.member.event.deductible = 2000.5;
    y.member.event.limit = 700.25;
    a = law_of(&y.c, 1);
    assert_relative(rw_aggregate_mean(a), 5 * (0.6 * 1000 + 0.4 * 2441.3426), 1e-14);
    rw_aggregate_free(a);
    compare(&y.c, 1, &t, 1e-14);
    truth_free(&t);
}

/* The same of one amount that has both values, which its own quadrature would
 * have to see as steps. */
static void
a_cover_on_a_mixture_of_atoms(void **state)
{
    static const double net[2] = {1000, 2441.3426}, p[2] = {0.6, 0.4};
    const struct rw_dist part[2] = {
        rw_dist_constant(1000), rw_dist_constant(3141.5926)};
    struct truth t = two_poissons(5, net, p);
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;
    struct rw_aggregate *a;
    char why[RW_DIST_WHY];
    int bad;

    (void)state;
    rw_arena_init(&arena);
    assert_int_equal(RW_OK, rw_mixture_make(p, part, 2, &arena, &d, &bad, why));
    year_plain(&y, 5, d);
    y.member.event.deductible = 2000.5;
    y.member.event.limit = 700.25;
    a = law_of(&y.c, 1);
    assert_relative(rw_aggregate_mean(a), 5 * (0.6 * 1000 + 0.4 * 2441.3426), 1e-14);
    rw_aggregate_free(a);
    compare(&y.c, 1, &t, 1e-14);
    truth_free(&t);
    rw_arena_fini(&arena);
}

static void
risks_add_up(void **state)
{
    static const double value[3] = {1000, 3141.5926, 250000.11}, p[2] = {0.6, 0.4};
    struct truth t = {0}, two = two_poissons(5, value, p);
    struct rw_compound c[2];
    struct year y, z;

    (void)state;
    year_of(&y, 5, value, p, 2);
    year_plain(&z, 0.7, rw_dist_constant(value[2]));
    c[0] = y.c;
    c[1] = z.c;
    for (size_t i = 0; i < two.n; i++)
        for (unsigned k = 0; k < 20 && two.atom[i].p > 1e-20; k++)
            truth_add(&t, two.atom[i].x + k * value[2],
                two.atom[i].p * gsl_ran_poisson_pdf(k, 0.7));
    compare(c, 2, &t, 1e-14);
    truth_free(&t);
    truth_free(&two);
}

/* ---- Panjer's recursion ---- */

/* Poisson(m) of n equally likely values, whole units, up to `most`. */
static struct truth
panjer(double m, const unsigned value[], size_t n, double unit, unsigned most)
{
    double *g = calloc(most, sizeof *g);
    struct truth t = {0};

    assert_non_null(g);
    g[0] = exp(-m);
    for (unsigned s = 1; s < most; s++) {
        double sum = 0;

        for (size_t i = 0; i < n; i++)
            if (value[i] <= s)
                sum += value[i] * g[s - value[i]];
        g[s] = sum * m / ((double)n * s);
    }
    for (size_t i = 0; i < n; i++)
        t.mean += m / (double)n * value[i] * unit;
    for (unsigned s = 0; s < most; s++)
        truth_add(&t, s * unit, g[s]);
    free(g);
    return t;
}

static void
samples_of_whole_dollars_are_panjers(void **state)
{
    static const unsigned value[12] = {134487, 161195, 5507, 161780, 94301, 103549,
        126416, 57874, 195925, 11732, 56306, 77290};
    struct truth t = panjer(2, value, 12, 1, 1200000);
    double x[12];
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;

    (void)state;
    rw_arena_init(&arena);
    for (int i = 0; i < 12; i++)
        x[i] = value[i];
    assert_int_equal(RW_OK, rw_empirical_make(x, 12, &arena, &d));
    year_plain(&y, 2, d);
    compare(&y.c, 1, &t, 1e-14);
    truth_free(&t);
    rw_arena_fini(&arena);
}

/* In cents they are too many, for a lattice or a list: rounded, and the error
 * says so. */
static void
samples_in_cents_are_within_a_millionth(void **state)
{
    enum { N = 24 };
    unsigned value[N];
    double x[N];
    struct truth t;
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;

    (void)state;
    rw_arena_init(&arena);
    for (unsigned i = 0; i < N; i++) {
        value[i] = 100003 + 7919 * i * i + 13 * (i % 7); /* to 42891.80 dollars */
        x[i] = value[i] / 100.0;
    }
    t = panjer(2, value, N, 0.01, 20000000);
    assert_int_equal(RW_OK, rw_empirical_make(x, N, &arena, &d));
    year_plain(&y, 2, d);
    compare(&y.c, 1, &t, 4e-6);
    truth_free(&t);
    rw_arena_fini(&arena);
}

CHECK_MAIN(cmocka_unit_test(two_odd_values_are_counted_out),
    cmocka_unit_test(every_count_law_is_counted_out),
    cmocka_unit_test(members_share_their_frequency),
    cmocka_unit_test(a_cover_moves_atoms_and_their_mean),
    cmocka_unit_test(a_cover_on_a_mixture_of_atoms), cmocka_unit_test(risks_add_up),
    cmocka_unit_test(samples_of_whole_dollars_are_panjers),
    cmocka_unit_test(samples_in_cents_are_within_a_millionth))
