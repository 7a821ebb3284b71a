/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/part_file.h -- what writing and reading a part have in common.
 *
 * Floor: run.  Threads: the main one.
 */
#ifndef RW_RUN_PART_FILE_H
#define RW_RUN_PART_FILE_H

#include "base/record.h"
#include "run/part.h"

#define RW_PART_KIND   "\211RWpart\n"
#define RW_PART_FORMAT 1

/* Arrays with a double for each future, in the order of the file; rows NULL: only their
 * number is wanted. */
size_t rw_part_rows(const struct rw_outcome *o, bool nested, double *rows[]);

void rw_part_shape(const struct rw_part *p, size_t shape[RW_PART_SHAPE]);

/* Futures of a block. */
static inline size_t
rw_block_futures(const struct rw_pool *p, size_t block)
{
    return rw_range_futures((struct rw_range){block, block + 1}, p->n);
}

/* Where a block's futures begin in the arrays. */
static inline size_t
rw_block_index(const struct rw_pool *p, size_t block)
{
    return (block - p->range.from) * RW_RUN_BLOCK;
}

/* Reads the head, whose arena is ready. */
void rw_part_read_head(struct rw_record *r, struct rw_part_head *h);

#endif
