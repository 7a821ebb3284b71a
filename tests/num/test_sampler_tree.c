/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws from laws of parts: through a plain table, a divided one, or none. */
#include "num/sampler_tree.h"

#include "num/empirical.h"
#include "num/metalog.h"
#include "num/mixture.h"
#include "num/splice.h"
#include "num/tail.h"
#include "tests/num/distance.h"
#include "tests/support/check.h"

enum { N = 100000, N_LAWS = 8, N_TREES = 5 };

static struct rw_arena arena;
static struct rw_dist laws[N_LAWS]; /* the first N_TREES need a tree */

static struct rw_dist
simple(const char *name, const struct rw_dist_arg args[], size_t n)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make(name, args, n, &d, &bad, why) != RW_OK)
        fail_msg("%s: %s", name, why);
    return d;
}

#define SIMPLE(name, n, ...) simple(name, (const struct rw_dist_arg[]){__VA_ARGS__}, n)

static struct rw_dist
mixture(double w, struct rw_dist a, struct rw_dist b)
{
    const double weight[] = {w, 1 - w};
    const struct rw_dist part[] = {a, b};
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_mixture_make(weight, part, 2, &arena, &d, &bad, why) != RW_OK)
        fail_msg("%s", why);
    return d;
}

static struct rw_dist
splice(struct rw_dist body, struct rw_dist tail, double u, double weight)
{
    enum rw_splice_fault fault;
    char why[RW_DIST_WHY];
    struct rw_dist d;

    if (rw_splice_make(&body, &tail, u, weight, &arena, &d, &fault, why) != RW_OK)
        fail_msg("%s", why);
    return d;
}

static struct rw_dist
metalog(void)
{
    static const double p[] = {0.1, 0.5, 0.9}, x[] = {5e4, 2e5, 1.2e6};
    struct rw_metalog_stated s = {p, x, 3, 0, 0, INFINITY};
    enum rw_metalog_fault fault;
    char why[RW_DIST_WHY];
    struct rw_dist d;
    size_t at;

    if (rw_metalog_make(&s, &arena, &d, &fault, &at, why) != RW_OK)
        fail_msg("%s", why);
    return d;
}

static int
make_laws(void **state)
{
    static const double seen[] = {3, 1, 4, 1, 5, 9, 2.5, -6, 5, 3, 5};
    struct rw_dist small = SIMPLE("lognormal", 2, {"mu", 8}, {"sigma", 1});
    struct rw_dist large = SIMPLE("lognormal", 2, {"mu", 13}, {"sigma", 1.5});
    struct rw_dist narrow =
        SIMPLE("gamma", 3, {"shape", 2}, {"scale", 1000}, {"cap", 5000});
    struct rw_dist far = SIMPLE("pert", 3, {"min", 1e5}, {"mode", 2e5}, {"max", 1e6});
    struct rw_dist body = SIMPLE("lognormal", 2, {"mu", 10.5}, {"sigma", 1.2});
    struct rw_dist tail =
        SIMPLE("gpd", 3, {"xi", 0.45}, {"beta", 300000}, {"threshold", 250000});

    (void)state;
    rw_arena_init(&arena);
    laws[0] = mixture(0.7, small, large);
    laws[1] = mixture(0.3, rw_dist_constant(0), large); /* an atom at an end */
    laws[2] = mixture(0.6, narrow, far);                /* an atom, then a gap */
    laws[3] = splice(body, tail, 250000, NAN);
    laws[4] = splice(body, tail, 250000, 0.7);
    laws[5] = metalog();
    assert_int_equal(RW_OK, rw_empirical_make(seen, 11, &arena, &laws[6]));
    laws[7] = mixture(0.5, laws[6], rw_dist_constant(5)); /* atoms alone */
    return 0;
}

static int
drop_laws(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

static struct rw_sampler
sampler(const struct rw_dist *d)
{
    struct rw_sampler s;

    assert_int_equal(RW_OK, rw_sampler_init(&s, d, &arena));
    return s;
}

static void
draws_follow_their_law(void **state)
{
    static double x[N], tmp[N];

    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_sampler s = sampler(&laws[i]);

        rw_sampler_fill(&s, (struct rw_stream){12, i}, 0, 5, N, x);
        rw_sort(x, N, tmp);
        if (!(distance(&laws[i], x, N) <= check_dkw(N)))
            fail_msg("law %zu: distance %g", i, distance(&laws[i], x, N));
    }
}

