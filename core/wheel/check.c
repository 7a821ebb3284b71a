/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check: what the organisation learns at a cycle's end.  It counts the
 * incidents that came to light, compares them with what it expected under the
 * controls it believes to stand, and audits a share of its controls. */
#include "num/belief.h"
#include "wheel/partner.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

static void
count_seen(struct rw_wheel *g, size_t r)
{
    const uint32_t *row = g->pending + (g->w->cycle * g->m->n_risks + r) * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        g->new_seen[i] = row[i];
        g->acc.seen[i] += row[i];
    }
}

/* What of the exposure ought to have come to light by the cycle's end, when
 * incidents wait for an exponential time of mean d: of this cycle's, whose
 * times are uniform over its D years, 1 - d / D (1 - e^-(D/d)); of what still
 * waits, 1 - e^-(D/d). */
static void
await(struct rw_wheel *g, size_t r, double exposure[])
{
    double d = g->m->threats[g->m->risks[r].threat].seen_delay * g->m->per_year;
    double due = d > 0 ? -expm1(-1 / d) : 1, kept = d * due;
    double *waits = g->waits + r * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        double come = waits[i] * due + exposure[i] * (1 - kept);

        waits[i] += exposure[i] - come;
        exposure[i] = come;
    }
}

static void
learn(struct rw_wheel *g, size_t r)
{
    if (g->m->risks[r].staged != NULL) {
        rw_stage_exposure(g, r, g->prior->rate[r * g->m->cycles + g->w->cycle], g->row);
    } else {
        rw_value_exposure(g, r, g->row);
        await(g, r, g->row);
    }
    rw_foretold_add(&g->told, g->m->n_risks, g->s->discount, g->a + r * g->room,
        g->b + r * g->room, g->row, g->new_seen);
    rw_partners_tell(g, r, g->new_seen, g->row);
    rw_belief_update(g->w->n, g->s->discount, g->new_seen, g->row, g->a + r * g->room,
        g->b + r * g->room);
}

/* Failed at the cycle's end, and nobody is at work on it yet. */
static bool
fails_unmended(const struct rw_wheel *g, size_t at)
{
    return g->switches[at] % 2 == 1 && g->mending[at] != g->switches[at];
}

/* found <- an audit of this cycle met a failed control and saw it.  The
 * draws are the same for every strategy. */
static void
audit(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    struct rw_stream at = {g->w->seed, x->audit_lane};
    uint8_t *found = g->found + c * g->room;

    memset(found, 0, g->w->n);
    if (x->fails <= 0 || g->s->audit_share <= 0)
        return;
    for (size_t i = 0; i < g->w->n; i++) {
        double u[4], share = g->s->audit_share, sensitivity = g->s->audit_sensitivity;

        if (g->since[c * g->room + i] > g->w->cycle)
            continue;
        if (x->upkeep.n_by[RW_SUPPORT_AUDITS] > 0) {
            share = rw_support_raised(g, c, i, share);
            sensitivity = rw_support_raised(g, c, i, sensitivity);
        }
        rw_stream_quad(at, g->w->first + i, g->w->cycle, u);
        if (u[0] >= share)
            continue;
        g->acc.spend[i] += g->s->audit_cost;
        g->acc.wheel_spend[i] += g->s->audit_cost;
        if (g->progress != NULL)
            g->progress->audited[i] = (uint16_t)(g->w->cycle + 1);
        if (x->upkeep.chain)
            found[i] = u[1] < sensitivity && rw_chain_audited(g, c, i);
        else
            found[i] = fails_unmended(g, c * g->room + i) && u[1] < sensitivity;
    }
}

void
rw_wheel_check(struct rw_wheel *g)
{
    if (g->learns) {
        rw_foretold_open(&g->told);
        rw_value_now(g);
    }
    for (size_t r = 0; r < g->m->n_risks; r++) {
        count_seen(g, r);
        if (g->learns)
            learn(g, r);
    }
    for (size_t c = 0; c < g->m->n_controls; c++)
        audit(g, c);
}
