/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of common shocks. */
#include "world/draw.h"

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
rw_world_shock_begin(struct rw_world *w, size_t shock, struct rw_shock_cursor *at)
{
    const struct rw_shock *x = &w->m->dependence.shocks[shock];
    const double *frequency = rw_world_truth(w, &x->frequency);
    double *rate = w->frequency; /* scratch: plugins have been asked */

    for (size_t i = 0; i < w->n; i++)
        rate[i] = frequency[i] * w->m->years;
    *at = (struct rw_shock_cursor){
        .shock = shock, .at = {.bound = w->ones, .free = true}};
    rw_numbers_draw(w, x->event_lane, rate);
}

bool
rw_world_shock_events(
    struct rw_world *w, struct rw_shock_cursor *at, struct rw_event_list *list)
{
    const struct rw_shock *x = &w->m->dependence.shocks[at->shock];

    rw_world_list_begin(list, true);
    rw_numbers_list(w, x->event_lane, x->fate_lane, &at->at, list);
    return list->n > 0;
}

void
rw_world_shock_hits(struct rw_world *w, const struct rw_hit *x,
    const struct rw_event_list *list, struct rw_event_list *hits)
{
    hits->n = 0;
    hits->whole = false;
    rw_world_list_uniforms(w, x->lane, list, w->words);
    for (size_t e = 0; e < list->n; e++)
        if (w->words[e] < x->probability)
            hits->event[hits->n++] = list->event[e];
}
