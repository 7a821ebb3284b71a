/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks that go through stages: against the worked example, closed forms, and
 * future by future. */
#include "tests/num/six_stages.h"
#include "tests/support/check.h"
#include "tests/support/planner.h"
#include "tests/support/small.h"
#include "wheel/stage_meet.h"

enum { N = 20000, SEED = 23 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

static void
begin(
    struct fixture *f, size_t controls, unsigned cycles, unsigned per_year, double rate)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, controls, 2, cycles, per_year);
    f->m->threats[0].frequency.dist = rw_dist_constant(rate);
}

static void
run(struct fixture *f, unsigned threads)
{
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, SEED, threads);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

/* n stages of those years, never seen, always going on. */
static struct rw_attack *
stages(struct fixture *f, size_t n, double years)
{
    static const char *const names[] = {"s0", "s1", "s2", "s3", "s4", "s5"};
    struct rw_attack *a = &f->m->threats[0].attack;

    a->n = n;
    a->stages = RW_ARENA_NEW(&f->a, n, struct rw_stage);
    for (size_t k = 0; k < n; k++)
        a->stages[k] = (struct rw_stage){.name = names[k],
            .advance = 1,
            .years = years,
            .independence = 1,
            .class = (unsigned)(3 * k / n)};
    for (int e = 0; e < RW_ENDINGS; e++)
        a->share[e] = 1;
    return a;
}

static struct rw_control *
control(struct fixture *f, size_t k, enum rw_function function, double efficacy)
{
    struct rw_control *c = &f->m->controls[k];

    c->function = function;
    c->efficacy.dist = rw_dist_constant(efficacy);
    c->every = 1 / 365.0;
    return c;
}

static void
only(struct fixture *f, struct rw_control *c, size_t stage)
{
    c->stages = RW_ARENA_NEW(&f->a, 1, const char *);
    c->stages[0] = f->m->threats[0].attack.stages[stage].name;
    c->n_stages = 1;
}

static double
cells_loss(const struct fixture *f, size_t s)
{
    double sum = 0;

    for (unsigned t = 0; t < f->m->cycles; t++)
        sum += f->o->cells[s * f->m->cycles + t].loss.mean;
    return sum;
}

static void
assert_mean(const double x[], double want)
{
    struct rw_moments w = rw_moments_array(x, N);

    assert_close(w.mean, want, CHECK_Z * rw_moments_se(&w));
}

/* The knowledge base's six stages, each with its own three controls. */
static void
six_stages_of_ransomware_cost_what_they_should(void **state)
{
    struct fixture f;
    struct rw_attack *a;
    struct rw_loss *l;

    (void)state;
    begin(&f, 3 * SIX_STAGES, 1, 1, 20);
    a = stages(&f, SIX_STAGES, 0);
    l = &f.m->threats[0].losses[0];
    for (int e = 0; e < RW_ENDINGS; e++) {
        l->by.given[e] = e != RW_ENDING_FULL;
        l->by.amount[e] = six_stages_amount(e);
    }
    l->amount = six_stages_amount(RW_ENDING_FULL);
    for (size_t k = 0; k < SIX_STAGES; k++) {
        const struct six_stage *s = &six_stages[k];
        struct rw_control *c[] = {
            control(&f, 3 * k, RW_FUNCTION_VISIBILITY, s->v * s->rel_v),
            control(&f, 3 * k + 1, RW_FUNCTION_MONITORING, s->rel_m),
            control(&f, 3 * k + 2, RW_FUNCTION_RECOGNITION, s->r * s->rel_r)};

        a->stages[k].advance = s->advance;
        a->stages[k].years = s->tau / 365;
        a->stages[k].independence = s->rho;
        c[0]->coverage.dist = rw_dist_constant(s->cov);
        c[1]->every = s->m / 365;
        for (int j = 0; j < 3; j++) {
            only(&f, c[j], k);
            c[j]->status = RW_STATUS_OPERATING;
        }
    }
    run(&f, 2);
    assert_relative(f.o->cells[0].residual.mean, 20 * 21232.050896542165, 1e-12);
    assert_mean(f.o->horizon_loss[0], 20 * 21232.050896542165);
    /* seen: early, mid, late and full impact */
    assert_close(f.o->cells[0].incidents.mean, 20, CHECK_Z * sqrt(20.0 / N));
    /* but for those of the year's last two days, a hundredth of a percent */
    assert_close(f.o->cells[0].seen.mean, 20 * (1 - 0.08414598342803978),
        CHECK_Z * sqrt(20.0 / N) + 20 * 3.25 / 365);
    end(&f);
}

