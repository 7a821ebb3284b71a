/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world/cascade.h"
#include "world/draw.h"
#include "world/quasi.h"

#include <stdlib.h>

static double *
rows(size_t n, size_t room)
{
    size_t bytes = (n > 0 ? n : 1) * room * sizeof(double);

    return aligned_alloc(64, (bytes + 63) / 64 * 64); /* as C11 wants it */
}

static void
fill(size_t n, double x, double row[])
{
    for (size_t i = 0; i < n; i++)
        row[i] = x;
}

/* Rows of what stays as it is: nobody writes to them again, but for the factors of
 * threats that have something to change them (begin_factor). */
static void
fill_known(struct rw_world *w)
{
    for (size_t k = 0; k < w->m->n_truth; k++) {
        const struct rw_sampler *s = &w->m->truth[k]->sampler;

        if (s->known)
            fill(w->room, s->constant, w->truth + k * w->room);
    }
    fill(w->m->n_threats * w->room, 1, w->factor);
    fill(w->room, 1, w->ones);
}

static unsigned
most_words(const struct rw_model *m)
{
    unsigned most = 1;

    for (size_t t = 0; t < m->n_threats; t++)
        if (m->threats[t].words > most)
            most = m->threats[t].words;
    return most;
}

/* The largest numbers of parameters and states of any use. */
static void
widest(const struct rw_model *m, size_t *params, size_t *states)
{
    *params = *states = 1;
    for (size_t t = 0; t < m->n_threats; t++) {
        const struct rw_plugin *p = m->threats[t].use.plugin;

        if (p != NULL && p->n_params > *params)
            *params = p->n_params;
        if (p != NULL && p->n_states > *states)
            *states = p->n_states;
    }
}

/* Rows of the dependence, few or none. */
static bool
make_dependence(struct rw_world *w)
{
    const struct rw_model *m = w->m;
    size_t years = m->dependence.n_multipliers > 0 ? m->n_threats : 0;
    size_t hits = m->dependence.n_shocks > 0 ? m->n_threats : 0;
    size_t causes = m->dependence.n_causes * w->room;

    w->shared = rows(years, years > 0 ? w->room : 1);
    w->brought = rows(hits, hits > 0 ? w->room : 1);
    w->extra = rows(1, m->dependence.n_couplings > 0 ? w->room : 1);
    w->causes = calloc(causes + 1, sizeof *w->causes);
    w->causes_from = calloc(causes + 1, sizeof *w->causes_from);
    w->cause_changes = calloc(causes + 1, sizeof *w->cause_changes);
    return w->shared != NULL && w->brought != NULL && w->extra != NULL &&
           w->causes != NULL && w->causes_from != NULL && w->cause_changes != NULL;
}

static void
free_dependence(struct rw_world *w)
{
    free(w->shared);
    free(w->brought);
    free(w->extra);
    free(w->causes);
    free(w->causes_from);
    free(w->cause_changes);
}

static enum rw_err
open_threats(struct rw_world *w, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    for (size_t t = 0; t < w->m->n_threats && err == RW_OK; t++) {
        const struct rw_plugin_use *u = &w->m->threats[t].use;

        if (u->plugin != NULL)
            err = u->plugin->ops->open(u, &w->threats[t], e);
    }
    return err;
}

