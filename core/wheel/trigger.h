/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/trigger.h -- what starts corrective action between plans.
 *
 * At a cycle's end, after Check, every trigger of a strategy is looked at in every
 * future; where its condition holds it fires, unless its pause or an action
 * still to come forbids it:
 *   finding   audits found at least n failures in this cycle
 *   incident  at least n incidents came to light in it
 *   cusum     S <- max(0, S + N - k m) reaches h; N incidents came to light, m of
 *             them were expected by the beliefs before they were updated; S
 *             begins at 0 and returns there on firing
 *   loss      the year's loss so far is above a limit
 *   appetite  with what was learned in it, a year like it is believed to exceed some
 *             point of the appetite more often than is tolerated (reckon.h)
 * and then `delay` cycles later
 *   audit, correct   act at the cycle's end, the former with the strategy's
 *                    sensitivity and cost for each control not audited already
 *   plan, fund       open the next cycle's plan
 *
 * Source: Page, Biometrika 41 (1954) 100; for counts Lucas, Technometrics 27
 * (1985) 129, whose k lies between the accepted mean m0 and the one to be told,
 * m1: k m0 = (m1 - m0) / (ln m1 - ln m0).  Average run length: Brook and Evans,
 * Biometrika 59 (1972) 539.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_TRIGGER_H
#define RW_WHEEL_TRIGGER_H

#include "base/arena.h"
#include "model/model.h"

/* Rows (n_triggers, room) or (room); all NULL where there are no triggers. */
struct rw_triggers {
    size_t n;
    bool opens;              /* some trigger opens plans */
    uint16_t *fired;         /* 1 + the cycle in which it last fired; 0: never */
    double *sum;             /* S */
    double *seen, *expected; /* N, m of this cycle */
    double *firings;         /* in this cycle: 1 where it fired */
    double *total;           /* over the horizon */
    uint8_t *open;           /* (room) this cycle is planned because of a trigger */
    uint8_t *hurry;          /* (room) what is found works again at once */
};

struct rw_wheel;
RW_MUST_CHECK enum rw_err rw_trigger_init(struct rw_wheel *g);
void rw_trigger_begin(struct rw_wheel *g);
/* Before a plan: open, and money of funds into the balance. */
void rw_trigger_plan(struct rw_wheel *g);
/* At the cycle's end: zero counts; of risk r, what was seen (new_seen) and, before
 * the beliefs change, what of exposure[] they expected; then the firing. */
void rw_trigger_open(struct rw_wheel *g);
void rw_trigger_see(struct rw_wheel *g, size_t r);
void rw_trigger_expect(struct rw_wheel *g, size_t r, const double exposure[]);
void rw_trigger_check(struct rw_wheel *g);

#endif
