/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What controls do to events and losses, against closed forms, under an open
 * loop.  Strategy 1 is compared with strategy 0 ("nothing"). */
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 20000, SEED = 11 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* One threat of 8 events a year on two assets, quarters for two years;
 * strategy 1 builds control 0 in the first cycle. */
static void
begin(struct fixture *f, size_t controls)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 1, controls, 2, 8, 4);
    f->m->threats[0].frequency.dist = rw_dist_constant(8);
    f->m->threats[0].assets[1] = 1;
    f->m->threats[0].n_assets = 2;
    f->m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    for (size_t c = 0; c < controls; c++)
        small_plan(f->m, &f->a, 1, c, 0);
}

static void
run(struct fixture *f)
{
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, SEED, 2);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

static void
set(struct rw_control *c, enum rw_function function, double efficacy)
{
    c->function = function;
    c->efficacy.dist = rw_dist_constant(efficacy);
}

static double
incidents(const struct fixture *f, size_t s)
{
    double sum = 0;

    for (unsigned t = 0; t < f->m->cycles; t++)
        sum += f->o->cells[s * f->m->cycles + t].incidents.mean;
    return sum;
}

static double
mean(const double x[])
{
    return rw_sum_array(x, N) / N;
}

/* Standard error of the mean of horizon losses of strategy s. */
static double
se(const struct fixture *f, size_t s)
{
    struct rw_moments w = rw_moments_array(f->o->horizon_loss[s], N);

    return rw_moments_se(&w);
}

static void
assert_never_higher(const double low[], const double high[])
{
    for (size_t i = 0; i < N; i++)
        if (!(low[i] <= high[i]))
            fail_msg("future %zu: %.17g above %.17g", i, low[i], high[i]);
}

/* Every yearly and horizon loss of the stronger run is at most that of the
 * weaker one, future by future. */
static void
assert_stronger(const struct fixture *strong, const struct fixture *weak)
{
    for (unsigned y = 0; y < 2; y++) {
        assert_never_higher(strong->o->year_loss[2 + y], weak->o->year_loss[2 + y]);
        assert_never_higher(
            strong->o->year_largest[2 + y], weak->o->year_largest[2 + y]);
    }
    assert_never_higher(strong->o->horizon_loss[1], weak->o->horizon_loss[1]);
    assert_true(mean(strong->o->horizon_loss[1]) < mean(weak->o->horizon_loss[1]));
}

static void
a_stronger_control_never_raises_a_loss_in_any_future(void **state)
{
    static const enum rw_function functions[] = {RW_FUNCTION_AVOIDANCE,
        RW_FUNCTION_RESISTANCE, RW_FUNCTION_MONITORING, RW_FUNCTION_CONTAINMENT};

    (void)state;
    for (size_t k = 0; k < 4; k++) {
        struct fixture f[2];

        for (int strong = 0; strong < 2; strong++) {
            struct rw_control *c;

            begin(&f[strong], 4);
            c = f[strong].m->controls;
            /* the tested one fails, wears and is uncertain */
            set(&c[0], functions[k], 0);
            c[0].efficacy.dist =
                SMALL_DIST("beta", {"alpha", 2.0 + 4 * strong}, {"beta", 2});
            c[0].fails = 2;
            c[0].fail_years = 0.2;
            c[0].half_life = 0.7;
            /* the others make detection and response possible */
            set(&c[1], RW_FUNCTION_VISIBILITY, 0.8);
            set(&c[2],
                functions[k] == RW_FUNCTION_MONITORING ? RW_FUNCTION_RECOGNITION
                                                       : RW_FUNCTION_MONITORING,
                0.7);
            set(&c[3], RW_FUNCTION_RESILIENCE, 0.6);
            f[strong].m->threats[0].seen_probability = 0.3;
            run(&f[strong]);
        }
        assert_stronger(&f[1], &f[0]);
        end(&f[0]);
        end(&f[1]);
    }
}

