/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/legendre.h -- nodes of Gauss and Legendre on [0, 1].
 *
 *   int_0^1 f = sum over k of w_k f(x_k)
 * exactly, to rounding, for polynomials up to degree 2 n - 1 (GSL's eigenvalues
 * of the Jacobi matrix).
 *
 * Source: Davis and Rabinowitz, Methods of Numerical Integration (1984), 2.7.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_LEGENDRE_H
#define RW_NUM_LEGENDRE_H

#include "base/err.h"

#include <stddef.h>

/* x[], w[] <- nodes in ascending order and their weights, (n).  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_legendre_nodes(size_t n, double x[], double w[]);

#endif
