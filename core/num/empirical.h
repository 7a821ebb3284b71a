/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/empirical.h -- what was observed, each value as likely as another.
 *
 *   F(x) = #{i : x_i <= x} / n,   quantile = inf{x : F(x) >= u} = x_(ceil(n u))
 *
 * Nothing lies between the values, and nothing beyond the largest: a tail
 * needs a splice.
 *
 * Floor: num.  Threads: a law is read-only once made.
 */
#ifndef RW_NUM_EMPIRICAL_H
#define RW_NUM_EMPIRICAL_H

#include "base/arena.h"
#include "num/dist.h"

/* From finite x[n], n >= 1, in any order; they and their partial sums are
 * copied to the arena.  A single value is a constant.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_empirical_make(
    const double x[], size_t n, struct rw_arena *a, struct rw_dist *d);

/* Its values, ascending, (n). */
const double *rw_empirical_values(const struct rw_dist *d, size_t *n);

#endif
