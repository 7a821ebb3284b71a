/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/wheel/loop.h -- one closed loop, turned cycle by cycle; the planner is a hook
 * in C, which records what it was shown. */
#ifndef RW_TESTS_WHEEL_LOOP_H
#define RW_TESTS_WHEEL_LOOP_H

#include "tests/support/check.h"
#include "tests/support/greedy.h"
#include "tests/support/small.h"
#include "wheel/wheel.h"

enum { N = 4000, SEED = 5 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g; /* of strategy 1 */
    struct rw_strike strike;
    struct rw_error e;
};

/* 4 events a year of 10 each on one asset, quarters for two years. */
static inline void
begin(struct fixture *f, size_t controls)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, controls, 2, 8, 4);
    f->m->threats[0].frequency.dist = rw_dist_constant(4);
    f->m->threats[0].losses[0].amount = rw_dist_constant(10);
    f->m->strategies[1].planner.plugin = &greedy;
    f->m->strategies[1].budget = 100;
    memset(&shown, 0, sizeof shown);
}

static inline void
start(struct fixture *f)
{
    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_prior_make(f->m, SEED, NULL, &f->prior, &f->e));
    assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &f->e));
    assert_int_equal(
        RW_OK, rw_wheel_new(f->w, &f->m->strategies[1], &f->prior, &f->g, &f->e));
    assert_int_equal(RW_OK, rw_strike_init(&f->strike, f->m, N, 1));
    assert_int_equal(RW_OK, rw_world_begin(f->w, 0, N, &f->e));
    assert_int_equal(RW_OK, rw_wheel_begin(f->g, &f->e));
}

static inline void
plan_and_do(struct fixture *f, unsigned t)
{
    assert_int_equal(RW_OK, rw_world_cycle(f->w, t, &f->e));
    rw_account_open(&f->g->acc, f->m, t);
    assert_int_equal(RW_OK, rw_wheel_plan(f->g, &f->e));
    assert_int_equal(RW_OK, rw_wheel_do(f->g, &f->e));
    for (size_t k = 0; k < f->m->n_sources; k++)
        rw_strike(&f->strike, f->w, &f->g, 1, k);
    rw_account_gather(&f->g->acc, f->m, N);
}

static inline void
check_and_act(struct fixture *f, unsigned t)
{
    rw_wheel_check(f->g);
    rw_wheel_act(f->g);
    rw_account_close(&f->g->acc, f->m, N, t);
}

static inline void
end(struct fixture *f)
{
    rw_wheel_free(f->g);
    rw_world_free(f->w);
    rw_prior_fini(&f->prior);
    rw_strike_fini(&f->strike);
    rw_arena_fini(&f->a);
}

#endif
