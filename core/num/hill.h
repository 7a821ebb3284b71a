/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/hill.h -- how heavy a tail is, without a family.
 *
 * Of a sample ascending, the k largest beyond u = x_(n-k):
 *   Hill's tail index  xi = 1/k sum ln(x / u),  standard error xi / sqrt(k);
 *     1 - F falls like x^(-1 / xi): no mean from xi = 1, no sd from 1/2
 *   mean excess        e = 1/k sum (x - u): rises along a straight line of
 *     slope xi / (1 - xi) where the tail is generalized Pareto
 *
 * Source: Hill, Annals of Statistics 3 (1975) 1163; Embrechts, Klueppelberg
 * and Mikosch, Modelling Extremal Events (1997), 6.2.2 and 6.4.2.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_HILL_H
#define RW_NUM_HILL_H

#include <stddef.h>

struct rw_hill {
    double u; /* the k-th largest but one: beyond it there are k */
    size_t k;
    double xi, se, excess, excess_se;
};

/* x ascending, above 0, shape (n); 1 <= k < n.  Values equal to u are none
 * beyond it: k becomes the number that is really larger, perhaps 0. */
struct rw_hill rw_hill(const double x[], size_t n, size_t k);

#endif
