/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/reckon.h -- how likely the organisation thinks that a year costs more than
 * its appetite tolerates.
 *
 * It reckons with a year in which threats and controls are as it believes them to be in
 * the present cycle, or on average from now to the end of the horizon (planners,
 * relief.h).  Of a risk the number of events has the mean
 *   m = (believed rate) prod (1 - worth of prevention)
 * and the law of the threat's count, of which the multiplier, gamma of shape c, also
 * holds what it does not know of the rate, gamma of shape a (num/belief.h):
 *   1 / c = f + (1 + f) / a,  f the dispersion of a negbin count, else 0.
 * Binomial counts leave the latter out.  An event costs what the scenario says (the law
 * of num/losses.h), times what the losses seen taught (size.h), times what response
 * leaves if it is seen, less the cover.  A plugin's loss factor and a stated one are
 * taken at their means.  An attack in stages costs in each of its endings what that
 * ending is expected to, scattered as the loss of one that runs to its end.  One event
 * of a systemic threat hits the assets together: with events k believed in descending
 * order,
 *   m_(k) - m_(k+1) of them hit the first k assets.
 * All else is taken as independent: what shocks, copulas, shared multipliers and
 * excitation do beyond their means is left out, as organisations do that add up their
 * register.  P(S > L) is that of num/exceed.h, where laws have atoms (constants, covers)
 * held between its bounds; its losses are 32768 equally likely ones, so that below about
 * 1e-3 P is a few percent off.  A sum of atoms that is the limit itself is not above it
 * if all are multiples of a 60th of it; else it may count by half.
 *
 * Who has decision support reckons with a rate nearer to the truth and is so much surer
 * of it (aware.h).
 *
 * Memory: 5 rows a risk.
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_RECKON_H
#define RW_WHEEL_RECKON_H

#include "base/err.h"
#include "num/exceed.h"
#include "num/losses.h"

#include <stdbool.h>
#include <stddef.h>

struct rw_wheel;
struct rw_appetite;
struct rw_reckon_hit;

/* (n_risks, room), NULL where the strategy does not reckon. */
struct rw_reckon {
    double *events;             /* a year, m; of attacks in stages before prevention */
    double *shape;              /* a */
    double *seen;               /* chance that response acts on an event */
    double *left;               /* what it leaves */
    double *times;              /* what an event costs over what the scenario says */
    struct rw_reckon_hit *hits; /* scratch of systemic threats */
};

RW_MUST_CHECK enum rw_err rw_reckon_init(struct rw_wheel *g);
/* Looks at the beliefs, the question of worths being answered for this cycle or for what
 * is ahead. */
void rw_reckon_look(struct rw_wheel *g, bool ahead);
/* In future i, closed. */
void rw_reckon_year(struct rw_wheel *g, size_t i, double limit, int cells,
    enum rw_lattice_kind kind, struct rw_exceed *year);
/* *law <- of `times` what one event on risk r costs, less the cover. */
void rw_reckon_loss(const struct rw_wheel *g, size_t r, double times, double limit,
    int cells, struct rw_lattice_law *law);
/* P(the year's loss > limit) in future i, limit > 0. */
double rw_reckon_over(struct rw_wheel *g, size_t i, double limit);
/* That of the point's loss is above its probability. */
bool rw_reckon_exceeds(struct rw_wheel *g, size_t i, const struct rw_appetite *point);

#endif
