/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be built beside what: exclusions, and how much can be under
 * construction at once.  A control is under construction from the cycle of its
 * purchase, whoever bought it, until it operates; one without building time
 * for the cycle of its purchase. */
#include "wheel/wheel.h"

#include <string.h>

bool
rw_site_limits(const struct rw_wheel *g)
{
    bool limited = false;

    for (size_t p = 0; p <= RW_PILLARS; p++)
        limited |= g->s->deciding.capacity[p] > 0;
    for (size_t c = 0; c < g->m->n_controls; c++)
        limited |= g->m->controls[c].n_excludes > 0;
    return limited;
}

void
rw_site_open(struct rw_wheel *g, size_t c, size_t i)
{
    g->building[g->m->controls[c].pillar * g->room + i]++;
    g->building[RW_PILLARS * g->room + i]++;
}

void
rw_site_count(struct rw_wheel *g)
{
    unsigned t = g->w->cycle;

    memset(g->building, 0, (RW_PILLARS + 1) * g->room * sizeof *g->building);
    for (size_t c = 0; c < g->m->n_controls; c++) {
        if (g->m->controls[c].status == RW_STATUS_OPERATING)
            continue;
        for (size_t i = 0; i < g->w->n; i++) {
            size_t at = c * g->room + i;

            if (g->bought[at] == t || (g->bought[at] < t && g->since[at] > t))
                rw_site_open(g, c, i);
        }
    }
}

static bool
has_room(const struct rw_wheel *g, size_t p, size_t i)
{
    unsigned capacity = g->s->deciding.capacity[p];

    return capacity == 0 || g->building[p * g->room + i] < capacity;
}

bool
rw_site_admits(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];

    for (size_t k = 0; k < x->n_excludes; k++)
        if (g->bought[x->excludes[k] * g->room + i] != RW_NEVER)
            return false;
    return has_room(g, x->pillar, i) && has_room(g, RW_PILLARS, i);
}
