/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/mixture.h -- one of several laws, each with its chance.
 *
 *   F(x) = sum w_i F_i(x),   E[g(X)] = sum w_i E[g(X_i)]
 *
 * Parts are whole distributions with floor and cap of their own.  The
 * quantile lies between the least and the largest of the parts' quantiles at
 * the same u and is found there by a bracketed search on the smaller tail;
 * where F jumps it is the atom itself, to the bit.
 *
 * Floor: num.  Threads: a law is read-only once made.
 */
#ifndef RW_NUM_MIXTURE_H
#define RW_NUM_MIXTURE_H

#include "base/arena.h"
#include "num/dist.h"

/* How far the weights' sum may be from 1; they are divided by it. */
#define RW_MIXTURE_SUM 1e-9

enum { RW_MIXTURE_PARTS = 1000 };

/* n >= 1 parts, copied to the arena.  RW_ERR_INPUT: why[], *bad is the index of
 * the weight at fault or -1 for the whole.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_mixture_make(const double weight[],
    const struct rw_dist part[], size_t n, struct rw_arena *a, struct rw_dist *d,
    int *bad, char why[RW_DIST_WHY]);

/* P(X > Y) part by part, for rw_dist_prob_exceeds: the mixture is X
 * (mixture_first) or Y. */
double rw_mixture_exceeds(
    const struct rw_dist *mixture, const struct rw_dist *other, bool mixture_first);

#endif
