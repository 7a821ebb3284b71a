/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/root.h -- where a continuous function crosses 0; private to num.
 *
 * Ridders' method: the bracket at least halves with each step, and near a
 * simple root the digits double.
 *
 * Source: Ridders, IEEE Transactions on Circuits and Systems 26 (1979) 979.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_ROOT_H
#define RW_NUM_ROOT_H

/* x in [a, b] with f(x) = 0, to the last digits of x; f(a) and f(b) have
 * opposite signs, else the end where |f| is less.  f may be infinite. */
double rw_root(
    double (*f)(const void *ctx, double x), const void *ctx, double a, double b);

#endif
