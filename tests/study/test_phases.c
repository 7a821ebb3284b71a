/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a phase is worth, against the difference worked out from two outcomes. */
#include "num/sample.h"
#include "study/phases.h"
#include "tests/support/check.h"
#include "tests/support/greedy.h"
#include "tests/support/small.h"

enum { N = 3000, EVEN = 32768, SEED = 8 };

/* 4 events a year of 10 each; one candidate halves them for 2 a year; another
 * works half of the time, until an audit finds it failed. */
static struct rw_model *
model(struct rw_arena *a, bool phases)
{
    struct rw_model *m = small_model(a, 1, 1, 2, 2, 8, 4);
    struct rw_control *c = m->controls;

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 3});
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    m->strategies[1].planner.plugin = &greedy;
    m->strategies[1].budget = 4;
    m->strategies[1].audit_share = 1;
    m->strategies[1].audit_sensitivity = 1;
    m->strategies[1].audit_cost = 0.1;
    c[0].efficacy.dist = rw_dist_constant(0.5);
    c[0].running.dist = rw_dist_constant(2);
    c[1].status = RW_STATUS_OPERATING;
    c[1].efficacy.dist = rw_dist_constant(0.8);
    c[1].fails = 1;
    c[1].fail_years = 1;
    m->phases = phases;
    small_build(m, a);
    return m;
}

static const struct rw_mean *
check_worth(const struct rw_outcome *o, const struct rw_phase_worth *w, int twin,
    size_t without, double sign)
{
    struct rw_moments m;
    double *x = calloc(o->n, sizeof *x);

    for (size_t i = 0; i < o->n; i++)
        x[i] = sign * (o->horizon_loss[without][i] + o->spend[without][i] -
                          o->horizon_loss[1][i] - o->spend[1][i]);
    m = rw_sample_means(x, o->n, o->each);
    free(x);
    assert_true(w->has[twin]);
    assert_close(w->total[twin].mean, m.mean, 1e-9);
    assert_close(w->total[twin].se, rw_moments_se(&m), 1e-9);
    assert_close(w->loss[twin].mean + w->spend[twin].mean, w->total[twin].mean, 1e-9);
    return &w->total[twin];
}