static void
a_control_without_efficacy_changes_no_bit(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    set(&f.m->controls[0], RW_FUNCTION_RESISTANCE, 0);
    f.m->controls[0].fails = 3;
    f.m->controls[0].fail_years = 0.1;
    run(&f);
    assert_memory_equal(f.o->horizon_loss[0], f.o->horizon_loss[1], N * sizeof(double));
    for (unsigned y = 0; y < 2; y++)
        assert_memory_equal(
            f.o->year_loss[y], f.o->year_loss[2 + y], N * sizeof(double));
    end(&f);
}

static void
a_plan_of_nothing_changes_no_bit(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    set(&f.m->controls[0], RW_FUNCTION_RESISTANCE, 0.9);
    f.m->strategies[1].n_plan = 0;
    run(&f);
    assert_memory_equal(f.o->horizon_loss[0], f.o->horizon_loss[1], N * sizeof(double));
    assert_memory_equal(f.o->npv[0], f.o->npv[1], N * sizeof(double));
    end(&f);
}

static void
an_absent_control_leaves_every_other_draw_alone(void **state)
{
    struct fixture with, without;

    (void)state;
    begin(&without, 1);
    begin(&with, 2);
    for (int k = 0; k < 2; k++) {
        struct fixture *f = k ? &with : &without;

        set(&f->m->controls[0], RW_FUNCTION_RESISTANCE, 0.5);
        f->m->controls[0].fails = 2;
        f->m->controls[0].fail_years = 0.2;
        f->m->strategies[1].n_plan = 1;
        run(f);
    }
    for (size_t s = 0; s < 2; s++)
        assert_memory_equal(
            with.o->horizon_loss[s], without.o->horizon_loss[s], N * sizeof(double));
    end(&with);
    end(&without);
}

static void
prevention_multiplies_what_is_left(void **state)
{
    struct fixture f;
    double want = 16 * 2 * (1 - 0.8 * 0.5) * (1 - 0.4);

    (void)state;
    begin(&f, 2);
    set(&f.m->controls[0], RW_FUNCTION_AVOIDANCE, 0.8);
    f.m->controls[0].coverage.dist = rw_dist_constant(0.5);
    set(&f.m->controls[1], RW_FUNCTION_DETERRENCE, 0.4);
    run(&f);
    assert_close(incidents(&f, 0), 32, CHECK_Z * sqrt(32.0 / N));
    assert_close(incidents(&f, 1), want, CHECK_Z * sqrt(want / N));
    end(&f);
}

static void
residual_risk_is_the_expected_loss(void **state)
{
    struct fixture f;
    double residual = 0;

    (void)state;
    begin(&f, 4);
    set(&f.m->controls[0], RW_FUNCTION_RESISTANCE, 0.5);
    f.m->controls[0].fails = 4;
    f.m->controls[0].fail_years = 0.25;
    f.m->controls[0].fail_efficacy = 0.1;
    set(&f.m->controls[1], RW_FUNCTION_VISIBILITY, 0.9);
    set(&f.m->controls[2], RW_FUNCTION_MONITORING, 0.9);
    set(&f.m->controls[3], RW_FUNCTION_CONTAINMENT, 0.7);
    run(&f);
    for (unsigned t = 0; t < 8; t++)
        residual += f.o->cells[8 + t].residual.mean / 4;
    /* what stands at mid-cycle against what struck: both estimate the same
     * mean but for the first cycle's running in (below 1 % of one cycle) */
    assert_close(mean(f.o->horizon_loss[1]), residual,
        CHECK_Z * se(&f, 1) + 0.01 * residual / 8);
    /* nothing uncertain without controls: exactly 2 risks x 8 x 10 */
    assert_close(f.o->cells[0].residual.mean, 160, 1e-10);
    end(&f);
}

