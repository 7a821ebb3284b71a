/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs of models that say the same in other words: what has to stay to
 * the bit, what to rounding, and what in law. */
#include "num/tail.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 5000, MANY = 200000, SEED = 3 };

static void
assert_same(const double x[], const double y[], size_t n)
{
    assert_memory_equal(x, y, n * sizeof *x);
}

static bool
same(const struct rw_moments *x, const struct rw_moments *y)
{
    return x->n == y->n && memcmp(&x->mean, &y->mean, sizeof x->mean) == 0 &&
           memcmp(&x->m2, &y->m2, sizeof x->m2) == 0;
}

/* --- money in another currency ------------------------------------------------- */
static struct rw_model *
with_loss(struct rw_arena *a, struct rw_dist d)
{
    struct rw_model *m = small_model(a, 1, 1, 0, 1, 2, 1);

    m->threats[0].frequency.dist = rw_dist_constant(2);
    m->threats[0].losses[0].amount = d;
    m->discount_rate = 0.07;
    small_build(m, a);
    return m;
}

/* Largest relative difference between 1024 x and y; 0: to the bit. */
static double
off_by(struct rw_dist small, struct rw_dist large)
{
    struct rw_arena a;
    struct rw_outcome *x, *y;
    double most = 0;

    rw_arena_init(&a);
    x = small_run(with_loss(&a, small), N, SEED, 1);
    y = small_run(with_loss(&a, large), N, SEED, 1);
    for (size_t i = 0; i < N; i++) {
        const double *p[] = {
            x->year_loss[0], x->year_loss[1], x->horizon_loss[0], x->npv[0]};
        const double *q[] = {
            y->year_loss[0], y->year_loss[1], y->horizon_loss[0], y->npv[0]};

        for (int k = 0; k < 4; k++)
            if (q[k][i] != 1024 * p[k][i])
                most = fmax(most, fabs(q[k][i] / (1024 * p[k][i]) - 1));
    }
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
    return most;
}

/* Families in which money enters by sums, products with powers of two, and
 * roots of products of two amounts. */
static void
a_thousandth_of_the_currency_multiplies_every_loss_exactly(void **state)
{
#define SAME(...) assert_close(off_by(__VA_ARGS__), 0, 0)
    const double k = 1024;

    (void)state;
    SAME(rw_dist_constant(7.3), rw_dist_constant(7.3 * k));
    SAME(SMALL_DIST("uniform", {"min", 1.1}, {"max", 7.7}),
        SMALL_DIST("uniform", {"min", 1.1 * k}, {"max", 7.7 * k}));
    SAME(SMALL_DIST("triangular", {"min", 1.1}, {"mode", 3.3}, {"max", 7.7}),
        SMALL_DIST(
            "triangular", {"min", 1.1 * k}, {"mode", 3.3 * k}, {"max", 7.7 * k}));
    SAME(SMALL_DIST("pert", {"min", 1.1}, {"mode", 3.3}, {"max", 7.7}),
        SMALL_DIST("pert", {"min", 1.1 * k}, {"mode", 3.3 * k}, {"max", 7.7 * k}));
    SAME(SMALL_DIST("beta", {"alpha", 2}, {"beta", 3}, {"min", 1.1}, {"max", 7.7}),
        SMALL_DIST(
            "beta", {"alpha", 2}, {"beta", 3}, {"min", 1.1 * k}, {"max", 7.7 * k}));
    SAME(SMALL_DIST("exponential", {"mean", 3.3}),
        SMALL_DIST("exponential", {"mean", 3.3 * k}));
    SAME(SMALL_DIST("gamma", {"mean", 3.3}, {"sd", 5.5}),
        SMALL_DIST("gamma", {"mean", 3.3 * k}, {"sd", 5.5 * k}));
    SAME(SMALL_DIST("weibull", {"shape", 0.7}, {"scale", 5.5}),
        SMALL_DIST("weibull", {"shape", 0.7}, {"scale", 5.5 * k}));
    SAME(SMALL_DIST("lomax", {"alpha", 2.5}, {"theta", 5.5}),
        SMALL_DIST("lomax", {"alpha", 2.5}, {"theta", 5.5 * k}));
    SAME(SMALL_DIST("gpd", {"xi", 0.3}, {"beta", 5.5}, {"threshold", 2.2}),
        SMALL_DIST("gpd", {"xi", 0.3}, {"beta", 5.5 * k}, {"threshold", 2.2 * k}));
    SAME(SMALL_DIST("gamma", {"shape", 0.7}, {"scale", 5.5}),
        SMALL_DIST("gamma", {"shape", 0.7}, {"scale", 5.5 * k}));
}

