/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/score.h -- a row of forecasts against what came.
 *
 * One step ahead, over periods t of counts n_t and exposures x_t, a belief
 * Gamma(a, rate b) says what comes next before it has seen it:
 *   dispersion f = 0   the belief's own negative binomial (num/forecast.h)
 *   f > 0              the negative binomial about the belief's mean m = a x / b
 *                      with variance m + f m^2: the belief's own spread is in
 *                      the f that fits
 * and then learns: a <- d a + n, b <- d b + x (num/belief.h).  What was said of
 * the first `skip` periods does not count.
 *
 * Misses that come in clusters (Christoffersen, International Economic Review
 * 39 (1998) 841), with n_ij how often j follows i, 1 a miss,
 *   LR = 2 ln( (1-p01)^n00 p01^n01 (1-p11)^n10 p11^n11
 *            / ((1-p)^(n00+n10) p^(n01+n11)) )  ~ chi-square with 1 degree.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_SCORE_H
#define RW_NUM_SCORE_H

#include "base/err.h"
#include "num/forecast.h"

struct rw_score {
    size_t n, inside;             /* forecasts; counts within their interval   */
    double nominal;               /* mean of what the intervals hold by their law */
    double log_score;             /* mean of ln P(n_t)                         */
    double kupiec, kupiec_p;      /* of misses against 1 - nominal             */
    double cluster, cluster_p;    /* NAN where no miss, or nothing but misses  */
    double bin[RW_FORECAST_BINS]; /* of the integral transform, adding up to n */
    double a, b;                  /* the belief at the end                     */
};

struct rw_score_rule {
    double discount, dispersion, level;
    double a, b; /* the belief at first */
    size_t skip;
};

/* RW_ERR_DOMAIN: no period is left to forecast; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_score_make(const struct rw_score_rule *r,
    const double count[], const double exposure[], size_t n, struct rw_score *s);

/* LR of the clusters in miss[n], 0 or 1; NAN where nothing can be said. */
double rw_score_clusters(const unsigned char miss[], size_t n);

/* P(X > x) of a chi-square with 1 degree of freedom. */
double rw_score_beyond(double x);

#endif