static void
a_loss_falls_when_the_attack_is_over(void **state)
{
    struct fixture f;
    /* 8 a year; of 1.5 years each; four years of quarters */
    const double rate = 8, years = 1.5;

    (void)state;
    begin(&f, 0, 16, 4, rate);
    stages(&f, 3, years / 3);
    f.m->discount_rate = 0.1;
    run(&f, 2);
    for (unsigned t = 0; t < 16; t++) {
        double want = t < 6 ? 0 : rate / 4;

        assert_close(f.o->cells[t].loss.mean, want, CHECK_Z * sqrt(want / N));
        assert_close(f.o->cells[t].seen.mean, want, CHECK_Z * sqrt(want / N));
        assert_close(f.o->cells[t].incidents.mean, 2, CHECK_Z * sqrt(2.0 / N));
    }
    assert_close(
        f.o->breakdown[0].after.mean, rate * years, CHECK_Z * sqrt(rate * years / N));
    assert_mean(f.o->horizon_loss[0], 32);
    assert_relative(cells_loss(&f, 0) + f.o->breakdown[0].after.mean,
        rw_sum_array(f.o->horizon_loss[0], N) / N, 1e-12);
    assert_relative(f.o->breakdown[0].asset_loss[0].mean,
        rw_sum_array(f.o->horizon_loss[0], N) / N, 1e-12);
    assert_relative(f.o->breakdown[0].form_loss[RW_FORM_RESPONSE].mean,
        rw_sum_array(f.o->horizon_loss[0], N) / N, 1e-12);
    { /* each at the middle of the quarter in which it falls */
        double npv = 0;

        for (unsigned t = 6; t < 22; t++)
            npv -= 2 * pow(1.1, -(t + 0.5) / 4);
        assert_mean(f.o->npv[0], npv);
    }
    end(&f);
}

/* Detection, attackers that fail, losses a day of dwell and of outage, answers. */
static void
full_attack(struct fixture *f, int strong)
{
    struct rw_attack *a;
    struct rw_loss *l = f->m->threats[0].losses;
    const enum rw_function functions[] = {RW_FUNCTION_RESISTANCE,
        RW_FUNCTION_VISIBILITY, RW_FUNCTION_MONITORING, RW_FUNCTION_RECOGNITION,
        RW_FUNCTION_CONTAINMENT, RW_FUNCTION_RESILIENCE, RW_FUNCTION_LOSS_MINIMISATION,
        RW_FUNCTION_VARIANCE_MANAGEMENT};

    a = stages(f, 4, 0.15);
    a->times = true;
    a->contain = 20 / 365.0;
    a->restore = 30 / 365.0;
    a->overlap = 0.6;
    a->share[RW_ENDING_EARLY] = 0.1;
    a->share[RW_ENDING_MID] = 0.4;
    a->share[RW_ENDING_LATE] = 0.8;
    for (size_t k = 0; k < 4; k++) {
        a->stages[k].advance = 0.8;
        a->stages[k].base = 0.05;
        a->stages[k].independence = 0.5;
    }
    f->m->threats[0].n_losses = 4;
    f->m->threats[0].seen_probability = 0.7;
    f->m->threats[0].seen_delay = 0.3;
    l[0].amount = SMALL_DIST("exponential", {"mean", 1000});
    for (int k = 1; k < 4; k++) {
        l[k] = l[0];
        l[k].secondary = 0.7;
    }
    l[1].form = RW_FORM_PRODUCTIVITY;
    l[1].per = RW_PER_OUTAGE_DAY;
    l[2].form = RW_FORM_FINES;
    l[2].per = RW_PER_DWELL_DAY;
    l[3].form = RW_FORM_REPUTATION;
    l[3].by.given[RW_ENDING_EARLY] = l[3].by.given[RW_ENDING_MID] = true;
    l[3].by.amount[RW_ENDING_EARLY] = rw_dist_constant(0);
    l[3].by.amount[RW_ENDING_MID] = SMALL_DIST("exponential", {"mean", 300});
    for (size_t k = 0; k < 8; k++) {
        control(f, k, functions[k], (int)k == strong ? 0.8 : 0.5);
        f->m->controls[k].fails = k < 7 ? 4 : 0;
        f->m->controls[k].fail_years = 0.1;
    }
    f->m->controls[2].every = 20 / 365.0;
    only(f, &f->m->controls[3], 1); /* the other stages are seen by other means alone */
    for (size_t k = 0; k < 8; k++)
        small_plan(f->m, &f->a, 1, k, (unsigned)k % 3);
}

