/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threats whose events bring further events, against the closed forms of the
 * Hawkes process from an empty start.  Losses of 1; strategy 1 prevents. */
#include "num/hawkes.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/prior.h"

enum { N = 40000, YEARS = 3 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

static void
begin(struct fixture *f, double mu, double children, double delay, unsigned per_year)
{
    struct rw_threat *t;

    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 1, 1, 2, YEARS * per_year, per_year);
    t = &f->m->threats[0];
    t->frequency.dist = rw_dist_constant(mu / 0.5);
    t->susceptibility.dist = rw_dist_constant(0.5);
    t->children = children;
    t->child_delay = delay;
    small_plan(f->m, &f->a, 1, 0, 0);
}

static void
run(struct fixture *f, double prevented, unsigned threads)
{
    f->m->controls[0].efficacy.dist = rw_dist_constant(prevented);
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, 5, threads);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

/* Standard error of a sample variance, from the sample itself. */
static double
variance_se(const double x[], double mean, double variance)
{
    double fourth = 0;

    for (size_t i = 0; i < N; i++)
        fourth += pow(x[i] - mean, 4) / N;
    return sqrt((fourth - variance * variance) / N);
}

/* Mean and variance of the horizon's number. */
static void
assert_moments(const double x[], double mean, double variance)
{
    struct rw_moments w = rw_moments_array(x, N);
    double sd = rw_moments_sd(&w);

    assert_close(w.mean, mean, CHECK_Z * sqrt(variance / N));
    assert_close(sd * sd, variance, CHECK_Z * variance_se(x, w.mean, sd * sd));
}

static void
numbers_have_the_mean_and_variance_of_a_hawkes_process(void **state)
{
    static const struct {
        double mu, n, d;
        unsigned per_year;
    } cases[] = {{2, 0.5, 1 / 30.0, 12}, {2, 0.5, 1 / 30.0, 1}, {1, 0.3, 1 / 20.0, 4},
        {3, 0.8, 0.5, 1}, {3, 0.8, 0.5, 12}, {40, 0.9, 0.02, 4}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const struct rw_hawkes h = {cases[k].n, cases[k].d};
        struct fixture f;
        double mu = cases[k].mu;

        begin(&f, mu, h.children, h.delay, cases[k].per_year);
        run(&f, 0, 0);
        assert_moments(f.o->horizon_loss[0], rw_hawkes_mean(&h, mu, YEARS),
            rw_hawkes_variance(&h, mu, YEARS));
        assert_moments(f.o->year_loss[0], rw_hawkes_mean(&h, mu, 1),
            rw_hawkes_variance(&h, mu, 1));
        end(&f);
    }
}

static double
distance(const double x[], const double y[])
{
    enum { MOST = 512 };
    double seen[2][MOST] = {{0}}, sum[2] = {0}, most = 0;

    for (size_t i = 0; i < N; i++) {
        seen[0][x[i] < MOST ? (size_t)x[i] : MOST - 1]++;
        seen[1][y[i] < MOST ? (size_t)y[i] : MOST - 1]++;
    }
    for (size_t k = 0; k < MOST; k++) {
        sum[0] += seen[0][k] / N;
        sum[1] += seen[1][k] / N;
        most = fmax(most, fabs(sum[0] - sum[1]));
    }
    return most;
}

static void
a_year_has_one_law_by_months_and_by_years(void **state)
{
    struct fixture f[2];

    (void)state;
    for (int k = 0; k < 2; k++) {
        begin(&f[k], 2, 0.6, 0.1, k ? 12 : 1);
        f[k].m->threats[0].law = RW_COUNT_NEGBIN;
        f[k].m->threats[0].dispersion = 0.5;
        small_build(f[k].m, &f[k].a);
        f[k].o = small_run(f[k].m, N, 5 + (uint64_t)k, 0);
    }
    /* two samples: each within its own limit of the law */
    for (unsigned y = 0; y < YEARS; y++)
        assert_true(
            distance(f[0].o->year_loss[y], f[1].o->year_loss[y]) < 2 * check_dkw(N));
    end(&f[0]);
    end(&f[1]);
}

static void
cycles_show_how_excitation_builds_up(void **state)
{
    const struct rw_hawkes h = {0.8, 0.5};
    struct fixture f;
    struct rw_prior p;
    struct rw_error e = {0};
    double excited = 0;

    (void)state;
    begin(&f, 3, 0.8, 0.5, 4);
    run(&f, 0.25, 0);
    assert_int_equal(RW_OK, rw_prior_make(f.m, 5, NULL, &p, &e));
    for (unsigned t = 0; t < 4 * YEARS; t++) {
        double mean = rw_hawkes_step(&h, 3, 0.25, &excited);
        const struct rw_moments *w = &f.o->cells[t].incidents;

        assert_close(w->mean, mean, CHECK_Z * rw_moments_se(w));
        /* residual risk: expected before anything has happened */
        assert_relative(f.o->cells[t].residual.mean, 4 * mean, 1e-12);
        assert_relative(
            f.o->cells[4 * YEARS + t].residual.mean, 0.75 * 4 * mean, 1e-12);
        assert_relative(p.rate[t], mean, 1e-12);
    }
    rw_prior_fini(&p);
    end(&f);
}

