/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in parts, and runs that were broken off: to the byte the run in one piece. */
#include "base/record.h"
#include "run/part.h"
#include "tests/base/scratch.h"
#include "tests/support/small.h"

#include <time.h>

enum { TRIALS = 12345, TRUTHS = 55, HISTORIES = 70, SEED = 3 };

static volatile sig_atomic_t raised;
static uint64_t raise_at; /* the run is interrupted amid the block of this future */
static struct rw_identity identity;
static struct rw_arena arena;
static struct rw_error e;
static enum rw_futures how; /* parts hold their futures */

static enum rw_err
hook_open(const struct rw_plugin_use *u, void **instance, struct rw_error *err)
{
    static int one;

    (void)u;
    (void)err;
    *instance = &one;
    return RW_OK;
}

static enum rw_err
hook_begin(void *instance, struct rw_error *err)
{
    (void)instance;
    (void)err;
    return RW_OK;
}

static bool naps; /* every third block takes longer: others are there before it */

static enum rw_err
hook_call(void *instance, struct rw_hook_call *c, struct rw_error *err)
{
    const struct timespec nap = {.tv_nsec = 1000000};

    (void)instance;
    (void)err;
    if (naps && c->first / RW_RUN_BLOCK % 3 == 0)
        (void)nanosleep(&nap, NULL);
    if (c->first >= raise_at && c->first - raise_at < TRIALS)
        __atomic_store_n(&raised, SIGINT, __ATOMIC_RELAXED);
    for (size_t i = 0; i < c->n; i++)
        c->fields[RW_THREAT_FREQUENCY].x[i] = 2;
    return RW_OK;
}

static void
hook_close(void *instance)
{
    (void)instance;
}

/* Three threats, one of a plugin, a failing control, half-years for two years. */
static struct rw_model *
make(void)
{
    static const struct rw_plugin_ops ops = {
        .open = hook_open, .begin = hook_begin, .call = hook_call, .close = hook_close};
    static const struct rw_plugin plugin = {.name = "hook", .ops = &ops};
    static struct rw_appetite appetite[] = {{300, 0.1}, {0, 0.5}};
    struct rw_model *m = small_model(&arena, 2, 3, 2, 2, 4, 2);

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 1});
    m->threats[1].law = RW_COUNT_NEGBIN;
    m->threats[1].dispersion = 2;
    m->threats[2].use.plugin = &plugin;
    for (size_t k = 0; k < 3; k++)
        m->threats[k].losses[0].amount =
            SMALL_DIST("gamma", {"mean", 100}, {"sd", 150});
    m->controls[0].efficacy.dist =
        SMALL_DIST("pert", {"min", 0.2}, {"mode", 0.6}, {"max", 0.9});
    m->controls[1].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
    m->controls[0].fails = 1;
    m->controls[0].fail_years = 0.3;
    m->strategies[1].audit_share = 0.5;
    m->appetite = appetite;
    m->n_appetite = 2;
    small_plan(m, &arena, 1, 0, 0);
    small_plan(m, &arena, 1, 1, 2);
    small_build(m, &arena);
    return m;
}

static struct rw_run_options
options(struct rw_keep *keep, unsigned threads)
{
    static const size_t watched[] = {0, 2};

    if (keep != NULL)
        keep->identity = &identity;
    raised = 0;
    return (struct rw_run_options){.trials = TRIALS,
        .seed = SEED,
        .seed_given = true,
        .threads = threads,
        .watched = watched,
        .n_watched = 2,
        .stop = &raised,
        .futures = how,
        .nest = {.truths = TRUTHS, .histories = HISTORIES},
        .keep = keep};
}

static struct rw_outcome *
whole(const struct rw_model *m)
{
    struct rw_run_options x = options(NULL, 2);
    struct rw_outcome *o;

    raise_at = UINT64_MAX;
    if (how == RW_FUTURES_PACKED)
        x.futures = RW_FUTURES_PLAIN;
    assert_int_equal(RW_OK, rw_run(m, &x, &o, &e));
    return o;
}

