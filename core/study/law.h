/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/law.h -- the law of one figure, read from all its futures.
 *
 * Mean, sd and standard error by compensated two-pass moments; quantiles,
 * tail means and exceedance after num/tail.h, each with its error.
 *
 * Curve: P(L > x) at x = 0, at the losses of round probabilities (1/2 ...
 * 1/100000), and at losses spaced evenly on the log scale between the first
 * percentile of the positive losses and the largest loss that RW_TAIL_BEYOND
 * futures exceed; nothing is said beyond that.
 *
 * The numbers are sorted where somebody looks (num/ascent.h).
 *
 * Floor: study.  Threads: a desk's laws one after the other, each by its team.
 */
#ifndef RW_STUDY_LAW_H
#define RW_STUDY_LAW_H

#include "num/ascent.h"
#include "num/sample.h"
#include "num/tally.h"
#include "study/result.h"

#include <stdbool.h>

/* What laws of as many futures share: where their quantiles stand, room, threads. */
struct rw_law_desk {
    size_t n;
    struct rw_ascent_room room; /* the caller's */
    bool whole;                 /* orders are wanted as a whole */
    bool turned;                /* the next law's is, turned round */
    struct rw_team *team;       /* or NULL, the caller's */
    struct rw_tail_place quantile[RW_RESULT_QUANTILES];
    struct rw_ascent order; /* of the last law */
};

/* n >= 1; the room is for so many. */
void rw_law_desk_init(struct rw_law_desk *d, size_t n,
    const struct rw_ascent_room *room, bool whole, struct rw_team *team);

/* *l <- law of the numbers, which stay the order's (num/ascent.h).
 * Shapes: (n), finite.  with_curve: they are losses, >= 0. */
void rw_law_read(struct rw_law_desk *d, struct rw_law *l, const struct rw_values *v,
    bool with_curve);

/* law_even.c: the same of futures that were drawn evenly, `each' to a randomisation:
 * values as above, errors after num/sample.h.  The desk is of whole orders; x may be its
 * room's tmp, and is spent.  rows: room for n; *s <- the sample, for as long as rows and
 * the desk's order stay. */
void rw_law_read_even(struct rw_law_desk *d, struct rw_law *l, double x[], size_t each,
    double rows[], bool with_curve, struct rw_sample *s);

/* law_turned.c: what falls as other numbers rise: y = map(x), of the same futures.  One
 * y is the same as another for the same x, and none is larger for a larger x: so it is
 * where map is multiplication by a number below 0, rounded. */
struct rw_law_turn {
    struct rw_values y;
    void (*map)(const void *self, size_t n, const double x[], double y[]);
    const void *self;
};

/* *l <- law of y, without a curve, x being the numbers of the last law, which was read
 * while the desk was `turned': y's k-th smallest is map of x's k-th largest. */
void rw_law_read_turned(
    struct rw_law_desk *d, struct rw_law *l, const struct rw_law_turn *t);

/* law_tally.c: the law of a column that was tallied, whose moments are m.  Quantiles,
 * tail means and their intervals after num/tally.h; the curve stands at ends of cells,
 * where its probabilities are exact. */
void rw_law_of_tally(struct rw_law *l, const struct rw_tally_view *v,
    const struct rw_moments *m, bool with_curve);

/* v->met out of v's interval, that of P(loss > v->loss): met when all of it is at or
 * below v->probability, missed when all of it is above, undecided (0) where it
 * straddles. */
void rw_law_judge(struct rw_verdict *v);

#endif
