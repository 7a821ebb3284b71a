/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/bound.h -- the floors and caps that a model uses.
 *
 * Estimates are drawn once a future, so a bound of one holds that share of the
 * futures.  Amounts are drawn anew for every event on every asset: of N draws
 * N p are expected to be held, and one or more with probability 1 - (1 - p)^N
 * (p the chance that one is, times that of the loss if it is secondary), both
 * given N, which the simulation counts (wheel/account.h).  Of durations
 * of a programme's stages, drawn at every visit, and of capability and resistance,
 * which never are drawn, the probability alone is told.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_BOUND_H
#define RW_MODEL_BOUND_H

#include <stdbool.h>
#include <stddef.h>

enum rw_drawn { RW_DRAWN_EVENT, RW_DRAWN_FUTURE, RW_DRAWN_VISIT, RW_DRAWN_NEVER };
extern const char *const rw_drawn_names[]; /* "event", "future", "visit", "never" */

/* Of a floor or cap of an amount, given the draws of each future: how many it is
 * expected to hold, and the chance that it holds one, in the first year and over
 * the horizon. */
enum rw_held {
    RW_HELD_YEAR_DRAWS,
    RW_HELD_YEAR,
    RW_HELD_HORIZON_DRAWS,
    RW_HELD_HORIZON,
    RW_HELDS
};

struct rw_bound {
    const char *pointer; /* to the bound, "" where the model was not read */
    bool cap;            /* else a floor */
    double value;        /* as the law has it: money, times `of`, a share, ... */
    enum rw_drawn drawn;
    double probability; /* that one draw is held */
    double mean, shift; /* of the whole law, bounds and all; what this one does to it */
    /* of an amount */
    size_t threat, loss;
    size_t row;       /* its draws are counted there         */
    double per_event; /* probability times that of the loss  */
};

#endif
