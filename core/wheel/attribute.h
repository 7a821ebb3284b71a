/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/attribute.h -- why residual risk is not what it was a cycle ago.
 *
 * With R(threats, year, controls) the residual risk of a future, the change
 * from cycle t - 1 to t is walked in five steps, each with all others held:
 *   drift     the threats become those of t: frequency, success, size of losses
 *   chance    the year becomes that of t: its multipliers, good or bad luck
 *   controls  those that come into operation at t stand as intended
 *   wear      those that stood before change by age: wear, refresh, growing in
 *   chance    failures and repairs: all stand as they do at mid-cycle
 * The steps telescope, so the parts add up to the change, future by future.
 * (Where threats have excitation their waves are drift, years included.)
 * Where a twin without Check turns beside the strategy (model/phases.h), what of
 * `controls` the twin has not had is learning: note.c.
 *
 * Units: money a year.  Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_ATTRIBUTE_H
#define RW_WHEEL_ATTRIBUTE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct rw_model;
struct rw_wheel;

/* Rows of shape (room), all zero in the first cycle. */
struct rw_attribution {
    bool on;
    double *change, *drift, *controls, *wear, *chance; /* of this cycle */

    /* the last cycle's: residual, (n_controls, room) how controls stood */
    double *residual, *stood;
    uint8_t *failed; /* (n_controls, room) and whether they had failed */
    /* a what-if: (n_controls, room) and (n_risks, room) */
    double *stands, *left, *seen, *rate, *risk;
    double *sum, *last; /* (room): this what-if's residual, the one's before it */
};

/* Nothing where the model wants none. */
RW_MUST_CHECK enum rw_err rw_attribution_init(struct rw_attribution *x,
    const struct rw_model *m, size_t room, struct rw_arena *a);
/* After the cycle's residual risk is known. */
void rw_attribute_cycle(struct rw_wheel *g);

#endif
