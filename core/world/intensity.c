/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threat intensity of one cycle: what the threats would do to an
 * organisation without controls. */
#include "world/world.h"

#include <string.h>

static enum rw_err
call_threat(struct rw_world *w, size_t t, struct rw_error *e)
{
    const struct rw_threat *x = &w->m->threats[t];
    struct rw_hook_field f[RW_THREAT_FIELDS];
    struct rw_hook_call call = {.fields = f, .n_fields = RW_THREAT_FIELDS};
    double *factor = w->factor + t * w->room;

    rw_hook_threat_fields(f);
    f[RW_THREAT_CYCLE].number = w->cycle + 1;
    f[RW_THREAT_YEARS].number = w->m->years;
    f[RW_THREAT_TIME].number = w->cycle * w->m->years;
    f[RW_THREAT_FREQUENCY].x = w->frequency;
    f[RW_THREAT_SUSCEPTIBILITY].x = w->susceptibility;
    f[RW_THREAT_LOSS_FACTOR].x = factor;
    for (size_t i = 0; i < w->n; i++) {
        w->frequency[i] = 0;
        w->susceptibility[i] = factor[i] = 1;
    }
    rw_world_bind(
        w, &x->use, w->state + x->state_slot * w->room, w->params, w->states, &call);
    return x->use.plugin->ops->call(w->threats[t], &call, e);
}

/* The year's multiplier of a source, drawn at the year's first cycle. */
static void
draw_mix(struct rw_world *w, size_t source)
{
    const struct rw_source *s = &w->m->sources[source];
    const struct rw_count *c = &w->m->threats[s->threat].count;
    struct rw_stream at = {w->seed, s->mix_lane};

    if (w->first >= RW_PILOT_FIRST) /* beliefs are of the rate before chance */
        for (size_t i = 0; i < w->n; i++)
            w->mix[source * w->room + i] = 1;
    else if (c->law == RW_COUNT_NEGBIN && w->cycle % w->m->per_year == 0)
        rw_sampler_fill(&c->mixing, at, w->first, w->cycle / w->m->per_year, w->n,
            w->mix + source * w->room);
}

static void
set_rate(struct rw_world *w, size_t source, const double frequency[],
    const double susceptibility[])
{
    const struct rw_threat *x = &w->m->threats[w->m->sources[source].threat];
    const double *mix = w->mix + source * w->room;
    double *rate = w->rate + source * w->room;

    draw_mix(w, source);
    for (size_t i = 0; i < w->n; i++)
        rate[i] = frequency[i] * susceptibility[i] * w->m->years;
    if (x->count.law == RW_COUNT_NEGBIN)
        for (size_t i = 0; i < w->n; i++)
            rate[i] *= mix[i];
}

enum rw_err
rw_world_cycle(struct rw_world *w, unsigned t, struct rw_error *e)
{
    const struct rw_model *m = w->m;

    w->cycle = t;
    for (size_t k = 0; k < m->n_threats; k++) {
        enum rw_err err;

        if (m->threats[k].use.plugin != NULL) {
            err = call_threat(w, k, e);
            if (err != RW_OK)
                return err;
        }
        for (size_t s = 0; s < m->n_sources; s++) {
            if (m->sources[s].threat != k)
                continue;
            if (m->threats[k].use.plugin != NULL)
                set_rate(w, s, w->frequency, w->susceptibility);
            else
                set_rate(w, s, rw_world_truth(w, &m->threats[k].frequency),
                    rw_world_truth(w, &m->threats[k].susceptibility));
        }
    }
    return RW_OK;
}
