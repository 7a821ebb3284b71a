/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/measure.c -- a law as many weighted points. */
#include "num/measure.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

enum {
    POINTS = 16, /* of a cell: half a cell of sqrt(scale x) turns 7 rad */
    PANEL = 14,  /* of a stretch */
    TAIL_OCTAVES = 44,
    FAR_OCTAVES = 300,
    DEPTH = 48
};

#define NOTHING 1e-13 /* of mass */
#define FAR     1e-8  /* mass of a tail that need not be seen sharply */

struct cells {
    struct rw_measure *out;
    const struct rw_dist *d;
    double scale, step, mean;
    bool upper; /* t is the upper tail */
    gsl_integration_glfixed_table *nodes;
};

void
rw_measure_free(struct rw_measure *m)
{
    free(m->x);
    free(m->w);
    *m = (struct rw_measure){0};
}

void
rw_measure_add(struct rw_measure *m, double x, double w)
{
    if (m->n == m->room) {
        size_t room = m->room > 0 ? 2 * m->room : 1024;
        double *xs = realloc(m->x, room * sizeof *xs), *ws;

        if (xs != NULL)
            m->x = xs;
        ws = realloc(m->w, room * sizeof *ws);
        if (ws != NULL)
            m->w = ws;
        if (xs == NULL || ws == NULL) {
            m->failed = true;
            return;
        }
        m->room = room;
    }
    m->x[m->n] = x;
    m->w[m->n++] = w;
}

static double
quantile(const struct cells *c, double t)
{
    return c->upper ? rw_dist_quantile_tails(c->d, 1 - t, t)
                    : rw_dist_quantile_tails(c->d, t, 1 - t);
}

struct rule {
    double x[POINTS], w[POINTS];
    double mass, first, shape; /* E X and E X / (X + mean), over the cell */
};

static void
apply(const struct cells *c, double from, double to, struct rule *r)
{
    r->mass = to - from;
    r->first = r->shape = 0;
    for (size_t i = 0; i < POINTS; i++) {
        double t;

        gsl_integration_glfixed_point(from, to, i, &t, &r->w[i], c->nodes);
        r->x[i] = quantile(c, t);
        r->first += r->w[i] * r->x[i];
        r->shape += r->w[i] * r->x[i] / (r->x[i] + c->mean);
    }
}

/* Are the points of a cell near enough to each other? */
static bool
fine(const struct cells *c, const struct rule *r)
{
    double low = fmin(r->x[0], r->x[POINTS - 1]),
           high = fmax(r->x[0], r->x[POINTS - 1]);

    if (r->mass < FAR)
        return true;
    if (c->step > 0)
        return high - low <= c->step;
    return sqrt(c->scale * high) - sqrt(c->scale * low) <= 1;
}

static void
cell(const struct cells *c, double from, double to, const struct rule *whole, int depth)
{
    double middle = from + (to - from) / 2;
    struct rule half[2];

    if (whole->x[0] == whole->x[POINTS - 1]) { /* an atom */
        rw_measure_add(c->out, whole->x[0], whole->mass);
        return;
    }
    apply(c, from, middle, &half[0]);
    apply(c, middle, to, &half[1]);
    if (depth == 0 ||
        (fine(c, whole) &&
            fabs(half[0].first + half[1].first - whole->first) <= NOTHING * c->mean &&
            fabs(half[0].shape + half[1].shape - whole->shape) <= NOTHING)) {
        for (int i = 0; i < POINTS; i++)
            rw_measure_add(c->out, whole->x[i], whole->w[i]);
        return;
    }
    cell(c, from, middle, &half[0], depth - 1);
    cell(c, middle, to, &half[1], depth - 1);
}

/* One tail from `to` down to `from`, by octaves of its mass; what is left
 * when neither mass nor moments are, lies at the last quantile. */
static void
tail(const struct cells *c, double from, double to)
{
    double low, high, reach;

    rw_dist_support(c->d, &low, &high);
    for (int o = 0; to > from && o < FAR_OCTAVES; o++) {
        double start = fmax(from, to / 2);
        struct rule whole;

        reach = quantile(c, to);
        if (o >= TAIL_OCTAVES &&
            (!c->upper || to * reach * reach < 1e-15 * c->mean * c->mean))
            break;
        apply(c, start, to, &whole);
        cell(c, start, to, &whole, DEPTH);
        to = start;
    }
    if (to > from)
        rw_measure_add(c->out, quantile(c, to), to - from);
}

