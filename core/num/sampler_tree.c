/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sampler_tree.h"

#include <float.h>
#include <gsl/gsl_poly.h>
#include <math.h>
#include <stdlib.h>

enum {
    TERMS = RW_SAMPLER_TERMS,
    CELLS = RW_SAMPLER_CELLS,
    OCTAVES = RW_SAMPLER_OCTAVES,
    ROOTS = 2 * OCTAVES * CELLS,
    BODY_OCTAVES = 9, /* t >= 2^-10 */
    RISES = 16        /* places at which a polynomial must rise */
};

/* Half of what num/sampler.h promises: between the places looked at the error
 * may be a little larger. */
#define BODY_TOLERANCE 5e-10
#define TAIL_TOLERANCE 5e-7

/* Errors are relative down to this share of the spread: small values of a law
 * over many magnitudes keep their digits. */
#define SMALL 1e-6

static const double nodes[TERMS] = {0, 0.09549150281252628, 0.34549150281252627,
    0.6545084971874737, 0.9045084971874737, 1};
static const double between[] = {0.045, 0.21, 0.5, 0.79, 0.955};

enum { N_BETWEEN = sizeof between / sizeof between[0] };

struct node {
    double c[TERMS]; /* in the piece's own coordinate [0, 1) */
    int32_t child;   /* lower half, the upper behind it; 0: none; -1: call Q */
};

struct rw_sampler_tree {
    const struct node *node; /* the cells first, (2, OCTAVES, CELLS) */
    size_t n, open;
};

/* Where a node lies: t in [start, start + width). */
struct piece {
    double start, width;
    bool upper, body;
    int depth;
};

struct grow {
    const struct rw_dist *bare;
    double spread;
    struct node *node;
    struct piece *piece;
    size_t n, room, open;
    double body_error, tail_error;
};

static double
quantile_at(const struct grow *g, const struct piece *p, double at)
{
    double t = p->start + p->width * at;

    return p->upper ? rw_dist_quantile_tails(g->bare, 1 - t, t)
                    : rw_dist_quantile_tails(g->bare, t, 1 - t);
}

static double
polynomial(const double c[TERMS], double x)
{
    return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * c[5]))));
}

/* Whether the polynomial rises with u, but for rounding. */
static bool
rises(const double c[TERMS], bool upper)
{
    double last = polynomial(c, 0), slack = 4 * DBL_EPSILON * fabs(last);

    for (int i = 1; i <= RISES; i++) {
        double x = polynomial(c, (double)i / RISES);

        if (!(upper ? x <= last + slack : x >= last - slack))
            return false;
        last = x;
    }
    return true;
}

/* The polynomial of piece i; *error is its largest between the nodes.  False:
 * it will not do. */
static bool
fit(struct grow *g, size_t i, double *error)
{
    const struct piece *p = &g->piece[i];
    double y[TERMS], dd[TERMS], work[TERMS], *c = g->node[i].c;

    for (int j = 0; j < TERMS; j++) {
        y[j] = quantile_at(g, p, nodes[j]);
        if (!isfinite(y[j]))
            return false;
    }
    gsl_poly_dd_init(dd, nodes, y, TERMS);
    gsl_poly_dd_taylor(c, 0, dd, nodes, TERMS, work);
    if (!rises(c, p->upper))
        return false;
    *error = 0;
    for (int j = 0; j < N_BETWEEN; j++) {
        double want = quantile_at(g, p, between[j]);
        double off = fabs(polynomial(c, between[j]) - want);

        off /= fmax(fabs(want), g->spread * SMALL);
        if (!(off <= *error)) /* NaN counts as an error */
            *error = off;
        if (!(*error <= (p->body ? BODY_TOLERANCE : TAIL_TOLERANCE)))
            return false;
    }
    return true;
}

/* Room for k more; false: memory. */
static bool
reserve(struct grow *g, size_t k)
{
    size_t room = g->room * 2;
    void *node, *piece;

    if (g->n + k <= g->room)
        return true;
    node = realloc(g->node, room * sizeof *g->node);
    if (node != NULL)
        g->node = node;
    piece = realloc(g->piece, room * sizeof *g->piece);
    if (piece != NULL)
        g->piece = piece;
    g->room = node != NULL && piece != NULL ? room : g->room;
    return g->n + k <= g->room;
}

