/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events that bring further events.
 *
 * Immigrants are the points of the intensity axis.  In each cycle, in each
 * future, every event of the cycle brings its children (num/hawkes.h): first
 * the immigrants in their order, then the descendants of this cycle in the
 * order of their birth, those born meanwhile included.  A child that falls
 * into a later cycle waits for it.  Children are numbered by birth through the
 * horizon; what is drawn for one is a function of (seed, future, source,
 * number), and numbers depend on nothing that comes later, so neither on the
 * horizon nor on the other futures.
 *
 * Words: an event has four, delay, level and number of children; an
 * immigrant uses the last only. */
#include "world/cascade.h"

#include "num/hawkes.h"
#include "world/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Room is doubled; nothing here is a loop over events without it. */
static enum rw_err
add(struct rw_cascade *c, struct rw_descendant d, struct rw_error *e)
{
    if (c->n == c->room) {
        size_t room = c->room ? 2 * c->room : 1024;
        struct rw_descendant *v = realloc(c->v, room * sizeof *v);

        if (v == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for events to come");
        c->v = v;
        c->room = room;
    }
    c->v[c->n++] = d;
    return RW_OK;
}

/* Appends the children of an event; quad: its four words, time in cycles from
 * the start of the horizon. */
static enum rw_err
give_birth(struct rw_world *w, size_t source, size_t future, uint64_t quad, double time,
    struct rw_error *e)
{
    const struct rw_source *s = &w->m->sources[source];
    const struct rw_threat *t = &w->m->threats[s->threat];
    const struct rw_hawkes h = {t->children, t->child_delay};
    struct rw_cascade *c = &w->cascades[source];
    double u[4];
    enum rw_err err = RW_OK;

    rw_world_four(w, s->offspring_lane, future, quad, u);
    for (unsigned left = rw_hawkes_children(&h, u[2]); left > 0 && err == RW_OK;
         left--) {
        uint32_t number = c->born[future]++;
        double mine[4], at;

        rw_world_four(w, s->offspring_lane, future,
            rw_world_word(RW_WORLD_NO_CYCLE, number), mine);
        at = time - log(mine[0]) * h.delay * w->m->per_year;
        if (at < w->m->cycles)
            err = add(c,
                (struct rw_descendant){
                    .future = (uint32_t)future, .number = number, .time = at, mine[1]},
                e);
    }
    return err;
}

/* Those of past cycles go; the order of the others stays. */
static void
forget(struct rw_world *w, struct rw_cascade *c)
{
    size_t n = 0;

    if (w->cycle == 0) {
        memset(c->born, 0, w->room * sizeof *c->born);
        c->n = 0;
    }
    for (size_t k = 0; k < c->n; k++)
        if (c->v[k].time >= w->cycle)
            c->v[n++] = c->v[k];
    c->n = n;
}

static bool
is_now(const struct rw_world *w, const struct rw_descendant *d)
{
    return d->time < w->cycle + 1.0;
}

/* Expected numbers: the closed form, cycle by cycle. */
static void
expect(struct rw_world *w, size_t source)
{
    const struct rw_threat *t = &w->m->threats[w->m->sources[source].threat];
    const struct rw_hawkes h = {t->children, t->child_delay};
    const double *rate = w->rate + source * w->room;
    double *excited = w->excited + source * w->room;
    double *expected = w->expected + source * w->room;

    for (size_t i = 0; i < w->n; i++) {
        if (w->cycle == 0)
            excited[i] = 0;
        expected[i] =
            rw_hawkes_step(&h, rate[i] / w->m->years, w->m->years, &excited[i]);
    }
}

enum rw_err
rw_world_excite(struct rw_world *w, size_t source, struct rw_error *e)
{
    struct rw_cascade *c = &w->cascades[source];
    struct rw_event_cursor at;
    enum rw_err err = RW_OK;

    expect(w, source);
    if (w->first >= RW_PILOT_FIRST) /* nobody asks for its events */
        return RW_OK;
    forget(w, c);
    rw_world_points_begin(w, source, w->ones, &at);
    do {
        rw_world_list_begin(w->list, false);
        rw_world_points(w, &at, w->list);
        for (size_t k = 0; k < w->list->n && err == RW_OK; k++) {
            const struct rw_event *v = &w->list->event[k];

            err = give_birth(w, source, v->future, rw_world_event_word(w, v, 1),
                w->cycle + rw_world_fate(w, source, v).time, e);
        }
    } while (w->list->n > 0 && err == RW_OK);
    for (size_t k = 0; k < c->n && err == RW_OK; k++) /* grows meanwhile */
        if (is_now(w, &c->v[k]))
            err = give_birth(w, source, c->v[k].future,
                rw_world_word(RW_WORLD_NO_CYCLE, c->v[k].number), c->v[k].time, e);
    return err;
}

void
rw_world_descendants(
    const struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list)
{
    const struct rw_cascade *c = &w->cascades[at->source];

    for (; at->descendant < c->n && list->n < RW_EVENTS_ROOM; at->descendant++) {
        const struct rw_descendant *d = &c->v[at->descendant];

        if (is_now(w, d) && d->level < rw_world_above(at->bound[d->future]))
            list->event[list->n++] = (struct rw_event){d->future,
                d->number | RW_EVENT_DESCENDANT, d->level, d->time - w->cycle};
    }
}

enum rw_err
rw_world_cascade_init(struct rw_world *w)
{
    const struct rw_model *m = w->m;
    size_t row = w->room * sizeof(double);
    bool any = false;

    for (size_t t = 0; t < m->n_threats; t++)
        any = any || m->threats[t].children > 0;
    if (!any)
        return RW_OK;
    w->excited = malloc(m->n_sources * row);
    w->expected = malloc(m->n_sources * row);
    w->list = malloc(sizeof *w->list);
    w->cascades = calloc(m->n_sources, sizeof *w->cascades);
    if (w->excited == NULL || w->expected == NULL || w->list == NULL ||
        w->cascades == NULL)
        return RW_ERR_MEMORY;
    for (size_t s = 0; s < m->n_sources; s++) {
        if (!(m->threats[m->sources[s].threat].children > 0))
            continue;
        w->cascades[s].born = calloc(w->room, sizeof *w->cascades[s].born);
        if (w->cascades[s].born == NULL)
            return RW_ERR_MEMORY;
    }
    return RW_OK;
}

void
rw_world_cascade_fini(struct rw_world *w)
{
    for (size_t s = 0; w->cascades != NULL && s < w->m->n_sources; s++) {
        free(w->cascades[s].v);
        free(w->cascades[s].born);
    }
    free(w->cascades);
    free(w->list);
    free(w->excited);
    free(w->expected);
}
