/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/losses.h -- the law of one event's loss as a table of values, and its places
 * on a coarse lattice.
 *
 * Of many equally likely values in ascending order the lower ones are taken together by
 * RW_LOSSES_EACH, whose mean stands for them; the upper RW_LOSSES_TAIL-th of all, where
 * limits lie, stand for themselves.  With n of them, R_k the probability of those from
 * the k-th on, B_k the sum of probability times value of those before it,
 *   P(X > x) = R_k,   L(x) = E[min(X, x)] = B_k + R_k x,
 * k of them being at most x.  L is tabulated at RW_LOSSES_NODES points an octave and a
 * straight line between them, which takes 1e-4 E[X] from it at most; atoms are exact in
 * P only.
 *
 * Of aX (a: what response leaves, money that turned out larger) and a cover that
 * leaves d of it and pays the l above (num/cover.h),
 *   L'(x) = a L(min(x, d) / a) + a (L((x + l) / a) - L((d + l) / a))  [x > d].
 *
 * On the lattice 0, h, .. RW_LATTICE_CELLS h and one beyond its law is put in one of
 * three ways:
 *   even  mass between two points goes to both so that its mean is kept:
 *         g_0 = 1 - L'(h) / h, g_j = (2 L'(jh) - L'((j-1)h) - L'((j+1)h)) / h;
 *         of losses up to h' = RW_LATTICE_SMALL cells h / RW_LATTICE_CELLS, of which
 *         there may be very many, the moments E[(X / h)^k; X <= h'], k = 0 .. 3, and
 *         what they are at the point h' are known besides
 *   down  g_j = P(jh <= aX < (j+1)h): every loss at the point below it
 *   up    g_j = P((j-1)h < aX <= jh): at the one above it
 * Mass beyond is left out.  Losses within RW_EVENT_SAME of a point are at it.
 *
 * Source: Gerber, Insurance: Mathematics and Economics 1 (1982) 13, local moments.
 * Floor: num.  Threads: read-only once made.
 */
#ifndef RW_NUM_LOSSES_H
#define RW_NUM_LOSSES_H

#include "num/cover.h"

/* 60 has 2, 3, 4, 5, 6 and 10 among its divisors: sums of round amounts often are
 * multiples of a cell. */
enum {
    RW_LATTICE_CELLS = 60,
    RW_LATTICE_POINTS = RW_LATTICE_CELLS + 2,
    RW_LATTICE_ROOM = RW_LATTICE_POINTS + 6,
    RW_LATTICE_SMALL = 4,
    RW_LATTICE_MOMENTS = 4
};

/* Of one event, as far as the lattice goes. */
struct rw_lattice_law {
    double g[RW_LATTICE_ROOM];
    double small[RW_LATTICE_MOMENTS]; /* moments of what is at most h'; 0 unless even */
    double edge;                      /* of g at h' what is that */
};

struct rw_losses {
    const double *value;         /* (n) ascending, >= 0 */
    const double *rest, *below;  /* (n + 1) R, B */
    const double *square, *cube; /* (n + 1) as B, of the values' powers */
    const double *node;          /* (n_nodes + 1) L, from 2^first on */
    double low, high;            /* where the nodes begin and end; 0: X is 0 */
    int first;
    size_t n_nodes;
    size_t n;
    bool lumpy; /* some value stands for itself: two neighbours are the same, not 0 */
};

enum rw_lattice_kind { RW_LATTICE_EVEN, RW_LATTICE_DOWN, RW_LATTICE_UP };

enum { RW_LOSSES_EACH = 8, RW_LOSSES_TAIL = 8, RW_LOSSES_NODES = 32 };

/* Of x[] (n_x), which is sorted in place, tmp[] (n_x).  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_losses_make(
    struct rw_losses *l, double x[], double tmp[], size_t n_x, struct rw_arena *a);

/* P(X > x) and E[min(X, x)]. */
double rw_losses_sf(const struct rw_losses *l, double x);
double rw_losses_limited(const struct rw_losses *l, double x);

/* Of the values. */
static inline double
rw_losses_mean(const struct rw_losses *l)
{
    return l->below[l->n];
}

/* law <- law + times * that of aX, a > 0, on cells of step h (at most RW_LATTICE_CELLS).
 * cover NULL: none. */
void rw_losses_add(const struct rw_losses *l, double a, const struct rw_cover *cover,
    enum rw_lattice_kind kind, double h, int cells, double times,
    struct rw_lattice_law *law);
/* g <- g without what is at most h', on so many cells: no loss there. */
void rw_lattice_drop_small(struct rw_lattice_law *law, int cells);

#endif
