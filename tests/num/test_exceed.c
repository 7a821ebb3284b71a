/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year's chance to exceed a limit, reckoned on 60 cells, against published figures,
 * closed forms and the exact law. */
#include "num/exceed.h"
#include "num/losses.h"
#include "tests/num/years.h"

#include <math.h>
#include <stdlib.h>

enum { CELLS = RW_LATTICE_CELLS, VALUES = 32768 };

/* Values at the middles of VALUES cells of probability. */
static struct rw_losses
losses_of(const struct rw_dist *d, struct rw_arena *a)
{
    size_t n = VALUES;
    double *x = RW_ARENA_NEW(a, n, double), *tmp = RW_ARENA_NEW(a, n, double);
    struct rw_losses l;

    assert_non_null(x);
    assert_non_null(tmp);
    for (size_t k = 0; k < n; k++)
        x[k] = rw_dist_quantile(d, ((double)k + 0.5) / (double)n);
    assert_int_equal(RW_OK, rw_losses_make(&l, x, tmp, n, a));
    return l;
}

/* E[min(X, x)] and P(X > x) of a lognormal law over fourteen octaves. */
static void
a_table_is_the_law(void **state)
{
    const struct rw_dist d = year_lognormal(0, 1.5);
    double mean = rw_dist_mean(&d);
    struct rw_arena a;
    struct rw_losses l;

    (void)state;
    rw_arena_init(&a);
    l = losses_of(&d, &a);
    assert_false(l.lumpy);
    for (double x = 0.01; x < 200; x *= 1.37) {
        assert_close(rw_losses_limited(&l, x), rw_dist_lev(&d, x), 3e-4 * mean);
        assert_close(rw_losses_sf(&l, x), rw_dist_sf(&d, x), 8.0 / VALUES);
    }
    assert_close(rw_losses_limited(&l, 0), 0, 0);
    /* what is beyond the middle of the last of the values' cells */
    assert_close(rw_losses_limited(&l, 1e300), mean, 2e-3 * mean);
    rw_arena_fini(&a);
}

/* P(S > limit) of one compound. */
static double
over(const struct rw_losses *l, const struct rw_cover *cover,
    const struct rw_exceed_count *c, double limit, enum rw_lattice_kind kind)
{
    struct rw_lattice_law g = {.small = {0}};
    struct rw_exceed x;

    rw_losses_add(l, 1, cover, kind, limit / CELLS, CELLS, 1, &g);
    rw_exceed_open(&x, CELLS, kind == RW_LATTICE_EVEN);
    rw_exceed_add(&x, c, &g);
    rw_exceed_close(&x);
    return rw_exceed_over(&x);
}

/* Klugman, Panjer and Willmot, exercises 9.57 and 9.58: P(S <= 3) where one event
 * costs 1, 2, 3 or 4 with probabilities .4, .3, .2, .1.  A limit of 3.75 is 60 cells
 * of a sixteenth. */
static void
small_losses_have_their_published_law(void **state)
{
    static const double cost[] = {1, 1, 1, 1, 2, 2, 2, 3, 3, 4};
    double value[800], tmp[800];
    const struct rw_exceed_count poisson = {3, INFINITY, 0, 0}, negbin = {3, 6, 0, 0};
    struct rw_arena a;
    struct rw_losses l;

    (void)state;
    rw_arena_init(&a);
    for (int k = 0; k < 800; k++)
        value[k] = cost[k / 80];
    assert_int_equal(RW_OK, rw_losses_make(&l, value, tmp, 800, &a));
    assert_true(l.lumpy);
    for (int k = RW_LATTICE_DOWN; k <= RW_LATTICE_UP; k++) {
        enum rw_lattice_kind kind = (enum rw_lattice_kind)k;

        assert_close(
            over(&l, NULL, &poisson, 3.75, kind), 1 - 0.2881675517131965, 1e-13);
        assert_close(
            over(&l, NULL, &negbin, 3.75, kind), 1 - 0.33940842351267586, 1e-13);
    }
    rw_arena_fini(&a);
}

static double
exact(const struct year *y, double x)
{
    struct rw_aggregate *law;
    struct rw_bounded p;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_aggregate_new(&y->c, 1, &law, &e) != RW_OK ||
        rw_aggregate_sf(law, x, &p, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_aggregate_free(law);
    return p.value;
}

/* Years whose law is published (years.h), each at its limits: what is reckoned is right
 * for a limit that is off by less than half a cell, 0.8 % of itself. */
static void
years_are_near_to_their_exact_law(void **state)
{
    static const struct {
        int year;
        double shape, zero;
    } of[] = {{0, INFINITY, 0}, {1, INFINITY, 0}, {2, INFINITY, 0}, {3, 1.2, 0},
        {4, 2, 0}, {5, INFINITY, 0}, {7, INFINITY, 0.6}, {9, INFINITY, 0}};
    double worst = 0;
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        const struct year_figures *f = &year_figures[of[k].year];
        struct rw_exceed_count c = {0, of[k].shape, 0, of[k].zero};
        struct rw_cover cover;
        struct rw_losses l;
        struct year y;

        year_make(&y, of[k].year);
        c.mean = y.m[0];
        cover = (struct rw_cover){y.member.event.deductible, y.member.event.limit};
        l = losses_of(&y.part[0].amount, &a);
        for (int p = 0; p < YEAR_POINTS && f->beyond[p].x > 0; p++) {
            double x = f->beyond[p].x, sf = f->beyond[p].sf, near = x / CELLS / 2;
            const struct rw_cover *with = cover.limit > 0 ? &cover : NULL;
            double even = over(&l, with, &c, x, RW_LATTICE_EVEN);

            assert_true(even <= exact(&y, x - near));
            assert_true(even >= exact(&y, x + near));
            if (of[k].year > 0) /* fifty losses of a cell each */
                worst = fmax(worst, fabs(even / sf - 1));
        }
    }
    assert_true(worst < 0.01);
    rw_arena_fini(&a);
}

