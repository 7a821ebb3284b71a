/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why residual risk changes: each part against a model in which it is alone, and
 * their sum in every future. */
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/turn.h"
#include "wheel/wear.h"

enum { N = 1000, SEED = 21 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g; /* of strategy 1 */
    struct rw_error e;
};

/* 4 events a year of 10 each; six quarters. */
static void
begin(struct fixture *f, size_t controls)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, controls, 2, 6, 4);
    f->m->threats[0].frequency.dist = rw_dist_constant(4);
    f->m->threats[0].losses[0].amount = rw_dist_constant(10);
    f->m->attribution = true;
    for (size_t c = 0; c < controls; c++) {
        f->m->controls[c].efficacy.dist = rw_dist_constant(0.5);
        f->m->controls[c].status = RW_STATUS_OPERATING;
    }
}

static void
start(struct fixture *f)
{
    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_prior_make(f->m, SEED, NULL, &f->prior, &f->e));
    assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &f->e));
    assert_int_equal(
        RW_OK, rw_wheel_new(f->w, &f->m->strategies[1], &f->prior, &f->g, &f->e));
    assert_int_equal(RW_OK, rw_world_begin(f->w, 0, N, &f->e));
    assert_int_equal(RW_OK, rw_wheel_begin(f->g, &f->e));
}

static void
turn(struct fixture *f, unsigned t)
{
    assert_int_equal(RW_OK, rw_world_cycle(f->w, t, &f->e));
    rw_account_open(&f->g->acc, f->m, t);
    assert_int_equal(RW_OK, rw_wheel_plan(f->g, &f->e));
    assert_int_equal(RW_OK, rw_wheel_do(f->g, &f->e));
}

static void
end(struct fixture *f)
{
    rw_wheel_free(f->g);
    rw_world_free(f->w);
    rw_prior_fini(&f->prior);
    rw_arena_fini(&f->a);
}

static void
check_parts(
    const struct fixture *f, double drift, double controls, double wear, double chance)
{
    const struct rw_attribution *p = &f->g->parts;

    for (size_t i = 0; i < N; i += 97) {
        assert_close(p->drift[i], drift, 1e-12);
        assert_close(p->controls[i], controls, 1e-12);
        assert_close(p->wear[i], wear, 1e-12);
        assert_close(p->chance[i], chance, 1e-12);
    }
}

static void
nothing_changes_in_a_world_that_stands_still(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    start(&f);
    for (unsigned t = 0; t < 6; t++) {
        turn(&f, t);
        check_parts(&f, 0, 0, 0, 0);
    }
    end(&f);
}

/* 20 are left by the first; the second comes in quarter 3 and leaves 14. */
static void
a_control_that_comes_is_told_as_such(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 2);
    f.m->controls[1].status = RW_STATUS_CANDIDATE;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.3);
    small_plan(f.m, &f.a, 1, 1, 2);
    start(&f);
    for (unsigned t = 0; t < 6; t++) {
        turn(&f, t);
        check_parts(&f, 0, t == 2 ? -6 : 0, 0, 0);
    }
    end(&f);
}

static void
wear_is_told_as_such(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].half_life = 0.7;
    start(&f);
    for (unsigned t = 0; t < 6; t++) {
        const struct rw_control *c = &f.m->controls[0];
        double now = 0.5 * rw_wear_left(c, 0.25, t);
        double before = t > 0 ? 0.5 * rw_wear_left(c, 0.25, t - 1) : now;

        turn(&f, t);
        check_parts(&f, 0, 0, 40 * (before - now), 0);
    }
    end(&f);
}

/* The second year's multiplier over the first's, controls as they are. */
static void
a_years_luck_is_chance(void **state)
{
    struct fixture f;
    double *first = calloc(N, sizeof *first);

    (void)state;
    begin(&f, 1);
    f.m->threats[0].law = RW_COUNT_ZIP;
    f.m->threats[0].zero = 0.4;
    start(&f);
    for (unsigned t = 0; t < 6; t++) {
        turn(&f, t);
        for (size_t i = 0; i < N; i++) {
            const struct rw_attribution *p = &f.g->parts;

            if (t == 0)
                first[i] = f.w->mix[i];
            assert_true(p->drift[i] == 0 && p->controls[i] == 0 && p->wear[i] == 0);
            assert_close(
                p->chance[i], t == 4 ? 20 * (f.w->mix[i] - first[i]) : 0, 1e-12);
        }
    }
    free(first);
    end(&f);
}

static void
failures_are_chance(void **state)
{
    struct fixture f;
    double scattered = 0;

    (void)state;
    begin(&f, 1);
    f.m->controls[0].fails = 2;
    f.m->controls[0].fail_years = 0.25;
    f.m->controls[0].fail_efficacy = 0.1;
    start(&f);
    for (unsigned t = 0; t < 6; t++) {
        turn(&f, t);
        for (size_t i = 0; i < N; i++) {
            const struct rw_attribution *p = &f.g->parts;

            assert_true(p->drift[i] == 0 && p->controls[i] == 0);
            assert_close(p->wear[i], 0, 1e-12);
            assert_close(p->chance[i], p->change[i], 1e-12);
            scattered += fabs(p->chance[i]) > 1; /* 40 * 0.4 or nothing */
        }
    }
    assert_true(scattered > 0.1 * 5 * N);
    end(&f);
}

/* Everything at once: the parts add up in every future. */
static void
the_parts_add_up_in_every_future(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 3);
    f.m->threats[0].law = RW_COUNT_NEGBIN;
    f.m->threats[0].dispersion = 0.8;
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 4}, {"sd", 3});
    f.m->controls[0].half_life = 0.5;
    f.m->controls[0].refresh = 0.6;
    f.m->controls[1].fails = 3;
    f.m->controls[1].fail_years = 0.3;
    f.m->controls[2].status = RW_STATUS_CANDIDATE;
    f.m->controls[2].function = RW_FUNCTION_CONTAINMENT;
    small_plan(f.m, &f.a, 1, 2, 3);
    start(&f);
    for (unsigned t = 0; t < 6; t++) {
        turn(&f, t);
        for (size_t i = 0; i < N; i++) {
            const struct rw_attribution *p = &f.g->parts;
            double sum = p->drift[i] + p->controls[i] + p->wear[i] + p->chance[i];

            assert_close(sum, p->change[i], 1e-12 * (1 + f.g->acc.residual[i]));
        }
    }
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(nothing_changes_in_a_world_that_stands_still),
    cmocka_unit_test(a_control_that_comes_is_told_as_such),
    cmocka_unit_test(wear_is_told_as_such), cmocka_unit_test(a_years_luck_is_chance),
    cmocka_unit_test(failures_are_chance),
    cmocka_unit_test(the_parts_add_up_in_every_future))
