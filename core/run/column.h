/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/column.h -- figures with a value in every future: the rows that a run
 * leaves, and what is made out of them future by future.
 *
 * Rows stand in this order, S strategies, Y whole years:
 *   year_loss, year_largest (S Y each, a strategy's years behind each other),
 *   horizon_loss, spend, npv (S each), statement (S, of a model with a programme),
 *   risk_year (one for each watched risk)
 * A column is a formula of rows, always reckoned in the same order.
 *
 * Floor: run.  Threads: pure.
 */
#ifndef RW_RUN_COLUMN_H
#define RW_RUN_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

struct rw_outcome;

/* Of which rows there are how many. */
struct rw_rows {
    size_t strategies, years, watched;
    bool stated; /* there is a programme */
};

enum rw_formula {
    RW_FORMULA_ROW,   /* a */
    RW_FORMULA_SUM,   /* a + b */
    RW_FORMULA_LESS,  /* a - c */
    RW_FORMULA_TOTAL, /* (a + b) - (c + d) */
    RW_FORMULA_BOTH   /* (a - c) + (b - d) */
};

struct rw_column {
    enum rw_formula formula;
    size_t a, b, c, d; /* rows; those that the formula does not name are 0 */
};

struct rw_rows rw_rows_of(const struct rw_outcome *o);
size_t rw_rows_count(const struct rw_rows *r);

/* Rows by what they hold; y: 0-based. */
size_t rw_row_loss(const struct rw_rows *r, size_t s, size_t y);
size_t rw_row_largest(const struct rw_rows *r, size_t s, size_t y);
size_t rw_row_horizon(const struct rw_rows *r, size_t s);
size_t rw_row_spend(const struct rw_rows *r, size_t s);
size_t rw_row_npv(const struct rw_rows *r, size_t s);
size_t rw_row_statement(const struct rw_rows *r, size_t s);
size_t rw_row_watched(const struct rw_rows *r, size_t w);

struct rw_column rw_column_row(size_t row);
/* Loss and spend over the horizon. */
struct rw_column rw_column_total(const struct rw_rows *r, size_t s);
/* Of s less t: a row of each, and both rows' total. */
struct rw_column rw_column_less(size_t row_s, size_t row_t);
struct rw_column rw_column_versus(const struct rw_rows *r, size_t s, size_t t);
/* The same total out of the differences of loss and spend. */
struct rw_column rw_column_both(const struct rw_rows *r, size_t s, size_t t);

/* need[row] <- true for its rows; the others stay as they are. */
void rw_column_needs(struct rw_column c, bool need[]);

/* out <- the column's values of n futures, whose rows stand in rows[] (those that it
 * needs). */
void rw_column_make(struct rw_column c, double *const rows[], size_t n, double out[]);

#endif
