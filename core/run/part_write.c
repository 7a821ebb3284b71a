/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/part_file.h"

#include <stdlib.h>
#include <string.h>

void
rw_part_shape(const struct rw_part *p, size_t shape[RW_PART_SHAPE])
{
    const struct rw_outcome *o = p->o;
    const size_t x[RW_PART_SHAPE] = {RW_PART_FORMAT, RW_RUN_BLOCK, p->futures.n,
        p->nested.n, p->nested.histories, o->n_strategies, o->years, o->model->cycles,
        p->futures.size, rw_part_rows(o, false), rw_part_rows(o, true)};

    memcpy(shape, x, sizeof x);
}

/* What a pool had at one moment; what it goes on to change is copied. */
struct view {
    const struct rw_pool *p;
    size_t joined;                      /* in total; blocks from there on are listed */
    size_t *others, n_others;           /* (window) */
    struct rw_moments *total, *ledgers; /* ledgers: of the others, unless apart */
    struct rw_histogram *bands;
    struct rw_tallies *tallies; /* NULL: there are none */
    uint64_t events;
};

static bool
make_view(struct view *v, const struct rw_pool *p)
{
    size_t size = p->histories > 0 ? 0 : p->size;
    size_t n_bands = p->n_strategies * p->m->cycles;

    *v = (struct view){.p = p};
    if (p->n == 0)
        return true;
    v->others = calloc(p->window, sizeof *v->others);
    v->total = calloc(rw_pool_total(p) + 1, sizeof *v->total);
    v->ledgers = calloc(p->apart ? 1 : p->window * size + 1, sizeof *v->ledgers);
    v->bands = calloc(p->bands != NULL ? n_bands : 1, sizeof *v->bands);
    if (p->o != NULL && p->o->tallies != NULL) {
        v->tallies = rw_tallies_new(p->o);
        if (v->tallies == NULL)
            return false;
    }
    return v->others && v->total && v->ledgers && v->bands;
}

static void
free_view(struct view *v)
{
    free(v->others);
    free(v->total);
    free(v->ledgers);
    free(v->bands);
    rw_tallies_free(v->tallies);
}

static bool
is_there(const struct rw_pool *p, size_t block)
{
    return p->ready[block % p->window];
}

/* False when memory is out. */
static bool
look(struct view *v, struct rw_pool *p)
{
    size_t size = p->size, to;
    bool ok = true;

    if (p->n == 0)
        return true;
    (void)pthread_mutex_lock(&p->lock);
    v->joined = p->apart ? p->range.from : p->joined;
    to = v->joined + p->window < p->range.to ? v->joined + p->window : p->range.to;
    for (size_t b = v->joined; b < to; b++) {
        if (!is_there(p, b))
            continue;
        if (!p->apart && p->histories == 0)
            memcpy(v->ledgers + v->n_others * size, p->ledgers + b % p->window * size,
                size * sizeof *v->ledgers);
        v->others[v->n_others++] = b;
    }
    if (p->histories == 0) {
        memcpy(v->total, p->total, rw_pool_total(p) * sizeof *v->total);
        memcpy(v->bands, p->bands, p->n_strategies * p->m->cycles * sizeof *v->bands);
    }
    if (v->tallies != NULL)
        ok = rw_tallies_join(v->tallies, p->o->tallies, NULL) == RW_OK;
    v->events = p->events;
    (void)pthread_mutex_unlock(&p->lock);
    return ok;
}

/* Futures that are there. */
static size_t
count(const struct view *v)
{
    struct rw_range joined = {v->p->range.from, v->joined};
    size_t n = 0;

    if (v->p->n == 0)
        return 0;
    n = rw_range_futures(joined, v->p->n);
    for (size_t k = 0; k < v->n_others; k++)
        n += rw_block_futures(v->p, v->others[k]);
    return n;
}

static void
put_identity(struct rw_record *r, const struct rw_identity *x)
{
    rw_record_put_text(r, x->scenario);
    rw_record_put(r, x->n);
    for (size_t k = 0; k < x->n; k++) {
        rw_record_put_text(r, x->fact[k].what);
        rw_record_put_text(r, x->fact[k].value);
    }
}

