/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_grid.c -- F and E(x - S)+ at the points of a lattice,
 * with the laws that bound them.
 *
 * The masses c_k of the continuous part of S are h f(k h) to the fourth
 * order, so by Euler and Maclaurin, with centred differences for derivatives,
 *   F(k h)       = sum_{j<k} c_j + c_k / 2 - (c_{k+1} - c_{k-1}) / 24
 *                  + 11 / 1440 (c_{k+2} - 2 c_{k+1} + 2 c_{k-1} - c_{k-2}),
 *   E(k h - S)+  = h [ sum_{j<k} (k - j) c_j + c_k / 12
 *                  - (c_{k+1} - 2 c_k + c_{k-1}) / 240 ].
 * The atoms of S come from the atoms of the severities alone and are exact.
 *
 * Rounding every loss down to the lattice makes a law that lies below S, and
 * up one that lies above: their F bound that of S, whatever its density.
 * Spreading every loss over its two neighbours, the mean kept, makes (x - S)+
 * larger on average, and lumping losses at their common mean smaller: these
 * bounds, for convex functions, are of second order.  (Shaked and
 * Shanthikumar, Stochastic Orders (2007), 1.A and 3.A: both orders are kept by
 * compound sums.)
 *
 * The difference to the same law at twice the step, of which 1/16 would be left
 * at this step if all is smooth, is the estimate of the error.
 */
#include "num/aggregate_parts.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* e^-TILT of the mass beyond the end comes back at the beginning; rounding at
 * the middle grows by e^(TILT / 2). */
#define TILT 20.0

enum { POINTS_MAX = 1 << 20 };

/* ---- choosing the lattice ---- */

/* Step and points so that the lattice reaches `length` and, where they can
 * be, all atoms are on points of even index. */
static struct rw_lattice
choose(const struct rw_year *y, double length, size_t points, bool quick)
{
    struct rw_lattice g = {
        .h = length / (double)points, .tilt = TILT, .points = points};

    g.aligned = y->unit == 0;
    if (!(y->unit > 0) || quick)
        return g;
    if (y->unit >= 2 * g.h) {
        g.h = y->unit / (2 * floor(y->unit / (2 * g.h)));
        g.aligned = true;
        return g;
    }
    while (points < POINTS_MAX && (double)points * y->unit / 2 < length)
        points *= 2;
    if ((double)points * y->unit / 2 >= length)
        return (struct rw_lattice){
            .h = y->unit / 2, .tilt = TILT, .points = points, .aligned = true};
    return g;
}

/* ---- sums ---- */

static double
at(const double c[], size_t k, long by)
{
    return (long)k + by < 0 ? 0 : c[(size_t)((long)k + by)];
}

/* F and E(k h - S)+ of a smooth density, from its masses c[0 .. kept + 2). */
static void
smooth_sums(const double c[], size_t kept, double h, double f[], double below[])
{
    double sum = 0, area = 0; /* sum_{j<k} c_j, sum_{j<k} (k - j) c_j */

    for (size_t k = 0; k < kept; k++) {
        double b2 = at(c, k, -2), b1 = at(c, k, -1), a1 = c[k + 1], a2 = c[k + 2];

        f[k] =
            sum + c[k] / 2 - (a1 - b1) / 24 + 11.0 / 1440 * (a2 - 2 * a1 + 2 * b1 - b2);
        below[k] = h * (area + c[k] / 12 - (a1 - 2 * c[k] + b1) / 240);
        sum += c[k];
        area += sum;
    }
}

/* The same of a law that has nothing but its lattice points. */
static void
lattice_sums(const double p[], size_t kept, double h, double f[], double below[])
{
    double sum = 0, area = 0;

    for (size_t k = 0; k < kept; k++) {
        below[k] = h * area;
        sum += p[k];
        area += sum;
        f[k] = sum;
    }
}

/* ---- making ---- */

