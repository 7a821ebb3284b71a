/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/asked.h -- which futures a command line asks for, as options of the engine
 * and as the facts by which shards and checkpoints know each other.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_ASKED_H
#define RW_CLI_ASKED_H

#include "cli/product.h"
#include "run/run.h"

struct rw_asked {
    bool trials_given, seed_given, threads_given;
    double trials, threads;
    uint64_t seed;
    struct rw_values strategies, settings;
    bool no_band, referee;
    const char *sampling; /* NULL: the model's */
    const char
        *quantiles; /* exact, histogram; NULL: as many futures as there are say */
};

#define RW_ASKED_EXACT 1e8 /* futures up to which quantiles are exact by themselves */

/* RW_ERR_USAGE: no such way to know quantiles. */
RW_MUST_CHECK enum rw_err rw_asked_check(const struct rw_asked *q, struct rw_error *e);

/* The nested run of so many trials; 0: the model's. */
struct rw_nest rw_asked_nest(
    const struct rw_asked *q, const struct rw_model *m, size_t n);

/* RW_ERR_USAGE: s is no sampling. */
RW_MUST_CHECK enum rw_err rw_asked_sampling(const char *s, struct rw_error *e);

/* Options for the engine, but for progress and what is kept; the model's trials and
 * seed are set; with a referee the exact laws are made in *p.  In l's arena. */
RW_MUST_CHECK enum rw_err rw_asked_options(const struct rw_asked *q,
    struct rw_loaded *l, struct rw_product *p, struct rw_run_options *x,
    struct rw_error *e);

/* All that the run's bytes depend on; x as rw_asked_options made it. */
RW_MUST_CHECK enum rw_err rw_asked_identity(const struct rw_asked *q,
    struct rw_loaded *l, const struct rw_run_options *x, struct rw_identity *id,
    struct rw_error *e);

/* The result out of all shards, in their order; options as rw_asked_options made them. */
RW_MUST_CHECK enum rw_err rw_asked_merge(const struct rw_asked *q, struct rw_loaded *l,
    const struct rw_run_options *x, const char *const shards[], size_t n,
    struct rw_product *p, struct rw_error *e);

/* What was asked for, out of the facts.  RW_ERR_INPUT: that cannot be. */
RW_MUST_CHECK enum rw_err rw_asked_recall(
    struct rw_asked *q, const struct rw_identity *id, struct rw_error *e);

#endif
