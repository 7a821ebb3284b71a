/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of common shocks. */
#include "world/world.h"

#include <math.h>
#include <string.h>

void
rw_world_shock_rates(struct rw_world *w)
{
    const struct rw_dependence *d = &w->m->dependence;

    if (d->n_shocks > 0)
        memset(w->brought, 0, w->m->n_threats * w->room * sizeof *w->brought);
    for (size_t s = 0; s < d->n_shocks; s++) {
        const double *frequency = rw_world_truth(w, &d->shocks[s].frequency);

        for (size_t h = 0; h < d->shocks[s].n_hits; h++) {
            const struct rw_hit *x = &d->shocks[s].hits[h];

            for (size_t i = 0; i < w->n; i++)
                w->brought[x->threat * w->room + i] += x->probability * frequency[i];
        }
    }
}

void
rw_world_shock_begin(const struct rw_world *w, size_t shock, struct rw_shock_cursor *at)
{
    (void)w;
    *at = (struct rw_shock_cursor){.shock = shock};
}

/* Appends the events of one future from where the cursor stands, s_k < most;
 * false when the list is full. */
static bool
make_future(struct rw_event_list *list, const struct rw_world *w, uint64_t lane,
    double most, struct rw_shock_cursor *at)
{
    uint64_t first = (uint64_t)w->cycle << 32;
    double u[4] = {1, 1, 1, 1};

    for (bool fresh = true;; fresh = false) {
        double next;

        if (list->n == RW_EVENTS_ROOM)
            return false;
        if (fresh || at->k % 4 == 0)
            rw_stream_keyed_quad(
                &w->keys, lane, w->first + at->future, (first + at->k) / 4, u);
        next = at->s - log(u[at->k % 4]);
        if (next >= most)
            return true;
        at->s = next;
        list->event[list->n++] =
            (struct rw_event){(uint32_t)at->future, (uint32_t)at->k, 0, 1};
        at->k++;
    }
}

bool
rw_world_shock_events(
    const struct rw_world *w, struct rw_shock_cursor *at, struct rw_event_list *list)
{
    const struct rw_shock *x = &w->m->dependence.shocks[at->shock];
    const double *frequency = rw_world_truth(w, &x->frequency);

    list->n = 0;
    for (; at->future < w->n; at->future++, at->k = 0, at->s = 0)
        if (!make_future(
                list, w, x->event_lane, frequency[at->future] * w->m->years, at))
            break;
    return list->n > 0;
}

void
rw_world_shock_hits(struct rw_world *w, const struct rw_hit *x,
    const struct rw_event_list *list, struct rw_event_list *hits)
{
    hits->n = 0;
    rw_world_uniforms(w, x->lane, list->n, list->event, w->words);
    for (size_t e = 0; e < list->n; e++)
        if (w->words[e] < x->probability)
            hits->event[hits->n++] = list->event[e];
}
