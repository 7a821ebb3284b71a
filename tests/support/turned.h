/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/support/turned.h -- "nothing" and one closed loop (tests/support/greedy.h)
 * over one block of futures: as a whole, or cycle by cycle to be looked at. */
#ifndef RW_TESTS_SUPPORT_TURNED_H
#define RW_TESTS_SUPPORT_TURNED_H

#include "tests/support/check.h"
#include "tests/support/greedy.h"
#include "tests/support/small.h"
#include "wheel/turn.h"

enum { TURNED = 1000 /* futures */, TURNED_SEED = 8 };

struct turned {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_strategy *s; /* the closed loop, m->strategies[1] */
    struct rw_prior prior;
    struct rw_turn *x;
    struct rw_wheel *g; /* of that strategy */
    struct rw_moments *ledger;
    double loss[2][TURNED], spend[2][TURNED];
    struct rw_error e;
};

/* Quarters; change the model, then turned_open. */
static inline void
turned_begin(struct turned *f, size_t threats, size_t controls, unsigned cycles)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, threats, controls, 2, cycles, 4);
    f->s = &f->m->strategies[1];
    f->s->planner.plugin = &greedy;
    f->s->budget = 1e6;
    memset(&shown, 0, sizeof shown);
}

static inline void
turned_open(struct turned *f)
{
    static const size_t both[] = {0, 1};

    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_prior_make(f->m, TURNED_SEED, NULL, &f->prior, &f->e));
    assert_int_equal(RW_OK,
        rw_turn_new(f->m, TURNED_SEED, both, 2, &f->prior, TURNED, NULL, &f->x, &f->e));
    f->g = f->x->wheels[1];
    f->ledger = calloc(f->x->layout.size, sizeof *f->ledger);
}

/* The whole horizon, into loss and spend. */
static inline void
turned_run(struct turned *f)
{
    double *loss[] = {f->loss[0], f->loss[1]}, *spend[] = {f->spend[0], f->spend[1]};
    struct rw_sink sink = {.total_loss = loss, .spend = spend};

    assert_int_equal(RW_OK, rw_turn_block(f->x, 0, TURNED, &sink, f->ledger, &f->e));
}

static inline void
turned_end(struct turned *f)
{
    free(f->ledger);
    rw_turn_free(f->x);
    rw_prior_fini(&f->prior);
    rw_arena_fini(&f->a);
}

/* Cycle by cycle, the closed loop alone. */
static inline void
turned_start(struct turned *f)
{
    if (f->x->foresight != NULL)
        assert_int_equal(
            RW_OK, rw_foresight_begin(f->x->foresight, f->x->w, 0, TURNED, &f->e));
    else
        assert_int_equal(RW_OK, rw_world_begin(f->x->w, 0, TURNED, &f->e));
    assert_int_equal(RW_OK, rw_wheel_begin(f->g, &f->e));
}

static inline void
turned_plan(struct turned *f, unsigned t)
{
    assert_int_equal(RW_OK, rw_world_cycle(f->x->w, t, &f->e));
    rw_account_open(&f->g->acc, f->m, t);
    assert_int_equal(RW_OK, rw_wheel_plan(f->g, &f->e));
}

static inline void
turned_do(struct turned *f)
{
    assert_int_equal(RW_OK, rw_wheel_do(f->g, &f->e));
    for (size_t k = 0; k < f->m->n_sources; k++)
        rw_strike(&f->x->strike, f->x->w, &f->g, 1, k);
    if (f->x->foresight != NULL)
        rw_foresight_pass(f->x->foresight, f->x->w);
    rw_account_gather(&f->g->acc, f->m, TURNED);
}

static inline void
turned_check_and_act(struct turned *f, unsigned t)
{
    rw_wheel_check(f->g);
    rw_wheel_act(f->g);
    rw_account_close(&f->g->acc, f->m, TURNED, t);
}

#endif