static void
response_needs_all_three_parts_of_detection(void **state)
{
    /* P(seen) = .2 + .8 V M R; a seen loss is halved */
    const double seen = 0.2 + 0.8 * 0.9 * 0.8 * 0.7;

    (void)state;
    for (int parts = 2; parts <= 3; parts++) {
        struct fixture f;
        double p = parts == 3 ? seen : 0.2, want = 320 * (1 - p / 2);

        begin(&f, 4);
        set(&f.m->controls[0], RW_FUNCTION_LOSS_MINIMISATION, 0.5);
        set(&f.m->controls[1], RW_FUNCTION_VISIBILITY, 0.9);
        set(&f.m->controls[2], RW_FUNCTION_MONITORING, 0.8);
        set(&f.m->controls[3], RW_FUNCTION_RECOGNITION, parts == 3 ? 0.7 : 0);
        f.m->threats[0].seen_probability = 0.2;
        run(&f);
        assert_close(mean(f.o->horizon_loss[1]), want, CHECK_Z * se(&f, 1));
        assert_close(incidents(&f, 0), incidents(&f, 1), 1e-9);
        end(&f);
    }
}

static void
failing_controls_protect_for_their_availability(void **state)
{
    struct fixture f;
    /* 2 failures a working year of 0.125 years each: 1 / (1 + 0.25) */
    double want = 32 * (1 - 0.8 * (0.9 - 0.3) - 0.3), var;

    (void)state;
    begin(&f, 1);
    set(&f.m->controls[0], RW_FUNCTION_RESISTANCE, 0.9);
    f.m->controls[0].fails = 2;
    f.m->controls[0].fail_years = 0.125;
    f.m->controls[0].fail_efficacy = 0.3;
    f.m->controls[0].status = RW_STATUS_OPERATING; /* long running: stationary */
    f.m->strategies[1].n_plan = 0;
    run(&f);
    /* Var = mean + (16 * .6)^2 Var(time failed); over T = 2 years the latter is
     * below 2 * .2 * .8 * T / (2 + 8), the relaxation rate */
    var = want + pow(16 * 0.6, 2) * 2 * 0.2 * 0.8 * 2 / 10;
    assert_close(incidents(&f, 0), want, CHECK_Z * sqrt(var / N));
    end(&f);
}

/* Mean of 2^-(age / h) over [from, to], age counted from the last refresh, by
 * the midpoints of many small steps. */
static double
mean_wear(double h, double refresh, double from, double to)
{
    enum { STEPS = 200000 };
    double sum = 0;

    for (int k = 0; k < STEPS; k++)
        sum += exp2(-fmod(from + (to - from) * (k + 0.5) / STEPS, refresh) / h);
    return sum / STEPS;
}

static void
wear_takes_its_mean_over_the_cycle(void **state)
{
    /* refreshed every fourth cycle; more often than once a cycle; out of step */
    static const double refresh[] = {1, 0.125, 0.4};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct fixture f;

        begin(&f, 1);
        set(&f.m->controls[0], RW_FUNCTION_RESISTANCE, 0.8);
        f.m->controls[0].half_life = 0.5;
        f.m->controls[0].refresh = refresh[k];
        run(&f);
        for (unsigned t = 0; t < 8; t++) {
            double e = 0.8 * mean_wear(0.5, refresh[k], t / 4.0, (t + 1) / 4.0);

            assert_relative(f.o->cells[8 + t].residual.mean, 160 * (1 - e), 1e-5);
        }
        end(&f);
    }
}

static void
a_systemic_event_hits_every_asset_at_once(void **state)
{
    struct fixture f;
    struct rw_moments w;

    (void)state;
    begin(&f, 0);
    f.m->threats[0].systemic = true;
    f.m->threats[0].losses[0].amount = rw_dist_constant(1);
    run(&f);
    assert_int_equal(1, f.m->n_sources);
    for (size_t i = 0; i < N; i++) /* both assets, so an even sum */
        assert_true(fmod(f.o->horizon_loss[0][i], 2) == 0);
    /* Var(2 N) = 4 * 16 against 2 * 16 of independent ones */
    w = rw_moments_array(f.o->horizon_loss[0], N);
    assert_close(w.mean, 32, CHECK_Z * 8 / sqrt(N));
    assert_close(pow(rw_moments_sd(&w), 2), 64,
        CHECK_Z * sqrt((3 * 64.0 * 64 + 16 * 16 - 64.0 * 64) / N));
    end(&f);
}

