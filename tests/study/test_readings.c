/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/readings.h"
#include "study/conditional.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_exact x;
    struct rw_readings *r;
};

static void
begin(struct fixture *f, struct rw_dist frequency, struct rw_dist loss)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, 0, 1, 1, 1);
    f->m->threats[0].frequency.dist = frequency;
    f->m->threats[0].losses[0].amount = loss;
}

static void
make(struct fixture *f)
{
    struct rw_error e;

    rw_error_clear(&e);
    small_build(f->m, &f->a);
    if (rw_exact_make(f->m, NULL, 0, NULL, &f->a, &f->x, &e) != RW_OK ||
        rw_readings_make(&f->x, NULL, &f->a, &f->r, &e) != RW_OK)
        fail_msg("%s", e.text);
}

static const struct rw_figure *
at(const struct fixture *f, int reading, double q)
{
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        if (rw_result_quantiles[k] == q)
            return &f->r[0].law[reading].quantile[k];
    fail_msg("no such quantile");
    return NULL;
}

/* PERT(1, 4, 10) x PERT(1e4, 1e5, 1e6), published to the nearest 500, the
 * tail mean from figures on that lattice. */
static void
frequency_times_magnitude_by_three_readings(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, SMALL_DIST("pert", {"min", 1}, {"mode", 4}, {"max", 10}),
        SMALL_DIST("pert", {"min", 1e4}, {"mode", 1e5}, {"max", 1e6}));
    make(&f);
    assert_relative(f.r[0].law[0].mean, 1057500.0, 1e-10);
    assert_close(at(&f, 0, 0.95)->value, 2397500, 500);
    assert_close(at(&f, 0, 0.99)->value, 3144500, 500);
    assert_close(f.r[0].law[0].tvar[0].value, 2857077, 500);
    assert_relative(f.r[0].law[1].mean, 1057500.0, 1e-10);
    assert_close(at(&f, 1, 0.95)->value, 2753500, 500);
    assert_close(f.r[0].law[1].p0, 0, 0);
    /* as many quiet years as the compound has; then one loss */
    assert_relative(f.r[0].law[2].p0, f.r[0].law[0].p0, 1e-9);
    assert_relative(f.r[0].law[2].mean, (1 - f.r[0].law[0].p0) * 235000, 1e-9);
    rw_arena_fini(&f.a);
}

/* One certain loss of 7, Poisson(ln 2): half of the years have no event. */
static void
at_most_one_of_several_parts_is_a_compound_of_one_chance(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, rw_dist_constant(M_LN2), rw_dist_constant(3));
    f.m->threats[0].losses[1] =
        (struct rw_loss){.amount = rw_dist_constant(4), .secondary = 0.5};
    f.m->threats[0].n_losses = 2;
    make(&f);
    assert_non_null(f.r[0].law[1].why);
    assert_null(f.r[0].law[2].why);
    assert_relative(f.r[0].law[2].p0, 0.5, 1e-12);
    assert_relative(f.r[0].law[2].mean, 2.5, 1e-12);
    assert_relative(at(&f, 2, 0.75)->value, 3.0, 1e-9);
    assert_relative(at(&f, 2, 0.9)->value, 7.0, 1e-9);
    rw_arena_fini(&f.a);
}

/* 2 X with probability 1/4: the 0.9 quantile is where X has 0.4 beyond it. */
static void
a_secondary_loss_happens_with_its_probability(void **state)
{
    struct rw_dist loss = SMALL_DIST("pert", {"min", 1}, {"mode", 2}, {"max", 9});
    struct fixture f;

    (void)state;
    begin(&f, rw_dist_constant(2), loss);
    f.m->threats[0].losses[0].secondary = 0.25;
    make(&f);
    assert_relative(f.r[0].law[1].p0, 0.75, 1e-12);
    assert_relative(f.r[0].law[1].mean, 0.5 * rw_dist_mean(&loss), 1e-12);
    assert_relative(at(&f, 1, 0.9)->value, 2 * rw_dist_quantile(&loss, 0.6), 1e-8);
    rw_arena_fini(&f.a);
}

/* Student's t with 7 degrees of freedom at 1e-6, two-sided: 15.8 */
static void
agrees(const struct rw_conditional_law *l, const struct rw_exact_law *x)
{
    assert_close(l->mean.value, x->mean, 15.8 * l->mean.se + 1e-9 * x->mean);
    assert_close(l->p0.value, x->p0, 15.8 * l->p0.se + 1e-10);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        assert_close(l->quantile[k].value, x->quantile[k].value,
            15.8 * l->quantile[k].se + 1e-8 * x->quantile[k].value);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        assert_close(l->tvar[k].value, x->tvar[k].value,
            15.8 * l->tvar[k].se + 1e-8 * x->tvar[k].value);
}

static void
conditional_figures_are_those_of_the_exact_law(void **state)
{
    struct rw_conditional_laws c;
    struct rw_error e;
    struct fixture f;

    (void)state;
    begin(&f, rw_dist_constant(2), SMALL_DIST("lognormal", {"mu", 10}, {"sigma", 1.5}));
    make(&f);
    rw_error_clear(&e);
    assert_int_equal(rw_conditional_laws_make(f.m, 20000, NULL, &f.a, &c, &e), RW_OK);
    assert_null(c.terms.risk[0].why);
    agrees(&c.risk[0], &f.x.risk[0]);
    assert_true(c.risk[0].quantile[5].se < 1e-3 * c.risk[0].quantile[5].value);
    assert_true(c.sum.quantile[3].value == c.risk[0].quantile[3].value);
    rw_arena_fini(&f.a);
}

/* Two threats on two assets each, a secondary loss and a cover. */
static void
conditional_sums_are_those_of_the_exact_law(void **state)
{
    struct rw_conditional_laws c;
    struct rw_error e;
    struct fixture f;

    (void)state;
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 2, 2, 0, 1, 1, 1);
    for (size_t k = 0; k < 2; k++) {
        struct rw_threat *t = &f.m->threats[k];

        t->n_assets = 2;
        for (size_t j = 0; j < 2; j++)
            t->assets[j] = j;
        t->frequency.dist = SMALL_DIST("pert", {"min", 0.2}, {"mode", 1}, {"max", 4});
        t->losses[0].amount = SMALL_DIST("lognormal", {"mu", 10}, {"sigma", 1.5});
    }
    f.m->threats[0].losses[1] = f.m->threats[0].losses[0];
    f.m->threats[0].losses[1].secondary = 0.3;
    f.m->threats[0].n_losses = 2;
    f.m->threats[1].covered = true;
    f.m->threats[1].deductible = 50000;
    f.m->threats[1].limit = 200000;
    make(&f);
    rw_error_clear(&e);
    assert_int_equal(rw_conditional_laws_make(f.m, 20000, NULL, &f.a, &c, &e), RW_OK);
    assert_int_equal(c.terms.n_exact, 4);
    for (size_t r = 0; r < 4; r++)
        agrees(&c.risk[r], &f.x.risk[r]);
    agrees(&c.sum, &f.x.sum);
    assert_true(c.sum.tvar[1].se < 5e-3 * c.sum.tvar[1].value);
    rw_arena_fini(&f.a);
}

CHECK_MAIN(cmocka_unit_test(a_secondary_loss_happens_with_its_probability),
    cmocka_unit_test(frequency_times_magnitude_by_three_readings),
    cmocka_unit_test(at_most_one_of_several_parts_is_a_compound_of_one_chance),
    cmocka_unit_test(conditional_figures_are_those_of_the_exact_law),
    cmocka_unit_test(conditional_sums_are_those_of_the_exact_law))
