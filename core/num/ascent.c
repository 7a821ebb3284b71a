/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/ascent.c -- numbers on their way to cells. */
#include "num/ascent_parts.h"

#include "base/err.h"
#include "num/cpu.h"
#include "num/span.h"
#include "num/tail.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = RW_VALUES_CHUNK,
    LOOKS = 4, /* chunks that tell how far the cells reach */
    PASSES = 2 /* that deal out what is wanted and no more */
};

bool
rw_ascent_room_init(struct rw_ascent_room *r, size_t n)
{
    size_t parts = n / RW_ASCENT_PART + 1;

    *r = (struct rw_ascent_room){.x = malloc((n + 1) * sizeof *r->x),
        .tmp = malloc((n + 1) * sizeof *r->tmp),
        .cell = malloc((n + 1) * sizeof *r->cell),
        .place = malloc(parts * RW_ASCENT_CELLS * sizeof *r->place)};
    return r->x != NULL && r->tmp != NULL && r->cell != NULL && r->place != NULL;
}

void
rw_ascent_room_fini(struct rw_ascent_room *r)
{
    free(r->x);
    free(r->tmp);
    free(r->cell);
    free(r->place);
}

/* --- cells --- */

static unsigned
width(uint64_t k)
{
    return k > 0 ? 64 - (unsigned)__builtin_clzll(k) : 0;
}

static void
lay_cells(struct rw_ascent *o, const struct rw_span *r)
{
    unsigned wide = width((uint64_t)(r->most - r->least)), far;

    o->shift = wide > RW_ASCENT_BITS ? wide - RW_ASCENT_BITS : 0;
    o->least = r->least;
    far = (unsigned)((uint64_t)(r->most - r->least) >> o->shift) + 1;
    o->below = r->below < 0 ? far : 1;
    o->above = r->above < 0 ? far : 1;
    o->cells = o->below + 1 + o->above;
}

/* All of it is one cell. */
static void
lay_none(struct rw_ascent *o)
{
    o->below = RW_ASCENT_CELLS;
    o->cells = 1;
    o->start[0] = 0;
    o->start[1] = (uint32_t)o->n;
    o->state[0] = RW_ASCENT_DEALT | RW_ASCENT_SORTED;
}

/* d steps away from 0 it is cell below + d or below - d. */
RW_CPU_EACH void
cells_of_by(const struct rw_ascent *o, const double x[], size_t n, uint16_t cell[])
{
    const int64_t least = o->least, below = o->below, above = o->above;
    const unsigned shift = o->shift;

    for (size_t i = 0; i < n; i++) {
        int64_t b, side, far, off, d, most;

        memcpy(&b, &x[i], sizeof b);
        side = b >> 63; /* all ones: below 0 */
        far = b & INT64_MAX;
        off = far - least;
        off = off > 0 ? off : 0;
        d = (int64_t)((uint64_t)off >> shift) + 1;
        most = above + ((below - above) & side);
        d = d < most ? d : most;
        d = far > 0 ? d : 0;
        cell[i] = (uint16_t)(below + ((d ^ side) - side));
    }
}
RW_CPU_VARIANTS(void, cells_of,
    (const struct rw_ascent *o, const double x[], size_t n, uint16_t cell[]),
    (o, x, n, cell))

unsigned
rw_ascent_cell(const struct rw_ascent *o, double at)
{
    uint16_t c;

    if (o->cells == 1)
        return 0;
    cells_of_by(o, &at, 1, &c);
    return c;
}

bool
rw_ascent_alike(const struct rw_ascent *o, unsigned cell)
{
    return o->point || cell == o->below;
}

/* --- counting --- */

static struct rw_span
look(const struct rw_values *v, size_t step)
{
    struct rw_span s = rw_span_empty();
    double room[CHUNK];

    for (size_t k = 0; k < rw_values_chunks(v); k += step) {
        struct rw_span c =
            rw_span_of(rw_values_look(v, k, room), rw_values_length(v, k));

        rw_span_join(&s, &c);
    }
    return s;
}

void
rw_ascent_open(struct rw_ascent *o, const struct rw_values *of,
    const struct rw_ascent_room *room, bool whole)
{
    struct rw_span s = rw_span_empty();
    double first[CHUNK];

    RW_BUG_ASSERT(of->n > 0 && of->n <= UINT32_MAX);
    o->of = *of;
    o->room = *room;
    o->x = room->x;
    o->n = of->n;
    o->whole = whole;
    o->passes = 0;
    o->point = false;
    o->alike = 0;
    if (o->n <= RW_ASCENT_FEW) {
        lay_none(o);
        return;
    }
    if (!rw_values_zero(of))
        s = look(of, (rw_values_chunks(of) + LOOKS - 1) / LOOKS);
    if (!rw_values_zero(of) &&
        rw_span_is_point(&s)) /* rare ones may have been missed */
        s = look(of, 1);
    o->point = rw_span_is_point(&s);
    if (!o->point) {
        lay_cells(o, &s);
        return;
    }
    lay_none(o);
    o->alike = rw_values_look(of, 0, first)[0] + 0.0;
}

void
rw_ascent_note(struct rw_ascent *o, size_t chunk, const double x[])
{
    size_t part = chunk * CHUNK / RW_ASCENT_PART, n = rw_values_length(&o->of, chunk);
    uint32_t *count = o->room.place + part * RW_ASCENT_CELLS;
    uint16_t some[CHUNK], *cell = o->whole ? some : o->room.cell + chunk * CHUNK;

    if (o->cells == 1)
        return;
    if (chunk * CHUNK % RW_ASCENT_PART == 0)
        memset(count, 0, o->cells * sizeof *count);
    cells_of(o, x, n, cell);
    for (size_t i = 0; i < n; i++)
        count[cell[i]]++;
}

