/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional.h -- the tail of a year's loss S = X1 + ... + XN by
 * conditional Monte Carlo: far fewer draws than counting years takes.
 *
 * With N-1 losses drawn, M their largest and S' their sum, the chance that
 * one more is the largest of all and lifts the sum above x is known:
 *   P(S > x)  = E[N sf(y)],                      y = max(M, x - S')
 *   E(S - x)+ = E[N (stop(y) + (y - (x - S')) sf(y))]
 * with sf the survival function of one loss and stop(y) = E(X - y)+.  Where a
 * loss can take the value M with probability a > 0, ties share the place of
 * the largest: t others at M add N a / (t + 1) (M + S' - x)+^(0 or 1).
 *
 * The counts are strata with weights n P(N = n), the more points the more the
 * answer scatters in them; N = 0 and N = 1 need none.  Within a stratum the
 * points stratify every loss (shifted lattices, shuffled from the third
 * coordinate on).  All is repeated in RW_CONDITIONAL_REPLICATES independent
 * ways, from whose scatter the errors come (Student's t).
 *
 * The VaR solves P(S > v) = 1 - q on these points; its interval is where
 * P(S > x) passes 1 - q -/+ its own error.  TVaR = v + E(S - v)+ / (1 - q),
 * whose slope in v is 0 there.
 *
 * It needs a year without history: one threat, every event alike, of one
 * part.  Others are refused.
 *
 * Source: Asmussen and Kroese, Adv. Appl. Prob. 38 (2006) 545; Owen, Monte
 * Carlo theory, methods and examples (2013), 8 and 17.
 * Floor: num.  Threads: made by one; the figures may then be asked for by
 * many.  Draws are functions of (stream, replicate, count, index) alone.
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

/* Draws about n_points years, allotted to know the q quantile best.
 * RW_ERR_INPUT with a sentence where the method does not serve,
 * RW_ERR_MEMORY. */
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

/* Closed: E S, P(S = 0); number of years drawn. */
double rw_conditional_mean(const struct rw_conditional *c);
double rw_conditional_p0(const struct rw_conditional *c);
size_t rw_conditional_points(const struct rw_conditional *c);

#endif