struct maker {
    struct rw_grid *grid;
    const struct rw_year *y;
    struct rw_cells *cells, *none; /* (n_severities); no cells */
    double *pmf, *atoms;           /* (points) */
};

static enum rw_err
make_cells(struct maker *w)
{
    for (size_t i = 0; i < w->y->n_severities; i++) {
        enum rw_err err = rw_cells_init(
            &w->cells[i], &w->y->severity[i], w->grid->g.h, w->grid->g.points);

        if (err != RW_OK)
            return err;
    }
    return RW_OK;
}

/* Where some are off the lattice, all are known by their own places, if they
 * are not too many.  On the lattice they are as the law has them that is made
 * with the rest, so that the difference is the rest. */
static enum rw_err
list_atoms(struct maker *w)
{
    struct rw_grid *g = w->grid;
    double h = g->g.h, lost, mass = 0, area = 0;
    enum rw_err err = rw_values_list(&g->odd, w->y, h * (double)(g->kept - 1), &lost);

    if (err != RW_OK)
        return err == RW_ERR_LIMIT ? RW_OK : err;
    g->listed = true;
    for (size_t k = 0, i = 0; k < g->kept; k++) {
        area += mass * h;
        for (; i < g->odd.n && g->odd.atom[i].x <= (double)k * h; i++) {
            mass += g->odd.atom[i].p;
            area += g->odd.atom[i].p * ((double)k * h - g->odd.atom[i].x);
        }
        g->atoms[k] = mass;
        g->below_low[k] = area;
    }
    return rw_lattice_law(&g->g, RW_LATTICE_KEPT, w->y, w->none, w->atoms);
}

/* Masses of atoms, which their places alone decide: only 0 if some are off
 * the lattice. */
static enum rw_err
make_atoms(struct maker *w, bool quick)
{
    struct rw_grid *g = w->grid;
    enum rw_err err = RW_OK;

    if (!g->g.aligned && !quick && !w->y->discrete)
        err = list_atoms(w);
    if (err != RW_OK || g->listed)
        return err;
    if (g->g.aligned && w->y->unit != 0)
        err = rw_lattice_law(&g->g, RW_LATTICE_ATOMS, w->y, w->cells, w->atoms);
    if (err != RW_OK)
        return err;
    if (!g->g.aligned || w->y->unit == 0)
        memset(w->atoms, 0, g->g.points * sizeof *w->atoms);
    w->atoms[0] = w->y->p0;
    lattice_sums(w->atoms, g->kept, g->g.h, g->atoms, g->below_low);
    return RW_OK;
}

/* Bound of what aliasing and rounding put into a F; known F above. */
static void
make_noise(struct rw_grid *g, const struct rw_year *y)
{
    double mass = 1 - fmin(rw_grid_end(g), 1), total = 0;
    double alias = exp(-g->g.tilt) * (mass + 1e-9) * 1.01;
    double rounding = DBL_EPSILON * (4 + log2((double)g->g.points));

    /* e^(-theta S), on average: the size of what is transformed back */
    for (size_t k = 0; k < g->kept; k++)
        total += (g->density[k] + (k > 0 ? g->atoms[k] - g->atoms[k - 1] : y->p0)) *
                 exp(-g->g.tilt * (double)k / (double)g->g.points);
    total = fabs(total) + exp(-g->g.tilt * (double)g->kept / (double)g->g.points);
    for (size_t k = 0; k < g->kept; k++)
        g->noise[k] =
            alias +
            rounding * (1 + total * exp(g->g.tilt * (double)k / (double)g->g.points)) +
            1e-13 * fmin(y->events, 1e3);
}

