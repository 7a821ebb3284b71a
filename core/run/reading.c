/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/reading.h"

#include "run/share.h"

_Static_assert((int)RW_RUN_BLOCK == (int)RW_VALUES_CHUNK, "a chunk is a block");

/* NULL: it is zero in every future. */
static const double *
find(const struct rw_outcome *o, size_t row)
{
    struct rw_rows shape = rw_rows_of(o);
    size_t first = rw_row_spend(&shape, 0), s = row - first;

    if (row >= first && s < o->n_strategies && o->spent != NULL && !o->spent[s])
        return NULL;
    return rw_outcome_row(o, row);
}

struct rw_reading
rw_reading_of(const struct rw_outcome *o, struct rw_column c)
{
    return (struct rw_reading){.column = {c.formula, 0, 1, 2, 3},
        .n = o->n,
        .row = {find(o, c.a), find(o, c.b), find(o, c.c), find(o, c.d)}};
}

static void
make(const void *self, size_t block, size_t n, double out[])
{
    static double zeros[RW_RUN_BLOCK]; /* nobody writes to */
    const struct rw_reading *r = self;
    double *from[4];

    for (size_t k = 0; k < 4; k++)
        from[k] =
            r->row[k] != NULL ? (double *)r->row[k] + block * RW_RUN_BLOCK : zeros;
    rw_column_make(r->column, from, n, out);
}

struct rw_values
rw_reading_values(const struct rw_reading *r)
{
    return (struct rw_values){.n = r->n,
        .x = r->column.formula == RW_FORMULA_ROW ? r->row[0] : NULL,
        .make = make,
        .self = r};
}
