/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/part_rows.c -- futures to and from the file of a part, however the outcome
 * holds them: in the file they are plain. */
#include "run/part_file.h"

#include "num/row.h"
#include "run/reading.h"

#include <stdlib.h>
#include <string.h>

size_t
rw_part_rows(const struct rw_outcome *o, bool nested)
{
    struct rw_rows shape = rw_rows_of(o);

    if (nested)
        return o->nested.year_loss != NULL ? o->nested.n_strategies * o->years : 0;
    return o->tallies != NULL ? o->n_watched : rw_rows_count(&shape);
}

enum rw_err
rw_part_rows_init(
    struct rw_part_rows *x, const struct rw_part *p, bool nested, struct rw_error *e)
{
    struct rw_outcome *o = p->o;

    *x = (struct rw_part_rows){
        .p = nested ? &p->nested : &p->futures, .o = o, .n = rw_part_rows(o, nested)};
    x->plain = calloc(x->n + 1, sizeof *x->plain);
    if (x->plain == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a block of futures");
    if (nested && x->n > 0)
        memcpy(x->plain, o->nested.year_loss, x->n * sizeof *x->plain);
    else if (!nested && o->tallies != NULL)
        for (size_t w = 0; w < x->n; w++)
            x->plain[w] = o->risk_year[w];
    else if (!nested && o->packed == NULL)
        rw_outcome_rows(o, x->plain);
    else if (!nested)
        return rw_block_init(&x->block, o, e);
    return RW_OK;
}

void
rw_part_rows_fini(struct rw_part_rows *x)
{
    free(x->plain);
    rw_block_fini(&x->block);
}

/* A block of a plain row: where it stands, or, as it follows from others, in room. */
static const double *
find(const struct rw_part_rows *x, size_t row, size_t at, double room[])
{
    struct rw_reading r;
    struct rw_values v;

    if (x->plain[row] != NULL)
        return x->plain[row] + at;
    r = rw_reading_of(x->o, rw_column_row(row));
    v = rw_reading_values(&r);
    return rw_values_look(&v, at / RW_RUN_BLOCK, room);
}

void
rw_part_rows_put(struct rw_part_rows *x, struct rw_record *r, size_t block)
{
    size_t n = rw_block_futures(x->p, block), at = rw_block_index(x->p, block);
    struct rw_block *b = &x->block;
    double room[RW_RUN_BLOCK];

    if (b->rows != NULL)
        rw_packed_read(x->o->packed, at / RW_RUN_BLOCK, n, b->all, b->rows);
    for (size_t k = 0; k < x->n; k++)
        rw_record_put_doubles(
            r, b->rows != NULL ? b->rows[k] : find(x, k, at, room), n);
}

/* The row in the file is of what somebody spends. */
static void
note_spent(const struct rw_part_rows *x, size_t row, const double in[], size_t n)
{
    struct rw_rows shape = rw_rows_of(x->o);
    size_t s = row - rw_row_spend(&shape, 0);

    if (x->o->spent != NULL && x->p->histories == 0 && row >= rw_row_spend(&shape, 0) &&
        s < x->o->n_strategies && !rw_row_nothing(n, in))
        x->o->spent[s] = true;
}

void
rw_part_rows_get(struct rw_part_rows *x, struct rw_record *r, size_t block)
{
    size_t n = rw_block_futures(x->p, block), at = rw_block_index(x->p, block);
    struct rw_block *b = &x->block;
    double room[RW_RUN_BLOCK];

    for (size_t k = 0; k < x->n; k++) {
        double *in = b->rows != NULL       ? b->rows[k]
                     : x->plain[k] != NULL ? x->plain[k] + at
                                           : room; /* it follows from others */

        rw_record_get_doubles(r, in, n);
        note_spent(x, k, in, n);
    }
    if (b->rows == NULL || r->error.code != RW_OK)
        return;
    rw_packing_make(&b->packing, &b->shape, b->rows, n);
    r->error.code =
        rw_packed_keep(x->o->packed, at / RW_RUN_BLOCK, &b->packing, &r->error);
}