static enum rw_err
make_fine(struct maker *w)
{
    struct rw_grid *g = w->grid;
    enum rw_err err = rw_lattice_law(&g->g, RW_LATTICE_KEPT, w->y, w->cells, w->pmf);

    if (err != RW_OK)
        return err;
    for (size_t k = 0; k < g->kept + 2; k++)
        w->pmf[k] -= w->atoms[k];
    memcpy(g->density, w->pmf, g->kept * sizeof *w->pmf);
    smooth_sums(w->pmf, g->kept, g->g.h, g->smooth, g->below);
    for (size_t k = 0; k < g->kept; k++)
        g->below[k] += g->below_low[k]; /* the atoms' */
    make_noise(g, w->y);
    return RW_OK;
}

/* gap[k], gap_below[k] <- the largest difference to the coarse law within a
 * sixteenth of k. */
static void
spread_gaps(double gap[], size_t n)
{
    /* over windows between powers of 2^(1/8): cheap, and never too small */
    for (size_t first = 1; first < n;) {
        size_t end = first + first / 12 + 1;
        double largest = 0;

        end = end < n ? end : n;
        for (size_t k = first > 3 ? first - 3 : 0; k < end + 3 && k < n; k++)
            largest = fmax(largest, gap[k]);
        for (size_t k = first; k < end; k++)
            if (k + 3 < end)
                gap[k] = largest;
        first = end;
    }
}

static enum rw_err
make_gaps(struct maker *w)
{
    struct rw_grid *g = w->grid;
    struct rw_lattice coarse = g->g;
    size_t half = g->kept / 2 - 2;
    double *f = calloc(2 * g->kept, sizeof *f), *below = f + g->kept, *atoms;
    struct rw_cells *pairs = calloc(w->y->n_severities + 1, sizeof *pairs);
    enum rw_err err = f == NULL || pairs == NULL ? RW_ERR_MEMORY : RW_OK;

    coarse.h *= 2;
    coarse.points /= 2;
    for (size_t i = 0; err == RW_OK && i < w->y->n_severities; i++)
        err = rw_cells_pair(&pairs[i], &w->cells[i]);
    if (err == RW_OK)
        err = rw_lattice_law(&coarse, RW_LATTICE_KEPT, w->y, pairs, w->pmf);
    atoms = w->pmf + coarse.points; /* the fine law is read */
    for (size_t k = 0; err == RW_OK && k < half + 2; k++)
        atoms[k] = w->atoms[2 * k];
    if (err == RW_OK && g->listed)
        err = rw_lattice_law(&coarse, RW_LATTICE_KEPT, w->y, w->none, atoms);
    if (err == RW_OK) {
        for (size_t k = 0; k < half + 2; k++)
            w->pmf[k] -= atoms[k];
        smooth_sums(w->pmf, half, 2 * g->g.h, f, below);
        for (size_t k = 0; k < g->kept; k++) {
            size_t i = k / 2 < half ? k / 2 : half - 1;

            g->gap[k] = fabs(f[i] - g->smooth[2 * i]);
            g->gap_below[k] = fabs(below[i] + g->below_low[2 * i] - g->below[2 * i]);
        }
        spread_gaps(g->gap, g->kept);
        spread_gaps(g->gap_below, g->kept);
    }
    for (size_t i = 0; pairs != NULL && i < w->y->n_severities; i++)
        rw_cells_free(&pairs[i]);
    free(pairs);
    free(f);
    return err;
}

/* F from two bounds of its integral W = E(x - S)+, which is convex: for any d
 *   (W(x) - W(x - d)) / d <= F(x) <= (W(x + d) - W(x)) / d.
 * low[k] holds from k h on, high[k] up to (k + 1) h. */
static void
bounds_from_areas(struct rw_grid *g, size_t d)
{
    double width = (double)d * g->g.h;

    for (size_t k = d; k + d < g->kept; k++) {
        double above = (g->below_high[k + d] - g->below_low[k]) / width;
        double under = (g->below_low[k] - g->below_high[k - d]) / width;

        g->high[k - 1] = fmin(g->high[k - 1], above);
        g->low[k] = fmax(g->low[k], under);
    }
}

