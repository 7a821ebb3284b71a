/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/posterior.h -- what is known of a rate after incidents were counted
 * that only a part of its attempts turns into, a part nobody knows exactly.
 *
 * Attempts come at rate F ~ Gamma(a, rate b) a year; Q of them a year of watch
 * become incidents that are seen: susceptibility, controls, detection, summed
 * over the assets that are hit.  Q is independent of F and given as n_nodes
 * equally likely values q_j.  Given both, period t brings
 *   N_t ~ law of num/count.h with mean F Q x_t,  x_t its years.
 *
 * poisson, with discount d (power steady model, num/belief.h; d = 1: none):
 *   given q_j the posterior is Gamma(a', b_j), a' = d^T a + sum d^(T-t) n_t,
 *   b_j = d^T b + q_j sum d^(T-t) x_t, and q_j has the weight of what it had
 *   predicted step by step, prod_t NB(n_t; d a_t-1, d b_t-1 / (d b_t-1 + q_j x_t)):
 *   a mixture of gammas, whose mean and variance are exact.
 * negbin, zip: by the trapezoidal rule in ln F, no discount.
 *
 * F and Q are no longer independent then: what the counts fix is their product,
 * incidents a year.  A model that keeps Q as it was, independent of F, expects as
 * many incidents, as surely, if F is the gamma with
 *   E F = E[F Q | n] / E Q,  E F^2 = E[(F Q)^2 | n] / E Q^2,
 * though cv^2 stays at that of the conjugate posterior, 1 / a', or above: F is
 * never surer than the incidents make it, if Q is less sure than F Q is.
 * For a known Q this is the posterior of F.
 *
 * Source: Bernardo and Smith, Bayesian Theory (1994), 5.2; Harvey and
 * Fernandes, JBES 7 (1989) 407.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_POSTERIOR_H
#define RW_NUM_POSTERIOR_H

#include "num/count.h"

/* The counts of a period, and how long it was watched. */
struct rw_watched {
    double count, years;
};

struct rw_posterior {
    double mean, sd;      /* of F itself */
    double seen, seen_sd; /* of F Q */
    double shape, rate;   /* of the gamma for F */
    bool wide;       /* then F Q is less sure than the counts left it, by a tenth */
    double expected; /* count that the prior expected, all periods together */
    double surprise; /* min(1, 2 min(P(N <= n), P(N >= n))) of their sum by the
                          * prior; NAN for negbin, zip */
};

/* periods[n]; node[n_nodes] > 0 in any order.  RW_ERR_DOMAIN: a law without a
 * posterior here, or a discount with another law than poisson; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_posterior_rate(double a, double b, double discount,
    const struct rw_count *law, const struct rw_watched periods[], size_t n,
    const double node[], size_t n_nodes, struct rw_posterior *p);

#endif
