/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/phases.h -- a closed loop's twins, from which the worth of each
 * phase of the wheel can be read off.
 *
 * Beside a strategy NAME that has a planner and turns all phases stand
 *   NAME-no-plan    its planner is never asked
 *   NAME-no-check   it audits nothing and learns nothing
 *   NAME-no-act     findings are left alone, what is learned changes no plan
 *   NAME-knowing    it knows the truth of its future
 * with everything else, the planner's own uncertain parameters included, the
 * same, but for triggers that could not fire there or do nothing
 * (model/deciding.h): a twin is, future by future, the copy that a scenario
 * could state.  So without Check or Act there is none, without Plan none that
 * opens a plan or needs beliefs, and none of the latter where the truth is
 * known.  The difference of a twin's total cost and its own, future by future,
 * is what that phase (or knowledge) is worth.
 *
 * Floor: model.  Threads: before the model is built.
 */
#ifndef RW_MODEL_PHASES_H
#define RW_MODEL_PHASES_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

enum rw_twin {
    RW_TWIN_NONE, /* none's twin */
    RW_TWIN_NO_PLAN,
    RW_TWIN_NO_CHECK,
    RW_TWIN_NO_ACT,
    RW_TWIN_KNOWING,
    RW_TWINS
};

struct rw_model;
struct rw_strategy;

/* By enum rw_twin, behind a first one that is empty: "no-plan" "no-check" "no-act"
 * "knowing", as in the twins' names; what the difference to each is called:
 * "planning" "checking" "acting" "knowing". */
extern const char *const rw_twin_names[];
extern const char *const rw_twin_worths[];

/* It has a planner, believes, and leaves out no phase. */
bool rw_strategy_is_whole(const struct rw_strategy *s);

/* Appends the twins of every whole strategy to the model's list.  RW_ERR_MEMORY;
 * RW_ERR_INPUT where a name is taken. */
RW_MUST_CHECK enum rw_err rw_model_add_twins(
    struct rw_model *m, struct rw_arena *a, struct rw_error *e);

#endif