static enum rw_err
law_sums(struct maker *w, enum rw_lattice_rule rule, double f[], double below[])
{
    enum rw_err err = rw_lattice_law(&w->grid->g, rule, w->y, w->cells, w->pmf);

    if (err == RW_OK)
        lattice_sums(w->pmf, w->grid->kept, w->grid->g.h, f, below);
    return err;
}

/* Rounded down, up; then, with unused sums in atoms[], which has been read,
 * the convex bounds. */
static enum rw_err
make_bounds(struct maker *w)
{
    struct rw_grid *g = w->grid;
    double *f = w->atoms, *high = g->below_high;
    enum rw_err err;

    if ((err = law_sums(w, RW_LATTICE_DOWN, g->high, high)) != RW_OK ||
        (err = law_sums(w, RW_LATTICE_UP, g->low, high)) != RW_OK ||
        (err = law_sums(w, RW_LATTICE_LUMPED, f, g->below_low)) != RW_OK ||
        (err = law_sums(w, RW_LATTICE_SPREAD, f, high)) != RW_OK)
        return err;
    for (size_t k = 0; k < g->kept; k++) {
        double noise = g->noise[k] * (double)k * g->g.h;

        g->high[k] += g->noise[k];
        g->low[k] -= g->noise[k];
        g->below_low[k] -= noise;
        g->below_high[k] += noise;
    }
    for (size_t d = 1; d < g->kept / 8; d *= 2)
        bounds_from_areas(g, d);
    return RW_OK;
}

static enum rw_err
make_room(struct maker *w)
{
    enum { ARRAYS = 11 };
    struct rw_grid *g = w->grid;
    double **const arrays[ARRAYS] = {&g->density, &g->smooth, &g->atoms, &g->below,
        &g->gap, &g->gap_below, &g->low, &g->high, &g->below_low, &g->below_high,
        &g->noise};

    g->kept = g->g.points / 2 + g->g.points / 16;
    g->density = calloc(g->kept * ARRAYS, sizeof *g->density);
    w->pmf = malloc(2 * g->g.points * sizeof *w->pmf);
    w->cells = calloc(2 * (w->y->n_severities + 1), sizeof *w->cells);
    if (g->density == NULL || w->pmf == NULL || w->cells == NULL)
        return RW_ERR_MEMORY;
    w->none = w->cells + w->y->n_severities + 1;
    w->atoms = w->pmf + g->g.points;
    for (size_t i = 1; i < ARRAYS; i++)
        *arrays[i] = g->density + i * g->kept;
    return RW_OK;
}

enum rw_err
rw_grid_new(struct rw_grid **grid, const struct rw_year *y, double length,
    size_t points, bool quick)
{
    struct rw_grid *g = *grid = calloc(1, sizeof *g);
    struct maker w = {.grid = g, .y = y};
    enum rw_err err;

    if (g == NULL)
        return RW_ERR_MEMORY;
    g->g = choose(y, length, points, quick);
    if (g->g.aligned && y->unit > 0) {
        g->unit = y->unit;
        g->ratio = rint(y->unit / g->g.h);
    }
    if ((err = make_room(&w)) == RW_OK && (err = make_cells(&w)) == RW_OK &&
        (err = make_atoms(&w, quick)) == RW_OK && (err = make_fine(&w)) == RW_OK &&
        !quick) {
        err = make_gaps(&w);
        if (err == RW_OK)
            err = make_bounds(&w);
    }
    for (size_t i = 0; w.cells != NULL && i < y->n_severities; i++)
        rw_cells_free(&w.cells[i]);
    free(w.cells);
    free(w.pmf);
    if (err != RW_OK) {
        rw_grid_free(g);
        *grid = NULL;
    }
    return err;
}

void
rw_grid_free(struct rw_grid *g)
{
    if (g != NULL) {
        free(g->density);
        rw_list_free(&g->odd);
    }
    free(g);
}
