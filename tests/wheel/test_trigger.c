/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Triggers fire when they should and start what they should; threats are looked
 * at anew. */
#include "tests/support/turned.h"

enum { N = TURNED };

static struct rw_trigger trigger;

/* One threat of known rate 4 a year, seen at once; one candidate. */
static void
begin(struct turned *f, unsigned cycles)
{
    turned_begin(f, 1, 2, cycles);
    f->m->threats[0].frequency.dist = rw_dist_constant(4);
    f->m->threats[0].losses[0].amount = rw_dist_constant(10);
    f->m->controls[0].efficacy.dist = rw_dist_constant(0);
    f->m->controls[0].capital.dist = rw_dist_constant(1e9);
    f->m->controls[1].efficacy.dist = rw_dist_constant(0);
    f->m->controls[1].status = RW_STATUS_OPERATING;
    f->m->controls[1].fails = 2;
    f->m->controls[1].fail_years = 0.5;
    memset(&trigger, 0, sizeof trigger);
    f->s->deciding.triggers = &trigger;
    f->s->deciding.n_triggers = 1;
}

/* Brook and Evans: S is a Markov chain on 0, 1/2, 1 ..., with N ~ Poisson(1); its
 * run length up to `cycles` from S = 0 has this mean. */
static double
run_length(double k, double h, unsigned cycles)
{
    enum { STATES = 64 };
    double p[STATES] = {1}, mean = 0;

    for (unsigned t = 0; t < cycles; t++) {
        double next[STATES] = {0};

        for (int s = 0; s < STATES; s++)
            mean += p[s];
        for (int s = 0; s < STATES; s++)
            for (int n = 0; n < 40; n++) {
                double at = fmax(0, s / 2.0 + n - k);

                if (at < h)
                    next[(int)(2 * at)] += p[s] * exp(n * log(1) - 1 - lgamma(n + 1));
            }
        memcpy(p, next, sizeof p);
    }
    return mean;
}

static void
cusum_runs_as_long_as_its_markov_chain(void **state)
{
    enum { CYCLES = 400 };
    static const double k[] = {1.5, 1.5, 2}, h[] = {3, 5, 2};
    static struct turned f;
    static double run[N];
    struct rw_moments d;

    (void)state;
    for (int c = 0; c < 3; c++) {
        begin(&f, CYCLES);
        trigger.on = RW_ON_CUSUM;
        trigger.k = k[c];
        trigger.h = h[c] - 0.25; /* between two values of S: m is 1 to 1e-3 only */
        trigger.action = RW_DO_AUDIT;
        trigger.pause = CYCLES; /* once */
        turned_open(&f);
        turned_start(&f);
        for (size_t i = 0; i < N; i++)
            run[i] = CYCLES;
        for (unsigned t = 0; t < CYCLES; t++) {
            turned_plan(&f, t);
            turned_do(&f);
            turned_check_and_act(&f, t);
            for (size_t i = 0; i < N; i++)
                if (f.g->triggers.firings[i] > 0) {
                    run[i] = t + 1;
                    assert_true(f.g->triggers.sum[i] == 0);
                }
        }
        d = rw_moments_array(run, N);
        assert_close(
            d.mean, run_length(k[c], h[c], CYCLES), CHECK_Z * rw_moments_se(&d));
        for (size_t i = 0; i < N; i++)
            assert_true(f.g->triggers.total[i] == (run[i] < CYCLES));
        turned_end(&f);
    }
}

/* A plan every 50 cycles, or in the cycle after the delay of an incident; money of
 * a fund comes each time and is counted once. */
