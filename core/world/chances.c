/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of the binomial count laws.
 *
 * A year has n chances.  Each has a uniform U and falls into a cycle of its
 * own, every cycle of the year as likely; there it is an event iff U < p, the
 * cycle's rate over its expected chances.  Only the order of the U matters,
 * so they are made from the lowest up (Renyi): with unit exponentials E_j
 *   -ln(1 - U_(k)) = E_1 / n + E_2 / (n - 1) + ... + E_k / (n - k + 1)
 * until p is passed; a year costs as many draws as it has events, not
 * chances.  Its level is v = U / p.
 *
 * Words: rank k of a year has two, its exponential's and its cycle's. */
#include "world/draw.h"

#include <math.h>

/* Appends what is left of one future; false when the list is full. */
static bool
make_future(struct rw_event_list *list, const struct rw_world *w, double rate,
    double most, struct rw_event_cursor *at)
{
    const struct rw_source *s = &w->m->sources[at->source];
    unsigned per_year = w->m->per_year, year = w->cycle / per_year;
    double n = w->m->threats[s->threat].count.chances, axis = n * w->m->years;
    double limit = most < axis ? -log1p(-most / axis) : INFINITY, u[4];
    bool drawn = false;

    for (; (double)at->k < n; at->k++) {
        uint64_t word = rw_world_word(year, 2 * at->k);
        double sum;

        if (word % 4 == 0 || !drawn)
            rw_world_four(w, s->event_lane, at->next, word / 4, u);
        drawn = true;
        if (at->k == 0 && u[0] <= 1 - n * most / axis)
            return true; /* (1 - p)^n >= 1 - n p decides most empty years */
        sum = at->sum - log(u[word % 4]) / (n - (double)at->k);
        if (sum >= limit)
            return true;
        if ((unsigned)(u[word % 4 + 1] * per_year) == w->cycle % per_year) {
            if (list->n == RW_EVENTS_ROOM)
                return false;
            list->event[list->n++] = (struct rw_event){
                (uint32_t)at->next, (uint32_t)at->k, -expm1(-sum) * axis / rate, 0};
        }
        at->sum = sum;
    }
    return true;
}

void
rw_world_chances(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list)
{
    for (; at->next < w->n; rw_world_next(at)) {
        double rate = w->rate[at->source * w->room + at->next];

        if (!make_future(list, w, rate, rw_world_above(rate * at->bound[at->next]), at))
            break;
    }
}
