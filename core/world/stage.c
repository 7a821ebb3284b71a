/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks in stages: their draws, and what they would cost by ending. */
#include "world/draw.h"

void
rw_world_stage_draws(const struct rw_world *w, uint64_t lane, const struct rw_event *v,
    size_t stage, double u[4])
{
    rw_world_four(w, lane, v->future,
        rw_world_event_word(w, v, 4 * RW_STAGES_MAX) / 4 + stage, u);
}

/* What is common to all endings. */
static void
finish(const struct rw_world *w, const struct rw_risk *r, size_t j, size_t n,
    const struct rw_event v[], const double happens[], double x[])
{
    const struct rw_loss *l = &w->m->threats[r->threat].losses[j];
    const double *factor = w->factor + r->threat * w->room;

    for (size_t e = 0; e < n; e++) {
        x[e] *= r->scale[j] * factor[v[e].future];
        if (l->secondary < 1 && happens[e] >= l->secondary)
            x[e] = 0;
    }
}

void
rw_world_stage_losses(struct rw_world *w, size_t risk, uint64_t lane, size_t n,
    const struct rw_event v[], double amount[][RW_EVENTS_ROOM])
{
    const struct rw_risk *r = &w->m->risks[risk];
    const struct rw_threat *t = &w->m->threats[r->threat];
    const double *word = w->words;

    rw_world_words(w, lane, n, v, t->words);
    for (size_t j = 0; j < t->n_losses; j++) {
        const struct rw_loss *l = &t->losses[j];
        const double *u = word, *happens = word + RW_EVENTS_ROOM;
        double *full = amount[j * RW_ENDINGS + RW_ENDING_FULL];

        rw_sampler_map(&l->sampler, n, u, full);
        finish(w, r, j, n, v, happens, full);
        for (int k = 0; k < RW_ENDINGS; k++) {
            double *x = amount[j * RW_ENDINGS + (size_t)k];

            if (k == RW_ENDING_FULL)
                continue;
            if (l->by.given[k]) {
                rw_sampler_map(&l->by.sampler[k], n, u, x);
                finish(w, r, j, n, v, happens, x);
            } else {
                for (size_t e = 0; e < n; e++)
                    x[e] = full[e] * t->attack.share[k];
            }
        }
        word += (l->secondary < 1 ? 2 : 1) * RW_EVENTS_ROOM;
    }
}
