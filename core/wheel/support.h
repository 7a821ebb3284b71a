/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/support.h -- what supporting controls (model/upkeep.h) do for
 * others in the present cycle: by how they stand at its middle.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_SUPPORT_H
#define RW_WHEEL_SUPPORT_H

#include "model/upkeep.h"

struct rw_wheel;

/* prod (1 - x) over the controls that so support c in future i; 1: none do. */
double rw_support_left(
    const struct rw_wheel *g, size_t c, size_t i, enum rw_support kind);

/* 1 - (1 - share) prod (1 - x): an audit's share or sensitivity of control c
 * with the decision support that identifies; 0 stays 0: what audits
 * nothing has nothing that it could see better. */
double rw_support_raised(const struct rw_wheel *g, size_t c, size_t i, double share);

/* The share in [0, 1] by which the organisation sees its own estimates better:
 * 1 - prod (1 - x) over decision support that prevents (data, analysis and
 * reporting are that in FAIR-CAM), as they stand in the present cycle: aware.h. */
double rw_support_awareness(const struct rw_wheel *g, size_t i);

/* A control whose reliability is a share of time and no process: intended and
 * standing <- the mean over both states. */
void rw_support_steady(struct rw_wheel *g, size_t c);

/* That share, of a control that fails so `fails` times a year, what supporters leave
 * being left[]. */
double rw_support_reliability(
    const struct rw_control *x, double fails, const double left[RW_SUPPORTS]);

#endif
