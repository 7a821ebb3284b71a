/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/block.h -- a block of futures on its way from the wheel into an outcome
 * that does not hold them as plain rows.
 *
 * Floor: run.  Threads: one per worker.
 */
#ifndef RW_RUN_BLOCK_H
#define RW_RUN_BLOCK_H

#include "run/outcome.h"
#include "wheel/turn.h"

struct rw_block {
    struct rw_rows shape;
    double *x;           /* (rows, RW_RUN_BLOCK) */
    double **rows;       /* (rows) */
    bool *all;           /* (rows): true */
    struct rw_sink sink; /* into the rows, from index 0 on */
    double *one;         /* (RW_RUN_BLOCK) scratch */
    struct rw_packing packing;
    struct rw_tallies *tallies; /* of all blocks that went through here */
};

/* Release with rw_block_fini also after an error; one of zeros needs none.
 * RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_block_init(
    struct rw_block *b, const struct rw_outcome *o, struct rw_error *e);
void rw_block_fini(struct rw_block *b);

#endif
