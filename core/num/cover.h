/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/cover.h -- insurance of single events.
 *
 * Of an event's loss x, d (deductible) at most stays below the cover, which
 * pays what is above, l (limit) at most:
 *   kept(x) = min(x, d) + max(x - d - l, 0).
 * With L(m) = E[min(X, m)], and a >= 0 the share of X that is lost,
 *   E[kept(a X)] = a (E[X] - L((d + l) / a) + L(d / a)).
 *
 * Source: Klugman, Panjer and Willmot, Loss Models (2012), 8.
 *
 * L of a sum of parts is tabulated over c / a in octaves around a = 1, for c =
 * d and d + l, so that a = 1 is a node; between nodes it is a straight line.
 * One part has exact nodes.  Several are added up on a lattice of the nodes'
 * distance h, each with its mean kept (the mass between two points goes to
 * both, Gerber, Insurance: Math. Econ. 1 (1982) 13).  Either error is of the
 * order h^2 f(m) / 8, h <= m / 256: 2e-6 E[X] times the density of ln X weighted
 * by X (0.4 / sigma at most for a lognormal law) for one part, and so much more
 * for each further one; w h / 4 at an atom of weight w right between nodes.  Beyond the table, a < 2^-15 and a > 2^10, L is continued as a
 * constant and in proportion.
 *
 * Floor: num.  Threads: read-only once made.
 */
#ifndef RW_NUM_COVER_H
#define RW_NUM_COVER_H

#include "base/arena.h"
#include "num/aggregate.h"

enum { RW_COVER_NODES = 256, RW_COVER_LOW = -10, RW_COVER_HIGH = 15 };

struct rw_cover {
    double deductible, limit; /* limit > 0, INFINITY: none */
};

struct rw_cover_mean {
    struct rw_cover cover;
    double mean; /* E[X] */
    /* (octaves, RW_COVER_NODES + 1) L at c = deductible and c = deductible +
     * limit; NULL: c is 0 or infinite */
    const double (*table[2])[RW_COVER_NODES + 1];
};

static inline double
rw_cover_kept(const struct rw_cover *c, double x)
{
    double above = x - c->deductible - c->limit;

    return (x < c->deductible ? x : c->deductible) + (above > 0 ? above : 0);
}

/* X is the sum of the parts; the tables go into the arena.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_cover_mean_init(struct rw_cover_mean *x,
    const struct rw_cover *cover, const struct rw_event_part parts[], size_t n,
    struct rw_arena *a);

/* E[kept(a X)], a >= 0. */
double rw_cover_mean_kept(const struct rw_cover_mean *x, double a);

#endif
