/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/ages.h -- a plugin's control run through its ages, as if it had
 * begun to operate at the start of the horizon.
 *
 * For those who look ahead: the prior over the pilot futures, a strategy that
 * knows the truth over its block's.  What the plugin draws is drawn for the
 * cycle that has the age's number.
 *
 * Floor: wheel.  Threads: one for each who asks.
 */
#ifndef RW_WHEEL_AGES_H
#define RW_WHEEL_AGES_H

#include "world/world.h"

struct rw_ages {
    size_t control;
    void *instance;
    double *efficacy; /* (room) at the age last asked for, without wear */
    double *state, *age;
    const double **params;
    double **states;
};

/* Control c of the world's model; rw_ages_close also after an error. */
RW_MUST_CHECK enum rw_err rw_ages_open(const struct rw_world *w, size_t c,
    struct rw_arena *a, struct rw_ages *x, struct rw_error *e);
void rw_ages_close(const struct rw_world *w, struct rw_ages *x);

/* For the world's present block, after its truth is known. */
RW_MUST_CHECK enum rw_err rw_ages_begin(
    const struct rw_world *w, struct rw_ages *x, struct rw_error *e);
/* Ages in order, from 0; moves the world's cycle to `age`. */
RW_MUST_CHECK enum rw_err rw_ages_next(
    struct rw_world *w, struct rw_ages *x, unsigned age, struct rw_error *e);

#endif