/* A lognormal keeps the logarithms of its amounts.  With L = ln(p95 1024) < 25,
 * which has an ulp of 3.6e-15: mu is off by at most two ulps a run (two
 * logarithms and their sum), sigma z by 2 ulps |z| / 3.29 < 4 ulps for |z| < 6,
 * the exponential and sums of positive losses by less than another three; two
 * runs: 18 ulps.  mean and sd: one logarithm, so less. */
static void
the_logarithms_of_a_lognormal_cost_a_few_ulps(void **state)
{
    const double limit = 18 * 3.6e-15, k = 1024;
    double off;

    (void)state;
    off = off_by(SMALL_DIST("lognormal", {"p5", 50e3}, {"p95", 2.5e6}),
        SMALL_DIST("lognormal", {"p5", 50e3 * k}, {"p95", 2.5e6 * k}));
    assert_close(off, 0, limit);
    off = off_by(SMALL_DIST("lognormal", {"median", 50e3}, {"p95", 2.5e6}),
        SMALL_DIST("lognormal", {"median", 50e3 * k}, {"p95", 2.5e6 * k}));
    assert_close(off, 0, limit);
    off = off_by(SMALL_DIST("lognormal", {"mean", 50e3}, {"sd", 2.5e6}),
        SMALL_DIST("lognormal", {"mean", 50e3 * k}, {"sd", 2.5e6 * k}));
    assert_close(off, 0, limit);
}

/* --- the order of things in the file ------------------------------------------- */
enum { THREATS = 3, ASSETS = 2, CONTROLS = 3 };

/* Thing k stands at place at[k]; which is which is told by its id. */
struct order {
    size_t threat[THREATS], asset[ASSETS], control[CONTROLS];
};

static struct rw_model *
in_order(struct rw_arena *a, const struct order *at)
{
    struct rw_model *m = small_model(a, ASSETS, THREATS, CONTROLS, 2, 4, 2);

    for (size_t k = 0; k < ASSETS; k++) {
        m->assets[at->asset[k]].id = rw_arena_printf(a, "asset%zu", k);
        m->assets[at->asset[k]].value = 3 + (double)k;
    }
    for (size_t k = 0; k < THREATS; k++) {
        struct rw_threat *t = &m->threats[at->threat[k]];

        t->id = rw_arena_printf(a, "threat%zu", k);
        t->frequency.dist = SMALL_DIST("gamma", {"mean", 3 - (double)k}, {"sd", 1});
        t->systemic = k == 2;
        t->assets[0] = at->asset[k % ASSETS];
        t->n_assets = k == 0 ? 1 : 2;
        t->assets[1] = at->asset[(k + 1) % ASSETS];
        t->losses[0].of = RW_OF_VALUE;
        t->losses[0].amount = SMALL_DIST("exponential", {"mean", 1 + 0.1 * (double)k});
        t->seen_probability = 0.7;
    }
    for (size_t k = 0; k < CONTROLS; k++) {
        struct rw_control *c = &m->controls[at->control[k]];

        c->id = rw_arena_printf(a, "control%zu", k);
        c->function = k == 2 ? RW_FUNCTION_RESILIENCE : RW_FUNCTION_RESISTANCE;
        c->efficacy.dist = SMALL_DIST("uniform", {"min", 0.1}, {"max", 0.9});
        c->running.dist = rw_dist_constant(1);
        c->fails = k == 1 ? 1 : 0;
        c->fail_years = 0.2;
        small_plan(m, a, 1, at->control[k], 0);
    }
    small_build(m, a);
    return m;
}

static size_t
risk_of(const struct rw_model *m, const char *id)
{
    for (size_t r = 0; r < m->n_risks; r++)
        if (strcmp(m->risks[r].id, id) == 0)
            return r;
    fail_msg("no risk %s", id);
    return 0;
}

