/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a scenario is in the model. */
#include "tests/read/reading.h"

static void
dependence_is_read(void **state)
{
    struct reading r;
    const struct rw_dependence *d;

    (void)state;
    read_corpus(&r, "dependence", NULL, 0);
    assert_read(&r);
    d = &r.m->dependence;
    assert_int_equal(d->n_couplings, 3);
    assert_int_equal(d->couplings[0].kind, RW_COPULA_T);
    assert_close(d->couplings[0].df, 4, 0);
    assert_ptr_equal(d->couplings[0].estimates[1], &r.m->threats[1].frequency);
    assert_ptr_equal(d->couplings[0].estimates[2], &d->shocks[0].frequency);
    assert_close(d->couplings[0].rho[5], 0.5, 0);
    assert_close(d->couplings[0].rho[4], 1, 0);
    assert_ptr_equal(d->couplings[1].estimates[0], &r.m->controls[0].efficacy);
    assert_close(d->couplings[1].rho[2], -0.2, 0);
    assert_close(d->couplings[1].rho[7], -0.1, 0);
    assert_int_equal(d->couplings[2].over, RW_OVER_YEARS);
    assert_int_equal(d->couplings[2].threats[1], 2);
    assert_int_equal(d->n_multipliers, 1);
    assert_int_equal(d->multipliers[0].n_threats, 2);
    assert_close(d->multipliers[0].dispersion, 0.3, 0);
    assert_int_equal(d->n_shocks, 1);
    assert_close(rw_dist_mean(&d->shocks[0].frequency.dist), 0.2, 1e-15);
    assert_int_equal(d->shocks[0].n_hits, 2);
    assert_int_equal(d->shocks[0].hits[1].threat, 1);
    assert_close(d->shocks[0].hits[0].probability, 0.6, 0);
    assert_int_equal(d->n_causes, 1);
    assert_int_equal(d->causes[0].controls[1], 1);
    assert_close(d->causes[0].fails, 4, 0);
    assert_close(d->causes[0].fail_years, 14 / 365.0, 1e-17);
    done(&r);
}

static void
what_strategies_decide_with_is_read(void **state)
{
    struct reading r;
    const struct rw_strategy *s;

    (void)state;
    read_corpus(&r, "deciding", NULL, 0);
    assert_read(&r);
    s = r.m->strategies;
    assert_int_equal(s[1].deciding.knows, RW_KNOWS_TRUTH);
    assert_int_equal(s[2].deciding.knows, RW_KNOWS_TRUTH);
    assert_close(s[2].budget, 1000, 0);
    assert_int_equal(s[2].deciding.n_steps, 0);
    assert_int_equal(s[3].deciding.knows, RW_KNOWS_BELIEFS);
    assert_close(s[3].deciding.forfeited, 0.75, 0);
    assert_close(rw_dist_mean(&s[3].deciding.reserve->dist), 2000, 0);
    assert_int_equal(s[3].deciding.n_steps, 2);
    assert_int_equal(s[3].deciding.steps[0].cycle, 0);
    assert_int_equal(s[3].deciding.steps[1].cycle, 4);
    assert_close(rw_dist_mean(&s[3].deciding.steps[1].amount.dist), 15, 1e-12);
    assert_int_equal(s[3].deciding.capacity[RW_PILLAR_TECHNICAL], 1);
    assert_int_equal(s[3].deciding.capacity[RW_PILLARS], 3);
    assert_int_equal(s[3].deciding.plan_every, 4);
    assert_int_equal(s[3].deciding.reassess, 4);
    assert_int_equal(rw_strategy_lessons(&s[3]), 1u << RW_LESSON_SEVERITY);
    assert_int_equal(
        s[3].deciding.unlearned, RW_LESSONS_ALL & ~(1u << RW_LESSON_SEVERITY));
    assert_int_equal(s[4].deciding.unlearned, RW_LESSONS_ALL);
    assert_int_equal(s[2].deciding.unlearned, 0);
    assert_int_equal(rw_strategy_lessons(&s[2]), 0); /* it knows */
    assert_close(rw_dist_mean(&r.m->threats[1].loss_factor.dist), 1.5, 1e-15);
    assert_close(r.m->threats[1].bias_worth, 12.5, 0);
    assert_close(r.m->threats[0].bias_worth, 0, 0);
    assert_int_equal(s[3].deciding.n_triggers, 3);
    assert_int_equal(s[3].deciding.triggers[0].action, RW_DO_CORRECT);
    assert_int_equal(s[3].deciding.triggers[0].at_least, 2);
    assert_int_equal(s[3].deciding.triggers[1].on, RW_ON_CUSUM);
    assert_int_equal(s[3].deciding.triggers[1].threats[0], 1);
    assert_close(s[3].deciding.triggers[1].amount, 1000, 0);
    assert_close(s[3].deciding.triggers[1].h, 4, 0);
    assert_int_equal(s[3].deciding.triggers[1].delay, 1);
    assert_close(s[3].deciding.triggers[2].above, 5000, 0);
    assert_int_equal(s[3].deciding.triggers[2].pause, 2);
    assert_false(s[3].deciding.no_plan || s[3].deciding.no_check);
    assert_true(s[4].deciding.no_plan && s[4].deciding.no_check);
    assert_true(s[4].deciding.no_act);
    assert_close(s[4].deciding.forfeited, 1, 0);
    assert_int_equal(s[4].deciding.n_steps, 1);
    assert_int_equal(s[4].deciding.capacity[RW_PILLARS], 2);
    assert_int_equal(RW_OK, rw_model_build(r.m, &r.a, &r.e));
    assert_int_equal(r.m->controls[0].n_excludes, 1); /* both ways */
    assert_int_equal(r.m->controls[0].excludes[0], 1);
    assert_int_equal(r.m->controls[1].excludes[0], 0);
    done(&r);
}

