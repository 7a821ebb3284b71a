/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/families.h -- what the distribution files share; private to num.
 *
 * A new family is a file with one struct rw_family, a line here and a line
 * in the list of num/dist.c.
 *
 * Floor: num.  Threads: constant.
 */
#ifndef RW_NUM_FAMILIES_H
#define RW_NUM_FAMILIES_H

#include "num/dist.h"

extern const struct rw_family rw_family_constant, rw_family_uniform,
    rw_family_triangular, rw_family_pert, rw_family_normal, rw_family_lognormal,
    rw_family_gamma, rw_family_beta, rw_family_exponential, rw_family_weibull,
    rw_family_lomax, rw_family_gpd, rw_family_metalog, rw_family_empirical,
    rw_family_mixture, rw_family_splice;

/* Standard normal quantile at 0.95. */
#define RW_Z95 1.6448536269514722

/* Writes the sentence into why[] and returns false. */
bool rw_dist_refuse(char why[RW_DIST_WHY], const char *fmt, ...) RW_PRINTF(2, 3);

/* True, or a refusal that names what, its value and the numerical domain
 * RW_SHAPE_MIN .. RW_SHAPE_MAX of num/special.h. */
bool rw_dist_check_shape(const char *what, double shape, char why[RW_DIST_WHY]);

/* Beta(a, b) stretched over [min, max], min < max, and its functions: beta
 * and pert.  p = {min, max, a, b, norm of struct rw_beta_law}. */
void rw_stretched_set(struct rw_dist *d, double min, double max, double a, double b);
double rw_stretched_cdf(const struct rw_dist *d, double x);
double rw_stretched_sf(const struct rw_dist *d, double x);
double rw_stretched_quantile(const struct rw_dist *d, double lower, double upper);
double rw_stretched_mean(const struct rw_dist *d);
double rw_stretched_sd(const struct rw_dist *d);
double rw_stretched_lev(const struct rw_dist *d, double m);

/* (e^x - 1) / x, and 1 at 0: with its digits for any x. */
double rw_expm1_over(double x);
/* -ln upper, from whichever tail has the digits. */
double rw_minus_log_upper(double lower, double upper);

/* Why the moment of this order is infinite, as rw_family.infinite has it, with
 * floor and cap applied; NULL: it is finite. */
const char *rw_dist_infinite(const struct rw_dist *d, int order);

/* With floor and cap applied, E[X] (about NaN) or E[(X - about)^2], by
 * quadrature of the quantile. */
double rw_moment_quad(const struct rw_dist *d, double about);

/* Moments of d as rw_family.moment has them, clamped to [floor, cap] after
 * d's own floor and cap. */
double rw_moment_clamped(
    const struct rw_dist *d, double floor, double cap, double about);

/* {p[0], p[1]}: families whose support these are. */
void rw_support_p0_p1(const struct rw_dist *d, double *low, double *high);
/* {0, inf}. */
void rw_support_positive(const struct rw_dist *d, double *low, double *high);

#endif
