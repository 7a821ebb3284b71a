/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sampler against its law: sup |Fn - F| over N draws of
 * rw_sampler_fill, by the inequality of Dvoretzky, Kiefer and Wolfowitz
 * (Massart, Annals of Probability 18 (1990) 1269):
 *   P(sup |Fn - F| > e) <= 2 exp(-2 N e^2),
 * for every law, with atoms too.  N = 1e6 at an error rate of 1e-6: e = 0.0027.
 *
 * The supremum is taken over both sides of PLACES quantiles of F, so that a
 * true law is refused even less often.
 *
 * Power: draws of a law G that is 2 e = 0.0054 or more away from F at these
 * places pass with a probability below 1e-6, by the same inequality. */
#include "num/sampler.h"
#include "num/tail.h"
#include "tests/num/laws.h"

enum { N = 1000000, PLACES = 2000 };

static double draws[N], room[N];

static double
limit(void)
{
    return check_dkw(N);
}

/* Sorted draws of the law. */
static void
draw(const struct rw_dist *d, uint64_t lane)
{
    struct rw_arena a;
    struct rw_sampler s;

    rw_arena_init(&a);
    assert_int_equal(RW_OK, rw_sampler_init(&s, d, &a));
    rw_sampler_fill(&s, (struct rw_stream){.seed = 2024, .lane = lane}, 0, 1, N, draws);
    rw_arena_fini(&a);
    rw_sort(draws, N, room);
}

/* P(X <= x) and P(X < x) of F. */
static double
f_at(const struct rw_dist *d, double x, bool below)
{
    return rw_dist_cdf(d, below ? nextafter(x, -INFINITY) : x);
}

static double
place(const struct rw_dist *d, int j)
{
    return rw_dist_quantile(d, (j + 0.5) / PLACES);
}

static double
distance_of_draws(const struct rw_dist *d)
{
    double worst = 0;
    size_t below = 0, upto = 0;

    for (int j = 0; j < PLACES; j++) {
        double x = place(d, j);

        while (below < N && draws[below] < x)
            below++;
        while (upto < N && draws[upto] <= x)
            upto++;
        worst = fmax(worst, fabs((double)below / N - f_at(d, x, true)));
        worst = fmax(worst, fabs((double)upto / N - f_at(d, x, false)));
    }
    return worst;
}

static double
distance_of_laws(const struct rw_dist *f, const struct rw_dist *g)
{
    double worst = 0;

    for (int j = 0; j < PLACES; j++)
        for (int side = 0; side < 2; side++) {
            double x = place(f, j);

            worst = fmax(worst, fabs(f_at(f, x, side) - f_at(g, x, side)));
        }
    return worst;
}

static void
draws_of_every_law_follow_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);
        double far;

        draw(&d, i);
        far = distance_of_draws(&d);
        if (!(far <= limit()))
            fail_msg("%s, law %zu: %g", laws[i].name, i, far);
    }
}

/* With atoms, stated by quantiles, and of the laws whose table is refused. */
static const struct law more[] = {
    {.name = "lognormal",
        .args = {{"mu", 0}, {"sigma", 2}, {"floor", 0.1}, {"cap", 50}}},
    {.name = "normal", .args = {{"mean", 1}, {"sd", 2}, {"floor", 0}}},
    {.name = "pert", .args = {{"min", 0}, {"mode", 2}, {"max", 9}, {"cap", 5}}},
    {.name = "gamma", .args = {{"shape", 0.3}, {"scale", 4}, {"floor", 1}}},
    {.name = "uniform", .args = {{"min", 0}, {"max", 9}, {"floor", 1}, {"cap", 5}}},
    {.name = "triangular", .args = {{"min", 0}, {"mode", 1}, {"max", 9}, {"cap", 5}}},
    {.name = "beta", .args = {{"alpha", 2}, {"beta", 3}, {"floor", 0.3}}},
    {.name = "exponential", .args = {{"mean", 3}, {"floor", 1}, {"cap", 9}}},
    {.name = "weibull", .args = {{"shape", 0.5}, {"scale", 3}, {"cap", 9}}},
    {.name = "lomax", .args = {{"alpha", 0.7}, {"theta", 3}, {"cap", 1e6}}},
    {.name = "gpd", .args = {{"xi", 1.5}, {"beta", 3}, {"floor", 1}, {"cap", 1e6}}},
    {.name = "gpd", .args = {{"xi", 8}, {"beta", 3}, {"cap", 1e9}}},
    {.name = "lognormal", .args = {{"mu", 0}, {"sigma", 12}}},
    {.name = "gamma", .args = {{"shape", 0.01}, {"scale", 1}}},
    {.name = "pert", .args = {{"p5", 1}, {"mode", 2}, {"p95", 7}}},
    {.name = "gamma", .args = {{"p5", 1}, {"p95", 70}}},
};

