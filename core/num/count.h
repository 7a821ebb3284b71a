/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/count.h -- how many events a yearly frequency m makes.
 *
 *                          mean      variance          pgf E[z^N], w = z - 1
 *   poisson                m         m                 exp(m w)
 *   negbin, dispersion f   m         m + f m^2         (1 - f m w)^(-1/f)
 *   zip, zero q            (1-q) m   (1-q) m (1 + q m) q + (1 - q) exp(m w)
 *   binomial, n chances    m         m (1 - m / n)     (1 + m w / n)^n
 *   bernoulli              binomial with n = 1
 *
 * Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005),
 * 3, 4, 5 and 8.2.3.
 *
 * The laws are annual: negbin multiplies the year's m by one
 * Gamma(1/f, scale f) variable (mean 1, variance f), zip by one that is 0
 * with probability q and else 1; this multiplier is drawn once a year and the
 * events spread over the year's cycles.  The binomial laws have their chances
 * in a year, each in a cycle of its own.
 *
 * Distribution functions are incomplete gamma and beta functions
 * (num/special.h), good to their 1e-11.
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

/* Most chances a year. */
#define RW_COUNT_CHANCES_MAX 1000000

struct rw_count {
    enum rw_count_law law;
    double dispersion;        /* f > 0, negbin only             */
    double zero;              /* q in [0, 1], zip only          */
    double chances;           /* n, binomial and bernoulli; else 0: no such limit */
    struct rw_sampler mixing; /* Gamma(1/f, f), negbin only     */
};

/* Sets the law; parameter: f, q or n, where the law has one.  The mixing
 * table goes into the arena.  RW_ERR_DOMAIN, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_count_init(
    struct rw_count *c, enum rw_count_law law, double parameter, struct rw_arena *a);

/* Mean of the year's multiplier: events expected per unit of m. */
double rw_count_share(const struct rw_count *c);

/* Of m >= 0; the binomial laws have m <= n. */
double rw_count_mean(const struct rw_count *c, double m);
double rw_count_variance(const struct rw_count *c, double m);
double rw_count_pmf(const struct rw_count *c, double m, unsigned k);
double rw_count_cdf(const struct rw_count *c, double m, unsigned k);
/* Smallest k with cdf >= u, 0 < u < 1; UINT_MAX where there is none. */
unsigned rw_count_quantile(const struct rw_count *c, double m, double u);
/* E[z^N]; negbin has one for z < 1 + 1 / (f m), INFINITY from there on. */
double rw_count_pgf(const struct rw_count *c, double m, double z);

#endif
