/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact law against figures known to ten digits, and what it refuses. */
#include "num/aggregate.h"

#include "tests/num/years.h"

/* Published digits end after ten (quantiles) and nine (tail means, tails). */
#define VAR_DIGITS  6e-10
#define TAIL_DIGITS 6e-9

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

static void
check_bounded(
    const char *name, double at, const struct rw_bounded *x, double want, double digits)
{
    double slack = digits * want;

    if (!(fabs(x->value - want) <= x->error + slack) || !(x->low <= x->value) ||
        !(x->value <= x->high) || x->low > want + slack || x->high < want - slack)
        fail_msg("%s at %g: %.12g +- %.2g in [%.12g, %.12g], want %.12g", name, at,
            x->value, x->error, x->low, x->high, want);
    assert_close(x->value, want, 1e-6 * want);
    assert_true(x->error <= 1e-6 * want + 1e-300);
}

/* The figures for tails read F in the midst of a jump.  With a cover there is
 * one at a million, ten events of 100000 each and no other:
 * Poisson(10; 1.2) P(100000 <= X <= 2100000)^10. */
static double
half_atom(int i, double x)
{
    const struct rw_dist loss = year_lognormal(12, 1.5);
    double each = rw_dist_sf(&loss, 100000) - rw_dist_sf(&loss, 2100000);

    if (i != 9 || x != 1e6)
        return 0;
    return exp(-1.2 + 10 * log(1.2 * each) - lgamma(11)) / 2;
}

static void
check_year(int i)
{
    const struct year_figures *f = &year_figures[i];
    struct year y;
    struct rw_aggregate *a;
    struct rw_bounded x;

    year_make(&y, i);
    a = law_of(&y.c, 1);
    assert_relative(rw_aggregate_mean(a), f->mean, 1e-11);
    assert_relative(rw_aggregate_sd(a), f->sd, 1e-11);
    assert_relative(rw_aggregate_p0(a), f->p0, 1e-11);
    for (int k = 0; k < YEAR_VARS; k++) {
        assert_int_equal(rw_aggregate_quantile(a, year_q[k], &x, NULL), RW_OK);
        check_bounded(f->name, year_q[k], &x, f->var[k], VAR_DIGITS);
        assert_true(x.high - x.low <= 5e-3 * f->var[k]);
    }
    for (int k = 0; k < YEAR_TVARS; k++) {
        assert_int_equal(rw_aggregate_tvar(a, year_tail_q[k], &x, NULL), RW_OK);
        check_bounded(f->name, year_tail_q[k], &x, f->tvar[k], TAIL_DIGITS);
        assert_true(x.high - x.low <= 5e-6 * f->tvar[k]);
    }
    for (int k = 0; k < YEAR_POINTS && f->beyond[k].x > 0; k++) {
        double sf = f->beyond[k].sf - half_atom(i, f->beyond[k].x);

        assert_int_equal(rw_aggregate_sf(a, f->beyond[k].x, &x, NULL), RW_OK);
        check_bounded(f->name, f->beyond[k].x, &x, sf, TAIL_DIGITS);
    }
    rw_aggregate_free(a);
}

static void
ten_known_years_come_out_within_their_errors(void **state)
{
    (void)state;
    for (int i = 0; i < YEARS; i++)
        check_year(i);
}

static void
quantiles_on_atoms_are_exact(void **state)
{
    struct year y;
    struct rw_aggregate *a;
    struct rw_bounded x;

    (void)state;
    year_make(&y, 9);
    a = law_of(&y.c, 1);
    assert_int_equal(rw_aggregate_quantile(a, 0.5, &x, NULL), RW_OK);
    assert_true(x.value == 100000 && x.low == 100000 && x.high == 100000);
    assert_int_equal(rw_aggregate_quantile(a, 0.95, &x, NULL), RW_OK);
    assert_true(x.value == 400000 && x.low == 400000 && x.high == 400000);
    rw_aggregate_free(a);
}

static void
the_order_of_questions_does_not_matter(void **state)
{
    struct year y;
    struct rw_aggregate *a, *b;
    struct rw_bounded up[YEAR_VARS], down[YEAR_VARS];

    (void)state;
    year_make(&y, 2);
    a = law_of(&y.c, 1);
    b = law_of(&y.c, 1);
    for (int k = 0; k < YEAR_VARS; k++)
        assert_int_equal(rw_aggregate_quantile(a, year_q[k], &up[k], NULL), RW_OK);
    for (int k = YEAR_VARS; k-- > 0;)
        assert_int_equal(rw_aggregate_quantile(b, year_q[k], &down[k], NULL), RW_OK);
    assert_memory_equal(up, down, sizeof up);
    rw_aggregate_free(a);
    rw_aggregate_free(b);
}

