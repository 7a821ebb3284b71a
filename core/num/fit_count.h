/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/fit_count.h -- laws of the number of events in a period, by maximum
 * likelihood.
 *
 * Period i has k_i events and the length e_i, 1 where it is whole; m is the
 * mean of a whole one.  Laws and parameters are those of num/count.h:
 *   poisson  m = sum k / sum e; its interval is exact (Garwood, Biometrika 28
 *            (1936) 437)
 *   negbin   mean m e, variance m e + f (m e)^2.  Given f, m solves
 *            sum (k_i - m e_i) / (1 + f m e_i) = 0 (the mean, where all e are
 *            equal), and f maximises the profile.  Where counts scatter no
 *            more than Poisson's the maximum is f = 0: refused.
 *   zip      0 with probability q, else Poisson(m); all e equal.  With n+ the
 *            periods that have events and K their mean,
 *            m / (1 - e^-m) = K,  1 - q = n+ / (n (1 - e^-m));
 *            q <= 0: there are no more empty periods than Poisson's: refused.
 *
 * Scatter: X2 = sum (k - m e)^2 / (m e) is about chi-squared with n - 1 degrees
 * of freedom for a Poisson law (Cameron and Trivedi, Regression Analysis of
 * Count Data (2013), 3.4).
 * Goodness of fit: D = sup over j of |share of k_i <= j - mean of F_i(j)|,
 * with p by replicates as in num/fit_severity.h.
 *
 * Source of negbin: Lawless, Canadian Journal of Statistics 15 (1987) 209.
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_FIT_COUNT_H
#define RW_NUM_FIT_COUNT_H

#include "num/count.h"
#include "num/fit.h"

#include <signal.h>

struct rw_counts {
    const unsigned *k;
    const double *e; /* above 0 */
    size_t n;
    double events, length; /* sums of k and e */
    bool equal;            /* all e are the same */
};

void rw_counts_init(
    struct rw_counts *s, const unsigned k[], const double e[], size_t n);

/* X2 / (n - 1) of the best Poisson law, and P(X2 is larger). */
double rw_counts_scatter(const struct rw_counts *s, double *p);

struct rw_count_fit {
    enum rw_count_law law;
    struct rw_fit fit; /* mean; mean, dispersion; mean, zero */
};

enum { RW_COUNT_FITS = 3 };
extern const enum rw_count_law rw_count_fits[RW_COUNT_FITS];
const char *rw_count_fit_name(enum rw_count_law law);

/* The fit with ks but without ks_p; the counts hold an event. */
void rw_count_fit(
    enum rw_count_law law, const struct rw_counts *s, struct rw_count_fit *f);

double rw_count_distance(
    enum rw_count_law law, const double p[], const struct rw_counts *s);

/* ks_p.  *stop nonzero: RW_ERR_INTERRUPT.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_count_test(struct rw_count_fit *f,
    const struct rw_counts *s, size_t replicates, uint64_t seed,
    const volatile sig_atomic_t *stop);

#endif
