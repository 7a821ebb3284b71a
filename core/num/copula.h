/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/copula.h -- several variables that move together, each with its
 * own law: a map of independent uniforms to dependent ones.
 *
 * With z = L (Phi^-1(u_1), ..., Phi^-1(u_n)), L L' the correlation matrix,
 *   Gaussian  u'_k = Phi(z_k)
 *   t, df v   u'_k = T_v(z_k / s), s = sqrt(W / v), W ~ chi2_v
 * The t copula takes one uniform more.  W is drawn from its law given the
 * first variable t = T_v^-1(u_1), W ~ chi2_(v+1) / (1 + t^2 / v), and the
 * first z is t s: the joint law is the same, and the first variable keeps its
 * uniform under both kinds.  Under the Gaussian one so does every variable
 * whose row of L is a unit vector: an identity matrix changes no bit.
 *
 * For two variables with correlation r
 *   Kendall's tau     2/pi asin r          (both kinds)
 *   Spearman's rho    6/pi asin(r / 2)     (Gaussian)
 *   tail dependence   2 T_(v+1)(-sqrt((v + 1) (1 - r) / (1 + r)))   (t; else 0)
 *
 * Sources: Demarta and McNeil, International Statistical Review 73 (2005) 111;
 * McNeil, Frey and Embrechts, Quantitative Risk Management (2015), 7.
 * Floor: num (uses GSL).  Threads: read-only once made.
 */
#ifndef RW_NUM_COPULA_H
#define RW_NUM_COPULA_H

#include "base/arena.h"
#include "num/matrix.h"
#include "num/sampler.h"
#include "num/student.h"

enum rw_copula_kind { RW_COPULA_GAUSSIAN, RW_COPULA_T };

/* Degrees of freedom from and to which t is offered; beyond it is Gaussian to
 * all that can be told apart. */
#define RW_COPULA_DF_MIN 0.1
#define RW_COPULA_DF_MAX 1e4

struct rw_copula {
    enum rw_copula_kind kind;
    size_t n;                     /* variables                       */
    const double *l;              /* (n, n) lower                    */
    const bool *alone;            /* (n) the row of L is a unit vector */
    struct rw_student student;    /* t: of one variable          */
    struct rw_sampler chi2_above; /* t: chi2 with df + 1         */
};

/* rho (n, n) is copied into the arena.  RW_ERR_INPUT where it is no
 * correlation matrix or df is out of range; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_copula_init(struct rw_copula *c, enum rw_copula_kind kind,
    double df, size_t n, const double rho[], struct rw_arena *a);

/* u[k][i] <- u'_k of draw i, in place; extra[i] is the t copula's own uniform
 * (not looked at otherwise).  Shapes: u (c->n) rows of (n), extra (n). */
void rw_copula_map(
    const struct rw_copula *c, size_t n, double *const u[], const double extra[]);

double rw_copula_kendall(double r);
double rw_copula_spearman(double r); /* Gaussian */
double rw_copula_tail(enum rw_copula_kind kind, double r, double df);

/* E[X Y] / (E[X] E[Y]) of two non-negative variables coupled with correlation
 * r, to about 1e-8 (1e-4 where a floor or cap cuts deep), and the same of
 * their squares; 1 where a mean is 0 or a variable is known. */
struct rw_copula_product {
    double mean, square;
};
struct rw_copula_product rw_copula_product(const struct rw_copula *c, double r,
    const struct rw_sampler *x, const struct rw_sampler *y);

#endif
