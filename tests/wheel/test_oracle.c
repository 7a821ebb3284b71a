/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strategy that knows the truth expects what happens on average in each
 * future; the phases that are switched off do nothing. */
#include "tests/support/turned.h"

enum { N = TURNED, CYCLES = 8 };

/* A threat whose frequency walks: the truth has a path of its own. */
static enum rw_err
walk_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    (void)e;
    for (size_t i = 0; i < c->n; i++) {
        struct rw_stream at = {c->seed, 77};
        double u = rw_stream_uniform(at, c->first + i, c->cycle);

        c->state[0][i] *= 0.5 + u;
        c->fields[RW_THREAT_FREQUENCY].x[i] = 4 * c->state[0][i];
        c->fields[RW_THREAT_FREQUENCY].assigned = true;
        c->fields[RW_THREAT_LOSS_FACTOR].x[i] = 1 + 0.1 * c->cycle;
        c->fields[RW_THREAT_LOSS_FACTOR].assigned = true;
    }
    return RW_OK;
}

/* A control whose efficacy grows with its age. */
static enum rw_err
ripen_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    (void)e;
    for (size_t i = 0; i < c->n; i++) {
        c->fields[RW_CONTROL_EFFICACY].x[i] =
            c->params[0][i] * -expm1(-c->fields[RW_CONTROL_AGE].x[i]);
        c->fields[RW_CONTROL_EFFICACY].assigned = true;
    }
    return RW_OK;
}

static const struct rw_plugin_ops walk_ops = {.open = greedy_open,
    .begin = greedy_begin,
    .call = walk_call,
    .close = greedy_close};
static const struct rw_plugin_ops ripen_ops = {.open = greedy_open,
    .begin = greedy_begin,
    .call = ripen_call,
    .close = greedy_close};
static const struct rw_plugin_state walk_state = {"level", 1};
static const struct rw_plugin walk = {.kind = RW_PLUGIN_THREAT,
    .api = RW_PLUGIN_API,
    .name = "walk",
    .states = &walk_state,
    .n_states = 1,
    .ops = &walk_ops};
static const struct rw_plugin_param ripen_param = {.name = "best", .max = 1};
static const struct rw_plugin ripen = {.kind = RW_PLUGIN_CONTROL,
    .api = RW_PLUGIN_API,
    .name = "ripen",
    .params = &ripen_param,
    .n_params = 1,
    .ops = &ripen_ops};

static void
begin(struct turned *f, size_t threats, size_t controls)
{
    turned_begin(f, threats, controls, CYCLES);
    f->s->deciding.knows = RW_KNOWS_TRUTH;
}

/* residual[i] <- sum over cycles of each future's residual risk. */
static void
sum_residual(struct turned *f, double residual[])
{
    turned_start(f);
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(f, t);
        turned_do(f);
        turned_check_and_act(f, t);
        for (size_t i = 0; i < N; i++)
            residual[i] = (t > 0 ? residual[i] : 0) + f->g->acc.residual[i];
    }
}

/* What is steady beside the other. */
enum kind { EFFECT, THREAT, SUPPORTED, KINDS };

/* One threat of uncertain frequency or one that walks, one control in place and a
 * candidate that resists, or keeps the other working; no control fails by itself. */
static void
state_two_controls(struct turned *f, enum kind kind)
{
    struct rw_control *c = f->m->controls;
    struct rw_threat *t = f->m->threats;

    t->losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    t->seen_probability = 0.7;
    t->frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 2});
    t->susceptibility.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
    c[0].function = RW_FUNCTION_CONTAINMENT;
    c[0].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 2});
    c[0].coverage.dist = SMALL_DIST("uniform", {"min", 0.2}, {"max", 0.9});
    c[0].status = RW_STATUS_OPERATING;
    c[1].efficacy.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 2});
    if (kind == EFFECT) {
        t->use.plugin = &walk;
        t->law = RW_COUNT_NEGBIN;
        t->dispersion = 0.8;
    } else if (kind == SUPPORTED) {
        c[0].fails = 3;
        c[0].fail_years = 0.2;
        c[0].upkeep.law = RW_RELIABILITY_AVAILABILITY;
        c[1].function = RW_FUNCTION_VARIANCE_MANAGEMENT;
        c[1].upkeep.acts = RW_ACTS_PREVENTION;
    } else {
        c[1].build = 2;
        c[1].delivery.overrun.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 0.8});
        c[1].half_life = 0.7;
        c[1].refresh = 1.1;
        c[1].use.plugin = &ripen;
        c[1].use.values = RW_ARENA_NEW(&f->a, 1, struct rw_estimate);
        c[1].use.values[0].dist = SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    }
}

