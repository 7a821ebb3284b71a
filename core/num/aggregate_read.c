/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_read.c -- F, quantiles and tail means between the points
 * of a lattice.
 *
 * In a cell the smooth F is the cubic with the right values and densities at
 * both ends (Hermite), off by h^4 f''' / 384.  The error of F becomes that of
 * a quantile by reading at q - error and q + error.
 */
#include "num/aggregate_parts.h"

#include <float.h>
#include <math.h>

/* So near to a place, relative, counts as there. */
#define NEAR 1e-11

static double
place(const struct rw_grid *g, size_t k)
{
    return g->ratio > 0 ? (double)k / g->ratio * g->unit : (double)k * g->g.h;
}

double
rw_grid_end(const struct rw_grid *g)
{
    return g->smooth[g->kept - 1] + g->atoms[g->kept - 1];
}

/* Smooth F at place s of cell k. */
static double
smooth_at(const struct rw_grid *g, size_t k, double s)
{
    double f0 = g->smooth[k], f1 = g->smooth[k + 1], rise = f1 - f0;
    double d0 = g->density[k], d1 = g->density[k + 1];

    return f0 + s * (d0 + s * (3 * rise - 2 * d0 - d1 + s * (d0 + d1 - 2 * rise)));
}

/* Its integral over [0, s], in units of h. */
static double
area_at(const struct rw_grid *g, size_t k, double s)
{
    double f0 = g->smooth[k], f1 = g->smooth[k + 1], rise = f1 - f0;
    double d0 = g->density[k], d1 = g->density[k + 1];

    return s * (f0 + s * (d0 / 2 + s * ((3 * rise - 2 * d0 - d1) / 3 +
                                           s * (d0 + d1 - 2 * rise) / 4)));
}

/* Place in cell k where the smooth F is p, which it passes there. */
static double
solve(const struct rw_grid *g, size_t k, double p)
{
    double low = 0, high = 1;

    for (int i = 0; i < 60; i++) {
        double mid = (low + high) / 2;

        if (smooth_at(g, k, mid) < p)
            low = mid;
        else
            high = mid;
    }
    return (low + high) / 2;
}

/* First k with f[k] >= q, or kept. */
static size_t
first_at(const struct rw_grid *g, const double f[], double q)
{
    size_t k = 0;

    while (k < g->kept && f[k] < q)
        k++;
    return k;
}

/* The first points are too coarse for what may happen near 0: whoever asks
 * for a quantile has a rung on which it lies far above. */
static size_t
first_of(const struct rw_grid *g)
{
    return g->g.points / 64;
}

/* First of the listed atoms above x. */
static size_t
odd_above(const struct rw_grid *g, double x)
{
    size_t low = 0, high = g->odd.n;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (g->odd.atom[mid].x <= x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Where in cell k, at whose end F is q or more, it is that first. */
static double
find_in_cell(const struct rw_grid *g, size_t k, double q)
{
    double atoms = g->atoms[k], end = (double)(k + 1) * g->g.h;

    for (size_t i = odd_above(g, (double)k * g->g.h);
         i < g->odd.n && g->odd.atom[i].x <= end; i++) {
        double s = g->odd.atom[i].x / g->g.h - (double)k, f = smooth_at(g, k, s);

        if (f + atoms >= q)
            return solve(g, k, q - atoms);
        atoms += g->odd.atom[i].p;
        if (f + atoms >= q)
            return s;
    }
    return g->smooth[k + 1] + atoms >= q ? solve(g, k, q - atoms) : 1;
}

static size_t
find(const struct rw_grid *g, double q, double *s)
{
    size_t k = first_of(g);

    while (k < g->kept && g->smooth[k] + g->atoms[k] < q)
        k++;
    *s = k > 0 && k < g->kept ? find_in_cell(g, k - 1, q) : 1;
    return k;
}

/* Mass of the listed atoms within s of cell k, and its integral in units of h. */
static double
odd_at(const struct rw_grid *g, size_t k, double s, double *area)
{
    double mass = 0, end = ((double)k + s) * g->g.h * (1 + NEAR);

    *area = 0;
    for (size_t i = odd_above(g, (double)k * g->g.h);
         i < g->odd.n && g->odd.atom[i].x <= end; i++) {
        mass += g->odd.atom[i].p;
        *area += g->odd.atom[i].p * (s - (g->odd.atom[i].x / g->g.h - (double)k));
    }
    return mass;
}

static double
place_of(const struct rw_grid *g, size_t k, double s)
{
    return k == 0 || s == 1 ? place(g, k) : ((double)(k - 1) + s) * g->g.h;
}

/* What the step may do to F, and to E(x - S)+, at k.  Of a law that is smooth
 * but for atoms on points, a sixteenth of the gap is left.  An atom between
 * points is off at either step, and where it happens to be near an even point
 * the gap is a thirtieth of its mass, while F between the points may be off by
 * half of that. */
static double
step_error(const struct rw_grid *g, const double gap[], size_t k)
{
    return g->g.aligned ? gap[k] : 16 * gap[k];
}

static double
error_of_cdf(const struct rw_grid *g, size_t k)
{
    return step_error(g, g->gap, k) + g->noise[k];
}

/* A finer lattice would do better where its step makes the error, and one
 * above a hundred-millionth. */
static enum rw_grid_reply
judge(const struct rw_grid *g, size_t k, const struct rw_bounded *x, double size)
{
    bool step = step_error(g, g->gap, k) > 4 * g->noise[k];

    if (!step || x->error <= 1e-8 * size)
        return RW_GRID_GOOD;
    return x->error < 1e-6 * fabs(x->value) ? RW_GRID_FAIR : RW_GRID_ROUGH;
}

/* The bracket holds the value, which may be off by rounding; and no error is
 * larger than the bracket allows. */
static void
settle(struct rw_bounded *x)
{
    x->low = fmin(x->low, x->value);
    x->high = fmax(x->high, x->value);
    x->error = fmin(x->error, fmax(x->value - x->low, x->high - x->value));
}

/* How far the quantile moves if F is off by delta. */
static double
reach_of(const struct rw_grid *g, double q, double value, double delta)
{
    double far = 0, s;

    for (int side = -1; side <= 1; side += 2) {
        size_t k = find(g, q + side * delta, &s);

        if (k >= g->kept)
            return INFINITY;
        far = fmax(far, fabs(place_of(g, k, s) - value));
    }
    return far;
}

enum rw_grid_reply
rw_grid_quantile(const struct rw_grid *g, double q, double jump, struct rw_bounded *x)
{
    enum rw_grid_reply reply;
    double s, delta, rounding;
    size_t at = find(g, q, &s), low, high;

    if (at >= g->kept)
        return RW_GRID_BEYOND;
    x->value = place_of(g, at, s);
    low = first_at(g, g->high, q);
    high = first_at(g, g->low, q);
    x->low = place(g, low < at ? low : at);
    x->high = high < g->kept ? place(g, high) : INFINITY;
    delta = error_of_cdf(g, at);
    rounding = 4 * DBL_EPSILON * x->value;
    x->error = reach_of(g, q, x->value, delta);
    if (at > 0 && at == first_of(g)) { /* below all rungs */
        x->low = 0;
        x->error = x->value;
    }
    settle(x);
    x->error += rounding;
    reply = judge(g, at, x, x->value);
    if (jump > 0 && !g->g.aligned && !g->listed) {
        x->error = fmax(x->error, reach_of(g, q, x->value, delta + jump));
        settle(x);
    }
    return reply;
}

enum rw_grid_reply
rw_grid_cdf(const struct rw_grid *g, double x, double jump, struct rw_bounded *p)
{
    enum rw_grid_reply reply;
    double at = x / (g->ratio > 0 ? g->unit / g->ratio : g->g.h), s, area;
    size_t k = (size_t)at;

    if (fabs(at - rint(at)) < NEAR * at)
        k = (size_t)rint(at);
    s = fmax(at - (double)k, 0);
    if (!(at < (double)(g->kept - 2)))
        return RW_GRID_BEYOND;
    p->value = fmin(smooth_at(g, k, s) + g->atoms[k] + odd_at(g, k, s, &area), 1);
    p->error = error_of_cdf(g, k);
    p->low = fmax(g->low[k], 0);
    p->high = fmin(g->high[k], 1);
    settle(p);
    p->error += DBL_EPSILON;
    reply = judge(g, k, p, g->density[k] * at);
    if (jump > 0 && !g->g.aligned && !g->listed) {
        p->error += jump;
        settle(p);
    }
    return reply;
}

/* (mean - q v + E(v - S)+) / (1 - q) is convex in v and least at VaR.  With
 * the upper bound of the last term, any v bounds it from above; with the lower
 * one, the least over v from below, which is at a lattice point.  And no tail
 * mean is below VaR or the mean. */
static void
tvar_bounds(const struct rw_grid *g, double q, size_t near, double mean, double slack,
    struct rw_bounded *x)
{
    double h = g->g.h, low = INFINITY, high = INFINITY, rounding, least;
    size_t first = first_at(g, g->high, q);

    for (size_t k = 0; k < g->kept; k++) {
        low = fmin(low, g->below_low[k] - q * (double)k * h);
        high = fmin(high, g->below_high[k] - q * (double)k * h);
    }
    rounding = slack * mean + 8 * DBL_EPSILON * (mean + (double)near * h);
    least = fmax(place(g, first < near ? first : near), mean - rounding);
    x->low = fmax((mean + low - rounding) / (1 - q), least);
    x->high = (mean + high + rounding) / (1 - q);
}

/* E[S] = v + E(S - v)+ - E(v - S)+; the tail mean is the least over v of
 * v + E(S - v)+ / (1 - q), and v = VaR makes it so. */
enum rw_grid_reply
rw_grid_tvar(const struct rw_grid *g, double q, double mean, double slack, double jump,
    struct rw_bounded *x)
{
    enum rw_grid_reply reply;
    double s, v, below, noise, open, odd;
    size_t k = find(g, q, &s);

    if (k >= g->kept)
        return RW_GRID_BEYOND;
    v = place_of(g, k, s);
    below = g->below[k];
    if (k > 0 && s < 1) {
        (void)odd_at(g, k - 1, s, &odd);
        below = g->below[k - 1] +
                g->g.h * (area_at(g, k - 1, s) + s * g->atoms[k - 1] + odd);
    }
    noise = g->noise[k] * v + slack * mean + 4 * DBL_EPSILON * (mean + v);
    x->value = (mean - q * v + below) / (1 - q);
    x->error = step_error(g, g->gap_below, k) / (1 - q);
    tvar_bounds(g, q, k, mean, slack, x);
    settle(x);
    x->error += noise / (1 - q);
    reply = judge(g, k, x, x->value);
    if (jump > 0 && !g->g.aligned &&
        !g->listed) { /* F, where it is read and where it ought to be */
        open = error_of_cdf(g, k) + jump;
        x->error += open * (reach_of(g, q, v, open) + 8 * g->g.h) / (1 - q);
        settle(x);
    }
    return reply;
}
