/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/kept.h -- what a run is to keep of itself in files, after the command line:
 * a shard of it, checkpoints, and a checkpoint to go on from.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_KEPT_H
#define RW_CLI_KEPT_H

#include "cli/product.h"
#include "run/run.h"

#define RW_CHECKPOINT_SECONDS 60.0

struct rw_kept {
    const char *share; /* "3/8"; NULL: the run is whole */
    const char *checkpoint, *resume;
    bool every_given;
    double every;
    struct rw_keep keep; /* for the engine */
    char shard[4096];    /* where the share goes */
};

static inline bool
rw_kept_wanted(const struct rw_kept *k)
{
    return k->share || k->checkpoint || k->resume;
}

/* Completes *k.  RW_ERR_USAGE: what does not go together, with the reason. */
RW_MUST_CHECK enum rw_err rw_kept_check(struct rw_kept *k, const struct rw_telling *t,
    const char *scenario, const char *precision, struct rw_error *e);

/* The share of one of several processes, to be merged by the first of them.
 * RW_ERR_USAGE: another share or a checkpoint is wanted as well. */
RW_MUST_CHECK enum rw_err rw_kept_among(struct rw_kept *k, const struct rw_telling *t,
    size_t rank, size_t ranks, struct rw_error *e);
/* Where that of a process goes: name has room for sizeof k->shard. */
void rw_kept_rank_name(
    const struct rw_telling *t, size_t rank, size_t ranks, char *name);

/* As rw_run_options.keep; lives as long as *k. */
struct rw_keep *rw_kept_open(struct rw_kept *k, const struct rw_identity *identity);

/* Says in *e, which says that it was interrupted, how to go on. */
void rw_kept_interrupted(const struct rw_kept *k, struct rw_error *e);

/* Prints what was written. */
RW_MUST_CHECK enum rw_err rw_kept_tell(const struct rw_kept *k, struct rw_error *e);

#endif
