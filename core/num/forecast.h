/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/forecast.h -- how a count fell out against what was predicted.
 *
 * A belief Gamma(a, rate b) in a rate predicts of an exposure x the negative
 * binomial N with r = a and p = b / (b + x):
 *   P(N = k) = Gamma(a + k) / (Gamma(a) k!) p^a (1 - p)^k.
 * Of a count n that came, with F the distribution function of N,
 *   score    ln P(N = n)                            (Good 1952)
 *   below, upto   F(n - 1), F(n): between them lies the probability integral
 *            transform of a count; the histogram spreads n evenly over it
 *            (Czado, Gneiting and Held, Biometrics 65 (2009) 1254)
 *   inside   whether n lies in the central interval [l, u] of a level, l and u
 *            the smallest k with F(k) >= (1 - level) / 2 and (1 + level) / 2
 *   nominal  P(l <= N <= u), at least the level: counts are not continuous.
 *
 * A normal-inverse-gamma belief (m, k, a, b) predicts of the mean of the next n
 * observations Student's t with 2 a degrees of freedom about m, of scale
 * sqrt(b / a (1 / k + 1 / n)) (Bernardo and Smith, Bayesian Theory (1994), A.2); what
 * came is told by its place in that law, which is uniform in (0, 1) if it is right.
 *
 * Floor: num (uses base and GSL).  Threads: pure.
 */
#ifndef RW_NUM_FORECAST_H
#define RW_NUM_FORECAST_H

#include "num/belief.h"

#include <stdbool.h>
#include <stddef.h>

enum { RW_FORECAST_BINS = 10 };

struct rw_forecast {
    double score, below, upto, nominal;
    bool inside;
};

/* a > 0, b >= 0, b + x > 0, n a whole number >= 0.  x = 0 predicts no event: the
 * score of one is -inf. */
struct rw_forecast rw_forecast_count(
    double a, double b, double x, double n, double level);

/* n > 0 observations had this mean: its place. */
double rw_forecast_place(const struct rw_nig *p, double n, double mean);

/* bin[k] += the share of (below, upto] in the k-th of RW_FORECAST_BINS equal
 * parts of (0, 1); the shares of one forecast add up to 1. */
void rw_forecast_spread(const struct rw_forecast *f, double bin[RW_FORECAST_BINS]);

/* Likelihood ratio of x misses among n forecasts that each miss with chance p,
 *   -2 ln ((1 - p)^(n - x) p^x / ((1 - x / n)^(n - x) (x / n)^x)),
 * chi-square with one degree of freedom if p is right and n large (Kupiec,
 * Journal of Derivatives 3 (1995) 73).  n > 0, 0 <= x <= n, 0 <= p < 1; inf for a
 * miss where p is 0. */
double rw_kupiec(double n, double x, double p);
#define RW_KUPIEC_5 3.841458820694124 /* its 0.95 quantile */

#endif