static void
dispersion_adds_f_m_squared_to_a_years_variance(void **state)
{
    struct fixture f;
    struct rw_moments w;
    double m = 8, v = m + 0.5 * m * m;

    (void)state;
    begin(&f, 0);
    f.m->threats[0].n_assets = 1;
    f.m->threats[0].losses[0].amount = rw_dist_constant(1);
    f.m->threats[0].law = RW_COUNT_NEGBIN;
    f.m->threats[0].dispersion = 0.5;
    run(&f);
    for (unsigned y = 0; y < 2; y++) {
        /* negative binomial r = 2: excess kurtosis 6 / r + 1 / v */
        double kurtosis = 3 + 6 / 2.0 + 1 / v;

        w = rw_moments_array(f.o->year_loss[y], N);
        assert_close(w.mean, m, CHECK_Z * sqrt(v / N));
        assert_close(
            pow(rw_moments_sd(&w), 2), v, CHECK_Z * v * sqrt((kurtosis - 1) / N));
    }
    end(&f);
}

static void
thinning_reduces_the_variance_of_a_difference_as_theory_says(void **state)
{
    /* N ~ Poisson, share p removed: Var(N_A - N_B) = p, Var N_A + Var N_B =
     * 2 - p (per unit mean), so independent runs are (2 - p) / p worse */
    const double p = 0.3;
    struct fixture f;
    struct rw_moments a, b, d;
    double *diff = calloc(N, sizeof *diff), ratio;

    (void)state;
    begin(&f, 1);
    set(&f.m->controls[0], RW_FUNCTION_RESISTANCE, p);
    run(&f);
    for (size_t i = 0; i < N; i++)
        diff[i] = f.o->horizon_loss[0][i] - f.o->horizon_loss[1][i];
    a = rw_moments_array(f.o->horizon_loss[0], N);
    b = rw_moments_array(f.o->horizon_loss[1], N);
    d = rw_moments_array(diff, N);
    ratio = (a.m2 + b.m2) / d.m2;
    /* each variance is good to about sqrt((kurtosis - 1) / N), below 2 % */
    assert_close(ratio, (2 - p) / p, CHECK_Z * 0.02 * (2 - p) / p);
    free(diff);
    end(&f);
}

static void
a_contest_of_capability_and_resistance_is_its_probability(void **state)
{
    struct fixture f;
    const double p = 0.2326081; /* PERT(30,50,80) > PERT(40,60,90), published */

    (void)state;
    begin(&f, 0);
    f.m->threats[0].contest = true;
    f.m->threats[0].capability =
        SMALL_DIST("pert", {"min", 30}, {"mode", 50}, {"max", 80});
    f.m->threats[0].resistance =
        SMALL_DIST("pert", {"min", 40}, {"mode", 60}, {"max", 90});
    run(&f);
    assert_close(incidents(&f, 0), 32 * p, CHECK_Z * sqrt(32 * p / N));
    end(&f);
}

static void
money_is_paid_when_it_is_due(void **state)
{
    struct fixture f;
    struct rw_control *c;

    (void)state;
    begin(&f, 2);
    c = f.m->controls;
    c[0].capital.dist = rw_dist_constant(1000);
    c[0].running.dist = rw_dist_constant(400);
    c[0].build = 3;
    f.m->strategies[1].plan[0].cycle = 2;
    c[1].status = RW_STATUS_OPERATING; /* only its running cost, in all strategies */
    c[1].capital.dist = rw_dist_constant(5000);
    c[1].running.dist = rw_dist_constant(40);
    f.m->strategies[1].n_plan = 1;
    f.m->discount_rate = 0.1;
    f.m->threats[0].frequency.dist = rw_dist_constant(0);
    run(&f);
    for (unsigned t = 0; t < 8; t++) {
        double want = 10 + (t == 2 ? 1000 : 0) + (t >= 5 ? 100 : 0);

        assert_close(f.o->cells[8 + t].spend.mean, want, 1e-9);
        assert_close(f.o->cells[8 + t].operating[0].mean, t >= 5, 0);
        assert_close(f.o->cells[t].spend.mean, 10, 1e-9);
    }
    assert_close(f.o->spend[1][0], 80 + 1000 + 300, 1e-9);
    assert_close(f.o->npv[1][0],
        -(1000 * pow(1.1, -2.5 / 4) + 100 * pow(1.1, -5.5 / 4) +
            100 * pow(1.1, -6.5 / 4) + 100 * pow(1.1, -7.5 / 4)) +
            f.o->npv[0][0],
        1e-9);
    end(&f);
}