static size_t
parts_of(const struct rw_ascent *o)
{
    return (o->n + RW_ASCENT_PART - 1) / RW_ASCENT_PART;
}

/* Counts become places: by cell, within a cell by part, as the numbers came. */
static void
find_places(struct rw_ascent *o)
{
    size_t parts = parts_of(o);
    uint32_t at = 0, next[RW_ASCENT_CELLS] = {0};

    for (size_t k = 0; k < parts; k++)
        for (unsigned c = 0; c < o->cells; c++)
            next[c] += o->room.place[k * RW_ASCENT_CELLS + c];
    for (unsigned c = 0; c < o->cells; c++) {
        uint32_t n = next[c];

        o->start[c] = next[c] = at;
        o->state[c] =
            n == 0 || rw_ascent_alike(o, c) ? RW_ASCENT_DEALT | RW_ASCENT_SORTED : 0;
        at += n;
    }
    o->start[o->cells] = at;
    for (size_t k = 0; k < parts; k++)
        for (unsigned c = 0; c < o->cells; c++) {
            uint32_t *n = &o->room.place[k * RW_ASCENT_CELLS + c], here = next[c];

            next[c] += *n;
            *n = here;
        }
}

static void
sort_all(struct rw_ascent *o)
{
    double room[CHUNK];

    for (size_t k = 0; k < rw_values_chunks(&o->of); k++) {
        const double *x = rw_values_look(&o->of, k, room);

        for (size_t i = 0; i < rw_values_length(&o->of, k); i++)
            o->x[k * CHUNK + i] = x[i] + 0.0;
    }
    rw_sort(o->x, o->n, o->room.tmp);
}

void
rw_ascent_close(struct rw_ascent *o, struct rw_team *t)
{
    if (o->cells > 1)
        find_places(o);
    else if (!o->point)
        sort_all(o);
    for (unsigned c = 0; c < o->cells && o->whole; c++)
        o->state[c] |= RW_ASCENT_DEAL;
    rw_ascent_deal(o, t);
}

static void
note_part(void *self, size_t part)
{
    struct rw_ascent *o = self;
    size_t chunks = RW_ASCENT_PART / CHUNK, all = rw_values_chunks(&o->of);
    double room[CHUNK];

    for (size_t k = part * chunks; k < (part + 1) * chunks && k < all; k++)
        rw_ascent_note(o, k, rw_values_look(&o->of, k, room));
}

void
rw_ascent_make(struct rw_ascent *o, const struct rw_values *of,
    const struct rw_ascent_room *room, bool whole, struct rw_team *t)
{
    rw_ascent_open(o, of, room, whole);
    if (o->cells > 1)
        rw_team_do(t, parts_of(o), note_part, o);
    rw_ascent_close(o, t);
}

/* --- dealing --- */

struct dealing {
    struct rw_ascent *o;
    unsigned char pick[RW_ASCENT_CELLS]; /* 1: it is its turn */
};

/* Which numbers are in cells of the kind; returns how many. */
static size_t
pick(const struct dealing *d, const uint16_t cell[], size_t n, uint16_t list[])
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++) { /* without a branch */
        list[found] = (uint16_t)i;
        found += d->pick[cell[i]];
    }
    return found;
}

static void
deal_chunk(struct dealing *d, size_t k, uint32_t place[])
{
    struct rw_ascent *o = d->o;
    size_t n = rw_values_length(&o->of, k), found;
    uint16_t some[CHUNK], list[CHUNK + 1];
    const uint16_t *cell = some;
    const double *x;
    double room[CHUNK];

    if (o->whole)
        cells_of(o, rw_values_look(&o->of, k, room), n, some);
    else
        cell = o->room.cell + k * CHUNK;
    found = pick(d, cell, n, list);
    if (found == 0)
        return;
    x = rw_values_look(&o->of, k, room);
    for (size_t j = 0; j < found; j++)
        o->x[place[cell[list[j]]]++] = x[list[j]];
}

static void
deal_part(void *self, size_t part)
{
    struct dealing *d = self;
    size_t chunks = RW_ASCENT_PART / CHUNK, all = rw_values_chunks(&d->o->of);
    uint32_t *place = d->o->room.place + part * RW_ASCENT_CELLS;

    for (size_t k = part * chunks; k < (part + 1) * chunks && k < all; k++)
        deal_chunk(d, k, place);
}

void
rw_ascent_deal(struct rw_ascent *o, struct rw_team *t)
{
    struct dealing d = {.o = o};
    const unsigned char wanted = RW_ASCENT_DEAL | RW_ASCENT_SORT;
    bool any = false, all;

    for (unsigned c = 0; c < o->cells; c++) {
        d.pick[c] = !(o->state[c] & RW_ASCENT_DEALT) && (o->state[c] & wanted);
        any |= d.pick[c];
    }
    if (!any)
        return;
    all = o->passes++ >= PASSES;
    for (unsigned c = 0; c < o->cells; c++) {
        d.pick[c] |= all && !(o->state[c] & RW_ASCENT_DEALT);
        if (d.pick[c])
            o->state[c] |= RW_ASCENT_DEALT;
    }
    rw_team_do(o->n < RW_ASCENT_SHARED ? NULL : t, parts_of(o), deal_part, &d);
}