static void
assert_rows(double *const x[], double *const y[], size_t rows, size_t n)
{
    for (size_t k = 0; k < rows; k++)
        assert_memory_equal(x[k], y[k], n * sizeof **x);
}

static void
assert_moments(const struct rw_moments *x, const struct rw_moments *y, size_t n)
{
    assert_memory_equal(x, y, n * sizeof *x);
}

/* Of tallied runs. */
static void
assert_tallies(const struct rw_tallies *x, const struct rw_tallies *y)
{
    static const struct rw_tally_cell empty[RW_TALLY_PAGE];

    assert_int_equal(x->n, y->n);
    assert_moments(x->moments, y->moments, x->n);
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_tally *a = &x->tally[k], *b = &y->tally[k];

        assert_int_equal(TRIALS, a->n);
        assert_int_equal(a->n, b->n);
        assert_int_equal(a->zero, b->zero);
        assert_true(a->min == b->min && a->max == b->max);
        assert_memory_equal(a->over, b->over, a->n_at * sizeof *a->over);
        for (size_t p = 0; p < RW_TALLY_PAGES; p++)
            assert_memory_equal(a->page[p] ? a->page[p] : empty,
                b->page[p] ? b->page[p] : empty, sizeof empty);
    }
}

/* x: plain. */
static void
assert_futures(const struct rw_outcome *x, const struct rw_outcome *y)
{
    static double row[TRIALS];
    double *plain[16];
    struct rw_rows shape = rw_rows_of(x);

    assert_int_equal(16, rw_rows_count(&shape));
    assert_int_equal(how == RW_FUTURES_PACKED, y->packed != NULL);
    rw_outcome_rows(x, plain);
    for (size_t k = 0; k < 16; k++) {
        assert_int_equal(RW_OK, rw_outcome_column(y, rw_column_row(k), row, NULL, &e));
        assert_memory_equal(plain[k], row, sizeof row);
    }
}

static void
assert_same(const struct rw_outcome *x, const struct rw_outcome *y)
{
    assert_int_equal(x->n, y->n);
    if (x->tallies == NULL) {
        assert_futures(x, y);
    } else {
        assert_tallies(x->tallies, y->tallies);
        assert_rows(x->risk_year, y->risk_year, 2, x->n);
    }
    assert_int_equal(x->nested.truths, y->nested.truths);
    assert_rows(x->nested.year_loss, y->nested.year_loss, 4, TRUTHS * HISTORIES);
    for (size_t k = 0; k < 8; k++) {
        const struct rw_cell *c = &x->cells[k], *d = &y->cells[k];

        assert_moments(&c->residual, &d->residual, 1);
        assert_moments(&c->loss, &d->loss, 1);
        assert_moments(&c->failed, &d->failed, 1);
        assert_moments(c->risk_rate, d->risk_rate, x->model->n_risks);
        assert_moments(c->operating, d->operating, 2);
        assert_memory_equal(&x->bands[k], &y->bands[k], sizeof *x->bands);
    }
    for (size_t s = 0; s < 2; s++)
        assert_moments(x->breakdown[s].threat_loss, y->breakdown[s].threat_loss, 3);
}

static const char *
shard(size_t k)
{
    char name[32];

    snprintf(name, sizeof name, "s.%zu", k);
    return rw_arena_strdup(&arena, scratch_path(name));
}

static void
make_shards(const struct rw_model *m, size_t n, const char *paths[])
{
    for (size_t k = 0; k < n; k++) {
        struct rw_keep keep = {.share = {k + 1, n}, .shard = paths[k] = shard(k)};
        struct rw_run_options x = options(&keep, 1 + (unsigned)k % 3);
        struct rw_outcome *o;

        assert_int_equal(RW_OK, rw_run(m, &x, &o, &e));
        assert_null(o->cells);
        rw_outcome_free(o);
    }
}