static void
put_there(struct rw_record *r, const struct view *v)
{
    rw_record_put(r, v->p->range.from);
    rw_record_put(r, v->p->range.to);
    rw_record_put(r, v->joined);
    rw_record_put(r, v->n_others);
    for (size_t k = 0; k < v->n_others; k++)
        rw_record_put(r, v->others[k]);
}

static void
put_head(struct rw_record *r, const struct rw_part *p, const struct view v[2])
{
    size_t shape[RW_PART_SHAPE];

    put_identity(r, p->identity);
    rw_record_put(r, p->share.part);
    rw_record_put(r, p->share.parts);
    rw_part_shape(p, shape);
    for (size_t k = 0; k < RW_PART_SHAPE; k++)
        rw_record_put(r, shape[k]);
    rw_record_put_double(r, p->seconds);
    rw_record_put(r, p->threads);
    rw_record_put(r, v[0].events);
    put_there(r, &v[0]);
    put_there(r, &v[1]);
}

static void
put_ledger(struct rw_record *r, const struct rw_moments at[], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        rw_record_put(r, at[k].n);
        rw_record_put_double(r, at[k].mean);
        rw_record_put_double(r, at[k].m2);
    }
}

static void
put_band(struct rw_record *r, const struct rw_histogram *h)
{
    size_t filled = 0;

    for (size_t k = 0; k < RW_HISTOGRAM_CELLS; k++)
        filled += h->cell[k] > 0;
    rw_record_put(r, h->n);
    rw_record_put(r, filled);
    for (size_t k = 0; k < RW_HISTOGRAM_CELLS; k++)
        if (h->cell[k] > 0)
            rw_record_put(r, (uint64_t)k << 32 | h->cell[k]);
}

static void
put_blocks(struct rw_record *r, const struct view *v, struct rw_part_rows *rows)
{
    const struct rw_pool *p = v->p;
    size_t size = p->histories > 0 ? 0 : p->size;

    for (size_t b = p->range.from; b < v->joined; b++)
        rw_part_rows_put(rows, r, b);
    for (size_t k = 0; k < v->n_others; k++) {
        size_t b = v->others[k];

        rw_part_rows_put(rows, r, b);
        put_ledger(r,
            p->apart ? p->ledgers + b % p->window * size : v->ledgers + k * size, size);
    }
}

static void
put_all(struct rw_record *r, const struct rw_part *p, const struct view v[2],
    struct rw_part_rows rows[2])
{
    const struct rw_pool *f = &p->futures;

    put_head(r, p, v);
    if (v[0].joined > f->range.from)
        put_ledger(r, v[0].total, rw_pool_total(f));
    for (size_t k = 0; k < f->n_strategies * f->m->cycles; k++)
        put_band(r, &v[0].bands[k]);
    rw_part_put_tallies(r, v[0].tallies);
    put_blocks(r, &v[0], &rows[0]);
    if (p->nested.n > 0)
        put_blocks(r, &v[1], &rows[1]);
}

enum rw_err
rw_part_write(struct rw_part *p, const char *path, size_t *saved, struct rw_error *e)
{
    struct rw_record *r = malloc(sizeof *r);
    struct rw_part_rows rows[2];
    struct view v[2];
    bool made = make_view(&v[0], &p->futures);
    enum rw_err err;

    made &= rw_part_rows_init(&rows[0], p, false, NULL) == RW_OK;
    made &= rw_part_rows_init(&rows[1], p, true, NULL) == RW_OK;
    made &= make_view(&v[1], &p->nested) && r;
    if (made && look(&v[0], &p->futures) && look(&v[1], &p->nested)) {
        rw_record_begin(r, path, RW_PART_KIND, true);
        put_all(r, p, v, rows);
        err = rw_record_commit(r, e);
        if (err == RW_OK)
            *saved = count(&v[0]) + count(&v[1]);
    } else
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory to write '%.800s'", path);
    free_view(&v[0]);
    free_view(&v[1]);
    rw_part_rows_fini(&rows[0]);
    rw_part_rows_fini(&rows[1]);
    free(r);
    return err;
}
