/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each control takes off the residual risk: against closed forms, and against
 * the mean over all orders, worked out subset by subset with the residual risk
 * of do.c. */
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/turn.h"

enum { N = 2000, SEED = 31, MOST = 9 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g[2]; /* "nothing" and strategy 1 */
    struct rw_error e;
};

/* 4 events a year of 10 each, controls bought at the start; quarters. */
static void
begin(struct fixture *f, size_t threats, size_t controls, unsigned cycles)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, threats, controls, 2, cycles, 4);
    f->m->benefit = true;
    for (size_t k = 0; k < threats; k++) {
        f->m->threats[k].frequency.dist = rw_dist_constant(4);
        f->m->threats[k].losses[0].amount = rw_dist_constant(10);
    }
    for (size_t c = 0; c < controls; c++) {
        f->m->controls[c].efficacy.dist = rw_dist_constant(0.5);
        small_plan(f->m, &f->a, 1, c, 0);
    }
}

static void
start(struct fixture *f)
{
    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_prior_make(f->m, SEED, NULL, &f->prior, &f->e));
    assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &f->e));
    for (size_t s = 0; s < 2; s++)
        assert_int_equal(RW_OK,
            rw_wheel_new(f->w, &f->m->strategies[s], &f->prior, &f->g[s], &f->e));
    assert_int_equal(RW_OK, rw_world_begin(f->w, 0, N, &f->e));
    for (size_t s = 0; s < 2; s++)
        assert_int_equal(RW_OK, rw_wheel_begin(f->g[s], &f->e));
}

/* A cycle without its events. */
static void
turn(struct fixture *f, unsigned t)
{
    assert_int_equal(RW_OK, rw_world_cycle(f->w, t, &f->e));
    for (size_t s = 0; s < 2; s++) {
        rw_account_open(&f->g[s]->acc, f->m, t);
        assert_int_equal(RW_OK, rw_wheel_plan(f->g[s], &f->e));
        assert_int_equal(RW_OK, rw_wheel_do(f->g[s], &f->e));
    }
    rw_benefit_cycle(f->g[1], f->g[0]);
    for (size_t s = 0; s < 2; s++) {
        rw_wheel_check(f->g[s]);
        rw_wheel_act(f->g[s]);
    }
}

static void
end(struct fixture *f)
{
    rw_wheel_free(f->g[0]);
    rw_wheel_free(f->g[1]);
    rw_world_free(f->w);
    rw_prior_fini(&f->prior);
    rw_arena_fini(&f->a);
}

static double
of(const struct fixture *f, size_t c, size_t i)
{
    return f->g[1]->benefits.now[c * f->g[1]->room + i];
}

static void
check_sums(const struct fixture *f)
{
    for (size_t i = 0; i < N; i++) {
        double sum = 0, without = f->g[0]->acc.residual[i];

        for (size_t c = 0; c < f->m->n_controls; c++)
            sum += of(f, c, i);
        assert_close(sum, without - f->g[1]->acc.residual[i], 1e-9 * without);
        assert_close(f->g[1]->benefits.all[i], sum, 1e-9 * without);
    }
}

/* ---- the mean over all orders ---- */

/* Row of the residual risk if those in the set stood as under the strategy, the
 * others as under "nothing". */
static void
suppose(struct fixture *f, unsigned set, double sum[])
{
    struct rw_wheel *g = f->g[1];
    const struct rw_wheel real = *g;
    size_t room = g->room, controls = f->m->n_controls * room,
           risks = f->m->n_risks * room, guards = f->m->guards.n * room,
           sights = f->m->guards.n_sights * room;
    double *rows = calloc(controls + guards + sights + 2 * risks, sizeof *rows),
           *at = rows + controls;

    for (size_t c = 0; c < f->m->n_controls; c++)
        memcpy(rows + c * room, (set >> c & 1u ? &real : f->g[0])->stands + c * room,
            room * sizeof *rows);
    memset(sum, 0, N * sizeof *sum);
    g->stands = rows;
    g->guards.left = at;
    g->guards.seen = at + guards;
    g->acc.risk_rate = at + guards + sights;
    g->acc.risk_residual = at + guards + sights + risks;
    g->acc.residual = sum;
    rw_guard_stand(g);
    for (size_t r = 0; r < f->m->n_risks; r++)
        rw_do_assess(g, r, rw_world_expected(f->w, f->m->risks[r].source));
    *g = real;
    free(rows);
}

static double
factorial(size_t n)
{
    return n < 2 ? 1 : (double)n * factorial(n - 1);
}

