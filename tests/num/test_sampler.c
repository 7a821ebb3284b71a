/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cpu.h"
#include "num/sampler.h"
#include "num/tail.h"
#include "tests/num/distance.h"
#include "tests/num/laws.h"

enum { N = 100000 };

static struct rw_arena arena;

static int
open_arena(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
close_arena(void **state)
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

static struct rw_dist
dist(const char *name, const struct rw_dist_arg args[], size_t n)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make(name, args, n, &d, &bad, why) != RW_OK)
        fail_msg("%s: %s", name, why);
    return d;
}

static void
floor_and_cap_become_atoms(void **state)
{
    static double x[N], tmp[N];
    struct rw_dist d = dist("lognormal",
        (const struct rw_dist_arg[]){
            {"mu", 0}, {"sigma", 2}, {"floor", 0.1}, {"cap", 50}},
        4);
    struct rw_sampler s = sampler(&d);

    (void)state;
    assert_non_null(s.table);
    rw_sampler_fill(&s, (struct rw_stream){3, 4}, 0, 0, N, x);
    rw_sort(x, N, tmp);
    assert_true(x[0] == 0.1 && x[N - 1] == 50);
    assert_true(distance(&d, x, N) <= check_dkw(N));
    assert_true(rw_sampler_quantile(&s, 0x1p-54) == 0.1);
    assert_true(rw_sampler_quantile(&s, 1 - 0x1p-53) == 50);
}

static void
tables_keep_their_tolerance_at_any_u(void **state)
{
    enum { POINTS = 3000 };
    static double u[POINTS], octave[POINTS];

    (void)state;
    rw_stream_fill((struct rw_stream){1, 1}, 0, 0, POINTS, u);
    rw_stream_fill((struct rw_stream){1, 2}, 0, 0, POINTS, octave);
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);
        struct rw_sampler s = sampler(&d);
        double body, tails, spread = law_width(&laws[i]);

        if (!d.family->tabulate)
            continue;
        assert_non_null(s.table);
        rw_sampler_error(&s, &body, &tails);
        assert_true(body <= 1e-9 && tails <= 1e-6);
        for (size_t k = 0; k < POINTS; k++) {
            double t = ldexp(u[k], -(int)(44 * octave[k])), v = 1 - t;
            double low = rw_dist_quantile(&d, t), high = rw_dist_quantile(&d, v);
            double tol = fmin(t, v) >= 0x1p-10 ? 1e-9 : 1e-6;

            assert_close(
                rw_sampler_quantile(&s, t), low, tol * fmax(fabs(low), spread));
            assert_close(
                rw_sampler_quantile(&s, v), high, tol * fmax(fabs(high), spread));
        }
    }
}

/* Relative to x itself, which for these families asks more than their width. */
static void
heavy_families_are_tabulated_with_digits_in_both_tails(void **state)
{
    static const struct {
        const char *name, *param, *other;
        double from, to;
    } range[] = {{"weibull", "shape", "scale", 0.3, 20},
        {"lomax", "alpha", "theta", 1.05, 20}, {"gpd", "xi", "beta", -0.9, 0.95}};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (int k = 0; k <= 12; k++) {
            double p = range[i].from + (range[i].to - range[i].from) * pow(k / 12.0, 2);
            struct rw_dist d = dist(range[i].name,
                (const struct rw_dist_arg[]){{range[i].param, p}, {range[i].other, 3}},
                2);
            struct rw_sampler s = sampler(&d);

            assert_non_null(s.table);
            for (double t = 0.499; t > 1e-12; t *= 0.93) {
                double u = 1 - t, tol = t >= 0x1p-10 ? 1e-9 : 1e-6;

                assert_relative(
                    rw_sampler_quantile(&s, t), rw_dist_quantile_tails(&d, t, u), tol);
                assert_relative(rw_sampler_quantile(&s, u),
                    rw_dist_quantile_tails(&d, u, 1 - u), tol);
            }
        }
}

static void
quantiles_ascend_over_every_edge_of_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);
        struct rw_sampler s = sampler(&d);
        double last = -INFINITY;

        /* Both sides of every edge, up the lower side and on up the upper. */
        for (int side = 0; side < 2; side++)
            for (int step = 0; step <= 42 * 16; step++) {
                int place = side ? 42 * 16 - step : step;
                double t = ldexp(1 + place % 16 / 16.0, place / 16 - 43);
                double u = side ? 1 - t : t, x;

                if (t >= 0.5)
                    continue;
                for (int k = -1; k <= 1; k++) {
                    double at = k < 0 ? nextafter(u, 0) : k > 0 ? nextafter(u, 1) : u;

                    x = rw_sampler_quantile(&s, at);
                    assert_true(x >= last - 1e-12 * fmax(fabs(x), law_width(&laws[i])));
                    last = x;
                }
            }
    }
}