static void
an_incident_opens_a_plan_after_its_delay(void **state)
{
    enum { CYCLES = 24 };
    static struct turned f;
    static double fired[CYCLES][N];

    (void)state;
    for (unsigned delay = 0; delay < 3; delay += 2) {
        begin(&f, CYCLES);
        f.s->deciding.plan_every = 50;
        f.s->budget = 10;
        f.m->threats[0].frequency.dist = rw_dist_constant(0.5);
        f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
        f.m->controls[0].capital.dist = rw_dist_constant(35);
        trigger.on = RW_ON_INCIDENT;
        trigger.action = RW_DO_FUND;
        trigger.amount = 5;
        trigger.cost = 3;
        trigger.delay = delay;
        turned_open(&f);
        turned_start(&f);
        for (unsigned t = 0; t < CYCLES; t++) {
            turned_plan(&f, t);
            for (size_t i = 0; i < N; i++) {
                bool due = t > delay && fired[t - 1 - delay][i] > 0;
                double funds = 0;

                assert_true(f.g->bought[i] != t || due);
                for (unsigned u = delay + 1; u <= t; u++)
                    funds += 5 * fired[u - 1 - delay][i];
                assert_close(f.g->balance[i],
                    10 * (t + 1) + funds - (f.g->bought[i] <= t ? 35 : 0), 1e-9);
                /* the money is there, so it is bought */
                assert_true(!due || 10 * (t + 1) + funds < 35 || f.g->bought[i] <= t);
            }
            turned_do(&f);
            turned_check_and_act(&f, t);
            for (size_t i = 0; i < N; i++) {
                bool waits = false;

                for (unsigned u = t > delay ? t - delay : 0; u < t; u++)
                    waits |= fired[u][i] > 0;
                fired[t][i] = f.g->triggers.firings[i];
                assert_true(fired[t][i] == (f.g->acc.seen[i] > 0 && !waits));
                assert_close(f.g->acc.spend[i],
                    (f.g->bought[i] == t ? 35 : 0) + 3 * fired[t][i], 1e-9);
            }
        }
        turned_end(&f);
    }
}

/* The ledger holds what was decided. */
static void
decisions_are_counted(void **state)
{
    static struct turned f;
    const struct rw_layout *l;
    const struct rw_moments *at;
    double fired = 0, left = 0, bought = 0;

    (void)state;
    begin(&f, 8);
    f.s->budget = 10;
    f.s->deciding.plan_every = 3;
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].capital.dist = rw_dist_constant(35);
    trigger.on = RW_ON_INCIDENT;
    trigger.at_least = 3;
    turned_open(&f);
    turned_run(&f);
    l = &f.x->layout;
    at = f.ledger + rw_layout_horizon(l, 1);
    for (size_t i = 0; i < N; i++) {
        fired += f.g->triggers.total[i] / N;
        left += f.g->balance[i] / N;
        bought += (f.g->bought[i] != RW_NEVER) / (double)N;
    }
    assert_true(fired > 0.3 && bought > 0.5);
    assert_relative(at[l->fired].mean, fired, 1e-12);
    assert_relative(at[l->left].mean, left, 1e-12);
    assert_relative(at[l->bought].mean, bought, 1e-12);
    assert_int_equal(at[l->fired].n, N);
    turned_end(&f);
}

/* A model without controls has nothing else to pay for; two blocks, so that the second
 * finds what the first has left. */
static void
a_trigger_costs_where_there_are_no_controls(void **state)
{
    static struct turned f;

    (void)state;
    turned_begin(&f, 1, 0, 4);
    f.m->threats[0].frequency.dist = rw_dist_constant(4);
    memset(&trigger, 0, sizeof trigger);
    f.s->deciding.triggers = &trigger;
    f.s->deciding.n_triggers = 1;
    trigger.on = RW_ON_INCIDENT;
    trigger.action = RW_DO_FUND;
    trigger.cost = 3;
    turned_open(&f);
    for (int block = 0; block < 2; block++) {
        const struct rw_moments *at;
        double spent = 0;

        turned_run(&f);
        for (size_t i = 0; i < N; i++) {
            assert_true(f.g->acc.total_spend[i] == 3 * f.g->triggers.total[i]);
            assert_true(f.g->acc.wheel_spend[i] == 3 * f.g->triggers.total[i]);
            spent += 3 * f.g->triggers.total[i] / N;
        }
        assert_true(spent > 3);
        at = f.ledger + rw_layout_horizon(&f.x->layout, 1);
        assert_relative(at[f.x->layout.wheel].mean, spent, 1e-12);
        for (unsigned t = 0; t < 4; t++)
            spent -=
                f.ledger[rw_layout_cycle(&f.x->layout, 1, t) + RW_FIGURE_SPEND].mean;
        assert_close(spent, 0, 1e-12);
    }
    turned_end(&f);
}

/* Every failure is found where the audit was started, none elsewhere, and each
 * audit is paid. */
static void
an_incident_starts_an_audit_of_everything(void **state)
{
    static struct turned f;
    static bool failed[N];
    size_t fired = 0, found = 0;

    (void)state;
    begin(&f, 8);
    f.s->audit_cost = 2;
    f.s->correction_years = 0.1;
    trigger.on = RW_ON_INCIDENT;
    trigger.at_least = 2;
    trigger.action = RW_DO_AUDIT;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 8; t++) {
        turned_plan(&f, t);
        turned_do(&f);
        for (size_t i = 0; i < N; i++)
            failed[i] = rw_fail_unknown(f.g, 1, i);
        rw_wheel_check(f.g);
        for (size_t i = 0; i < N; i++) {
            bool now = f.g->acc.seen[i] >= 2;

            assert_true((f.g->triggers.firings[i] > 0) == now);
            assert_true(f.g->found[N + i] == (now && failed[i]));
            assert_close(f.g->acc.spend[i], now ? 2 : 0, 1e-12);
            fired += now;
            found += f.g->found[N + i];
        }
        rw_wheel_act(f.g);
        rw_account_close(&f.g->acc, f.m, N, t);
    }
    assert_true(fired > N && found > N / 5);
    turned_end(&f);
}

