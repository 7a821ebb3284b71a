/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/stage_meet.h -- an attack before the controls of one risk, at one
 * moment or as believed; shared by the files of stages.
 *
 * Floor: wheel.  Threads: pure.
 */
#ifndef RW_WHEEL_STAGE_MEET_H
#define RW_WHEEL_STAGE_MEET_H

#include "wheel/strike.h"

struct rw_stage_meet {
    double survive;          /* share of attacks that begin */
    double money;            /* that an answer leaves of the loss */
    double contain, restore; /* years that an answer takes */
    struct rw_stage_law law[RW_STAGES_MAX];
};

/* x[c]: controls of the risk as they stand; survive alone, and the rest. */
double rw_stage_survive(
    const struct rw_model *m, const struct rw_risk *r, const double x[]);
void rw_stage_meet(const struct rw_model *m, const struct rw_risk *r, const double x[],
    struct rw_stage_meet *to);
/* Expected loss of one attack, factor 1. */
double rw_stage_cost(
    const struct rw_model *m, const struct rw_risk *r, const struct rw_stage_meet *x);
/* The same by ending. */
void rw_stage_ends(const struct rw_model *m, const struct rw_risk *r,
    const struct rw_stage_meet *x, double chance[RW_STAGE_ENDS],
    double cost[RW_STAGE_ENDS]);
/* x <- the risk's controls in future i, at mid-cycle; at a time in the cycle. */
void rw_stage_gather(struct rw_wheel *g, const struct rw_risk *r, size_t i);
void rw_stage_gather_at(
    struct rw_wheel *g, const struct rw_risk *r, size_t i, double time);

#endif
