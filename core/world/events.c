/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source's events, and their marks. */
#include "world/draw.h"
#include "world/quasi.h"

#include <math.h>

void
rw_world_events_begin(
    struct rw_world *w, size_t source, const double bound[], struct rw_event_cursor *at)
{
    const struct rw_threat *t = &w->m->threats[w->m->sources[source].threat];

    if (t->count.chances > 0)
        *at = (struct rw_event_cursor){.source = source, .bound = bound};
    else
        rw_world_points_begin(w, source, bound, at);
    at->chances = t->count.chances > 0;
    at->excited = t->children > 0;
}

static bool
is_done(const struct rw_world *w, const struct rw_event_cursor *at)
{
    return at->next == (at->chances ? w->n : w->numbers.n_some);
}

bool
rw_world_events(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list)
{
    rw_world_list_begin(list, !at->chances && !at->excited);
    if (at->chances)
        rw_world_chances(w, at, list);
    else
        rw_world_points(w, at, list);
    if (at->excited && is_done(w, at))
        rw_world_descendants(w, at, list);
    return list->n > 0;
}

double
rw_world_level(const struct rw_world *w, size_t source, const struct rw_event *v)
{
    return isnan(v->level) ? rw_numbers_level(w, w->m->sources[source].fate_lane, v)
                           : v->level;
}

struct rw_fate
rw_world_fate_in(const struct rw_world *w, uint64_t lane, const struct rw_event *v)
{
    double u[4];

    rw_world_four(w, lane, v->future, rw_world_event_word(w, v, 1), u);
    return rw_world_fate_of(v, u);
}

void
rw_world_fates(const struct rw_world *w, uint64_t lane,
    const struct rw_event_list *list, double u[][4])
{
    uint64_t future[RW_EVENTS_ROOM], quad[RW_EVENTS_ROOM];

    for (size_t e = 0; e < list->n; e++) {
        future[e] = w->first + list->event[e].future;
        quad[e] = rw_world_event_word(w, &list->event[e], 1);
    }
    rw_stream_quads((struct rw_stream){w->seed, lane}, list->n, future, quad, u[0]);
}

/* out[e] <- uniform `word' of each event that is the first of its future and cycle, where
 * a net draws that. */
static void
draw_evenly(const struct rw_world *w, uint64_t lane, unsigned word, size_t n,
    const struct rw_event v[], double out[])
{
    uint64_t future[RW_EVENTS_ROOM], index = rw_world_word(w->cycle, word);
    double u[RW_EVENTS_ROOM];
    size_t firsts = 0;

    for (size_t e = 0; e < n; e++)
        if (v[e].k == 0)
            future[firsts++] = w->first + v[e].future;
    if (firsts == 0 || !rw_quasi_some(w->quasi, lane, index, firsts, future, u))
        return;
    for (size_t e = 0, j = 0; e < n; e++)
        if (v[e].k == 0)
            out[e] = u[j++];
}

/* Events of one future share fours: those are listed first, without a branch that a
 * processor would guess wrong once a future. */
void
rw_world_uniforms(const struct rw_world *w, uint64_t lane, size_t n,
    const struct rw_event v[], double out[])
{
    enum { STEP = 256 };
    uint64_t future[STEP], quad[STEP];
    double u[4 * STEP];
    uint16_t from[STEP];

    for (size_t e = 0, step; e < n; e += step) {
        size_t fours = 0;

        step = n - e < STEP ? n - e : STEP;
        for (size_t j = 0; j < step; j++) {
            const struct rw_event *x = &v[e + j];
            size_t next =
                j == 0 || x->future != x[-1].future || x->k / 4 != x[-1].k / 4;

            fours += next;
            future[fours - 1] = w->first + x->future;
            quad[fours - 1] = rw_world_event_word(w, x, 1) / 4;
            from[j] = (uint16_t)(4 * (fours - 1) + x->k % 4);
        }
        rw_stream_quads((struct rw_stream){w->seed, lane}, fours, future, quad, u);
        for (size_t j = 0; j < step; j++)
            out[e + j] = u[from[j]];
    }
    if (w->quasi != NULL)
        draw_evenly(w, lane, 0, n, v, out);
}

