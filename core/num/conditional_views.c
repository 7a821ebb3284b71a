/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_views.c -- the year as each tagged loss sees it. */
#include "num/conditional_parts.h"

#include <string.h>

/* ---- room ---- */

static size_t
view_size(const struct rw_others *o)
{
    return o->atoms ? 3 : 2;
}

size_t
rw_points_size(const struct rw_others *o)
{
    size_t n = o->n_views * view_size(o) + (o->single ? 0 : o->n_groups);

    for (size_t t = 0; t < o->n_tagged; t++)
        n += (o->tagged[t].law.atoms ? 1u : 0u) + (o->tagged[t].inner ? 1u : 0u);
    return n;
}

static double *
numbers(struct rw_points *p, size_t n, bool *failed)
{
    double *x = RW_ARENA_NEW(&p->arena, n + 1, double);

    *failed |= x == NULL;
    return x;
}

static uint32_t *
places(struct rw_points *p, size_t n, bool *failed)
{
    uint32_t *x = RW_ARENA_NEW(&p->arena, n + 1, uint32_t);

    *failed |= x == NULL;
    return x;
}

static void
make_view(struct rw_points *p, const struct rw_others *o, struct rw_view *v, size_t n,
    bool *failed)
{
    v->sum = numbers(p, n, failed);
    v->largest = numbers(p, n, failed);
    v->ties = o->atoms ? RW_ARENA_NEW(&p->arena, n + 1, unsigned) : NULL;
    *failed |= o->atoms && v->ties == NULL;
}

static void
make_scratch(struct rw_points *p, const struct rw_others *o, size_t n, bool *failed)
{
    for (size_t g = 0; g < o->n_groups; g++)
        if (o->group[g].chances > 0)
            make_view(p, o, &p->chance[g], n, failed);
    for (size_t k = 0; k < o->most_parts; k++)
        p->sibling[k] = numbers(p, o->most_parts > 1 ? n : 0, failed);
    for (size_t k = 0; k < o->n_shared; k++)
        p->node[k] = places(p, n, failed);
    p->total = places(p, n, failed);
    p->count = places(p, n, failed);
    p->list = places(p, n, failed);
}

enum rw_err
rw_points_init(struct rw_points *p, const struct rw_others *o, size_t n, size_t n_most)
{
    bool failed = false;

    *p = (struct rw_points){.view = NULL};
    rw_arena_init(&p->arena);
    p->view = RW_ARENA_NEW(&p->arena, o->n_views, struct rw_view);
    p->weight = RW_ARENA_NEW(&p->arena, o->n_groups + 1, double *);
    p->tie = RW_ARENA_NEW(&p->arena, o->n_tagged + 1, double *);
    p->inner = RW_ARENA_NEW(&p->arena, o->n_tagged + 1, double *);
    p->chance = RW_ARENA_NEW(&p->arena, o->n_groups + 1, struct rw_view);
    p->sibling = RW_ARENA_NEW(&p->arena, o->most_parts + 1, double *);
    p->node = RW_ARENA_NEW(&p->arena, o->n_shared + 1, uint32_t *);
    p->coordinate = RW_ARENA_NEW(&p->arena, o->most_parts + 1, struct rw_coordinate);
    if (p->view == NULL || p->weight == NULL || p->tie == NULL || p->inner == NULL ||
        p->chance == NULL || p->sibling == NULL || p->node == NULL ||
        p->coordinate == NULL)
        return RW_ERR_MEMORY;
    for (size_t v = 0; v < o->n_views; v++)
        make_view(p, o, &p->view[v], n, &failed);
    for (size_t g = 0; g < o->n_groups && !o->single; g++)
        p->weight[g] = numbers(p, n, &failed);
    for (size_t t = 0; t < o->n_tagged; t++) {
        if (o->tagged[t].law.atoms)
            p->tie[t] = numbers(p, n, &failed);
        if (o->tagged[t].inner)
            p->inner[t] = numbers(p, n, &failed);
    }
    make_scratch(p, o, n_most, &failed);
    return failed ? RW_ERR_MEMORY : RW_OK;
}

