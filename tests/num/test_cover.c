/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cover.h"
#include "num/sum.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

static struct rw_arena arena;

static struct rw_cover_mean
make(double deductible, double limit, const struct rw_event_part parts[], size_t n)
{
    const struct rw_cover c = {deductible, limit};
    struct rw_cover_mean x;

    assert_int_equal(RW_OK, rw_cover_mean_init(&x, &c, parts, n, &arena));
    return x;
}

static int
setup(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

static void
what_is_kept_of_one_loss(void **state)
{
    const struct rw_cover c = {100, 500}, all = {100, INFINITY}, first = {0, 500};

    (void)state;
    assert_true(rw_cover_kept(&c, 0) == 0 && rw_cover_kept(&c, 60) == 60);
    assert_true(rw_cover_kept(&c, 100) == 100 && rw_cover_kept(&c, 600) == 100);
    assert_true(rw_cover_kept(&c, 650) == 150);
    assert_true(rw_cover_kept(&all, 99) == 99 && rw_cover_kept(&all, 1e9) == 100);
    assert_true(rw_cover_kept(&first, 499) == 0 && rw_cover_kept(&first, 501) == 1);
}

/* Exponential of mean 1: L(m) = 1 - e^-m. */
static double
exponential_kept(double a, double d, double l)
{
    return a * (-expm1(-d / a) + exp(-(d + l) / a));
}

/* h^2 f / 8 at its largest, m = 2 */
#define LINE (4 * exp(-2) / 8 / RW_COVER_NODES / RW_COVER_NODES)

static void
one_part_is_exact_at_nodes_and_close_between(void **state)
{
    const struct rw_event_part p = {SMALL_DIST("exponential", {"mean", 0.01}), 100, 1};
    static const double covers[][2] = {
        {1, 5}, {0.1, 0.5}, {3, INFINITY}, {0, 2}, {40, 1}};

    (void)state;
    for (size_t k = 0; k < sizeof covers / sizeof *covers; k++) {
        double d = covers[k][0], l = covers[k][1];
        struct rw_cover_mean x = make(d, l, &p, 1);

        for (int j = -8; j < 12; j++)
            assert_close(rw_cover_mean_kept(&x, ldexp(1, -j)),
                exponential_kept(ldexp(1, -j), d, l), 1e-12 * ldexp(1, -j));
        for (double a = 0.001; a < 300; a *= 1.037)
            assert_close(
                rw_cover_mean_kept(&x, a), exponential_kept(a, d, l), LINE * a);
        assert_true(rw_cover_mean_kept(&x, 0) == 0);
    }
}

static void
the_published_case_has_its_mean(void **state)
{
    /* insured_retained_pois1.2: mean of a year 236553.346233 at 1.2 events */
    const struct rw_event_part p = {
        SMALL_DIST("lognormal", {"mu", 12}, {"sigma", 1.5}), 1, 1};
    struct rw_cover_mean x = make(1e5, 2e6, &p, 1);

    (void)state;
    assert_relative(rw_cover_mean_kept(&x, 1), 236553.346233 / 1.2, 1e-11);
}

/* Gamma(2) as the sum of two exponentials: L(m) = 2 - (2 + m) e^-m. */
static double
gamma_lev(double m)
{
    return 2 - (2 + m) * exp(-m);
}

/* m^3 e^-m at its largest, m = 3: the line's h^2 / 8, and h^2 / 12 more for the
 * variance that each of the two lattices adds (h^2 / 6 at most). */
#define SUM (27 * exp(-3) * (1 / 8.0 + 2 / 12.0) / RW_COVER_NODES / RW_COVER_NODES)

static void
several_parts_are_added_up(void **state)
{
    const struct rw_event_part p[] = {{SMALL_DIST("exponential", {"mean", 1}), 1, 1},
        {SMALL_DIST("exponential", {"mean", 10}), 0.1, 1}};
    struct rw_cover_mean x = make(1, 2, p, 2);

    (void)state;
    assert_relative(x.mean, 2.0, 1e-14);
    for (double a = 0.001; a < 300; a *= 1.037)
        assert_close(rw_cover_mean_kept(&x, a),
            a * (2 - gamma_lev(3 / a) + gamma_lev(1 / a)), SUM * a);
}

static void
a_part_that_seldom_happens_counts_by_its_chance(void **state)
{
    /* X = 1 + B 4 (constants): kept of d 2, l 1 is 1 or 2 + 2 = 4 */
    const struct rw_event_part c[] = {
        {rw_dist_constant(1), 1, 1}, {rw_dist_constant(2), 2, 0.3}};
    /* B Exponential beside a part that costs nothing */
    const struct rw_event_part p[] = {{SMALL_DIST("exponential", {"mean", 1}), 1, 0.3},
        {SMALL_DIST("exponential", {"mean", 1}), 0, 1}};
    struct rw_cover_mean x = make(2, 1, c, 2), y = make(0.5, 2, p, 2);

    (void)state;
    assert_relative(rw_cover_mean_kept(&x, 1), 0.7 * 1 + 0.3 * 4, 1e-12);
    assert_relative(rw_cover_mean_kept(&x, 0.5), 0.7 * 0.5 + 0.3 * 2, 1e-12);
    for (double a = 0.01; a < 10; a *= 1.1)
        assert_close(
            rw_cover_mean_kept(&y, a), 0.3 * exponential_kept(a, 0.5, 2), 2 * LINE * a);
}

/* Heavy tails and unlike scales, against plain averages of drawn losses. */
static void
sums_of_unlike_parts_agree_with_their_draws(void **state)
{
    enum { N = 400000 };
    static double loss[N];
    const struct rw_event_part p[] = {
        {SMALL_DIST("pert", {"min", 1e4}, {"mode", 5e4}, {"max", 3e5}), 1, 1},
        {SMALL_DIST("lognormal", {"median", 4e5}, {"p95", 3e6}), 1, 0.3},
        {SMALL_DIST("gamma", {"mean", 20}, {"sd", 40}), 100, 0.8}};
    struct rw_cover_mean x = make(1e5, 5e5, p, 3);
    struct rw_sampler s[3];

    (void)state;
    for (int j = 0; j < 3; j++)
        assert_int_equal(RW_OK, rw_sampler_init(&s[j], &p[j].amount, &arena));
    for (double a = 0.1; a < 4; a *= 1.7) {
        struct rw_moments w;

        for (size_t i = 0; i < N; i++) {
            double sum = 0;

            for (uint64_t j = 0; j < 3; j++) {
                double u[4];

                rw_stream_quad((struct rw_stream){3, 4}, i, j, u);
                if (u[1] < p[j].probability)
                    sum += p[j].scale * rw_sampler_quantile(&s[j], u[0]);
            }
            loss[i] = rw_cover_kept(&x.cover, a * sum);
        }
        w = rw_moments_array(loss, N);
        assert_close(w.mean, rw_cover_mean_kept(&x, a), CHECK_Z * rw_moments_se(&w));
    }
}

static void
more_loss_never_keeps_less(void **state)
{
    const struct rw_event_part p[] = {
        {SMALL_DIST("lognormal", {"median", 4e5}, {"p95", 3e6}), 1, 1},
        {SMALL_DIST("exponential", {"mean", 1e5}), 1, 0.5}};
    struct rw_cover_mean x = make(1e5, 5e5, p, 2);
    double before = 0;

    (void)state;
    for (double a = 0; a < 3; a += 1e-3) {
        double kept = rw_cover_mean_kept(&x, a);

        assert_true(kept >= before && kept <= a * x.mean * (1 + 1e-12));
        before = kept;
    }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
CHECK_MAIN(CASE(what_is_kept_of_one_loss),
    CASE(one_part_is_exact_at_nodes_and_close_between),
    CASE(the_published_case_has_its_mean), CASE(several_parts_are_added_up),
    CASE(a_part_that_seldom_happens_counts_by_its_chance),
    CASE(sums_of_unlike_parts_agree_with_their_draws), CASE(more_loss_never_keeps_less))
