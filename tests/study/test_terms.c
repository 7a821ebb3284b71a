/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/terms.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_terms t;
};

static void
begin(struct fixture *f, size_t assets, size_t threats, size_t controls)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, assets, threats, controls, 1, 1, 1);
    for (size_t c = 0; c < controls; c++)
        f->m->controls[c].status = RW_STATUS_OPERATING;
}

static void
make(struct fixture *f)
{
    struct rw_error e;

    rw_error_clear(&e);
    small_build(f->m, &f->a);
    assert_int_equal(rw_terms_make(f->m, &f->a, &f->t, &e), RW_OK);
}

static void
end(struct fixture *f)
{
    rw_arena_fini(&f->a);
}

static struct rw_dist
pert(double min, double mode, double max)
{
    return SMALL_DIST("pert", {"min", min}, {"mode", mode}, {"max", max});
}

/* The mean frequency that the terms stand for, of one member. */
static double
mean_of(const struct rw_compound *c, size_t member)
{
    double sum = 0;

    for (size_t k = 0; k < c->n_nodes; k++)
        sum += c->m[k] * c->weight[k];
    return sum * c->members[member].share;
}

static void
all_assets_of(struct fixture *f, size_t threat)
{
    f->m->threats[threat].n_assets = f->m->n_assets;
    for (size_t k = 0; k < f->m->n_assets; k++)
        f->m->threats[threat].assets[k] = k;
}

static void
a_risk_without_controls_is_its_frequency_and_losses(void **state)
{
    struct fixture f;
    const struct rw_term *r;

    (void)state;
    begin(&f, 1, 1, 0);
    f.m->threats[0].frequency.dist = rw_dist_constant(3);
    f.m->threats[0].susceptibility.dist = rw_dist_constant(0.5);
    f.m->threats[0].law = RW_COUNT_NEGBIN;
    f.m->threats[0].dispersion = 0.25;
    make(&f);
    r = &f.t.risk[0];
    assert_null(r->why);
    assert_int_equal(f.t.n_exact, 1);
    assert_int_equal(r->compound.law, RW_COUNT_NEGBIN);
    assert_close(r->compound.dispersion, 0.25, 0);
    assert_int_equal(r->compound.n_nodes, 1);
    assert_relative(mean_of(&r->compound, 0), 1.5, 1e-12);
    assert_int_equal(r->compound.members[0].event.n_parts, 1);
    assert_int_equal(r->compound.members[0].event.n_shares, 0);
    end(&f);
}

static void
prevention_thins_and_uncertain_factors_are_integrated_over(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 3);
    f.m->threats[0].frequency.dist = pert(1, 4, 10);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[0].coverage.dist = rw_dist_constant(0.8);
    f.m->controls[1].efficacy.dist =
        SMALL_DIST("beta", {"alpha", 2}, {"beta", 6}); /* mean 1/4 */
    f.m->controls[2].efficacy.dist = rw_dist_constant(0.9);
    f.m->controls[2].status = RW_STATUS_CANDIDATE; /* not there yet */
    make(&f);
    assert_null(f.t.risk[0].why);
    assert_true(f.t.risk[0].compound.n_nodes > 1);
    assert_relative(mean_of(&f.t.risk[0].compound, 0), 4.5 * (1 - 0.4) * 0.75, 1e-10);
    end(&f);
}

static void
response_leaves_a_share_of_seen_events(void **state)
{
    const struct rw_event_loss *l;
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 1);
    f.m->threats[0].seen_probability = 0.7;
    f.m->controls[0].function = RW_FUNCTION_CONTAINMENT;
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.4);
    make(&f);
    l = &f.t.risk[0].compound.members[0].event;
    assert_null(f.t.risk[0].why);
    assert_int_equal(l->n_shares, 2);
    assert_relative(l->share[0], 0.6, 1e-15);
    assert_relative(l->share_weight[0], 0.7, 1e-15);
    assert_close(l->share[1], 1, 0);
    assert_relative(l->share_weight[1], 0.3, 1e-15);
    end(&f);
}

static void
expect_reason(struct fixture *f, const char *words)
{
    make(f);
    assert_non_null(f->t.risk[0].why);
    if (strstr(f->t.risk[0].why, words) == NULL)
        fail_msg("'%s' does not hold '%s'", f->t.risk[0].why, words);
    assert_int_equal(f->t.n_exact, 0);
    end(f);
}