/* One control of a pair stands before the other: products of two commute. */
static void
the_order_in_the_file_changes_no_bit_of_a_risk(void **state)
{
    const struct order plain = {{0, 1, 2}, {0, 1}, {0, 1, 2}};
    const struct order other = {{2, 0, 1}, {1, 0}, {2, 0, 1}};
    struct rw_arena a;
    struct rw_model *m, *p;
    struct rw_outcome *x, *y;

    (void)state;
    rw_arena_init(&a);
    m = in_order(&a, &plain);
    p = in_order(&a, &other);
    x = small_run(m, N, SEED, 2);
    y = small_run(p, N, SEED, 2);
    for (size_t cell = 0; cell < 2 * 4; cell++) {
        const struct rw_cell *c = &x->cells[cell], *d = &y->cells[cell];

        for (size_t r = 0; r < m->n_risks; r++) {
            size_t s = risk_of(p, m->risks[r].id);

            assert_true(same(&c->risk_rate[r], &d->risk_rate[s]));
            assert_true(same(&c->risk_residual[r], &d->risk_residual[s]));
        }
        for (size_t k = 0; k < THREATS; k++)
            assert_true(same(&c->threat_loss[k], &d->threat_loss[other.threat[k]]));
        for (size_t k = 0; k < CONTROLS; k++)
            assert_true(same(&c->operating[k], &d->operating[other.control[k]]));
        assert_true(same(&c->incidents, &d->incidents)); /* whole numbers */
        assert_true(same(&c->seen, &d->seen));
    }
    for (size_t k = 0; k < 2; k++) { /* at most 4 cycles x 6 sums of positives */
        assert_same(x->spend[k], y->spend[k], N);
        for (size_t i = 0; i < N; i++)
            assert_relative(y->horizon_loss[k][i], x->horizon_loss[k][i], 24 * 0x1p-52);
    }
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

/* --- the same in law ----------------------------------------------------------- */
/* `threats` threats that share a frequency of 3 a year; losses exponential. */
static struct rw_outcome *
split_run(size_t threats, const char *id, uint64_t seed)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;

    rw_arena_init(&a);
    m = small_model(&a, 1, threats, 0, 1, 1, 1);
    for (size_t k = 0; k < threats; k++) {
        m->threats[k].id = rw_arena_printf(&a, "%s%zu", id, k);
        m->threats[k].frequency.dist = rw_dist_constant(3.0 / (double)threats);
        m->threats[k].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    }
    small_build(m, &a);
    o = small_run(m, MANY, seed, 2);
    rw_arena_fini(&a); /* the outcome's figures need no model */
    return o;
}

/* Cumulants of a compound Poisson(3) of Exp(1) are 3 k!: mean 3, variance 6,
 * fourth central moment 3 * 24 + 3 * 6^2 = 180. */
static void
assert_three_exponentials(const double x[])
{
    struct rw_moments m = rw_moments_array(x, MANY);
    double variance = m.m2 / (double)(m.n - 1);

    assert_close(m.mean, 3, CHECK_Z * sqrt(6.0 / MANY));
    assert_close(variance, 6, CHECK_Z * sqrt((180 - 36.0) / MANY));
}

/* Sorts both; each is within the DKW limit of the one law. */
static void
assert_same_law(double x[], double y[])
{
    double *tmp = malloc(MANY * sizeof *tmp), most = 0;

    rw_sort(x, MANY, tmp);
    rw_sort(y, MANY, tmp);
    for (size_t i = 0, j = 0; i < MANY && j < MANY;) {
        double at = fmin(x[i], y[j]);

        while (i < MANY && x[i] <= at)
            i++;
        while (j < MANY && y[j] <= at)
            j++;
        most = fmax(most, fabs((double)i - (double)j) / MANY);
    }
    assert_close(most, 0, 2 * check_dkw(MANY));
    free(tmp);
}

static void
a_poisson_threat_may_be_split_in_three(void **state)
{
    struct rw_outcome *one = split_run(1, "t", SEED), *three = split_run(3, "t", SEED);

    (void)state;
    assert_three_exponentials(one->year_loss[0]);
    assert_three_exponentials(three->year_loss[0]);
    assert_same_law(one->year_loss[0], three->year_loss[0]);
    rw_outcome_free(one);
    rw_outcome_free(three);
}

