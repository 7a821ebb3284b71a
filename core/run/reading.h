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

struct rw_reading {
    struct rw_column column;
    size_t n;
    const double *row[4]; /* (n) the column's a, b, c and d; NULL: zeros */
};

/* Of an outcome that is neither packed nor tallied, and stays. */
struct rw_reading rw_reading_of(const struct rw_outcome *o, struct rw_column c);

/* For as long as r stays where it is. */
struct rw_values rw_reading_values(const struct rw_reading *r);

#endif
