/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Insurance of events: what is booked, expected, believed and broken down. */
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 20000, SEED = 11 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* 3 events a year of an exponential of mean 100 and, with probability 0.4,
 * another of 50; half years for two years; events are seen with probability
 * 0.7; control 0 halves what is lost of seen ones. */
static void
begin(struct fixture *f, double deductible, double limit)
{
    struct rw_threat *t;

    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, 2, 2, 4, 2);
    t = &f->m->threats[0];
    t->frequency.dist = rw_dist_constant(3);
    t->losses[0].amount = SMALL_DIST("exponential", {"mean", 100});
    t->losses[1] = t->losses[0];
    t->losses[1].form = RW_FORM_FINES;
    t->losses[1].amount = SMALL_DIST("exponential", {"mean", 50});
    t->losses[1].secondary = 0.4;
    t->n_losses = 2;
    t->seen_probability = 0.7;
    t->covered = deductible >= 0;
    t->deductible = deductible;
    t->limit = limit;
    f->m->controls[0].function = RW_FUNCTION_CONTAINMENT;
    f->m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    small_plan(f->m, &f->a, 1, 0, 0);
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

/* E min(X, m) of the fixture's event times a, by its own distribution. */
static double
lev(double a, double m)
{
    double one = 100 * a, two = 50 * a;
    /* both: 1 - F = (one e^-x/one - two e^-x/two) / (one - two) */
    double alone = one * -expm1(-m / one);
    double both =
        (one * one * -expm1(-m / one) - two * two * -expm1(-m / two)) / (one - two);

    return 0.6 * alone + 0.4 * both;
}

static double
kept(double a, double d, double l)
{
    return 120 * a - lev(a, d + l) + lev(a, d);
}

static const struct {
    double d, l;
} covers[] = {{80, 100}, {0, 150}, {60, INFINITY}};

static void
booked_and_residual_loss_are_what_the_cover_leaves(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        double d = covers[k].d, l = covers[k].l,
               e = l < INFINITY ? kept(1, d, l) : lev(1, d);
        double half = l < INFINITY ? kept(0.5, d, l) : lev(0.5, d);
        const double want[2] = {3 * e, 3 * (0.3 * e + 0.7 * half)};
        struct fixture f;

        begin(&f, d, l);
        run(&f);
        for (size_t s = 0; s < 2; s++) {
            struct rw_moments w = rw_moments_array(f.o->year_loss[2 * s], N);

            assert_close(w.mean, want[s], CHECK_Z * rw_moments_se(&w));
            /* the table: num/cover.h */
            assert_relative(f.o->cells[4 * s].residual.mean, want[s], 1e-5);
        }
        end(&f);
    }
}

static void
forms_share_what_is_kept_in_proportion(void **state)
{
    const struct rw_outcome *o;
    struct fixture f;

    (void)state;
    begin(&f, 80, 100);
    run(&f);
    o = f.o;
    for (size_t s = 0; s < 2; s++) {
        double sum = 0, all = rw_sum_array(o->horizon_loss[s], N) / N;

        for (int j = 0; j < RW_FORMS; j++)
            sum += o->breakdown[s].form_loss[j].mean;
        assert_relative(sum, all, 1e-12);
        assert_true(o->breakdown[s].form_loss[RW_FORM_FINES].mean > 0.1 * all);
    }
    end(&f);
}

static void
more_response_or_more_cover_never_raises_a_loss(void **state)
{
    struct fixture f[3];

    (void)state;
    for (int k = 0; k < 3; k++) {
        begin(&f[k], k == 2 ? 70 : 80, k == 2 ? 120 : 100);
        f[k].m->controls[0].efficacy.dist = rw_dist_constant(k == 1 ? 0.8 : 0.5);
        run(&f[k]);
    }
    for (size_t i = 0; i < N; i++) {
        assert_true(f[1].o->horizon_loss[1][i] <= f[0].o->horizon_loss[1][i]);
        assert_true(f[0].o->horizon_loss[1][i] <= f[0].o->horizon_loss[0][i]);
        assert_true(f[2].o->horizon_loss[1][i] <= f[0].o->horizon_loss[1][i] + 1e-9);
    }
    for (int k = 0; k < 3; k++)
        end(&f[k]);
}

static void
a_cover_that_pays_nothing_changes_no_bit(void **state)
{
    struct fixture f[2];

    (void)state;
    for (int k = 0; k < 2; k++) {
        begin(&f[k], k ? 1e9 : -1, 1);
        run(&f[k]);
    }
    for (size_t s = 0; s < 2; s++)
        assert_memory_equal(
            f[0].o->horizon_loss[s], f[1].o->horizon_loss[s], N * sizeof(double));
    assert_relative(
        f[0].o->cells[4].residual.mean, f[1].o->cells[4].residual.mean, 1e-5);
    end(&f[0]);
    end(&f[1]);
}

static void
each_asset_of_a_systemic_event_has_its_own_deductible(void **state)
{
    struct fixture f;

    (void)state;
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 2, 1, 0, 1, 1, 1);
    f.m->threats[0].systemic = true;
    f.m->threats[0].assets[1] = 1;
    f.m->threats[0].n_assets = 2;
    f.m->threats[0].losses[0].amount = rw_dist_constant(10);
    f.m->threats[0].covered = true;
    f.m->threats[0].deductible = 3;
    f.m->threats[0].limit = INFINITY;
    run(&f);
    for (size_t i = 0; i < N; i++)
        assert_true(fmod(f.o->horizon_loss[0][i], 6) == 0);
    assert_relative(f.o->cells[0].residual.mean, 6.0, 1e-12);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(booked_and_residual_loss_are_what_the_cover_leaves),
    cmocka_unit_test(forms_share_what_is_kept_in_proportion),
    cmocka_unit_test(more_response_or_more_cover_never_raises_a_loss),
    cmocka_unit_test(a_cover_that_pays_nothing_changes_no_bit),
    cmocka_unit_test(each_asset_of_a_systemic_event_has_its_own_deductible))
