/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/credibility.h -- how much a member's own experience is worth beside
 * that of all members: Buhlmann and Straub.
 *
 * Member i has ratios x_it (incidents a year) of weights w_it (years).  With
 * w_i and x_i its whole weight and weighted mean, w and x those of all,
 *   within   s2 = sum_it w_it (x_it - x_i)^2 / sum_i (n_i - 1)
 *   between  t2 = (sum_i w_i (x_i - x)^2 - (I - 1) s2) / (w - sum_i w_i^2 / w),
 *            0 if negative
 *   Z_i = w_i / (w_i + s2 / t2),  collective m = sum_i Z_i x_i / sum_i Z_i
 *   premium_i = Z_i x_i + (1 - Z_i) m.
 * Without any difference between members Z = 0 and m is the weighted mean.
 *
 * Source: Buhlmann and Gisler, A Course in Credibility Theory (2005), 4.8-4.9.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_CREDIBILITY_H
#define RW_NUM_CREDIBILITY_H

#include "base/err.h"

#include <stddef.h>

struct rw_credibility {
    double collective, between, within;
    size_t members;
};

/* n observations: x[k] of weight w[k] > 0 and of member of[k], 0 <= of[k] <
 * members.  z[], premium[] (members) <- each member's, either may be NULL; a
 * member without an observation has Z = 0.  RW_ERR_DOMAIN: fewer than two
 * members are seen, or none of them twice; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_credibility_make(const double x[], const double w[],
    const size_t of[], size_t n, size_t members, double z[], double premium[],
    struct rw_credibility *c);

#endif
