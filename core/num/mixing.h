/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/mixing.h -- an uncertain positive quantity as a few nodes: a
 * quadrature of the law of a product of independent estimates, so that
 *   E[g(X1 X2 ... Xn)] = sum weight[k] g(node[k])
 * to about 1e-10 for the smooth g of this program (generating functions).
 *
 * Floor: num.  Threads: pure.
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

/* The nodes go into the arena.  n_factors 0: the constant 1. */
RW_MUST_CHECK enum rw_err rw_mixing_make(const struct rw_mixing_factor f[],
    size_t n_factors, struct rw_arena *a, struct rw_mixing *m);

#endif
