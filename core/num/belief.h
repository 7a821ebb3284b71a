/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/belief.h -- what may be believed of a rate after counting.
 *
 * theta ~ Gamma(a, rate b): mean a / b, variance a / b^2.  A cycle brings n
 * seen incidents under exposure x (the number expected were theta 1):
 *   a <- d a + n,  b <- d b + x      (power steady model: Harvey and
 * Fernandes, JBES 7 (1989) 407), d the discount of one cycle; d = 1 is the
 * plain conjugate update.  a stays at 1e-6 or above, and b is not discounted
 * below it: nothing seen under no exposure leaves a belief as it is.   Predictive count of exposure x: negative binomial
 * with r = a, p = b / (b + x).
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_BELIEF_H
#define RW_NUM_BELIEF_H

#include <stddef.h>

/* Prior from a mean and a coefficient of variation: a = 1 / cv^2, b = a / mean.
 * cv is held at 1e-3 or above: a belief is never closed to evidence. */
void rw_belief_prior(double mean, double cv, double *a, double *b);

/* One cycle for n futures; seen[i] counts, exposure[i] >= 0.  Shapes (n). */
void rw_belief_update(size_t n, double discount, const double seen[],
    const double exposure[], double a[], double b[]);

/* Equal-tailed interval of theta and the predictive mean and variance. */
void rw_belief_interval(double a, double b, double level, double *low, double *high);
void rw_belief_predict(double a, double b, double x, double *mean, double *variance);

#endif
