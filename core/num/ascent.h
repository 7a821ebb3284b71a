/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/ascent.h -- a sample in ascending order, as far as anybody looks.
 *
 * Numbers are dealt to cells that ascend and are as wide as equal steps of a double's
 * bits make them, which is nearly a step of its logarithm; zeros have a cell of their
 * own, and numbers below zero mirror those above.  All numbers of a cell stand next to
 * each other, before all of higher cells: so of any rank it is known in which cell it
 * is.  A cell is sorted when somebody wants a number of it.  The middle and a tail of a
 * sample cost a third of what all of it costs.
 *
 * x[k], as soon as it is settled, is the k-th smallest number, as after a sort.  A
 * search by halves for a loss whose cell is settled finds its place, although others
 * are not: they lie on one side of it as wholes.
 *
 * -0 becomes 0.  A team (or NULL) shares the work out: numbers and places do not depend
 * on it.
 *
 * Floor: num.  Threads: one at a time; its own are the team's.
 */
#ifndef RW_NUM_ASCENT_H
#define RW_NUM_ASCENT_H

#include "base/team.h"
#include "num/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RW_ASCENT_BITS = 11, RW_ASCENT_CELLS = (2 << RW_ASCENT_BITS) + 1 };

struct rw_ascent {
    double *x, *tmp; /* (n) where the numbers are; free */
    size_t n;
    int64_t least; /* bits of the smallest distance from 0, less a cell */
    unsigned shift, cells, origin; /* of bits to a cell; in use; the cell of 0 */
    uint32_t start[RW_ASCENT_CELLS + 1];
    bool settled[RW_ASCENT_CELLS], wanted[RW_ASCENT_CELLS];
};

/* Deals x out, whose span is given; both arrays belong to the order from now on.
 * Shapes: (n), finite, 1 <= n < 2^32. */
void rw_ascent_make(struct rw_ascent *o, double x[], size_t n, double tmp[],
    const struct rw_span *span, struct rw_team *t);

/* What will be wanted, to be settled by many at once: a rank, a number. */
void rw_ascent_want(struct rw_ascent *o, size_t k);
void rw_ascent_want_at(struct rw_ascent *o, double at);
void rw_ascent_settle_wanted(struct rw_ascent *o, struct rw_team *t);

/* x[from] ... x[to - 1] are in their places; 0 <= from <= to <= n. */
void rw_ascent_settle(struct rw_ascent *o, size_t from, size_t to, struct rw_team *t);

/* So is the number that is, or would be, at. */
void rw_ascent_settle_at(struct rw_ascent *o, double at);

#endif
