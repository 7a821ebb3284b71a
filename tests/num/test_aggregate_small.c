/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of small whole losses against published probabilities: an event costs 1,
 * 2, 3 or 4 with probabilities .4, .3, .2, .1.
 *
 * Source: Klugman, Panjer and Willmot, Loss Models, exercises 9.57 and 9.58. */
#include "base/arena.h"
#include "num/aggregate.h"
#include "num/empirical.h"
#include "tests/num/years.h"

/* P(S <= 3) where the year has three events on average. */
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

CHECK_MAIN(cmocka_unit_test(small_losses_have_their_published_law))