/* value[c][i]: Shapley's, over all subsets. */
static void
over_all_orders(struct fixture *f, double value[][N])
{
    size_t n = f->m->n_controls;
    double(*sum)[N] = calloc((size_t)1 << n, sizeof *sum);

    assert_true(n <= MOST);
    for (unsigned set = 0; set < 1u << n; set++)
        suppose(f, set, sum[set]);
    for (size_t c = 0; c < n; c++)
        for (unsigned set = 0; set < 1u << n; set++) {
            size_t k = (size_t)__builtin_popcount(set);

            if (set >> c & 1u)
                continue;
            for (size_t i = 0; i < N; i++)
                value[c][i] += factorial(k) * factorial(n - 1 - k) / factorial(n) *
                               (sum[set][i] - sum[set | 1u << c][i]);
        }
    free(sum);
}

/* ---- single risks ---- */

/* Of 40 a year the first alone takes 20, behind the second 2; the second alone 36,
 * behind the first 18. */
static void
two_prevention_controls_have_the_closed_form(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 2, 1);
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.9);
    start(&f);
    turn(&f, 0);
    for (size_t i = 0; i < N; i++) {
        assert_close(of(&f, 0, i), 11, 1e-13 * 40);
        assert_close(of(&f, 1, i), 27, 1e-13 * 40);
        assert_close(f.g[1]->benefits.all[i], 38, 1e-13 * 40);
    }
    end(&f);
}

/* Seen by chance in a quarter of all cases, by the three together in the rest;
 * what is seen costs nothing.  With the answer or one of the three missing
 * nothing is gained beyond that quarter, so the answer has that and a quarter of the
 * rest, as each of the three. */
static void
what_only_all_do_together_is_shared(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 4, 1);
    f.m->threats[0].seen_probability = 0.25;
    for (size_t c = 0; c < 4; c++) {
        f.m->controls[c].function = (enum rw_function)(RW_FUNCTION_VISIBILITY + (int)c);
        f.m->controls[c].efficacy.dist = rw_dist_constant(1);
    }
    start(&f);
    turn(&f, 0);
    for (size_t c = 0; c < 4; c++)
        assert_close(of(&f, c, 0), (c == 3 ? 10 : 0) + 7.5, 1e-13 * 40);
    end(&f);
}

/* One of each function, two of some; all uncertain, some fail, one is worn, one
 * stands under "nothing" too, one covers another threat. */
static void
plain(struct fixture *f)
{
    static const enum rw_function functions[] = {RW_FUNCTION_RESISTANCE,
        RW_FUNCTION_AVOIDANCE, RW_FUNCTION_VISIBILITY, RW_FUNCTION_MONITORING,
        RW_FUNCTION_RECOGNITION, RW_FUNCTION_RECOGNITION, RW_FUNCTION_CONTAINMENT,
        RW_FUNCTION_RESILIENCE, RW_FUNCTION_RESISTANCE};
    static size_t second = 1;
    struct rw_control *c;

    begin(f, 2, 9, 2);
    c = f->m->controls;
    f->m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 2});
    for (size_t k = 0; k < 2; k++)
        f->m->threats[k].seen_probability = 0.3;
    for (size_t k = 0; k < 9; k++) {
        c[k].function = functions[k];
        c[k].every = 1 / 365.0;
        c[k].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 2});
    }
    c[0].fails = c[6].fails = 4;
    c[0].fail_years = c[6].fail_years = 0.3;
    c[1].half_life = 0.5;
    c[8].status = RW_STATUS_OPERATING;
    c[8].fails = 4;
    c[8].fail_years = 0.5;
    f->m->strategies[1].audit_share = 1;
    f->m->strategies[1].audit_sensitivity = 1;
    c[7].covers_threats = &second;
    c[7].n_covers_threats = 1;
}

static void
the_line_is_the_mean_over_all_orders(void **state)
{
    static double value[MOST][N];
    struct fixture f;

    (void)state;
    plain(&f);
    start(&f);
    turn(&f, 0);
    turn(&f, 1);
    memset(value, 0, sizeof value);
    over_all_orders(&f, value);
    for (size_t c = 0; c < 9; c++)
        for (size_t i = 0; i < N; i++)
            assert_close(of(&f, c, i), value[c][i], 1e-12 * f.g[0]->acc.residual[i]);
    check_sums(&f);
    end(&f);
}

