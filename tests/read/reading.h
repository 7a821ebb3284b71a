/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/read/reading.h -- a scenario that is read, and all it leaves. */
#ifndef RW_TESTS_READ_READING_H
#define RW_TESTS_READ_READING_H

#include "read/read.h"
#include "tests/read/corpus.h"
#include "tests/read/finder.h"
#include "tests/support/check.h"

/* One reading and all it leaves. */
struct reading {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_text report;
    struct rw_error e;
    enum rw_err err;
};

static inline void
read_bytes(struct reading *r, const char *bytes, size_t n,
    const struct rw_read_set sets[], size_t n_sets)
{
    finder_init();
    rw_arena_init(&r->a);
    rw_error_clear(&r->e);
    r->err = rw_read_scenario_bytes(
        "test.json", bytes, n, sets, n_sets, &finder, &r->a, &r->m, &r->report, &r->e);
}

static inline void
read_corpus(
    struct reading *r, const char *name, const struct rw_read_set sets[], size_t n_sets)
{
    size_t n;
    char *bytes = corpus_read("valid", name, ".json", &n);

    read_bytes(r, bytes, n, sets, n_sets);
    free(bytes);
}

static inline void
done(struct reading *r)
{
    rw_text_fini(&r->report);
    rw_arena_fini(&r->a);
}

static inline void
assert_read(const struct reading *r)
{
    if (r->err != RW_OK)
        fail_msg("code %d: %s%s", r->err, r->e.text, r->report.s ? r->report.s : "");
    assert_int_equal(r->report.len, 0);
}

#endif
