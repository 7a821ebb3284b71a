/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"
#include "tests/support/small.h"

static struct rw_arena arena;

static int
setup(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

static void
a_risk_is_a_threat_on_an_asset(void **state)
{
    struct rw_model *m = small_model(&arena, 2, 2, 0, 1, 4, 4);

    (void)state;
    m->threats[0].assets[1] = 1;
    m->threats[0].n_assets = 2;
    m->threats[1].assets[0] = 1;
    small_build(m, &arena);
    assert_int_equal(3, m->n_risks);
    assert_int_equal(3, m->n_sources);
    assert_string_equal("t0/a1", m->risks[1].id);
    assert_string_equal("t1/a1", m->risks[2].id);
    assert_int_equal(1, m->n_years);
    assert_close(m->years, 0.25, 0);
}

static void
a_systemic_threat_is_one_source_of_many_risks(void **state)
{
    struct rw_model *m = small_model(&arena, 2, 1, 0, 1, 1, 1);

    (void)state;
    m->threats[0].systemic = true;
    m->threats[0].assets[1] = 1;
    m->threats[0].n_assets = 2;
    small_build(m, &arena);
    assert_int_equal(2, m->n_risks);
    assert_int_equal(1, m->n_sources);
    assert_int_equal(2, m->sources[0].n_risks);
    assert_int_not_equal(m->risks[0].loss_lane, m->risks[1].loss_lane);
}

static void
a_control_covers_the_threats_and_assets_it_names(void **state)
{
    struct rw_model *m = small_model(&arena, 2, 2, 3, 1, 1, 1);
    size_t one = 1;

    (void)state;
    for (size_t t = 0; t < 2; t++) {
        m->threats[t].assets[1] = 1;
        m->threats[t].n_assets = 2;
    }
    m->controls[1].covers_threats = &one; /* t1 on any asset */
    m->controls[1].n_covers_threats = 1;
    m->controls[2].covers_threats = &one; /* t1 on a1 only */
    m->controls[2].n_covers_threats = 1;
    m->controls[2].covers_assets = &one;
    m->controls[2].n_covers_assets = 1;
    small_build(m, &arena);
    assert_int_equal(1, m->risks[0].n_controls[RW_FUNCTION_RESISTANCE]);
    assert_int_equal(2, m->risks[2].n_controls[RW_FUNCTION_RESISTANCE]);
    assert_int_equal(3, m->risks[3].n_controls[RW_FUNCTION_RESISTANCE]);
    assert_int_equal(0, m->risks[3].n_controls[RW_FUNCTION_AVOIDANCE]);
}

static void
every_function_has_one_effect(void **state)
{
    (void)state;
    for (int f = 0; f < RW_FUNCTIONS; f++)
        assert_int_equal(f / 3, rw_function_effect((enum rw_function)f));
}

static void
mean_loss_counts_secondary_losses_by_their_chance(void **state)
{
    struct rw_model *m = small_model(&arena, 1, 1, 0, 1, 1, 1);
    struct rw_loss *l = m->threats[0].losses;

    (void)state;
    m->assets[0].value = 1000;
    l[0].amount = SMALL_DIST("exponential", {"mean", 50});
    l[1] = l[0];
    l[1].secondary = 0.2;
    l[1].of = RW_OF_VALUE;
    l[1].amount = rw_dist_constant(0.1);
    m->threats[0].n_losses = 2;
    small_build(m, &arena);
    assert_relative(m->risks[0].mean_loss, 50 + 0.2 * 0.1 * 1000, 1e-12);
    assert_int_equal(3, m->threats[0].words);
}

static void
two_things_of_one_name_are_refused_not_correlated(void **state)
{
    struct rw_model *m = small_model(&arena, 1, 2, 0, 1, 1, 1);
    struct rw_error e = {0};

    (void)state;
    m->threats[1].id = m->threats[0].id;
    assert_int_equal(RW_ERR_INPUT, rw_model_build(m, &arena, &e));
    assert_non_null(strstr(e.text, "share their random numbers"));
}

static void
a_threat_too_frequent_to_simulate_is_refused(void **state)
{
    struct rw_model *m = small_model(&arena, 1, 1, 0, 1, 1, 1);
    struct rw_error e = {0};

    (void)state;
    m->threats[0].frequency.dist = rw_dist_constant(2e6);
    assert_int_equal(RW_ERR_INPUT, rw_model_build(m, &arena, &e));
    assert_non_null(strstr(e.text, "threat 't0'"));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
CHECK_MAIN(CASE(a_risk_is_a_threat_on_an_asset),
    CASE(a_systemic_threat_is_one_source_of_many_risks),
    CASE(a_control_covers_the_threats_and_assets_it_names),
    CASE(every_function_has_one_effect),
    CASE(mean_loss_counts_secondary_losses_by_their_chance),
    CASE(two_things_of_one_name_are_refused_not_correlated),
    CASE(a_threat_too_frequent_to_simulate_is_refused))
