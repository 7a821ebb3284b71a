/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/programme.h -- how far a strategy comes on the way to a statement
 * of conformity: readiness, stages and the law of the time it takes.
 *
 * The time to the first statement is known of futures that reach it within the
 * horizon; of the others only that it is longer.  So its quantiles are told as
 * far as the horizon reaches, and no mean.
 *
 * Floor: study.  Threads: built by one, then read-only.
 */
#ifndef RW_STUDY_PROGRAMME_H
#define RW_STUDY_PROGRAMME_H

#include "study/figures.h"

enum { RW_STATEMENT_QUANTILES = 5 };
extern const double rw_statement_quantiles[RW_STATEMENT_QUANTILES];
extern const char *const rw_statement_quantile_names[RW_STATEMENT_QUANTILES];

/* A share of the futures with its interval (num/sample.h). */
struct rw_share {
    double p, low, high;
};

struct rw_result_programme {
    bool follows;
    struct rw_mean (*cycles)[RW_PROGRESS_ROWS]; /* (model->cycles) */
    struct rw_share *issued; /* (model->cycles) a statement by the cycle's end */
    struct rw_share missed;  /* the deadline, where there is one */
    /* months from the start of the horizon to the first statement; INFINITY:
     * beyond the horizon */
    struct rw_quantile months[RW_STATEMENT_QUANTILES];
};

/* Of simulated strategy s; the figures become its times.  NULL when memory is out. */
struct rw_result_programme *rw_result_programme_make(
    struct rw_figures *time, size_t s, struct rw_arena *a);

#endif
