/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/stand.h -- how controls stand in a cycle.
 *
 *   intended = coverage * efficacy * worn(age)      0 before it operates
 *   weak     = coverage * min(efficacy * worn(age), efficacy when failed)
 *
 * Each future has its own age; what wear leaves of an age is worked out once
 * (wheel/wear.h).  A row is made anew when something may have changed it, and that is
 * looked up in what it is made of, never remembered by those who change it: the cycles
 * in which the control begins to operate, which are gone through in every cycle.  Where
 * nothing wears, no plugin says otherwise and no future begins with it in this cycle,
 * the rows of the last cycle stay.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_STAND_H
#define RW_WHEEL_STAND_H

#include "base/err.h"

#include <stddef.h>

struct rw_wheel;

RW_MUST_CHECK enum rw_err rw_stand_init(struct rw_wheel *g);
/* After Plan: when each control begins to operate. */
void rw_stand_look(struct rw_wheel *g);
/* Rows of intended, weak and stands of a control that operates in some future, as if
 * nothing had failed. */
RW_MUST_CHECK enum rw_err rw_stand_set(
    struct rw_wheel *g, size_t c, struct rw_error *e);

#endif
