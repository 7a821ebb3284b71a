/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/part_head.h -- what a file of a part (run/part.h) says at its head.
 *
 * Floor: run.  Threads: pure.
 */
#ifndef RW_RUN_PART_HEAD_H
#define RW_RUN_PART_HEAD_H

#include "run/identity.h"
#include "run/share.h"

#include <stdint.h>

enum { RW_PART_SHAPE = 11 };

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
