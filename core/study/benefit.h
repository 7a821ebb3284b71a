/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/benefit.h -- what controls, pillars and principles take off the
 * residual risk over the horizon, and what that costs.
 *
 * With B what is taken off (wheel/benefit.h) and C what is spent on it beyond
 * "nothing", both sums over the horizon: the means of B, C and B - C, paired in
 * every future, and the ratio q = E B / E C with
 *   se(q)^2 = (Var B - 2 q Cov(B, C) + q^2 Var C) / (n (E C)^2)
 * (delta method), Cov from the variance of B - C.  No ratio is told where E C is
 * less than RW_BENEFIT_SURE of its standard errors above 0.
 *
 * Source: Cochran, Sampling Techniques (1977), 2.11.
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_BENEFIT_H
#define RW_STUDY_BENEFIT_H

#include "study/result.h"

#define RW_BENEFIT_SURE 4

/* Of one row of wheel/benefit.h. */
struct rw_result_benefit {
    struct rw_mean taken_off, spend, net; /* money */
    bool has_ratio;
    double ratio, ratio_se; /* taken off for each unit spent */
};

/* (rw_benefit_rows) of simulated strategy s; *out NULL where the model wants none
 * or it is none's but a twin's or "nothing".  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_result_benefit_make(const struct rw_outcome *o, size_t s,
    struct rw_arena *a, struct rw_result_benefit **out);

/* Whether control c acts through those that it supports and takes off nothing
 * itself. */
bool rw_benefit_supports(const struct rw_model *m, size_t c);

#endif