static void
each_law_has_the_table_it_needs(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS - 1; i++) {
        struct rw_sampler s = sampler(&laws[i]);
        double body, tails;
        size_t nodes, open;

        assert_true((s.tree != NULL) == (i < N_TREES));
        assert_true((s.table != NULL) == (i == 5));
        rw_sampler_error(&s, &body, &tails);
        assert_true(body <= 1e-9 && tails <= 1e-6);
        if (s.tree == NULL)
            continue;
        rw_sampler_tree_size(s.tree, &nodes, &open);
        /* some cell was divided, and few pieces are left without a table */
        assert_true(nodes > 2 * RW_SAMPLER_OCTAVES * RW_SAMPLER_CELLS);
        assert_true(nodes < RW_SAMPLER_NODES / 8 && open < 50);
    }
}

static void
relative_errors_stay_below_the_promise_at_any_u(void **state)
{
    enum { POINTS = 3000 };
    static double u[POINTS], octave[POINTS];

    (void)state;
    rw_stream_fill((struct rw_stream){1, 1}, 0, 0, POINTS, u);
    rw_stream_fill((struct rw_stream){1, 2}, 0, 0, POINTS, octave);
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_sampler s = sampler(&laws[i]);

        for (size_t k = 0; k < POINTS; k++) {
            double t = ldexp(u[k], -(int)(41 * octave[k])), v = 1 - t;
            double low = rw_dist_quantile(&laws[i], t);
            double high = rw_dist_quantile(&laws[i], v);
            double tol = fmin(t, v) >= 0x1p-10 ? 1e-9 : 1e-6;

            assert_relative(rw_sampler_quantile(&s, t), low, tol);
            assert_relative(rw_sampler_quantile(&s, v), high, tol);
        }
    }
}

/* Fine steps over the bends and jumps, coarse ones elsewhere. */
static void
draws_ascend_with_u(void **state)
{
    static const double bends[] = {0.3, 0.6, 0.94604737745651676, 0.7};

    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_sampler s = sampler(&laws[i]);
        double last = -INFINITY;

        for (int k = 1; k < 1 << 16; k++) {
            double x = rw_sampler_quantile(&s, k * 0x1p-16);

            assert_true(x >= last - 1e-14 * fabs(last));
            last = x;
        }
        for (size_t b = 0; b < sizeof bends / sizeof bends[0]; b++) {
            last = -INFINITY;
            for (int k = -4000; k < 4000; k++) {
                double x = rw_sampler_quantile(&s, bends[b] + k * 1e-11);

                assert_true(x >= last - 1e-14 * fabs(last));
                last = x;
            }
        }
    }
}

static void
atoms_are_drawn_to_the_bit(void **state)
{
    static double x[N];
    struct rw_sampler s = sampler(&laws[1]);
    size_t zeros = 0, between = 0;

    (void)state;
    rw_sampler_fill(&s, (struct rw_stream){5, 6}, 0, 0, N, x);
    for (size_t i = 0; i < N; i++)
        zeros += x[i] == 0;
    assert_close((double)zeros / N, 0.3, CHECK_Z * sqrt(0.3 * 0.7 / N));
    s = sampler(&laws[2]);
    rw_sampler_fill(&s, (struct rw_stream){5, 6}, 0, 0, N, x);
    for (size_t i = 0; i < N; i++)
        between += x[i] > 5000 && x[i] < 1e5;
    assert_int_equal(between, 0);
}

static void
every_way_to_a_draw_gives_the_same_bits(void **state)
{
    enum { MANY = 3000 };
    static double whole[MANY], parts[MANY];
    struct rw_stream at = {.seed = 9, .lane = 8};

    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_sampler s = sampler(&laws[i]);

        rw_sampler_fill(&s, at, 50, 6, MANY, whole);
        rw_sampler_fill(&s, at, 50, 6, 1, parts);
        rw_sampler_fill(&s, at, 51, 6, MANY - 1, parts + 1);
        assert_memory_equal(whole, parts, sizeof whole);
        assert_true(
            whole[77] == rw_sampler_quantile(&s, rw_stream_row_uniform(at, 127, 6)));
    }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_laws, drop_laws)

CHECK_MAIN(CASE(draws_follow_their_law), CASE(each_law_has_the_table_it_needs),
    CASE(relative_errors_stay_below_the_promise_at_any_u), CASE(draws_ascend_with_u),
    CASE(atoms_are_drawn_to_the_bit), CASE(every_way_to_a_draw_gives_the_same_bits))
