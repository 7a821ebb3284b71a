/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/trend.h -- whether periods are alike, before one law is laid over
 * all of them.
 *
 * Mann and Kendall: S = sum over i < j of sign(x_j - x_i); without a trend its
 * mean is 0 and its variance
 *   (n (n - 1) (2 n + 5) - sum over ties t (t - 1) (2 t + 5)) / 18,
 * and (S -+ 1) / sd is about normal from n = 8 on.
 * Autocorrelation at lag 1: r = sum (x_i - m)(x_(i+1) - m) / sum (x_i - m)^2,
 * mean about -1 / n and standard error about 1 / sqrt(n) where periods know
 * nothing of each other.
 *
 * Sources: Mann, Econometrica 13 (1945) 245; Kendall, Rank Correlation Methods
 * (1975), 4; Bartlett, JRSS Supplement 8 (1946) 27.
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_TREND_H
#define RW_NUM_TREND_H

#include <stddef.h>

struct rw_trend {
    double z, p;  /* of Mann and Kendall; p two-sided, NaN for n < 8 */
    double r, se; /* lag 1; NaN for n < 8 */
};

/* x in the order of time, shape (n). */
struct rw_trend rw_trend(const double x[], size_t n);

#endif
