/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/measure.h -- a law as many weighted points, and the Gauss
 * quadrature of such a law; private to num.
 *
 * A law becomes points by Gauss-Legendre rules in its quantile, by octaves of
 * either tail, in which the quantile of a closed form is smooth; a cell in
 * which it is not (a jump, a kink) is halved until its mass is nothing.
 *
 * `scale` says what the points are for: functions of scale * x that, like
 * exp(-s x) with |1 - s| <= 1, are smooth over unit steps of sqrt(scale * x)
 * (a Poisson count of mean m has the sd sqrt(m)).
 *
 * Source: Gautschi, Orthogonal Polynomials: Computation and Approximation
 * (2004), 2.2 (Stieltjes), 3.1 (Gauss rules from the Jacobi matrix).
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_MEASURE_H
#define RW_NUM_MEASURE_H

#include "num/mixing.h"

struct rw_measure {
    double *x, *w; /* (n) */
    size_t n, room;
    bool failed; /* memory was out: the points are not all there */
};

void rw_measure_free(struct rw_measure *m);
void rw_measure_add(struct rw_measure *m, double x, double w);

/* The points of d.  step 0: as above, for functions of scale * x; else cells
 * no wider than step. */
void rw_measure_of_dist(
    struct rw_measure *m, const struct rw_dist *d, double scale, double step);

/* Ascending, equal points joined; then each stretch of a unit in
 * sqrt(scale * x) by its own Gauss rule of a few points. */
void rw_measure_thin(struct rw_measure *m, double scale);

/* The points of a product of factors, thinned, for functions of fineness times
 * it; *z is empty before.  RW_ERR_DOMAIN where a factor may be negative. */
RW_MUST_CHECK enum rw_err rw_measure_of_product(
    const struct rw_mixing_factor f[], size_t n, double fineness, struct rw_measure *z);

/* Recurrence coefficients a[], b[] (n) of the polynomials orthogonal over the
 * measure in the variable t[] (m->n); returns how many there are, at most n:
 * fewer where the measure has fewer points. */
size_t rw_gauss_recurrence(
    const struct rw_measure *m, const double t[], size_t n, double a[], double b[]);

/* The n nodes, ascending, and weights that these make; RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_gauss_rule(
    const double a[], const double b[], size_t n, double node[], double weight[]);

#endif