/* Cuts piece i; false: memory. */
static bool
divide(struct grow *g, size_t i)
{
    struct piece half = g->piece[i];

    g->node[i].child = -1;
    if (half.depth == RW_SAMPLER_DEPTH || g->n + 2 > RW_SAMPLER_NODES) {
        g->open++;
        return true;
    }
    if (!reserve(g, 2))
        return false;
    g->node[i].child = (int32_t)g->n;
    half.depth++;
    half.width /= 2;
    g->piece[g->n++] = half;
    half.start += half.width;
    g->piece[g->n++] = half;
    return true;
}

/* All pieces, coarse ones first, the body before the tails: where the nodes
 * run out, it is the rarest that go without. */
static bool
grow(struct grow *g)
{
    for (size_t i = 0; i < ROOTS; i++) {
        int octave = (int)(i / CELLS) % OCTAVES;
        double width = ldexp(1.0 / CELLS, -octave - 2);

        g->piece[g->n++] =
            (struct piece){.start = ldexp(1, -octave - 2) + width * (double)(i % CELLS),
                .width = width,
                .upper = i >= ROOTS / 2,
                .body = octave < BODY_OCTAVES};
    }
    for (size_t i = 0; i < g->n; i++) {
        double error, *worst = g->piece[i].body ? &g->body_error : &g->tail_error;

        g->node[i].child = 0;
        if (!fit(g, i, &error)) {
            if (!divide(g, i))
                return false;
        } else {
            *worst = fmax(*worst, error);
        }
    }
    return true;
}

static enum rw_err
keep(const struct grow *g, struct rw_sampler *s, struct rw_arena *a)
{
    struct rw_sampler_tree *t = RW_ARENA_NEW(a, 1, struct rw_sampler_tree);
    struct node *node = RW_ARENA_NEW(a, g->n, struct node);

    if (t == NULL || node == NULL)
        return RW_ERR_MEMORY;
    memcpy(node, g->node, g->n * sizeof *node);
    *t = (struct rw_sampler_tree){node, g->n, g->open};
    s->tree = t;
    s->body_error = g->body_error;
    s->tail_error = g->tail_error;
    return RW_OK;
}

enum rw_err
rw_sampler_tree_init(
    struct rw_sampler *s, const struct rw_dist *bare, double spread, struct rw_arena *a)
{
    struct grow g = {.bare = bare, .spread = spread, .room = 2 * ROOTS};
    enum rw_err err = RW_ERR_MEMORY;

    g.node = malloc(g.room * sizeof *g.node);
    g.piece = malloc(g.room * sizeof *g.piece);
    if (g.node != NULL && g.piece != NULL && grow(&g))
        err = keep(&g, s, a);
    free(g.node);
    free(g.piece);
    return err;
}

bool
rw_sampler_tree_quantile(const struct rw_sampler_tree *t, double u, double *x)
{
    double at = fmin(u, 1.0 - u);
    const struct node *node;
    uint64_t bits;
    size_t row;

    if (at < 0x1p-40)
        return false;
    memcpy(&bits, &at, sizeof bits);
    if (bits >= RW_SAMPLER_HALF)
        bits = RW_SAMPLER_HALF - 1;
    row = (1021u - (size_t)(bits >> 52)) * CELLS + (bits >> 48 & 15u);
    node = &t->node[row + (u > 0.5 ? (size_t)ROOTS / 2 : 0)];
    bits <<= 16; /* what is left is the place within the cell */
    while (node->child > 0) {
        node = &t->node[(size_t)node->child + (bits >> 63)];
        bits <<= 1;
    }
    *x = polynomial(node->c, (double)(bits >> 11) * 0x1p-53);
    return node->child == 0;
}

void
rw_sampler_tree_size(const struct rw_sampler_tree *t, size_t *n, size_t *open)
{
    *n = t->n;
    *open = t->open;
}
