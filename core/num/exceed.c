/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/exceed.h"

#include <math.h>
#include <string.h>

enum { POINTS = RW_EXCEED_POINTS, COARSE = RW_EXCEED_CELLS / 2 };

/* On half the cells: a place between two goes to both. */
static void
coarsen(const double g[], double to[])
{
    to[0] = g[0] + g[1] / 2;
    for (int j = 1; j <= COARSE; j++)
        to[j] = g[2 * j] + (g[2 * j - 1] + g[2 * j + 1]) / 2;
}

void
rw_exceed_open(struct rw_exceed *x, bool even)
{
    memset(x, 0, sizeof *x);
    x->n = even ? 2 : 1;
    for (int k = 0; k < x->n; k++) {
        x->of[k].n = RW_EXCEED_CELLS >> k;
        x->of[k].f[0] = 1;
    }
}

/* g: law of X; a, b of the recursion, first: f_0. */
static void
recur(const double g[], int n, double a, double b, double first, double f[])
{
    double back[POINTS]; /* f the other way round: back[n - s] = f[s] */
    double whole = 1 / (1 - a * g[0]);

    f[0] = back[n] = first;
    for (int s = 1; s <= n; s++) {
        const double *g1 = g + 1, *from = back + n - s + 1;
        double plain = 0, by_j = 0;

        for (int j = 0; j < s; j++) {
            double y = g1[j] * from[j];

            plain += y;
            by_j += y * (j + 1);
        }
        f[s] = back[n - s] = whole * (a * plain + b / s * by_j);
    }
}

static void
convolve(double f[], const double h[], int n)
{
    double y[POINTS];

    for (int s = 0; s <= n; s++) {
        y[s] = 0;
        for (int j = 0; j <= s; j++)
            y[s] += f[j] * h[s - j];
    }
    memcpy(f, y, (size_t)(n + 1) * sizeof *y);
}

/* Every chance has an event or not; f <- f times the power of one chance. */
static void
add_chances(double f[], int n, double mean, double chances, const double g[])
{
    double one[POINTS], again[POINTS], q = fmin(mean / chances, 1);

    for (int j = 0; j <= n; j++)
        one[j] = q * g[j] + (j == 0 ? 1 - q : 0);
    for (unsigned k = (unsigned)chances; k > 0; k /= 2) {
        if (k % 2 > 0)
            convolve(f, one, n);
        memcpy(again, one, sizeof one);
        if (k > 1)
            convolve(one, again, n);
    }
}

/* Where f_0 is less than the smallest number, so many events are expected that none of
 * the f is any. */
static void
add_gamma(double f[], int n, const struct rw_exceed_count *c, const double g[])
{
    double m = c->mean, a = m / (m + c->shape), y[POINTS];
    double none = c->shape * log1p(m / c->shape * (1 - g[0]));

    if (isinf(c->shape))
        recur(g, n, 0, m, exp(m * (g[0] - 1)), y);
    else
        recur(g, n, a, (c->shape - 1) * a, exp(-none), y);
    for (int s = 0; s <= n && c->zero > 0; s++)
        y[s] = (1 - c->zero) * y[s] + (s == 0 ? c->zero : 0);
    convolve(f, y, n);
}

static void
add(struct rw_exceed_lattice *x, const struct rw_exceed_count *c, const double g[])
{
    if (c->chances > 0)
        add_chances(x->f, x->n, c->mean, c->chances, g);
    else if (isinf(c->shape) && c->zero <= 0)
        for (int j = 0; j <= x->n; j++)
            x->poisson[j] += c->mean * g[j];
    else
        add_gamma(x->f, x->n, c, g);
}

void
rw_exceed_add(struct rw_exceed *x, const struct rw_exceed_count *c, const double g[])
{
    double coarse[POINTS];

    if (!(c->mean > 0))
        return;
    if (c->chances <= 0 && isinf(c->shape) && c->zero <= 0)
        x->events += c->mean;
    add(&x->of[0], c, g);
    if (x->n < 2)
        return;
    coarsen(g, coarse);
    add(&x->of[1], c, coarse);
}

void
rw_exceed_close(struct rw_exceed *x)
{
    const struct rw_exceed_count all = {x->events, INFINITY, 0, 0};

    for (int k = 0; k < x->n && x->events > 0; k++) {
        struct rw_exceed_lattice *l = &x->of[k];

        for (int j = 0; j <= l->n; j++)
            l->poisson[j] /= x->events;
        add_gamma(l->f, l->n, &all, l->poisson);
    }
}

/* From steps h and 2 h to a step of none, the error being of h^2. */
static double
extrapolate(const struct rw_exceed *x, const double at[2])
{
    return x->n < 2 ? at[0] : at[0] + (at[0] - at[1]) / 3;
}

double
rw_exceed_over(const struct rw_exceed *x)
{
    double over[2];

    for (int k = 0; k < x->n; k++) {
        const struct rw_exceed_lattice *l = &x->of[k];

        over[k] = 1 - (x->n < 2 ? l->f[l->n] : l->f[l->n] / 2);
        for (int s = 0; s < l->n; s++)
            over[k] -= l->f[s];
    }
    return fmin(fmax(extrapolate(x, over), 0), 1);
}

double
rw_exceed_over_with(const struct rw_exceed *x, const double g[])
{
    double coarse[POINTS], over[2];

    coarsen(g, coarse);
    for (int k = 0; k < x->n; k++, g = coarse) {
        const struct rw_exceed_lattice *l = &x->of[k];
        double sum = 0, edge = 0; /* P(X <= (n - s) h), P(S + X = n h) */

        over[k] = 1;
        for (int s = l->n; s >= 0; s--) {
            sum += g[l->n - s];
            over[k] -= l->f[s] * sum;
            edge += l->f[s] * g[l->n - s];
        }
        over[k] += x->n < 2 ? 0 : edge / 2;
    }
    return fmin(fmax(extrapolate(x, over), 0), 1);
}

double
rw_exceed_below(const struct rw_exceed *x)
{
    double below[2] = {0, 0};

    for (int k = 0; k < x->n; k++)
        for (int s = 0; s < x->of[k].n; s++)
            below[k] += ((x->of[k].n - s) << k) * x->of[k].f[s];
    return fmax(extrapolate(x, below), 0);
}

double
rw_exceed_below_with(const struct rw_exceed *x, const double g[])
{
    double coarse[POINTS], below[2] = {0, 0};

    coarsen(g, coarse);
    for (int k = 0; k < x->n; k++, g = coarse) {
        const struct rw_exceed_lattice *l = &x->of[k];
        double sum = 0, gap = 0; /* E[((n - s) - X / h)+] */

        for (int s = l->n - 1; s >= 0; s--) {
            sum += g[l->n - 1 - s];
            gap += sum;
            below[k] += (1 << k) * l->f[s] * gap;
        }
    }
    return fmax(extrapolate(x, below), 0);
}
