/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/phases.h -- what each phase of the wheel is worth, and what
 * perfect information would be.
 *
 * Over the horizon and future by future, with T = loss + spend,
 *   worth of Plan, Check, Act = T(without it) - T(whole loop)
 *   worth of knowing the truth = T(whole loop) - T(the loop that knows)
 * so that a positive worth is money gained.  The strategies meet the same
 * futures, and the standard error is that of the paired differences.  The
 * parts need not add up: a phase may be worth little without another.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_PHASES_H
#define RW_STUDY_PHASES_H

#include "study/figures.h"

/* Of one closed loop whose twins were simulated; by enum rw_twin. */
struct rw_phase_worth {
    size_t strategy; /* index into the result's strategies */
    bool has[RW_TWINS];
    struct rw_mean total[RW_TWINS], loss[RW_TWINS], spend[RW_TWINS];
};

/* *n: loops with twins.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_phases_make(
    struct rw_figures *f, struct rw_arena *a, struct rw_phase_worth **worth, size_t *n);

#endif
