/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/mixing.h -- an uncertain positive quantity as a few nodes: a
 * quadrature of the law of a product of independent estimates, so that
 *   E[g(X1 X2 ... Xn)] = sum weight[k] g(node[k])
 * within 1e-10 for the generating functions of counts,
 *   g(m) = exp(-s m) and (1 + f s m)^(-1/f), s = 1 - z, |z| <= 1.
 *
 * The law is first laid out as many points (num/measure.h), the points of a
 * product being the products of points.  Then a Gauss rule of this measure is
 * sought, in x, sqrt x or ln(1 + x / mean) and, where that is shorter, for
 * pieces of the law by themselves: the shortest that agrees with the points
 * in E g round the circle |z| = 1, of which every z within is no worse, and
 * in mean and E X^2.  Estimates within a decade or two take 10 to 80 nodes, a
 * lognormal with sigma 2 about 400: the counts of every frequency m are told
 * apart on the scale sqrt(m), and it is that many of them.
 *
 * Of a law's outermost 1e-6 the rule may miss that; there it has at most 80
 * nodes, keeps mass and moments, and E g is off by less than 1e-6 (measured:
 * 1.5e-7 for a lognormal with sigma 2, 2e-11 with sigma 1).
 *
 * Source: Gautschi, Orthogonal Polynomials: Computation and Approximation
 * (2004), 2.2 and 3.1.
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_MIXING_H
#define RW_NUM_MIXING_H

#include "base/arena.h"
#include "num/dist.h"

/* A factor of the product is X itself, or 1 - X Y (a control's coverage times
 * its efficacy). */
struct rw_mixing_factor {
    struct rw_dist x, y; /* y: used where complement is set */
    bool complement;
};

struct rw_mixing {
    double *node, *weight; /* (n), nodes ascending; weights add up to 1 */
    size_t n;
    double mean, sd; /* of the product, exact */
};

/* The nodes go into the arena.  n_factors 0: the constant 1.
 * RW_ERR_DOMAIN when a factor may be negative, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_mixing_make(const struct rw_mixing_factor f[],
    size_t n_factors, struct rw_arena *a, struct rw_mixing *m);

/* Its exact mean and sd alone. */
void rw_mixing_moments(
    const struct rw_mixing_factor f[], size_t n, double *mean, double *sd);

#endif
