/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Budget, reserve, capacity, exclusions and prerequisites hold in every future
 * and cycle, and money is neither made nor lost. */
#include "tests/support/turned.h"

enum { N = TURNED, CYCLES = 12, CONTROLS = 8 };

/* Eight candidates of different cost, time and pillar on two uncertain threats;
 * some require and exclude others. */
static void
begin(struct turned *f)
{
    static size_t four[] = {4}, six[] = {6};

    turned_begin(f, 2, CONTROLS, CYCLES);
    for (size_t k = 0; k < 2; k++) {
        f->m->threats[k].frequency.dist =
            SMALL_DIST("lognormal", {"median", 3}, {"p95", 12});
        f->m->threats[k].losses[0].amount = rw_dist_constant(100);
    }
    for (size_t c = 0; c < CONTROLS; c++) {
        struct rw_control *x = &f->m->controls[c];

        x->efficacy.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
        x->capital.dist = rw_dist_constant(20 + 15 * (double)((5 * c) % 7));
        x->running.dist = rw_dist_constant(4 + 4 * (double)(c % 3));
        x->build = c % 4;
        x->pillar = (enum rw_pillar)(c % 3);
        x->covers_threats = RW_ARENA_NEW(&f->a, 1, size_t);
        x->covers_threats[0] = c % 2;
        x->n_covers_threats = 1;
    }
    f->m->controls[5].requires[0] = 2;
    f->m->controls[5].n_requires = 1;
    f->m->controls[4].requires[0] = 3; /* no building time, but it has to wait */
    f->m->controls[4].n_requires = 1;
    f->m->controls[1].excludes = four;
    f->m->controls[1].n_excludes = 1;
    f->m->controls[7].excludes = six;
    f->m->controls[7].n_excludes = 1;
    f->s->budget = 40;
}

/* Looks at every future after a cycle's plan. */
static void
assert_limits(const struct turned *f, unsigned t)
{
    const struct rw_wheel *g = f->g;
    const struct rw_deciding *d = &f->s->deciding;

    for (size_t i = 0; i < N; i++) {
        unsigned building[RW_PILLARS + 1] = {0};
        double promised = 0;

        for (size_t c = 0; c < CONTROLS; c++) {
            const struct rw_control *x = &f->m->controls[c];
            unsigned bought = g->bought[c * N + i], since = g->since[c * N + i];

            if (bought == RW_NEVER)
                continue;
            promised += x->running.dist.p[0] / 4;
            if (bought == t || since > t) {
                building[x->pillar]++;
                building[RW_PILLARS]++;
            }
            for (size_t k = 0; k < x->n_excludes; k++)
                assert_true(g->bought[x->excludes[k] * N + i] == RW_NEVER);
            for (size_t k = 0; k < x->n_requires; k++)
                assert_true(g->bought[x->requires[k] * N + i] <= bought);
        }
        for (size_t p = 0; p <= RW_PILLARS; p++)
            assert_true(d->capacity[p] == 0 || building[p] <= d->capacity[p]);
        assert_close(g->committed[i], promised, 1e-9);
        assert_true(g->reserve[i] >= 0);
    }
}

/* Turns the wheel; `income` what comes in over the horizon in every future,
 * `kept` what is there at its end.  Returns how many were bought. */
static size_t
turn_within_limits(struct turned *f, double income[], double out[])
{
    size_t bought = 0;

    turned_start(f);
    for (size_t i = 0; i < N; i++) {
        income[i] = f->g->reserve[i];
        out[i] = 0;
    }
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(f, t);
        assert_limits(f, t);
        turned_do(f);
        for (size_t i = 0; i < N; i++) {
            income[i] += f->g->budget[i];
            out[i] += f->g->acc.spend[i];
            /* running costs are within the budget, so nobody is in debt */
            assert_true(f->g->balance[i] >= -1e-9 || f->s->deciding.n_steps > 1);
        }
        turned_check_and_act(f, t);
    }
    for (size_t at = 0; at < CONTROLS * N; at++)
        bought += f->g->bought[at] != RW_NEVER;
    return bought;
}

static void
assert_nothing_lost(const struct turned *f, const double income[], const double out[])
{
    for (size_t i = 0; i < N; i++)
        assert_close(income[i] - out[i], f->g->balance[i] + f->g->reserve[i], 1e-8);
}

static void
limits_hold_in_every_future(void **state)
{
    static struct turned f;
    static double income[N], out[N];
    struct rw_estimate reserve;
    struct rw_budget_step steps[2];
    size_t bought[6];

    (void)state;
    for (int k = 0; k < 6; k++) {
        begin(&f);
        memset(&reserve, 0, sizeof reserve);
        memset(steps, 0, sizeof steps);
        reserve.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 150});
        steps[0].amount.dist = SMALL_DIST("uniform", {"min", 20}, {"max", 60});
        steps[1].cycle = 5;
        steps[1].amount.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 90});
        if (k == 1)
            f.s->deciding.capacity[RW_PILLARS] = 1;
        if (k == 2)
            f.s->deciding.capacity[RW_PILLAR_TECHNICAL] = 1;
        if (k == 3 || k == 5)
            f.s->deciding.reserve = &reserve;
        if (k == 4 || k == 5) {
            f.s->deciding.steps = steps;
            f.s->deciding.n_steps = k == 4 ? 1 : 2;
        }
        if (k == 5)
            f.s->deciding.plan_every = 3;
        turned_open(&f);
        bought[k] = turn_within_limits(&f, income, out);
        assert_nothing_lost(&f, income, out);
        turned_end(&f);
    }
    assert_true(bought[0] > 3 * N);
    assert_true(bought[1] <= bought[0]);
}