/* B - value has mean 0; where nobody can tell, its error is 0 too. */
static void
check_means(const struct fixture *f, double value[][N])
{
    static double off[N];

    for (size_t c = 0; c < f->m->n_controls; c++) {
        struct rw_moments m;

        for (size_t i = 0; i < N; i++)
            off[i] = of(f, c, i) - value[c][i];
        m = rw_moments_array(off, N);
        assert_close(m.mean, 0, CHECK_Z * rw_moments_se(&m) + 1e-12);
    }
}

static void
insured(struct fixture *f)
{
    plain(f);
    f->m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"median", 10}, {"p95", 80});
    f->m->threats[0].covered = true;
    f->m->threats[0].deductible = 5;
    f->m->threats[0].limit = 30;
}

static void
staged(struct fixture *f)
{
    struct rw_attack *a;

    plain(f);
    a = &f->m->threats[0].attack;
    a->n = 3;
    a->stages = RW_ARENA_NEW(&f->a, 3, struct rw_stage);
    for (unsigned k = 0; k < 3; k++)
        a->stages[k] = (struct rw_stage){.name = k == 0   ? "x"
                                                 : k == 1 ? "y"
                                                          : "z",
            .advance = 0.8,
            .years = 0.05,
            .base = 0.1,
            .independence = 0.5,
            .class = k};
    for (int e = 0; e < RW_ENDINGS; e++)
        a->share[e] = e == RW_ENDING_FULL ? 1 : 0.2 + 0.1 * e;
    f->m->controls[5].stages = RW_ARENA_NEW(&f->a, 1, const char *);
    f->m->controls[5].stages[0] = "y";
    f->m->controls[5].n_stages = 1;
}

static void
joining_by_drawn_orders_has_that_mean(void **state)
{
    static void (*const kinds[])(struct fixture *) = {insured, staged};
    static double value[MOST][N];

    (void)state;
    for (size_t k = 0; k < 2; k++) {
        struct fixture f;

        kinds[k](&f);
        start(&f);
        turn(&f, 0);
        turn(&f, 1);
        memset(value, 0, sizeof value);
        over_all_orders(&f, value);
        check_means(&f, value);
        check_sums(&f);
        assert_true(f.m->risks[0].cover != NULL || f.m->risks[0].staged != NULL);
        end(&f);
    }
}

/* An order and its reverse are all there are of two. */
static void
two_that_join_leave_nothing_to_chance(void **state)
{
    static double value[MOST][N];
    struct fixture f;

    (void)state;
    staged(&f);
    f.m->strategies[1].n_plan = 0;
    small_plan(f.m, &f.a, 1, 0, 0);
    small_plan(f.m, &f.a, 1, 6, 0);
    f.m->controls[8].status = RW_STATUS_CANDIDATE;
    start(&f);
    turn(&f, 0);
    memset(value, 0, sizeof value);
    over_all_orders(&f, value);
    for (size_t i = 0; i < N; i++) {
        assert_close(of(&f, 0, i), value[0][i], 1e-12 * f.g[0]->acc.residual[i]);
        assert_close(of(&f, 6, i), value[6][i], 1e-12 * f.g[0]->acc.residual[i]);
    }
    end(&f);
}

/* Of threats that differ in nothing but how they are seen: what is the same is worked
 * out once. */
static void
risks_behind_the_same_guards_have_each_its_own(void **state)
{
    static double value[MOST][N];
    static const double seen[] = {0.3, 0.3, 0.8, 1, 0.3};
    struct fixture f;

    (void)state;
    begin(&f, 5, 9, 1);
    for (size_t k = 0; k < 5; k++) {
        f.m->threats[k].seen_probability = seen[k];
        f.m->threats[k].frequency.dist = rw_dist_constant(4 + (double)k);
    }
    for (size_t c = 0; c < 9; c++) {
        f.m->controls[c].function = (enum rw_function)(c % RW_FUNCTIONS);
        f.m->controls[c].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 2});
    }
    start(&f);
    turn(&f, 0);
    memset(value, 0, sizeof value);
    over_all_orders(&f, value);
    for (size_t c = 0; c < 9; c++)
        for (size_t i = 0; i < N; i++)
            assert_close(of(&f, c, i), value[c][i], 1e-12 * f.g[0]->acc.residual[i]);
    check_sums(&f);
    end(&f);
}

/* One that is insured between two that are not. */
static void
an_order_leaves_the_line_as_it_was(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 3, 4, 1);
    for (size_t c = 0; c < 4; c++)
        f.m->controls[c].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 2});
    f.m->threats[1].losses[0].amount =
        SMALL_DIST("lognormal", {"median", 10}, {"p95", 80});
    f.m->threats[1].covered = true;
    f.m->threats[1].deductible = 5;
    f.m->threats[1].limit = 30;
    start(&f);
    assert_true(f.m->risks[1].cover != NULL);
    turn(&f, 0);
    check_sums(&f);
    end(&f);
}

