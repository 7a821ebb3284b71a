/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small sums against the probabilities of textbook questions.
 *
 * Source: Klugman, Panjer and Willmot, Loss Models, exercises 9.34, 9.39, 9.57 and
 * 9.58, example 9.9. */
#include "base/arena.h"
#include "num/aggregate.h"
#include "num/empirical.h"
#include "tests/num/years.h"

/* Exercises 9.57, 9.58: P(S <= 3) where the year has three events on average, and
 * one costs 1, 2, 3 or 4 with probabilities .4, .3, .2, .1. */
static struct rw_bounded
up_to_three(enum rw_count_law law, double dispersion)
{
    double x[] = {1, 1, 1, 1, 2, 2, 2, 3, 3, 4};
    struct rw_arena arena;
    struct rw_aggregate *a;
    struct rw_bounded p;
    struct rw_dist d;
    struct rw_error e;
    struct year y;

    rw_arena_init(&arena);
    rw_error_clear(&e);
    assert_int_equal(RW_OK, rw_empirical_make(x, sizeof x / sizeof *x, &arena, &d));
    year_plain(&y, 3, d);
    y.c.law = law;
    y.c.dispersion = dispersion;
    if (rw_aggregate_new(&y.c, 1, &a, &e) != RW_OK ||
        rw_aggregate_sf(a, 3, &p, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_aggregate_free(a);
    rw_arena_fini(&arena);
    return (struct rw_bounded){1 - p.value, 1 - p.high, 1 - p.low, p.error};
}

static void
check(struct rw_bounded p, double want)
{
    assert_close(p.value, want, 1e-13);
    assert_true(p.low <= want + 1e-14 && want <= p.high + 1e-14);
}

static void
small_losses_have_their_published_law(void **state)
{
    (void)state;
    check(up_to_three(RW_COUNT_POISSON, 0), 0.2881675517131965);
    /* r = 6, beta = 0.5: variance 4.5 = 3 + 9 f */
    check(up_to_three(RW_COUNT_NEGBIN, 1 / 6.), 0.33940842351267586);
}

/* P(S > x) of n years. */
static double
beyond(const struct rw_compound c[], size_t n, double x)
{
    struct rw_aggregate *a;
    struct rw_bounded p;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_aggregate_new(c, n, &a, &e) != RW_OK ||
        rw_aggregate_sf(a, x, &p, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_aggregate_free(a);
    return p.value;
}

/* Exercise 9.34: five events on average of 100, 500 or 1000 with probabilities .8,
 * .16, .04; P(S = 600). */
static void
one_sum_has_its_published_chance(void **state)
{
    double x[25];
    struct rw_arena arena;
    struct rw_dist d;
    struct year y;

    (void)state;
    for (size_t k = 0; k < 25; k++)
        x[k] = k < 20 ? 100 : k < 24 ? 500 : 1000;
    rw_arena_init(&arena);
    assert_int_equal(RW_OK, rw_empirical_make(x, 25, &arena, &d));
    year_plain(&y, 5, d);
    assert_close(
        beyond(&y.c, 1, 500) - beyond(&y.c, 1, 600), 0.059892862214093054, 1e-13);
    rw_arena_fini(&arena);
}

/* Example 9.9: two independent policies, two events on average of 1 (.6) or 2 (.4),
 * and one of 1 (.7) or 3 (.3); P(S = 2). */
static void
two_policies_have_their_published_chance(void **state)
{
    double a[] = {1, 1, 1, 2, 2}, b[] = {1, 1, 1, 1, 1, 1, 1, 3, 3, 3};
    struct rw_arena arena;
    struct rw_dist d[2];
    struct year y[2];
    struct rw_compound both[2];

    (void)state;
    rw_arena_init(&arena);
    assert_int_equal(RW_OK, rw_empirical_make(a, 5, &arena, &d[0]));
    assert_int_equal(RW_OK, rw_empirical_make(b, 10, &arena, &d[1]));
    year_plain(&y[0], 2, d[0]);
    year_plain(&y[1], 1, d[1]);
    both[0] = y[0].c;
    both[1] = y[1].c;
    assert_close(beyond(both, 2, 1) - beyond(both, 2, 2), 0.12969531309828555, 1e-13);
    rw_arena_fini(&arena);
}

/* Exercise 9.39: three chances of .4, exponential losses of mean 100; P(S <= 300). */
static void
three_chances_have_their_published_law(void **state)
{
    struct year y;

    (void)state;
    year_plain(&y, 1.2, YEAR_LAW("exponential", {"mean", 100}));
    y.c.law = RW_COUNT_BINOMIAL;
    y.c.chances = 3;
    assert_relative(1 - beyond(&y.c, 1, 300), 0.894053118513161, 1e-8);
}

CHECK_MAIN(cmocka_unit_test(small_losses_have_their_published_law),
    cmocka_unit_test(one_sum_has_its_published_chance),
    cmocka_unit_test(two_policies_have_their_published_chance),
    cmocka_unit_test(three_chances_have_their_published_law))
