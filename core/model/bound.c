/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/bound.c -- finds the floors and caps that a model uses. */
#include "model/build.h"
#include "model/programme.h"
#include "num/bound.h"

#include <stdio.h>
#include <string.h>

const char *const rw_drawn_names[] = {"event", "future", "visit", "never"};

/* One pass counts, the other writes. */
struct search {
    struct rw_arena *a;
    struct rw_bound *list; /* NULL: count */
    size_t n;
    const char *pointer; /* of the law at hand */
    struct rw_bound like;
    bool memory;
};

static bool
see(void *self, const struct rw_dist_hold *h)
{
    struct search *s = self;
    struct rw_bound *b = s->list ? &s->list[s->n] : NULL;

    s->n++;
    if (b == NULL)
        return true;
    *b = s->like;
    b->cap = h->cap;
    b->value = h->value;
    b->probability = h->probability;
    b->shift = h->shift;
    b->per_event = h->probability * s->like.per_event;
    b->pointer = s->pointer ? rw_arena_printf(s->a, "%s%s", s->pointer, h->path) : "";
    s->memory = s->memory || b->pointer == NULL;
    return !s->memory;
}

/* A law at a pointer and, if not "", at a path below it; true if it has bounds. */
static bool
find(struct search *s, const struct rw_dist *d, const char *pointer, const char *path)
{
    size_t before = s->n;

    s->pointer = pointer;
    if (pointer && s->list && path[0] != '\0') {
        s->pointer = rw_arena_printf(s->a, "%s%s", pointer, path);
        s->memory = s->memory || s->pointer == NULL;
    }
    s->like.mean = s->list ? rw_dist_mean(d) : 0;
    (void)rw_dist_holds(d, see, s);
    return s->n > before;
}

/* The amounts of a loss; each that has bounds gets a row for its draws. */
static void
find_loss(
    struct search *s, struct rw_model *m, struct rw_threat *t, size_t j, size_t *rows)
{
    static const char *const paths[RW_ENDINGS] = {"/outcomes/early", "/outcomes/mid",
        "/outcomes/late", "/amount", "/outcomes/fails"};
    struct rw_loss *l = &t->losses[j];
    size_t whole = 0;

    s->like = (struct rw_bound){.drawn = RW_DRAWN_EVENT,
        .threat = (size_t)(t - m->threats),
        .loss = j,
        .row = *rows,
        .per_event = l->secondary};
    if (find(s, &l->amount, l->place.pointer, l->fine ? "/fraction" : "/amount"))
        whole = ++*rows;
    for (int e = 0; e < RW_ENDINGS; e++) {
        l->drawn[e] = whole;
        if (e == RW_ENDING_FULL || !l->by.given[e])
            continue;
        s->like.row = *rows;
        l->drawn[e] = 0;
        if (find(s, &l->by.amount[e], l->place.pointer, paths[e]))
            l->drawn[e] = ++*rows;
    }
    for (int e = 0; e < RW_ENDINGS; e++)
        t->bounded = t->bounded || l->drawn[e] > 0;
}

static void
find_durations(struct search *s, const struct rw_programme *p)
{
    char path[64];

    s->like = (struct rw_bound){.drawn = RW_DRAWN_VISIT};
    for (int k = 0; p->stated && k < RW_STEPS; k++)
        if (rw_step_timed((enum rw_step)k)) {
            snprintf(path, sizeof path, "/stages/%s", rw_step_names[k]);
            (void)find(s, &p->duration[k], p->place.pointer, path);
        }
}

static void
find_all(struct search *s, struct rw_model *m)
{
    size_t rows = 0;

    s->n = 0;
    for (size_t k = 0; k < m->n_threats; k++)
        for (size_t j = 0; j < m->threats[k].n_losses; j++)
            find_loss(s, m, &m->threats[k], j, &rows);
    m->n_drawn = rows;
    m->n_event_bounds = s->n;
    s->like = (struct rw_bound){.drawn = RW_DRAWN_FUTURE};
    for (size_t k = 0; k < m->n_truth; k++)
        (void)find(s, &m->truth[k]->dist, m->truth[k]->place.pointer, "");
    find_durations(s, &m->programme);
    s->like = (struct rw_bound){.drawn = RW_DRAWN_NEVER};
    for (size_t k = 0; k < m->n_threats; k++) {
        const struct rw_threat *t = &m->threats[k];

        if (!t->contest)
            continue;
        (void)find(s, &t->capability, t->place.pointer, "/capability");
        (void)find(s, &t->resistance, t->place.pointer, "/resistance");
    }
    m->n_bounds = s->n;
}

enum rw_err
rw_bound_build(struct build *b, struct rw_model *m)
{
    struct search s = {.a = rw_build_arena(b)};

    find_all(&s, m);
    if (s.n == 0)
        return RW_OK;
    s.list = RW_ARENA_NEW(s.a, s.n, struct rw_bound);
    if (s.list == NULL)
        return rw_build_memory(b);
    find_all(&s, m);
    m->bounds = s.list;
    return s.memory ? rw_build_memory(b) : RW_OK;
}
