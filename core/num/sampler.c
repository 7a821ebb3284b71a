/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sampler.c -- inversion by table. */
#include "num/sampler.h"

#include "num/cpu.h"
#include "num/sampler_tree.h"

#include <gsl/gsl_poly.h>
#include <math.h>

enum {
    NODES = RW_SAMPLER_TERMS,
    CELLS = RW_SAMPLER_CELLS,
    OCTAVES = RW_SAMPLER_OCTAVES,
    ROWS = RW_SAMPLER_ROWS,
    BODY_OCTAVES = 9, /* t >= 2^-10 */
    CHUNK = 1024,     /* of uniforms drawn together   */
    STEP = 256        /* of quantiles read together   */
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
    double (*rows)[RW_SAMPLER_TERMS];
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
rw_sampler_tabulate(struct rw_sampler *s, double rows[][RW_SAMPLER_TERMS])
{
    struct build b = {.bare = bare(&s->dist), .rows = rows};

    b.spread = spread_of(&b.bare);
    if (!build_rows(&b))
        return false;
    s->table = (const double(*)[RW_SAMPLER_TERMS])rows;
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
    double rows[ROWS][RW_SAMPLER_TERMS], (*table)[RW_SAMPLER_TERMS];

    if (!rw_sampler_begin(s, d))
        return RW_OK;
    if (!rw_sampler_tabulate(s, rows))
        return rw_sampler_refine(s, a);
    table = rw_arena_alloc(a, ROWS, sizeof table[0]);
    if (table == NULL)
        return RW_ERR_MEMORY;
    memcpy(table, rows, sizeof rows);
    s->table = (const double(*)[RW_SAMPLER_TERMS])table;
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

/* x[i] <- Q(u[i]) from the table; false where some u lies beyond it and x is
 * void.  The operations of rw_sampler_quantile without its branches, so that
 * a compiler may take several at once; the bits are the same either way. */
static inline __attribute__((always_inline)) bool
map_table(
    const struct rw_sampler *s, size_t n, const double u[restrict], double x[restrict])
{
    const double *restrict table = s->table[0], low = s->low, high = s->high;
    const int64_t least = INT64_C(0x3d70000000000000); /* bits of 2^-40 */
    int64_t beyond = 0;

    for (size_t i = 0; i < n; i++) {
        double v = 1.0 - u[i], t = u[i] < v ? u[i] : v, y;
        int64_t bits, row;

        memcpy(&bits, &t, sizeof bits);
        beyond |= bits < least ? 1 : 0;
        bits = bits < least ? least : bits;
        bits = bits < (int64_t)RW_SAMPLER_HALF ? bits : (int64_t)RW_SAMPLER_HALF - 1;
        row = (1021 - (bits >> 52)) * RW_SAMPLER_CELLS + (bits >> 48 & 15);
        row += u[i] > 0.5 ? RW_SAMPLER_OCTAVES * RW_SAMPLER_CELLS : 0;
        row = (row << 2) + (row << 1); /* times RW_SAMPLER_TERMS */
        bits = (int64_t)((uint64_t)bits << 4 & UINT64_C(0x000fffffffffffff));
        bits |= INT64_C(0x3ff0000000000000);
        memcpy(&y, &bits, sizeof y);
        y -= 1.0;
        y = table[row] +
            y * (table[row + 1] +
                    y * (table[row + 2] +
                            y * (table[row + 3] +
                                    y * (table[row + 4] + y * table[row + 5]))));
        y = y < low ? low : y;
        x[i] = y > high ? high : y;
    }
    return beyond == 0;
}

static bool
map_plain(
    const struct rw_sampler *s, size_t n, const double u[restrict], double x[restrict])
{
    return map_table(s, n, u, x);
}

RW_CPU_WIDE static bool
map_wide(
    const struct rw_sampler *s, size_t n, const double u[restrict], double x[restrict])
{
    return map_table(s, n, u, x);
}

RW_CPU_WIDEST static bool
map_widest(
    const struct rw_sampler *s, size_t n, const double u[restrict], double x[restrict])
{
    return map_table(s, n, u, x);
}

static bool
map_any(const struct rw_sampler *s, size_t n, const double u[], double x[])
{
    if (rw_cpu_widest())
        return map_widest(s, n, u, x);
    return rw_cpu_wide() ? map_wide(s, n, u, x) : map_plain(s, n, u, x);
}

/* At most STEP of them; x may be u. */
static void
map_step(const struct rw_sampler *s, size_t n, const double u[], double x[])
{
    double kept[STEP];

    if (u == x)
        u = memcpy(kept, u, n * sizeof *u);
    if (s->table != NULL && map_any(s, n, u, x))
        return;
    for (size_t i = 0; i < n; i++)
        x[i] = rw_sampler_quantile(s, u[i]);
}

void
rw_sampler_map(const struct rw_sampler *s, size_t n, const double u[], double x[])
{
    if (s->known) /* u may never have been written */
        for (size_t i = 0; i < n; i++)
            x[i] = s->constant;
    else
        for (size_t i = 0; i < n; i += STEP)
            map_step(s, n - i < STEP ? n - i : STEP, u + i, x + i);
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
