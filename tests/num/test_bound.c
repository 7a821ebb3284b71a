/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often floors and caps hold a draw: against closed forms, and against the
 * atoms and the mean of the whole law. */
#include "num/bound.h"
#include "num/mixture.h"
#include "num/splice.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

struct seen {
    struct rw_dist_hold h[8];
    char path[8][64];
    size_t n;
};

static bool
see(void *self, const struct rw_dist_hold *h)
{
    struct seen *s = self;

    assert_true(s->n < 8);
    s->h[s->n] = *h;
    snprintf(s->path[s->n++], sizeof s->path[0], "%s", h->path);
    return true;
}

static struct seen
holds(const struct rw_dist *d)
{
    struct seen s = {.n = 0};

    assert_true(rw_dist_holds(d, see, &s));
    return s;
}

static double
phi(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

static void
a_floor_and_a_cap_have_their_closed_forms(void **state)
{
    struct rw_dist d = SMALL_DIST("normal", {"mean", 2}, {"sd", 4}, {"floor", 0});
    double z = -0.5, density = exp(-z * z / 2) / sqrt(2 * M_PI);
    struct seen s = holds(&d);

    (void)state;
    assert_int_equal(s.n, 1);
    assert_string_equal(s.path[0], "/floor");
    assert_false(s.h[0].cap);
    assert_relative(s.h[0].probability, phi(z), 1e-13);
    /* E(-X)^+ = sd (density - |z| P(X < 0)) */
    assert_relative(s.h[0].shift, 4 * (density + z * phi(z)), 1e-9);

    d = SMALL_DIST("lognormal", {"mu", 10}, {"sigma", 2}, {"cap", 1e6});
    s = holds(&d);
    z = (log(1e6) - 10) / 2;
    assert_int_equal(s.n, 1);
    assert_true(s.h[0].cap && s.h[0].value == 1e6);
    assert_string_equal(s.path[0], "/cap");
    assert_relative(s.h[0].probability, phi(-z), 1e-12);
    assert_relative(s.h[0].shift, -(exp(12) * phi(2 - z) - 1e6 * phi(-z)), 1e-10);

    d = SMALL_DIST(
        "pert", {"min", 1}, {"mode", 2}, {"max", 5}, {"cap", 7}, {"floor", 0});
    s = holds(&d);
    assert_int_equal(s.n, 2); /* in use, and never reached */
    assert_true(s.h[0].probability == 0 && s.h[1].probability == 0);
    assert_true(s.h[0].shift == 0 && s.h[1].shift == 0);

    d = SMALL_DIST("gpd", {"xi", 1.5}, {"beta", 10}, {"cap", 1000});
    s = holds(&d);
    assert_relative(s.h[0].probability, pow(1 + 150, -1 / 1.5), 1e-12);
    assert_true(isinf(s.h[0].shift) && s.h[0].shift < 0);
    d = SMALL_DIST("lognormal", {"mu", 1}, {"sigma", 1});
    assert_int_equal(holds(&d).n, 0);
}

/* P(X = x): there is nothing else that could hold a draw there. */
static double
atom(const struct rw_dist *d, double x)
{
    return rw_dist_cdf(d, x) - rw_dist_below(d, x);
}

static struct rw_dist
mixed(double cap, struct rw_arena *a)
{
    struct rw_dist part[2] = {SMALL_DIST("exponential", {"mean", 100}, {"cap", cap}),
        SMALL_DIST("normal", {"mean", 50}, {"sd", 30}, {"floor", 10})};
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(
        RW_OK, rw_mixture_make((double[]){0.3, 0.7}, part, 2, a, &d, &bad, why));
    return d;
}

static void
a_part_counts_as_often_as_it_is_drawn(void **state)
{
    struct rw_arena a;
    struct rw_dist d, without;
    struct seen s;

    (void)state;
    rw_arena_init(&a);
    d = mixed(150, &a);
    s = holds(&d);
    assert_int_equal(s.n, 2);
    assert_string_equal(s.path[0], "/parts/0/of/cap");
    assert_string_equal(s.path[1], "/parts/1/of/floor");
    assert_relative(s.h[0].probability, 0.3 * exp(-1.5), 1e-13);
    assert_relative(s.h[0].probability, atom(&d, 150), 1e-12);
    assert_relative(s.h[1].probability, atom(&d, 10), 1e-12);
    without = mixed(1e9, &a);
    assert_relative(s.h[0].shift, rw_dist_mean(&d) - rw_dist_mean(&without), 1e-9);
    d.cap = 120; /* of the whole */
    s = holds(&d);
    assert_int_equal(s.n, 3);
    assert_string_equal(s.path[0], "/cap");
    /* P(X > 120) of both parts, what the part's own cap holds among them */
    assert_relative(s.h[0].probability, 0.3 * exp(-1.2) + 0.7 * phi(-7.0 / 3), 1e-12);
    assert_relative(s.h[1].probability, 0.3 * exp(-1.5), 1e-13);
    rw_arena_fini(&a);
}

/* Body with a cap, tail with another, threshold 200. */
static struct rw_dist
spliced(double body_cap, double tail_cap, struct rw_arena *a)
{
    struct rw_dist body = mixed(body_cap, a), d;
    struct rw_dist tail =
        SMALL_DIST("gpd", {"xi", 0.5}, {"beta", 100}, {"cap", tail_cap});
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];

    assert_int_equal(RW_OK, rw_splice_make(&body, &tail, 200, 0.9, a, &d, &fault, why));
    return d;
}

static void
what_lies_beyond_a_threshold_is_not_counted(void **state)
{
    struct rw_arena a;
    struct rw_dist d, without;
    struct seen s;

    (void)state;
    rw_arena_init(&a);
    d = spliced(150, 900, &a);
    s = holds(&d);
    assert_int_equal(s.n, 3);
    assert_string_equal(s.path[0], "/body/parts/0/of/cap");
    assert_string_equal(s.path[1], "/body/parts/1/of/floor");
    assert_string_equal(s.path[2], "/tail/cap");
    for (int k = 0; k < 3; k++)
        assert_relative(s.h[k].probability, atom(&d, s.h[k].value), 1e-11);
    /* given beyond 200: (1 + 0.5 x / 100)^-2 */
    assert_relative(s.h[2].probability, 0.1 * pow(5.5 / 2, -2), 1e-12);
    without = spliced(150, 1e12, &a);
    assert_relative(s.h[2].shift, rw_dist_mean(&d) - rw_dist_mean(&without), 1e-6);
    d = spliced(250, 900, &a); /* the body's cap is beyond the threshold */
    s = holds(&d);
    assert_true(s.h[0].probability == 0 && s.h[0].shift == 0);
    assert_true(atom(&d, 250) == 0);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(a_floor_and_a_cap_have_their_closed_forms),
    cmocka_unit_test(a_part_counts_as_often_as_it_is_drawn),
    cmocka_unit_test(what_lies_beyond_a_threshold_is_not_counted))
