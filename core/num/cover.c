/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/cover.c -- insurance of single events. */
#include "num/cover.h"

#include <math.h>
#include <string.h>

enum {
    NODES = RW_COVER_NODES,
    OCTAVES = RW_COVER_HIGH - RW_COVER_LOW + 1,
    POINTS = 2 * NODES /* of a lattice: from 0 to the octave's end */
};

/* E[min(part, m)] */
static double
part_lev(const struct rw_event_part *p, double m)
{
    return p->scale > 0
               ? p->probability * p->scale * rw_dist_lev(&p->amount, m / p->scale)
               : 0;
}

/* mass[] <- the part on the lattice 0, h, ..: what lies between two points
 * goes to both so that the mean stays; what lies beyond is left out. */
static void
discretise(const struct rw_event_part *p, double h, double mass[POINTS])
{
    double before = 0, here = part_lev(p, h);

    mass[0] = 1 - here / h;
    for (int k = 1; k < POINTS; k++) {
        double next = part_lev(p, (k + 1) * h);

        mass[k] = fmax((2 * here - before - next) / h, 0);
        before = here;
        here = next;
    }
}

/* sum[] <- the law of the sum with an independent part. */
static void
convolve(double sum[POINTS], const double part[POINTS])
{
    double old[POINTS];

    memcpy(old, sum, sizeof old);
    for (int k = 0; k < POINTS; k++) {
        double s = 0;

        for (int j = 0; j <= k; j++)
            s += old[j] * part[k - j];
        sum[k] = s;
    }
}

/* One octave [m, 2 m] of several parts: L(k h) adds h P(X > j h), j < k. */
static void
fill_sum(const struct rw_event_part parts[], size_t n, double m, double row[NODES + 1])
{
    double sum[POINTS], part[POINTS], h = m / NODES, lev = 0, above = 1;

    discretise(&parts[0], h, sum);
    for (size_t j = 1; j < n; j++) {
        discretise(&parts[j], h, part);
        convolve(sum, part);
    }
    for (int k = 0; k <= POINTS; k++) {
        if (k >= NODES)
            row[k - NODES] = lev;
        if (k < POINTS) {
            above = fmax(above - sum[k], 0);
            lev += h * above;
        }
    }
}

static enum rw_err
fill_table(const struct rw_event_part parts[], size_t n, double c,
    const double (**table)[NODES + 1], struct rw_arena *a)
{
    double(*row)[NODES + 1] = rw_arena_alloc(a, OCTAVES, sizeof *row);

    if (row == NULL)
        return RW_ERR_MEMORY;
    for (int o = 0; o < OCTAVES; o++) {
        double m = ldexp(c, o + RW_COVER_LOW);

        if (n > 1)
            fill_sum(parts, n, m, row[o]);
        else
            for (int k = 0; k <= NODES; k++)
                row[o][k] = part_lev(&parts[0], m + m * k / NODES);
    }
    *table = (const double(*)[NODES + 1]) row;
    return RW_OK;
}

enum rw_err
rw_cover_mean_init(struct rw_cover_mean *x, const struct rw_cover *cover,
    const struct rw_event_part parts[], size_t n, struct rw_arena *a)
{
    const double c[2] = {cover->deductible, cover->deductible + cover->limit};

    *x = (struct rw_cover_mean){.cover = *cover};
    for (size_t j = 0; j < n; j++)
        x->mean +=
            parts[j].probability * parts[j].scale * rw_dist_mean(&parts[j].amount);
    for (int k = 0; k < 2; k++) {
        enum rw_err err = RW_OK;

        if (c[k] > 0 && isfinite(c[k]))
            err = fill_table(parts, n, c[k], &x->table[k], a);
        if (err != RW_OK)
            return err;
    }
    return RW_OK;
}

/* L(c / a) */
static double
lev_at(const double (*table)[NODES + 1], double a)
{
    int exponent;
    double m = 2 * frexp(1 / a, &exponent), at; /* 1 / a = m 2^(exponent - 1) */
    int octave = exponent - 1 - RW_COVER_LOW, node;

    if (octave < 0)
        return table[0][0] * ldexp(1 / a, -RW_COVER_LOW);
    if (octave >= OCTAVES)
        return table[OCTAVES - 1][NODES];
    at = (m - 1) * NODES;
    node = (int)at;
    at -= node;
    return table[octave][node] + at * (table[octave][node + 1] - table[octave][node]);
}

double
rw_cover_mean_kept(const struct rw_cover_mean *x, double a)
{
    double below, above = 0;

    if (!(a > 0))
        return 0;
    below = x->table[0] != NULL ? lev_at(x->table[0], a) : 0;
    if (x->table[1] != NULL)
        above = fmax(x->mean - lev_at(x->table[1], a), 0);
    return a * (below + above);
}