/* What is expected of a candidate is what it takes off the residual risk, in
 * every future, to the last digits: where its effect or the threat is steady. */
static void
what_is_expected_is_what_happens_on_average(void **state)
{
    static struct turned f;
    static double with[N], without[N], told[N];

    (void)state;
    for (enum kind kind = EFFECT; kind < KINDS; kind++) {
        begin(&f, 1, 2);
        state_two_controls(&f, kind);
        turned_open(&f);
        turned_run(&f);
        f.g->plans = false;
        sum_residual(&f, without);
        f.g->plans = true;
        sum_residual(&f, with);
        assert_int_equal(1, shown.n_items);
        turned_start(&f);
        turned_plan(&f, 0);
        memcpy(told, shown.benefits[0], sizeof told);
        for (size_t i = 0; i < N; i++) {
            assert_true(told[i] > 0 || f.g->offer[N + i] == 0);
            assert_close(
                told[i], (without[i] - with[i]) / CYCLES, 1e-9 * without[i] / CYCLES);
        }
        turned_end(&f);
    }
}

/* Costs are the future's own, and the future stays what it is for others. */
static void
costs_are_the_truth_and_nature_is_untouched(void **state)
{
    static struct turned f, g;
    const double *capital;

    (void)state;
    begin(&f, 1, 2);
    state_two_controls(&f, EFFECT);
    f.m->controls[1].capital.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 3});
    f.s->budget = 2;
    begin(&g, 1, 2);
    state_two_controls(&g, EFFECT);
    g.m->controls[1].capital.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 3});
    g.s->deciding.knows = RW_KNOWS_BELIEFS;
    turned_open(&f);
    turned_open(&g);
    turned_run(&g);
    turned_run(&f);
    capital = rw_world_truth(f.x->w, &f.m->controls[1].capital);
    for (size_t i = 0; i < N; i++) {
        assert_true(shown.capital[0][i] == capital[i]);
        assert_true(f.loss[0][i] == g.loss[0][i]);
        assert_int_equal(f.g->bought[N + i], capital[i] <= 2 ? 0 : 1);
    }
    turned_end(&f);
    turned_end(&g);
}

/* A failed control of effect 0.8 that comes back after a year on average; two
 * years are left.  Working again at once is worth the events, 4 x 10 x 0.8 a year,
 * for (1 - e^-(k T)) / k years, k = 1 + fails. */
static void
it_mends_what_pays_and_no_more(void **state)
{
    static struct turned f;
    const double k = 1.5, years = 7 * 0.25;
    const double worth = 4 * 10 * 0.8 * -expm1(-k * years) / k;

    (void)state;
    for (int side = 0; side < 2; side++) {
        size_t failed = 0, mended = 0;

        begin(&f, 1, 1);
        f.m->threats[0].frequency.dist = rw_dist_constant(4);
        f.m->threats[0].losses[0].amount = rw_dist_constant(10);
        f.m->controls[0].efficacy.dist = rw_dist_constant(0.8);
        f.m->controls[0].status = RW_STATUS_OPERATING;
        f.m->controls[0].fails = 0.5;
        f.m->controls[0].fail_years = 1;
        f.s->correction_cost = worth * (side ? 1 + 1e-9 : 1 - 1e-9);
        turned_open(&f);
        turned_run(&f);
        assert_int_equal(RW_OK, rw_foresight_begin(f.x->foresight, f.x->w, 0, N, &f.e));
        assert_int_equal(RW_OK, rw_wheel_begin(f.g, &f.e));
        assert_int_equal(RW_OK, rw_world_cycle(f.x->w, 0, &f.e));
        rw_account_open(&f.g->acc, f.m, 0);
        assert_int_equal(RW_OK, rw_wheel_do(f.g, &f.e));
        rw_foresight_pass(f.x->foresight, f.x->w);
        rw_wheel_check(f.g);
        for (size_t i = 0; i < N; i++)
            failed += rw_fail_unknown(f.g, 0, i);
        assert_true(f.g->acc.spend[0] == 0); /* no audits are paid */
        rw_wheel_act(f.g);
        for (size_t i = 0; i < N; i++)
            mended += f.g->acc.failed[i] > 0;
        assert_true(failed > N / 5);
        assert_int_equal(mended, side ? 0 : failed);
        turned_end(&f);
    }
}