/* Audits find all; with the trigger what they find works at once. */
static void
findings_and_losses_hurry_corrections(void **state)
{
    static struct turned f;
    size_t hurried = 0, slow = 0;

    (void)state;
    begin(&f, 4);
    f.s->audit_share = 1;
    f.s->correction_years = 5;
    trigger.on = RW_ON_LOSS;
    trigger.above = 25; /* three events a year */
    trigger.action = RW_DO_CORRECT;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 4; t++) {
        turned_plan(&f, t);
        turned_do(&f);
        rw_wheel_check(f.g);
        rw_wheel_act(f.g);
        for (size_t i = 0; i < N; i++) {
            bool over = f.g->acc.year_loss[i] + f.g->acc.loss[i] > 25;

            assert_true((f.g->triggers.firings[i] > 0) == over);
            if (!f.g->found[N + i])
                continue;
            hurried += over && f.g->fail.own.works[N + i] <= (t + 1) * 0.25;
            slow += !over && f.g->fail.own.works[N + i] > (t + 1) * 0.25;
            assert_true(!over || f.g->fail.own.works[N + i] <= (t + 1) * 0.25);
        }
        rw_account_close(&f.g->acc, f.m, N, t);
    }
    assert_true(hurried > N / 10 && slow > N / 10);
    turned_end(&f);
}

/* A threat that grows by a tenth of its start each quarter. */
static enum rw_err
grow_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    (void)e;
    for (size_t i = 0; i < c->n; i++)
        c->fields[RW_THREAT_FREQUENCY].x[i] = 4 + 0.4 * c->cycle;
    c->fields[RW_THREAT_FREQUENCY].assigned = true;
    return RW_OK;
}

static const struct rw_plugin_ops grow_ops = {.open = greedy_open,
    .begin = greedy_begin,
    .call = grow_call,
    .close = greedy_close};
static const struct rw_plugin grow = {
    .kind = RW_PLUGIN_THREAT, .api = RW_PLUGIN_API, .name = "grow", .ops = &grow_ops};

/* Between two assessments a threat is taken for what it was at the last; at each
 * the evidence is what it would have been had its course been known. */
static void
a_new_assessment_knows_what_was_to_be_expected(void **state)
{
    enum { CYCLES = 12 };
    static double b[CYCLES][N];
    static struct turned f;

    (void)state;
    for (unsigned every = 0; every < 6; every += 5) {
        begin(&f, CYCLES);
        f.s->deciding.n_triggers = 0;
        f.s->deciding.reassess = every;
        f.s->discount = 0.9;
        f.m->threats[0].use.plugin = &grow;
        f.m->threats[0].seen_delay = 0.3;
        f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
        f.m->controls[1].fails = 0;
        turned_open(&f);
        turned_start(&f);
        for (unsigned t = 0; t < CYCLES; t++) {
            unsigned last = every > 0 ? t / every * every : t;

            turned_plan(&f, t);
            if (every > 0)
                assert_relative(shown.benefit[0],
                    f.g->a[0] / f.g->b[0] * (4 + 0.4 * last) * 10 * 0.5, 1e-9);
            for (size_t i = 0; i < N; i++) {
                if (every == 0)
                    b[t][i] = f.g->b[i];
                else if (t - last < 2) /* what was expected of `last` was right */
                    assert_relative(f.g->b[i], b[t][i], 1e-9);
                else
                    assert_true(f.g->b[i] < b[t][i]);
            }
            turned_do(&f);
            turned_check_and_act(&f, t);
        }
        turned_end(&f);
    }
}

CHECK_MAIN(cmocka_unit_test(cusum_runs_as_long_as_its_markov_chain),
    cmocka_unit_test(an_incident_opens_a_plan_after_its_delay),
    cmocka_unit_test(decisions_are_counted),
    cmocka_unit_test(a_trigger_costs_where_there_are_no_controls),
    cmocka_unit_test(an_incident_starts_an_audit_of_everything),
    cmocka_unit_test(findings_and_losses_hurry_corrections),
    cmocka_unit_test(a_new_assessment_knows_what_was_to_be_expected))
