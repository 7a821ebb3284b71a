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

/* Doubles that the file has of each future. */
size_t rw_part_rows(const struct rw_outcome *o, bool nested);

/* The futures of one of the two runs, between the outcome and the file. */
struct rw_part_rows {
    const struct rw_pool *p;
    struct rw_outcome *o;
    size_t n;
    double **plain;        /* (n) */
    struct rw_block block; /* zero: they are plain */
};

/* Release with rw_part_rows_fini also after an error.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_part_rows_init(
    struct rw_part_rows *x, const struct rw_part *p, bool nested, struct rw_error *e);
void rw_part_rows_fini(struct rw_part_rows *x);

/* Those of a block, a row after the other; an error is the record's. */
void rw_part_rows_put(struct rw_part_rows *x, struct rw_record *r, size_t block);
void rw_part_rows_get(struct rw_part_rows *x, struct rw_record *r, size_t block);

void rw_part_shape(const struct rw_part *p, size_t shape[RW_PART_SHAPE]);

/* Their counts, which are added to those that are there; t NULL: there are none. */
void rw_part_put_tallies(struct rw_record *r, const struct rw_tallies *t);
void rw_part_get_tallies(struct rw_record *r, struct rw_tallies *t);

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