static void
shares_are_all_of_it_and_none_twice(void **state)
{
    const size_t futures[] = {1, 1024, 1025, 12345, 1000000, 1000000000};

    (void)state;
    for (size_t k = 0; k < sizeof futures / sizeof *futures; k++)
        for (size_t parts = 1; parts <= 100; parts++) {
            size_t blocks = rw_blocks(futures[k]), to = 0, n = 0;

            for (size_t part = 1; part <= parts; part++) {
                struct rw_range r =
                    rw_run_share_range((struct rw_run_share){part, parts}, futures[k]);

                assert_int_equal(to, r.from);
                assert_in_range(r.to - r.from, blocks / parts, blocks / parts + 1);
                to = r.to;
                n += rw_range_futures(r, futures[k]);
            }
            assert_int_equal(blocks, to);
            assert_int_equal(futures[k], n);
        }
}

static void
differs(const struct rw_identity *x, const struct rw_identity *y, size_t n,
    const char *words)
{
    struct rw_text t;

    rw_text_init(&t);
    assert_int_equal(n, rw_identity_differs(x, y, &t));
    assert_string_equal(words, t.s == NULL ? "" : t.s);
    rw_text_fini(&t);
}

static void
differences_are_told_by_name(void **state)
{
    static const char *const of[2][4] = {
        {"7", "a", "b",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
        {"8", "a", "c",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}};
    static const char *const what[4] = {"seed", "--set", "--set", "scenario"};
    struct rw_identity x[2] = {{.scenario = "x"}, {.scenario = "y"}}, none = {.n = 0};

    (void)state;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < 4; i++)
            assert_int_equal(
                RW_OK, rw_identity_add(&x[k], &arena, what[i], of[k][i], &e));
    static const char *const plans[3] = {"nothing", "roadmap", "pdca"};
    struct rw_identity all = {.scenario = "z"}, some = {.scenario = "z"};
    struct rw_identity back = {.scenario = "z"};

    for (int i = 0; i < 3; i++) {
        assert_int_equal(
            RW_OK, rw_identity_add(&all, &arena, "strategy", plans[i], &e));
        assert_int_equal(
            RW_OK, rw_identity_add(&back, &arena, "strategy", plans[2 - i], &e));
        if (i != 1)
            assert_int_equal(
                RW_OK, rw_identity_add(&some, &arena, "strategy", plans[i], &e));
    }
    differs(&all, &some, 1, "also strategy roadmap");
    differs(&some, &all, 1, "no strategy roadmap");
    differs(&all, &back, 1, "another order of strategy");
    some.n = 1;
    differs(&all, &some, 2, "also strategy roadmap, also strategy pdca");
    differs(&x[0], &x[0], 0, "");
    differs(&x[0], &x[1], 3,
        "seed 7 and not 8, --set b and not c, scenario 0123456789ab and not "
        "ffffffffffff");
    x[1].n = 2;
    differs(
        &x[0], &x[1], 3, "seed 7 and not 8, also --set b, also scenario 0123456789ab");
    x[0].n = 1;
    differs(&x[0], &x[1], 2, "seed 7 and not 8, no --set a");
    x[0].n = 4;
    differs(
        &none, &x[0], 4, "no seed 7, no --set a, no --set b, no scenario 0123456789ab");
}

/* 12345 futures are 13 blocks, 3850 nested ones 4: some shares of 20 have none. */
static void
shares_merged_are_the_run(void **state)
{
    const size_t parts[] = {1, 2, 3, 7, 13, 20};
    struct rw_model *m = make();
    struct rw_outcome *one = whole(m), *o;
    const char *paths[20];

    (void)state;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        struct rw_run_options x = options(NULL, 1);

        make_shards(m, parts[k], paths);
        if (rw_run_merge(m, &x, paths, parts[k], &o, &e) != RW_OK)
            fail_msg("%s", e.text);
        assert_same(one, o);
        assert_int_equal(one->events, o->events);
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
}

