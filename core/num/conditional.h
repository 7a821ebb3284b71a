/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional.h -- the tail of a year's loss S = X1 + ... + XN by
 * conditional Monte Carlo: far fewer draws than counting years takes.
 *
 * Of all losses one is the largest.  Sum over which: with the others drawn,
 * M their largest and S' their sum, the chance that one more loss of law i is
 * the largest and lifts the sum above x is known, sf_i(y),
 *   y = max(M, x - S'),
 * and so is the excess: stop_i(y) + (y - (x - S')) sf_i(y), with
 * stop_i(y) = E(X - y)+.  Where a loss can take the value M with probability
 * a > 0, ties share the place of the largest: t others at M add a / (t + 1) at
 * y = M.
 *
 * Counts.  For every f,
 *   E[N f(N - 1)] = sum_k b(k) w(k) f(k),  w(k) = (k + 1) P(N = k + 1) / b(k),
 * whatever law b of the others is drawn.  With b the law of N itself (Poisson:
 * w = m, Mecke's formula; mixed: w(k) = E[m | N = k]) one drawn year serves as
 * the others of every risk at once,
 *   P(S > x) = E[sum_i w_i(N_i) sf_i(max(M, x - S))],
 * and a rare heavy risk counts by its rate, not by the years in which it
 * happens.  Binomial counts take b of one chance less, and the others see
 * what that chance brings.  Poisson risks of known rates are one.
 *
 * Several parts in an event.  The largest is sought among all parts; the one
 * left out has its siblings drawn besides, so that a loss of the year is the
 * sum of siblings z and X.  Under a cover on the event's sum, which is
 * monotone, kept(z + X) > u where X > g(u) - z, g(u) = u below the deductible,
 * u + limit from there on; events of one part are covered first and compared
 * as they are kept.
 *
 * The total of all counts is stratified: of a single risk with weights
 * (k + 1) P(N = k + 1), of several with those of their total's law, which the
 * single counts are drawn given (by themselves where that law would take too
 * long, or where members share an uncertain rate without being Poisson).  The
 * more points a stratum scatters, the more it gets.  Within a stratum the
 * points stratify every count and loss (shifted lattices, shuffled from the
 * third coordinate on).  All is repeated in RW_CONDITIONAL_REPLICATES
 * independent ways, from whose scatter the errors come (Student's t).
 *
 * The VaR solves P(S > v) = 1 - q on these points; its interval is where
 * P(S > x) passes 1 - q -/+ its own error.  TVaR = v + E(S - v)+ / (1 - q),
 * whose slope in v is 0 there.
 *
 * It needs years without history and losses of 0 or more.  Counts beyond a
 * probability of 1e-10 are left out.
 *
 * Source: Asmussen and Kroese, Adv. Appl. Prob. 38 (2006) 545; Last and
 * Penrose, Lectures on the Poisson process (2017), 4; Owen, Monte Carlo
 * theory, methods and examples (2013), 8 and 17.
 * Floor: num.  Threads: made by one; the figures may then be asked for by
 * many.  Draws are functions of (stream, replicate, stratum, index) alone.
 */
#ifndef RW_NUM_CONDITIONAL_H
#define RW_NUM_CONDITIONAL_H

#include "num/aggregate.h"
#include "num/stream.h"

enum { RW_CONDITIONAL_REPLICATES = 8 };

struct rw_conditional;

/* A figure, its standard error and the interval of the level asked for. */
struct rw_tail_estimate {
    double value, se, low, high;
};

/* The sum of n independent compounds, from about n_points years (fewer where
 * they take much memory), allotted to know the q quantile best.  RW_ERR_INPUT
 * with a sentence where the method does not serve, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_conditional_new(const struct rw_compound c[], size_t n,
    double q, size_t n_points, struct rw_stream at, struct rw_conditional **made,
    struct rw_error *e);
void rw_conditional_free(struct rw_conditional *c);

/* P(S > x), x >= 0. */
struct rw_tail_estimate rw_conditional_sf(
    const struct rw_conditional *c, double x, double level);
/* inf{x : F(x) >= q}, 0 < q < 1. */
struct rw_tail_estimate rw_conditional_quantile(
    const struct rw_conditional *c, double q, double level);
struct rw_tail_estimate rw_conditional_tvar(
    const struct rw_conditional *c, double q, double level);

/* E S and P(S = 0), closed and without error but for covers on the sum of
 * several parts; number of years drawn. */
struct rw_tail_estimate rw_conditional_mean(
    const struct rw_conditional *c, double level);
struct rw_tail_estimate rw_conditional_p0(const struct rw_conditional *c, double level);
size_t rw_conditional_points(const struct rw_conditional *c);

#endif
