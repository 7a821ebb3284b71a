/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decision support makes estimates better: what the planner is shown. */
#include "tests/support/turned.h"
#include "wheel/wear.h"

/* Control 0, a candidate that prevents half of everything and is never bought;
 * control 1, decision support of an efficacy. */
static void
begin(struct turned *f, double efficacy)
{
    struct rw_threat *t;

    turned_begin(f, 1, 2, 8);
    t = &f->m->threats[0];
    t->frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 3});
    t->losses[0].amount = SMALL_DIST("lognormal", {"mu", 2}, {"sigma", 1});
    t->loss_factor.dist = SMALL_DIST("lognormal", {"mean", 1}, {"sd", 0.8});
    t->bias_frequency = 0.25;
    t->bias_severity = 3;
    f->m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f->m->controls[0].capital.dist = rw_dist_constant(1e9);
    f->m->controls[1].function = RW_FUNCTION_DECISION_SUPPORT;
    f->m->controls[1].upkeep.acts = RW_ACTS_PREVENTION;
    f->m->controls[1].efficacy.dist = rw_dist_constant(efficacy);
    f->m->controls[1].status = RW_STATUS_OPERATING;
}

static void
turn(struct turned *f, unsigned t)
{
    turned_plan(f, t);
    turned_do(f);
    turned_check_and_act(f, t);
}

/* What is shown in cycle t: half of rate times money, each the belief before the
 * cycle moved by w towards the truth. */
static void
assert_shown(struct turned *f, unsigned t, double w)
{
    const double *truth = rw_world_truth(f->x->w, &f->m->threats[0].frequency);
    const double mean = f->m->risks[0].mean_loss;
    double rate[TURNED], money[TURNED];

    for (size_t i = 0; i < TURNED; i++) {
        rate[i] = 4 * f->g->a[i] / f->g->b[i];
        money[i] = mean * f->g->sizes.times[i];
    }
    turned_plan(f, t);
    for (size_t i = 0; i < TURNED; i++) {
        double r = rate[i] + w * (truth[i] - rate[i]);
        double m = money[i] + w * (mean * f->x->w->factor[i] - money[i]);

        assert_relative(shown.benefits[0][i], 0.5 * r * m, 1e-9);
    }
    turned_do(f);
    turned_check_and_act(f, t);
}

static void
a_share_of_every_error_goes(void **state)
{
    static const double shares[] = {0, 0.3, 1};
    struct turned f;

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        begin(&f, shares[k]);
        turned_open(&f);
        turned_start(&f);
        for (unsigned t = 0; t < 5; t++)
            assert_shown(&f, t, shares[k]);
        turned_end(&f);
    }
}

/* It counts from the plan after its first cycle of operation, and as it stands: with
 * wear, less from cycle to cycle. */
static void
support_counts_as_it_stood_a_cycle_ago(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 0.8);
    f.m->controls[1].status = RW_STATUS_PLANNED;
    f.m->controls[1].start = 1;
    f.m->controls[1].half_life = 1;
    turned_open(&f);
    turned_start(&f);
    assert_shown(&f, 0, 0);
    assert_shown(&f, 1, 0);
    assert_shown(&f, 2, 0.8 * rw_wear_left(&f.m->controls[1], 0.25, 0));
    assert_shown(&f, 3, 0.8 * rw_wear_left(&f.m->controls[1], 0.25, 1));
    turned_end(&f);
}

