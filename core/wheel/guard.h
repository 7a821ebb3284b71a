/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/guard.h -- what the guards (model/guard.h) leave of events.
 *
 *   left  = prod (1 - stands)            at mid-cycle
 *   worst = prod (1 - least)             least: weak of a control that changes within
 *                                        the cycle, else as it stands
 *   seen  = p0 + (1 - p0) V M R          V, M, R = 1 - left of the sight's guards
 *
 * A control that operates in no future stands at 0 in all, and 1 - 0 changes no
 * product: it is left out.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_GUARD_H
#define RW_WHEEL_GUARD_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rw_wheel;

struct rw_guarding {
    double *left, *worst; /* (guards, room); worst only where it changes */
    double *seen;         /* (sights, room) */
    uint8_t *changes;     /* (guards, room) a control of it changes in this cycle */
    bool *changing;       /* (guards) in some future */
    bool *bare;           /* (guards) it leaves everything in all futures */
};

RW_MUST_CHECK enum rw_err rw_guard_init(struct rw_wheel *g);
/* left and seen from g->stands. */
void rw_guard_stand(struct rw_wheel *g);
/* The others, once left is set. */
void rw_guard_change(struct rw_wheel *g);

/* Of risk r, shapes (n): the share of events that prevention lets through, at mid-cycle
 * and at worst, the chance that one is seen, the share of its loss that response
 * leaves. */
const double *rw_guard_survive(const struct rw_wheel *g, size_t r);
const double *rw_guard_most(const struct rw_wheel *g, size_t r);
const double *rw_guard_seen(const struct rw_wheel *g, size_t r);
const double *rw_guard_left(const struct rw_wheel *g, size_t r);
/* Some control of the risk changes within the cycle: mixed[] <- where; whether
 * anywhere. */
bool rw_guard_mixed(const struct rw_wheel *g, size_t r, uint8_t mixed[]);
/* No prevention and no response stands in any future. */
bool rw_guard_bare(const struct rw_wheel *g, size_t r);

#endif