/* Each event costs a quarter of the limit: P(S > L) = P(N >= 5), on even lattices too
 * once S = L counts half. */
static double
by_number(double (*p)(int k), int from)
{
    double sum = 0;

    for (int k = from; k < 400; k++)
        sum += p(k);
    return sum;
}

static double
binomial6(int k) /* of 6 chances, mean 2.4 */
{
    return k > 6 ? 0
                 : exp(lgamma(7) - lgamma(k + 1.0) - lgamma(7.0 - k)) * pow(0.4, k) *
                       pow(0.6, 6 - k);
}

static double
negbin3(int k) /* mean 2.4, shape 3 */
{
    return exp(lgamma(k + 3.0) - lgamma(3) - lgamma(k + 1.0)) * pow(3 / 5.4, 3) *
           pow(2.4 / 5.4, k);
}

static double
zip2(int k) /* none with probability .3, else Poisson(2.4) */
{
    return (k == 0 ? 0.3 : 0) + 0.7 * exp(-2.4 + k * log(2.4) - lgamma(k + 1.0));
}

static void
the_number_has_its_law(void **state)
{
    static const struct {
        struct rw_exceed_count c;
        double (*p)(int k);
    } of[] = {{{2.4, INFINITY, 6, 0}, binomial6}, {{2.4, 3, 0, 0}, negbin3},
        {{2.4, INFINITY, 0, 0.3}, zip2}};
    const struct rw_exceed_count sure = {7, INFINITY, 5, 0};
    double value[] = {250, 250}, tmp[2];
    struct rw_arena a;
    struct rw_losses l;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_losses_make(&l, value, tmp, 2, &a));
    for (size_t k = 0; k < 3; k++) {
        double five = by_number(of[k].p, 5), four = by_number(of[k].p, 4);

        assert_close(over(&l, NULL, &of[k].c, 1000, RW_LATTICE_UP), five, 1e-13);
        assert_close(over(&l, NULL, &of[k].c, 1000, RW_LATTICE_DOWN), five, 1e-13);
        assert_close(
            over(&l, NULL, &of[k].c, 1000, RW_LATTICE_EVEN), (five + four) / 2, 1e-13);
    }
    /* five chances, each with its event; a binomial has no gamma */
    assert_close(over(&l, NULL, &sure, 1001, RW_LATTICE_UP), 1, 1e-13);
    assert_close(over(&l, NULL, &sure, 1251, RW_LATTICE_DOWN), 0, 1e-13);
    rw_arena_fini(&a);
}

/* The same sum as one compound, as three, and with one that is not Poisson by its
 * nature but by its numbers. */
static void
compounds_add_up(void **state)
{
    const struct rw_dist d = year_lognormal(0, 1.5);
    const struct rw_exceed_count part = {0.5, INFINITY, 0, 0},
                                 all = {1.5, INFINITY, 0, 0}, near = {0.5, 1e9, 0, 0};
    struct rw_lattice_law g = {.small = {0}};
    double one;
    struct rw_exceed x;
    struct rw_arena a;
    struct rw_losses l;

    (void)state;
    rw_arena_init(&a);
    l = losses_of(&d, &a);
    rw_losses_add(&l, 2, NULL, RW_LATTICE_EVEN, 20. / CELLS, CELLS, 1, &g);
    rw_exceed_open(&x, CELLS, true);
    rw_exceed_add(&x, &all, &g);
    rw_exceed_close(&x);
    one = rw_exceed_over(&x);
    rw_exceed_open(&x, CELLS, true);
    rw_exceed_add(&x, &part, &g);
    rw_exceed_add(&x, &near, &g);
    rw_exceed_add(&x, &part, &g);
    rw_exceed_close(&x);
    assert_relative(rw_exceed_over(&x), one, 1e-8);
    /* twice the loss and twice the limit */
    assert_relative(over(&l, NULL, &all, 10, RW_LATTICE_EVEN), one, 1e-12);
    rw_arena_fini(&a);
}