static void
each_phase_is_valued_future_by_future(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_phase_worth *w;
    struct rw_figures f;
    size_t n;

    (void)state;
    rw_arena_init(&a);
    o = small_run(model(&a, true), N, SEED, 1);
    assert_int_equal(o->n_strategies, 6);
    assert_int_equal(RW_OK, rw_figures_init(&f, o, NULL));
    assert_int_equal(RW_OK, rw_phases_make(&f, &a, &w, &n));
    rw_figures_fini(&f);
    assert_int_equal(n, 1);
    assert_int_equal(w->strategy, 1);
    /* planning halves what the other control leaves, for 2 a year */
    assert_true(check_worth(o, w, RW_TWIN_NO_PLAN, 2, 1)->mean > 0);
    check_worth(o, w, RW_TWIN_NO_CHECK, 3, 1);
    check_worth(o, w, RW_TWIN_NO_ACT, 4, 1);
    check_worth(o, w, RW_TWIN_KNOWING, 5, -1);
    /* an audit a quarter ends failures that last a year otherwise */
    assert_true(w->loss[RW_TWIN_NO_CHECK].mean > 0);
    assert_true(w->loss[RW_TWIN_NO_ACT].mean > 0);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* Of futures drawn evenly, the errors are their randomisations', packed or not. */
static void
phases_of_even_futures_have_their_errors(void **state)
{
    struct rw_run_options x = {.trials = EVEN,
        .seed = SEED,
        .seed_given = true,
        .threads = 2,
        .futures = RW_FUTURES_PACKED};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o[2];
    struct rw_phase_worth *w[2];
    struct rw_error e;
    size_t n;

    (void)state;
    rw_arena_init(&a);
    rw_error_clear(&e);
    m = model(&a, true);
    m->sampling = RW_SAMPLING_SOBOL;
    o[0] = small_run(m, EVEN, SEED, 0);
    assert_int_equal(RW_OK, rw_run(m, &x, &o[1], &e));
    assert_non_null(o[1]->packed);
    for (int k = 0; k < 2; k++) {
        struct rw_figures f;

        assert_int_equal(o[k]->each, 1024);
        assert_int_equal(RW_OK, rw_figures_init(&f, o[k], NULL));
        assert_int_equal(RW_OK, rw_phases_make(&f, &a, &w[k], &n));
        rw_figures_fini(&f);
    }
    check_worth(o[0], w[0], RW_TWIN_NO_PLAN, 2, 1);
    check_worth(o[0], w[0], RW_TWIN_KNOWING, 5, -1);
    assert_memory_equal(w[0], w[1], sizeof *w[0]);
    rw_outcome_free(o[0]);
    rw_outcome_free(o[1]);
    rw_arena_fini(&a);
}

/* Out of tallies, which keep the moments of every pair. */
static void
phases_are_valued_without_the_futures(void **state)
{
    struct rw_run_options x = {.trials = N,
        .seed = SEED,
        .seed_given = true,
        .threads = 2,
        .futures = RW_FUTURES_TALLIED};
    struct rw_outcome *o[2];
    struct rw_phase_worth *w[2];
    struct rw_error e;
    struct rw_arena a;
    size_t n;

    (void)state;
    rw_arena_init(&a);
    rw_error_clear(&e);
    o[0] = small_run(model(&a, true), N, SEED, 1);
    assert_int_equal(RW_OK, rw_run(o[0]->model, &x, &o[1], &e));
    for (int k = 0; k < 2; k++) {
        struct rw_figures f;

        assert_int_equal(RW_OK, rw_figures_init(&f, o[k], NULL));
        assert_int_equal(RW_OK, rw_phases_make(&f, &a, &w[k], &n));
        assert_int_equal(n, 1);
        rw_figures_fini(&f);
    }
    for (unsigned twin = RW_TWIN_NO_PLAN; twin < RW_TWINS; twin++) {
        assert_int_equal(w[0]->has[twin], w[1]->has[twin]);
        assert_close(w[1]->total[twin].mean, w[0]->total[twin].mean, 1e-9);
        assert_close(w[1]->total[twin].se, w[0]->total[twin].se, 1e-9);
        assert_close(w[1]->loss[twin].mean, w[0]->loss[twin].mean, 1e-9);
        assert_close(w[1]->spend[twin].mean, w[0]->spend[twin].mean, 1e-9);
    }
    rw_outcome_free(o[0]);
    rw_outcome_free(o[1]);
    rw_arena_fini(&a);
}

/* A loop with a trigger of each kind, and its copies as a scenario may state them: the
 * reader refuses triggers that could not fire there or do nothing. */
static struct rw_model *
copied(struct rw_arena *a, struct rw_trigger all[])
{
    struct rw_model *m = small_model(a, 1, 1, 3, 6, 8, 4);
    struct rw_strategy *s = m->strategies;

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 3});
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    m->appetite = RW_ARENA_NEW(a, 1, struct rw_appetite);
    m->appetite[0] = (struct rw_appetite){50, 0.2};
    m->n_appetite = 1;
    m->controls[0].efficacy.dist = rw_dist_constant(0.8);
    m->controls[0].capital.dist = rw_dist_constant(4);
    m->controls[1].status = RW_STATUS_OPERATING;
    m->controls[1].efficacy.dist = rw_dist_constant(0.5);
    m->controls[1].fails = m->controls[1].fail_years = 1;
    m->controls[2].efficacy.dist = rw_dist_constant(0.3);
    m->controls[2].capital.dist = rw_dist_constant(6);
    s[1].planner.plugin = &greedy;
    s[1].audit_share = 0.5;
    s[1].audit_cost = 0.1;
    s[1].correction_years = 0.1;
    s[1].deciding.plan_every = 4;
    s[1].deciding.triggers = all;
    s[1].deciding.n_triggers = 6;
    for (size_t k = 2; k < 6; k++) {
        const char *name = s[k].name;

        s[k] = s[1];
        s[k].name = name;
        s[k].deciding.n_triggers = 0;
    }
    s[2].deciding.no_plan = true;
    s[2].deciding.triggers = all; /* the first two */
    s[2].deciding.n_triggers = 2;
    s[3].deciding.no_check = true;
    s[4].deciding.no_act = true;
    s[5].deciding.knows = RW_KNOWS_TRUTH;
    s[5].deciding.triggers = all; /* but the last two */
    s[5].deciding.n_triggers = 4;
    m->phases = true;
    small_build(m, a);
    return m;
}