void
rw_points_free(struct rw_points *p)
{
    if (p->view != NULL)
        rw_arena_fini(&p->arena);
    p->view = NULL;
}

/* ---- views ---- */

void
rw_view_clear(const struct rw_view *v, size_t n)
{
    memset(v->sum, 0, n * sizeof *v->sum);
    memset(v->largest, 0, n * sizeof *v->largest);
    if (v->ties != NULL)
        memset(v->ties, 0, n * sizeof *v->ties);
}

static void
copy(const struct rw_view *to, const struct rw_view *from, size_t n)
{
    memcpy(to->sum, from->sum, n * sizeof *to->sum);
    memcpy(to->largest, from->largest, n * sizeof *to->largest);
    if (to->ties != NULL)
        memcpy(to->ties, from->ties, n * sizeof *to->ties);
}

void
rw_view_join(const struct rw_view *to, const struct rw_view *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double y = from->largest[i], largest = to->largest[i];

        to->sum[i] += from->sum[i];
        if (to->ties == NULL) {
            to->largest[i] = y > largest ? y : largest;
        } else if (y > largest * (1 + RW_EVENT_SAME)) {
            to->largest[i] = y;
            to->ties[i] = from->ties[i];
        } else if (y >= largest * (1 - RW_EVENT_SAME)) {
            to->ties[i] += from->ties[i];
        }
    }
}

/* Groups with chances see those of the others; all else sees all. */
void
rw_views_chances(
    const struct rw_others *o, const struct rw_points *p, size_t to, size_t n)
{
    struct rw_view all = rw_view_from(&p->view[0], to);

    for (size_t g = 0; g < o->n_groups; g++) {
        struct rw_view own = rw_view_from(&p->view[o->group[g].view], to);

        if (o->group[g].chances <= 0)
            continue;
        copy(&own, &all, n);
        for (size_t h = 0; h < o->n_groups; h++)
            if (h != g && o->group[h].chances > 0)
                rw_view_join(&own, &p->chance[h], n);
    }
    for (size_t g = 0; g < o->n_groups; g++)
        if (o->group[g].chances > 0)
            rw_view_join(&all, &p->chance[g], n);
}

/* Each part of the kind whose first part is tagged[first] sees the others. */
void
rw_views_siblings(const struct rw_others *o, const struct rw_points *p,
    size_t first_tagged, size_t to, size_t n)
{
    const struct rw_tagged *first = &o->tagged[first_tagged];
    struct rw_view group = rw_view_from(&p->view[o->group[first->group].view], to);

    for (size_t k = 0; k < first->kind->n_parts; k++) {
        struct rw_view own = rw_view_from(&p->view[first[k].view], to);
        double *inner = first->inner ? p->inner[first_tagged + k] + to : NULL;

        copy(&own, &group, n);
        if (inner != NULL)
            memset(inner, 0, n * sizeof *inner);
        for (size_t other = 0; other < first->kind->n_parts; other++) {
            const double *y = p->sibling[other];

            for (size_t i = 0; other != k && i < n; i++) {
                *(inner != NULL ? &inner[i] : &own.sum[i]) += y[i];
                rw_view_meet(&own, i, y[i]);
            }
        }
    }
}

void
rw_views_ties(const struct rw_others *o, const struct rw_points *p, size_t to, size_t n)
{
    for (size_t t = 0; t < o->n_tagged; t++) {
        struct rw_view v = rw_view_from(&p->view[o->tagged[t].view], to);

        for (size_t i = 0; p->tie[t] != NULL && i < n; i++)
            p->tie[t][to + i] =
                rw_event_mix_atom(&o->tagged[t].law, v.largest[i]) / (v.ties[i] + 1.0);
    }
}
