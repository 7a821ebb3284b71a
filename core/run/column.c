/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/column.h"

#include "run/outcome.h"

#include <string.h>

struct rw_rows
rw_rows_of(const struct rw_outcome *o)
{
    return (struct rw_rows){
        o->n_strategies, o->years, o->n_watched, o->model->programme.stated};
}

size_t
rw_row_loss(const struct rw_rows *r, size_t s, size_t y)
{
    return s * r->years + y;
}

size_t
rw_row_largest(const struct rw_rows *r, size_t s, size_t y)
{
    return (r->strategies + s) * r->years + y;
}

size_t
rw_row_horizon(const struct rw_rows *r, size_t s)
{
    return 2 * r->strategies * r->years + s;
}

size_t
rw_row_spend(const struct rw_rows *r, size_t s)
{
    return rw_row_horizon(r, r->strategies + s);
}

size_t
rw_row_npv(const struct rw_rows *r, size_t s)
{
    return rw_row_horizon(r, 2 * r->strategies + s);
}

size_t
rw_row_statement(const struct rw_rows *r, size_t s)
{
    return rw_row_horizon(r, 3 * r->strategies + s);
}

size_t
rw_row_watched(const struct rw_rows *r, size_t w)
{
    return rw_row_horizon(r, (r->stated ? 4 : 3) * r->strategies + w);
}

size_t
rw_rows_count(const struct rw_rows *r)
{
    return rw_row_watched(r, r->watched);
}

struct rw_column
rw_column_row(size_t row)
{
    return (struct rw_column){RW_FORMULA_ROW, row, 0, 0, 0};
}

struct rw_column
rw_column_total(const struct rw_rows *r, size_t s)
{
    return (struct rw_column){
        RW_FORMULA_SUM, rw_row_horizon(r, s), rw_row_spend(r, s), 0, 0};
}

struct rw_column
rw_column_less(size_t row_s, size_t row_t)
{
    return (struct rw_column){RW_FORMULA_LESS, row_s, 0, row_t, 0};
}

struct rw_column
rw_column_versus(const struct rw_rows *r, size_t s, size_t t)
{
    return (struct rw_column){RW_FORMULA_TOTAL, rw_row_horizon(r, s),
        rw_row_spend(r, s), rw_row_horizon(r, t), rw_row_spend(r, t)};
}

struct rw_column
rw_column_both(const struct rw_rows *r, size_t s, size_t t)
{
    struct rw_column c = rw_column_versus(r, s, t);

    c.formula = RW_FORMULA_BOTH;
    return c;
}

void
rw_column_needs(struct rw_column c, bool need[])
{
    bool four = c.formula == RW_FORMULA_TOTAL || c.formula == RW_FORMULA_BOTH;

    need[c.a] = true;
    if (c.formula == RW_FORMULA_SUM || four)
        need[c.b] = true;
    if (c.formula == RW_FORMULA_LESS || four)
        need[c.c] = true;
    if (four)
        need[c.d] = true;
}

void
rw_column_make(struct rw_column x, double *const rows[], size_t n, double out[])
{
    const double *a = rows[x.a], *b = rows[x.b], *c = rows[x.c], *d = rows[x.d];

    switch (x.formula) {
    case RW_FORMULA_ROW:
        memcpy(out, a, n * sizeof *out);
        break;
    case RW_FORMULA_SUM:
        for (size_t i = 0; i < n; i++)
            out[i] = a[i] + b[i];
        break;
    case RW_FORMULA_LESS:
        for (size_t i = 0; i < n; i++)
            out[i] = a[i] - c[i];
        break;
    case RW_FORMULA_TOTAL:
        for (size_t i = 0; i < n; i++)
            out[i] = (a[i] + b[i]) - (c[i] + d[i]);
        break;
    case RW_FORMULA_BOTH:
        for (size_t i = 0; i < n; i++)
            out[i] = (a[i] - c[i]) + (b[i] - d[i]);
        break;
    }
}
