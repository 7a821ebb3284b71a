/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/ascent.h -- a sample in ascending order, as far as anybody looks.
 *
 * Numbers belong to cells that ascend and are as wide as equal steps of a double's bits
 * make them, which is nearly a step of its logarithm; zeros have a cell of their own,
 * and numbers below zero mirror those above.  How far the cells reach, a part of the
 * sample tells; what lies beyond belongs to the last cell of its side.  One pass counts
 * the numbers of every cell: so of any rank it is known in which cell it is.  Numbers
 * are dealt out to their cells when somebody wants one of them, and sorted there: a tail
 * and a few numbers amid the sample cost a tenth of what all of it costs, in time and in
 * memory.  All that is wanted had better be said at once: to deal out is another pass,
 * and the third deals out all that is left.
 *
 * x[k], as soon as it is settled, is the k-th smallest number, as after a sort; -0 is 0.
 *
 * rw_ascent_open; rw_ascent_note for every chunk, those of a part (RW_ASCENT_PART) one
 * after the other and by one thread; rw_ascent_close.  Or all of it: rw_ascent_make.
 * Numbers and places depend neither on who does it nor on a team (or NULL).
 *
 * Floor: num.  Threads: parts are noted by many; else one at a time, its own are the
 * team's.
 */
#ifndef RW_NUM_ASCENT_H
#define RW_NUM_ASCENT_H

#include "base/team.h"
#include "num/values.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RW_ASCENT_BITS = 11,
    RW_ASCENT_CELLS = (2 << RW_ASCENT_BITS) + 1,
    RW_ASCENT_PART = 1 << 16, /* a multiple of RW_VALUES_CHUNK */
    RW_ASCENT_FEW = 4096      /* are sorted at once, and need but x and tmp */
};

/* For samples of n numbers, one after the other.  Of the large arrays only pages that
 * are written to are there. */
struct rw_ascent_room {
    double *x, *tmp; /* (n) */
    uint16_t *cell;  /* (n) of every number */
    uint32_t *place; /* (parts, RW_ASCENT_CELLS): counts, then places */
};

/* False when memory is out; then, too, rw_ascent_room_fini. */
bool rw_ascent_room_init(struct rw_ascent_room *r, size_t n);
void rw_ascent_room_fini(struct rw_ascent_room *r);

/* What is known of a cell. */
enum {
    RW_ASCENT_DEALT = 1,  /* its numbers are in their places, in any order */
    RW_ASCENT_SORTED = 2, /* in ascending order */
    RW_ASCENT_DEAL = 4,   /* somebody wants it dealt out */
    RW_ASCENT_SORT = 8    /* and sorted */
};

struct rw_ascent {
    struct rw_values of;
    struct rw_ascent_room room;
    double *x; /* (n), room's */
    size_t n;
    int64_t least;         /* bits of the smallest distance from 0 that is told apart */
    unsigned shift;        /* of bits to a cell */
    unsigned below, above; /* cells of either side */
    unsigned cells;        /* all of them; the one of 0 is number `below' */
    bool whole;            /* all of it will be wanted */
    bool point;            /* all numbers are alike */
    double alike;          /* those that are: 0 but for a point */
    unsigned passes;       /* that dealt out */
    uint32_t start[RW_ASCENT_CELLS + 1];
    unsigned char state[RW_ASCENT_CELLS];
};

/* Shapes: (n), finite, 1 <= n < 2^32.  The numbers must stay as they are; those of one
 * that will be wanted as a whole until it is closed, and may be in room->tmp. */
void rw_ascent_open(struct rw_ascent *o, const struct rw_values *of,
    const struct rw_ascent_room *room, bool whole);
/* x: the chunk's numbers. */
void rw_ascent_note(struct rw_ascent *o, size_t chunk, const double x[]);
void rw_ascent_close(struct rw_ascent *o, struct rw_team *t);

void rw_ascent_make(struct rw_ascent *o, const struct rw_values *of,
    const struct rw_ascent_room *room, bool whole, struct rw_team *t);

/* What will be wanted, to be settled by many at once: x[from] ... x[to - 1], and the
 * number of those up to one; 0 <= from <= to <= n. */
void rw_ascent_want(struct rw_ascent *o, size_t from, size_t to);
void rw_ascent_want_upto(struct rw_ascent *o, double at);
void rw_ascent_settle_wanted(struct rw_ascent *o, struct rw_team *t);

/* x[from] ... x[to - 1] are in their places. */
void rw_ascent_settle(struct rw_ascent *o, size_t from, size_t to, struct rw_team *t);

/* The k-th smallest, k from 0; how many numbers are <= at, and how many are 0. */
double rw_ascent_number(struct rw_ascent *o, size_t k, struct rw_team *t);
size_t rw_ascent_upto(struct rw_ascent *o, double at, struct rw_team *t);
size_t rw_ascent_zeros(struct rw_ascent *o, struct rw_team *t);

#endif