/* A risk whose losses are far below the lattice's step.  Of independent X and Y
 *   TVaR(X) + E[Y] <= TVaR(X + Y) <= TVaR(X) + TVaR(Y)
 * (convex order; subadditivity), and no tail mean is below VaR or the mean. */
static void
small_change_leaves_tail_means_bounded(void **state)
{
    const struct rw_dist small[] = {YEAR_LAW("uniform", {"min", 5}, {"max", 25}),
        YEAR_LAW("exponential", {"mean", 15})};

    (void)state;
    for (int i = 0; i < 4; i++) {
        double often = i < 2 ? 1 : 2000;
        struct rw_bounded x[3], v;
        struct rw_compound c[2];
        struct year y[2];

        year_plain(&y[0], 0.5, year_lognormal(12, 1.5));
        year_plain(&y[1], often, small[i % 2]);
        c[0] = y[0].c;
        c[1] = y[1].c;
        for (int k = 0; k < YEAR_TVARS; k++) {
            for (int j = 0; j < 3; j++) { /* X, Y, X + Y */
                struct rw_aggregate *a = law_of(c + j % 2, j < 2 ? 1 : 2);
                double q = year_tail_q[k];

                assert_int_equal(rw_aggregate_tvar(a, q, &x[j], NULL), RW_OK);
                assert_int_equal(rw_aggregate_quantile(a, q, &v, NULL), RW_OK);
                assert_true(
                    x[j].low >= v.low && x[j].low >= rw_aggregate_mean(a) * (1 - 1e-9));
                assert_true(x[j].low <= x[j].value && x[j].value <= x[j].high);
                rw_aggregate_free(a);
            }
            assert_true(x[0].low + 15 * often <= x[2].value + x[2].error);
            assert_true(x[2].value - x[2].error <= x[0].high + x[1].high);
            assert_true(x[2].low <= x[0].high + x[1].high);
            assert_true(x[2].high >= x[0].low + 15 * often);
            /* what a step per event costs */
            if (often == 1)
                assert_true(x[2].high - x[2].low <= 0.01 * x[2].value);
        }
    }
}

static void
a_year_without_events_is_zero(void **state)
{
    struct year y;
    struct rw_aggregate *a = law_of(NULL, 0);
    struct rw_bounded x;

    (void)state;
    assert_true(rw_aggregate_p0(a) == 1 && rw_aggregate_mean(a) == 0);
    assert_int_equal(rw_aggregate_tvar(a, 0.99, &x, NULL), RW_OK);
    assert_true(x.value == 0 && x.high == 0);
    rw_aggregate_free(a);
    year_plain(&y, 1e-6, year_lognormal(0, 2));
    a = law_of(&y.c, 1);
    assert_relative(1 - rw_aggregate_p0(a), -expm1(-1e-6), 1e-9);
    assert_int_equal(rw_aggregate_quantile(a, 0.9999, &x, NULL), RW_OK);
    assert_true(x.value == 0 && x.low == 0 && x.high == 0);
    /* with no quantile above 0 the tail mean is E[S] / (1 - q) */
    assert_int_equal(rw_aggregate_tvar(a, 0.99, &x, NULL), RW_OK);
    assert_relative(x.value, 1e-6 * exp(2) / 0.01, 1e-11);
    rw_aggregate_free(a);
}

static void
what_is_no_law_is_refused_in_words(void **state)
{
    struct year y;
    struct rw_aggregate *a;
    struct rw_bounded x;
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    year_plain(&y, 1, YEAR_LAW("normal", {"mean", 1}, {"sd", 1}));
    assert_int_equal(rw_aggregate_new(&y.c, 1, &a, &e), RW_ERR_INPUT);
    assert_non_null(strstr(e.text, "below 0"));
    rw_error_clear(&e);
    year_plain(&y, 1.5, year_lognormal(0, 1));
    y.c.law = RW_COUNT_BERNOULLI;
    assert_int_equal(rw_aggregate_new(&y.c, 1, &a, &e), RW_ERR_INPUT);
    assert_non_null(strstr(e.text, "chances"));
    rw_error_clear(&e);
    year_make(&y, 0);
    a = law_of(&y.c, 1);
    assert_int_equal(rw_aggregate_quantile(a, 0.99999, &x, &e), RW_ERR_INPUT);
    rw_aggregate_free(a);
}

CHECK_MAIN(cmocka_unit_test(ten_known_years_come_out_within_their_errors),
    cmocka_unit_test(quantiles_on_atoms_are_exact),
    cmocka_unit_test(the_order_of_questions_does_not_matter),
    cmocka_unit_test(small_change_leaves_tail_means_bounded),
    cmocka_unit_test(a_year_without_events_is_zero),
    cmocka_unit_test(what_is_no_law_is_refused_in_words))
