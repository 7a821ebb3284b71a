/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/legendre.h -- nodes of Gauss and Legendre on [0, 1].
 *
 *   int_0^1 f = sum over k of w_k f(x_k)
 * exactly, to rounding, for polynomials up to degree 2 n - 1.  The nodes are the
 * zeros of the Legendre polynomial, by Newton's method from their asymptotic
 * places.  (GSL tabulates few n; its others are good to 1e-10.)
 *
 * Source: Davis and Rabinowitz, Methods of Numerical Integration (1984), 2.7.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_LEGENDRE_H
#define RW_NUM_LEGENDRE_H

#include <stddef.h>

/* x[], w[] <- nodes in ascending order and their weights, (n). */
void rw_legendre_nodes(size_t n, double x[], double w[]);

#endif
