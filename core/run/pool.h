/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/pool.h -- blocks handed to threads, ledgers joined in block order.
 *
 * A worker claims the next block, but never more than `window` blocks ahead
 * of the one to be joined next, so that as many ledgers suffice.  Whoever
 * completes the block that is next in order joins it and all that wait
 * behind it.  Nothing is locked while a block is computed.
 *
 * Floor: run.  Threads: starts and ends its own.
 */
#ifndef RW_RUN_POOL_H
#define RW_RUN_POOL_H

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
    size_t n; /* futures */
    unsigned threads;
    struct rw_sink sink;
    struct rw_layout layout;
    size_t histories;   /* futures of one truth; 0: each has its own */
    size_t before, all; /* futures of other pools of the run, of all; for progress */
    double seconds;     /* that the other pools took */
    struct rw_moments so_far; /* what progress tells: of the pools whose futures
                                 have a truth each */

    /* results, once rw_pool_run has returned */
    struct rw_moments *total;   /* (layout.size) joined ledger */
    struct rw_histogram *bands; /* (n_strategies * cycles); NULL: nested */
    uint64_t events;
    unsigned started; /* threads that really ran */

    /* under the lock */
    pthread_mutex_t lock;
    pthread_cond_t turned; /* a block was joined: for workers that wait */
    pthread_cond_t ended;  /* a worker ended: for the calling thread */
    unsigned waiting;      /* workers that wait */
    size_t blocks, claimed, joined, window, working;
    struct rw_moments *ledgers; /* (window, layout.size) */
    struct rw_moments *shown;   /* (window) the figure that progress tells */
    unsigned char *ready;       /* (window) */
    size_t failed_block;        /* lowest block that failed */
    struct rw_error error;      /* its error */
};

RW_MUST_CHECK enum rw_err rw_pool_run(struct rw_pool *p, struct rw_error *e);
void rw_pool_fini(struct rw_pool *p);

#endif
