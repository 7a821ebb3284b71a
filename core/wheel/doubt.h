/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/doubt.h -- how unsure the organisation is of what a candidate saves.
 *
 * A candidate's benefit is sum over risks of b_r, each proportional to the risk's
 * believed rate.  That is held as a gamma of shape a_r, of coefficient of variation
 * 1 / sqrt(a_r); a threat's risks are taken to be wrong together, threats apart:
 *   spread^2 = sum over threats of (sum over its risks of b_r / sqrt(a_r))^2
 * Decision support that stands at w leaves 1 - w of that coefficient, of the rate that
 * is reckoned with (aware.h); who knows the truth has no doubt.  Of rates alone: what an event costs, and what the control is worth, are
 * in it with their means.
 *
 * Planners that explore buy where it is large.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_DOUBT_H
#define RW_WHEEL_DOUBT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct rw_wheel;

/* (n_controls, room), none where nothing is planned; 0 for who knows the truth. */
struct rw_doubt {
    double *spread; /* its square while candidates are valued */
    double *threat; /* sum over the present threat's risks */
    bool *touched;  /* (n_controls) it saves something on these */
    double *root;   /* (room) sqrt(a) of the risk that was added last */
    size_t risk;
};

RW_MUST_CHECK enum rw_err rw_doubt_init(struct rw_wheel *g);
/* Before candidates are valued. */
void rw_doubt_begin(struct rw_wheel *g);
/* Candidate c saves so much on risk r, (n); 0 where it is bought. */
void rw_doubt_add(struct rw_wheel *g, size_t r, size_t c, const double saved[]);
/* After the last risk of a threat: of candidate c. */
void rw_doubt_threat(struct rw_wheel *g, size_t c);
/* All are valued: the spreads. */
void rw_doubt_end(struct rw_wheel *g);

#endif
