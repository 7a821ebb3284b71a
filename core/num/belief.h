/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/belief.h -- what may be believed of a rate after counting.
 *
 * theta ~ Gamma(a, rate b): mean a / b, variance a / b^2.  A cycle brings n
 * seen incidents under exposure x (the number expected were theta 1):
 *   a <- d a + n,  b <- d b + x      (power steady model: Harvey and
 * Fernandes, JBES 7 (1989) 407), d the discount of one cycle; d = 1 is the
 * plain conjugate update.  a stays at 1e-6 or above, and b is not discounted
 * below it: nothing seen under no exposure leaves a belief as it is.  Predictive count of exposure x: negative binomial
 * with r = a, p = b / (b + x).
 *
 * Two more conjugate pairs:
 *   a share, from trials: theta ~ Beta(a, b), a <- a + successes,
 *     b <- b + failures; mean a / (a + b), the predictive of a trial;
 *   the mean and variance of a normal (the logarithms of losses): struct rw_nig.
 *
 * Source of these: Bernardo and Smith, Bayesian Theory (1994), 5.2 and A.2.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_BELIEF_H
#define RW_NUM_BELIEF_H

#include "num/sum.h"

#include <stddef.h>

#define RW_BELIEF_LEAST 1e-6 /* of a and b, in incidents */
#define RW_BETA_LEAST   1e-2 /* of a + b, in trials */

/* Prior from a mean and a coefficient of variation: a = 1 / cv^2, b = a / mean.
 * cv is held at 1e-3 or above: a belief is never closed to evidence. */
void rw_belief_prior(double mean, double cv, double *a, double *b);

/* Prior whose equal-tailed interval of this level is [low, high], 0 <= low <
 * high: the shape is the one whose quantiles have the ratio high / low.  a is
 * held within 1e-2 .. 1e6 (as cv above), and then only the geometric mean of the
 * interval is kept; a low of 0 means the least a. */
void rw_belief_prior_interval(
    double low, double high, double level, double *a, double *b);

/* What a cycle of this exposure keeps of (a, b). */
static inline double
rw_belief_keep(double discount, double b, double exposure)
{
    /* evidence is not forgotten to the last grain: 0 / 0 is no belief */
    return discount * b < RW_BELIEF_LEAST && exposure < RW_BELIEF_LEAST ? 1 : discount;
}

/* One cycle for n futures; seen[i] counts, exposure[i] >= 0.  Shapes (n). */
void rw_belief_update(size_t n, double discount, const double seen[],
    const double exposure[], double a[], double b[]);

/* Equal-tailed interval of theta and the predictive mean and variance. */
void rw_belief_interval(double a, double b, double level, double *low, double *high);
void rw_belief_predict(double a, double b, double x, double *mean, double *variance);

/* A share after so many successes and failures, and its equal-tailed
 * interval; counts may be fractions (of a coverage). */
void rw_beta_update(double successes, double failures, double *a, double *b);
void rw_beta_interval(double a, double b, double level, double *low, double *high);
/* The one with this mean and variance, 0 < mean < 1; a variance that no Beta has
 * (mean (1 - mean) or more) gives the least a + b, RW_BETA_LEAST. */
void rw_beta_moments(double mean, double variance, double *a, double *b);
/* P(theta <= x). */
double rw_beta_place(double a, double b, double x);
/* A cycle's discount leads both back to the first belief: what is forgotten is what was
 * seen.  (With both discounted to nothing a belief without trials would be that the
 * share is 0 or 1.) */
void rw_beta_forget(
    double discount, double first_a, double first_b, double *a, double *b);

/* variance ~ InverseGamma(a, scale b), mean ~ Normal(m, variance / k): k is
 * what m is worth in observations, 2a what b / a is. */
struct rw_nig {
    double m, k, a, b;
};

/* n observations x[] (n); observations of which only the moments are known. */
void rw_nig_update(struct rw_nig *p, const double x[], size_t n);
void rw_nig_join(struct rw_nig *p, const struct rw_moments *s);

/* E variance = b / (a - 1), a > 1. */
static inline double
rw_nig_variance(const struct rw_nig *p)
{
    return p->b / (p->a - 1);
}

/* What a cycle leaves of older evidence: k, a - 1 and b times the discount.  m and
 * E variance stay what they are; they only become less sure (with a and b discounted
 * alike, as by West and Harrison, Bayesian Forecasting (1997) 10.8, E variance would
 * rise with every cycle in which nothing happens).  k is not forgotten below 1, or
 * below what it is: what was thought before is worth one observation at least. */
void rw_nig_forget(struct rw_nig *p, double discount);

/* Quantile of the next observation, 0 < lower = 1 - upper < 1: Student's t with
 * 2a degrees of freedom about m, of scale sqrt(b (k + 1) / (a k)). */
double rw_nig_quantile(const struct rw_nig *p, double lower, double upper);

#endif