/* ---- whatever the model ---- */

static void
they_add_up_in_every_future_and_cycle(void **state)
{
    static void (*const kinds[])(struct fixture *) = {plain, insured, staged};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct fixture f;

        kinds[k](&f);
        f.m->cycles = 8;
        f.m->threats[1].law = RW_COUNT_NEGBIN;
        f.m->threats[1].dispersion = 1;
        start(&f);
        for (unsigned t = 0; t < 8; t++) {
            turn(&f, t);
            check_sums(&f);
        }
        end(&f);
    }
}

/* Nobody watches what the visible control shows: it does nothing, and neither do
 * one of no efficacy and one that covers a threat that never comes. */
static void
a_control_that_does_nothing_has_nothing(void **state)
{
    static void (*const kinds[])(struct fixture *) = {plain, insured, staged};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct fixture f;

        kinds[k](&f);
        f.m->controls[3].efficacy.dist = rw_dist_constant(0); /* all monitoring */
        f.m->threats[1].frequency.dist = rw_dist_constant(0);
        start(&f);
        turn(&f, 0);
        for (size_t i = 0; i < N; i++)
            for (size_t c = 2; c < 8; c++)
                assert_true(c == 6 || of(&f, c, i) == 0);
        assert_true(of(&f, 1, 0) > 0);
        end(&f);
    }
}

static void
what_is_as_under_nothing_takes_off_nothing(void **state)
{
    static void (*const kinds[])(struct fixture *) = {plain, insured, staged};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct fixture f;

        kinds[k](&f);
        f.m->strategies[1].n_plan = 0;
        f.m->strategies[1].audit_share = 0;
        start(&f);
        for (unsigned t = 0; t < 2; t++) {
            turn(&f, t);
            for (size_t c = 0; c < 9; c++)
                for (size_t i = 0; i < N; i++)
                    assert_true(of(&f, c, i) == 0);
        }
        end(&f);
    }
}

/* Whoever is bought first. */
static void
equals_have_the_same(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 3, 2);
    f.m->strategies[1].n_plan = 0;
    small_plan(f.m, &f.a, 1, 2, 0);
    small_plan(f.m, &f.a, 1, 0, 1);
    small_plan(f.m, &f.a, 1, 1, 1);
    start(&f);
    turn(&f, 0);
    assert_close(of(&f, 2, 0), 20, 1e-13 * 40);
    turn(&f, 1);
    for (size_t c = 0; c < 3; c++)
        assert_close(of(&f, c, 0), 35.0 / 3, 1e-13 * 40);
    end(&f);
}

/* ---- what is told ---- */

/* Of controls with none, one, two ... principles. */
static void
pillars_and_principles_share_what_controls_have(void **state)
{
    double pillars = 0, principles = 0;

    (void)state;
    for (size_t c = 0; c <= RW_PRINCIPLES; c++) {
        struct rw_control x = {
            .pillar = (enum rw_pillar)(c % RW_PILLARS), .principles = (1u << c) - 1};
        double one = 0;

        for (size_t k = 0; k < RW_BENEFIT_GROUPS; k++) {
            double share = rw_benefit_share(&x, k);

            *(k < RW_PILLARS ? &pillars : &principles) += share;
            if (k == RW_PILLARS)
                one = share;
            if (k + 1 == RW_BENEFIT_GROUPS)
                assert_true(share == (c == 0));
            if (k < RW_PILLARS)
                assert_true(share == (k == c % RW_PILLARS));
        }
        assert_close(one, c == 0 ? 0 : 1 / (double)c, 1e-15);
    }
    assert_close(pillars, RW_PRINCIPLES + 1, 1e-12);
    assert_close(principles, RW_PRINCIPLES + 1, 1e-12);
}

/* Two years: 11 and 27 a year of benefit, 5 + 2 * 3 and 7 of cost; what operates
 * anyway is paid anyway. */