void
rw_measure_of_dist(
    struct rw_measure *m, const struct rw_dist *d, double scale, double step)
{
    struct cells c = {.out = m, .d = d, .scale = scale, .step = step};
    double below = d->family->cdf(d, d->floor), beyond;
    struct rw_dist bare = *d;

    if (rw_dist_is_constant(d)) {
        rw_measure_add(m, rw_dist_mean(d), 1);
        return;
    }
    bare.cap = INFINITY;
    bare.floor = -INFINITY;
    beyond = rw_dist_sf(&bare, d->cap);
    c.mean = rw_dist_mean(d);
    c.nodes = gsl_integration_glfixed_table_alloc(POINTS);
    if (c.nodes == NULL) {
        m->failed = true;
        return;
    }
    if (below > 0)
        rw_measure_add(m, d->floor, below);
    if (beyond > 0)
        rw_measure_add(m, d->cap, beyond);
    tail(&c, below, fmin(0.5, 1 - beyond));
    c.upper = true;
    tail(&c, beyond, fmin(0.5, 1 - below));
    gsl_integration_glfixed_table_free(c.nodes);
}

struct point {
    double x, w;
};

static int
ascending(const void *a, const void *b)
{
    const struct point *p = a, *q = b;

    return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->w > q->w) - (p->w < q->w);
}

static bool
sort_and_join(struct rw_measure *m)
{
    struct point *p = malloc((m->n + 1) * sizeof *p);
    size_t kept = 0;

    if (p == NULL)
        return false;
    for (size_t i = 0; i < m->n; i++)
        p[i] = (struct point){m->x[i], m->w[i]};
    qsort(p, m->n, sizeof *p, ascending);
    for (size_t i = 0; i < m->n; i++) {
        if (kept > 0 && p[i].x == m->x[kept - 1]) {
            m->w[kept - 1] += p[i].w;
            continue;
        }
        m->x[kept] = p[i].x;
        m->w[kept++] = p[i].w;
    }
    m->n = kept;
    free(p);
    return true;
}

/* The points from .. to - 1 as a Gauss rule of at most PANEL points, written
 * to *kept; false when memory is out. */
static bool
panel(struct rw_measure *m, size_t from, size_t to, size_t *kept)
{
    struct rw_measure part = {.x = m->x + from, .w = m->w + from, .n = to - from};
    double a[PANEL], b[PANEL], node[PANEL], weight[PANEL], *t;
    double middle = (part.x[0] + part.x[part.n - 1]) / 2;
    double half = (part.x[part.n - 1] - part.x[0]) / 2;
    size_t n;

    if (part.n <= PANEL) {
        for (size_t i = 0; i < part.n; i++, (*kept)++) {
            m->x[*kept] = part.x[i];
            m->w[*kept] = part.w[i];
        }
        return true;
    }
    t = malloc(part.n * sizeof *t);
    if (t == NULL)
        return false;
    for (size_t i = 0; i < part.n; i++)
        t[i] = (part.x[i] - middle) / half;
    n = rw_gauss_recurrence(&part, t, PANEL, a, b);
    free(t);
    if (n == 0 || rw_gauss_rule(a, b, n, node, weight) != RW_OK)
        return false;
    for (size_t i = 0; i < n; i++, (*kept)++) {
        m->x[*kept] = middle + half * node[i];
        m->w[*kept] = weight[i];
    }
    return true;
}

void
rw_measure_thin(struct rw_measure *m, double scale)
{
    size_t kept = 0, to;
    double left = 0;

    if (m->failed || !sort_and_join(m)) {
        m->failed = true;
        return;
    }
    for (size_t i = 0; i < m->n; i++)
        left += m->w[i];
    for (size_t from = 0; from < m->n; from = to) {
        double start = sqrt(scale * m->x[from]), mass = 0;
        double end = start + (left < FAR ? fmax(1, start / 8) : 1);

        for (to = from; to < m->n; to++) {
            if (sqrt(scale * m->x[to]) > end && mass > NOTHING)
                break;
            mass += m->w[to];
        }
        left -= mass;
        if (!panel(m, from, to, &kept)) {
            m->failed = true;
            return;
        }
    }
    m->n = kept;
}