static void
controls_thin_events_and_not_their_offspring(void **state)
{
    const struct rw_hawkes h = {0.7, 0.1};
    struct fixture f[2];
    double mean = rw_hawkes_mean(&h, 2, YEARS), v = rw_hawkes_variance(&h, 2, YEARS);

    (void)state;
    for (int strong = 0; strong < 2; strong++) {
        begin(&f[strong], 2, 0.7, 0.1, 4);
        run(&f[strong], strong ? 0.75 : 0.4, 0);
    }
    /* independent thinning: mean q m, variance q^2 v + q (1 - q) m */
    assert_moments(
        f[1].o->horizon_loss[1], 0.25 * mean, 0.0625 * v + 0.25 * 0.75 * mean);
    for (size_t i = 0; i < N; i++) {
        assert_true(f[1].o->horizon_loss[1][i] <= f[0].o->horizon_loss[1][i]);
        assert_true(f[0].o->horizon_loss[1][i] <= f[0].o->horizon_loss[0][i]);
        assert_true(f[0].o->horizon_loss[0][i] == f[1].o->horizon_loss[0][i]);
    }
    end(&f[0]);
    end(&f[1]);
}

static void
events_without_children_are_those_of_poisson_to_the_bit(void **state)
{
    struct fixture f[2];

    (void)state;
    for (int k = 0; k < 2; k++) {
        begin(&f[k], 2, k ? 1e-300 : 0, 0.1, 4);
        f[k].m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
        run(&f[k], 0.3, 0);
    }
    for (size_t s = 0; s < 2; s++)
        assert_memory_equal(
            f[0].o->horizon_loss[s], f[1].o->horizon_loss[s], N * sizeof(double));
    end(&f[0]);
    end(&f[1]);
}

static void
events_depend_on_neither_threads_nor_the_horizon(void **state)
{
    struct fixture f[3];

    (void)state;
    for (unsigned k = 0; k < 3; k++) {
        begin(&f[k], 2, 0.7, 0.3, 4);
        f[k].m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
        f[k].m->threats[0].losses[0].secondary = 0.5;
        if (k == 2)
            f[k].m->cycles = 4;
        run(&f[k], 0.3, k + 1);
    }
    assert_memory_equal(
        f[0].o->horizon_loss[1], f[1].o->horizon_loss[1], N * sizeof(double));
    assert_memory_equal(f[0].o->year_loss[0], f[2].o->year_loss[0], N * sizeof(double));
    for (unsigned k = 0; k < 3; k++)
        end(&f[k]);
}

static void
a_systemic_cascade_hits_every_asset(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2, 0.7, 0.3, 4);
    f.m->threats[0].systemic = true;
    f.m->threats[0].assets[1] = 1;
    f.m->threats[0].n_assets = 2;
    run(&f, 0, 0);
    for (size_t i = 0; i < N; i++)
        assert_true(fmod(f.o->horizon_loss[0][i], 2) == 0);
    end(&f);
}

/* Losses of descendants are draws of their own: the sum over a future varies
 * by E N sd^2 + Var N mean^2. */
static void
losses_of_a_family_are_independent(void **state)
{
    const struct rw_hawkes h = {0.8, 0.2};
    struct fixture f;
    double m = rw_hawkes_mean(&h, 2, YEARS), v = rw_hawkes_variance(&h, 2, YEARS);

    (void)state;
    begin(&f, 2, 0.8, 0.2, 4);
    f.m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    run(&f, 0, 0);
    assert_moments(f.o->horizon_loss[0], 10 * m, 100 * (m + v));
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(numbers_have_the_mean_and_variance_of_a_hawkes_process),
    cmocka_unit_test(a_year_has_one_law_by_months_and_by_years),
    cmocka_unit_test(cycles_show_how_excitation_builds_up),
    cmocka_unit_test(controls_thin_events_and_not_their_offspring),
    cmocka_unit_test(events_without_children_are_those_of_poisson_to_the_bit),
    cmocka_unit_test(events_depend_on_neither_threads_nor_the_horizon),
    cmocka_unit_test(a_systemic_cascade_hits_every_asset),
    cmocka_unit_test(losses_of_a_family_are_independent))
