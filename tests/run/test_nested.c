/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nested run: groups of futures that share a truth and nothing else. */
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "world/world.h"

enum { TRIALS = 6000, TRUTHS = 55, HISTORIES = 70, SEED = 3 };

/* Two uncertain threats and two strategies over two years. */
static struct rw_model *
make(struct rw_arena *a)
{
    struct rw_model *m = small_model(a, 1, 2, 1, 2, 4, 2);

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 1});
    m->threats[1].frequency.dist = SMALL_DIST("lognormal", {"p5", 0.1}, {"p95", 4});
    m->threats[0].losses[0].amount = SMALL_DIST("gamma", {"mean", 10}, {"sd", 15});
    m->controls[0].efficacy.dist =
        SMALL_DIST("pert", {"min", 0.2}, {"mode", 0.6}, {"max", 0.9});
    small_plan(m, a, 1, 0, 0);
    small_build(m, a);
    return m;
}

static struct rw_outcome *
run(const struct rw_model *m, size_t truths, unsigned threads)
{
    struct rw_run_options x = {.trials = TRIALS,
        .seed = SEED,
        .seed_given = true,
        .threads = threads,
        .nest = {.truths = truths, .histories = HISTORIES}};
    struct rw_outcome *o;
    struct rw_error e = {0};

    if (rw_run(m, &x, &o, &e) != RW_OK)
        fail_msg("run: %s", e.text);
    return o;
}