void
rw_world_list_uniforms(
    struct rw_world *w, uint64_t lane, const struct rw_event_list *list, double out[])
{
    if (!list->whole) {
        rw_world_uniforms(w, lane, list->n, list->event, out);
        return;
    }
    rw_stream_quads((struct rw_stream){w->seed, lane}, list->n_fours, list->four_of,
        list->four, w->fours);
    for (size_t e = 0; e < list->n; e++)
        out[e] = w->fours[list->place[e]];
    if (w->quasi != NULL)
        draw_evenly(w, lane, 0, list->n, list->event, out);
}

/* Of the listed events from..to - 1: their fours are drawn together. */
static void
words_of(const struct rw_world *w, uint64_t lane, size_t from, size_t to,
    const struct rw_event v[], unsigned per_event, uint64_t future[], uint64_t quad[])
{
    const double *u = w->fours;
    size_t n = 0;

    for (size_t e = from; e < to; e++) {
        uint64_t next = rw_world_event_word(w, &v[e], per_event);

        for (uint64_t q = next / 4; q <= (next + per_event - 1) / 4; q++) {
            future[n] = w->first + v[e].future;
            quad[n++] = q;
        }
    }
    rw_stream_quads((struct rw_stream){w->seed, lane}, n, future, quad, w->fours);
    for (size_t e = from; e < to; e++) {
        uint64_t next = rw_world_event_word(w, &v[e], per_event);

        u += next % 4;
        for (unsigned j = 0; j < per_event; j++)
            w->words[j * RW_EVENTS_ROOM + e] = u[j];
        u += (next % 4 + per_event + 3) / 4 * 4 - next % 4;
    }
}

/* The words of one event, however many. */
static void
words_alone(const struct rw_world *w, uint64_t lane, size_t e, const struct rw_event *v,
    unsigned per_event)
{
    uint64_t next = rw_world_event_word(w, v, per_event);
    double u[4];

    for (unsigned j = 0; j < per_event; j++, next++) {
        if (j == 0 || next % 4 == 0)
            rw_world_four(w, lane, v->future, next / 4, u);
        w->words[j * RW_EVENTS_ROOM + e] = u[next % 4];
    }
}

void
rw_world_words(const struct rw_world *w, uint64_t lane, size_t n,
    const struct rw_event v[], unsigned per_event)
{
    uint64_t future[RW_EVENTS_ROOM], quad[RW_EVENTS_ROOM];
    size_t step = RW_EVENTS_ROOM / (per_event / 4 + 2); /* its fours, at most */

    for (size_t e = 0; e < n && step == 0; e++)
        words_alone(w, lane, e, &v[e], per_event);
    for (size_t i = 0; i < n && step > 0; i += step)
        words_of(w, lane, i, n - i < step ? n : i + step, v, per_event, future, quad);
    for (unsigned j = 0; j < per_event && w->quasi != NULL; j++)
        draw_evenly(w, lane, j, n, v, w->words + j * RW_EVENTS_ROOM);
}

const double *
rw_world_losses_in(struct rw_world *w, size_t risk, uint64_t lane,
    const struct rw_event_list *list, double loss[][RW_EVENTS_ROOM], double total[])
{
    const struct rw_event *v = list->event;
    size_t n = list->n;
    const struct rw_risk *r = &w->m->risks[risk];
    const struct rw_threat *t = &w->m->threats[r->threat];
    const double *factor = w->factor + r->threat * w->room;
    const double *word = w->words;

    if (t->words == 1)
        rw_world_list_uniforms(w, lane, list, w->words);
    else
        rw_world_words(w, lane, n, v, t->words);
    for (size_t j = 0; j < t->n_losses; j++) {
        const struct rw_loss *l = &t->losses[j];

        rw_sampler_map(&l->sampler, n, word, loss[j]);
        word += RW_EVENTS_ROOM;
        if (l->secondary < 1) {
            for (size_t e = 0; e < n; e++)
                loss[j][e] = word[e] < l->secondary ? loss[j][e] : 0;
            word += RW_EVENTS_ROOM;
        }
        for (size_t e = 0; e < n; e++)
            loss[j][e] *= r->scale[j] * factor[v[e].future];
        for (size_t e = 0; j == 1 && e < n; e++)
            total[e] = loss[0][e] + loss[1][e];
        for (size_t e = 0; j > 1 && e < n; e++)
            total[e] += loss[j][e];
    }
    return t->n_losses > 1 ? total : loss[0];
}