static void
draws_with_floors_caps_and_no_table_follow_their_law(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        struct rw_dist d = law_dist(&more[i]);
        double far;

        draw(&d, 100 + i);
        far = distance_of_draws(&d);
        if (!(far <= limit()))
            fail_msg("%s, law %zu: %g", more[i].name, i, far);
    }
}

/* One parameter of each family moved: scales by 2 or 3 %, shapes by 3 % (xi by
 * 0.04), a mean by a fiftieth of the standard deviation, an end by 2 %, a cap
 * by 6 %.  The laws are far enough from each other for the test to see it, and
 * it does. */
static void
the_same_test_sees_a_parameter_moved_by_little(void **state)
{
    static const struct {
        struct law law;
        double moved; /* the first argument */
    } cases[] = {
        {{.name = "uniform", .args = {{"max", 1}, {"min", 0}}}, 1.02},
        {{.name = "triangular", .args = {{"max", 9}, {"min", 0}, {"mode", 2}}}, 9.18},
        {{.name = "pert", .args = {{"max", 9}, {"min", 0}, {"mode", 2}}}, 9.18},
        {{.name = "normal", .args = {{"mean", 0}, {"sd", 1}}}, 0.02},
        {{.name = "normal", .args = {{"sd", 1}, {"mean", 0}}}, 1.03},
        {{.name = "lognormal", .args = {{"mu", 3}, {"sigma", 1}}}, 3.02},
        {{.name = "lognormal", .args = {{"sigma", 2}, {"mu", 3}}}, 2.06},
        {{.name = "gamma", .args = {{"scale", 2}, {"shape", 1.2}}}, 2.04},
        {{.name = "gamma", .args = {{"shape", 1.2}, {"scale", 2}}}, 1.236},
        {{.name = "beta", .args = {{"alpha", 2}, {"beta", 3}}}, 2.06},
        {{.name = "exponential", .args = {{"mean", 7}}}, 7.14},
        {{.name = "weibull", .args = {{"scale", 7}, {"shape", 1.5}}}, 7.14},
        {{.name = "weibull", .args = {{"shape", 0.6}, {"scale", 1}}}, 0.618},
        {{.name = "lomax", .args = {{"alpha", 2.5}, {"theta", 1}}}, 2.575},
        {{.name = "lomax", .args = {{"theta", 1}, {"alpha", 4}}}, 1.03},
        {{.name = "gpd", .args = {{"beta", 1}, {"xi", 0.4}}}, 1.03},
        {{.name = "gpd", .args = {{"xi", 0.4}, {"beta", 1}}}, 0.44},
        {{.name = "lognormal", .args = {{"cap", 50}, {"mu", 3}, {"sigma", 1}}}, 53},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rw_dist f = law_dist(&cases[i].law), g;
        struct law other = cases[i].law;

        other.args[0].value = cases[i].moved;
        g = law_dist(&other);
        if (!(distance_of_laws(&f, &g) >= 2 * limit()))
            fail_msg("%s, case %zu: %g apart", other.name, i, distance_of_laws(&f, &g));
        draw(&g, 200 + i);
        assert_true(distance_of_draws(&g) <= limit());
        assert_true(distance_of_draws(&f) > limit());
    }
}

CHECK_MAIN(cmocka_unit_test(draws_of_every_law_follow_it),
    cmocka_unit_test(draws_with_floors_caps_and_no_table_follow_their_law),
    cmocka_unit_test(the_same_test_sees_a_parameter_moved_by_little))
