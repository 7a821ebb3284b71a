/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a run calls plugins, no file can be opened; and it gives the same bytes. */
#include "base/fence.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/turn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

enum { N = 5000 };

static atomic_int calls, pilots, opened;

/* A threat whose plugin wants to read a file, wherever it is called. */
static void
reach_out(void)
{
    int file = open("/dev/null", O_RDONLY);

    if (file < 0 && errno == EPERM)
        return;
    atomic_fetch_add(&opened, 1);
    if (file >= 0)
        close(file);
}

static enum rw_err
curious_open(const struct rw_plugin_use *u, void **instance, struct rw_error *e)
{
    static int one;

    (void)u, (void)e;
    *instance = &one;
    reach_out();
    return RW_OK;
}

static enum rw_err
curious_begin(void *instance, struct rw_error *e)
{
    (void)instance, (void)e;
    reach_out();
    return RW_OK;
}

static enum rw_err
curious_call(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    (void)instance, (void)e;
    atomic_fetch_add(&calls, 1);
    if (c->first >= RW_PILOT_FIRST)
        atomic_fetch_add(&pilots, 1);
    reach_out();
    for (size_t i = 0; i < c->n; i++)
        c->fields[RW_THREAT_FREQUENCY].x[i] = 1 + (double)(i % 7);
    c->fields[RW_THREAT_FREQUENCY].assigned = true;
    return RW_OK;
}

static void
curious_close(void *instance)
{
    (void)instance;
}

static enum rw_err
try(struct rw_arena *a, enum rw_fence choice, unsigned threads, struct rw_outcome **o,
    struct rw_error *e)
{
    static const struct rw_plugin_ops ops = {.open = curious_open,
        .begin = curious_begin,
        .call = curious_call,
        .close = curious_close};
    static const struct rw_plugin plugin = {.name = "curious", .ops = &ops};
    struct rw_run_options x = {.trials = N, .threads = threads};
    struct rw_model *m = small_model(a, 1, 1, 0, 1, 2, 2);
    enum rw_err err;

    rw_error_clear(e);
    m->threats[0].use.plugin = &plugin;
    small_build(m, a);
    atomic_store(&calls, 0);
    atomic_store(&pilots, 0);
    atomic_store(&opened, 0);
    rw_fence_choose(choice);
    err = rw_run(m, &x, o, e);
    rw_fence_choose(RW_FENCE_AUTO);
    return err;
}

static struct rw_outcome *
run(struct rw_arena *a, enum rw_fence choice, unsigned threads)
{
    struct rw_outcome *o = NULL;
    struct rw_error e;

    if (try(a, choice, threads, &o, &e) != RW_OK) {
        assert_int_equal(e.code, RW_ERR_TOOL);
        print_message("%s\n", e.text);
        rw_outcome_free(o);
        rw_arena_fini(a);
        skip();
    }
    assert_true(atomic_load(&pilots) > 0);
    assert_true(atomic_load(&calls) > atomic_load(&pilots));
    return o;
}

static void
no_call_of_a_plugin_opens_a_file(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o;

    (void)state;
    rw_arena_init(&a);
    o = run(&a, RW_FENCE_ON, 3);
    assert_int_equal(atomic_load(&opened), 0);
    rw_outcome_free(o);
    o = run(&a, RW_FENCE_OFF, 3);
    assert_true(atomic_load(&opened) > atomic_load(&calls));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
the_fence_changes_no_byte(void **state)
{
    struct rw_arena a;
    struct rw_outcome *with, *without;

    (void)state;
    rw_arena_init(&a);
    with = run(&a, RW_FENCE_ON, 2);
    without = run(&a, RW_FENCE_OFF, 1);
    assert_memory_equal(with->year_loss[0], without->year_loss[0], N * sizeof(double));
    assert_memory_equal(
        with->horizon_loss[0], without->horizon_loss[0], N * sizeof(double));
    rw_outcome_free(with);
    rw_outcome_free(without);
    rw_arena_fini(&a);
}

/* As under valgrind. */
static void
where_there_is_none_a_run_that_must_have_one_ends(void **state)
{
    struct rw_arena a;
    struct rw_outcome *o = NULL;
    struct rw_error e;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(setenv("LD_PRELOAD", "vgpreload_none", 1), 0);
    assert_int_equal(try(&a, RW_FENCE_ON, 2, &o, &e), RW_ERR_TOOL);
    unsetenv("LD_PRELOAD");
    assert_int_equal(atomic_load(&calls), 0);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(no_call_of_a_plugin_opens_a_file),
    cmocka_unit_test(the_fence_changes_no_byte),
    cmocka_unit_test(where_there_is_none_a_run_that_must_have_one_ends))