static void
what_changes_over_time_is_named_and_left_out(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 1);
    f.m->controls[0].fails = 2;
    f.m->controls[0].fail_years = 0.1;
    expect_reason(&f, "'c0' fails");
    begin(&f, 1, 1, 1);
    f.m->controls[0].half_life = 1;
    expect_reason(&f, "'c0' wears");
    begin(&f, 1, 1, 1);
    f.m->controls[0].function = RW_FUNCTION_RESILIENCE;
    f.m->controls[0].efficacy.dist = pert(0.1, 0.2, 0.3);
    expect_reason(&f, "'c0' is worth is uncertain");
    begin(&f, 1, 1, 0);
    f.m->threats[0].loss_factor.dist = pert(0.5, 1, 3);
    expect_reason(&f, "the losses of 't0' are as a whole is uncertain");
}

/* One that is known is part of the loss. */
static void
a_known_loss_factor_scales_the_losses(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 0);
    f.m->threats[0].loss_factor.dist = rw_dist_constant(1.5);
    make(&f);
    assert_null(f.t.risk[0].why);
    assert_close(f.t.risk[0].compound.members[0].event.parts[0].scale, 1.5, 0);
    assert_close(f.m->risks[0].mean_loss, 1.5, 0);
    end(&f);
}

static void
a_control_that_stops_everything_leaves_no_events(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 1);
    f.m->controls[0].efficacy.dist = rw_dist_constant(1);
    make(&f);
    assert_null(f.t.risk[0].why);
    assert_int_equal(f.t.risk[0].compound.n_members, 0);
    end(&f);
}

static void
assets_of_one_threat_share_its_frequency(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2, 2, 0);
    all_assets_of(&f, 0);
    f.m->threats[0].frequency.dist = pert(1, 4, 10);
    make(&f);
    assert_int_equal(f.t.n_exact, 3);
    assert_null(f.t.sum_why);
    assert_int_equal(f.t.n_sum, 2);
    assert_int_equal(f.t.sum[0].n_members, 2);
    assert_int_equal(f.t.sum[1].n_members, 1);
    assert_relative(mean_of(&f.t.sum[0], 1), 4.5, 1e-10);
    end(&f);
}

static void
a_systemic_threat_hits_all_assets_in_one_event(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 3, 1, 0);
    all_assets_of(&f, 0);
    f.m->threats[0].systemic = true;
    make(&f);
    assert_int_equal(f.t.n_exact, 3);
    assert_null(f.t.sum_why);
    assert_int_equal(f.t.sum[0].n_members, 1);
    assert_int_equal(f.t.sum[0].members[0].event.n_parts, 3);
    end(&f);
}

static void
an_uncertain_control_before_two_threats_couples_them(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 2, 1);
    f.m->controls[0].efficacy.dist = pert(0.1, 0.2, 0.3);
    make(&f);
    assert_int_equal(f.t.n_exact, 2);
    assert_non_null(f.t.sum_why);
    assert_non_null(strstr(f.t.sum_why, "'c0'"));
    end(&f);
}

/* insured_retained_pois1.2 of tests/run/test_reference.c: its exact law. */
static void
a_cover_belongs_to_the_terms(void **state)
{
    struct rw_aggregate *law;
    struct rw_bounded x;
    struct rw_error e;
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 0);
    f.m->threats[0].frequency.dist = rw_dist_constant(1.2);
    f.m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 12}, {"sigma", 1.5});
    f.m->threats[0].covered = true;
    f.m->threats[0].deductible = 1e5;
    f.m->threats[0].limit = 2e6;
    make(&f);
    assert_null(f.t.risk[0].why);
    rw_error_clear(&e);
    assert_int_equal(RW_OK, rw_aggregate_new(f.t.sum, f.t.n_sum, &law, &e));
    assert_relative(rw_aggregate_mean(law), 236553.346233, 1e-9);
    assert_relative(rw_aggregate_sd(law), 1339447.39337, 1e-8);
    assert_int_equal(RW_OK, rw_aggregate_quantile(law, 0.99, &x, &e));
    assert_relative(x.value, 4030624.011, 1e-6);
    rw_aggregate_free(law);
    end(&f);
}

/* Two events a year of at least 20,000 each, of which 10,000 stay. */
static void
a_deductible_may_lie_below_the_floor(void **state)
{
    struct rw_aggregate *law;
    struct rw_bounded x;
    struct rw_error e;
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 0);
    f.m->threats[0].frequency.dist = rw_dist_constant(2);
    f.m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 10}, {"sigma", 1}, {"floor", 2e4});
    f.m->threats[0].covered = true;
    f.m->threats[0].deductible = 1e4;
    f.m->threats[0].limit = INFINITY;
    make(&f);
    rw_error_clear(&e);
    assert_int_equal(RW_OK, rw_aggregate_new(f.t.sum, f.t.n_sum, &law, &e));
    assert_relative(rw_aggregate_mean(law), 2e4, 1e-12);
    assert_int_equal(RW_OK, rw_aggregate_quantile(law, 0.999, &x, &e));
    assert_relative(x.value, 8e4, 1e-12);
    rw_aggregate_free(law);
    end(&f);
}

