/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/ascent_settle.c -- what is wanted of a sample that was counted. */
#include "num/ascent_parts.h"

#include "base/err.h"
#include "num/tail.h"

#include <float.h>
#include <string.h>

enum { SMALL = 1024 }; /* numbers that are sorted beside the stack */

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

void
rw_ascent_want(struct rw_ascent *o, size_t from, size_t to)
{
    RW_BUG_ASSERT(from <= to && to <= o->n);
    for (unsigned c = from < to ? holder(o, from) : o->cells;
         c < o->cells && o->start[c] < to; c++) {
        size_t first = from > o->start[c] ? from : o->start[c];
        size_t end = to < o->start[c + 1] ? to : o->start[c + 1];

        o->state[c] |= RW_ASCENT_SORT;
        for (size_t k = first; k < end && rw_ascent_alike(o, c); k++)
            o->x[k] = o->alike;
    }
}

void
rw_ascent_want_upto(struct rw_ascent *o, double at)
{
    o->state[rw_ascent_cell(o, at)] |= RW_ASCENT_DEAL;
}

static void
sort(struct rw_ascent *o, unsigned c)
{
    uint32_t from = o->start[c], n = o->start[c + 1] - from;
    double room[SMALL];

    rw_sort(o->x + from, n, n <= SMALL ? room : o->room.tmp + from);
    o->state[c] |= RW_ASCENT_SORTED;
}

struct wanted {
    struct rw_ascent *o;
    uint16_t cell[RW_ASCENT_CELLS];
};

static void
sort_wanted(void *self, size_t k)
{
    struct wanted *w = self;

    sort(w->o, w->cell[k]);
}

void
rw_ascent_settle_wanted(struct rw_ascent *o, struct rw_team *t)
{
    struct wanted w = {.o = o};
    size_t n = 0, numbers = 0;

    rw_ascent_deal(o, t);
    for (unsigned c = 0; c < o->cells; c++) {
        if ((o->state[c] & RW_ASCENT_SORT) && !(o->state[c] & RW_ASCENT_SORTED)) {
            w.cell[n++] = (uint16_t)c;
            numbers += o->start[c + 1] - o->start[c];
        }
        o->state[c] &= RW_ASCENT_DEALT | RW_ASCENT_SORTED;
    }
    rw_team_do(numbers < RW_ASCENT_SHARED ? NULL : t, n, sort_wanted, &w);
}

void
rw_ascent_settle(struct rw_ascent *o, size_t from, size_t to, struct rw_team *t)
{
    rw_ascent_want(o, from, to);
    rw_ascent_settle_wanted(o, t);
}

double
rw_ascent_number(struct rw_ascent *o, size_t k, struct rw_team *t)
{
    rw_ascent_settle(o, k, k + 1, t);
    return o->x[k];
}

static size_t
count_upto(const double x[], size_t n, double at)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += x[i] <= at;
    return found;
}

size_t
rw_ascent_upto(struct rw_ascent *o, double at, struct rw_team *t)
{
    unsigned c = rw_ascent_cell(o, at);
    size_t from = o->start[c], n = o->start[c + 1] - from;

    if (rw_ascent_alike(o, c))
        return from + (o->alike <= at ? n : 0);
    rw_ascent_want_upto(o, at);
    rw_ascent_deal(o, t);
    o->state[c] &= (unsigned char)~RW_ASCENT_DEAL;
    return from + (o->state[c] & RW_ASCENT_SORTED ? rw_tail_count(o->x + from, n, at)
                                                  : count_upto(o->x + from, n, at));
}

size_t
rw_ascent_zeros(struct rw_ascent *o, struct rw_team *t)
{
    if (o->cells == 1)
        return rw_ascent_upto(o, 0, t) - rw_ascent_upto(o, -DBL_TRUE_MIN, t);
    return o->start[o->below + 1] - o->start[o->below];
}
