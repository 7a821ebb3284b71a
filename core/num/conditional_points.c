/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_points.c -- the points of a stratum. */
#include "num/conditional_parts.h"

#include <math.h>

enum { CHUNK = 256 };

/* What a coordinate is for; its index has the group, the part and a number. */
enum purpose { LOSS, TOTAL, SPLIT, NODE, COUNT, CHANCE, CHANCE_LOSS, SIBLING };

static uint64_t
index_of(enum purpose purpose, size_t group, size_t part, size_t number)
{
    return (uint64_t)purpose << 60 | (uint64_t)group << 40 | (uint64_t)part << 20 |
           number;
}

/* A stratum while it is drawn. */
struct pen {
    const struct rw_others *o;
    const struct rw_stratum *s;
    struct rw_points *p;
    struct rw_stream at;
    uint64_t future;
    size_t to;      /* its first point */
    size_t used;    /* coordinates */
    bool ascending; /* counts are */
};

/* ---- coordinates ---- */

/* The first two are a lattice whose second generator is near the golden
 * section of n; further ones are shuffled by a multiplication, a fold and
 * another multiplication, each of them one to one. */
static struct rw_coordinate
coordinate(struct pen *d, uint64_t index)
{
    size_t n = d->s->n, j = d->used++;
    struct rw_coordinate c = {.mask = (uint32_t)(n - 1), .width = 1 / (double)n};
    double u[4];

    rw_stream_quad(d->at, d->future, index, u);
    c.place = u[0];
    c.offset = (uint32_t)(u[1] * (double)n);
    c.multiplier = j == 0 ? 1 : (uint32_t)(0.6180339887498949 * (double)n) | 1;
    c.second = 1;
    if (j > 1) {
        c.multiplier = (uint32_t)(u[2] * 0x1p32) | 1;
        c.second = (uint32_t)(u[3] * 0x1p32) | 1;
        while (2u << 2 * c.fold < n)
            c.fold++;
    }
    return c;
}

/* Of the points list[0 .. n - 1], or from .. from + n - 1 without a list. */
static void
uniforms(const struct rw_coordinate *c, const uint32_t list[], size_t from, size_t n,
    double u[restrict])
{
    const double most = 1 - 0x1p-53, width = c->width, place = c->place;
    const uint32_t mask = c->mask, multiplier = c->multiplier, offset = c->offset;
    const uint32_t second = c->second, first = (uint32_t)from;
    const int fold = c->fold;
    uint32_t k[CHUNK];

    for (uint32_t i = 0; i < n; i++)
        k[i] = ((list == NULL ? first + i : list[i]) * multiplier + offset) & mask;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = fold > 0 ? ((k[i] ^ k[i] >> fold) * second) & mask : k[i];
        double v = ((double)(int32_t)j + place) * width;

        u[i] = v < most ? v : most;
    }
}

/* ---- events ---- */