/* Failed at times, by a process of its own; at first the long run's share. */
static void
support_that_has_failed_does_not_count(void **state)
{
    size_t works = 0;
    struct turned f;

    (void)state;
    begin(&f, 0.8);
    f.m->controls[1].fails = 4;
    f.m->controls[1].fail_years = 0.25;
    turned_open(&f);
    turned_start(&f);
    assert_shown(&f, 0, 0.8 / 2);
    for (unsigned t = 1; t < 4; t++) {
        double stood[TURNED];

        memcpy(stood, f.g->stands + TURNED, sizeof stood);
        turned_plan(&f, t);
        for (size_t i = 0; i < TURNED; i++) {
            assert_true(stood[i] == 0 || stood[i] == 0.8);
            assert_true(f.g->aware.share[i] == 1 - (1 - stood[i]));
            works += stood[i] > 0;
        }
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    assert_close((double)works / (3 * TURNED), 0.5, 0.1);
    turned_end(&f);
}

/* Whoever sees all knows the rate and not what a year makes of it: multipliers,
 * children and shocks of known rates leave nothing to be seen. */
static void
chance_is_no_error_of_an_estimate(void **state)
{
    static const enum rw_count_law laws[] = {
        RW_COUNT_NEGBIN, RW_COUNT_ZIP, RW_COUNT_POISSON};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct rw_shock shock = {.id = "storm", .n_hits = 1};
        struct rw_hit hit = {.probability = 0.5};
        struct turned f;

        begin(&f, 1);
        f.m->threats[0].frequency.dist = rw_dist_constant(4);
        f.m->threats[0].loss_factor.dist = rw_dist_constant(1);
        f.m->threats[0].law = laws[k];
        f.m->threats[0].dispersion = 2;
        f.m->threats[0].zero = 0.5;
        if (laws[k] == RW_COUNT_POISSON) {
            f.m->threats[0].children = 0.5;
            f.m->threats[0].child_delay = 0.3;
            shock.frequency.dist = rw_dist_constant(3);
            shock.hits = &hit;
            f.m->dependence.shocks = &shock;
            f.m->dependence.n_shocks = 1;
        }
        turned_open(&f);
        turned_start(&f);
        for (unsigned t = 0; t < 3; t++) {
            double want = 0.5 * f.prior.rate_ahead[t] * f.m->risks[0].mean_loss;

            turned_plan(&f, t);
            for (size_t i = 0; i < TURNED; i++)
                assert_relative(shown.benefits[0][i], want, 1e-9);
            turned_do(&f);
            turned_check_and_act(&f, t);
        }
        turned_end(&f);
    }
}

/* A plugin's threat whose rate and losses grow at a pace that each future has for
 * itself: the present truth over what was expected of the present. */
static enum rw_err
pace_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance;
    (void)e;
    for (size_t i = 0; i < c->n; i++) {
        double grown = 1 + c->params[0][i] * c->cycle;

        c->fields[RW_THREAT_FREQUENCY].x[i] = 4 * grown;
        c->fields[RW_THREAT_LOSS_FACTOR].x[i] = sqrt(grown);
    }
    c->fields[RW_THREAT_FREQUENCY].assigned = true;
    return RW_OK;
}

static const struct rw_plugin_ops pace_ops = {.open = greedy_open,
    .begin = greedy_begin,
    .call = pace_call,
    .close = greedy_close};
static const struct rw_plugin_param pace_param = {.name = "pace", .unit = "1"};
static const struct rw_plugin pace = {.kind = RW_PLUGIN_THREAT,
    .api = RW_PLUGIN_API,
    .name = "pace",
    .params = &pace_param,
    .n_params = 1,
    .ops = &pace_ops};

/* Of a pace uniform over (0, 1). */
static void
keep_pace(struct turned *f)
{
    struct rw_threat *t = &f->m->threats[0];

    t->use.plugin = &pace;
    t->use.owner = "pace";
    t->use.values = RW_ARENA_NEW(&f->a, 1, struct rw_estimate);
    t->use.values[0].dist = SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    t->loss_factor.dist = rw_dist_constant(1);
}

