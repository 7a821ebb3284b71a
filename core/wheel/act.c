/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Act: what the check found failed is put right, after a delay and at a cost.
 * Revised beliefs act through the next cycle's plan. */
#include "wheel/wheel.h"

/* The correction of a failure that was found; hurry: at once, else after the delay. */
static void
mend(struct rw_wheel *g, size_t c, size_t i, bool hurry)
{
    if (g->foresight != NULL) /* no audit has begun it */
        (void)rw_fail_audited(g, c, i);
    if (hurry)
        rw_fail_hurry(g, c, i);
    g->acc.failed[i]++;
    g->acc.spend[i] += g->s->correction_cost;
    g->acc.wheel_spend[i] += g->s->correction_cost;
}

void
rw_wheel_act(struct rw_wheel *g)
{
    bool looks = g->s->audit_share > 0 || g->foresight != NULL || g->triggers.n > 0;

    if (!rw_wheel_mends(g) || !looks)
        return;
    if (g->foresight != NULL)
        rw_oracle_sift(g);
    for (size_t c = 0; c < g->m->n_controls; c++) {
        const uint8_t *found = g->found + c * g->room;

        if (!rw_row_any(g->w->n, found))
            continue;
        for (size_t i = 0; i < g->w->n; i++)
            if (found[i])
                mend(g, c, i, g->triggers.n > 0 && g->triggers.hurry[i]);
    }
}
