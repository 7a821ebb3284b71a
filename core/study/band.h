/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/band.h -- what of a yearly loss L is chance, and what is that
 * nobody knows the estimates.
 *
 * An exceedance curve P(L > x) averages over both.  From a nested run (G
 * truths, K histories each) this tells them apart:
 *
 * Band.  At each loss x of the curve, c_g of K histories of truth g exceed x;
 * the law over truths of p_g = P(L > x | truth g) is found from the counts by
 * num/chance.h, which takes out the scatter of the K, and its mean is put on
 * the curve's own probability, known from all ordinary futures.  Errors: a
 * jackknife over RW_BAND_BLOCKS blocks of truths, and in quadrature the
 * curve's own binomial error and the resolution 1 / (min(q, 1 - q) G K): one
 * history among all those of the truths beyond the level q.  A point is left out that fewer than
 * RW_TAIL_BEYOND of the G K histories exceed, or whose counts scatter no more
 * than chance alone lets them in 99 of 100 runs: its band would be noise.
 * What is told is the longest stretch of the curve without such a point.
 * Each level falls with the loss, as it must: its values are rearranged, which
 * brings them nearer to a falling truth (Chernozhukov, Fernandez-Val and
 * Galichon, Biometrika 96 (2009) 559).
 *
 * Epistemic share.  Var L = E Var(L | truth) + Var E(L | truth); the share of
 * the second by the one-way analysis of variance with random effects,
 *   between = (MSB - MSW) / K, within = MSW, share = between / (between +
 *   within)
 * (Searle, Casella and McCulloch, Variance Components (1992), 3.6), with the
 * jackknife over truths for its error.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_BAND_H
#define RW_STUDY_BAND_H

#include "study/result.h"

enum { RW_BAND_BLOCKS = 20 };
#define RW_BAND_EVIDENCE 2.326347874040841 /* normal 0.99 quantile */

/* curve: of n ordinary futures, or 0: with errors of its own at its points.  loss: (truths * histories), the histories of
 * a truth behind each other; sorted truth by truth.  In the arena; NULL when
 * memory is out or *stop (NULL: never) is raised. */
struct rw_band *rw_band_make(const struct rw_law *curve, size_t n,
    const struct rw_nested *nest, double loss[], struct rw_arena *a,
    const volatile sig_atomic_t *stop);

/* The variance share alone; loss as above, any order within a truth. */
struct rw_mean rw_band_epistemic(const double loss[], size_t truths, size_t histories);

#endif
