/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/fail.h -- controls that stop working and work again.
 *
 * Each is an on/off process of its own (num/outage.h): failures at f a year, a
 * mean of d years until one is found, c years from there to working again;
 * what supporters leave of f, d and c holds for one cycle.  The points are the
 * same for every strategy.  While a common cause is down (world/outage.c) a
 * control stands failed whatever its own state.
 *
 * An audit's correction takes the strategy's time for it, unless the failure is
 * found unaided meanwhile and corrected sooner.  So that what is better never
 * makes a loss larger, another correction takes no longer than one that begins
 * with the present cycle would, and an audit may shorten one under way.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_FAIL_H
#define RW_WHEEL_FAIL_H

#include "base/err.h"
#include "model/model.h"

struct rw_wheel;

/* Of all controls; rows (n_controls, room), none where no control fails by
 * itself. */
struct rw_fail {
    /* The last cycle's; changes are those of the present one, 0 where it did not
     * change, and `worked' and `when' mean nothing there */
    struct rw_outage_rows own;
    double *mends; /* until then an audit's finding was to be corrected */
    bool *mended;  /* (n_controls) an audit has found it failed in some future */
};

/* It can fail, by itself or by a common cause. */
static inline bool
rw_fail_possible(const struct rw_control *x)
{
    return x->fails > 0 || x->n_causes > 0;
}

RW_MUST_CHECK enum rw_err rw_fail_init(struct rw_wheel *g);
/* At the start of a cycle, in the futures where it comes into operation; running_in: it
 * has long been there. */
void rw_fail_start(struct rw_wheel *g, size_t c, bool running_in);
/* Through the present cycle, for all futures: g->changes, those of its causes
 * included, and what stands at its middle. */
void rw_fail_cycle(struct rw_wheel *g, size_t c);
/* Works at a time (years from the start) within the present cycle. */
bool rw_fail_works(const struct rw_wheel *g, size_t c, size_t i, double time);

/* At a cycle's end, of one that fails by itself.  It has failed, and nobody
 * knows; an audit looks and would see: true where it finds a failure that nobody knew
 * of, and begins its correction; it works from now on, if it was down and this was
 * found. */
bool rw_fail_unknown(const struct rw_wheel *g, size_t c, size_t i);
bool rw_fail_audited(struct rw_wheel *g, size_t c, size_t i);
void rw_fail_hurry(struct rw_wheel *g, size_t c, size_t i);
/* Works, its causes apart, when cycle `from` begins: this one or the next. */
bool rw_fail_stands(const struct rw_wheel *g, size_t c, size_t i, unsigned from);

#endif