static void
another_name_is_another_draw_of_the_same_law(void **state)
{
    struct rw_outcome *x = split_run(1, "t", SEED), *y = split_run(1, "u", SEED);
    struct rw_outcome *z = split_run(1, "t", SEED + 1);
    size_t alike = 0;

    (void)state;
    for (size_t i = 0; i < MANY; i++) { /* both 0 in e^-6 of futures */
        alike += x->year_loss[0][i] == y->year_loss[0][i];
        alike += x->year_loss[0][i] == z->year_loss[0][i];
    }
    assert_close((double)alike, 2 * MANY * exp(-6), CHECK_Z * sqrt(2 * MANY * exp(-6)));
    assert_same_law(x->year_loss[0], y->year_loss[0]);
    assert_same_law(x->year_loss[0], z->year_loss[0]);
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_outcome_free(z);
}

/* Two risks of one threat: variances add up, 2 x 2 E[X^2] = 8 for Exp(1). */
static void
a_threats_risks_do_not_share_their_luck(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_moments total;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 2, 1, 0, 1, 1, 1);
    m->threats[0].frequency.dist = rw_dist_constant(2);
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    m->threats[0].assets[1] = 1;
    m->threats[0].n_assets = 2;
    small_build(m, &a);
    o = small_run(m, MANY, SEED, 2);
    total = rw_moments_array(o->year_loss[0], MANY);
    /* fourth central moment: 4 x 24 + 3 x 8^2 = 288 */
    assert_close(total.m2 / (MANY - 1.0), 8, CHECK_Z * sqrt((288 - 64.0) / MANY));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* --- one world, several wheels -------------------------------------------------- */
/* Strategies 1, 2, 3 buy one, two and three controls: each loses at most what
 * the one before it loses, future by future, so they met the same events. */
static void
more_controls_lose_less_in_every_future(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    size_t less = 0;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 3, 4, 2, 1);
    m->threats[0].frequency.dist = rw_dist_constant(3);
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    for (size_t c = 0; c < 3; c++) {
        m->controls[c].efficacy.dist =
            SMALL_DIST("uniform", {"min", 0.1}, {"max", 0.6});
        for (size_t s = c + 1; s < 4; s++)
            small_plan(m, &a, s, c, 0);
    }
    small_build(m, &a);
    o = small_run(m, N, SEED, 2);
    for (size_t s = 1; s < 4; s++)
        for (size_t i = 0; i < N; i++) {
            assert_true(o->horizon_loss[s][i] <= o->horizon_loss[s - 1][i]);
            less += o->horizon_loss[s][i] < o->horizon_loss[s - 1][i];
        }
    assert_true(less > N);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* --- what is not used ---------------------------------------------------------- */
static void
a_candidate_that_nobody_buys_changes_nothing(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o[2];

    (void)state;
    rw_arena_init(&a);
    for (size_t k = 0; k < 2; k++) {
        struct rw_model *m = small_model(&a, 1, 1, 1 + k, 2, 4, 4);

        m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 1});
        m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
        m->controls[0].efficacy.dist =
            SMALL_DIST("uniform", {"min", 0.1}, {"max", 0.9});
        m->controls[0].fails = 2;
        m->controls[0].fail_years = 0.1;
        for (size_t c = 1; c <= k; c++) {
            m->controls[c].efficacy.dist = rw_dist_constant(0.9);
            m->controls[c].fails = 1;
            m->controls[c].fail_years = 0.5;
            m->controls[c].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
        }
        small_plan(m, &a, 1, 0, 1);
        small_build(m, &a);
        o[k] = small_run(m, N, SEED, 2);
    }
    for (size_t s = 0; s < 2; s++) {
        assert_same(o[0]->year_loss[s], o[1]->year_loss[s], N);
        assert_same(o[0]->spend[s], o[1]->spend[s], N);
        assert_same(o[0]->npv[s], o[1]->npv[s], N);
        for (size_t t = 0; t < 4; t++)
            assert_true(same(
                &o[0]->cells[s * 4 + t].residual, &o[1]->cells[s * 4 + t].residual));
    }
    rw_outcome_free(o[0]);
    rw_outcome_free(o[1]);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(a_thousandth_of_the_currency_multiplies_every_loss_exactly),
    cmocka_unit_test(the_logarithms_of_a_lognormal_cost_a_few_ulps),
    cmocka_unit_test(the_order_in_the_file_changes_no_bit_of_a_risk),
    cmocka_unit_test(a_poisson_threat_may_be_split_in_three),
    cmocka_unit_test(another_name_is_another_draw_of_the_same_law),
    cmocka_unit_test(a_threats_risks_do_not_share_their_luck),
    cmocka_unit_test(more_controls_lose_less_in_every_future),
    cmocka_unit_test(a_candidate_that_nobody_buys_changes_nothing))
