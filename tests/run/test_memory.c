/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run and its results take, by the peak of a process of its own. */
#include "run/outcome_make.h"
#include "study/result.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FEW = 16384, MANY = 16 * FEW, S = 3, Y = 2, WRITTEN = S * (2 * Y + 2) };

static struct rw_arena arena;
static struct rw_model *model;

/* Losses in every year; the second strategy changes half of them, the third none. */
static struct rw_model *
make(void)
{
    struct rw_model *m = small_model(&arena, 1, 2, 2, S, Y, 1);

    for (size_t k = 0; k < 2; k++) {
        m->threats[k].frequency.dist = rw_dist_constant(2);
        m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mean", 100}, {"sd", 150});
        m->controls[k].efficacy.dist = rw_dist_constant(0.1);
    }
    small_plan(m, &arena, 1, 0, 0);
    small_build(m, &arena);
    return m;
}

#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
/* Bytes that the process had at most. */
static double
peak(enum rw_futures how, size_t trials)
{
    struct rusage use;
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        struct rw_run_options x = {.trials = trials, .threads = 2, .futures = how};
        struct rw_outcome *o;
        struct rw_result *r;
        struct rw_error e;

        rw_error_clear(&e);
        _exit(rw_run(model, &x, &o, &e) != RW_OK ||
              rw_result_make(o, &arena, &r, &e) != RW_OK);
    }
    assert_int_equal(child, wait4(child, &status, 0, &use));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return (double)use.ru_maxrss * 1024;
}
#endif

/* A run must not keep more of a future than it says: rows as they are, but for what
 * nobody spends, and half a one of the law that is made; packed, half of them here, and
 * one and a half of the law; of a histogram nothing. */
static void
memory_grows_with_the_futures_as_it_is_said(void **state)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    (void)state;
    skip(); /* they keep memory of their own */
#else
    static const double most[] = {[RW_FUTURES_PLAIN] = 8 * (WRITTEN + 0.5),
        [RW_FUTURES_PACKED] = 8 * (0.5 * WRITTEN + 1.5),
        [RW_FUTURES_TALLIED] = 4};
    const double more = MANY - FEW, spare = 3 << 20;

    (void)state;
    rw_arena_init(&arena);
    model = make();
    for (int how = RW_FUTURES_PLAIN; how <= RW_FUTURES_TALLIED; how++) {
        double grown =
            peak((enum rw_futures)how, MANY) - peak((enum rw_futures)how, FEW);

        if (grown > most[how] * more + spare)
            fail_msg("way %d: %.3g bytes a future, %.3g at most", how, grown / more,
                most[how]);
        if (how == RW_FUTURES_PLAIN) /* and it is measured at all */
            assert_true(grown > 0.9 * 8 * WRITTEN * more);
    }
    rw_arena_fini(&arena);
#endif
}

/* Pages of a row that are there. */
static size_t
pages_there(double row[], size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), found = 0;
    uintptr_t from = ((uintptr_t)row + page - 1) / page * page;
    size_t pages = ((uintptr_t)(row + n) - from) / page;
    unsigned char *there = calloc(pages + 1, 1);

    assert_non_null(there);
    assert_int_equal(0, mincore((void *)from, pages * page, there));
    for (size_t k = 0; k < pages; k++)
        found += there[k] & 1;
    free(there);
    return found;
}

/* All rows' pages before the outcome is freed, but for some that two threads have half
 * of; one thread frees them as they are. */
static void
pages_are_given_back(void **state)
{
    struct rw_run_options x = {.trials = MANY, .futures = RW_FUTURES_PLAIN};
    unsigned processors = rw_run_processors();
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    for (x.threads = 1; x.threads <= 2; x.threads++) {
        struct rw_outcome *o;
        double *row;
        size_t before;

        rw_arena_init(&arena);
        model = make();
        assert_int_equal(rw_run(model, &x, &o, &e), RW_OK);
        rw_arena_fini(&arena); /* the model is gone first */
        row = o->year_loss[0];
        before = pages_there(row, o->n);
        assert_true(before > 0);
        rw_outcome_give_back(o);
        if (x.threads == 1)
            assert_int_equal(pages_there(row, o->n), before);
        else if (processors > 1)
            assert_true(pages_there(row, o->n) <= MANY >> 17); /* one a seam */
        rw_outcome_free(o);
    }
}

CHECK_MAIN(cmocka_unit_test(memory_grows_with_the_futures_as_it_is_said),
    cmocka_unit_test(pages_are_given_back))
