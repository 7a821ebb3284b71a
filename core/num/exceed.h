/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/exceed.h -- how likely a year's loss exceeds one limit, quickly and on a
 * coarse lattice: what an organisation reckons its risks against its appetite with.
 *
 * S = sum over compounds of X_1 + ... + X_N, all independent, as far as the limit
 * L = RW_EXCEED_CELLS h.  Of one compound, with g the law of X on the lattice, by
 * Panjer's recursion for p_k = p_{k-1} (a + b / k):
 *   f_s = (1 - a g_0)^-1 sum over j = 1 .. s of (a + b j / s) g_j f_{s-j}
 * with f_0 the generating function at g_0 and
 *   Poisson    a = 0,            b = m
 *   negbin     a = m / (m + c),  b = (c - 1) a,   c its gamma's shape
 * A binomial of n chances is the n-th power of one chance, and with a chance of no
 * event at all f <- zero [s = 0] + (1 - zero) f.  Compounds that are Poisson are one:
 * their g add up, weighted by m.  The others are convolved.
 *
 * P(S > L) is 1 - (f_0 + .. + f_{n-1} + f_n / 2) on an even lattice (num/losses.h), whose
 * points stand for what is half a cell to either side.  Its error is of the order h^2, so
 * the same is done with half as many cells and the two are extrapolated to a step of
 * none.  On the reference years that is P(S > L) for a limit less than half a cell, 0.8 %,
 * away, and within 1 % unless fifty losses of a cell each make up the year.  Where losses are put up or down it is 1 - (f_0 + .. +
 * f_n), a bound from above or below: both exact if all losses are multiples of h.
 *
 * Source: Panjer, ASTIN Bulletin 12 (1981) 22.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_EXCEED_H
#define RW_NUM_EXCEED_H

#include <stdbool.h>

/* A law of X is on the points 0 .. RW_EXCEED_CELLS + 1. */
enum { RW_EXCEED_CELLS = 64, RW_EXCEED_POINTS = RW_EXCEED_CELLS + 2 };

struct rw_exceed_count {
    double mean;    /* m, events a year where zero does not strike */
    double shape;   /* c of the gamma that multiplies m; INFINITY: none */
    double chances; /* n of a binomial; 0: no such limit; the gamma is left out then */
    double zero;    /* P(no event at all) besides */
};

/* Of n cells. */
struct rw_exceed_lattice {
    int n;
    double f[RW_EXCEED_POINTS];       /* of the compounds so far that are not Poisson */
    double poisson[RW_EXCEED_POINTS]; /* m g of those that are */
};

struct rw_exceed {
    int n; /* lattices: 2 if even, of which the second is coarse */
    struct rw_exceed_lattice of[2];
    double events; /* of compounds that are Poisson */
};

/* even: so all g will be. */
void rw_exceed_open(struct rw_exceed *x, bool even);
/* Adds a compound, X on the lattice g[RW_EXCEED_POINTS].  A binomial whose m is above n
 * has an event at every chance. */
void rw_exceed_add(
    struct rw_exceed *x, const struct rw_exceed_count *c, const double g[]);
/* f is the law of S from here on; nothing more can be added. */
void rw_exceed_close(struct rw_exceed *x);

/* Closed: P(S > L), and the same of S + X, X independent of S: how much one event more
 * would make of it. */
double rw_exceed_over(const struct rw_exceed *x);
double rw_exceed_over_with(const struct rw_exceed *x, const double g[]);

/* E[(L - S)+] / h, and of S + X. */
double rw_exceed_below(const struct rw_exceed *x);
double rw_exceed_below_with(const struct rw_exceed *x, const double g[]);

#endif
