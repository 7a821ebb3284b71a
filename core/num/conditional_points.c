/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_points.c -- counts, and the points of a stratum. */
#include "num/conditional_points.h"

#include <math.h>
#include <stdlib.h>

enum { CHUNK = 256, COUNTS_MAX = 200000 };

#define LEFT_OUT 1e-10 /* of the counts' probability */

/* ---- counts ---- */

static struct rw_count
count_of(const struct rw_compound *c)
{
    return (struct rw_count){.law = c->law,
        .dispersion = c->law == RW_COUNT_NEGBIN ? c->dispersion : 0,
        .zero = c->law == RW_COUNT_ZIP ? c->zero : 0,
        .chances = c->law == RW_COUNT_BINOMIAL    ? c->chances
                   : c->law == RW_COUNT_BERNOULLI ? 1
                                                  : 0};
}

/* Adds one node's probabilities, from its mean either way while they count. */
static void
add_node(const struct rw_count *law, double m, double weight, double p[])
{
    size_t middle = (size_t)fmin(rw_count_mean(law, m), COUNTS_MAX - 1);

    for (size_t k = middle + 1; k-- > 0;) {
        double q = rw_count_pmf(law, m, (unsigned)k);

        p[k] += weight * q;
        if (q < 1e-18 && law->zero <= 0)
            break;
    }
    for (size_t k = middle + 1; k < COUNTS_MAX; k++) {
        double q = rw_count_pmf(law, m, (unsigned)k);

        p[k] += weight * q;
        if (q < 1e-18)
            break;
    }
}

enum rw_err
rw_counts_make(const struct rw_compound *c, struct rw_counts *n, struct rw_error *e)
{
    struct rw_count law = count_of(c);
    double events = 0;

    *n = (struct rw_counts){.p = calloc(COUNTS_MAX, sizeof *n->p)};
    if (n->p == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < c->n_nodes; k++) {
        double m = c->m[k] * c->members[0].share;

        add_node(&law, m, c->weight[k], n->p);
        n->mean += c->weight[k] * rw_count_mean(&law, m);
    }
    n->beyond = 1;
    while (n->n_counts < COUNTS_MAX && n->beyond > LEFT_OUT) {
        n->beyond -= n->p[n->n_counts];
        events += (double)n->n_counts * n->p[n->n_counts];
        n->n_counts++;
    }
    n->beyond = fmax(n->beyond, 0);
    n->events_beyond = fmax(n->mean - events, 0);
    if (n->beyond > 100 * LEFT_OUT)
        return rw_error_set(e, RW_ERR_INPUT,
            "more than %d events a year have the probability %.2g; conditional Monte "
            "Carlo needs rarer ones: use plain Monte Carlo",
            COUNTS_MAX, n->beyond);
    return RW_OK;
}

/* ---- points ---- */

/* One coordinate of the n points: a permutation of the n-th parts of (0, 1)
 * and a place within them. */
struct coordinate {
    uint32_t multiplier, offset, second, mask;
    int fold; /* 0: none */
    double place, width;
};

/* The first two are a lattice whose second generator is near the golden
 * section of n; further ones are shuffled by a multiplication, a fold and
 * another multiplication, each of them one to one. */
static struct coordinate
coordinate(struct rw_stream at, uint64_t future, size_t j, size_t n)
{
    struct coordinate c = {.mask = (uint32_t)(n - 1), .width = 1 / (double)n};
    double u[4];

    rw_stream_quad(at, future, j, u);
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

static void
uniforms(const struct coordinate *c, size_t first, size_t n, double u[restrict])
{
    const double most = 1 - 0x1p-53, width = c->width, place = c->place;
    const uint32_t mask = c->mask, multiplier = c->multiplier, offset = c->offset;
    const uint32_t second = c->second, from = (uint32_t)first;
    const int fold = c->fold;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = ((from + i) * multiplier + offset) & mask;
        double v;

        k = fold > 0 ? ((k ^ k >> fold) * second) & mask : k;
        v = ((double)(int32_t)k + place) * width;
        u[i] = v < most ? v : most;
    }
}

/* The count of each point, ascending, by its law within the stratum. */
static void
draw_counts(const struct rw_counts *c, const struct rw_stratum *s, double place,
    uint32_t count[])
{
    double below = 0;
    size_t k = s->first, i = 0;

    for (; i < s->n; i++) {
        double u = ((double)i + place) / (double)s->n * s->mass;

        while (k < s->last && below + (double)k * c->p[k] < u) {
            below += (double)k * c->p[k];
            k++;
        }
        count[i] = (uint32_t)k;
    }
}

/* Adds the losses y to points first .. first + n - 1. */
static void
add(struct rw_points *p, size_t first, size_t n, const double y[restrict])
{
    double *restrict sum = p->sum + first, *restrict largest = p->largest + first;

    if (p->ties != NULL)
        for (size_t i = 0; i < n; i++) {
            unsigned *t = &p->ties[first + i];

            *t = y[i] > largest[i] ? 1 : *t + (y[i] == largest[i] ? 1 : 0);
        }
    for (size_t i = 0; i < n; i++) {
        sum[i] += y[i];
        largest[i] = y[i] > largest[i] ? y[i] : largest[i];
    }
}

static void
draw_coordinate(const struct rw_event_law *l, const struct coordinate *c, size_t from,
    size_t n, struct rw_points *p)
{
    double u[CHUNK];

    for (size_t i = from, step; i < n; i += step) {
        step = n - i < CHUNK ? n - i : CHUNK;
        uniforms(c, i, step, u);
        rw_event_map(l, step, u, u);
        add(p, i, step, u);
    }
}

void
rw_points_draw(const struct rw_event_law *l, const struct rw_counts *c,
    const struct rw_stratum *s, struct rw_stream at, uint64_t replicate,
    struct rw_points *p)
{
    uint64_t future = replicate << 32 | s->first;
    size_t several = s->last > s->first ? 1 : 0, from = 0;

    for (size_t i = 0; i < s->n; i++) {
        p->sum[i] = p->largest[i] = 0;
        if (p->ties != NULL)
            p->ties[i] = 0;
    }
    if (several)
        draw_counts(
            c, s, rw_stream_uniform(at, future, RW_POINTS_COUNT_INDEX), p->count);
    /* Of several counts the first coordinate is the count's. */
    for (size_t j = 0; j + 1 < s->last; j++) {
        struct coordinate x = coordinate(at, future, j + several, s->n);

        while (several && p->count[from] <= j + 1) /* count - 1 losses or less */
            if (++from == s->n)
                return;
        draw_coordinate(l, &x, from, s->n, p);
    }
}
