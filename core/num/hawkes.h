/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/hawkes.h -- events that bring further events (Hawkes process).
 *
 * Immigrants come at rate mu a year; every event, immigrant or not, brings
 * Poisson(n) children, each after an exponential delay of mean d years.  With
 * b = 1 / d the conditional intensity is
 *   lambda(t) = mu + sum over events before t of n b exp(-b (t - t_i)).
 * For n < 1 it settles at mu / (1 - n) with Var / mean -> 1 / (1 - n)^2.
 *
 * Let g = (1 - n) / d, A = 1 / (1 - n), B = n / (1 - n).  What earlier events
 * add to the mean intensity, x, follows x' = -g x + n b mu, so
 *   E[N over T] = mu T + x* T + (x0 - x*) (1 - e^-gT) / g,  x* = B mu.
 * From an empty start N is a compound Poisson sum of family sizes C(age):
 *   E C = m = A - B e^-g age,  (Var C)' = -g Var C + n b m^2,
 *   Var N = mu integral of (Var C + m^2) over the ages 0 .. T.
 *
 * Source: Hawkes, Biometrika 58 (1971) 83; Hawkes and Oakes, J. Appl. Prob. 11
 * (1974) 493 (families); the variance follows from theirs by the formulas
 * above.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_HAWKES_H
#define RW_NUM_HAWKES_H

struct rw_hawkes {
    double children; /* n, 0 <= n < 1 */
    double delay;    /* d > 0, years  */
};

/* In the long run: events a year, and Var / mean of their number. */
double rw_hawkes_rate(const struct rw_hawkes *h, double mu);
double rw_hawkes_dispersion(const struct rw_hawkes *h);

/* Of the number in T years from an empty start. */
double rw_hawkes_mean(const struct rw_hawkes *h, double mu, double years);
double rw_hawkes_variance(const struct rw_hawkes *h, double mu, double years);

/* Mean number in the next T years; *excited is x, events a year, moved on. */
double rw_hawkes_step(
    const struct rw_hawkes *h, double mu, double years, double *excited);

/* Poisson(n) children at a uniform u, by inversion. */
unsigned rw_hawkes_children(const struct rw_hawkes *h, double u);

#endif