static void
shares_in_another_order_or_missing_are_refused(void **state)
{
    struct rw_model *m = make();
    struct rw_run_options x = options(NULL, 1);
    const char *paths[3], *turned[3];
    struct rw_outcome *o;

    (void)state;
    raise_at = UINT64_MAX;
    make_shards(m, 3, paths);
    turned[0] = paths[0];
    turned[1] = paths[2];
    turned[2] = paths[1];
    assert_int_equal(RW_ERR_INPUT, rw_run_merge(m, &x, turned, 3, &o, &e));
    assert_non_null(strstr(e.text, paths[2]));
    rw_outcome_free(o);
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_INPUT, rw_run_merge(m, &x, paths, 2, &o, &e));
    assert_non_null(strstr(e.text, "missing"));
    rw_outcome_free(o);
    x.trials++;
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_INPUT, rw_run_merge(m, &x, paths, 3, &o, &e));
    rw_outcome_free(o);
}

/* Interrupted amid one block after the other, each time with another number of
 * threads; then it goes on to the end. */
static struct rw_outcome *
broken_off(
    const struct rw_model *m, struct rw_run_share share, const char *to, size_t step)
{
    const char *path = rw_arena_strdup(&arena, scratch_path("c"));
    struct rw_keep keep = {.share = share, .checkpoint = path, .shard = to};
    struct rw_outcome *o = NULL;
    enum rw_err err = RW_ERR_INTERRUPT;
    size_t saved = 0, turn = 0;

    naps = true;
    for (raise_at = 500; err == RW_ERR_INTERRUPT; raise_at += step) {
        struct rw_run_options x = options(&keep, 1 + (unsigned)turn++ % 4);

        if (raise_at > TRIALS + step) /* and once amid the nested run */
            raise_at = UINT64_MAX;
        else if (raise_at > TRIALS)
            raise_at = RW_NESTED_FIRST + 2000;
        rw_error_clear(&e);
        rw_outcome_free(o);
        err = rw_run(m, &x, &o, &e);
        if (err != RW_OK && err != RW_ERR_INTERRUPT)
            fail_msg("%s", e.text);
        assert_true(keep.saved >= saved); /* nothing is lost */
        saved = keep.saved;
        keep.resume = path;
        if (raise_at > TRIALS && raise_at < UINT64_MAX)
            raise_at = TRIALS + step;
    }
    assert_int_equal(keep.total, keep.saved);
    return o;
}

static void
a_run_that_goes_on_is_the_run(void **state)
{
    struct rw_model *m = make();
    struct rw_outcome *one = whole(m), *o;
    const size_t steps[] = {700, 1500, 4000};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        o = broken_off(m, (struct rw_run_share){0, 0}, NULL, steps[k]);
        assert_same(one, o);
        assert_int_equal(one->events, o->events);
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
}

static void
a_share_that_goes_on_is_the_share(void **state)
{
    struct rw_model *m = make();
    struct rw_outcome *one = whole(m), *o;
    struct rw_run_options x;
    const char *paths[3];

    (void)state;
    for (size_t k = 0; k < 3; k++)
        rw_outcome_free(
            broken_off(m, (struct rw_run_share){k + 1, 3}, paths[k] = shard(k), 1200));
    x = options(NULL, 1);
    assert_int_equal(RW_OK, rw_run_merge(m, &x, paths, 3, &o, &e));
    assert_same(one, o);
    rw_outcome_free(o);
    rw_outcome_free(one);
}

static void
packed_parts_are_the_run_too(void **state)
{
    how = RW_FUTURES_PACKED;
    shares_merged_are_the_run(state);
    a_run_that_goes_on_is_the_run(state);
    a_share_that_goes_on_is_the_share(state);
}

static void
put_file(const char *path, const char *bytes, size_t n)
{
    assert_int_equal(RW_OK, rw_file_write(path, bytes, n, NULL));
}

/* Never read, never crashed over: neither where its sum tells nor, as here, where the
 * sum is right and what stands in it is not what a run writes. */
