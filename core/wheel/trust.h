/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/trust.h -- what guards (model/guard.h) are believed to leave.
 *
 *   left = prod (1 - worth)
 *   seen = p0 + (1 - p0) V M R      V, M, R = 1 - left of the sight's guards
 *
 * with the worths of the question that is being answered (value.c).  Risks share
 * guards, so while rows are held each is worked out at the first need and kept.  They
 * may be held only where no worth can change: no purchase, no other question, no trial
 * (believe.h).  Else they are made anew for every risk.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_TRUST_H
#define RW_WHEEL_TRUST_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct rw_wheel;

/* No rows where nothing is planned. */
struct rw_trust {
    bool held;
    bool *has_guard, *has_sight, *has_try;
    double *guard, *sight; /* (guards, room), (sights, room) */
    double *tried;         /* (n_controls, room) worth of a candidate if bought now */
    /* of the present risk, (room) */
    const double *survive, *left, *absent[3], *seen;
};

RW_MUST_CHECK enum rw_err rw_trust_init(struct rw_wheel *g);
void rw_trust_hold(struct rw_wheel *g);
void rw_trust_release(struct rw_wheel *g);

/* The present risk is r, which has no stages. */
void rw_trust_risk(struct rw_wheel *g, size_t r);
/* Row (n) of what candidate c is worth if bought now. */
const double *rw_trust_try(struct rw_wheel *g, size_t c);

#endif
