/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/world/quasi.h -- which of nature's draws come from a scrambled net instead of
 * chance alone (num/sobol.h), and how futures are shared among randomisations.
 *
 * A net evens only so many dimensions, so they go to the draws that all of a future
 * hangs on, one uniform each, in this order:
 *   the truth of every uncertain estimate, and what its copula draws besides,
 *   the multipliers of each year,
 *   of each cycle the number of events of every source and shock, and what a
 *   source's first event costs on each of its risks,
 * until RW_QUASI_MOST are given; later cycles and all further draws stay with chance,
 * which costs evenness and no rightness: every draw has its law either way.
 *
 * n futures are randomisations of `each' = 2^k in a row, at least
 * RW_QUASI_RANDOMISATIONS and fewer than twice as many, the last futures rounded up to
 * a whole one.
 *
 * Floor: world.  Threads: read-only once made.
 */
#ifndef RW_WORLD_QUASI_H
#define RW_WORLD_QUASI_H

#include "model/model.h"
#include "num/sobol.h"

enum { RW_QUASI_RANDOMISATIONS = 32, RW_QUASI_MOST = RW_SOBOL_DIMENSIONS };

struct rw_quasi_draw {
    uint64_t lane, index;
};

struct rw_quasi {
    uint64_t seed;
    unsigned bits; /* each = 2^bits */
    size_t n;      /* dimensions given */
    size_t wanted; /* that the order above goes on to */
    struct rw_quasi_draw draw[RW_QUASI_MOST];
};

/* Futures of a randomisation in a run of n; 0: too few for any, under
 * RW_QUASI_RANDOMISATIONS. */
size_t rw_quasi_each(size_t n);

void rw_quasi_make(
    struct rw_quasi *q, const struct rw_model *m, uint64_t seed, size_t each);

/* out[e] <- uniform `index' of the lane of future[e], all of one randomisation; false as
 * below.  Shapes: (n). */
bool rw_quasi_some(const struct rw_quasi *q, uint64_t lane, uint64_t index, size_t n,
    const uint64_t future[], double out[]);

/* u <- uniform `index' of the lane of the futures first .. first + n - 1; false, and u
 * untouched, where it is chance's. */
bool rw_quasi_row(const struct rw_quasi *q, uint64_t lane, uint64_t index,
    uint64_t first, size_t n, double u[]);

#endif