static void
forged_numbers_are_refused(void **state)
{
    struct rw_model *m = make();
    struct rw_run_options x;
    struct rw_outcome *o;
    struct rw_sha256 sum;
    const char *paths[2];
    size_t n, refused = 0;
    char *bytes;

    (void)state;
    raise_at = UINT64_MAX;
    make_shards(m, 2, paths);
    assert_int_equal(RW_OK, rw_file_read(paths[1], 1 << 24, &bytes, &n, NULL));
    for (size_t k = 0; k < 120; k++) {
        size_t at = 8 + 4 * k;
        char old = bytes[at];

        bytes[at] = (char)(old ^ (k % 2 ? 0x80 : 0x01));
        rw_sha256_init(&sum);
        rw_sha256_add(&sum, bytes, n - 32);
        rw_sha256_end(&sum, (unsigned char *)bytes + n - 32);
        put_file(paths[1], bytes, n);
        x = options(NULL, 1);
        rw_error_clear(&e);
        refused += rw_run_merge(m, &x, paths, 2, &o, &e) == RW_ERR_INPUT;
        rw_outcome_free(o);
        bytes[at] = old;
    }
    assert_true(refused > 60); /* the others changed seconds, threads and the like */
    free(bytes);
}

/* The same bytes whoever counts: threads, shares, runs that go on. */
static void
tallied_parts_are_the_run_too(void **state)
{
    struct rw_model *m = make();
    struct rw_outcome *one, *o;

    how = RW_FUTURES_TALLIED;
    one = whole(m);
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct rw_run_options x = options(NULL, threads);

        assert_int_equal(RW_OK, rw_run(m, &x, &o, &e));
        assert_same(one, o);
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
    shares_merged_are_the_run(state);
    a_run_that_goes_on_is_the_run(state);
    a_share_that_goes_on_is_the_share(state);
    forged_numbers_are_refused(state);
}

static void
every_flipped_bit_is_refused(void **state)
{
    struct rw_model *m = make();
    struct rw_run_options x;
    struct rw_outcome *o;
    const char *paths[2];
    size_t n;
    char *bytes;

    (void)state;
    raise_at = UINT64_MAX;
    make_shards(m, 2, paths);
    assert_int_equal(RW_OK, rw_file_read(paths[0], 1 << 24, &bytes, &n, NULL));
    for (size_t k = 0; k < 300; k++) {
        size_t at = k < 200 ? n * k / 200 : k - 200;

        bytes[at] = (char)(bytes[at] ^ (1 << k % 8));
        put_file(paths[0], bytes, n);
        x = options(NULL, 1);
        rw_error_clear(&e);
        assert_int_equal(RW_ERR_INPUT, rw_run_merge(m, &x, paths, 2, &o, &e));
        assert_non_null(strstr(e.text, paths[0]));
        rw_outcome_free(o);
        bytes[at] = (char)(bytes[at] ^ (1 << k % 8));
    }
    free(bytes);
}

static void
a_checkpoint_of_another_run_is_refused(void **state)
{
    struct rw_model *m = make();
    struct rw_identity other = {.scenario = "x.json"};
    struct rw_keep keep = {.checkpoint = shard(0)};
    struct rw_run_options x = options(&keep, 2);
    struct rw_outcome *o;

    (void)state;
    raise_at = UINT64_MAX;
    assert_int_equal(RW_OK, rw_run(m, &x, &o, &e));
    rw_outcome_free(o);
    assert_int_equal(RW_OK, rw_identity_add(&other, &arena, "seed", "4", &e));
    x = options(&keep, 2);
    keep.identity = &other;
    keep.resume = keep.checkpoint;
    assert_int_equal(RW_ERR_INPUT, rw_run(m, &x, &o, &e));
    assert_non_null(strstr(e.text, "seed 3 and not 4"));
    rw_outcome_free(o);
    rw_error_clear(&e);
    x = options(&keep, 2);
    keep.share = (struct rw_run_share){2, 3};
    assert_int_equal(RW_ERR_INPUT, rw_run(m, &x, &o, &e));
    assert_non_null(strstr(e.text, "another part of the run"));
    rw_outcome_free(o);
}

static size_t told;

static void
tell(void *self, const struct rw_error *err)
{
    (void)self;
    assert_int_equal(RW_ERR_IO, err->code);
    told++;
}