static void
residual_risk_is_the_expected_loss_of_an_attack(void **state)
{
    struct fixture f;
    double want = 0;

    (void)state;
    begin(&f, 8, 4, 1, 3);
    full_attack(&f, -1);
    for (size_t k = 0; k < 8; k++)
        f.m->controls[k].fails = 0;
    run(&f, 2);
    for (unsigned t = 0; t < 4; t++)
        want += f.o->cells[4 + t].residual.mean;
    assert_mean(f.o->horizon_loss[1], want);
    /* without controls */
    assert_mean(f.o->horizon_loss[0], 4 * f.o->cells[0].residual.mean);
    assert_true(want < 0.9 * 4 * f.o->cells[0].residual.mean);
    end(&f);
}

/* By hand, one stage, seen for sure at once or never. */
static void
days_of_dwell_and_outage_are_counted(void **state)
{
    (void)state;
    for (int seen = 0; seen < 2; seen++) {
        struct fixture f;
        struct rw_attack *a;
        struct rw_loss *l;
        double dwell = seen ? 10 * 0.6 : 36.5 + 10;
        double contain = seen ? 6 : 10, restore = seen ? 4 : 20;
        double outage = contain + restore - 0.5 * fmin(contain, restore);
        double money = seen ? 0.9 : 1, want;

        begin(&f, 3, 1, 1, 1);
        a = stages(&f, 1, 0.1);
        a->stages[0].base = seen;
        a->times = true;
        a->contain = 10 / 365.0;
        a->restore = 20 / 365.0;
        a->overlap = 0.5;
        l = f.m->threats[0].losses;
        f.m->threats[0].n_losses = 3;
        for (int k = 0; k < 3; k++) {
            l[k] = l[0];
            l[k].per = (enum rw_per)k;
            l[k].amount = rw_dist_constant(pow(1000, k));
        }
        control(&f, 0, RW_FUNCTION_CONTAINMENT, 0.4)->status = RW_STATUS_OPERATING;
        control(&f, 1, RW_FUNCTION_RESILIENCE, 0.8)->status = RW_STATUS_OPERATING;
        control(&f, 2, RW_FUNCTION_LOSS_MINIMISATION, 0.1)->status =
            RW_STATUS_OPERATING;
        run(&f, 1);
        want = money * (1 + 1e3 * dwell + 1e6 * outage);
        assert_relative(f.o->cells[0].residual.mean, want, 1e-12);
        for (size_t i = 0; i < N; i++) { /* whole attacks */
            double n = f.o->horizon_loss[0][i] / want;

            assert_close(n, nearbyint(n), 1e-9);
        }
        end(&f);
    }
}

static void
a_stronger_control_raises_no_horizons_loss(void **state)
{
    (void)state;
    for (int what = 0; what <= 8; what++) { /* 8: all of them more reliable */
        struct fixture f[2];
        size_t lower = 0;

        for (int strong = 0; strong < 2; strong++) {
            begin(&f[strong], 8, 8, 4, 3);
            full_attack(&f[strong], strong ? what : -1);
            for (size_t k = 0; k < 7 && strong && what == 8; k++)
                f[strong].m->controls[k].fails = 2;
            run(&f[strong], 2);
        }
        for (size_t i = 0; i < N; i++) {
            double high = f[0].o->horizon_loss[1][i], low = f[1].o->horizon_loss[1][i];

            if (!(low <= high))
                fail_msg(
                    "control %d: future %zu: %.17g above %.17g", what, i, low, high);
            assert_true(high <= f[0].o->horizon_loss[0][i]);
            lower += low < high;
        }
        assert_true(lower > N / 100);
        end(&f[0]);
        end(&f[1]);
    }
}

static void
threads_change_no_bit_of_attacks(void **state)
{
    struct fixture f[2];

    (void)state;
    for (unsigned k = 0; k < 2; k++) {
        begin(&f[k], 8, 8, 4, 3);
        full_attack(&f[k], -1);
        run(&f[k], 1 + 2 * k);
    }
    for (size_t s = 0; s < 2; s++)
        assert_memory_equal(
            f[0].o->horizon_loss[s], f[1].o->horizon_loss[s], N * sizeof(double));
    end(&f[0]);
    end(&f[1]);
}

/* ---- beliefs ------------------------------------------------------------------ */