/* All events are of one kind, of one part. */
static void
chunk_of_one(const struct rw_event_law *law, const struct rw_coordinate *c,
    const uint32_t list[], size_t from, size_t n, const struct rw_view *v)
{
    double y[CHUNK];

    uniforms(c, list, from, n, y);
    rw_event_map(law, n, y, y);
    if (list == NULL && v->ties == NULL) {
        double *restrict sum = v->sum + from, *restrict largest = v->largest + from;

        for (size_t i = 0; i < n; i++) {
            sum[i] += y[i];
            largest[i] = y[i] > largest[i] ? y[i] : largest[i];
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        size_t at = list == NULL ? from + i : list[i];

        v->sum[at] += y[i];
        rw_view_meet(v, at, y[i]);
    }
}

/* The first coordinate chooses the kind, and what it leaves open the first
 * part. */
static void
chunk_of_kinds(const struct rw_group *g, const struct rw_coordinate c[],
    const uint32_t list[], size_t from, size_t n, const struct rw_view *v)
{
    double u[CHUNK], y[CHUNK], z[CHUNK], low = 0;
    uint32_t at[CHUNK];

    uniforms(&c[0], list, from, n, u);
    for (const struct rw_kind *k = g->kind; k < g->kind + g->n_kinds; k++) {
        double high = low + k->probability;
        size_t m = 0;

        for (size_t i = 0; i < n; i++)
            if (u[i] >= low && u[i] < high) {
                at[m] = list == NULL ? (uint32_t)(from + i) : list[i];
                y[m] = (u[i] - low) / k->probability;
                y[m] = fmin(fmax(y[m], 0x1p-54), 1 - 0x1p-53);
                z[m++] = 0;
            }
        low = high;
        for (size_t p = 0; p < k->n_parts; p++) {
            if (p > 0)
                uniforms(&c[p], at, 0, m, y);
            rw_event_map(&k->part[p], m, y, y);
            for (size_t i = 0; i < m; i++) {
                z[i] += y[i];
                rw_view_meet(v, at[i], y[i]);
            }
        }
        for (size_t i = 0; i < m; i++)
            v->sum[at[i]] +=
                k->limit > 0 ? rw_event_retained(z[i], k->deductible, k->limit) : z[i];
    }
}

/* One event of the group more for each of the points. */
static void
draw_event(struct pen *d, enum purpose purpose, size_t group, size_t number,
    const uint32_t list[], size_t from, size_t n, const struct rw_view *v)
{
    const struct rw_group *g = &d->o->group[group];
    bool one = g->n_kinds == 1 && g->most_parts == 1 && g->kind->probability >= 1;
    struct rw_coordinate *c = d->p->coordinate;

    for (size_t p = 0; p < g->most_parts; p++)
        c[p] = coordinate(d, index_of(purpose, group, p, number));
    for (size_t i = 0, step; i < n; i += step) {
        const uint32_t *part = list == NULL ? NULL : list + i;

        step = n - i < CHUNK ? n - i : CHUNK;
        if (one)
            chunk_of_one(g->kind->part, c, part, from + i, step, v);
        else
            chunk_of_kinds(g, c, part, from + i, step, v);
    }
}

/* count[i] events to each point i. */
static void
draw_events(struct pen *d, size_t group, const uint32_t count[])
{
    struct rw_view all = rw_view_from(&d->p->view[0], d->to);
    size_t n = d->s->n, from = 0;
    uint32_t *list = d->p->list;

    if (d->ascending) {
        for (size_t j = 0;; j++) {
            while (from < n && count[from] <= j)
                from++;
            if (from == n)
                return;
            draw_event(d, LOSS, group, j, NULL, from, n - from, &all);
        }
    }
    for (size_t i = 0; i < n; i++)
        list[i] = (uint32_t)i;
    for (size_t j = 0;; j++) {
        size_t left = 0;

        for (size_t i = 0; i < n; i++)
            if (count[list[i]] > j)
                list[left++] = list[i];
        n = left;
        if (n == 0)
            return;
        draw_event(d, LOSS, group, j, list, 0, n, &all);
    }
}

/* ---- counts ---- */

/* The total of each point, ascending, by its law within the stratum. */
static void
draw_totals(struct pen *d)
{
    const struct rw_stratum *s = d->s;
    double below = 0, place = 0;
    size_t k = s->first;

    if (s->last > s->first)
        place = coordinate(d, index_of(TOTAL, 0, 0, 0)).place;
    for (size_t i = 0; i < s->n; i++) {
        double u = ((double)i + place) / (double)s->n * s->mass;

        while (k < s->last && below + d->o->mass[k] < u)
            below += d->o->mass[k++];
        d->p->total[i] = (uint32_t)k;
    }
}

/* The smallest k with sum[k] >= u sum[n - 1]. */
static size_t
search(const double sum[], size_t n, double u)
{
    size_t low = 0, high = n - 1;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (sum[middle] < u * sum[n - 1])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
draw_nodes(struct pen *d, size_t shared)
{
    const struct rw_shared *s = &d->o->shared[shared];
    struct rw_coordinate c = coordinate(d, index_of(NODE, shared, 0, 0));
    double u[CHUNK];

    for (size_t i = 0, step; i < d->s->n; i += step) {
        step = d->s->n - i < CHUNK ? d->s->n - i : CHUNK;
        uniforms(&c, NULL, i, step, u);
        for (size_t k = 0; k < step; k++)
            d->p->node[shared][i + k] = (uint32_t)search(s->sum, s->n, u[k]);
    }
}

static const struct rw_counts *
counts_of(const struct pen *d, const struct rw_group *g, size_t i)
{
    return &g->counts[g->node == RW_NO_PLACE ? 0 : d->p->node[g->node][i]];
}

/* The group's counts, and what is left of the total for those to come. */
static void
draw_counts(struct pen *d, size_t group)
{
    const struct rw_group *g = &d->o->group[group];
    enum purpose purpose = g->split == RW_NO_PLACE ? COUNT : SPLIT;
    struct rw_coordinate c = {.mask = 0};
    double u[CHUNK];

    if (g->split != 0)
        c = coordinate(d, index_of(purpose, group, 0, 0));
    for (size_t i = 0, step; i < d->s->n; i += step) {
        uint32_t *count = d->p->count + i, *total = d->p->total + i;

        step = d->s->n - i < CHUNK ? d->s->n - i : CHUNK;
        uniforms(&c, NULL, i, step, u);
        for (size_t k = 0; k < step; k++) {
            const struct rw_counts *n = counts_of(d, g, i + k);

            if (g->split == RW_NO_PLACE) {
                count[k] = (uint32_t)search(n->sum, n->n, u[k]);
            } else {
                count[k] = g->split == 0 ? total[k]
                                         : (uint32_t)rw_total_split(&d->o->total,
                                               (size_t)g->split, total[k], u[k]);
                total[k] -= count[k];
            }
            d->p->weight[group][d->to + i + k] = n->size[count[k]] / n->base[count[k]];
        }
    }
}

/* The chance that the group itself has left out, as the others see it. */
static void
draw_chance(struct pen *d, size_t group)
{
    const struct rw_group *g = &d->o->group[group];
    const double *weight = d->p->weight[group] + d->to;
    struct rw_coordinate c = coordinate(d, index_of(CHANCE, group, 0, 0));
    size_t n = 0;
    double u[CHUNK];

    rw_view_clear(&d->p->chance[group], d->s->n);
    for (size_t i = 0, step; i < d->s->n; i += step) {
        step = d->s->n - i < CHUNK ? d->s->n - i : CHUNK;
        uniforms(&c, NULL, i, step, u);
        for (size_t k = 0; k < step; k++)
            if (u[k] * g->chances < weight[i + k])
                d->p->list[n++] = (uint32_t)(i + k);
    }
    draw_event(d, CHANCE_LOSS, group, 0, d->p->list, 0, n, &d->p->chance[group]);
}

/* ---- what the event that is left out has besides ---- */

static void
draw_siblings(struct pen *d, size_t tagged)
{
    const struct rw_tagged *t = &d->o->tagged[tagged];

    for (size_t p = 0; p < t->kind->n_parts; p++) {
        struct rw_coordinate c =
            coordinate(d, index_of(SIBLING, t->group, p,
                              (size_t)(t->kind - d->o->group[t->group].kind)));

        for (size_t i = 0, step; i < d->s->n; i += step) {
            double *y = d->p->sibling[p] + i;

            step = d->s->n - i < CHUNK ? d->s->n - i : CHUNK;
            uniforms(&c, NULL, i, step, y);
            rw_event_map(&t->kind->part[p], step, y, y);
        }
    }
    rw_views_siblings(d->o, d->p, tagged, d->to, d->s->n);
}

void
rw_points_draw(const struct rw_others *o, const struct rw_stratum *s,
    struct rw_stream at, uint64_t replicate, struct rw_points *p, size_t to)
{
    struct pen d = {.o = o,
        .s = s,
        .p = p,
        .at = at,
        .future = replicate << 32 | s->first,
        .to = to,
        .ascending = o->single};
    struct rw_view all = rw_view_from(&p->view[0], to);

    rw_view_clear(&all, s->n);
    draw_totals(&d);
    for (size_t k = 0; k < o->n_shared; k++)
        draw_nodes(&d, k);
    for (size_t g = o->n_groups; g-- > 0;) {
        if (!o->single)
            draw_counts(&d, g);
        draw_events(&d, g, o->single ? p->total : p->count);
    }
    for (size_t g = 0; g < o->n_groups; g++)
        if (o->group[g].chances > 0)
            draw_chance(&d, g);
    if (o->n_chances > 0)
        rw_views_chances(o, p, to, s->n);
    for (size_t t = 0; t < o->n_tagged; t++)
        if (o->tagged[t].kind != NULL && o->tagged[t].part == 0)
            draw_siblings(&d, t);
    rw_views_ties(o, p, to, s->n);
}
