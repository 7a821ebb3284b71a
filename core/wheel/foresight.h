/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/foresight.h -- what a strategy that knows the truth expects of
 * its block's futures: their own intensities, cycle by cycle, and the
 * efficacies of controls by age.
 *
 * Before a block begins the world is run through the whole horizon once and
 * then turned back to its start; its futures are functions of their numbers, so
 * they come out the same again.  What is kept is what residual risk counts:
 * the expected number of events given the truth and the years' multipliers,
 * and the loss factor.  Events, their losses, and when controls fail are not
 * looked at.
 *
 * Of a plugin's control the ages are those of one that began with the horizon
 * (wheel/ages.h); where the plugin draws, its chances are then those of the
 * cycles counted from there.
 *
 * Memory: 2 n_risks rows, and cycles + 1 for each control with a plugin.
 * Floor: wheel.  Threads: one per worker, for all its strategies.
 */
#ifndef RW_WHEEL_FORESIGHT_H
#define RW_WHEEL_FORESIGHT_H

#include "wheel/ages.h"

struct rw_foresight {
    struct rw_arena arena;
    unsigned from; /* the cycle from which `rate` and `cost` count */
    /* (n_risks, room) from there to the end: events if there were no controls,
     * and the money they would cost, uncovered */
    double *rate, *cost;
    /* (n_controls) of plugins': (cycles + 1, room) running sums of efficacy over
     * ages, wear included; NULL: not a plugin's */
    double **efficacy;
    struct rw_ages *ages; /* (n_controls) */
};

/* rw_foresight_free also after an error. */
RW_MUST_CHECK enum rw_err rw_foresight_new(
    const struct rw_world *w, struct rw_foresight **f, struct rw_error *e);
void rw_foresight_free(const struct rw_world *w, struct rw_foresight *f);

/* Looks at the futures first .. first + n - 1; the world stands at the start of
 * their horizon afterwards. */
RW_MUST_CHECK enum rw_err rw_foresight_begin(struct rw_foresight *f, struct rw_world *w,
    uint64_t first, size_t n, struct rw_error *e);

/* The world's present cycle lies behind. */
void rw_foresight_pass(struct rw_foresight *f, const struct rw_world *w);

/* Of risk r, over what is left: events a year without controls and money for
 * each; shapes (n).  Nothing is left after the last cycle: rate 0. */
void rw_foresight_ahead(const struct rw_foresight *f, const struct rw_world *w,
    size_t r, double rate[], double money[]);

#endif