/* A world in which checking and knowing both pay: rates that nobody knows well,
 * candidates of which the budget holds one in four, failures that last. */
static void
state_a_worthwhile_loop(struct turned *f)
{
    for (size_t k = 0; k < 4; k++) {
        struct rw_threat *t = &f->m->threats[k];
        struct rw_control *c = &f->m->controls[k];

        t->frequency.dist = SMALL_DIST("lognormal", {"median", 3}, {"p95", 20});
        t->losses[0].amount = rw_dist_constant(10);
        c->efficacy.dist = SMALL_DIST("beta", {"alpha", 4}, {"beta", 2});
        c->capital.dist = rw_dist_constant(30);
        c->covers_threats = RW_ARENA_NEW(&f->a, 1, size_t);
        c->covers_threats[0] = k;
        c->n_covers_threats = 1;
        c->fails = 1;
        c->fail_years = 1;
    }
    f->s->budget = 15;
    f->s->audit_share = 0.8;
    f->s->audit_cost = 0.1;
    f->s->correction_cost = 0.5;
    f->s->discount = 0.95;
}

/* Expected cost of loss and spend rises from knowing to believing to not even
 * checking, future by future on average; what is not acted on is not worth its
 * audits. */
static void
knowing_beats_learning_beats_not_looking(void **state)
{
    static double total[4][N];
    static struct turned f;
    struct rw_moments d;

    (void)state;
    for (int k = 0; k < 4; k++) {
        begin(&f, 4, 4);
        state_a_worthwhile_loop(&f);
        f.s->deciding.knows = k == 0 ? RW_KNOWS_TRUTH : RW_KNOWS_BELIEFS;
        f.s->deciding.no_check = k == 2;
        f.s->deciding.no_act = k == 3;
        turned_open(&f);
        turned_run(&f);
        for (size_t i = 0; i < N; i++)
            total[k][i] = f.loss[1][i] + f.spend[1][i];
        turned_end(&f);
    }
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < N; i++)
            total[k][i] -= total[k + 1][i];
        d = rw_moments_array(total[k], N);
        if (!(d.mean < -CHECK_Z * rw_moments_se(&d)))
            fail_msg("%d: %g +- %g", k, d.mean, rw_moments_se(&d));
    }
    for (size_t i = 0; i < N; i++) /* the same decisions, and the audits on top */
        assert_true(total[3][i] >= total[2][i]);
}

/* Without Check nothing is learned or audited and without Act what is learned
 * changes no plan: both buy what the estimates say, cycle by cycle. */
static void
phases_that_are_off_do_nothing(void **state)
{
    static struct turned f;
    static uint16_t bought[2][4 * N];

    (void)state;
    for (int k = 0; k < 2; k++) {
        begin(&f, 4, 4);
        state_a_worthwhile_loop(&f);
        f.s->deciding.knows = RW_KNOWS_BELIEFS;
        f.s->deciding.no_check = k == 0;
        f.s->deciding.no_act = k == 1;
        turned_open(&f);
        turned_run(&f);
        memcpy(bought[k], f.g->bought, sizeof bought[k]);
        for (size_t i = 0; i < N; i++) {
            assert_true(f.g->acc.failed[i] == 0);
            for (size_t c = 0; c < 4; c++)
                assert_int_equal(bought[k][c * N + i], bought[k][c * N]);
            assert_true(k == 1 || f.g->acc.wheel_spend[i] == 0);
        }
        turned_end(&f);
    }
    assert_memory_equal(bought[0], bought[1], sizeof bought[0]);
    begin(&f, 4, 4);
    state_a_worthwhile_loop(&f);
    f.s->deciding = (struct rw_deciding){.no_plan = true};
    turned_open(&f);
    turned_run(&f);
    for (size_t i = 0; i < 4 * N; i++)
        assert_int_equal(f.g->bought[i], RW_NEVER);
    assert_int_equal(0, shown.calls);
    turned_end(&f);
}

CHECK_MAIN(cmocka_unit_test(what_is_expected_is_what_happens_on_average),
    cmocka_unit_test(costs_are_the_truth_and_nature_is_untouched),
    cmocka_unit_test(it_mends_what_pays_and_no_more),
    cmocka_unit_test(knowing_beats_learning_beats_not_looking),
    cmocka_unit_test(phases_that_are_off_do_nothing))