static void
a_place_that_is_none_is_found_first(void **state)
{
    struct rw_model *m = make();
    struct rw_keep keep = {.checkpoint = scratch_path("no/where"), .tell = tell};
    struct rw_run_options x = options(&keep, 2);
    struct rw_outcome *o;

    (void)state;
    raise_at = 0; /* not even the first block */
    assert_int_equal(RW_ERR_IO, rw_run(m, &x, &o, &e));
    assert_int_equal(0, raised);
    assert_int_equal(0, told);
    rw_outcome_free(o);
}

/* Rows that follow from others are in the file like any, whoever writes it, and whoever
 * reads it. */
static void
shares_of_one_cycle_are_read_by_all(void **state)
{
    static const enum rw_futures ways[2] = {RW_FUTURES_PLAIN, RW_FUTURES_PACKED};
    static double want[TRIALS], got[TRIALS];
    struct rw_model *m = small_model(&arena, 1, 3, 1, 2, 1, 1);
    struct rw_run_options x;
    struct rw_outcome *one, *o;
    struct rw_rows shape;
    const char *paths[3];

    (void)state;
    m->threats[0].losses[0].amount = SMALL_DIST("gamma", {"mean", 100}, {"sd", 150});
    m->controls[0].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
    m->discount_rate = 0.07;
    small_plan(m, &arena, 1, 0, 0);
    small_build(m, &arena);
    how = RW_FUTURES_PACKED;
    x = options(NULL, 2);
    x.nest.truths = 0;
    assert_int_equal(RW_OK, rw_run(m, &x, &one, &e));
    shape = rw_rows_of(one);
    for (size_t w = 0; w < 2; w++) {
        struct rw_keep keep = {.identity = &identity};

        x.keep = &keep;
        x.futures = ways[w];
        for (size_t k = 0; k < 3; k++) {
            keep.share = (struct rw_run_share){k + 1, 3};
            keep.shard = paths[k] = shard(k);
            assert_int_equal(RW_OK, rw_run(m, &x, &o, &e));
            rw_outcome_free(o);
        }
        x.keep = NULL;
        x.futures = ways[1 - w];
        if (rw_run_merge(m, &x, paths, 3, &o, &e) != RW_OK)
            fail_msg("%s", e.text);
        assert_int_equal(o->packed != NULL, w == 0);
        for (size_t k = 0; k < rw_rows_count(&shape); k++) {
            struct rw_column c = rw_column_row(k);

            assert_int_equal(RW_OK, rw_outcome_column(one, c, want, NULL, &e));
            assert_int_equal(RW_OK, rw_outcome_column(o, c, got, NULL, &e));
            assert_memory_equal(want, got, sizeof want);
        }
        rw_outcome_free(o);
    }
    rw_outcome_free(one);
}

static int
before(void **state)
{
    rw_arena_init(&arena);
    rw_error_clear(&e);
    naps = false;
    how = RW_FUTURES_ANY;
    identity = (struct rw_identity){.scenario = "x.json"};
    if (rw_identity_add(&identity, &arena, "seed", "3", &e) != RW_OK)
        return -1;
    return scratch_make(state);
}

static int
after(void **state)
{
    rw_arena_fini(&arena);
    return scratch_remove(state);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, before, after)

CHECK_MAIN(CASE(shares_are_all_of_it_and_none_twice),
    CASE(differences_are_told_by_name), CASE(shares_merged_are_the_run),
    CASE(shares_in_another_order_or_missing_are_refused),
    CASE(a_run_that_goes_on_is_the_run), CASE(a_share_that_goes_on_is_the_share),
    CASE(packed_parts_are_the_run_too), CASE(tallied_parts_are_the_run_too),
    CASE(shares_of_one_cycle_are_read_by_all), CASE(forged_numbers_are_refused),
    CASE(every_flipped_bit_is_refused), CASE(a_checkpoint_of_another_run_is_refused),
    CASE(a_place_that_is_none_is_found_first))
