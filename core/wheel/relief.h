/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/relief.h -- what a candidate takes off the bad years, as planners see it.
 *
 * The organisation reckons with a mean year of what is ahead (reckon.h).  Of a measure M
 * of the year's loss S it asks how much one event more of loss X adds,
 *   phi(X) = M(S + X) - M(S),
 * which is the slope of M in the number of events, and what a candidate of worth e would
 * save of that, as value.c does it for money:
 *   prevention  m e ((1 - seen) phi(Y) + seen phi(left Y))
 *   response    m seen (phi(left Y) - phi(left (1 - e) Y))
 *   detection   m (more seen) (phi(Y) - phi(left Y))
 * m events a year that cost Y, of which response leaves `left` of what is seen.  Where
 * effects do not simply multiply (support, attacks in stages) the saving is the share
 * that it is of the risk's money.  It is a slope: what two candidates save together is
 * not quite the sum.
 *
 * The measures, where the planner says that it needs them:
 *   appetite  P(S > L) / p at that point (L, p) of the appetite where it is largest
 *   tail      q + E[(S - q)+] / (1 - 0.95), q what one year in twenty exceeded as it
 *             was believed at the first plan, so at first the mean of that year
 *
 * Source of the latter: Rockafellar and Uryasev, Journal of Risk 2 (2000) 21: its least
 * value over q is TVaR, its slope at that q is TVaR's.
 *
 * On half the cells of num/exceed.h, extrapolated: P(S > L) of laws with atoms is for
 * a limit that may be off by a cell.
 *
 * Memory: of each measure 55 rows, and one a candidate.
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_RELIEF_H
#define RW_WHEEL_RELIEF_H

#include "model/hook.h"

struct rw_wheel;
struct rw_exceed;
struct rw_relief_law;

/* Of one measure; no rows where the planner does not need it. */
struct rw_relief_of {
    struct rw_exceed *year; /* (room) the law of S */
    double *limit;          /* (room) L, q */
    double *over;           /* (room) P(S > L) / p; E[(q - S)+] / step */
    double *beyond;         /* (room) of the tail: P(S > q) */
    double *per;           /* (room) what phi is multiplied by: 1 / p, 1 / (1 - 0.95) */
    double *seen, *unseen; /* (room) phi(left Y), phi(Y) of the present risk */
    double *share;         /* (n_risks, room) m phi of its events together */
    double *saved;         /* (n_controls, room) */
};

struct rw_relief {
    bool any;                         /* measure is needed */
    struct rw_relief_of of[RW_NEEDS]; /* by enum rw_need */
    struct rw_relief_law *law;        /* laws that were put on a lattice last */
    size_t next;
};

/* A point that tolerates less is taken as one that tolerates this. */
#define RW_RELIEF_LEAST 1e-6

RW_MUST_CHECK enum rw_err rw_relief_init(struct rw_wheel *g);
/* At the start of the horizon. */
void rw_relief_start(struct rw_wheel *g);
/* Before candidates are valued, worths being those of what is ahead. */
void rw_relief_begin(struct rw_wheel *g);
/* Risk r, the present one. */
void rw_relief_risk(struct rw_wheel *g, size_t r);
/* Candidate c with its worths, on that risk; or by what it saves of the money[] (n) that
 * risk r costs. */
void rw_relief_try(struct rw_wheel *g, size_t r, size_t c, const double effects[]);
void rw_relief_share(
    struct rw_wheel *g, size_t r, size_t c, const double saved[], const double money[]);

#endif
