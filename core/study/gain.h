/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/gain.h -- what drawing futures evenly gained, figure by figure.
 *
 *   gain = (sd^2 / n) / se^2
 * is the variance of the mean of n independent futures over that of this run's, as
 * its R randomisations show it (num/sample.h): plain sampling would have needed so
 * many times the futures.  se^2 is known as well as R - 1 observations tell it, and
 * (R - 1) se^2 / its expectation is nearly chi-squared: that makes the interval.
 * Where it holds 1, nothing can be said to be gained.
 *
 * Floor: study (uses GSL).  Threads: pure.
 */
#ifndef RW_STUDY_GAIN_H
#define RW_STUDY_GAIN_H

#include "run/outcome.h"
#include "study/result.h"

enum rw_gain_figure {
    RW_GAIN_RESIDUAL, /* residual risk in the first cycle */
    RW_GAIN_LAST,     /* in the last one */
    RW_GAIN_YEAR,     /* loss of the first year */
    RW_GAIN_LOSS,     /* over the horizon */
    RW_GAIN_VERSUS,   /* total cost against that of "nothing" */
    RW_GAINS
};
extern const char *const rw_gain_names[]; /* "residual_first" ... */

struct rw_gain {
    double ratio, low, high; /* ratio 0: the figure has no error, or is not there */
};

/* +1: more futures would have been needed; -1: fewer; 0: it cannot be told. */
int rw_gain_sign(const struct rw_gain *g);

struct rw_sampled {
    size_t randomisations, each;      /* futures of one */
    size_t even, wanted;              /* draws of a future, as in run/outcome.h */
    struct rw_gain (*gain)[RW_GAINS]; /* (n_strategies) */
};

/* Of means with standard deviation sd over n futures and standard error se out of so
 * many randomisations. */
struct rw_gain rw_gain_of(double sd, double n, double se, size_t randomisations);

/* *s <- what the result's figures gained; NULL where futures were drawn by chance.  In
 * the arena.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_gain_make(const struct rw_outcome *o,
    const struct rw_result *r, struct rw_arena *a, const struct rw_sampled **s);

#endif