enum rw_err
rw_world_new(const struct rw_model *m, uint64_t seed, size_t room,
    const volatile sig_atomic_t *stop, struct rw_world **out, struct rw_error *e)
{
    struct rw_world *w = calloc(1, sizeof *w);
    size_t params, states;

    *out = w;
    if (w == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a block of futures");
    widest(m, &params, &states);
    w->m = m;
    w->seed = seed;
    w->room = room;
    w->histories = 1;
    w->stop = stop;
    w->truth = rows(m->n_truth, room);
    w->state = rows(m->threat_state_rows, room);
    w->factor = rows(m->n_threats, room);
    w->mix = rows(m->n_sources, room);
    w->rate = rows(m->n_sources, room);
    if (m->attribution) {
        w->was = rows(m->n_sources, room);
        w->before = rows(m->n_sources, room);
    }
    if (m->upkeep.n_aware > 0)
        w->plain = rows(m->n_sources, room);
    w->ones = rows(1, room);
    w->fours = rows(4, RW_EVENTS_ROOM);
    w->words = rows(most_words(m), RW_EVENTS_ROOM);
    w->frequency = rows(1, room);
    w->susceptibility = rows(1, room);
    w->params = calloc(params, sizeof *w->params);
    w->states = calloc(states, sizeof *w->states);
    w->threats = calloc(m->n_threats, sizeof *w->threats);
    if (w->truth == NULL || w->state == NULL || w->factor == NULL || w->mix == NULL ||
        (m->attribution && (w->was == NULL || w->before == NULL)) || w->rate == NULL ||
        (m->upkeep.n_aware > 0 && w->plain == NULL) || w->ones == NULL ||
        w->fours == NULL || w->words == NULL || w->frequency == NULL ||
        w->susceptibility == NULL || w->params == NULL || w->states == NULL ||
        w->threats == NULL || !rw_numbers_new(&w->numbers, room) ||
        rw_world_cascade_init(w) != RW_OK || !make_dependence(w) ||
        !rw_world_outages_init(w) || !rw_world_gather_new(w) || !rw_world_ranks_new(w))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a block of futures");
    fill_known(w);
    return open_threats(w, e);
}

void
rw_world_free(struct rw_world *w)
{
    if (w == NULL)
        return;
    for (size_t t = 0; w->threats != NULL && t < w->m->n_threats; t++)
        if (w->threats[t] != NULL)
            w->m->threats[t].use.plugin->ops->close(w->threats[t]);
    rw_world_cascade_fini(w);
    free(w->truth);
    free(w->state);
    free(w->factor);
    free(w->mix);
    free(w->rate);
    free(w->was);
    free(w->before);
    free(w->plain);
    free(w->ones);
    rw_world_ranks_free(w);
    free(w->fours);
    rw_numbers_free(&w->numbers);
    free(w->words);
    free(w->frequency);
    free(w->susceptibility);
    free(w->params);
    free(w->states);
    free(w->threats);
    free_dependence(w);
    rw_world_outages_fini(w);
    rw_world_gather_free(w);
    free(w);
}

void
rw_world_row(const struct rw_world *w, uint64_t lane, uint64_t index, double u[])
{
    struct rw_stream at = {w->seed, lane};

    if (w->quasi == NULL || !rw_quasi_row(w->quasi, lane, index, w->first, w->n, u))
        rw_stream_fill(at, w->first, index, w->n, u);
}

void
rw_world_sample(const struct rw_world *w, const struct rw_sampler *s, uint64_t lane,
    uint64_t index, double row[])
{
    if (!s->known)
        rw_world_row(w, lane, index, row);
    rw_sampler_map(s, w->n, row, row);
}

/* How many of the futures from i on share a truth, and whose it is. */
static size_t
same_truth(const struct rw_world *w, size_t i, uint64_t *whose)
{
    uint64_t number = w->first + i, within = (number - RW_NESTED_FIRST) % w->histories;
    size_t left = w->histories - (size_t)within;

    *whose = number - within;
    return left < w->n - i ? left : w->n - i;
}

void
rw_world_truth_uniforms(const struct rw_world *w, uint64_t lane, double row[])
{
    struct rw_stream at = {w->seed, lane};
    uint64_t whose;

    if (w->histories == 1) {
        rw_world_row(w, lane, 0, row);
        return;
    }
    for (size_t i = 0, n; i < w->n; i += n) {
        n = same_truth(w, i, &whose);
        fill(n, rw_stream_row_uniform(at, whose, 0), row + i);
    }
}

static void
draw_truth(struct rw_world *w)
{
    for (size_t k = 0; k < w->m->n_truth; k++) {
        const struct rw_estimate *x = w->m->truth[k];
        struct rw_stream at = {w->seed, x->lane};
        double *row = w->truth + k * w->room;
        uint64_t whose;

        if (x->coupling > 0 || x->sampler.known)
            continue;
        if (w->histories == 1) {
            rw_world_sample(w, &x->sampler, x->lane, 0, row);
            continue;
        }
        for (size_t i = 0, n; i < w->n; i += n) {
            n = same_truth(w, i, &whose);
            rw_sampler_fill(&x->sampler, at, whose, 0, 1, row + i);
            fill(n, row[i], row + i);
        }
    }
    rw_world_couple_truth(w);
}

/* What multiplies every loss before the first cycle; without a plugin and a factor of
 * its own it is 1 for ever. */
static void
begin_factor(struct rw_world *w, size_t t)
{
    const struct rw_threat *x = &w->m->threats[t];

    if (x->sized || x->use.plugin != NULL)
        fill(w->n, 1, w->factor + t * w->room);
    rw_world_size(w, t);
}

enum rw_err
rw_world_begin(struct rw_world *w, uint64_t first, size_t n, struct rw_error *e)
{
    RW_BUG_ASSERT(n <= w->room);
    RW_BUG_ASSERT(w->histories == 1 || first >= RW_NESTED_FIRST);
    w->first = first;
    w->n = n;
    w->cycle = 0;
    draw_truth(w);
    rw_world_shock_rates(w);
    rw_world_outages_begin(w);
    for (size_t t = 0; t < w->m->n_threats; t++)
        begin_factor(w, t);
    for (size_t t = 0; t < w->m->n_threats; t++) {
        const struct rw_threat *x = &w->m->threats[t];
        const struct rw_plugin *p = x->use.plugin;
        enum rw_err err;

        if (p == NULL)
            continue;
        for (size_t j = 0; j < p->n_states; j++)
            fill(n, p->states[j].initial, w->state + (x->state_slot + j) * w->room);
        err = p->ops->begin(w->threats[t], e);
        if (err != RW_OK)
            return err;
    }
    return RW_OK;
}

void
rw_world_bind(const struct rw_world *w, const struct rw_plugin_use *u, double state[],
    const double *params[], double *states[], struct rw_hook_call *call)
{
    for (size_t j = 0; j < u->plugin->n_params; j++)
        params[j] = rw_world_truth(w, &u->values[j]);
    for (size_t j = 0; j < u->plugin->n_states; j++)
        states[j] = state + j * w->room;
    call->n = w->n;
    call->seed = w->seed;
    call->first = w->first;
    call->cycle = w->cycle;
    call->params = params;
    call->state = states;
}
