/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/part_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1 << 20, FACTS_MAX = 1 << 16 };

static void
bad(struct rw_record *r)
{
    rw_record_bad(r, "holds what no run writes");
}

static void
get_identity(struct rw_record *r, struct rw_part_head *h)
{
    char *what, *value, *path = rw_record_get_text(r, TEXT_MAX);
    uint64_t n = rw_record_get(r);

    h->identity.scenario = path != NULL ? rw_arena_strdup(&h->arena, path) : NULL;
    free(path);
    if (n > FACTS_MAX)
        bad(r);
    for (uint64_t k = 0; k < n && r->error.code == RW_OK; k++) {
        what = rw_record_get_text(r, TEXT_MAX);
        value = rw_record_get_text(r, TEXT_MAX);
        if (what != NULL && value != NULL)
            r->error.code =
                rw_identity_add(&h->identity, &h->arena, what, value, &r->error);
        free(what);
        free(value);
    }
}

static void
get_there(struct rw_record *r, struct rw_part_head *h, struct rw_part_there *t)
{
    t->range.from = rw_record_get(r);
    t->range.to = rw_record_get(r);
    t->joined = rw_record_get(r);
    t->n_others = rw_record_get(r);
    if (r->error.code != RW_OK)
        return;
    if (t->joined < t->range.from || t->joined > t->range.to ||
        t->n_others > t->range.to - t->joined || t->n_others > rw_record_left(r)) {
        bad(r);
        return;
    }
    t->others = RW_ARENA_NEW(&h->arena, t->n_others, size_t);
    if (t->others == NULL)
        rw_error_set(&r->error, RW_ERR_MEMORY, "no memory to read '%.800s'", r->path);
    for (size_t k = 0; t->others != NULL && k < t->n_others; k++) {
        t->others[k] = rw_record_get(r);
        if (t->others[k] < (k > 0 ? t->others[k - 1] + 1 : t->joined) ||
            t->others[k] >= t->range.to)
            bad(r);
    }
}

/* Futures that are there. */
static size_t
count(const struct rw_part_there *t, size_t n)
{
    size_t sum = rw_range_futures((struct rw_range){t->range.from, t->joined}, n);

    for (size_t k = 0; k < t->n_others; k++)
        sum += rw_range_futures((struct rw_range){t->others[k], t->others[k] + 1}, n);
    return sum;
}

static void
check_range(struct rw_record *r, const struct rw_part_head *h,
    const struct rw_part_there *t, size_t n)
{
    struct rw_range want = rw_run_share_range(h->share, n);

    if (want.from != t->range.from || want.to != t->range.to)
        bad(r);
}

void
rw_part_read_head(struct rw_record *r, struct rw_part_head *h)
{
    get_identity(r, h);
    h->share.part = rw_record_get(r);
    h->share.parts = rw_record_get(r);
    for (size_t k = 0; k < RW_PART_SHAPE; k++)
        h->shape[k] = rw_record_get(r);
    if (h->shape[0] != RW_PART_FORMAT || h->shape[1] != RW_RUN_BLOCK)
        rw_record_bad(r, "is of a format that this version does not read");
    h->seconds = rw_record_get_double(r);
    h->threads = (unsigned)rw_record_get(r);
    h->events = rw_record_get(r);
    get_there(r, h, &h->futures);
    get_there(r, h, &h->nested);
    if (h->share.parts > RW_RUN_SHARES_MAX || h->share.part > h->share.parts ||
        (h->share.parts > 0 && h->share.part == 0) || h->shape[2] > SIZE_MAX / 2 ||
        h->shape[3] > SIZE_MAX / 2)
        bad(r);
    if (r->error.code != RW_OK)
        return;
    check_range(r, h, &h->futures, h->shape[2]);
    check_range(r, h, &h->nested, h->shape[3]);
    h->done = count(&h->futures, h->shape[2]) + count(&h->nested, h->shape[3]);
    h->total = rw_range_futures(h->futures.range, h->shape[2]) +
               rw_range_futures(h->nested.range, h->shape[3]);
}

static void
head_init(struct rw_part_head *h)
{
    memset(h, 0, sizeof *h);
    rw_arena_init(&h->arena);
}

void
rw_part_head_fini(struct rw_part_head *h)
{
    rw_arena_fini(&h->arena);
}

enum rw_err
rw_part_look(const char *path, struct rw_part_head *h, struct rw_error *e)
{
    struct rw_record *r = malloc(sizeof *r);
    enum rw_err err;

    head_init(h);
    if (r == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to read '%.800s'", path);
    err = rw_record_check(path, RW_PART_KIND, e);
    if (err == RW_OK)
        err = rw_record_open(r, path, RW_PART_KIND, e);
    if (err == RW_OK) {
        rw_part_read_head(r, h);
        err = rw_record_close(r, e);
    }
    free(r);
    return err;
}

/* --- the body --- */

static void
get_ledger(struct rw_record *r, struct rw_moments at[], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        at[k].n = rw_record_get(r);
        at[k].mean = rw_record_get_double(r);
        at[k].m2 = rw_record_get_double(r);
    }
}

static void
get_band(struct rw_record *r, struct rw_histogram *h)
{
    uint64_t n, filled;

    n = rw_record_get(r);
    filled = rw_record_get(r);
    if (filled > RW_HISTOGRAM_CELLS)
        bad(r);
    for (uint64_t k = 0; k < filled && r->error.code == RW_OK; k++) {
        uint64_t x = rw_record_get(r);

        if (x >> 32 >= RW_HISTOGRAM_CELLS)
            bad(r);
        else
            h->cell[x >> 32] += (uint32_t)x;
    }
    h->n += n;
}

