/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sampler.c -- inversion by table. */
#include "num/sampler.h"

#include "num/sampler_tree.h"

#include <gsl/gsl_poly.h>
#include <math.h>

enum {
    NODES = RW_SAMPLER_TERMS,
    CELLS = RW_SAMPLER_CELLS,
    OCTAVES = RW_SAMPLER_OCTAVES,
    ROWS = RW_SAMPLER_ROWS,
    BODY_OCTAVES = 9, /* t >= 2^-10 */
    CHUNK = 1024      /* of uniforms drawn together */
};

#define BODY_TOLERANCE 1e-9
#define TAIL_TOLERANCE 1e-6

/* Chebyshev-Lobatto nodes of [0, 1]: (1 - cos(j pi / 5)) / 2. */
static const double nodes[NODES] = {0, 0.09549150281252628, 0.34549150281252627,
    0.6545084971874737, 0.9045084971874737, 1};

/* Between them; the error of the first is near the largest of the cell.  In
 * the tails, with their wide tolerance, it is looked at alone. */
static const double between[] = {0.5, 0.2, 0.8};

struct build {
    struct rw_dist bare; /* without floor and cap */
    double spread;
    double (*rows)[RW_SAMPLER_ROOM];
    double body_error, tail_error;
};

static double
quantile_at(const struct build *b, bool upper, double t)
{
    return upper ? rw_dist_quantile_tails(&b->bare, 1 - t, t)
                 : rw_dist_quantile_tails(&b->bare, t, 1 - t);
}

static double
polynomial(const double c[RW_SAMPLER_TERMS], double x)
{
    return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * c[5]))));
}

/* Largest error between the nodes of a cell [start, start + width) of t. */
static double
cell_error(const struct build *b, bool upper, double start, double width, int checks,
    const double c[RW_SAMPLER_TERMS])
{
    double worst = 0;

    for (int i = 0; i < checks; i++) {
        double want = quantile_at(b, upper, start + width * between[i]);
        double off = fabs(polynomial(c, between[i]) - want);

        off /= fmax(fabs(want), b->spread);
        if (!(off <= worst)) /* NaN counts as an error */
            worst = off;
    }
    return worst;
}

/* One cell; *edge is Q at its start and becomes Q at its end.  False when it
 * misses the tolerance. */
static bool
build_cell(struct build *b, bool upper, int octave, int cell, double *edge)
{
    double width = ldexp(1.0 / CELLS, -octave - 2);
    double start = ldexp(1, -octave - 2) + width * cell;
    double y[NODES], dd[NODES], work[NODES];
    double *c = b->rows[(upper * OCTAVES + octave) * CELLS + cell];
    double *worst = octave < BODY_OCTAVES ? &b->body_error : &b->tail_error, error;
    bool body = octave < BODY_OCTAVES;

    y[0] = *edge;
    for (int j = 1; j < NODES; j++)
        y[j] = quantile_at(b, upper, start + width * nodes[j]);
    *edge = y[NODES - 1];
    if (!isfinite(*edge) || (upper ? *edge > y[0] : *edge < y[0]))
        return false;
    gsl_poly_dd_init(dd, nodes, y, NODES);
    gsl_poly_dd_taylor(c, 0, dd, nodes, NODES, work);
    for (int j = NODES; j < RW_SAMPLER_ROOM; j++)
        c[j] = 0;
    error = cell_error(b, upper, start, width, body ? 3 : 1, c);
    if (!(error <= *worst))
        *worst = error;
    return error <= (body ? BODY_TOLERANCE : TAIL_TOLERANCE);
}

/* From the far end of either tail to the middle. */
static bool
build_rows(struct build *b)
{
    for (int upper = 0; upper < 2; upper++) {
        double edge = quantile_at(b, upper, ldexp(1, -OCTAVES - 1));

        for (int octave = OCTAVES; octave-- > 0;)
            for (int cell = 0; cell < CELLS; cell++)
                if (!build_cell(b, upper, octave, cell, &edge))
                    return false;
    }
    return true;
}

/* A length to measure errors by.  Not sd alone: of a lognormal with sigma 8 it
 * is 1e22 times the 0.95 quantile. */
static double
spread_of(const struct rw_dist *d)
{
    return fmin(
        d->family->sd(d), rw_dist_quantile(d, 0.95) - rw_dist_quantile(d, 0.05));
}

bool
rw_sampler_begin(struct rw_sampler *s, const struct rw_dist *d)
{
    *s = (struct rw_sampler){.dist = *d, .known = rw_dist_is_constant(d)};
    rw_dist_support(d, &s->low, &s->high);
    if (s->known)
        s->constant = rw_dist_mean(d);
    return !s->known && d->family->tabulate;
}

static struct rw_dist
bare(const struct rw_dist *d)
{
    struct rw_dist b = *d;

    b.floor = -INFINITY;
    b.cap = INFINITY;
    return b;
}

bool
rw_sampler_tabulate(struct rw_sampler *s, double rows[][RW_SAMPLER_ROOM])
{
    struct build b = {.bare = bare(&s->dist), .rows = rows};

    b.spread = spread_of(&b.bare);
    if (!build_rows(&b))
        return false;
    s->table = (const double(*)[RW_SAMPLER_ROOM])rows;
    s->body_error = b.body_error;
    s->tail_error = b.tail_error;
    return true;
}

enum rw_err
rw_sampler_refine(struct rw_sampler *s, struct rw_arena *a)
{
    struct rw_dist b = bare(&s->dist);

    return b.family->refine ? rw_sampler_tree_init(s, &b, spread_of(&b), a) : RW_OK;
}

enum rw_err
rw_sampler_init(struct rw_sampler *s, const struct rw_dist *d, struct rw_arena *a)
{
    double rows[ROWS][RW_SAMPLER_ROOM], (*table)[RW_SAMPLER_ROOM];

    if (!rw_sampler_begin(s, d))
        return RW_OK;
    if (!rw_sampler_tabulate(s, rows))
        return rw_sampler_refine(s, a);
    table = rw_arena_alloc(a, ROWS, sizeof table[0]);
    if (table == NULL)
        return RW_ERR_MEMORY;
    memcpy(table, rows, sizeof rows);
    s->table = (const double(*)[RW_SAMPLER_ROOM])table;
    return RW_OK;
}

void
rw_sampler_error(const struct rw_sampler *s, double *body, double *tails)
{
    *body = s->body_error;
    *tails = s->tail_error;
}

double
rw_sampler_quantile_slow(const struct rw_sampler *s, double u)
{
    double x;

    if (s->known)
        return s->constant;
    if (s->tree == NULL || !rw_sampler_tree_quantile(s->tree, u, &x))
        return rw_dist_quantile(&s->dist, u);
    return x < s->low ? s->low : x > s->high ? s->high : x;
}

void
rw_sampler_fill(const struct rw_sampler *s, struct rw_stream at, uint64_t first,
    uint64_t index, size_t n, double x[])
{
    /* Uniforms first, a cache's worth at a time: the generator's long chains
     * overlap better when no table is read between them. */
    for (size_t i = 0, step; i < n; i += step) {
        step = n - i < CHUNK ? n - i : CHUNK;
        if (!s->known)
            rw_stream_fill(at, first + i, index, step, x + i);
        rw_sampler_map(s, step, x + i, x + i);
    }
}
