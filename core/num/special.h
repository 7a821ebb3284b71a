/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/special.h -- incomplete gamma and beta functions and their
 * inverses, with digits in both tails and for shapes from 1e-3 to 1e8.
 *
 * Both are taken on the axis where the law is log-concave: z = ln x for
 * gamma, z = ln(x / (1 - x)) for beta.  There
 *   h(z) = x^a e^-x / Gamma(a)           = norm exp(a L(x/a))
 *   h(z) = x^a y^b / B(a, b), y = 1 - x  = norm exp(a L(nx/a) + b L(ny/b))
 * with L(r) = ln r + 1 - r and n = a + b: the exponent is small where the
 * mass is, so that large shapes lose nothing to cancellation.
 *   gamma: power series for x < a + 1, else Legendre's continued fraction;
 *   beta:  the fraction of DiDonato and Morris, ACM TOMS 18 (1992) 360, (9).
 * Because ln F and ln (1 - F) are concave in z, Halley's iteration with a
 * bracket finds a quantile from any start; about three steps from ours.
 *
 * (GSL's incomplete beta gives up after 512 terms, which the ranks of 1e8
 * futures pass, and its inverse beta is good to 1e-6 in places.)
 *
 * The normal's far tail, and what of it lies beyond y:
 *   Mills' ratio (1 - Phi(y)) / phi(y) = 1 / (y + 1 / (y + 2 / (y + ...))),
 *   E(Z - y)+ = phi(y) - y (1 - Phi(y)) = phi(y) (1 - y mills(y)),
 * by Laplace's fraction from y = 3 on, where the differences would cancel
 * (Abramowitz and Stegun 26.2.14).
 *
 * Accuracy, against 40 digits: 1e-12 of the smaller tail for shapes in
 * 0.05 .. 1e4, 1e-11 down to 1e-3.
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_SPECIAL_H
#define RW_NUM_SPECIAL_H

#include <math.h>

#define RW_SHAPE_MIN 1e-3
#define RW_SHAPE_MAX 1e8

/* ln |Gamma(x)|, and nothing beside: lgamma tells the sign in a place that all threads
 * share. */
static inline double
rw_log_gamma(double x)
{
    int sign;

    return lgamma_r(x, &sign);
}

struct rw_gamma_law {
    double a;    /* shape */
    double norm; /* sqrt(a / 2 pi) / Gamma*(a) */
};

struct rw_beta_law {
    double a, b; /* shapes */
    double norm; /* sqrt(ab / 2 pi n) Gamma*(n) / (Gamma*(a) Gamma*(b)) */
};

struct rw_gamma_law rw_gamma_law(double a);
struct rw_beta_law rw_beta_law(double a, double b);

/* *p <- F(z), *q <- 1 - F(z); returns h(z) = dF/dz. */
double rw_gamma_tails(const struct rw_gamma_law *g, double z, double *p, double *q);
double rw_beta_tails(const struct rw_beta_law *g, double z, double *p, double *q);

/* sum of x^k / ((a + 1) ... (a + k)), k >= 0: F = x^a e^-x / Gamma(a + 1) times
 * it, for x < a + 1. */
double rw_gamma_series(double a, double x);

/* x with F(x) = lower, 1 - F(x) = upper; may underflow to 0. */
double rw_gamma_inverse(const struct rw_gamma_law *g, double lower, double upper);

/* (1 - Phi(y)) / phi(y) for y > -37; phi(y). */
double rw_mills(double y);
double rw_normal_density(double y);
/* E(Z - y)+ of a standard normal Z, with its own digits for any y. */
double rw_normal_excess(double y);

/* The shape for which x(1 - tail) / x(tail) = ratio > 1, 0 < tail < 1/2: the
 * ratio falls as the shape grows.  Held within [low, high]. */
double rw_gamma_shape(double ratio, double tail, double low, double high);

/* The same for beta; *y <- 1 - x with its own digits. */
double rw_beta_inverse(
    const struct rw_beta_law *g, double lower, double upper, double *y);

#endif
