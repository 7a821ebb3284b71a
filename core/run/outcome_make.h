/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/outcome_make.h -- an outcome's arrays before the run, its cells after it.
 *
 * Floor: run.  Threads: the main one.
 */
#ifndef RW_RUN_OUTCOME_MAKE_H
#define RW_RUN_OUTCOME_MAKE_H

#include "run/run.h"
#include "wheel/turn.h"

/* Room for n futures of the run, which may be a share of them.  *o must be released
 * with rw_outcome_free also after an error.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_outcome_make(const struct rw_model *m,
    const struct rw_run_options *x, size_t n, struct rw_outcome **o,
    struct rw_error *e);

/* Room for n futures of its nested run.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_outcome_nest(
    struct rw_outcome *o, const struct rw_nest *x, size_t n, struct rw_error *e);

/* Cells and breakdowns out of a ledger, and behind it the moments of the tallies, if
 * there are any.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_outcome_fill(struct rw_outcome *o,
    const struct rw_layout *l, const struct rw_moments total[], struct rw_error *e);

/* residual_sd out of a ledger of all futures.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_outcome_spread(struct rw_outcome *o,
    const struct rw_layout *l, const struct rw_moments total[], struct rw_error *e);

/* outcome_pages.c: the pages of its plain rows are the kernel's again; what they held is
 * lost.  Its model may be gone. */
void rw_outcome_give_back(struct rw_outcome *o);

#endif
