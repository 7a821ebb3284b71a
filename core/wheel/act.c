/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Act: what the check found failed is put right, after a delay and at a cost.
 * Revised beliefs act through the next cycle's plan. */
#include "wheel/wheel.h"

void
rw_wheel_act(struct rw_wheel *g)
{
    double works = (g->w->cycle + 1) * g->m->years + g->s->correction_years;

    if (g->s->audit_share <= 0)
        return;
    for (size_t c = 0; c < g->m->n_controls; c++)
        for (size_t i = 0; i < g->w->n; i++) {
            size_t at = c * g->room + i;

            if (!g->found[at])
                continue;
            g->mending[at] = g->switches[at];
            if (!g->m->controls[c].upkeep.chain && g->switch_at[at] > works)
                g->switch_at[at] = works;
            g->acc.failed[i]++;
            g->acc.spend[i] += g->s->correction_cost;
            g->acc.wheel_spend[i] += g->s->correction_cost;
        }
}
