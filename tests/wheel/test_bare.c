/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources that nothing stands against: the same figures as when their events strike one
 * by one, which a control of next to no effect makes them do. */
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { TRIALS = 2100, SEED = 11 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* Two assets with a threat each; quarters for two years. */
static void
begin(struct fixture *f)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 2, 1, 2, 8, 4);
    f->m->threats[0].frequency.dist = rw_dist_constant(6);
    f->m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 8}, {"sigma", 1.2});
    f->m->threats[1].frequency.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 9});
    f->m->threats[1].assets[0] = 1;
    f->m->threats[1].losses[0].amount = SMALL_DIST("exponential", {"mean", 700});
}

static void
run(struct fixture *f)
{
    small_build(f->m, &f->a);
    f->o = small_run(f->m, TRIALS, SEED, 1);
}

/* It prevents one event of 2^53. */
static void
let_it_stand(struct fixture *f)
{
    f->m->controls[0].status = RW_STATUS_OPERATING;
    f->m->controls[0].efficacy.dist = rw_dist_constant(0x1p-53);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

static void
same(double *const x[], double *const y[], size_t rows)
{
    for (size_t k = 0; k < rows; k++)
        assert_memory_equal(x[k], y[k], TRIALS * sizeof **x);
}

static void
same_moments(struct rw_moments x, struct rw_moments y)
{
    assert_memory_equal(&x, &y, sizeof x);
}

static void
same_outcome(const struct rw_outcome *x, const struct rw_outcome *y)
{
    same(x->year_loss, y->year_loss, x->n_strategies * x->years);
    same(x->year_largest, y->year_largest, x->n_strategies * x->years);
    same(x->horizon_loss, y->horizon_loss, x->n_strategies);
    for (size_t k = 0; k < x->n_strategies * x->model->cycles; k++) {
        const struct rw_cell *a = &x->cells[k], *b = &y->cells[k];

        same_moments(a->loss, b->loss);
        same_moments(a->incidents, b->incidents);
        same_moments(a->seen, b->seen);
        for (size_t t = 0; t < x->model->n_threats; t++)
            same_moments(a->threat_loss[t], b->threat_loss[t]);
    }
    for (size_t s = 0; s < x->n_strategies; s++)
        for (size_t j = 0; j < RW_FORMS; j++)
            same_moments(x->breakdown[s].form_loss[j], y->breakdown[s].form_loss[j]);
    for (size_t s = 0; s < x->n_strategies; s++)
        for (size_t k = 0; k < RW_HELDS * x->model->n_event_bounds; k++)
            same_moments(x->breakdown[s].held[k], y->breakdown[s].held[k]);
}

/* What is not the plainest. */
enum more { NOTHING, COVER, FORMS, BOUND, SAME_FORM };

static void
add(struct fixture *f, enum more what)
{
    struct rw_threat *t = &f->m->threats[0];

    if (what == COVER) {
        t->covered = true;
        t->deductible = 1000;
        t->limit = 20000;
    }
    if (what == BOUND)
        t->losses[0].amount.cap = 20000;
    if (what == FORMS || what == SAME_FORM) {
        t->losses[1] = t->losses[2] = t->losses[0];
        t->losses[1].form = RW_FORM_FINES;
        t->losses[1].secondary = 0.3;
        t->losses[2].form = what == FORMS ? RW_FORM_REPUTATION : t->losses[0].form;
        t->losses[2].amount = SMALL_DIST("exponential", {"mean", 90});
        t->n_losses = 3;
    }
}

static void
compare(enum more what)
{
    struct fixture bare, listed;

    begin(&bare);
    add(&bare, what);
    run(&bare);
    begin(&listed);
    add(&listed, what);
    let_it_stand(&listed);
    run(&listed);
    assert_true(bare.o->cells[0].incidents.mean > 1);
    same_outcome(bare.o, listed.o);
    end(&bare);
    end(&listed);
}

static void
sums_are_what_one_by_one_would_be_booked(void **state)
{
    (void)state;
    compare(NOTHING);
    compare(FORMS);
    compare(BOUND);
}

static void
what_is_looked_at_one_by_one_is_the_same_too(void **state)
{
    (void)state;
    compare(COVER);
    compare(SAME_FORM);
}

CHECK_MAIN(cmocka_unit_test(sums_are_what_one_by_one_would_be_booked),
    cmocka_unit_test(what_is_looked_at_one_by_one_is_the_same_too))
