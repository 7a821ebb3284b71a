/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/metalog.h -- a law through the quantiles somebody states.
 *
 * With z = y - 1/2 and L = ln(y / (1 - y)) the quantile at y is
 *   M(y) = a1 + a2 L + a3 z L + a4 z + a5 z^2 + a6 z^2 L + a7 z^3 + a8 z^3 L
 *        + a9 z^4 + a10 z^4 L                                  (3 to 10 terms)
 * and, with bounds, lower + e^M, upper - e^-M, or
 * (lower + upper e^M) / (1 + e^M).  The a are fitted by least squares to the
 * stated quantiles, transformed; as many terms as quantiles go through all of
 * them.  It is a law where dM/dy > 0 everywhere.  On the axis L,
 *   D = dM/dL = sum a_k D_k(y),     D -> s(-1/2), s(1/2) at the ends,
 * s(z) = a2 + a3 z + a6 z^2 + a8 z^3 + a10 z^4.  D is linear in every stated
 * quantile, so how far one must move to make D > 0 is found exactly, point by
 * point of a grid of y.  With three terms, D is least where
 * 2 z L = 2: |a3 / a2| < 1.66711 is exact.
 *
 * With a lower bound alone, X grows like (1 - y)^-s(1/2): there is a mean only
 * if s(1/2) < 1, and with an upper bound alone only if s(-1/2) < 1.
 *
 * Source: Keelin, The Metalog Distributions, Decision Analysis 13 (2016) 243,
 * (6), table 1; feasibility of three terms: there, 3.4.
 * Floor: num (uses GSL).  Threads: a law is read-only once made.
 */
#ifndef RW_NUM_METALOG_H
#define RW_NUM_METALOG_H

#include "base/arena.h"
#include "num/dist.h"

enum {
    RW_METALOG_LEAST = 3, /* terms, and quantiles */
    RW_METALOG_TERMS = 10,
    RW_METALOG_QUANTILES = 100
};

/* Quantiles x[n] at probabilities p[n]. */
struct rw_metalog_stated {
    const double *p, *x;
    size_t n, terms;     /* terms 0: n, at most RW_METALOG_TERMS */
    double lower, upper; /* -INFINITY and INFINITY: none         */
};

enum rw_metalog_fault {
    RW_METALOG_WHOLE,
    RW_METALOG_P,     /* of one quantile */
    RW_METALOG_X,     /* of one quantile */
    RW_METALOG_COUNT, /* of terms        */
    RW_METALOG_LOWER
};

/* d->data and p of struct rw_dist: terms a[], bounds. */
struct rw_metalog {
    size_t n;
    double a[RW_METALOG_TERMS], lower, upper;
};

/* Data in the arena; no floor, no cap.  RW_ERR_INPUT: why[] is a sentence
 * with what is wrong and what would be right, about *fault, and *at is the
 * quantile's index.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_metalog_make(const struct rw_metalog_stated *s,
    struct rw_arena *a, struct rw_dist *d, enum rw_metalog_fault *fault, size_t *at,
    char why[RW_DIST_WHY]);

/* The terms and dM/dL at L: m[k], d[k], k < n; upper and lower ends at
 * L = +-INFINITY, where m is not finite.  Private to metalog*.c. */
void rw_metalog_basis(
    double l, size_t n, double m[RW_METALOG_TERMS], double d[RW_METALOG_TERMS]);

/* M at L, slope D in *d. */
double rw_metalog_at(const struct rw_metalog *g, double l, double *d);

/* Exponent of the heavier tail that has no bound while the other has: s(1/2)
 * or s(-1/2); -INFINITY where there is none such.  1 and more: no mean;
 * *upper: it is the upper one. */
double rw_metalog_tail(const struct rw_metalog *g, bool *upper);

#endif
