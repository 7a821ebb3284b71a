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
 *   the joined ledger, if anything is joined: n, mean, m2 of each moments
 *   bands: n, cells that are not empty, for each 2^32 cell + count
 *   of the futures, then of the nested run, for each block that is there:
 *     every array's doubles of its futures; ledger, of the futures' others
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

#include "run/identity.h"
#include "run/pool.h"

enum { RW_PART_SHAPE = 11 };

struct rw_part {
    const struct rw_identity *identity;
    struct rw_run_share share;
    struct rw_outcome *o;
    struct rw_pool futures, nested;
    double seconds; /* of all that it took */
    unsigned threads;
};

/* Writes what is there now, again as of rw_file; *saved <- how many futures that is,
 * once it is in its place.  RW_ERR_IO, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_part_write(
    struct rw_part *p, const char *path, bool again, size_t *saved, struct rw_error *e);

/* Makes the pools of a part, whose fields the caller has set, and fills them and the
 * outcome with what is in the file.  RW_ERR_INPUT: it is damaged or not of this part of
 * this run; RW_ERR_IO, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_part_resume(
    struct rw_part *p, const char *path, struct rw_error *e);

/* Adds a complete share behind those that are there, to pools that were made. */
RW_MUST_CHECK enum rw_err rw_part_join(
    struct rw_part *p, const char *path, struct rw_error *e);

/* --- what is said at the head of a file --- */

/* Blocks of one of the two runs that are there. */
struct rw_part_there {
    struct rw_range range; /* that it is to have */
    size_t joined;         /* all before this one */
    size_t *others, n_others;
};

struct rw_part_head {
    struct rw_arena arena;
    struct rw_identity identity;
    struct rw_run_share share;
    size_t shape[RW_PART_SHAPE];
    double seconds;
    unsigned threads;
    uint64_t events;
    struct rw_part_there futures, nested;
    size_t done, total; /* futures of both that are there, and that it is to have */
};

/* Reads the whole file once, so that it is known to be undamaged, and its head.
 * Release with rw_part_head_fini also after an error.  RW_ERR_INPUT, RW_ERR_IO. */
RW_MUST_CHECK enum rw_err rw_part_look(
    const char *path, struct rw_part_head *h, struct rw_error *e);
void rw_part_head_fini(struct rw_part_head *h);

#endif
