/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/guard.h -- the controls that act on risks in one way.
 *
 * What controls do to a risk are products over five lists of them: those that prevent,
 * those of each function that seeing needs, those that respond.  Many risks have the
 * same lists: all assets of a threat, or all risks that a control without `covers`
 * watches over.  A list that is the same, in the same order, is one guard, so that its
 * product is worked out once for all of them; the same three that see and the
 * threat's own chance to be seen is one sight.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_GUARD_H
#define RW_MODEL_GUARD_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum rw_guard_part {
    RW_GUARD_PREVENT,
    RW_GUARD_SEE,
    RW_GUARD_REVIEW,
    RW_GUARD_RECOGNISE,
    RW_GUARD_RESPOND,
    RW_GUARD_PARTS
};

struct rw_guard {
    size_t *controls, n; /* by function, then in the model's order */
};

/* P(an event is seen) = p0 + (1 - p0) V M R. */
struct rw_sight {
    size_t guard[3];
    double p0;
    bool constant; /* p0 is all: it is 1, or one of the three is empty */
};

struct rw_guards {
    struct rw_guard *all;
    struct rw_sight *sights;
    size_t n, n_sights;
};

struct rw_model;

/* After the risks' controls are listed.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_guard_build(struct rw_model *m, struct rw_arena *a);

#endif
