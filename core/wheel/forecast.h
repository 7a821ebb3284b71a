/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/forecast.h -- how well a closed loop foretells its own incidents.
 *
 * Before a cycle's incidents are counted, the belief of each risk predicts
 * how many will come to light (num/forecast.h); what came is held against it.
 * Per cycle the means over the risks are kept: whether the count lay inside
 * the central interval of RW_FORECAST_LEVEL, the chance of that by the belief
 * itself, and the logarithmic score; over the horizon the histogram of the
 * probability integral transform, and whether Kupiec's test finds the misses
 * of a future too many or too few.
 * What a threat's losses of a cycle come to is foretold too where it is learned
 * (size.h): whether the mean of their logarithms lay inside its central interval of
 * the same level.  Counted are those threats alone of which a loss came to light, too
 * few in a future for a test such as Kupiec's; a density has no score to compare with
 * that of a count.  Of the reliability of controls that is learned (failing.h) the
 * truth is held against the belief at the cycle's end.  Every RW_FORECAST_EVERY-th future tells
 * enough of that: it is the belief that is examined, not the risk.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_FORECAST_H
#define RW_WHEEL_FORECAST_H

#include "base/arena.h"
#include "num/forecast.h"

#include <stdbool.h>
#include <stdint.h>

#define RW_FORECAST_LEVEL 0.9
enum { RW_FORECAST_EVERY = 8 };
/* A score is not below that of the least chance a double can tell. */
#define RW_FORECAST_WORST (-745.0)

/* Rows of shape (n): the futures looked at, in order.  Zero where nothing is
 * foretold, and until something is. */
struct rw_foretold {
    bool any; /* something was written since the horizon's start */
    double *inside, *nominal, *score;  /* this cycle, means over the risks */
    double *pit;                       /* (room, RW_FORECAST_BINS) sums of shares */
    double *share;                     /* (RW_FORECAST_BINS, room) of the horizon */
    double *missed, *expected, *tests; /* misses, their sum of chances, forecasts */
    double *rejected;                  /* 1: Kupiec's test does, at 5 % */
    /* sizes: threats of which losses came, this cycle's and all; of this cycle's those
     * inside, less the level of each; places (RW_FORECAST_BINS, room) in each bin,
     * less an equal part of all */
    double *met, *all_met, *met_inside, *met_place;
    /* of controls whose reliability is learned, this cycle's means over them: of the
     * share R (failing.h) as believed and as it is; of those inside the central
     * interval of RW_FORECAST_LEVEL */
    double *relied, *reliable, *relied_inside;
    size_t room, first, n; /* first: index in the block of the first */
};

RW_MUST_CHECK enum rw_err rw_foretold_init(
    struct rw_foretold *x, size_t room, struct rw_arena *a);
/* The start of the horizon for futures first .. first + n - 1, and of a cycle. */
void rw_foretold_begin(struct rw_foretold *x, uint64_t first, size_t n);
void rw_foretold_open(struct rw_foretold *x);
/* One risk of n_risks: its belief before the update, what was seen under which
 * exposure; shapes (all futures of the block). */
void rw_foretold_add(struct rw_foretold *x, size_t n_risks, double discount,
    const double a[], const double b[], const double exposure[], const double seen[]);
/* In future i of the block n losses of one threat had a mean logarithm, as size.h
 * observes it; p: its belief before the update. */
void rw_foretold_size(
    struct rw_foretold *x, size_t i, const struct rw_nig *p, double n, double mean);
/* In future i of the block: one of n controls is believed to have R ~ Beta(a, b), and
 * has it. */
void rw_foretold_reliability(
    struct rw_foretold *x, size_t i, size_t n, double a, double b, double truth);
/* The horizon's end: shares are made, rejected is decided. */
void rw_foretold_close(struct rw_foretold *x);

#endif