static void
a_twin_is_the_copy_that_could_be_stated(void **state)
{
    struct rw_trigger all[] = {
        {.on = RW_ON_FINDING, .action = RW_DO_AUDIT, .cost = 0.2},
        {.on = RW_ON_INCIDENT, .action = RW_DO_CORRECT, .at_least = 2, .cost = 0.3},
        {.on = RW_ON_LOSS, .action = RW_DO_PLAN, .above = 30, .pause = 2, .cost = 0.1},
        {.on = RW_ON_INCIDENT, .action = RW_DO_FUND, .at_least = 3, .amount = 2},
        {.on = RW_ON_CUSUM, .action = RW_DO_FUND, .k = 1.5, .h = 3, .amount = 2},
        {.on = RW_ON_APPETITE, .action = RW_DO_FUND, .amount = 5, .pause = 8}};
    static const size_t left[] = {2, 0, 0, 4};
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_model *m;

    (void)state;
    rw_arena_init(&a);
    m = copied(&a, all);
    o = small_run(m, N, SEED, 1);
    assert_int_equal(o->n_strategies, 10);
    for (size_t k = 0; k < 4; k++) {
        const struct rw_strategy *twin = &m->strategies[o->strategy[6 + k]];

        assert_int_equal(twin->twin_of, 1);
        assert_int_equal(twin->deciding.n_triggers, left[k]);
        assert_memory_equal(
            o->horizon_loss[6 + k], o->horizon_loss[2 + k], N * sizeof(double));
        assert_memory_equal(o->spend[6 + k], o->spend[2 + k], N * sizeof(double));
        /* and none of them is the loop itself */
        assert_memory_not_equal(o->spend[6 + k], o->spend[1], N * sizeof(double));
    }
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* The others' futures are the same to the bit. */
static void
twins_change_nobody_else(void **state)
{
    struct rw_arena a, b;
    struct rw_outcome *with, *without;

    (void)state;
    rw_arena_init(&a);
    rw_arena_init(&b);
    with = small_run(model(&a, true), N, SEED, 1);
    without = small_run(model(&b, false), N, SEED, 1);
    for (size_t s = 0; s < 2; s++) {
        assert_memory_equal(
            with->horizon_loss[s], without->horizon_loss[s], N * sizeof(double));
        assert_memory_equal(with->spend[s], without->spend[s], N * sizeof(double));
    }
    rw_outcome_free(with);
    rw_outcome_free(without);
    rw_arena_fini(&a);
    rw_arena_fini(&b);
}

static struct rw_outcome *
nested(const struct rw_model *m)
{
    struct rw_run_options x = {.trials = 200,
        .seed = SEED,
        .seed_given = true,
        .nest = {.truths = 20, .histories = 10}};
    struct rw_outcome *o;
    struct rw_error e = {0};

    if (rw_run(m, &x, &o, &e) != RW_OK)
        fail_msg("run: %s", e.text);
    return o;
}

/* Nobody draws theirs; the others' come out of the same bytes. */
static void
twins_have_no_bands(void **state)
{
    struct rw_arena a, b;
    struct rw_outcome *with, *without;
    struct rw_result *r;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    rw_arena_init(&b);
    with = nested(model(&a, true));
    without = nested(model(&b, false));
    assert_int_equal(with->n_strategies, 6);
    assert_int_equal(with->nested.n_strategies, 2);
    for (size_t k = 0; k < 2 * (size_t)with->years; k++)
        assert_memory_equal(with->nested.year_loss[k], without->nested.year_loss[k],
            200 * sizeof(double));
    assert_int_equal(RW_OK, rw_result_make(with, &a, &r, &e));
    for (size_t s = 0; s < 6; s++)
        assert_true((r->strategies[s].years[0].band != NULL) == (s < 2));
    rw_outcome_free(with);
    rw_outcome_free(without);
    rw_arena_fini(&a);
    rw_arena_fini(&b);
}

/* Money for one control, in the fifth quarter.  At first threat 1 is thought the
 * greater, after four quarters of incidents mostly threat 0: what that brings is
 * learning, and the parts still add up. */
static void
learning_is_what_the_twin_without_check_has_not_had(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_model *m;
    size_t first = 0, second = 1;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 2, 2, 2, 8, 4);
    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 8}, {"sd", 6});
    m->threats[0].bias_frequency = 0.05;
    m->strategies[1].planner.plugin = &greedy;
    m->strategies[1].budget = 2;
    for (size_t c = 0; c < 2; c++) {
        m->controls[c].efficacy.dist = rw_dist_constant(0.5);
        m->controls[c].capital.dist = rw_dist_constant(9);
        m->controls[c].covers_threats = c == 0 ? &first : &second;
        m->controls[c].n_covers_threats = 1;
    }
    m->attribution = m->phases = true;
    small_build(m, &a);
    o = small_run(m, N, SEED, 1);
    assert_int_equal(m->strategies[o->strategy[3]].twin, RW_TWIN_NO_CHECK);
    for (unsigned t = 1; t < 8; t++) {
        const struct rw_cell *whole = &o->cells[8 + t], *twin = &o->cells[3 * 8 + t];
        double sum = whole->drift.mean + whole->controls.mean + whole->wear.mean +
                     whole->learning.mean + whole->chance.mean;

        assert_true(whole->controls.mean == twin->controls.mean);
        assert_close(sum, whole->change.mean, 1e-12);
        assert_true(
            t == 4 ? whole->learning.mean < -CHECK_Z * rw_moments_se(&whole->learning)
                   : whole->learning.mean == 0);
    }
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
a_name_that_is_taken_is_refused(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_error e;

    (void)state;
    rw_arena_init(&a);
    rw_error_clear(&e);
    m = small_model(&a, 1, 1, 1, 3, 4, 4);
    m->strategies[1].planner.plugin = &greedy;
    m->strategies[2].name = "s1-no-act";
    m->phases = true;
    assert_int_equal(RW_ERR_INPUT, rw_model_build(m, &a, &e));
    assert_non_null(strstr(e.text, "'s1-no-act'"));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(each_phase_is_valued_future_by_future),
    cmocka_unit_test(phases_of_even_futures_have_their_errors),
    cmocka_unit_test(phases_are_valued_without_the_futures),
    cmocka_unit_test(a_twin_is_the_copy_that_could_be_stated),
    cmocka_unit_test(twins_change_nobody_else), cmocka_unit_test(twins_have_no_bands),
    cmocka_unit_test(learning_is_what_the_twin_without_check_has_not_had),
    cmocka_unit_test(a_name_that_is_taken_is_refused))
