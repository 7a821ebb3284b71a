/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/part.h -- what is there of a run, in a file: a share of it that is
 * complete, to be merged, and a checkpoint of one on its way, to go on from, are
 * the same thing.
 *
 *   kind              base/record.h: whole numbers, doubles, texts, SHA-256
 *   scenario's path, number of facts, facts    run/identity.h
 *   part, parts
 *   RW_PART_SHAPE numbers                      sizes that follow from the above
 *   seconds, threads, events of the futures
 *   of the futures, then of the nested run:
 *     first block, end, end of what is joined, number of others, the others
 *   the joined ledger, if anything is joined: n, mean, m2 of each moments; three
 *   where futures are drawn evenly (run/pool.h)
 *   bands: n, cells that are not empty, for each 2^32 cell + count
 *   tallies, if the outcome has them instead of futures: n, zeros, infinite ones, min,
 *   max, exceedances, number of cells that are not empty, for each cell, n, rest
 *   of the futures, then of the nested run, for each block that is there:
 *     every row's doubles of its futures (with tallies, of watched risks alone);
 *     ledger, of the futures' others
 *
 * Joining moments depends on the order, so only what begins at the first block
 * is joined; any other share has a ledger a block, which rw_part_join joins in
 * the order of the whole run.  That makes a file some half again as large as its
 * futures.  Reading and writing need no memory that grows with them.
 *
 * Floor: run.  Threads: the main one; workers may be at work while it writes.
 */
#ifndef RW_RUN_PART_H
#define RW_RUN_PART_H

#include "run/part_head.h"
#include "run/pool.h"

struct rw_part {
    const struct rw_identity *identity;
    struct rw_run_share share;
    struct rw_outcome *o;
    struct rw_pool futures, nested;
    double seconds; /* of all that it took */
    unsigned threads;
};

/* Writes what is there now, by way of PATH.new (base/output.h); *saved <- how many futures that is,
 * once it is in its place.  RW_ERR_IO, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_part_write(
    struct rw_part *p, const char *path, size_t *saved, struct rw_error *e);

/* Makes the pools of a part, whose fields the caller has set, and fills them and the
 * outcome with what is in the file; *done <- how many futures that is.  RW_ERR_INPUT: it is damaged or not of this part of
 * this run; RW_ERR_IO, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_part_resume(
    struct rw_part *p, const char *path, size_t *done, struct rw_error *e);

/* Adds a complete share behind those that are there, to pools that were made. */
RW_MUST_CHECK enum rw_err rw_part_join(
    struct rw_part *p, const char *path, struct rw_error *e);

#endif
