/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/quad.h -- integrals, adaptive; private to num.
 *
 * Gauss-Legendre with 10 points on a piece against its two halves; halves
 * that disagree by more than their share of tol are split again, at most
 * RW_QUAD_DEPTH times deep and RW_QUAD_SPLITS times in all, so that an f with
 * a noise above tol costs time but no hang.  The ends are never touched: f
 * may be singular there.
 *
 * Source: Davis and Rabinowitz, Methods of Numerical Integration (1984), 6.
 * Floor: num (uses GSL's nodes).  Threads: pure.
 */
#ifndef RW_NUM_QUAD_H
#define RW_NUM_QUAD_H

enum { RW_QUAD_DEPTH = 40, RW_QUAD_SPLITS = 4000 };

/* Integral of f over [a, b] with an error about tol (absolute); 0 if b <= a;
 * NaN when memory is out. */
double rw_quad(double (*f)(const void *ctx, double x), const void *ctx, double a,
    double b, double tol);

#endif
