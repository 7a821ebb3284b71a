/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/matrix.h -- correlation matrices: symmetric, ones on the diagonal,
 * positive definite.
 *
 * Which pair is at fault.  With all other entries kept, A is positive definite
 * for the values of one entry a_ij in an open interval c -+ h, or for none:
 * with K the other indices, A_KK = L L', y_i = L^-1 a_Ki,
 *   c = y_i . y_j,  h = sqrt((1 - y_i . y_i) (1 - y_j . y_j)),
 * if A_KK is positive definite and both factors are positive (the completion
 * of a matrix with one unspecified pair).  The pair told is the one whose
 * interval is nearest to its value.
 *
 * Nearest correlation matrix in the Frobenius norm: alternating projections
 * onto the matrices without negative eigenvalues and those with a unit
 * diagonal, with Dykstra's correction.
 *
 * Sources: Grone, Johnson, Sa and Wolkowicz, Linear Algebra and its
 * Applications 58 (1984) 109; Higham, IMA J. Numerical Analysis 22 (2002) 329.
 *
 * Matrices are arrays (n, n) by rows, n <= RW_MATRIX_MAX.
 * Floor: num (uses GSL's eigenvalues).  Threads: pure.
 */
#ifndef RW_NUM_MATRIX_H
#define RW_NUM_MATRIX_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { RW_MATRIX_MAX = 64 };

/* Least pivot (conditional variance) that counts as positive. */
#define RW_PIVOT_MIN 1e-9

/* Lower L with L L' = a, zeros above; false where a is not positive definite.
 * The identity gives the identity, to the bit.  l may be a. */
bool rw_matrix_cholesky(size_t n, const double a[], double l[]);

enum rw_correlation_wrong {
    RW_CORRELATION_FINE,
    RW_CORRELATION_RANGE,     /* a_ij is not within [-1, 1] */
    RW_CORRELATION_DIAGONAL,  /* a_ii is not 1              */
    RW_CORRELATION_ASYMMETRY, /* a_ij is not a_ji           */
    RW_CORRELATION_INDEFINITE /* no set of variables has it */
};

/* The first thing that is wrong, in that order. */
struct rw_correlation_fault {
    enum rw_correlation_wrong wrong;
    size_t i, j; /* j <= i */
    /* indefinite: the pair to change, if changing one pair can mend it, and
     * the open interval for its value; else low > high */
    double low, high;
};
struct rw_correlation_fault rw_correlation_check(size_t n, const double a[]);

/* x <- the correlation matrix nearest to the symmetric a; its smallest
 * eigenvalue is about 0 where a is not positive definite.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_correlation_nearest(
    size_t n, const double a[], double x[]);

/* The same drawn a little towards the identity, as little as is needed for it
 * to be positive definite when rounded to three digits; x is rounded. */
RW_MUST_CHECK enum rw_err rw_correlation_offer(size_t n, const double a[], double x[]);

#endif