static void
a_plugins_truth_is_that_of_the_present(void **state)
{
    (void)state;
    for (unsigned reassess = 0; reassess < 3; reassess += 2) {
        struct turned f;
        const double *own;

        begin(&f, 1);
        keep_pace(&f);
        f.s->deciding.reassess = reassess;
        turned_open(&f);
        turned_start(&f);
        own = rw_world_truth(f.x->w, &f.m->threats[0].use.values[0]);
        for (unsigned t = 0; t < 4; t++) {
            unsigned held = reassess ? t / 2 * 2 : t;
            double ahead = reassess ? f.prior.rate[held] * 4 : f.prior.rate_ahead[t];
            double each = reassess ? f.prior.money[held] : f.prior.money_ahead[t];

            turned_plan(&f, t);
            for (size_t i = 0; i < TURNED; i++) {
                double grown = 1 + own[i] * t;
                double rate = grown / f.prior.rate[held] * ahead;
                double money =
                    sqrt(grown) * f.m->risks[0].mean_loss / f.prior.money[held] * each;

                assert_relative(shown.benefits[0][i], 0.5 * rate * money, 1e-9);
            }
            turned_do(&f);
            turned_check_and_act(&f, t);
        }
        turned_end(&f);
    }
}

/* The pilot's futures are drawn evenly: of one uniform u the mean over 2^14 of them has an
 * error of 2^-21 / sqrt(12), where chance alone would have 2^-7 / sqrt(12).  With it
 *   E (1 + t u) = 1 + t / 2,  E (1 + t u)^1.5 = ((1 + t)^2.5 - 1) / 2.5 t. */
static void
what_is_expected_of_a_plugin_hangs_on_no_chance(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 5; seed++) {
        struct turned f;
        struct rw_prior p;

        begin(&f, 1);
        keep_pace(&f);
        turned_open(&f);
        turned_start(&f);
        assert_int_equal(RW_OK, rw_prior_make(f.m, seed, NULL, &p, &f.e));
        for (unsigned t = 1; t < 4; t++) {
            double times = (pow(1 + t, 2.5) - 1) / (2.5 * t) / (1 + t / 2.0);

            assert_relative(p.rate[t], 4 * (1 + t / 2.0) * f.m->years, 1e-6);
            assert_relative(p.money[t], f.m->risks[0].mean_loss * times, 1e-6);
        }
        rw_prior_fini(&p);
        turned_end(&f);
    }
}

/* A CUSUM expects what is reckoned with. */
static void
triggers_expect_by_the_better_estimate(void **state)
{
    static struct rw_trigger cusum = {
        .on = RW_ON_CUSUM, .action = RW_DO_AUDIT, .k = 1, .h = 1e9};
    const double *truth;
    struct turned f;

    (void)state;
    begin(&f, 1);
    f.s->deciding.triggers = &cusum;
    f.s->deciding.n_triggers = 1;
    turned_open(&f);
    turned_start(&f);
    truth = rw_world_truth(f.x->w, &f.m->threats[0].frequency);
    turn(&f, 0);
    for (size_t i = 0; i < TURNED; i++)
        assert_relative(f.g->triggers.expected[i], truth[i] / 4, 1e-9);
    turned_end(&f);
}

/* Those who know the truth, and those whose support does something else, reckon as
 * ever. */
static void
no_other_support_and_no_other_strategy_is_concerned(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 1);
    f.s->deciding.knows = RW_KNOWS_TRUTH;
    turned_open(&f);
    assert_null(f.g->aware.share);
    turned_end(&f);
    begin(&f, 1);
    f.m->controls[1].upkeep.acts = RW_ACTS_CORRECTION;
    turned_open(&f);
    assert_null(f.g->aware.share);
    assert_null(f.x->w->plain);
    turned_end(&f);
}

CHECK_MAIN(cmocka_unit_test(a_share_of_every_error_goes),
    cmocka_unit_test(support_counts_as_it_stood_a_cycle_ago),
    cmocka_unit_test(support_that_has_failed_does_not_count),
    cmocka_unit_test(chance_is_no_error_of_an_estimate),
    cmocka_unit_test(a_plugins_truth_is_that_of_the_present),
    cmocka_unit_test(what_is_expected_of_a_plugin_hangs_on_no_chance),
    cmocka_unit_test(triggers_expect_by_the_better_estimate),
    cmocka_unit_test(no_other_support_and_no_other_strategy_is_concerned))