static void
budgets_are_each_futures_own(void **state)
{
    static struct turned f;
    struct rw_budget_step steps[2];

    (void)state;
    begin(&f);
    memset(steps, 0, sizeof steps);
    steps[0].amount.dist = SMALL_DIST("uniform", {"min", 20}, {"max", 60});
    steps[1].cycle = 3;
    steps[1].amount.dist = rw_dist_constant(7);
    f.s->deciding.steps = steps;
    f.s->deciding.n_steps = 2;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 5; t++) {
        turned_plan(&f, t);
        for (size_t i = 0; i < N; i++)
            assert_true(f.g->budget[i] ==
                        (t < 3 ? rw_world_truth(f.x->w, &steps[0].amount)[i] : 7));
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Nothing can be bought, so the balance is the geometric sum of what is kept. */
static void
a_share_of_what_is_left_is_carried_over(void **state)
{
    static struct turned f;

    (void)state;
    for (double forfeited = 0; forfeited <= 1; forfeited += 0.25) {
        double want = 0;

        begin(&f);
        for (size_t c = 0; c < CONTROLS; c++)
            f.m->controls[c].capital.dist = rw_dist_constant(1e9);
        f.s->deciding.forfeited = forfeited;
        turned_open(&f);
        turned_start(&f);
        for (unsigned t = 0; t < CYCLES; t++) {
            turned_plan(&f, t);
            want = want * (1 - forfeited) + 40;
            assert_close(f.g->balance[N - 1], want, 1e-9);
        }
        turned_end(&f);
    }
}

/* The reserve pays capital that a cycle's budget does not reach, once, and no
 * running cost. */
static void
the_reserve_pays_capital_once(void **state)
{
    static struct turned f;
    struct rw_estimate reserve;

    (void)state;
    for (int dear = 0; dear < 2; dear++) {
        turned_begin(&f, 1, 2, 4);
        memset(&reserve, 0, sizeof reserve);
        reserve.dist = rw_dist_constant(100);
        f.s->deciding.reserve = &reserve;
        f.s->budget = 10;
        f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
        f.m->controls[0].capital.dist = rw_dist_constant(90);
        f.m->controls[0].running.dist = rw_dist_constant(dear ? 44 : 40);
        f.m->controls[0].build = 1;
        f.m->controls[1].efficacy.dist = rw_dist_constant(0.3);
        f.m->controls[1].capital.dist = rw_dist_constant(25);
        turned_open(&f);
        turned_start(&f);
        turned_plan(&f, 0);
        /* 90 = 10 of the budget and 80; 11 to run it in each cycle is too much */
        assert_int_equal(f.g->bought[0], dear ? RW_NEVER : 0);
        assert_int_equal(f.g->bought[N], dear ? 0 : RW_NEVER);
        assert_close(f.g->reserve[0], dear ? 85 : 20, 1e-12);
        assert_close(f.g->balance[0], 0, 1e-12);
        turned_end(&f);
    }
}

/* Plans are made in cycles 1, 4, 7 ... only. */
static void
between_plans_nothing_is_bought(void **state)
{
    static struct turned f;
    static double income[N], out[N];
    size_t plans = 0;

    (void)state;
    begin(&f);
    f.s->deciding.plan_every = 3;
    turned_open(&f);
    (void)turn_within_limits(&f, income, out);
    plans = shown.calls;
    assert_int_equal(plans, CYCLES / 3);
    for (size_t at = 0; at < CONTROLS * N; at++)
        assert_true(f.g->bought[at] == RW_NEVER || f.g->bought[at] % 3 == 0);
    turned_end(&f);
}

/* More money, the same world: less is lost on average, though perhaps not in every
 * future, since a loop that sees other incidents may decide otherwise. */
static void
more_budget_lowers_the_expected_loss(void **state)
{
    static double loss[2][N];
    static struct turned f;
    struct rw_moments d;

    (void)state;
    for (int k = 0; k < 2; k++) {
        begin(&f);
        f.s->budget = k ? 40 : 15;
        f.s->discount = 0.9;
        turned_open(&f);
        turned_run(&f);
        memcpy(loss[k], f.loss[1], sizeof loss[k]);
        turned_end(&f);
    }
    for (size_t i = 0; i < N; i++)
        loss[1][i] -= loss[0][i];
    d = rw_moments_array(loss[1], N);
    if (!(d.mean < -CHECK_Z * rw_moments_se(&d)))
        fail_msg("%g +- %g", d.mean, rw_moments_se(&d));
}

CHECK_MAIN(cmocka_unit_test(limits_hold_in_every_future),
    cmocka_unit_test(budgets_are_each_futures_own),
    cmocka_unit_test(a_share_of_what_is_left_is_carried_over),
    cmocka_unit_test(the_reserve_pays_capital_once),
    cmocka_unit_test(between_plans_nothing_is_bought),
    cmocka_unit_test(more_budget_lowers_the_expected_loss))
