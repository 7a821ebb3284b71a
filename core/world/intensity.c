/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threat intensity of one cycle: what the threats would do to an
 * organisation without controls. */
#include "world/draw.h"

#include <string.h>

void
rw_world_size(struct rw_world *w, size_t threat)
{
    const struct rw_threat *x = &w->m->threats[threat];
    const double *truth = x->sized ? rw_world_truth(w, &x->loss_factor) : NULL;
    double *factor = w->factor + threat * w->room;

    for (size_t i = 0; truth != NULL && i < w->n; i++)
        factor[i] *= truth[i] / x->factor_mean;
}

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
    rw_world_gather(w, t, &call);
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
    double *mix = w->mix + source * w->room;
    unsigned year = w->cycle / w->m->per_year;

    if (w->m->threats[s->threat].coupled_year)
        return;                       /* couple.c has drawn it */
    if (w->first >= RW_PILOT_FIRST) { /* beliefs are of the rate before chance */
        for (size_t i = 0; i < w->n; i++)
            mix[i] = rw_count_share(c);
    } else if (w->cycle % w->m->per_year != 0) {
        return;
    } else if (c->law == RW_COUNT_NEGBIN) {
        rw_world_sample(w, &c->mixing, s->mix_lane, year, mix);
    } else if (c->law == RW_COUNT_ZIP) {
        rw_world_row(w, s->mix_lane, year, mix);
        for (size_t i = 0; i < w->n; i++)
            mix[i] = mix[i] >= c->zero;
    }
}

/* A law of n chances a year makes no more than n events. */
static enum rw_err
check_chances(const struct rw_world *w, size_t source, struct rw_error *e)
{
    const struct rw_threat *x = &w->m->threats[w->m->sources[source].threat];
    const double *rate = w->rate + source * w->room;
    double n = x->count.chances, most = n * w->m->years * (1 + 1e-9);

    for (size_t i = 0; n > 0 && i < w->n; i++)
        if (!(rate[i] <= most)) {
            enum rw_err err = rw_error_set(e,
                x->use.plugin != NULL ? RW_ERR_PLUGIN : RW_ERR_INPUT,
                "threat '%s' has %.6g events a year in cycle %u of a future, and its "
                "count law only %.0f chances a year: give the law more, or hold the "
                "frequency below",
                x->id, rate[i] / w->m->years, w->cycle + 1, n);

            rw_error_place(
                e, x->place.file, x->place.line, x->place.col, x->place.pointer);
            return err;
        }
    return RW_OK;
}

/* What this cycle would hold if the year had not changed; rate: before the
 * year's multipliers.  Waves of excitation carry their years with them: there the
 * two are one. */
static void
remember(struct rw_world *w, size_t source)
{
    const struct rw_threat *x = &w->m->threats[w->m->sources[source].threat];
    const double *shared =
        x->shared_year ? w->shared + w->m->sources[source].threat * w->room : NULL;
    double *was = w->was + source * w->room, *before = w->before + source * w->room;
    const double *rate = w->rate + source * w->room, *mix = w->mix + source * w->room;
    bool mixed = x->count.law == RW_COUNT_NEGBIN || x->count.law == RW_COUNT_ZIP;

    for (size_t i = 0; i < w->n; i++) {
        double now = (mixed ? mix[i] : 1) * (shared != NULL ? shared[i] : 1);

        before[i] = rate[i] * (w->cycle > 0 ? was[i] : now);
        was[i] = now;
    }
}

static enum rw_err
set_rate(struct rw_world *w, size_t source, const double frequency[],
    const double susceptibility[], struct rw_error *e)
{
    const struct rw_threat *x = &w->m->threats[w->m->sources[source].threat];
    const double *mix = w->mix + source * w->room;
    double *rate = w->rate + source * w->room;

    draw_mix(w, source);
    for (size_t i = 0; i < w->n; i++)
        rate[i] = frequency[i] * susceptibility[i] * w->m->years;
    if (w->plain != NULL)
        memcpy(w->plain + source * w->room, rate, w->n * sizeof *rate);
    if (w->before != NULL)
        remember(w, source);
    if (x->count.law == RW_COUNT_NEGBIN || x->count.law == RW_COUNT_ZIP)
        for (size_t i = 0; i < w->n; i++)
            rate[i] *= mix[i];
    if (x->shared_year) {
        const double *shared = w->shared + w->m->sources[source].threat * w->room;

        for (size_t i = 0; i < w->n; i++)
            rate[i] *= shared[i];
    }
    return x->children > 0 ? rw_world_excite(w, source, e)
                           : check_chances(w, source, e);
}

/* Rates of all sources of threat k. */
static enum rw_err
set_rates(struct rw_world *w, size_t k, struct rw_error *e)
{
    const struct rw_threat *x = &w->m->threats[k];
    const double *frequency = w->frequency, *susceptibility = w->susceptibility;
    enum rw_err err = RW_OK;

    if (x->use.plugin != NULL) {
        err = call_threat(w, k, e);
        rw_world_size(w, k);
    } else {
        frequency = rw_world_truth(w, &x->frequency);
        susceptibility = rw_world_truth(w, &x->susceptibility);
    }
    for (size_t s = 0; s < w->m->n_sources && err == RW_OK; s++)
        if (w->m->sources[s].threat == k)
            err = set_rate(w, s, rw_world_gathered(w, s, RW_ASSET_FREQUENCY, frequency),
                rw_world_gathered(w, s, RW_ASSET_SUSCEPTIBILITY, susceptibility), e);
    return err;
}

enum rw_err
rw_world_cycle(struct rw_world *w, unsigned t, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    w->cycle = t;
    rw_world_couple_year(w);
    rw_world_outages_cycle(w);
    for (size_t k = 0; k < w->m->n_threats && err == RW_OK; k++)
        err = set_rates(w, k, e);
    return err;
}