static void
exposure_is_what_comes_to_light(void **state)
{
    struct fixture f;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g;
    struct rw_strike *strike = calloc(1, sizeof *strike);
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    begin(&f, 8, 12, 12, 6);
    full_attack(&f, -1);
    for (size_t k = 0; k < 8; k++)
        f.m->controls[k].fails = 0;
    f.m->strategies[1].planner.plugin = &planner_idle;
    f.m->strategies[1].budget = 1;
    small_build(f.m, &f.a);
    assert_int_equal(RW_OK, rw_prior_make(f.m, SEED, NULL, &prior, &e));
    assert_int_equal(RW_OK, rw_world_new(f.m, SEED, N, NULL, &w, &e));
    assert_int_equal(RW_OK, rw_wheel_new(w, &f.m->strategies[1], &prior, &g, &e));
    assert_int_equal(RW_OK, rw_strike_init(strike, f.m, N, 1));
    assert_int_equal(RW_OK, rw_world_begin(w, 0, N, &e));
    assert_int_equal(RW_OK, rw_wheel_begin(g, &e));
    for (unsigned t = 0; t < 12; t++) {
        double seen, want;

        assert_int_equal(RW_OK, rw_world_cycle(w, t, &e));
        rw_account_open(&g->acc, f.m, t);
        assert_int_equal(RW_OK, rw_wheel_plan(g, &e));
        assert_int_equal(RW_OK, rw_wheel_do(g, &e));
        rw_strike(strike, w, &g, 1, 0);
        rw_wheel_check(g);
        want = g->stages.due[t * N];
        seen = rw_sum_array(g->acc.seen, N) / N;
        /* Poisson counts */
        assert_close(seen, want, CHECK_Z * sqrt(want / N));
    }
    rw_wheel_free(g);
    rw_world_free(w);
    rw_prior_fini(&prior);
    rw_strike_fini(strike);
    free(strike);
    rw_arena_fini(&f.a);
}

static void
a_candidate_is_worth_the_difference_it_makes(void **state)
{
    struct fixture f;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g;
    struct rw_error e;
    double cost[2];

    (void)state;
    rw_error_clear(&e);
    begin(&f, 8, 12, 12, 6);
    full_attack(&f, -1);
    for (size_t k = 0; k < 8; k++) {
        f.m->controls[k].fails = 0;
        f.m->controls[k].status = k == 3 ? RW_STATUS_CANDIDATE : RW_STATUS_OPERATING;
    }
    f.m->strategies[1].n_plan = 0;
    f.m->strategies[1].planner.plugin = &planner_idle;
    f.m->strategies[1].budget = 1;
    small_build(f.m, &f.a);
    assert_int_equal(RW_OK, rw_prior_make(f.m, SEED, NULL, &prior, &e));
    assert_int_equal(RW_OK, rw_world_new(f.m, SEED, N, NULL, &w, &e));
    assert_int_equal(RW_OK, rw_wheel_new(w, &f.m->strategies[1], &prior, &g, &e));
    assert_int_equal(RW_OK, rw_world_begin(w, 0, N, &e));
    assert_int_equal(RW_OK, rw_wheel_begin(g, &e));
    assert_int_equal(RW_OK, rw_world_cycle(w, 0, &e));
    rw_account_open(&g->acc, f.m, 0);
    assert_int_equal(RW_OK, rw_wheel_plan(g, &e));
    for (int with = 0; with < 2; with++) {
        double x[8] = {0.5, 0.5, 0.5, 0.5 * with, 0.5, 0.5, 0.5, 0.5};
        struct rw_stage_meet meet;

        rw_stage_meet(f.m, &f.m->risks[0], x, &meet);
        cost[with] = 6 * 0.5 * rw_stage_cost(f.m, &f.m->risks[0], &meet);
    }
    assert_true(cost[1] < 0.95 * cost[0]);
    for (size_t i = 0; i < N; i += N / 7)
        assert_relative(g->benefit[3 * N + i], cost[0] - cost[1], 1e-10);
    rw_wheel_free(g);
    rw_world_free(w);
    rw_prior_fini(&prior);
    rw_arena_fini(&f.a);
}

CHECK_MAIN(cmocka_unit_test(six_stages_of_ransomware_cost_what_they_should),
    cmocka_unit_test(a_loss_falls_when_the_attack_is_over),
    cmocka_unit_test(residual_risk_is_the_expected_loss_of_an_attack),
    cmocka_unit_test(days_of_dwell_and_outage_are_counted),
    cmocka_unit_test(a_stronger_control_raises_no_horizons_loss),
    cmocka_unit_test(threads_change_no_bit_of_attacks),
    cmocka_unit_test(exposure_is_what_comes_to_light),
    cmocka_unit_test(a_candidate_is_worth_the_difference_it_makes))