static void
the_horizon_is_told_beside_its_cost(void **state)
{
    static const size_t both[] = {0, 1};
    struct fixture f;
    struct rw_turn *x;
    struct rw_sink sink = {0};
    struct rw_moments *ledger;
    const struct rw_moments *at;

    (void)state;
    begin(&f, 1, 3, 8);
    f.m->controls[2].status = RW_STATUS_OPERATING;
    f.m->controls[2].efficacy.dist = rw_dist_constant(0);
    f.m->controls[2].running.dist = rw_dist_constant(9);
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.9);
    f.m->controls[1].pillar = RW_PILLAR_PHYSICAL;
    f.m->controls[1].principles = 3;
    f.m->controls[0].capital.dist = rw_dist_constant(5);
    f.m->controls[0].running.dist = rw_dist_constant(3);
    f.m->controls[1].capital.dist = rw_dist_constant(7);
    small_build(f.m, &f.a);
    assert_int_equal(RW_OK, rw_prior_make(f.m, SEED, NULL, &f.prior, &f.e));
    assert_int_equal(
        RW_OK, rw_turn_new(f.m, SEED, both, 2, &f.prior, N, NULL, &x, &f.e));
    ledger = calloc(x->layout.size, sizeof *ledger);
    assert_int_equal(RW_OK, rw_turn_block(x, 0, N, &sink, ledger, &f.e));
    at = ledger + rw_layout_horizon(&x->layout, 1);
    assert_close(at[x->layout.taken_off].mean, 76, 1e-11);
    assert_close(at[x->layout.taken_off + 1].mean, 22, 1e-11);
    assert_close(at[x->layout.taken_off + 2].mean, 54, 1e-11);
    assert_close(at[x->layout.costs].mean, 18, 1e-11);
    assert_close(at[x->layout.costs + 1].mean, 11, 1e-11);
    assert_close(at[x->layout.costs + 2].mean, 7, 1e-11);
    assert_true(at[x->layout.costs + 3].mean == 0);
    assert_close(at[x->layout.net].mean, 58, 1e-11);
    assert_close(at[x->layout.net + 1].mean, 11, 1e-11);
    assert_close(at[x->layout.net + 4 + RW_PILLAR_TECHNICAL].mean, 11, 1e-11);
    assert_close(at[x->layout.net + 4 + RW_PILLAR_PHYSICAL].mean, 47, 1e-11);
    assert_close(at[x->layout.net + 4 + RW_PILLARS + 1].mean, 23.5, 1e-11);
    assert_close(at[x->layout.net + 3 + RW_BENEFIT_GROUPS].mean, 11, 1e-11);
    for (unsigned t = 0; t < 8; t++) {
        at = ledger + rw_layout_cycle(&x->layout, 1, t) + x->layout.benefit;
        assert_close(at[0].mean, 38, 1e-11);
        assert_close(at[1].mean, 11, 1e-11);
        assert_close(at[4 + RW_PILLAR_PHYSICAL].mean, 27, 1e-11);
    }
    rw_turn_free(x);
    rw_prior_fini(&f.prior);
    rw_arena_fini(&f.a);
    free(ledger);
}

/* One that comes so late nearly everywhere that the first futures are without it. */
static void
they_add_up_where_few_futures_have_it(void **state)
{
    struct fixture f;
    size_t few = 0;

    (void)state;
    begin(&f, 1, 2, 4);
    f.m->controls[0].delivery.overruns = true;
    f.m->controls[0].delivery.overrun.dist =
        SMALL_DIST("uniform", {"min", 0}, {"max", 50});
    start(&f);
    for (unsigned t = 0; t < 4; t++) {
        turn(&f, t);
        check_sums(&f);
    }
    for (size_t i = 0; i < N; i++) {
        bool has = f.g[1]->since[i] <= 1; /* in the second cycle */

        assert_false(has && i < RW_BENEFIT_TILE);
        few += has;
    }
    assert_true(few > 0);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(two_prevention_controls_have_the_closed_form),
    cmocka_unit_test(what_only_all_do_together_is_shared),
    cmocka_unit_test(the_line_is_the_mean_over_all_orders),
    cmocka_unit_test(joining_by_drawn_orders_has_that_mean),
    cmocka_unit_test(two_that_join_leave_nothing_to_chance),
    cmocka_unit_test(risks_behind_the_same_guards_have_each_its_own),
    cmocka_unit_test(an_order_leaves_the_line_as_it_was),
    cmocka_unit_test(they_add_up_in_every_future_and_cycle),
    cmocka_unit_test(they_add_up_where_few_futures_have_it),
    cmocka_unit_test(a_control_that_does_nothing_has_nothing),
    cmocka_unit_test(what_is_as_under_nothing_takes_off_nothing),
    cmocka_unit_test(equals_have_the_same),
    cmocka_unit_test(pillars_and_principles_share_what_controls_have),
    cmocka_unit_test(the_horizon_is_told_beside_its_cost))
