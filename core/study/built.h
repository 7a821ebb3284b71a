/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/built.h -- a model as a strategy leaves it: once all that its plan
 * builds operates.
 *
 * Of a strategy with a fixed plan (and of "nothing", which builds nothing) that is
 * the same in every future: planned controls and those of the plan, each from its
 * purchase plus `build` cycles on, and not before what it requires.  An overrun or a
 * roll-out that fails delays it, no more.  What would come after the horizon never
 * operates.  A planner chooses in each future what to build, so that there is no one
 * such model.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_BUILT_H
#define RW_STUDY_BUILT_H

#include "model/model.h"

struct rw_built {
    struct rw_model model; /* a copy: those that come operate */
    const char *strategy;
    size_t *come, n_come; /* in the order of coming, then of the scenario */
    size_t *late, n_late; /* bought, and too late */
    unsigned cycle;       /* 0-based: from there on all operate, at the earliest */
    bool delayed;         /* it may take longer: an overrun, a roll-out that fails */
};

/* In the arena.  RW_ERR_USAGE: no such strategy, or it has a planner; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_built_make(const struct rw_model *m, const char *strategy,
    struct rw_arena *a, struct rw_built *b, struct rw_error *e);

#endif
