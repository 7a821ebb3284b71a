/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/bound.h -- how often a floor or cap holds a draw, and what that does
 * to the mean.
 *
 *   P(held by the cap c) = P(X > c),   shift = -E(X - c)^+ = E min(X, c) - E X
 *   P(held by the floor f) = P(X < f), shift =  E(f - X)^+ = f - E min(X, f)
 *
 * of the law X without bounds.  Where a law is made of others (mixture, splice),
 * their floors and caps count too: times the chance that a draw comes from that
 * part, and not where the value would lie beyond the splice's threshold and so
 * is none of its draws.  A shift is taken where the bound stands, before those
 * further out.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_BOUND_H
#define RW_NUM_BOUND_H

#include "num/dist.h"

struct rw_dist_hold {
    const char *path; /* "/parts/1/of/cap" below the law; lives for the call */
    bool cap;         /* else a floor */
    double value;
    double probability; /* that a draw is held by it */
    double shift;       /* of the mean of a draw; -INFINITY: without it there is none */
};

/* Tells see() of every floor and cap there is, those of the law itself first;
 * ends with false as soon as that returns false. */
bool rw_dist_holds(const struct rw_dist *d,
    bool (*see)(void *self, const struct rw_dist_hold *h), void *self);

#endif
