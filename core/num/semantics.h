/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/semantics.h -- what "loss event frequency times loss magnitude"
 * may mean, and the law of a year's loss L under each reading; F is the
 * frequency (events a year, uncertain), X the loss of one event.
 *
 *   compound     L = X1 + ... + XN, N counts of mean F: a year of events, each
 *                with a loss of its own (num/aggregate.h)
 *   product      L = F X, one draw of each.  Every event of a year is then as
 *                large as every other: the mean is right, the tail is that of
 *                a year whose events all are bad at once
 *   at most one  L = X with probability P(N >= 1), else 0: the events of a
 *                year count as one.  For a Poisson count that is
 *                E(1 - exp(-F)), not F, which may pass 1; so P(L = 0) is that
 *                of the compound.  For the count law bernoulli it is E F.
 *
 * The product's P(L > x) = E P(X > x / F) and E(L - x)+ = E F (X - x / F)+ are
 * integrals over F's quantile, taken on the axis ln(u / (1 - u)) that keeps
 * both tails, cut where X's law turns, to 1e-11 (or X's own error).  If F is a
 * product of estimates, one is integrated so and the others by many points
 * (num/measure.h); the error is then what half as fine points change.  The
 * count law does not enter, but for the years without events of zip.
 *
 * Floor: num (uses GSL).  Threads: read-only once made.
 */
#ifndef RW_NUM_SEMANTICS_H
#define RW_NUM_SEMANTICS_H

#include "num/count.h"
#include "num/mixing.h"

/* The law of one event's loss, X >= 0. */
struct rw_loss_law {
    const void *ctx;
    double (*sf)(const void *ctx, double x);  /* P(X > x), x >= 0 */
    double (*lev)(const void *ctx, double x); /* E min(X, x)      */
    /* inf{x : P(X <= x) >= lower}, upper = 1 - lower */
    double (*quantile)(const void *ctx, double lower, double upper);
    double mean, sd; /* sd may be INFINITY */
    double error;    /* of sf, absolute; 0: rounding */
};

/* That of a distribution, which must outlive it. */
struct rw_loss_law rw_loss_law_of(const struct rw_dist *d);

struct rw_frequency {
    enum rw_count_law law;
    double dispersion, zero, chances; /* as in struct rw_compound */
    const struct rw_mixing_factor *factors;
    size_t n_factors;
};

enum rw_reading_kind { RW_READING_PRODUCT, RW_READING_AT_MOST_ONE };

struct rw_reading;

/* A figure and its error (absolute). */
struct rw_figure {
    double value, error;
};

/* Copies frequency and law, not what they point at.  RW_ERR_INPUT with a
 * sentence, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_reading_new(enum rw_reading_kind kind,
    const struct rw_frequency *f, const struct rw_loss_law *x, struct rw_reading **made,
    struct rw_error *e);
void rw_reading_free(struct rw_reading *r);

/* Closed; the sd may be INFINITY. */
double rw_reading_mean(const struct rw_reading *r);
double rw_reading_sd(const struct rw_reading *r);
double rw_reading_p0(const struct rw_reading *r); /* P(L = 0) */

/* P(L > x), x >= 0. */
struct rw_figure rw_reading_sf(const struct rw_reading *r, double x);
/* inf{x : P(L <= x) >= q}, 0 < q < 1; NaN when memory is out. */
struct rw_figure rw_reading_quantile(const struct rw_reading *r, double q);
/* VaR_q + E(L - VaR_q)+ / (1 - q). */
struct rw_figure rw_reading_tvar(const struct rw_reading *r, double q);

#endif