static void
ordinary_futures_do_not_know_of_it(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *x, *y;

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    x = run(m, 0, 2);
    y = run(m, TRUTHS, 2);
    assert_null(x->nested.year_loss);
    for (size_t k = 0; k < 4; k++)
        assert_memory_equal(x->year_loss[k], y->year_loss[k], TRIALS * sizeof(double));
    for (size_t k = 0; k < 2; k++) {
        assert_memory_equal(
            x->horizon_loss[k], y->horizon_loss[k], TRIALS * sizeof(double));
        assert_memory_equal(x->spend[k], y->spend[k], TRIALS * sizeof(double));
        assert_memory_equal(x->npv[k], y->npv[k], TRIALS * sizeof(double));
    }
    for (size_t k = 0; k < 8; k++) {
        assert_memory_equal(
            &x->cells[k].loss, &y->cells[k].loss, sizeof x->cells[k].loss);
        assert_memory_equal(&x->bands[k], &y->bands[k], sizeof *x->bands);
    }
    assert_int_equal(x->events, y->events);
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

static void
any_number_of_threads_gives_the_same_bytes(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *one;

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    one = run(m, TRUTHS, 1);
    for (unsigned threads = 2; threads <= 8; threads += 3) {
        struct rw_outcome *o = run(m, TRUTHS, threads);

        for (size_t k = 0; k < 4; k++)
            assert_memory_equal(one->nested.year_loss[k], o->nested.year_loss[k],
                TRUTHS * HISTORIES * sizeof(double));
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
    rw_arena_fini(&a);
}

static void
it_may_follow_later(void **state)
{
    struct rw_run_options x = {.trials = TRIALS,
        .seed = SEED,
        .seed_given = true,
        .nest = {.truths = TRUTHS, .histories = HISTORIES}};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *at_once, *later;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    at_once = run(m, TRUTHS, 2);
    later = run(m, 0, 2);
    assert_int_equal(RW_OK, rw_run_nested(m, &x, later, &e));
    assert_int_equal(TRUTHS, later->nested.truths);
    for (size_t k = 0; k < 4; k++)
        assert_memory_equal(at_once->nested.year_loss[k], later->nested.year_loss[k],
            TRUTHS * HISTORIES * sizeof(double));
    rw_outcome_free(at_once);
    rw_outcome_free(later);
    rw_arena_fini(&a);
}

static void
more_truths_begin_with_the_fewer(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *x, *y;

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    x = run(m, 20, 2);
    y = run(m, TRUTHS, 2);
    assert_memory_equal(x->nested.year_loss[3], y->nested.year_loss[3],
        (size_t)20 * HISTORIES * sizeof(double));
    rw_outcome_free(x);
    rw_outcome_free(y);
    rw_arena_fini(&a);
}

/* Wherever blocks begin and end. */
static void
a_group_shares_its_truth_across_blocks(void **state)
{
    const size_t starts[] = {0, 30, 256, 1000};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_world *w;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    assert_int_equal(RW_OK, rw_world_new(m, SEED, 256, NULL, &w, &e));
    w->histories = HISTORIES;
    for (size_t s = 0; s < 4; s++) {
        const double *row = rw_world_truth(w, &m->threats[0].frequency);

        assert_int_equal(
            RW_OK, rw_world_begin(w, RW_NESTED_FIRST + starts[s], 256, &e));
        for (size_t i = 0; i < 256; i++) {
            uint64_t group = (starts[s] + i) / HISTORIES;
            double want;

            rw_sampler_fill(&m->threats[0].frequency.sampler,
                (struct rw_stream){SEED, m->threats[0].frequency.lane},
                RW_NESTED_FIRST + group * HISTORIES, 0, 1, &want);
            assert_true(row[i] == want);
            assert_true(i == 0 || (starts[s] + i) % HISTORIES || row[i] != row[i - 1]);
        }
    }
    rw_world_free(w);
    rw_arena_fini(&a);
}

static void
an_ordinary_future_has_a_truth_of_its_own(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_world *w;
    struct rw_error e = {0};
    double want;

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    assert_int_equal(RW_OK, rw_world_new(m, SEED, 256, NULL, &w, &e));
    assert_int_equal(RW_OK, rw_world_begin(w, 1000, 256, &e));
    for (size_t i = 0; i < 256; i++) {
        rw_sampler_fill(&m->threats[0].frequency.sampler,
            (struct rw_stream){SEED, m->threats[0].frequency.lane}, 1000 + i, 0, 1,
            &want);
        assert_true(rw_world_truth(w, &m->threats[0].frequency)[i] == want);
    }
    rw_world_free(w);
    rw_arena_fini(&a);
}

/* Events are each future's own: with every estimate known, the histories of a
 * truth are as independent as futures are.  Loss is a Poisson count of mean 3:
 * the group means vary by 3 / HISTORIES. */
static void
histories_share_nothing_else(void **state)
{
    enum { GROUPS = 2000 };
    double means[GROUPS];
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_moments s;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->threats[0].frequency.dist = rw_dist_constant(3);
    small_build(m, &a);
    o = run(m, GROUPS, 2);
    for (size_t g = 0; g < GROUPS; g++)
        means[g] =
            rw_sum_array(o->nested.year_loss[0] + g * HISTORIES, HISTORIES) / HISTORIES;
    s = rw_moments_array(means, GROUPS);
    assert_close(s.mean, 3, CHECK_Z * sqrt(3.0 / (GROUPS * HISTORIES)));
    assert_close(pow(rw_moments_sd(&s), 2), 3.0 / HISTORIES,
        CHECK_Z * 3.0 / HISTORIES * sqrt(2.0 / GROUPS));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
what_is_wanted_follows_from_model_and_trials(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_nest x;

    (void)state;
    rw_arena_init(&a);
    m = make(&a);
    x = rw_nest_of(m, 100000);
    assert_int_equal(250, x.truths);
    assert_int_equal(100, x.histories);
    assert_null(x.none);
    x = rw_nest_of(m, 19999);
    assert_int_equal(0, x.truths);
    x = rw_nest_of(m, 1000000000); /* enough is enough */
    assert_int_equal(10000, x.truths);
    assert_int_equal(100, x.histories);
    x = rw_nest_of(m, 19999);
    assert_non_null(strstr(x.none, "too few futures"));
    m->trials = 20000;
    assert_int_equal(50, rw_nest_of(m, 0).truths);
    m->band_truths = 60;
    m->band_histories = 30;
    x = rw_nest_of(m, 1000);
    assert_int_equal(60, x.truths);
    assert_int_equal(30, x.histories);
    m->n_years = 0;
    assert_string_equal("the horizon holds no whole year", rw_nest_of(m, 1000).none);
    m = small_model(&a, 1, 1, 1, 1, 1, 1);
    small_build(m, &a);
    x = rw_nest_of(m, 1000000);
    assert_int_equal(0, x.truths * x.histories);
    assert_string_equal("every estimate is known", x.none);
    rw_arena_fini(&a);
}

/* A threat hook that raises a flag, or fails, in the nested run only. */
static volatile sig_atomic_t raised;
static bool fails;

static enum rw_err
late_open(const struct rw_plugin_use *u, void **instance, struct rw_error *e)
{
    static int one;

    (void)u;
    (void)e;
    *instance = &one;
    return RW_OK;
}

static enum rw_err
late_begin(void *instance, struct rw_error *e)
{
    (void)instance;
    (void)e;
    return RW_OK;
}

static enum rw_err
late_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    if (c->first >= RW_NESTED_FIRST && c->first < RW_PILOT_FIRST) {
        if (fails)
            return rw_error_set(e, RW_ERR_PLUGIN, "not these futures");
        __atomic_store_n(&raised, SIGINT, __ATOMIC_RELAXED);
    }
    for (size_t i = 0; i < c->n; i++)
        c->fields[RW_THREAT_FREQUENCY].x[i] = 1;
    return RW_OK;
}

static void
late_close(void *instance)
{
    (void)instance;
}

static enum rw_err
run_late(void)
{
    static const struct rw_plugin_ops ops = {
        .open = late_open, .begin = late_begin, .call = late_call, .close = late_close};
    static const struct rw_plugin plugin = {.name = "late", .ops = &ops};
    struct rw_run_options x = {.trials = 3000,
        .threads = 2,
        .stop = &raised,
        .nest = {.truths = 50, .histories = HISTORIES}};
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_error e = {0};
    enum rw_err err;

    raised = 0;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->threats[0].use.plugin = &plugin;
    small_build(m, &a);
    err = rw_run(m, &x, &o, &e);
    rw_outcome_free(o);
    rw_arena_fini(&a);
    return err;
}

static void
a_stop_during_it_ends_the_run_as_interrupted(void **state)
{
    (void)state;
    fails = false;
    assert_int_equal(RW_ERR_INTERRUPT, run_late());
}

static void
an_error_during_it_is_the_runs(void **state)
{
    (void)state;
    fails = true;
    assert_int_equal(RW_ERR_PLUGIN, run_late());
}

static size_t told_last, told_total;

static void
tell(void *self, const struct rw_run_progress *p)
{
    (void)self;
    assert_true(p->done <= p->total && p->done >= told_last);
    told_last = p->done;
    told_total = p->total;
}

static void
progress_counts_both_parts(void **state)
{
    struct rw_run_options x = {.trials = 400000,
        .threads = 1,
        .progress = tell,
        .nest = {.truths = 8000, .histories = 100}};
    struct rw_arena a;
    struct rw_outcome *o;
    struct rw_error e = {0};

    (void)state;
    rw_arena_init(&a);
    told_last = told_total = 0;
    assert_int_equal(RW_OK, rw_run(make(&a), &x, &o, &e));
    if (told_total > 0) /* unless the machine is too fast to tell */
        assert_int_equal(1200000, told_total);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(ordinary_futures_do_not_know_of_it),
    cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    cmocka_unit_test(it_may_follow_later),
    cmocka_unit_test(more_truths_begin_with_the_fewer),
    cmocka_unit_test(a_group_shares_its_truth_across_blocks),
    cmocka_unit_test(an_ordinary_future_has_a_truth_of_its_own),
    cmocka_unit_test(histories_share_nothing_else),
    cmocka_unit_test(what_is_wanted_follows_from_model_and_trials),
    cmocka_unit_test(a_stop_during_it_ends_the_run_as_interrupted),
    cmocka_unit_test(an_error_during_it_is_the_runs),
    cmocka_unit_test(progress_counts_both_parts))
