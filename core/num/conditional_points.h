/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_points.h -- the strata of counts and their points;
 * private to num/conditional*.c.
 *
 * Floor: num.  Threads: one.
 */
#ifndef RW_NUM_CONDITIONAL_POINTS_H
#define RW_NUM_CONDITIONAL_POINTS_H

#include "num/conditional.h"
#include "num/event.h"

/* P(N = n) for n < n_counts; beyond them lies `beyond` of the probability
 * and events_beyond of E N. */
struct rw_counts {
    double *p;
    size_t n_counts;
    double mean, beyond, events_beyond;
};

RW_MUST_CHECK enum rw_err rw_counts_make(
    const struct rw_compound *c, struct rw_counts *n, struct rw_error *e);

/* The counts first .. last, 2 at least, and how many points, a power of 2. */
struct rw_stratum {
    size_t first, last, n;
    double mass; /* sum of n P(N = n) */
};

/* The points of one stratum in one replicate: sums and largest of N-1
 * losses, and, where losses have atoms, how many of them are the largest. */
struct rw_points {
    double *sum, *largest;
    unsigned *ties;  /* NULL: none */
    uint32_t *count; /* room for a stratum's counts */
};

/* Index of the uniform that places the counts; losses have lower ones. */
#define RW_POINTS_COUNT_INDEX (UINT64_C(1) << 40)

/* Draws the s->n points into room for them. */
void rw_points_draw(const struct rw_event_law *l, const struct rw_counts *c,
    const struct rw_stratum *s, struct rw_stream at, uint64_t replicate,
    struct rw_points *p);

#endif