/* d P(S > L) / dm = P(S + X > L) - P(S > L) for Poisson compounds, and the same of
 * E[(L - S)+]; and that one against sums over the number of events. */
static void
one_event_more_is_the_slope(void **state)
{
    const struct rw_dist d = year_lognormal(0, 1);
    const double step = 1e-4;
    struct rw_lattice_law g = {.small = {0}};
    double over3[3], below3[3], slope, sum = 0;
    struct rw_exceed x[3], lumps;
    struct rw_arena a;
    struct rw_losses l;

    (void)state;
    rw_arena_init(&a);
    l = losses_of(&d, &a);
    rw_losses_add(&l, 1, NULL, RW_LATTICE_EVEN, 8. / CELLS, CELLS, 1, &g);
    for (int k = 0; k < 3; k++) {
        const struct rw_exceed_count c = {2 + (k - 1) * step, INFINITY, 0, 0};

        rw_exceed_open(&x[k], CELLS, true);
        rw_exceed_add(&x[k], &c, &g);
        rw_exceed_close(&x[k]);
        over3[k] = rw_exceed_over(&x[k]);
        below3[k] = rw_exceed_below(&x[k]);
        rw_exceed_prepare(&x[k]);
    }
    slope = (over3[2] - over3[0]) / (2 * step);
    assert_relative(rw_exceed_over_with(&x[1], &g) - over3[1], slope, 1e-7);
    slope = (below3[2] - below3[0]) / (2 * step);
    assert_relative(rw_exceed_below_with(&x[1], &g) - below3[1], slope, 1e-7);

    memset(&g, 0, sizeof g);
    g.g[20] = 1;
    rw_exceed_open(&lumps, CELLS, true);
    rw_exceed_add(&lumps, &(struct rw_exceed_count){1.5, INFINITY, 0, 0}, &g);
    rw_exceed_close(&lumps);
    for (int k = 0; k < 4; k++)
        sum += (60 - 20 * k) * exp(-1.5) * pow(1.5, k) / tgamma(k + 1);
    assert_relative(rw_exceed_below(&lumps), sum, 1e-13);
    rw_arena_fini(&a);
}

/* Many losses of a cell or less: the sum is as narrow as it is. */
static void
small_losses_do_not_scatter_on_the_lattice(void **state)
{
    static const struct {
        double m, shape, sigma, limit; /* the limit over the mean */
    } of[] = {{100, INFINITY, 0.8, 1.2}, {100, INFINITY, 0.8, 1.5},
        {1000, INFINITY, 0.8, 1.1}, {1000, INFINITY, 0.8, 1.2},
        {1000, INFINITY, 0, 1.1}, {3000, 8, 0.8, 1.5}, {3000, 8, 0.8, 2.5},
        {36, 10, 0.8326, 1.5}, {62, 10, 1.4, 1.5}, {64, 10, 1.4, 1.5},
        {1000, 1e4, 0.8, 1.1}};
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        const struct rw_exceed_count c = {of[k].m, of[k].shape, 0, 0};
        struct rw_dist d =
            of[k].sigma > 0 ? year_lognormal(0, of[k].sigma) : rw_dist_constant(1);
        double limit = of[k].limit * of[k].m * rw_dist_mean(&d), got, want;
        struct rw_losses l = losses_of(&d, &a);
        struct year y;

        year_plain(&y, of[k].m, d);
        if (isfinite(of[k].shape)) {
            y.c.law = RW_COUNT_NEGBIN;
            y.c.dispersion = 1 / of[k].shape;
        }
        got = over(&l, NULL, &c, limit, RW_LATTICE_EVEN);
        want = exact(&y, limit);
        if (want > 1e-4 && of[k].sigma > 0) /* a sum of constants has atoms */
            assert_relative(got, want, 0.05);
        assert_true(got <= exact(&y, limit * (1 - 1. / 120)));
        assert_true(got >= exact(&y, limit * (1 + 1. / 120)));
    }
    rw_arena_fini(&a);
}

/* So many events that none of the lattice's places is likely at all. */
static void
a_flood_exceeds_for_certain(void **state)
{
    const struct rw_exceed_count many = {1e5, INFINITY, 0, 0}, wild = {1e5, 1e3, 0, 0};
    double value[] = {50, 70}, tmp[2];
    struct rw_arena a;
    struct rw_losses l;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_losses_make(&l, value, tmp, 2, &a));
    assert_close(over(&l, NULL, &many, 1000, RW_LATTICE_EVEN), 1, 0);
    assert_close(over(&l, NULL, &wild, 1000, RW_LATTICE_EVEN), 1, 0);
    rw_arena_fini(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_the_law),
        cmocka_unit_test(small_losses_have_their_published_law),
        cmocka_unit_test(years_are_near_to_their_exact_law),
        cmocka_unit_test(the_number_has_its_law),
        cmocka_unit_test(compounds_add_up),
        cmocka_unit_test(one_event_more_is_the_slope),
        cmocka_unit_test(small_losses_do_not_scatter_on_the_lattice),
        cmocka_unit_test(a_flood_exceeds_for_certain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
