/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/pool.h -- blocks handed to threads, ledgers joined in block order.
 *
 * A worker claims the next block, but never more than `window` blocks ahead
 * of the first that is missing, so that as many ledgers suffice.  Whoever
 * completes the block that is next in order joins it and all that wait
 * behind it.  Nothing is locked while a block is computed.
 *
 * Where futures are drawn evenly (world/quasi.h) the joined ledger is three: of all
 * futures, of those of the randomisation that is not complete, and of the means of
 * those that are, whose standard errors are the run's.
 *
 * Floor: run.  Threads: starts and ends its own.
 */
#ifndef RW_RUN_POOL_H
#define RW_RUN_POOL_H

#include "run/block.h"
#include "run/run.h"
#include "wheel/turn.h"

#include <pthread.h>

struct rw_pool {
    /* set by the caller */
    const struct rw_model *m;
    const struct rw_prior *prior;
    const struct rw_run_options *options;
    uint64_t seed;
    const size_t *strategies;
    size_t n_strategies;
    size_t n; /* futures of all its blocks, also of those out of the range */
    struct rw_range range; /* blocks to compute */
    unsigned threads;
    struct rw_sink sink;  /* where futures go straight into rows, and their first */
    struct rw_outcome *o; /* that holds them in another way; NULL: in the sink's rows */
    struct rw_layout layout;
    size_t size;      /* of a ledger: the layout's, then the moments of tallies */
    size_t histories; /* futures of one truth; 0: each has its own */
    const struct rw_quasi *quasi; /* NULL: drawn by chance */
    size_t each; /* futures of a randomisation, whole blocks; 0: drawn by chance */
    /* for progress: futures of other pools of the run, of all, and of all those that
     * were there before the run */
    size_t before, all, had;
    double seconds; /* that the other pools took */
    struct rw_moments
        so_far; /* what progress tells, if there is any: of the pools whose futures
                                 have a truth each, or their randomisations' means */
    /* What there is can be written down amid the run: bands and events are joined
     * block by block.  save, if there is any, is called from the calling thread. */
    bool steady;
    void (*save)(void *self);
    void *self;
    size_t reach; /* room for so many blocks from the first that is missing; 0: as many
                   * as serve */

    /* results, once rw_pool_run has returned */
    struct rw_moments *total;   /* (rw_pool_total) joined ledger */
    struct rw_histogram *bands; /* (n_strategies * cycles); NULL: nested */
    uint64_t events;
    unsigned started; /* threads that really ran */

    /* A range that does not begin at the first block keeps a ledger a block: moments
     * join in the order of the blocks and in no other.  Its window is all of it. */
    bool made, apart;
    /* under the lock */
    pthread_mutex_t lock;
    pthread_cond_t turned; /* a block was joined: for workers that wait */
    pthread_cond_t ended;  /* a worker ended: for the calling thread */
    unsigned waiting;      /* workers that wait */
    size_t claimed, joined, window, working;
    struct rw_moments *ledgers;     /* (window, size) */
    struct rw_moments *shown;       /* (window) the figure that progress tells */
    struct rw_moments shown_within; /* of the randomisation that is not complete */
    unsigned char *ready;           /* (window) */
    size_t failed_block;            /* lowest block that failed */
    struct rw_error error;          /* its error */
};

/* Moments in the joined ledger. */
static inline size_t
rw_pool_total(const struct rw_pool *p)
{
    return p->size * (p->each > 0 ? 3 : 1);
}

/* That whose standard errors are the run's. */
static inline const struct rw_moments *
rw_pool_means(const struct rw_pool *p)
{
    return p->total + (p->each > 0 ? 2 : 0) * p->size;
}

/* Room for all of it; a pool without futures needs none.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_pool_init(struct rw_pool *p, struct rw_error *e);
/* Computes the blocks of its range that are not there yet. */
RW_MUST_CHECK enum rw_err rw_pool_run(struct rw_pool *p, struct rw_error *e);
void rw_pool_fini(struct rw_pool *p);

/* Room for the rows of the block, and of some after it, where they are plain: called
 * before any block is computed. */
void rw_pool_pages(const struct rw_pool *p, size_t block);

/* Notes that a block is there, whose ledger is in its place; before the run. */
void rw_pool_has(struct rw_pool *p, size_t block);
struct rw_moments *rw_pool_ledger(struct rw_pool *p, size_t block);

#endif
