/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/deliver.h -- from purchase to operation, and what it then costs.
 *
 * A control bought in cycle t with `build` cycles of building, and an overrun of
 * v years, operates from cycle t + build + ceil(v / years of a cycle).  A
 * roll-out that fails ends at that time too, at the next cycle at the earliest:
 * its capital is lost.  What was scheduled is then bought again at once, what a
 * planner chose is a candidate again and no longer promises running costs.
 * Attempt k fails by the uniform k of the control's own lane, so a better
 * chance never lets it come later.
 *
 * Running costs of cycle t are (1 + inflation)^(t years) times the stated ones.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_DELIVER_H
#define RW_WHEEL_DELIVER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct rw_wheel;

/* Rows (n_controls, room), none where nothing is delayed. */
struct rw_deliver {
    uint16_t *lost;     /* cycle in which a failed roll-out is noticed */
    uint16_t *attempts; /* so far */
    /* (n_controls) what one question has found so far, by its number: a control that
     * several others require is looked at once */
    unsigned *expected, *asked, *question;
};

RW_MUST_CHECK enum rw_err rw_deliver_init(struct rw_wheel *g);
void rw_deliver_begin(struct rw_wheel *g);
/* Buys in the present cycle: bought and since. */
void rw_deliver_buy(struct rw_wheel *g, size_t c, size_t i);
/* The cycle in which it would operate if bought in cycle t, its overrun known; at
 * most RW_NEVER. */
unsigned rw_deliver_due(const struct rw_wheel *g, size_t c, size_t i, unsigned t);
/* As the organisation expects it, by purchase and building time alone (an overrun or
 * a roll-out that fails belies it one cycle after the other): the cycle in which all
 * that it requires operates, 0 if it does; the one in which it operates itself, not
 * before that, bought in the present cycle (what is planned: in its own) unless it has
 * been; the same as g->since but for what waits, RW_NEVER unless it is bought. */
unsigned rw_deliver_wait(const struct rw_wheel *g, size_t c, size_t i);
unsigned rw_deliver_expected(const struct rw_wheel *g, size_t c, size_t i);
unsigned rw_deliver_since(const struct rw_wheel *g, size_t c, size_t i);
/* Failed roll-outs that are noticed now; before Plan. */
void rw_deliver_settle(struct rw_wheel *g);
/* What the planner's promises of running cost have become. */
void rw_deliver_commit(struct rw_wheel *g);

/* Of the running cost: its rise until this cycle; the mean rise from this
 * cycle to the horizon's end. */
double rw_deliver_growth(const struct rw_wheel *g, size_t c);
double rw_deliver_ahead(const struct rw_wheel *g, size_t c);

#endif
