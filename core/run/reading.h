/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/reading.h -- one column of plain rows (run/column.h) as values
 * (num/values.h): where it is a row that stands, that row; else it is made a block at a
 * time by whoever looks, and takes no memory.
 *
 * Floor: run.  Threads: any, once it is made.
 */
#ifndef RW_RUN_READING_H
#define RW_RUN_READING_H

#include "num/values.h"
#include "run/outcome.h"

/* A row (n), that stands or follows from others. */
struct rw_reading_row {
    bool worth;                 /* of loss and spend (wheel/account.h) */
    const double *x;            /* not worth: NULL: zeros */
    const double *loss, *spend; /* worth: NULL: zeros */
};

struct rw_reading {
    const struct rw_model *m;
    struct rw_column column;
    size_t n;
    struct rw_reading_row row[4]; /* the column's a, b, c and d */
};

/* Of an outcome that is neither packed nor tallied, and stays. */
struct rw_reading rw_reading_of(const struct rw_outcome *o, struct rw_column c);

/* For as long as r stays where it is. */
struct rw_values rw_reading_values(const struct rw_reading *r);

#endif
