/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The referee's alpha is 1e-6 for the whole run, so a right program is
 * accused once in a million seeds; the seeds here are fixed. */
#include "study/referee.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

#include <gsl/gsl_cdf.h>

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_exact x;
    struct rw_referee r;
};

enum { FUTURES = 200000 };

static void
begin(struct fixture *f, size_t assets, size_t threats, size_t controls,
    unsigned per_year)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, assets, threats, controls, 1, per_year, per_year);
    for (size_t k = 0; k < threats; k++)
        f->m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mu", 2}, {"sigma", 1});
    for (size_t k = 0; k < controls; k++)
        f->m->controls[k].status = RW_STATUS_OPERATING;
}

static void
state_laws(struct fixture *f)
{
    struct rw_error e;

    rw_error_clear(&e);
    small_build(f->m, &f->a);
    if (rw_exact_make(f->m, NULL, 0, NULL, &f->a, &f->x, &e) != RW_OK)
        fail_msg("exact: %s", e.text);
}

/* Runs `m`, whose risks are those of f->m, and holds it against f's laws. */
static void
run(struct fixture *f, const struct rw_model *m)
{
    struct rw_run_options o = {.trials = FUTURES};
    struct rw_outcome *out;
    struct rw_error e;

    rw_error_clear(&e);
    assert_int_equal(
        rw_referee_watch(&f->x, &f->a, &o.watched, &o.n_watched, &e), RW_OK);
    if (rw_run(m, &o, &out, &e) != RW_OK)
        fail_msg("run: %s", e.text);
    if (rw_referee_make(&f->x, out, &f->a, &f->r, &e) != RW_OK)
        fail_msg("referee: %s", e.text);
    rw_outcome_free(out);
}

static void
expect_agreement(struct fixture *f)
{
    state_laws(f);
    run(f, f->m);
    for (size_t k = 0; k < f->r.n_risks; k++)
        for (size_t j = 0; j < f->r.risk[k].n; j++)
            if (f->r.risk[k].line[j].judged && f->r.risk[k].line[j].chance < 1e-6)
                print_error("%s, kind %d %g: exact %.9g, run %.9g, z %.2f\n",
                    f->r.risk[k].id, f->r.risk[k].line[j].kind, f->r.risk[k].line[j].p,
                    f->r.risk[k].line[j].exact, f->r.risk[k].line[j].seen,
                    f->r.risk[k].line[j].z);
    assert_true(f->r.agrees);
}

static void
a_plain_risk_agrees(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 0, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(2);
    expect_agreement(&f);
    assert_int_equal(f.r.n_refereed, 1);
    assert_true(f.r.n_judged >= RW_RESULT_QUANTILES);
    /* one in a million for all comparisons together */
    assert_relative(
        f.r.limit, gsl_cdf_ugaussian_Qinv(1e-6 / 2 / (double)f.r.n_judged), 1e-12);
    rw_arena_fini(&f.a);
}

static void
uncertain_frequency_controls_months_and_negbin_agree(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2, 2, 2, 12);
    f.m->threats[0].n_assets = 2;
    f.m->threats[0].assets[1] = 1;
    f.m->threats[0].frequency.dist =
        SMALL_DIST("pert", {"min", 0.5}, {"mode", 2}, {"max", 6});
    f.m->threats[0].losses[1] = (struct rw_loss){.form = RW_FORM_FINES,
        .amount = SMALL_DIST("pert", {"min", 10}, {"mode", 50}, {"max", 300}),
        .secondary = 0.3};
    f.m->threats[0].n_losses = 2;
    f.m->threats[1].law = RW_COUNT_NEGBIN;
    f.m->threats[1].dispersion = 0.8;
    f.m->controls[0].efficacy.dist = SMALL_DIST("beta", {"alpha", 3}, {"beta", 5});
    f.m->controls[0].covers_threats = (size_t[]){0};
    f.m->controls[0].n_covers_threats = 1;
    f.m->controls[1].function = RW_FUNCTION_CONTAINMENT;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.4);
    f.m->threats[1].seen_probability = 0.6;
    expect_agreement(&f);
    assert_int_equal(f.r.n_refereed, 3);
    assert_null(f.r.risk[3].why); /* their sum too */
    rw_arena_fini(&f.a);
}

static void
a_systemic_threat_and_its_sum_agree(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 3, 1, 0, 4);
    f.m->threats[0].systemic = true;
    f.m->threats[0].n_assets = 3;
    f.m->threats[0].assets = (size_t[]){0, 1, 2};
    f.m->threats[0].frequency.dist = rw_dist_constant(0.7);
    expect_agreement(&f);
    assert_null(f.r.risk[3].why);
    rw_arena_fini(&f.a);
}

/* Power: 3 % more events move the mean 2 e^2.5 by 0.73, and its standard
 * error is sqrt(2 e^6 / 2e5) = 0.064. */
static void
a_run_of_another_world_is_caught(void **state)
{
    struct rw_arena other;
    struct rw_model *m;
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 0, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(2);
    state_laws(&f);
    rw_arena_init(&other);
    m = small_model(&other, 1, 1, 0, 1, 1, 1);
    m->threats[0].frequency.dist = rw_dist_constant(2 * 1.03);
    m->threats[0].losses[0].amount = f.m->threats[0].losses[0].amount;
    small_build(m, &other);
    run(&f, m);
    assert_false(f.r.agrees);
    assert_true(f.r.worst > f.r.limit);
    rw_arena_fini(&other);
    rw_arena_fini(&f.a);
}

static void
a_horizon_without_a_whole_year_has_no_verdict(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1, 1, 0, 4);
    f.m->cycles = 3;
    state_laws(&f);
    run(&f, f.m);
    assert_int_equal(f.r.n_judged, 0);
    assert_int_equal(f.r.n_refereed, 0);
    assert_non_null(f.r.risk[0].why);
    assert_true(f.r.agrees);
    rw_arena_fini(&f.a);
}

/* Bin(10, 0.3) by hand: P(X <= 2) = 0.38278..., P(X >= 2) = 0.85069... */
static void
binomial_tails_are_those_of_the_book(void **state)
{
    double below, above;

    (void)state;
    rw_tail_binomial(10, 0.3, 2, &below, &above);
    assert_relative(below, 0.3827827864, 1e-9);
    assert_relative(above, 0.8506916541, 1e-9);
    rw_tail_binomial(10, 0.3, 0, &below, &above);
    assert_relative(below, 0.0282475249, 1e-9);
    assert_close(above, 1, 0);
    rw_tail_binomial(10, 0.3, 10, &below, &above);
    assert_close(below, 1, 0);
    assert_relative(above, 0.0000059049, 1e-9);
    rw_tail_binomial(10, 0, 0, &below, &above);
    assert_close(below * above, 1, 0);
    rw_tail_binomial(10, 0, 1, &below, &above);
    assert_close(above, 0, 0);
    rw_tail_binomial(10, 1, 9, &below, &above);
    assert_close(below, 0, 0);
}

CHECK_MAIN(cmocka_unit_test(a_plain_risk_agrees),
    cmocka_unit_test(uncertain_frequency_controls_months_and_negbin_agree),
    cmocka_unit_test(a_systemic_threat_and_its_sum_agree),
    cmocka_unit_test(a_run_of_another_world_is_caught),
    cmocka_unit_test(a_horizon_without_a_whole_year_has_no_verdict),
    cmocka_unit_test(binomial_tails_are_those_of_the_book))
