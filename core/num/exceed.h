/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/exceed.h -- how likely a year's loss exceeds one limit, quickly and on a
 * coarse lattice: what an organisation reckons its risks against its appetite with.
 *
 * S = sum over compounds of X_1 + ... + X_N, all independent, as far as the limit
 * L = n h, n = RW_LATTICE_CELLS cells or a quarter of the work with half of them.  Of one
 * compound, with g the generating function of X on the lattice, m its mean number and c
 * the shape of the gamma that multiplies it,
 *   P(z) = (1 + (m / c) (1 - g(z)))^-c,   z P'(z) = w(z) P(z),
 *   w(z) = m z g'(z) q(z),   q(z) = 1 / (1 + (m / c) (1 - g(z))),
 * q being a compound geometric law, and 1 for c = infinity (Poisson).  So the w of a sum
 * is the sum of the w, and its law f is had at once by
 *   s f_s = sum over j = 1 .. s of w_j f_{s-j},   ln f_0 = -sum of c ln(1 / q_0).
 * All terms are positive.  A binomial of n chances is the n-th power of one chance, and
 * with a chance of no event at all f <- zero [s = 0] + (1 - zero) f; these are convolved.
 *
 * Losses of a few cells at most would scatter too much on them: many of them, m of
 * moments s_k, are a part of S of their own, Z, a gamma law with their first three
 * cumulants
 *   m s1,  m s2 + (m s1)^2 / c,  m s3 + 3 m^2 s1 s2 / c + 2 (m s1)^3 / c^2
 * where m s1^2 / s2, their number if they were alike, is RW_EXCEED_MANY or more and their
 * skewness RW_EXCEED_SKEW or less.  What they share with the compound's larger losses through
 * its gamma is left out: they are apart only where of those RW_EXCEED_FEW a year or less
 * are expected, or that number is a tenth of c or less, or m (s1 - s2), by which they would scatter on the lattice, is more than half of their
 * own variance.  Then
 *   P(S <= L) = sum of f_j P(Z <= L - jh),
 * P(Z <= .) being 1 without Z and 1/2 at 0: points of an even lattice stand for what is
 * half a cell to either side, for which Z has h^2 / 12 of variance more, but the point 0,
 * which is no loss beside Z.
 *
 * The error is of the order h^2, so the same is done with half as many cells and the two
 * are extrapolated to a step of none.  On the reference years that is P(S > L) for a
 * limit less than half a cell, 0.8 %, away, and within 1 % unless fifty losses of a cell
 * each make up the year.  Where losses are put up or down it is 1 - (f_0 + .. + f_n), a
 * bound from above or below: both exact if all losses are multiples of h.
 *
 * Source: Panjer, ASTIN Bulletin 12 (1981) 22; of sums De Pril, Insurance: Mathematics
 * and Economics 5 (1986) 63; the gamma law with three cumulants Klugman, Panjer and
 * Willmot, Loss Models, 9.8 (translated gamma).
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_EXCEED_H
#define RW_NUM_EXCEED_H

#include "num/losses.h"

#define RW_EXCEED_MANY 20.0
#define RW_EXCEED_SKEW 0.5
#define RW_EXCEED_FEW  0.05

struct rw_exceed_count {
    double mean;    /* m, events a year where zero does not strike */
    double shape;   /* c of the gamma that multiplies m; INFINITY: none */
    double chances; /* n of a binomial; 0: no such limit; the gamma is left out then */
    double zero;    /* P(no event at all) besides */
};

/* Of n cells. */
struct rw_exceed_lattice {
    int n;
    double f[RW_LATTICE_ROOM]; /* of what is convolved so far, then of S without Z */
    double none, w[RW_LATTICE_ROOM]; /* -ln f_0 and w of the others */
    double under[RW_LATTICE_ROOM];   /* P(Z <= L - jh), once prepared P(S <= L - jh) */
    double lacking[RW_LATTICE_ROOM]; /* E[(L - jh - Z)+], then of S, in fine cells */
};

struct rw_exceed {
    int n; /* lattices: 2 if even, of which the second is coarse */
    struct rw_exceed_lattice of[2];
    double cumulant[3]; /* of Z, in fine cells */
};

/* x <- law of X + Y, all of it in its place. */
void rw_exceed_join(struct rw_lattice_law *x, const struct rw_lattice_law *y);

/* An even number of cells, at most RW_LATTICE_CELLS; even: so all laws will be. */
void rw_exceed_open(struct rw_exceed *x, int cells, bool even);
/* Adds a compound.  A binomial whose m is above n has an event at every chance. */
void rw_exceed_add(struct rw_exceed *x, const struct rw_exceed_count *c,
    const struct rw_lattice_law *law);
/* f is the law of S from here on; nothing more can be added. */
void rw_exceed_close(struct rw_exceed *x);

/* Closed: P(S > L). */
double rw_exceed_over(const struct rw_exceed *x);
/* By how much the coarse lattice differs in it: three times what the extrapolation adds;
 * 0 if not even. */
double rw_exceed_doubt(const struct rw_exceed *x);
/* E[(L - S)+] / h. */
double rw_exceed_below(const struct rw_exceed *x);

/* Closed, then prepared for what follows; the figures above are no longer to be had. */
void rw_exceed_prepare(struct rw_exceed *x);
/* P(S + X > L) and E[(L - S - X)+] / h, X independent of S: what one event more would
 * make of them. */
double rw_exceed_over_with(const struct rw_exceed *x, const struct rw_lattice_law *law);
double rw_exceed_below_with(
    const struct rw_exceed *x, const struct rw_lattice_law *law);

#endif
