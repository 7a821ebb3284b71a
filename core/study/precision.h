/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/precision.h -- as many futures as a quantile's error asks for.
 *
 * Figure: the loss of the first year, or of the horizon where it holds no
 * whole year.  Its quantile at q has the order-statistic interval [low, high]
 * of num/tail.h; the relative half width is (high - low) / (2 value), and of
 * all simulated strategies the widest counts.  A strategy whose interval is
 * [0, 0] is known: nothing to narrow.
 *
 * A first run of the given trials (at least the fewest that support the
 * quantile) is the pilot.  Widths go down as 1 / sqrt(n), so the next run has
 *   n' = 1.1 n (reached / wanted)^2
 * futures, the first n of which are the same ones again; 1.1 because the width
 * is itself a random figure, and from the third run on at least a quarter more,
 * lest many small steps miss by a hair.  At most RW_PRECISION_RUNS runs and
 * `most` futures.  That the run ends when its interval happens to be narrow makes
 * intervals cover a little less often than their level; what is left of it is
 * measured in tests/stat.
 *
 * Floor: study.  Threads: the run starts its own; else pure.
 */
#ifndef RW_STUDY_PRECISION_H
#define RW_STUDY_PRECISION_H

#include "run/run.h"

enum { RW_PRECISION_RUNS = 6 };
#define RW_PRECISION_BYTES 2e9 /* of futures kept, that the default limit allows */

struct rw_precision {
    /* wanted */
    double wanted, q; /* relative half width at most that; of this quantile */
    size_t most;      /* futures at most; 0: rw_precision_most */

    /* found */
    double reached; /* of the widest strategy; 0: it is exact */
    double needed;  /* futures that would be needed about; n where it is met */
    bool met;
    unsigned runs;
    const char *strategy; /* the widest */
};

/* Reads "1%@0.99", "0.01@99%".  RW_ERR_USAGE says what is wrong. */
RW_MUST_CHECK enum rw_err rw_precision_parse(
    const char *s, struct rw_precision *p, struct rw_error *e);

/* Fewest futures that support the quantile, at least RW_TAIL_BEYOND beyond. */
double rw_precision_least(double q);

/* Futures whose figures fit into RW_PRECISION_BYTES, at most 1e9. */
size_t rw_precision_most(const struct rw_model *m, size_t n_strategies);

/* p->reached, ->needed, ->met and ->strategy of an outcome not yet sorted.
 * RW_ERR_USAGE: the quantile is 0, so that no error is relative to it;
 * RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_precision_measure(
    const struct rw_outcome *o, struct rw_precision *p, struct rw_error *e);

/* Runs of independent futures until met or at a limit; *o is the last run and must be released also
 * after an error.  x->trials as in rw_run.  RW_OK also where the limit was
 * reached: p->met tells. */
RW_MUST_CHECK enum rw_err rw_precision_run(const struct rw_model *m,
    const struct rw_run_options *x, struct rw_precision *p, struct rw_outcome **o,
    struct rw_error *e);

#endif
