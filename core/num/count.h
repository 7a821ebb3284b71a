/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/count.h -- how many events a yearly frequency makes.
 *
 *   poisson             variance m
 *   negbin, dispersion f  variance m + f m^2: m is multiplied by one
 *                       Gamma(1/f, scale f) per year (mean 1, variance f)
 *
 * The laws are annual: the year's multiplier is drawn once and its events
 * spread over the year's cycles.
 *
 * Floor: num.  Threads: read-only once made.
 */
#ifndef RW_NUM_COUNT_H
#define RW_NUM_COUNT_H

#include "num/sampler.h"

enum rw_count_law {
    RW_COUNT_POISSON,
    RW_COUNT_NEGBIN,
    RW_COUNT_ZIP,
    RW_COUNT_BINOMIAL,
    RW_COUNT_BERNOULLI,
    RW_COUNT_LAWS
};

struct rw_count {
    enum rw_count_law law;
    double dispersion;        /* f > 0, negbin only             */
    struct rw_sampler mixing; /* Gamma(1/f, f), negbin only     */
};

/* Sets the law; the mixing table goes into the arena. */
RW_MUST_CHECK enum rw_err rw_count_init(
    struct rw_count *c, enum rw_count_law law, double dispersion, struct rw_arena *a);

/* Probability of k events at mean m, for tests and referees. */
double rw_count_pmf(const struct rw_count *c, double m, unsigned k);

#endif
