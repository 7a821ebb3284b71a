/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sampler_tree.h -- a table whose cells are divided where one
 * polynomial does not do; private to num/sampler.c.
 *
 * The cells are those of num/sampler.h.  One that misses its tolerance is cut
 * into halves, and those again, at most RW_SAMPLER_DEPTH times: near a bend or
 * jump of Q only the pieces that hold it stay coarse, and a u that falls into
 * such a piece (one in 2^24 of its cell's) has Q itself called.  The same
 * where RW_SAMPLER_NODES are used up.
 *
 * Every piece is checked between all its nodes to its tolerance, and its
 * polynomial for rising throughout, so draws ascend with u.
 *
 * Floor: num.  Threads: read-only once made.
 */
#ifndef RW_NUM_SAMPLER_TREE_H
#define RW_NUM_SAMPLER_TREE_H

#include "num/sampler.h"

enum { RW_SAMPLER_DEPTH = 24, RW_SAMPLER_NODES = 1 << 15 };

/* s->tree and its errors, for Q of bare, errors relative to max(|x|, spread).
 * RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_sampler_tree_init(struct rw_sampler *s,
    const struct rw_dist *bare, double spread, struct rw_arena *a);

/* *x <- Q(u); false: Q itself is to be called. */
bool rw_sampler_tree_quantile(const struct rw_sampler_tree *t, double u, double *x);

/* Nodes in all, and those for which Q is called. */
void rw_sampler_tree_size(const struct rw_sampler_tree *t, size_t *nodes, size_t *open);

#endif