static void
get_blocks(struct rw_record *r, struct rw_pool *p, const struct rw_part_there *t,
    struct rw_part_rows *rows)
{
    for (size_t b = t->range.from; b < t->joined && r->error.code == RW_OK; b++)
        rw_part_rows_get(rows, r, b);
    if (t->joined > p->joined)
        p->claimed = p->joined = t->joined;
    for (size_t k = 0; k < t->n_others && r->error.code == RW_OK; k++) {
        rw_part_rows_get(rows, r, t->others[k]);
        if (p->histories == 0)
            get_ledger(r, rw_pool_ledger(p, t->others[k]), p->size);
        rw_pool_has(p, t->others[k]);
    }
}

static void
get_body(struct rw_record *r, struct rw_part *p, const struct rw_part_head *h,
    struct rw_part_rows rows[2])
{
    struct rw_pool *f = &p->futures;

    if (h->futures.joined > h->futures.range.from)
        get_ledger(r, f->total, rw_pool_total(f));
    for (size_t k = 0; k < f->n_strategies * f->m->cycles; k++)
        get_band(r, &f->bands[k]);
    rw_part_get_tallies(r, p->o->tallies);
    get_blocks(r, f, &h->futures, &rows[0]);
    if (p->nested.n > 0)
        get_blocks(r, &p->nested, &h->nested, &rows[1]);
    f->events += h->events;
    p->seconds += h->seconds;
    p->threads = h->threads > p->threads ? h->threads : p->threads;
}

static void
check_shape(struct rw_record *r, const struct rw_part *p, const struct rw_part_head *h)
{
    size_t shape[RW_PART_SHAPE];

    rw_part_shape(p, shape);
    if (memcmp(shape, h->shape, sizeof shape) != 0)
        rw_record_bad(r, "is of another run, or of another build of the program");
}

/* Room in the pools for the blocks that lie ahead of missing ones. */
static enum rw_err
make_pools(struct rw_part *p, const struct rw_part_head *h, struct rw_error *e)
{
    const struct rw_part_there *t[2] = {&h->futures, &h->nested};
    struct rw_pool *pool[2] = {&p->futures, &p->nested};
    enum rw_err err = RW_OK;

    for (int i = 0; i < 2 && err == RW_OK; i++) {
        if (t[i]->n_others > 0)
            pool[i]->reach = t[i]->others[t[i]->n_others - 1] + 1 - t[i]->joined;
        err = rw_pool_init(pool[i], e);
    }
    return err;
}

/* "part 3 of 8" */
static const char *
name_part(char buf[64], struct rw_run_share s)
{
    if (s.parts == 0)
        return "all of it";
    snprintf(buf, 64, "part %zu of %zu", s.part, s.parts);
    return buf;
}

static enum rw_err
check_identity(const struct rw_part *p, const char *path, const struct rw_part_head *h,
    struct rw_error *e)
{
    struct rw_text t;
    enum rw_err err = RW_OK;
    char is[64], wanted[64];

    rw_text_init(&t);
    if (rw_identity_differs(&h->identity, p->identity, &t) > 0)
        err = rw_error_set(e, RW_ERR_INPUT,
            "'%.300s' is of another run: %s; what it was begun with goes on from it",
            path, t.failed || t.s == NULL ? "" : t.s);
    else if (h->share.part != p->share.part || h->share.parts != p->share.parts)
        err = rw_error_set(e, RW_ERR_INPUT,
            "'%.300s' is of another part of the run: %s and not %s", path,
            name_part(is, h->share), name_part(wanted, p->share));
    rw_text_fini(&t);
    return err;
}

/* Reads a file whose head is known; make: into pools that are to be made. */
static enum rw_err
load(struct rw_part *p, const char *path, bool resume, struct rw_error *e)
{
    struct rw_record *r = malloc(sizeof *r);
    struct rw_part_rows rows[2] = {{.n = 0}, {.n = 0}};
    struct rw_part_head h;
    enum rw_err err = rw_part_rows_init(&rows[0], p, false, e);

    head_init(&h);
    if (err == RW_OK)
        err = rw_part_rows_init(&rows[1], p, true, e);
    if (r == NULL)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory to read '%.800s'", path);
    if (err == RW_OK)
        err = rw_record_open(r, path, RW_PART_KIND, e);
    if (err == RW_OK) {
        rw_part_read_head(r, &h);
        if (r->error.code == RW_OK)
            check_shape(r, p, &h);
        if (r->error.code == RW_OK && resume)
            r->error.code = make_pools(p, &h, &r->error);
        if (r->error.code == RW_OK && !resume &&
            (h.done < h.total || h.futures.range.from != p->futures.joined ||
                (p->nested.n > 0 && h.nested.range.from != p->nested.joined)))
            rw_record_bad(r, "is not the share that comes next, or not complete");
        if (r->error.code == RW_OK)
            get_body(r, p, &h, rows);
        err = rw_record_close(r, e);
    }
    rw_part_head_fini(&h);
    rw_part_rows_fini(&rows[0]);
    rw_part_rows_fini(&rows[1]);
    free(r);
    return err;
}

enum rw_err
rw_part_resume(struct rw_part *p, const char *path, size_t *done, struct rw_error *e)
{
    struct rw_part_head h;
    enum rw_err err = rw_part_look(path, &h, e);

    if (err == RW_OK)
        err = check_identity(p, path, &h, e);
    *done = h.done;
    rw_part_head_fini(&h);
    return err == RW_OK ? load(p, path, true, e) : err;
}

enum rw_err
rw_part_join(struct rw_part *p, const char *path, struct rw_error *e)
{
    return load(p, path, false, e);
}
