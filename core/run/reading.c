/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/reading.h"

#include "run/share.h"
#include "wheel/account.h"

_Static_assert((int)RW_RUN_BLOCK == (int)RW_VALUES_CHUNK, "a chunk is a block");

/* NULL: it is zero in every future. */
static const double *
stands(const struct rw_outcome *o, size_t row)
{
    struct rw_rows shape = rw_rows_of(o);
    size_t first = rw_row_spend(&shape, 0), s = row - first;

    if (row >= first && s < o->n_strategies && o->spent != NULL && !o->spent[s])
        return NULL;
    return rw_outcome_row(o, row);
}

static struct rw_reading_row
find(const struct rw_outcome *o, size_t row)
{
    struct rw_rows shape = rw_rows_of(o);
    size_t s = row - rw_row_npv(&shape, 0);

    if (row < rw_row_npv(&shape, 0) || s >= o->n_strategies || o->npv != NULL)
        return (struct rw_reading_row){.x = stands(o, row)};
    return (struct rw_reading_row){.worth = true,
        .loss = stands(o, rw_row_horizon(&shape, s)),
        .spend = stands(o, rw_row_spend(&shape, s))};
}

struct rw_reading
rw_reading_of(const struct rw_outcome *o, struct rw_column c)
{
    return (struct rw_reading){.m = o->model,
        .column = {c.formula, 0, 1, 2, 3},
        .n = o->n,
        .row = {find(o, c.a), find(o, c.b), find(o, c.c), find(o, c.d)}};
}

static double zeros[RW_RUN_BLOCK]; /* nobody writes to */

static double *
block_of(const double x[], size_t block)
{
    return x != NULL ? (double *)x + block * RW_RUN_BLOCK : zeros;
}

static void
make(const void *self, size_t block, size_t n, double out[])
{
    const struct rw_reading *r = self;
    double *from[4], room[4][RW_RUN_BLOCK];

    for (size_t k = 0; k < 4; k++) {
        const struct rw_reading_row *row = &r->row[k];

        from[k] = row->worth ? room[k] : block_of(row->x, block);
        if (row->worth)
            rw_account_worth(r->m, n, block_of(row->loss, block),
                block_of(row->spend, block), room[k]);
    }
    rw_column_make(r->column, from, n, out);
}

struct rw_values
rw_reading_values(const struct rw_reading *r)
{
    const struct rw_reading_row *one = &r->row[0];

    if (r->column.formula == RW_FORMULA_ROW && !one->worth)
        return rw_values_array(one->x, r->n);
    return (struct rw_values){.n = r->n, .make = make, .self = r};
}
