/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/aware.h -- estimates that decision support makes better.
 *
 * Decision support that prevents (data, analysis and reporting in FAIR-CAM) keeps
 * the organisation from mistakes about itself.  Standing at x it leaves a share
 * prod (1 - x) of the error of its estimates, whatever they owe to a bias, to ignorance
 * or to what was seen:
 *   what it reckons with = belief + w (truth - belief),   w = 1 - prod (1 - x).
 * That holds for the plan and the expectations of a cycle.  It reckons by how its
 * support stood in the middle of the cycle before, and in the first cycle by what
 * operates then is worth on average.  Beliefs themselves do not change: they are of
 * what came to light, and where the support fails they are what is left.
 *
 * The truth of a rate is that of the future's estimates, of the events that shocks
 * bring too, and of a plugin's present cycle, over what was expected; not that of the
 * year's multipliers, which are chance.  Of an event's money it is the loss factor's.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_AWARE_H
#define RW_WHEEL_AWARE_H

#include "base/err.h"

#include <stddef.h>

struct rw_wheel;

/* NULL where no such control is, nothing is planned, or the truth is known. */
struct rw_aware {
    double *share; /* (room) w */
};

RW_MUST_CHECK enum rw_err rw_aware_init(struct rw_wheel *g);
/* Before a cycle's plan. */
void rw_aware_look(struct rw_wheel *g);
/* times[] <- what is reckoned with, of a believed multiplier of the rate expected of
 * risk r, or of the money expected of its events; shape (n).  Nothing changes without
 * such controls. */
void rw_aware_rate(const struct rw_wheel *g, size_t r, double times[]);
void rw_aware_size(const struct rw_wheel *g, size_t r, double times[]);

#endif
