/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/law.h -- the law of one figure, read from all its futures.
 *
 * Mean, sd and standard error by compensated two-pass moments; quantiles,
 * tail means and exceedance after num/tail.h, each with its error.
 *
 * Curve: P(L > x) at x = 0, at the losses of round probabilities (1/2 ...
 * 1/100000), and at losses spaced evenly on the log scale between the first
 * percentile of the positive losses and the largest loss that RW_TAIL_BEYOND
 * futures exceed; nothing is said beyond that.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_LAW_H
#define RW_STUDY_LAW_H

#include "study/result.h"

#include <stdbool.h>

/* *l <- law of x, which is sorted in place; tmp has room for n.
 * Shapes: (n), n >= 1, finite.  with_curve: x is a loss, x >= 0. */
void rw_law_make(struct rw_law *l, double x[], size_t n, double tmp[], bool with_curve);

/* Appetite's verdict on x sorted ascending: met when the whole interval of
 * P(x > a->loss) is at or below a->probability, missed when all of it is
 * above, undecided (0) where it straddles. */
struct rw_verdict rw_law_verdict(
    const double x[], size_t n, const struct rw_appetite *a);

#endif
