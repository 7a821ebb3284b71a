/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/world/couple.c -- draws of variables that move together: each is read
 * from its own lane as ever, then all pass through the copula, then each
 * through its own law. */
#include "world/world.h"

void
rw_world_couple_truth(struct rw_world *w)
{
    const struct rw_dependence *d = &w->m->dependence;
    double *rows[RW_MATRIX_MAX];

    for (size_t j = 0; j < d->n_couplings; j++) {
        const struct rw_coupling *c = &d->couplings[j];

        if (c->over != RW_OVER_ESTIMATES)
            continue;
        for (size_t k = 0; k < c->n; k++) {
            const struct rw_estimate *x = c->estimates[k];

            rows[k] = w->truth + x->slot * w->room;
            rw_world_truth_uniforms(w, x->lane, rows[k]);
        }
        if (c->kind == RW_COPULA_T)
            rw_world_truth_uniforms(w, c->lane, w->extra);
        rw_copula_map(&c->copula, w->n, rows, w->extra);
        for (size_t k = 0; k < c->n; k++)
            rw_sampler_map(&c->estimates[k]->sampler, w->n, rows[k], rows[k]);
    }
}

static void
fill(size_t n, double x, double row[])
{
    for (size_t i = 0; i < n; i++)
        row[i] = x;
}

/* A threat's sources follow each other. */
static size_t
first_source(const struct rw_model *m, size_t threat)
{
    return m->risks[m->threats[threat].first_risk].source;
}

/* The row of its first source to its others. */
static void
spread_mix(struct rw_world *w, size_t threat)
{
    size_t first = first_source(w->m, threat);
    const double *row = w->mix + first * w->room;

    for (size_t s = first + 1; s < w->m->n_sources && w->m->sources[s].threat == threat;
         s++)
        for (size_t i = 0; i < w->n; i++)
            w->mix[s * w->room + i] = row[i];
}

static void
couple_mix(struct rw_world *w, const struct rw_coupling *c, uint64_t year)
{
    double *rows[RW_MATRIX_MAX];

    for (size_t k = 0; k < c->n; k++) {
        size_t s = first_source(w->m, c->threats[k]);

        rows[k] = w->mix + s * w->room;
        rw_world_row(w, w->m->sources[s].mix_lane, year, rows[k]);
    }
    if (c->kind == RW_COPULA_T)
        rw_world_row(w, c->lane, year, w->extra);
    rw_copula_map(&c->copula, w->n, rows, w->extra);
    for (size_t k = 0; k < c->n; k++)
        rw_sampler_map(
            &w->m->threats[c->threats[k]].count.mixing, w->n, rows[k], rows[k]);
}

/* shared <- product of the threats' common multipliers. */
static void
draw_shared(struct rw_world *w, uint64_t year)
{
    const struct rw_dependence *d = &w->m->dependence;

    fill(w->m->n_threats * w->room, 1, w->shared);
    for (size_t j = 0; j < d->n_multipliers; j++) {
        const struct rw_multiplier *x = &d->multipliers[j];

        /* scratch: the frequencies are set later */
        rw_world_sample(w, &x->mixing, x->lane, year, w->frequency);
        for (size_t k = 0; k < x->n_threats; k++)
            for (size_t i = 0; i < w->n; i++)
                w->shared[x->threats[k] * w->room + i] *= w->frequency[i];
    }
}

void
rw_world_couple_year(struct rw_world *w)
{
    const struct rw_dependence *d = &w->m->dependence;
    bool pilot = w->first >= RW_PILOT_FIRST; /* beliefs: before chance */
    uint64_t year = w->cycle / w->m->per_year;

    if (w->cycle % w->m->per_year != 0)
        return;
    for (size_t j = 0; j < d->n_couplings; j++) {
        const struct rw_coupling *c = &d->couplings[j];

        if (c->over != RW_OVER_YEARS)
            continue;
        if (!pilot)
            couple_mix(w, c, year);
        for (size_t k = 0; k < c->n; k++) {
            if (pilot)
                fill(w->n, 1, w->mix + first_source(w->m, c->threats[k]) * w->room);
            spread_mix(w, c->threats[k]);
        }
    }
    if (d->n_multipliers > 0 && pilot)
        fill(w->m->n_threats * w->room, 1, w->shared);
    else if (d->n_multipliers > 0)
        draw_shared(w, year);
}
