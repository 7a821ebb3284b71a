/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/chain.h -- controls that fail at rates which others change.
 *
 * In law the on/off process of fail.c: failures at f a year while it works, an
 * exponential time of mean d until found, then a correction of c years; a
 * failure that comes before it works again starts that anew
 * (num/reliability.h).  f, d and c hold for one cycle.
 *
 * It is drawn so that it is monotone in them.  Failures and findings are the
 * points of two Poisson processes, both by level coupling: of a cycle's points
 * s_1 < s_2 < ... of rate 1, those below f years are its failures, of a slot's
 * those below (years of the slot) / d its findings; each has a time of its
 * own.  The control is down from a failure to c after the first finding that
 * follows.  Fewer failures and more findings never put a later failure in the
 * place of an earlier one: where the worse control works, the better one does.
 * (Periods drawn one after the other do not have that: a failure that comes
 * later may hit a moment when the worse control works again.)
 *
 * For the same reason a correction takes no longer than one that begins with
 * the present cycle would, and an audit may shorten one under way.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_CHAIN_H
#define RW_WHEEL_CHAIN_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct rw_wheel;

/* Of all controls; rows (n_controls, room), none where no control needs them.
 * What begins a cycle is kept: times within it are played from there. */
struct rw_chain {
    double *failed, *works; /* time of the last failure, and from when it works; the
                               latter INFINITY: not found yet */
    double *failed_from, *works_from;
    double *rate, *found, *correction; /* f, d and c of this cycle */
    double *faults;                    /* scratch: a cycle's failures */
    size_t room;                       /* of them */
};

RW_MUST_CHECK enum rw_err rw_chain_init(struct rw_wheel *g);
/* At the start of a cycle in which it comes into operation. */
void rw_chain_start(struct rw_wheel *g, size_t c, size_t i, bool running_in);
/* Through the present cycle, for all futures: changes and what stands at its
 * middle, common causes apart. */
void rw_chain_cycle(struct rw_wheel *g, size_t c);
bool rw_chain_works(const struct rw_wheel *g, size_t c, size_t i, double time);
/* It has failed at the cycle's end, and nobody knows. */
bool rw_chain_unknown(const struct rw_wheel *g, size_t c, size_t i);
/* Works from the cycle's end on, if it was down and this was found. */
void rw_chain_hurry(struct rw_wheel *g, size_t c, size_t i);
/* An audit at the cycle's end looks and would see: true where it finds a
 * failure that nobody knew of. */
bool rw_chain_audited(struct rw_wheel *g, size_t c, size_t i);
/* Years from an audit's finding to working again. */
double rw_chain_mends(const struct rw_wheel *g, size_t c, size_t i);

#endif
