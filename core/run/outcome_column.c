/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/outcome.h"

#include "run/reading.h"
#include "run/share.h"

#include <stdlib.h>
#include <string.h>

double *
rw_outcome_row(const struct rw_outcome *o, size_t row)
{
    size_t s = o->n_strategies, years = s * o->years;
    const struct {
        double *const *x;
        size_t n;
    } group[] = {
        {o->year_loss, years},
        {o->year_largest, years},
        {o->horizon_loss, s},
        {o->spend, s},
        {o->npv, s},
        {o->statement, o->model->programme.stated ? s : 0},
        {o->risk_year, o->n_watched},
    };

    for (size_t k = 0; k < sizeof group / sizeof *group; k++) {
        if (row < group[k].n)
            return group[k].x != NULL ? group[k].x[row] : NULL;
        row -= group[k].n;
    }
    return NULL;
}

void
rw_outcome_rows(const struct rw_outcome *o, double *rows[])
{
    struct rw_rows shape = rw_rows_of(o);

    for (size_t row = 0; row < rw_rows_count(&shape); row++)
        rows[row] = rw_outcome_row(o, row);
}

/* Blocks of a job. */
enum { PART = 16 };

/* One column on its way out of the rows. */
struct copying {
    const struct rw_outcome *o;
    struct rw_column column;
    size_t n_rows;
    bool *need;              /* (n_rows) of packed ones */
    struct rw_values values; /* of plain ones */
    double *x;
    bool failed; /* memory is out, atomic */
};

static struct rw_range
part_of(const struct copying *r, size_t k)
{
    size_t blocks = rw_blocks(r->o->n), end = (k + 1) * PART;

    return (struct rw_range){k * PART, end < blocks ? end : blocks};
}

static void
read_plain(void *self, size_t k)
{
    struct copying *r = self;
    struct rw_range part = part_of(r, k);

    for (size_t b = part.from; b < part.to; b++) {
        double *to = r->x + b * RW_RUN_BLOCK;
        const double *from = rw_values_look(&r->values, b, to);

        if (from != to)
            memcpy(to, from, rw_values_length(&r->values, b) * sizeof *to);
    }
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
unpack(const struct copying *r, struct rw_range part, double *const rows[])
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
    struct copying *r = self;
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
    struct copying r = {.o = o, .column = c, .n_rows = n, .x = x};
    struct rw_reading plain;

    if (o->packed == NULL) {
        plain = rw_reading_of(o, c);
        r.values = rw_reading_values(&plain);
        rw_team_do(t, parts, read_plain, &r);
        return RW_OK;
    }
    r.need = calloc(n + 1, sizeof *r.need);
    r.failed = r.need == NULL;
    if (!r.failed) {
        rw_column_needs(c, r.need);
        rw_packed_needs(&shape, r.need);
        rw_team_do(t, parts, read_packed, &r);
    }
    free(r.need);
    return r.failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to read the futures")
                    : RW_OK;
}
