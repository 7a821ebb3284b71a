/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sampler.h -- one way to draw from every distribution: inversion.
 *
 * x = Q(u).  Where Q is smooth it is read from a table: the unit interval is
 * cut at 1/2, either side into octaves of the distance t = min(u, 1 - u) to
 * its end, 2^-(o+2) <= t < 2^-(o+1) (t = 1/2 belongs to octave 0), every
 * octave into RW_SAMPLER_CELLS equal cells, and in each cell Q is the
 * polynomial of degree 5 through six Chebyshev-Lobatto nodes.  Octaves reach
 * to t = 2^-40 (about 1e-12); beyond, and where a table cannot be built to
 * its tolerance, Q itself is called.
 *
 * The build checks every cell at points between the nodes:
 *   |error| <= 1e-9 max(|x|, spread) in the body (t >= 2^-10), 1e-6 beyond,
 * spread = min(sd, Q(0.95) - Q(0.05)), and that cell edges ascend.  The table
 * holds Q without floor and cap, which would put a kink into a cell; draws are
 * clamped afterwards.  One draw costs one table row: its neighbours never
 * change it.
 *
 * Quantiles that are slow to compute, with bends and jumps (mixtures, splices),
 * get a finer table where the plain one fails: num/sampler_tree.h.
 *
 * Floor: num.  Threads: read-only once made.
 */
#ifndef RW_NUM_SAMPLER_H
#define RW_NUM_SAMPLER_H

#include "base/arena.h"
#include "num/dist.h"
#include "num/stream.h"

#include <string.h>

enum {
    RW_SAMPLER_OCTAVES = 39,
    RW_SAMPLER_CELLS = 16,
    RW_SAMPLER_TERMS = 6,
    RW_SAMPLER_ROOM = 8, /* numbers of a row, a cache line; the last are 0 */
    RW_SAMPLER_ROWS = 2 * RW_SAMPLER_OCTAVES * RW_SAMPLER_CELLS
};

struct rw_sampler_tree;

struct rw_sampler {
    struct rw_dist dist;
    /* (2, RW_SAMPLER_OCTAVES, RW_SAMPLER_CELLS) rows of coefficients in the
     * cell's own coordinate [0, 1), lowest power first; NULL: no table. */
    const double (*table)[RW_SAMPLER_ROOM];
    const struct rw_sampler_tree *tree; /* instead of a table, or NULL */
    double low, high; /* ends of the support, floor and cap applied: no draw
                       * leaves them, whatever the polynomial rounds to */
    double constant;  /* the value, if family is constant */
    bool known;       /* constant: u is not looked at      */
    double body_error, tail_error; /* found by the build, 0 without a table */
};

/* The table goes into the arena.  RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_sampler_init(
    struct rw_sampler *s, const struct rw_dist *d, struct rw_arena *a);

/* The same in steps, the second of which many threads may go at once, each with a
 * sampler of its own.  First: all but a table, and whether there is to be one. */
bool rw_sampler_begin(struct rw_sampler *s, const struct rw_dist *d);
/* Second: the table, in rows (RW_SAMPLER_ROWS), which are the sampler's from then on;
 * false where it misses its tolerance, and then: third.  RW_ERR_MEMORY only. */
bool rw_sampler_tabulate(struct rw_sampler *s, double rows[][RW_SAMPLER_ROOM]);
RW_MUST_CHECK enum rw_err rw_sampler_refine(struct rw_sampler *s, struct rw_arena *a);

/* Bits of 1/2: the first beyond the octaves. */
#define RW_SAMPLER_HALF UINT64_C(0x3fe0000000000000)

/* Largest error found by the build, relative as above, body and tails. */
void rw_sampler_error(const struct rw_sampler *s, double *body, double *tails);

/* The path where no table serves. */
double rw_sampler_quantile_slow(const struct rw_sampler *s, double u);

/* Q(u), 0 < u < 1. */
static inline double
rw_sampler_quantile(const struct rw_sampler *s, double u)
{
    double v = 1.0 - u, t = u < v ? u : v, x; /* min: no branch to guess */
    uint64_t bits;
    unsigned octave, cell;
    const double *c;

    if (s->known)
        return s->constant;
    if (s->table == NULL || t < 0x1p-40)
        return rw_sampler_quantile_slow(s, u);
    /* t in [2^-(o+2), 2^-(o+1)): exponent field 1021 - o; t = 1/2 folds in. */
    memcpy(&bits, &t, sizeof bits);
    if (bits >= RW_SAMPLER_HALF)
        bits = RW_SAMPLER_HALF - 1;
    octave = 1021u - (unsigned)(bits >> 52);
    cell = (unsigned)(bits >> 48) & 15u;
    bits = (bits << 4 & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    memcpy(&x, &bits, sizeof x);
    x -= 1.0; /* position within the cell */
    c = s->table[((u > 0.5) * (size_t)RW_SAMPLER_OCTAVES + octave) * RW_SAMPLER_CELLS +
                 cell];
    x = c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * c[5]))));
    x = x < s->low ? s->low : x;
    return x > s->high ? s->high : x;
}

/* x[i] <- Q(u[i]); x may be u.  Shapes: (n). */
void rw_sampler_map(const struct rw_sampler *s, size_t n, const double u[], double x[]);

/* x[i] <- the draw of future first + i; shape of x: (n). */
void rw_sampler_fill(const struct rw_sampler *s, struct rw_stream at, uint64_t first,
    uint64_t index, size_t n, double x[]);

#endif
