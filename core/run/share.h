/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/share.h -- which blocks of a run one of several machines computes.
 *
 * Part i of n has the whole blocks from floor(b (i - 1) / n) up to floor(b i / n)
 * of b: together all, none twice, and their numbers differ by at most one.
 *
 * Floor: run.  Threads: pure.
 */
#ifndef RW_RUN_SHARE_H
#define RW_RUN_SHARE_H

#include <stddef.h>

enum { RW_RUN_SHARES_MAX = 4096, RW_RUN_BLOCK = 1024 }; /* futures in a block */

struct rw_run_share {
    size_t part, parts; /* 1-based; 0 of 0: all, as 1 of 1 */
};

struct rw_range {
    size_t from, to; /* blocks from <= b < to */
};

static inline size_t
rw_blocks(size_t futures)
{
    return futures / RW_RUN_BLOCK + (futures % RW_RUN_BLOCK > 0);
}

static inline struct rw_range
rw_run_share_range(struct rw_run_share s, size_t futures)
{
    size_t blocks = rw_blocks(futures);

    if (s.parts < 2)
        return (struct rw_range){0, blocks};
    return (struct rw_range){
        blocks * (s.part - 1) / s.parts, blocks * s.part / s.parts};
}

/* Futures of n that are in the blocks; the last block may not be whole. */
static inline size_t
rw_range_futures(struct rw_range r, size_t n)
{
    size_t from = r.from * RW_RUN_BLOCK, to = r.to * RW_RUN_BLOCK;

    to = to < n ? to : n;
    return to > from ? to - from : 0;
}

#endif
