/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/splice.h -- one law up to a threshold u, another beyond it.
 *
 *   P(X <= u) = w;   X | X <= u is the body given body <= u,
 *                    X | X >  u is the tail given tail > u
 *   F(x) = w Fb(x) / Fb(u)                 for x <= u
 *   1 - F(x) = (1 - w) St(x) / St(u)       beyond
 *   E[g(X)] = w E[g(B); B <= u] / Fb(u) + (1 - w) E[g(T); T > u] / St(u)
 * where E[g(B); B <= u] = E[g(min(B, u))] - g(u) Sb(u), and of the tail
 * likewise with max(T, u): the moments of the parts, capped and floored, are
 * all it takes.
 *
 * Without a body, w = 0: the tail alone, given that it exceeds u.  It is how a
 * law cut at a reporting threshold is written.
 *
 * Floor: num.  Threads: a law is read-only once made.
 */
#ifndef RW_NUM_SPLICE_H
#define RW_NUM_SPLICE_H

#include "base/arena.h"
#include "num/dist.h"

/* Least Fb(u) and St(u): below, the moments would lose their digits, and the
 * splice would hardly be that body or tail. */
#define RW_SPLICE_LEAST 1e-6

enum rw_splice_fault { RW_SPLICE_BODY, RW_SPLICE_TAIL, RW_SPLICE_WEIGHT };

/* weight w, NaN: Fb(u); body NULL: w is 0, and weight NaN.  Copied to the arena.  RW_ERR_INPUT: why[] about
 * *fault.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_splice_make(const struct rw_dist *body,
    const struct rw_dist *tail, double u, double weight, struct rw_arena *a,
    struct rw_dist *d, enum rw_splice_fault *fault, char why[RW_DIST_WHY]);

/* The threshold, where F bends. */
double rw_splice_threshold(const struct rw_dist *d);

#endif
