/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/failing.h -- what the organisation learns of how often controls fail.
 *
 * R = 1 / (1 + f h) is the share of time in which a control left to itself has no
 * failure that nobody knows of (num/reliability.h): f failures a year, found after h
 * years on average.  h is known; R ~ Beta(a, b) stands for f.  The prior
 * (prior_failing.c) has the mean and variance of R over the estimate of f, times the
 * bias; a stated worth is a + b.  One whose f is a number, without bias or worth, is
 * not learned, and costs nothing; nor is one that fails by no process.
 *
 * An audit meets a failure that nobody knew of with a chance p that is below 1 - R
 * where the control was new, or put right, or looked at not long ago.  p is followed
 * from what was last known, at nodes of R (num/look.h) and so by the f of each:
 *   p <- P + (p - P) e^-(f + u) T,  P = f / (f + u) = 1 - R,  u = 1 / h,
 * f, h and s under the supporters that are believed to stand.  Corrections are not in
 * it: a failure that comes while another is put right has to be found anew, so that
 * there is one, or none, by the same two rates all along; and an audit of one that is
 * known to be down looks for such a failure as any other does.  Found: p is 0.  Looked
 * at with sensitivity s and not found: p <- p (1 - s) / (1 - s p).  What an audit shows
 * has the likelihood s p(R), or 1 - s p(R): far apart a trial of R that hides failures
 * (num/belief.h), close together one of f, and just after the last one next to nothing.
 *
 * Approximations: a Beta stands for the law before the first audit and after each; where
 * it is far from that (failures that stay hidden for hundreds of cycles, f known to a
 * factor of forty) the mean strays by a quarter; of an age at which failures are noticed
 * in any case only h is used; failures found unaided are not counted.
 *
 * What it is believed to be worth is reckoned with the f at the mean of R (value.c,
 * believe.c).  Before each cycle's audits the strategy's discount leads the belief back
 * to the first one (rw_beta_forget).
 *
 * Memory: 3 rows of doubles per learned control, and RW_LOOK_NODES for the nodes.
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_FAILING_H
#define RW_WHEEL_FAILING_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Audits that a wrong start of those who doubt nothing counts for. */
#define RW_FAILING_WRONG 10.0

struct rw_wheel;

/* A node: 1 - R; its f; r in the end, and what a cycle keeps of the distance to it. */
struct rw_failing_node {
    double rest, fails, in_the_end, kept;
};

struct rw_failings {
    size_t n;              /* controls that are learned */
    size_t *slot;          /* (n_controls) which; SIZE_MAX: not this one */
    size_t *control;       /* (n) */
    double *a, *b, *fails; /* (n, room) the belief; f at its mean */
    /* (n) and (n, RW_LOOK_NODES): where p is followed; (n, room, RW_LOOK_NODES): r */
    double *middle;
    struct rw_failing_node *node;
    double *hides;
};

RW_MUST_CHECK enum rw_err rw_failing_init(struct rw_wheel *g);
void rw_failing_begin(struct rw_wheel *g);
/* Check, before the audits and after this cycle's worths were asked for: forgets, and
 * follows what may have failed to the cycle's end. */
void rw_failing_open(struct rw_wheel *g);
/* An audit found a failure that nobody knew of, or none. */
void rw_failing_audited(struct rw_wheel *g, size_t c, size_t i, bool found);
/* After the audits: what is believed is held against the truth (forecast.h). */
void rw_failing_tell(struct rw_wheel *g);
/* Row (room) of the failures a year it is believed to have; NULL: not learned. */
const double *rw_failing_row(const struct rw_wheel *g, size_t c);

#endif
