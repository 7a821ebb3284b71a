/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/exceed.h -- how likely a year's loss exceeds one limit, quickly and on a
 * coarse lattice: what an organisation reckons its risks against its appetite with.
 *
 * S = sum over compounds of X_1 + ... + X_N, all independent, as far as the limit
 * L = n h, n = RW_EXCEED_CELLS cells or a quarter of the work with half of them.  Of one compound, with g the generating function of X on the
 * lattice, m its mean number and c the shape of the gamma that multiplies it,
 *   P(z) = (1 + (m / c) (1 - g(z)))^-c,   z P'(z) = w(z) P(z),
 *   w(z) = m z g'(z) q(z),   q(z) = 1 / (1 + (m / c) (1 - g(z))),
 * q being a compound geometric law, and 1 for c = infinity (Poisson).  So the w of a sum
 * is the sum of the w, and its law f is had at once by
 *   s f_s = sum over j = 1 .. s of w_j f_{s-j},   ln f_0 = -sum of c ln(1 / q_0).
 * All terms are positive.  A binomial of n chances is the n-th power of one chance, and
 * with a chance of no event at all f <- zero [s = 0] + (1 - zero) f; these are convolved.
 *
 * P(S > L) is 1 - (f_0 + .. + f_{n-1} + f_n / 2) on an even lattice (num/losses.h), whose
 * points stand for what is half a cell to either side.  Its error is of the order h^2, so
 * the same is done with half as many cells and the two are extrapolated to a step of
 * none.  On the reference years that is P(S > L) for a limit less than half a cell, 0.8 %,
 * away, and within 1 % unless fifty losses of a cell each make up the year.  Where losses are put up or down it is 1 - (f_0 + .. +
 * f_n), a bound from above or below: both exact if all losses are multiples of h.
 *
 * Source: Panjer, ASTIN Bulletin 12 (1981) 22; of sums De Pril, Insurance: Mathematics
 * and Economics 5 (1986) 63.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_EXCEED_H
#define RW_NUM_EXCEED_H

#include <stdbool.h>

/* A law of X is on the points 0 .. cells + 1. */
enum {
    RW_EXCEED_CELLS = 64,
    RW_EXCEED_POINTS = RW_EXCEED_CELLS + 2,
    RW_EXCEED_ROOM = RW_EXCEED_POINTS + 6
};

struct rw_exceed_count {
    double mean;    /* m, events a year where zero does not strike */
    double shape;   /* c of the gamma that multiplies m; INFINITY: none */
    double chances; /* n of a binomial; 0: no such limit; the gamma is left out then */
    double zero;    /* P(no event at all) besides */
};

/* Of n cells. */
struct rw_exceed_lattice {
    int n;
    double f[RW_EXCEED_ROOM];       /* of what is convolved so far, then of S */
    double none, w[RW_EXCEED_ROOM]; /* -ln f_0 and w of the others */
};

struct rw_exceed {
    int n; /* lattices: 2 if even, of which the second is coarse */
    struct rw_exceed_lattice of[2];
};

/* g[] <- law of X + Y, of g[] and of[]. */
void rw_exceed_join(double g[], const double of[]);

/* An even number of cells, at most RW_EXCEED_CELLS; even: so all g will be. */
void rw_exceed_open(struct rw_exceed *x, int cells, bool even);
/* Adds a compound, X on the lattice g[cells + 2].  A binomial whose m is above n
 * has an event at every chance. */
void rw_exceed_add(
    struct rw_exceed *x, const struct rw_exceed_count *c, const double g[]);
/* f is the law of S from here on; nothing more can be added. */
void rw_exceed_close(struct rw_exceed *x);

/* Closed: P(S > L), and the same of S + X, X independent of S: how much one event more
 * would make of it. */
double rw_exceed_over(const struct rw_exceed *x);
/* By how much the coarse lattice differs in it: three times what the extrapolation adds;
 * 0 if not even. */
double rw_exceed_doubt(const struct rw_exceed *x);
double rw_exceed_over_with(const struct rw_exceed *x, const double g[]);

/* E[(L - S)+] / h, and of S + X. */
double rw_exceed_below(const struct rw_exceed *x);
double rw_exceed_below_with(const struct rw_exceed *x, const double g[]);

#endif