/* All above 1000 is paid, of an event's whole loss after response: two parts
 * of 800, and one of 1800 of which half is left. */
static void
a_cover_without_limit_is_on_what_is_left_of_the_sum(void **state)
{
    static const double want[] = {1000, 900};
    struct fixture f;

    (void)state;
    for (size_t response = 0; response < 2; response++) {
        struct rw_aggregate *law;
        struct rw_threat *t;
        struct rw_bounded x;
        struct rw_error e;

        begin(&f, 1, 1, response);
        t = &f.m->threats[0];
        t->frequency.dist = rw_dist_constant(1);
        t->losses[0].amount = rw_dist_constant(response ? 1800 : 800);
        t->covered = true;
        t->deductible = 1000;
        t->limit = INFINITY;
        if (response) {
            f.m->controls[0].function = RW_FUNCTION_CONTAINMENT;
            f.m->controls[0].coverage.dist = rw_dist_constant(1);
            f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
            t->seen_probability = 1;
        } else {
            t->losses[1] = t->losses[0];
            t->n_losses = 2;
        }
        make(&f);
        assert_null(f.t.risk[0].why);
        rw_error_clear(&e);
        assert_int_equal(RW_OK, rw_aggregate_new(f.t.sum, f.t.n_sum, &law, &e));
        assert_relative(rw_aggregate_mean(law), want[response], 1e-9);
        assert_int_equal(RW_OK, rw_aggregate_quantile(law, 0.7, &x, &e));
        assert_relative(x.value, want[response], 1e-9);
        rw_aggregate_free(law);
        end(&f);
    }
}

static void
what_events_bring_is_named(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2, 2, 0);
    f.m->threats[0].children = 0.5;
    f.m->threats[0].child_delay = 0.1;
    all_assets_of(&f, 1);
    f.m->threats[1].systemic = true;
    f.m->threats[1].covered = true;
    f.m->threats[1].limit = 1;
    make(&f);
    assert_string_equal(f.t.risk[0].why, "events of 't0' bring further events");
    assert_null(f.t.risk[1].why);
    assert_string_equal(f.t.sum_why, "an event of 't1' has a deductible on each asset");
    end(&f);
}

static void
every_count_law_has_its_parameter(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 2, 0);
    f.m->threats[0].law = RW_COUNT_ZIP;
    f.m->threats[0].zero = 0.3;
    f.m->threats[1].law = RW_COUNT_BINOMIAL;
    f.m->threats[1].chances = 7;
    make(&f);
    assert_true(f.t.risk[0].compound.zero == 0.3);
    assert_true(f.t.risk[1].compound.chances == 7);
    end(&f);
}

static void
what_others_touch_has_no_law_of_its_own(void **state)
{
    struct rw_hit hit = {.threat = 0, .probability = 1};
    struct rw_shock shock = {.id = "vendor", .hits = &hit, .n_hits = 1};
    struct fixture f;

    (void)state;
    begin(&f, 1, 2, 0);
    shock.frequency.dist = rw_dist_constant(1);
    f.m->dependence.shocks = &shock;
    f.m->dependence.n_shocks = 1;
    make(&f);
    assert_int_equal(f.t.n_exact, 1);
    assert_string_equal(f.t.risk[0].why, "shocks bring it events");
    assert_null(f.t.risk[1].why);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(a_cover_belongs_to_the_terms),
    cmocka_unit_test(a_deductible_may_lie_below_the_floor),
    cmocka_unit_test(a_cover_without_limit_is_on_what_is_left_of_the_sum),
    cmocka_unit_test(what_events_bring_is_named),
    cmocka_unit_test(every_count_law_has_its_parameter),
    cmocka_unit_test(a_risk_without_controls_is_its_frequency_and_losses),
    cmocka_unit_test(prevention_thins_and_uncertain_factors_are_integrated_over),
    cmocka_unit_test(response_leaves_a_share_of_seen_events),
    cmocka_unit_test(a_known_loss_factor_scales_the_losses),
    cmocka_unit_test(what_changes_over_time_is_named_and_left_out),
    cmocka_unit_test(a_control_that_stops_everything_leaves_no_events),
    cmocka_unit_test(assets_of_one_threat_share_its_frequency),
    cmocka_unit_test(a_systemic_threat_hits_all_assets_in_one_event),
    cmocka_unit_test(an_uncertain_control_before_two_threats_couples_them),
    cmocka_unit_test(what_others_touch_has_no_law_of_its_own))
