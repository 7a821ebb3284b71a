/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/table.h -- a table that speaks of the things of a scenario, while it
 * is read: its columns, what is wrong with its cells; private to read's tables
 * (incidents, audits, industry).
 *
 * Floor: read.  Threads: one at a time (a table of its own).
 */
#ifndef RW_READ_TABLE_H
#define RW_READ_TABLE_H

#include "read/column.h"
#include "read/diag.h"
#include "read/incidents.h"

enum { RW_TABLE_WHY = 256 };

struct rw_table {
    struct rw_input in;
    const struct rw_model *m;
    struct rw_arena *a;
    struct rw_diags d;
    long from, to; /* days that rows may be of */
    const char **columns;
    size_t n_columns, n; /* n: rows */
};

/* Names and hash; RW_ERR_INPUT, RW_ERR_MEMORY: *e says why. */
RW_MUST_CHECK enum rw_err rw_table_begin(struct rw_table *t,
    const struct rw_table_file *f, const struct rw_model *m, long from, long to,
    struct rw_arena *a, char sha256[RW_SHA256_HEX], struct rw_error *e);

/* What is wrong with the rows, into the report; t->d is released. */
RW_MUST_CHECK enum rw_err rw_table_end(
    struct rw_table *t, struct rw_text *report, struct rw_error *e);

bool rw_table_has(const struct rw_table *t, const char *name);

/* *cells <- NULL where a column that need not be there is not. */
RW_MUST_CHECK enum rw_err rw_table_column(struct rw_table *t, const char *name,
    bool must, struct rw_cell **cells, struct rw_error *e);

/* Tells that a cell is wrong; labels and help may follow (read/diag.h). */
void RW_PRINTF(3, 4)
    rw_table_wrong(struct rw_table *t, const struct rw_cell *c, const char *fmt, ...);

/* Days of a date within the watch; false: told. */
bool rw_table_date(
    struct rw_table *t, const struct rw_cell *c, long *first, long *last);

/* Index of the id among n names; SIZE_MAX: told. */
size_t rw_table_id(struct rw_table *t, const struct rw_cell *c, const char *what,
    const char *id, const char *const names[], size_t n);

/* Ids of the scenario's threats, in the arena; NULL: no memory. */
const char **rw_table_threats(struct rw_table *t);

#endif
