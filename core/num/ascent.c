/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/ascent.h"

#include "base/err.h"
#include "num/tail.h"

#include <stdlib.h>
#include <string.h>

enum {
    FEW = 4096,       /* sorted at once */
    SHARED = 1 << 15, /* numbers that are worth waking others for */
    PARTS = 64        /* of the numbers, at most */
};

struct dealing {
    struct rw_ascent *o;
    const double *x;
    double *to;
    size_t parts;
    uint32_t *start; /* (parts, cells): counts, then places */
};

static inline int64_t
bits_of(double x)
{
    int64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

static size_t
part_start(const struct dealing *d, size_t k)
{
    return d->o->n / d->parts * k + (k < d->o->n % d->parts ? k : d->o->n % d->parts);
}

/* 0 for 0; 1 ... for numbers further and further from it. */
static inline unsigned
distance(const struct rw_ascent *o, double x)
{
    int64_t off = (bits_of(x) & INT64_MAX) - o->least;

    return (unsigned)((uint64_t)(off < 0 ? 0 : off) >> o->shift);
}

static inline unsigned
cell(const struct rw_ascent *o, double x)
{
    unsigned side = (unsigned)(bits_of(x) >> 63); /* all ones: below 0 */

    return o->origin + ((distance(o, x) ^ side) - side);
}

static void
count(void *self, size_t k)
{
    struct dealing *d = self;
    const struct rw_ascent o = {
        .least = d->o->least, .shift = d->o->shift, .origin = d->o->origin};
    uint32_t *n = d->start + k * d->o->cells;

    memset(n, 0, d->o->cells * sizeof *n);
    for (size_t i = part_start(d, k), end = part_start(d, k + 1); i < end; i++)
        n[cell(&o, d->x[i])]++;
}

static void
deal(void *self, size_t k)
{
    struct dealing *d = self;
    const struct rw_ascent o = {
        .least = d->o->least, .shift = d->o->shift, .origin = d->o->origin};
    uint32_t *at = d->start + k * d->o->cells;

    for (size_t i = part_start(d, k), end = part_start(d, k + 1); i < end; i++)
        d->to[at[cell(&o, d->x[i])]++] = d->x[i] + 0.0;
}

static unsigned
width(uint64_t k)
{
    return k > 0 ? 64 - (unsigned)__builtin_clzll(k) : 0;
}

static void
find_cells(struct rw_ascent *o, const struct rw_span *r)
{
    unsigned wide = width((uint64_t)(r->most - r->least)), far;

    o->shift = wide > RW_ASCENT_BITS ? wide - RW_ASCENT_BITS : 0;
    o->least = r->least - (INT64_C(1) << o->shift);
    far = (unsigned)((uint64_t)(r->most - o->least) >> o->shift);
    o->origin = r->below < 0 ? far : 0;
    o->cells = o->origin + (r->above < 0 ? far : 0) + 1;
}

/* Counts become places: by cell, within a cell by part, as the numbers came. */
static void
find_places(struct dealing *d)
{
    struct rw_ascent *o = d->o;
    uint32_t at = 0;

    for (unsigned c = 0; c < o->cells; c++) {
        o->start[c] = at;
        for (size_t k = 0; k < d->parts; k++) {
            uint32_t *n = &d->start[k * o->cells + c], here = at;

            at += *n;
            *n = here;
        }
        o->wanted[c] = false;
        /* equal numbers are in order */
        o->settled[c] = o->shift == 0 || c == o->origin || at - o->start[c] < 2;
    }
    o->start[o->cells] = at;
}

/* All of it is in its place. */
static void
be_settled(struct rw_ascent *o, double x[], double tmp[])
{
    o->x = x;
    o->tmp = tmp;
    o->least = INT64_MAX; /* whatever it is, it is in cell 0 */
    o->shift = o->origin = 0;
    o->cells = 1;
    o->start[0] = 0;
    o->start[1] = (uint32_t)o->n;
    o->settled[0] = true;
    o->wanted[0] = false;
}

static void
without_signs(double x[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] += 0.0;
}

/* One part a thread; one where that takes longer than it saves, or without memory. */
static void
part(struct dealing *d, struct rw_team *t)
{
    size_t parts = rw_team_size(t) < PARTS ? rw_team_size(t) : PARTS;

    d->parts = 1;
    d->start = NULL;
    if (d->o->n >= SHARED && parts > 1)
        d->start = malloc(parts * RW_ASCENT_CELLS * sizeof *d->start);
    if (d->start != NULL)
        d->parts = parts;
}

/* Into o->x. */
static void
make(struct dealing *d, struct rw_team *t)
{
    uint32_t one[RW_ASCENT_CELLS], *shared = d->start;

    if (shared == NULL)
        d->start = one;
    rw_team_do(t, d->parts, count, d);
    find_places(d);
    rw_team_do(t, d->parts, deal, d);
    d->start = shared;
}

void
rw_ascent_make(struct rw_ascent *o, double x[], size_t n, double tmp[],
    const struct rw_span *span, struct rw_team *t)
{
    struct dealing d = {.o = o, .x = x, .to = tmp};

    RW_BUG_ASSERT(n > 0 && n <= UINT32_MAX);
    o->n = n;
    o->x = tmp;
    o->tmp = x;
    if (n <= FEW || rw_span_is_point(span)) {
        if (span->minus < 0 && span->never >= 0)
            without_signs(x, n);
        if (!rw_span_is_point(span))
            rw_sort(x, n, tmp);
        be_settled(o, x, tmp);
        return;
    }
    find_cells(o, span);
    part(&d, t);
    make(&d, t);
    free(d.start);
}

static void
settle(struct rw_ascent *o, unsigned c)
{
    uint32_t from = o->start[c];

    if (o->settled[c])
        return;
    rw_sort(o->x + from, o->start[c + 1] - from, o->tmp + from);
    o->settled[c] = true;
}

/* The cell of a rank. */
static unsigned
holder(const struct rw_ascent *o, size_t k)
{
    unsigned low = 0, high = o->cells;

    while (high - low > 1) {
        unsigned middle = low + (high - low) / 2;

        if (o->start[middle] <= k)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct stretch {
    struct rw_ascent *o;
    unsigned first;
};

static void
settle_one(void *self, size_t k)
{
    struct stretch *s = self;

    settle(s->o, s->first + (unsigned)k);
}

void
rw_ascent_settle(struct rw_ascent *o, size_t from, size_t to, struct rw_team *t)
{
    struct stretch s = {o, 0};

    RW_BUG_ASSERT(from <= to && to <= o->n);
    if (from == to)
        return;
    s.first = holder(o, from);
    if (to - from < SHARED)
        t = NULL;
    rw_team_do(t, holder(o, to - 1) - s.first + 1, settle_one, &s);
}

/* The cell of a number. */
static unsigned
place(const struct rw_ascent *o, double at)
{
    int64_t last = (int64_t)o->cells - 1, c = (int64_t)distance(o, at);

    c = o->origin + (at < 0 ? -c : c);
    return (unsigned)(c < 0 ? 0 : c > last ? last : c);
}

void
rw_ascent_settle_at(struct rw_ascent *o, double at)
{
    settle(o, place(o, at));
}

void
rw_ascent_want(struct rw_ascent *o, size_t k)
{
    o->wanted[holder(o, k)] = true;
}

void
rw_ascent_want_at(struct rw_ascent *o, double at)
{
    o->wanted[place(o, at)] = true;
}

struct wanted {
    struct rw_ascent *o;
    uint16_t cell[RW_ASCENT_CELLS];
};

static void
settle_wanted(void *self, size_t k)
{
    struct wanted *w = self;

    settle(w->o, w->cell[k]);
}

void
rw_ascent_settle_wanted(struct rw_ascent *o, struct rw_team *t)
{
    struct wanted w = {.o = o};
    size_t n = 0, numbers = 0;

    for (unsigned c = 0; c < o->cells; c++) {
        if (o->wanted[c] && !o->settled[c]) {
            w.cell[n++] = (uint16_t)c;
            numbers += o->start[c + 1] - o->start[c];
        }
        o->wanted[c] = false;
    }
    rw_team_do(numbers < SHARED ? NULL : t, n, settle_wanted, &w);
}
