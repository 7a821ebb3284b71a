/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/fit.h -- what every fit by maximum likelihood has in common.
 *
 * At the maximum of the log likelihood l the covariance of the estimates is
 * the inverse of the observed information,
 *   Cov = (-d2 l / dp dp')^-1,      se_i = sqrt(Cov_ii),
 * with second differences in the parameters' own units, extrapolated from two
 * steps of a thirtieth and a fifteenth of a standard error (error about 1e-8
 * relative).  Intervals of level 95 %: p -+ 1.96 se, and for a positive
 * parameter p exp(-+ 1.96 se / p), which is the same on its logarithm.
 *   AIC = 2 k - 2 l,   BIC = k ln n - 2 l
 * A function of the parameters has the standard error sqrt(g' Cov g), g its
 * gradient by differences (the delta method).
 *
 * Source: Pawitan, In All Likelihood (2001), 2.5, 3.3 and 4.7; Akaike, IEEE
 * Transactions on Automatic Control 19 (1974) 716; Schwarz, Annals of
 * Statistics 6 (1978) 461.
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_FIT_H
#define RW_NUM_FIT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { RW_FIT_PARAMS = 2, RW_FIT_WHY = 256 };

/* Standard normal quantile at 0.975. */
#define RW_Z975 1.959963984540054

/* Log likelihood at p; NaN or -inf outside the domain. */
typedef double rw_fit_likelihood(const void *ctx, const double p[]);

struct rw_fit {
    size_t n_params;
    const char *name[RW_FIT_PARAMS];
    bool positive[RW_FIT_PARAMS];
    double p[RW_FIT_PARAMS], se[RW_FIT_PARAMS]; /* se NaN: not known */
    double low[RW_FIT_PARAMS], high[RW_FIT_PARAMS];
    double cov[RW_FIT_PARAMS][RW_FIT_PARAMS];
    double step[RW_FIT_PARAMS]; /* of differences, a thirtieth of an error were the
                                 * other parameter known */
    double loglik, aic, bic;
    /* sup |Fn - F|, and how often a sample of the fitted law, fitted again, has
     * a larger one (num/fit_severity.h, num/fit_count.h) */
    double ks, ks_p;
    size_t replicates;    /* 0: ks_p is not known */
    char why[RW_FIT_WHY]; /* why there is no fit; "": there is one */
};

/* Completes p, name and positive: everything but ks; n observations. */
void rw_fit_errors(struct rw_fit *f, rw_fit_likelihood *l, const void *ctx, size_t n);

/* Standard error of g(p); NaN where it is not known. */
double rw_fit_delta(const struct rw_fit *f,
    double (*g)(const void *ctx, const double p[]), const void *ctx);

/* No fit, for this reason; false. */
bool rw_fit_refuse(struct rw_fit *f, const char *fmt, ...) RW_PRINTF(2, 3);

/* Place of a maximum of g within [low, high], which vary g by their logarithm or
 * the like, to about 1e-8: the highest of a grid, then Brent's method between its
 * neighbours; or, where `start` is not NaN, uphill from there.  False: the highest point is an
 * end, and *x is it. */
bool rw_fit_peak(double (*g)(const void *ctx, double x), const void *ctx, double low,
    double high, double start, double *x);

#endif