static void
stages_and_what_keeps_controls_working_are_read(void **state)
{
    struct reading r;
    const struct rw_attack *a;
    const struct rw_control *c;
    const struct rw_loss *l;

    (void)state;
    read_corpus(&r, "stages", NULL, 0);
    assert_read(&r);
    a = &r.m->threats[0].attack;
    assert_int_equal(a->n, 3);
    assert_string_equal(a->stages[1].name, "spread");
    assert_close(a->stages[1].years, 21 / 365.0, 1e-17);
    assert_close(a->stages[0].advance, 0.9, 0);
    assert_close(a->stages[1].base, 0.1, 0);
    assert_close(a->stages[1].independence, 0.5, 0);
    assert_close(a->stages[2].independence, 1, 0);
    for (unsigned k = 0; k < 3; k++)
        assert_int_equal(a->stages[k].class, k);
    assert_close(a->share[RW_ENDING_MID], 0.4, 0);
    assert_close(a->share[RW_ENDING_FULL], 1, 0);
    assert_true(a->fails && a->times);
    assert_close(a->contain, 5 / 365.0, 1e-17);
    assert_close(a->overlap, 0.5, 0);
    l = r.m->threats[0].losses;
    assert_true(l[0].by.given[RW_ENDING_EARLY] && !l[0].by.given[RW_ENDING_LATE]);
    assert_close(rw_dist_mean(&l[0].by.amount[RW_ENDING_MID]), 10e3, 1e-9);
    assert_int_equal(l[1].per, RW_PER_OUTAGE_DAY);
    assert_int_equal(l[2].per, RW_PER_DWELL_DAY);
    c = r.m->controls;
    assert_close(c[0].fails, 4, 1e-15);
    assert_false(rw_dist_is_constant(&c[0].failing.dist));
    assert_close(c[0].bias_fails, 0.5, 0);
    assert_close(c[0].bias_audits, 20, 0);
    assert_close(c[1].bias_fails, 1, 0);
    assert_close(c[0].upkeep.at_most, 90 / 365.0, 1e-16);
    assert_close(c[0].upkeep.correction, 2 / 365.0, 1e-17);
    assert_close(c[1].every, 1 / 365.0, 1e-17);
    assert_close(rw_dist_mean(&c[1].delivery.overrun.dist), 1 / 6.0, 1e-12);
    assert_close(c[1].delivery.rollout, 0.8, 0);
    assert_close(c[1].delivery.inflation, 0.03, 0);
    assert_int_equal(c[2].n_stages, 2);
    assert_string_equal(c[2].stages[1], "spread");
    assert_int_equal(c[2].upkeep.law, RW_RELIABILITY_KNOWLEDGE_BASE);
    assert_int_equal(c[3].upkeep.acts, RW_ACTS_IDENTIFICATION);
    assert_int_equal(c[3].upkeep.n_supports, 1);
    assert_int_equal(c[4].function, RW_FUNCTION_DECISION_SUPPORT);
    done(&r);
}

static void
the_name_in_a_catalogue_is_kept(void **state)
{
    static const struct rw_read_set sets[] = {
        {"threats.0.reference", "T1566.001"}, {"/controls/0/reference", "ac-2.1"}};
    struct reading r;

    (void)state;
    read_corpus(&r, "hospital", sets, 2);
    assert_read(&r);
    assert_string_equal(r.m->threats[0].reference, "T1566.001");
    assert_string_equal(r.m->controls[0].reference, "ac-2.1");
    assert_null(r.m->threats[1].reference);
    done(&r);
}

CHECK_MAIN(cmocka_unit_test(dependence_is_read),
    cmocka_unit_test(what_strategies_decide_with_is_read),
    cmocka_unit_test(stages_and_what_keeps_controls_working_are_read),
    cmocka_unit_test(the_name_in_a_catalogue_is_kept))
