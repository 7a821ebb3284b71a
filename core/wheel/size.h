/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/size.h -- what the organisation learns of how large losses are.
 *
 * An event of threat k on risk r costs X = F Y: Y as the amounts of the scenario have
 * it, F the threat's loss_factor times its plugin's.  What it sees of an event is X,
 * gross: what response saved is known and added again, what insurance pays is not
 * taken off, and the forms are one sum.  It sees that in the cycle in which the event
 * comes to light; what never does, or cost nothing, teaches nothing.  Observed is
 *   y = ln X - E ln Y_r - E ln F_t,   t the event's cycle,
 * of all assets of the threat together, for F is one for all of them: y ~ normal of
 * mean d and variance v, (d, v) normal-inverse-gamma (num/belief.h).  d is by how
 * much losses are larger, in logarithms, than was to be expected.
 *
 * The prior (prior_size.c): m = ln bias, and with s2 the mean of Var ln Y_r over the
 * assets, t2 = Var ln F,
 *   k = s2 / t2                      the scenario is as sure of the size as it says,
 *   a = 1 + RW_SIZE_SURE / 2, b = s2 RW_SIZE_SURE / 2   and of the spread entirely:
 * nature's losses scatter as stated in every future.  Where a worth of w losses is
 * stated: k = w, a = 1 + w / 2, b = s2 w / 2, as in study/learn.h.  A threat of which
 * neither is uncertain and no bias is stated is not learned, and costs nothing.
 *
 * Believed money for an event is the scenario's mean times
 *   exp(m + c max(0, 1 - k0 / k)) * exp(g),
 *   c = E ln F - ln E F,   g = (v - s2) / 2 within +- RW_SIZE_SPREAD, v = b / (a - 1).
 * The posterior predictive mean will not do: exp of Student's t has none.  But a
 * factor on all losses moves ln X, and their mean by the same factor, whatever their
 * law is: exp(m) needs no lognormal.  The second term is what the variance of d adds
 * to the mean of exp(d): all of it is in E F at first and it fades as 1 / k; for
 * lognormal F and known v the whole is exactly E[E(X | F) | losses seen].  The last
 * is by what a lognormal's mean moves with its variance; other laws move otherwise,
 * so it is held within a factor of four.
 *
 * Before each cycle's losses the belief forgets (rw_nig_forget) by the strategy's
 * discount.  With `reassess` two are kept, of y against what was expected of the
 * event's cycle at the last look, and against what always was to be expected; at a
 * look the second becomes the first.  Attacks in stages teach nothing: what they cost
 * depends on where they were seen.
 *
 * Memory: 4 rows of doubles per learned threat (twice with reassess), 3 more for each
 * cycle where detection is delayed.
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_SIZE_H
#define RW_WHEEL_SIZE_H

#include "base/err.h"
#include "num/belief.h"

#include <stddef.h>
#include <stdint.h>

/* Losses that a spread counts for which nobody doubts; a wrong start of those who
 * doubt nothing is worth as many as `riskwheel learn` has it. */
#define RW_SIZE_SURE   1e6
#define RW_SIZE_WRONG  10.0
#define RW_SIZE_SPREAD 1.3862943611198906 /* ln 4 */
/* Variance of ln Y below which losses count as told to a percent. */
#define RW_SIZE_LEAST 1e-4

struct rw_wheel;
struct rw_event_list;

enum { RW_SIZE_VIEWS = 2 }; /* as it was last looked at, as it was to be expected */

/* Of what comes to light in a cycle: how many, sums of y and of its square. */
struct rw_size_seen {
    double n, y, square;
};

struct rw_sizes {
    size_t n, views;    /* threats that are learned; 2 with reassess */
    size_t *slot;       /* (n_threats) which; n: not this one */
    size_t *threat;     /* (n) */
    size_t *row;        /* (n) first of its rows of seen: one, or one a cycle */
    struct rw_nig *nig; /* (views, n, room) */
    double *times;      /* (n, room) of the mean: what an event is believed to cost */
    struct rw_size_seen *seen; /* (rows, views, room) by cycle of coming to light */
};

RW_MUST_CHECK enum rw_err rw_size_init(struct rw_wheel *g);
void rw_size_begin(struct rw_wheel *g);
/* Whether losses of a threat are looked at one by one. */
bool rw_size_notes(const struct rw_wheel *g, size_t threat);
/* Hits of risk r in the present cycle, their gross losses total[], whether they hit
 * (share[] >= 0; NULL: all) and the cycle in which they come to light (when[],
 * RW_NEVER: none; NULL: this one).  Shapes (hits->n). */
void rw_size_note(struct rw_wheel *g, size_t r, const struct rw_event_list *hits,
    const double total[], const double share[], const uint16_t when[]);
/* Check: what came to light in this cycle. */
void rw_size_learn(struct rw_wheel *g);
/* The threats are looked at anew. */
void rw_size_assess(struct rw_wheel *g);

/* Row (room) of what multiplies the expected money of an event of the threat; NULL:
 * its size is not learned. */
const double *rw_size_times(const struct rw_wheel *g, size_t threat);

#endif
