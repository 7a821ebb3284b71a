/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/tail.h -- quantiles, tail means and exceedance of a sample, each
 * with its Monte Carlo error.  All take x sorted ascending, shape (n).
 *
 * Quantile: the order statistic x_(k), k = ceil(n q), which estimates
 *   inf{x : F(x) >= q}.  Interval: x_(l), x_(u) with the binomial tail
 *   P(Bin(n, q) < l) <= a/2 and P(Bin(n, q) >= u) <= a/2, a = 1 - level:
 *   distribution-free, valid with atoms.
 * TVaR: VaR + mean((x - VaR)+) / (1 - q); its standard error
 *   sqrt((Var(X | X > VaR) + q (TVaR - VaR)^2) / (n (1 - q)))
 *   (Manistre and Hancock, NAAJ 9(2) (2005) 129).
 * Exceedance: P(X > x) by counting, with Clopper-Pearson limits.
 * A quantile with fewer than RW_TAIL_BEYOND futures beyond it
 *   (n (1 - q) < 50, and for q < 1/2 also n q < 50) is refused.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_TAIL_H
#define RW_NUM_TAIL_H

#include <stdbool.h>
#include <stddef.h>

enum { RW_TAIL_BEYOND = 50 };

struct rw_quantile {
    double p;
    double value, low, high; /* meaningless when refused */
    bool refused;
};

struct rw_tvar {
    double p;
    double value, se;
    bool refused;
};

/* Where a quantile and its interval stand in any sample of n: ranks, 1-based. */
struct rw_tail_place {
    double p;
    size_t value, low, high; /* meaningless when refused */
    bool refused;
};

struct rw_tail_place rw_tail_place(size_t n, double q, double level);
struct rw_quantile rw_tail_read(const double x[], const struct rw_tail_place *at);

/* Both in one. */
struct rw_quantile rw_tail_quantile(const double x[], size_t n, double q, double level);

/* Ranks (1-based) of the interval's ends; l >= 1 and u <= n always (where the
 * sample is too small for the level, the extremes). */
void rw_tail_ranks(size_t n, double q, double level, size_t *l, size_t *u);

/* ceil(n q), within 1 .. n; n q is taken as whole where only the rounding of
 * the decimal q keeps it from that. */
size_t rw_tail_rank(size_t n, double q);

/* Only x from its quantile on is looked at. */
struct rw_tvar rw_tail_tvar(const double x[], size_t n, double q);

/* P(X > at) and its Clopper-Pearson interval. */
void rw_tail_exceedance(const double x[], size_t n, double at, double level, double *p,
    double *low, double *high);
/* The same of a sample in any order, `over' of which are beyond. */
void rw_tail_share(
    size_t n, size_t over, double level, double *p, double *low, double *high);

/* Number of x <= at. */
size_t rw_tail_count(const double x[], size_t n, double at);

/* Whether so few futures are beyond the quantile that it is refused. */
bool rw_tail_too_few(size_t n, double q);

/* Both tails of the binomial law at k of n: *below <- P(Bin(n, p) <= k),
 * *above <- P(Bin(n, p) >= k); 0 <= p <= 1, 0 <= k <= n. */
void rw_tail_binomial(size_t n, double p, size_t k, double *below, double *above);

/* Ascending radix sort of finite doubles; tmp has room for n.  Exact and the
 * same for every order of the input, but for the order of -0 and 0. */
void rw_sort(double x[], size_t n, double tmp[]);

#endif
