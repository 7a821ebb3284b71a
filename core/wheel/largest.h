/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/largest.h -- the largest event of a year, as it is booked; private
 * to wheel.
 *
 * One event is one point of a source or of a shock, with all that it costs: the
 * sum over the assets of a systemic threat, and over the threats and assets
 * that a shock event hits, each after response and cover.  An event that was
 * brought by another is one of its own.  It belongs to the year in which its
 * loss falls; an attack in stages that hits several assets, and ends in several
 * years, is an event of each of them with what falls there.
 *
 * Where an event can hit one risk only, what is booked is its whole.  Else the
 * parts are added up, and the whole is looked at once the listed events have
 * met all risks.
 *
 * Floor: wheel.  Threads: part of one strike.
 */
#ifndef RW_WHEEL_LARGEST_H
#define RW_WHEEL_LARGEST_H

#include "wheel/wheel.h"

#include <string.h>

static inline void
rw_largest_take(double largest[], size_t future, double whole)
{
    double most = largest[future];

    largest[future] = whole > most ? whole : most; /* no branch to guess */
}

/* Years from the present one on in which the losses of its events may fall. */
static inline unsigned
rw_largest_years(const struct rw_world *w, size_t threat)
{
    const struct rw_model *m = w->m;

    return m->threats[threat].attack.n > 0
               ? rw_model_begun_years(m) - w->cycle / m->per_year
               : 1;
}

/* The events of a list that may hit several risks have cost nothing yet. */
static inline void
rw_largest_begin(struct rw_strike *x, size_t n_strategies, size_t n_events)
{
    for (size_t s = 0; s < n_strategies; s++)
        for (unsigned y = 0; y < x->years; y++)
            memset(x->whole[s * x->ahead + y], 0, n_events * sizeof **x->whole);
}

/* They have met all risks. */
static inline void
rw_largest_end(struct rw_strike *x, struct rw_wheel *const g[], size_t n_strategies,
    const struct rw_event_list *all)
{
    for (size_t s = 0; s < n_strategies; s++)
        for (unsigned y = 0; y < x->years; y++) {
            unsigned year = g[s]->w->cycle / g[s]->m->per_year + y;
            double *row = g[s]->acc.year_largest + year * g[s]->room;

            for (size_t e = 0; e < all->n; e++)
                rw_largest_take(
                    row, all->event[e].future, x->whole[s * x->ahead + y][e]);
        }
}

/* x->place <- where the listed events stand among all, in whose order they
 * are. */
static inline void
rw_largest_places(struct rw_strike *x, const struct rw_event_list *all)
{
    const struct rw_event *v = x->list.event;
    size_t at = 0;

    for (size_t e = 0; e < x->list.n; e++, at++) {
        while (all->event[at].future != v[e].future || all->event[at].k != v[e].k)
            at++;
        x->place[e] = (uint16_t)at;
    }
}

#endif
