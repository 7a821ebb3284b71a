/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/outcome.h"

#include "run/share.h"

#include <stdlib.h>

static size_t
add_rows(double *rows[], size_t at, double *const *from, size_t n)
{
    for (size_t k = 0; from != NULL && k < n; k++)
        rows[at + k] = from[k];
    return at + n;
}

void
rw_outcome_rows(const struct rw_outcome *o, double *rows[])
{
    size_t years = o->n_strategies * o->years, n = 0;

    n = add_rows(rows, n, o->year_loss, years);
    n = add_rows(rows, n, o->year_largest, years);
    n = add_rows(rows, n, o->horizon_loss, o->n_strategies);
    n = add_rows(rows, n, o->spend, o->n_strategies);
    n = add_rows(rows, n, o->npv, o->n_strategies);
    if (o->model->programme.stated)
        n = add_rows(rows, n, o->statement, o->n_strategies);
    (void)add_rows(rows, n, o->risk_year, o->n_watched);
}

/* Blocks of a job. */
enum { PART = 16 };

/* One column on its way out of the rows. */
struct reading {
    const struct rw_outcome *o;
    struct rw_column column;
    size_t n_rows;
    double **rows; /* (n_rows) plain ones */
    bool *need;    /* (n_rows) of packed ones */
    double *x;
    bool failed; /* memory is out, atomic */
};

static struct rw_range
part_of(const struct reading *r, size_t k)
{
    size_t blocks = rw_blocks(r->o->n), end = (k + 1) * PART;

    return (struct rw_range){k * PART, end < blocks ? end : blocks};
}

static void
read_plain(void *self, size_t k)
{
    struct reading *r = self;
    struct rw_range part = part_of(r, k);
    struct rw_column c = r->column;
    const size_t row[] = {c.a, c.b, c.c, c.d};
    size_t first = part.from * RW_RUN_BLOCK;
    double *from[4];

    for (size_t i = 0; i < 4; i++)
        from[i] = r->rows[row[i]] != NULL ? r->rows[row[i]] + first : NULL;
    c = (struct rw_column){c.formula, 0, 1, 2, 3};
    rw_column_make(c, from, rw_range_futures(part, r->o->n), r->x + first);
}

/* Room for the rows of a block that are needed; false when memory is out. */
static bool
make_room(const bool need[], size_t n, double *rows[])
{
    bool ok = true;

    for (size_t k = 0; k < n; k++) {
        rows[k] = need[k] ? malloc(RW_RUN_BLOCK * sizeof *rows[k]) : NULL;
        ok = ok && (rows[k] != NULL || !need[k]);
    }
    return ok;
}

static void
unpack(const struct reading *r, struct rw_range part, double *const rows[])
{
    for (size_t k = part.from; k < part.to; k++) {
        struct rw_range block = {k, k + 1};
        size_t n = rw_range_futures(block, r->o->n);

        rw_packed_read(r->o->packed, k, n, r->need, rows);
        rw_column_make(r->column, rows, n, r->x + k * RW_RUN_BLOCK);
    }
}

static void
read_packed(void *self, size_t k)
{
    struct reading *r = self;
    double **rows = calloc(r->n_rows + 1, sizeof *rows);
    bool ok = rows != NULL && make_room(r->need, r->n_rows, rows);

    if (ok)
        unpack(r, part_of(r, k), rows);
    else
        __atomic_store_n(&r->failed, true, __ATOMIC_RELAXED);
    for (size_t i = 0; rows != NULL && i < r->n_rows; i++)
        free(rows[i]);
    free(rows);
}

enum rw_err
rw_outcome_column(const struct rw_outcome *o, struct rw_column c, double x[],
    struct rw_team *t, struct rw_error *e)
{
    struct rw_rows shape = rw_rows_of(o);
    size_t n = rw_rows_count(&shape), parts = (rw_blocks(o->n) + PART - 1) / PART;
    struct reading r = {.o = o, .column = c, .n_rows = n, .x = x};

    r.rows = calloc(n + 1, sizeof *r.rows);
    r.need = calloc(n + 1, sizeof *r.need);
    r.failed = r.rows == NULL || r.need == NULL;
    if (!r.failed && o->packed == NULL) {
        rw_outcome_rows(o, r.rows);
        rw_team_do(t, parts, read_plain, &r);
    } else if (!r.failed) {
        rw_column_needs(c, r.need);
        rw_packed_needs(&shape, r.need);
        rw_team_do(t, parts, read_packed, &r);
    }
    free(r.rows);
    free(r.need);
    return r.failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to read the futures")
                    : RW_OK;
}
