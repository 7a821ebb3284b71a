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

/* Atoms off the lattice: between its points the law is not known. */
static bool
is_blurred(const struct rw_grid *g)
{
    return !g->g.aligned;
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
first_at(const struct rw_grid *g, const double f[], const double more[], double q)
{
    size_t k = 0;

    while (k < g->kept && f[k] + (more != NULL ? more[k] : 0) < q)
        k++;
    return k;
}

/* Index and place in the cell before it; place 1: at k h itself. */
static size_t
find(const struct rw_grid *g, double q, double *s)
{
    size_t k = first_at(g, g->smooth, g->atoms, q);

    *s = 1;
    if (k > 0 && k < g->kept && g->smooth[k] + g->atoms[k - 1] >= q)
        *s = solve(g, k - 1, q - g->atoms[k - 1]);
    return k;
}

static double
place_of(const struct rw_grid *g, size_t k, double s)
{
    return k == 0 || s == 1 ? place(g, k) : ((double)(k - 1) + s) * g->g.h;
}

static double
error_of_cdf(const struct rw_grid *g, size_t k)
{
    return g->gap[k] + g->noise[k];
}

/* Widens the bracket to hold the value: both are good to rounding. */
static void
settle(struct rw_bounded *x)
{
    x->low = fmin(x->low, x->value);
    x->high = fmax(x->high, x->value);
}

bool
rw_grid_quantile(const struct rw_grid *g, double q, struct rw_bounded *x)
{
    double s, delta;
    size_t k = find(g, q, &s), low, high;

    if (k >= g->kept)
        return false;
    x->value = place_of(g, k, s);
    low = first_at(g, g->down, NULL, q - g->noise[k]);
    high = first_at(g, g->up, NULL, q + g->noise[k]);
    x->low = place(g, low < k ? low : k);
    x->high = high < g->kept ? place(g, high) : INFINITY;
    delta = error_of_cdf(g, k);
    x->error = 4 * DBL_EPSILON * x->value;
    for (int side = -1; side <= 1; side += 2) {
        k = find(g, q + side * delta, &s);
        if (k < g->kept)
            x->error = fmax(x->error, fabs(place_of(g, k, s) - x->value));
    }
    x->error += 4 * DBL_EPSILON * x->value;
    if (is_blurred(g))
        x->error = fmax(x->error, fmax(x->value - x->low, x->high - x->value));
    settle(x);
    return true;
}

void
rw_grid_cdf(const struct rw_grid *g, double x, struct rw_bounded *p)
{
    double at = x / (g->ratio > 0 ? g->unit / g->ratio : g->g.h), s;
    size_t k = (size_t)at;

    if (fabs(at - rint(at)) < 1e-11 * at)
        k = (size_t)rint(at);
    s = fmax(at - (double)k, 0);
    if (k + 2 > g->kept) {
        k = g->kept - 2;
        s = 1;
    }
    p->value = fmin(smooth_at(g, k, s) + g->atoms[k], 1);
    p->error = error_of_cdf(g, k) + DBL_EPSILON;
    p->low = fmax(g->up[k] - g->noise[k], 0);
    p->high = fmin(g->down[k] + g->noise[k], 1);
    if (is_blurred(g))
        p->error = fmax(p->error, fmax(p->value - p->low, p->high - p->value));
    settle(p);
}

/* E[S] = v + E(S - v)+ - E(v - S)+; the tail mean is the least over v of
 * v + E(S - v)+ / (1 - q), and v = VaR makes it so. */
bool
rw_grid_tvar(
    const struct rw_grid *g, double q, double mean, double slack, struct rw_bounded *x)
{
    double s, v, below, noise;
    size_t k = find(g, q, &s), low, high;

    if (k >= g->kept)
        return false;
    v = place_of(g, k, s);
    below = g->below[k];
    if (k > 0 && s < 1)
        below = g->below[k - 1] + g->g.h * (area_at(g, k - 1, s) + s * g->atoms[k - 1]);
    x->value = (mean - q * v + below) / (1 - q);
    noise = g->noise[k] * v + slack * mean + 4 * DBL_EPSILON * (mean + v);
    x->error = (g->gap_below[k] + noise) / (1 - q);
    low = first_at(g, g->up, NULL, q);
    high = first_at(g, g->down, NULL, q);
    x->low = v;
    x->high = INFINITY;
    if (low < g->kept)
        x->low = (mean - q * place(g, low) + g->up_below[low] - noise) / (1 - q);
    if (high < g->kept)
        x->high = (mean - q * place(g, high) + g->down_below[high] + noise) / (1 - q);
    if (is_blurred(g))
        x->error = fmax(x->error, fmax(x->value - x->low, x->high - x->value));
    settle(x);
    return true;
}