static void
middle_and_ends_of_the_unit_interval_are_served(void **state)
{
    struct rw_dist d =
        dist("normal", (const struct rw_dist_arg[]){{"mean", 5}, {"sd", 1}}, 2);
    struct rw_sampler s = sampler(&d);

    (void)state;
    assert_close(rw_sampler_quantile(&s, 0.5), 5, 1e-9);
    assert_close(rw_sampler_quantile(&s, nextafter(0.5, 0)), 5, 1e-9);
    assert_close(rw_sampler_quantile(&s, nextafter(0.5, 1)), 5, 1e-9);
    assert_close(
        rw_sampler_quantile(&s, 0x1p-54), rw_dist_quantile(&d, 0x1p-54), 1e-12);
    assert_close(rw_sampler_quantile(&s, 0x1p-40), rw_dist_quantile(&d, 0x1p-40), 1e-6);
    assert_close(
        rw_sampler_quantile(&s, 1 - 0x1p-53), rw_dist_quantile(&d, 1 - 0x1p-53), 1e-12);
}

static void
laws_too_rough_for_a_table_go_without(void **state)
{
    static const struct {
        const char *name;
        struct rw_dist_arg args[2];
    } rough[] = {{"lognormal", {{"mu", 0}, {"sigma", 12}}},
        {"gamma", {{"shape", 1e-3}, {"scale", 1}}},
        {"beta", {{"alpha", 1e-3}, {"beta", 1e-3}}}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct rw_dist d = dist(rough[i].name, rough[i].args, 2);
        struct rw_sampler s = sampler(&d);

        assert_null(s.table);
        for (double u = 0x1p-10; u < 1; u += 0x1p-10)
            assert_true(rw_sampler_quantile(&s, u) == rw_dist_quantile(&d, u));
    }
}

static void
a_known_value_looks_at_no_uniform(void **state)
{
    struct rw_dist d = rw_dist_constant(42);
    struct rw_sampler s = sampler(&d);
    double x[3] = {0, 0, 0};

    (void)state;
    assert_true(s.known && s.table == NULL);
    assert_true(rw_sampler_quantile(&s, 0.3) == 42);
    rw_sampler_fill(&s, (struct rw_stream){1, 2}, 0, 0, 3, x);
    assert_true(x[0] == 42 && x[2] == 42);
}

static void
every_way_to_a_draw_gives_the_same_bits(void **state)
{
    enum { MANY = 3000 };
    static double whole[MANY], parts[MANY], u[MANY];
    struct rw_stream at = {.seed = 9, .lane = 8};

    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);
        struct rw_sampler s = sampler(&d);

        rw_sampler_fill(&s, at, 50, 6, MANY, whole);
        rw_sampler_fill(&s, at, 50, 6, 1, parts);
        rw_sampler_fill(&s, at, 51, 6, MANY - 1, parts + 1);
        assert_memory_equal(whole, parts, sizeof whole);
        rw_stream_fill(at, 50, 6, MANY, u);
        rw_sampler_map(&s, MANY, u, u);
        assert_memory_equal(whole, u, sizeof whole);
        assert_true(
            whole[77] == rw_sampler_quantile(&s, rw_stream_row_uniform(at, 127, 6)));
    }
}

/* One by one, at every number of them and with ends of the table among them. */
static void
check_map(const struct rw_sampler *s, const double u[], size_t n)
{
    static double x[600];

    rw_sampler_map(s, n, u, x);
    for (size_t i = 0; i < n; i++) {
        double one = rw_sampler_quantile(s, u[i]);

        assert_memory_equal(&x[i], &one, sizeof one);
    }
}

static void
wide_and_plain_kernels_read_the_same_bits(void **state)
{
    enum { MANY = 600 };
    static const unsigned bits[] = {512, 256, 128};
    static const double edges[] = {0x1p-40, 0x1.fffffffffffffp-42, 0.5, 0x1p-53,
        1 - 0x1p-53, 0.25, 0.75, 1 - 0x1p-40};
    static double u[MANY];

    (void)state;
    for (size_t k = 0; k < sizeof bits / sizeof *bits; k++) {
        rw_cpu_keep_within(bits[k]);
        for (size_t i = 0; i < N_LAWS; i++) {
            struct rw_dist d = law_dist(&laws[i]);
            struct rw_sampler s = sampler(&d);

            rw_stream_fill((struct rw_stream){7, i}, 0, 0, MANY, u);
            for (size_t n = 0; n < 20; n++)
                check_map(&s, u + 3, n);
            check_map(&s, u, MANY);
            for (size_t j = 0; j < MANY;
                 j++) /* deep into the tails, and to the middle */
                u[j] = j % 3 == 0   ? ldexp(u[j], -(int)(j % 40))
                       : j % 3 == 1 ? 1 - ldexp(u[j], -(int)(j % 40))
                                    : 0.5 + ldexp(u[j] - 0.5, -(int)(j % 50));
            check_map(&s, u, MANY);
            for (size_t j = 0; j < sizeof edges / sizeof *edges; j++)
                u[60 * j + 7] = edges[j];
            check_map(&s, u, MANY);
        }
    }
    rw_cpu_keep_within(512);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

CHECK_MAIN(CASE(floor_and_cap_become_atoms), CASE(tables_keep_their_tolerance_at_any_u),
    CASE(heavy_families_are_tabulated_with_digits_in_both_tails),
    CASE(quantiles_ascend_over_every_edge_of_the_table),
    CASE(middle_and_ends_of_the_unit_interval_are_served),
    CASE(laws_too_rough_for_a_table_go_without),
    CASE(a_known_value_looks_at_no_uniform),
    CASE(every_way_to_a_draw_gives_the_same_bits),
    CASE(wide_and_plain_kernels_read_the_same_bits))
