/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/partner.h -- what partners tell of incidents of the same threats.
 *
 * In a cycle in which its agreement is in force, a partner that observes k
 * organisations like this one sees Poisson(k rate) incidents of a risk, rate
 * being the future's true one before any control, the year's multiplier and
 * shocks included.  It ought to see k times the prior rate.  Of both a share,
 * its weight w, counts as own experience: a likelihood to the power w (Ibrahim
 * and Chen, Statistical Science 15 (2000) 46), which for a gamma prior is
 *   a <- a + w n,  b <- b + w k prior rate.
 * The draws are the same for every strategy.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_PARTNER_H
#define RW_WHEEL_PARTNER_H

#include <stddef.h>

struct rw_wheel;

/* Adds what partners tell of risk r in this cycle to incidents seen and to
 * the exposure at the prior rate; shapes (n).  Nothing without partners. */
void rw_partners_tell(
    const struct rw_wheel *g, size_t r, double seen[], double exposure[]);

#endif
