/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate.h -- the exact law of a year's loss, S = X1 + ... + XN.
 *
 * No random number is drawn here: this is the referee of the Monte Carlo.
 *
 * Floor: num (uses FFTW).  Threads: a law is read-only once made; making one
 * takes a lock only inside FFTW's planner.
 */
#ifndef RW_NUM_AGGREGATE_H
#define RW_NUM_AGGREGATE_H

#include "num/count.h"
#include "num/dist.h"

/* One independent part of an event's loss: scale * amount with this
 * probability, else nothing. */
struct rw_event_part {
    struct rw_dist amount; /* >= 0 */
    double scale;          /* > 0  */
    double probability;    /* SLEF; 1: primary */
};

/* Loss of one event: share * (sum of parts), the share drawn once per event
 * (what response leaves), less what a cover pays:
 *   retained(x) = min(x, deductible) + max(x - deductible - limit, 0). */
struct rw_event_loss {
    const struct rw_event_part *parts; /* (n_parts) */
    size_t n_parts;
    const double *share, *share_weight; /* (n_shares); n_shares 0: always 1 */
    size_t n_shares;
    double deductible, limit; /* limit 0: no cover, INFINITY: all above is paid */
};

/* The years of one threat.  Its yearly frequency m (the `frequency` of
 * num/count.h) takes the value m[k] with weight[k], the weights adding up to
 * 1: one node if it is known, a quadrature of its law if not.  Given m, every
 * member has events of its own, independent of the others', as many as the
 * count law makes of m * member share. */
struct rw_compound_member {
    double share; /* of m, > 0 */
    struct rw_event_loss event;
};
struct rw_compound {
    enum rw_count_law law;
    double dispersion; /* negbin: variance m + f m^2      */
    double zero;       /* zip: P(no event at all)         */
    double chances;    /* binomial: n                     */
    const double *m, *weight;
    size_t n_nodes;
    const struct rw_compound_member *members;
    size_t n_members;
};

/* A figure, the bracket that provably holds it, and the error that the
 * method itself estimates (absolute); low <= value <= high. */
struct rw_bounded {
    double value, low, high, error;
};

struct rw_aggregate;

/* The law of the sum of n independent compounds.  RW_ERR_INPUT with a
 * sentence where it cannot be had (no events at all is a law: S = 0),
 * RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_aggregate_new(const struct rw_compound c[], size_t n,
    struct rw_aggregate **law, struct rw_error *e);
void rw_aggregate_free(struct rw_aggregate *law);

/* Analytic moments; the sd may be INFINITY. */
double rw_aggregate_mean(const struct rw_aggregate *law);
double rw_aggregate_sd(const struct rw_aggregate *law);
double rw_aggregate_p0(const struct rw_aggregate *law); /* P(S = 0) */

/* inf{x : F(x) >= q}, 0 < q <= 0.9999; may compute, so not for inner loops. */
RW_MUST_CHECK enum rw_err rw_aggregate_quantile(
    struct rw_aggregate *law, double q, struct rw_bounded *x, struct rw_error *e);
/* VaR_q + E[(S - VaR_q)+] / (1 - q). */
RW_MUST_CHECK enum rw_err rw_aggregate_tvar(
    struct rw_aggregate *law, double q, struct rw_bounded *x, struct rw_error *e);
/* P(S > x). */
RW_MUST_CHECK enum rw_err rw_aggregate_sf(
    struct rw_aggregate *law, double x, struct rw_bounded *p, struct rw_error *e);

#endif