static void
a_control_waits_for_its_prerequisites(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 3);
    /* 0 needs 1, 1 needs 2, 2 takes four cycles to build */
    f.m->controls[0].requires[0] = 1;
    f.m->controls[0].n_requires = 1;
    f.m->controls[1].requires[0] = 2;
    f.m->controls[1].n_requires = 1;
    f.m->controls[2].build = 4;
    run(&f);
    for (unsigned t = 0; t < 8; t++)
        for (size_t c = 0; c < 3; c++)
            assert_close(f.o->cells[8 + t].operating[c].mean, t >= 4, 0);
    end(&f);
}

static void
planned_controls_are_built_by_all_but_nothing(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].status = RW_STATUS_PLANNED;
    f.m->controls[0].start = 1;
    f.m->controls[0].build = 1;
    f.m->strategies[1].n_plan = 0;
    run(&f);
    for (unsigned t = 0; t < 8; t++) {
        assert_close(f.o->cells[t].operating[0].mean, 0, 0);
        assert_close(f.o->cells[8 + t].operating[0].mean, t >= 2, 0);
    }
    end(&f);
}

static void
breakdowns_add_up_to_the_loss(void **state)
{
    struct fixture f;
    double asset = 0, form = 0, threat = 0;

    (void)state;
    begin(&f, 0);
    run(&f);
    for (size_t k = 0; k < f.m->n_assets; k++)
        asset += f.o->breakdown[0].asset_loss[k].mean;
    for (size_t k = 0; k < RW_FORMS; k++)
        form += f.o->breakdown[0].form_loss[k].mean;
    for (size_t k = 0; k < f.m->n_threats; k++)
        threat += f.o->breakdown[0].threat_loss[k].mean;
    assert_relative(asset, mean(f.o->horizon_loss[0]), 1e-12);
    assert_relative(form, mean(f.o->horizon_loss[0]), 1e-12);
    assert_relative(threat, mean(f.o->horizon_loss[0]), 1e-12);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(a_stronger_control_never_raises_a_loss_in_any_future),
    cmocka_unit_test(a_control_without_efficacy_changes_no_bit),
    cmocka_unit_test(a_plan_of_nothing_changes_no_bit),
    cmocka_unit_test(an_absent_control_leaves_every_other_draw_alone),
    cmocka_unit_test(prevention_multiplies_what_is_left),
    cmocka_unit_test(residual_risk_is_the_expected_loss),
    cmocka_unit_test(response_needs_all_three_parts_of_detection),
    cmocka_unit_test(failing_controls_protect_for_their_availability),
    cmocka_unit_test(wear_takes_its_mean_over_the_cycle),
    cmocka_unit_test(a_systemic_event_hits_every_asset_at_once),
    cmocka_unit_test(dispersion_adds_f_m_squared_to_a_years_variance),
    cmocka_unit_test(thinning_reduces_the_variance_of_a_difference_as_theory_says),
    cmocka_unit_test(a_contest_of_capability_and_resistance_is_its_probability),
    cmocka_unit_test(money_is_paid_when_it_is_due),
    cmocka_unit_test(a_control_waits_for_its_prerequisites),
    cmocka_unit_test(planned_controls_are_built_by_all_but_nothing),
    cmocka_unit_test(breakdowns_add_up_to_the_loss))
