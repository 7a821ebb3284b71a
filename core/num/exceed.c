/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/exceed.h"

#include <math.h>
#include <string.h>

enum { POINTS = RW_EXCEED_POINTS, LANES = 4, ROOM = RW_EXCEED_ROOM };

/* On n cells for twice as many: a place between two goes to both. */
static void
coarsen(const double g[], int n, double to[])
{
    to[0] = g[0] + g[1] / 2;
    for (int j = 1; j <= n; j++)
        to[j] = g[2 * j] + (g[2 * j - 1] + g[2 * j + 1]) / 2;
}

void
rw_exceed_open(struct rw_exceed *x, int cells, bool even)
{
    memset(x, 0, sizeof *x);
    x->n = even ? 2 : 1;
    for (int k = 0; k < x->n; k++) {
        x->of[k].n = cells >> k;
        x->of[k].f[0] = 1;
    }
}

/* y[s .. n] += x g[0 .. n - s] by steps of four, which wide registers take at once to the
 * same bits; up to LANES - 1 elements beyond are touched. */
#define INLINE static inline __attribute__((always_inline))
#ifdef __x86_64__
#define WIDE static __attribute__((target("avx2")))
#else
#define WIDE static
#endif

static bool
is_wide(void)
{
#ifdef __x86_64__
    return __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

INLINE void
add_shifted(double x, const double *restrict g, int s, int n, double *restrict y)
{
    for (int t = s; t <= n; t += LANES)
        for (int k = 0; k < LANES; k++)
            y[t + k] += x * g[t - s + k];
}

/* y <- f * g. */
INLINE void
product_by(const double f[], const double g[], int n, double y[])
{
    for (int s = 0; s <= n; s++)
        add_shifted(f[s], g, s, n, y);
}

/* f_s <- times / (s if numbered) sum over j = 1 .. s of w_j f_{s-j}: what f_s brings to
 * later ones is added up as it is known. */
INLINE void
recur_by(const double w[], int n, double times, bool numbered, double f[])
{
    double sum[ROOM] = {0};

    for (int s = 0; s <= n; s++) {
        if (s > 0)
            f[s] = times * sum[s] / (numbered ? s : 1);
        add_shifted(f[s], w, s, n, sum);
    }
}

WIDE void
product_wide(const double f[], const double g[], int n, double y[])
{
    product_by(f, g, n, y);
}

WIDE void
recur_wide(const double w[], int n, double times, bool numbered, double f[])
{
    recur_by(w, n, times, numbered, f);
}

static void
product(const double f[], const double g[], int n, double y[])
{
    if (is_wide())
        product_wide(f, g, n, y);
    else
        product_by(f, g, n, y);
}

/* w_0 does not count. */
static void
recur(double w[], int n, double times, bool numbered, double f[])
{
    w[0] = 0;
    if (is_wide())
        recur_wide(w, n, times, numbered, f);
    else
        recur_by(w, n, times, numbered, f);
}

static void
convolve(double f[], const double g[], int n)
{
    double y[ROOM] = {0};

    product(f, g, n, y);
    memcpy(f, y, (size_t)(n + 1) * sizeof *y);
}

void
rw_exceed_join(double g[], const double of[])
{
    double x[ROOM] = {0}, y[ROOM] = {0};

    memcpy(x, of, POINTS * sizeof *x);
    product(g, x, POINTS - 1, y);
    memcpy(g, y, POINTS * sizeof *y);
}

/* Every chance has an event or not; f <- f times the power of one chance. */
static void
add_chances(double f[], int n, double mean, double chances, const double g[])
{
    double one[ROOM] = {0}, again[ROOM], q = fmin(mean / chances, 1);

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

/* What the compound adds to *none and w[]. */
static void
add_gamma(double *none, double w[], int n, double m, double shape, const double g[])
{
    double by_number[ROOM] = {0}, waits[ROOM] = {0}, q[ROOM] = {0}, y[ROOM] = {0};
    double a = m / (m + shape);

    for (int j = 1; j <= n; j++) {
        by_number[j] = m * j * g[j];
        waits[j] = g[j];
    }
    if (isinf(shape)) {
        *none += m * (1 - g[0]);
        for (int j = 1; j <= n; j++)
            w[j] += by_number[j];
        return;
    }
    *none += shape * log1p(m / shape * (1 - g[0]));
    q[0] = 1 / (1 + m / shape * (1 - g[0]));
    recur(waits, n, a / (1 - a * g[0]), false, q);
    product(q, by_number, n, y);
    for (int j = 1; j <= n; j++)
        w[j] += y[j];
}

/* f <- the law of which these are none and w.  Where f_0 is less than the smallest
 * number, so many events are expected that none of the f is any. */
static void
finish(double none, double w[], int n, double f[])
{
    f[0] = exp(-none);
    recur(w, n, 1, true, f);
}

static void
add(struct rw_exceed_lattice *x, const struct rw_exceed_count *c, const double g[])
{
    double none = 0, w[ROOM] = {0}, f[ROOM] = {0};

    if (c->chances > 0) {
        add_chances(x->f, x->n, c->mean, c->chances, g);
        return;
    }
    if (c->zero <= 0) {
        add_gamma(&x->none, x->w, x->n, c->mean, c->shape, g);
        return;
    }
    add_gamma(&none, w, x->n, c->mean, c->shape, g);
    finish(none, w, x->n, f);
    for (int s = 0; s <= x->n; s++)
        f[s] = (1 - c->zero) * f[s] + (s == 0 ? c->zero : 0);
    convolve(x->f, f, x->n);
}

void
rw_exceed_add(struct rw_exceed *x, const struct rw_exceed_count *c, const double g[])
{
    double coarse[POINTS];

    if (!(c->mean > 0))
        return;
    add(&x->of[0], c, g);
    if (x->n < 2)
        return;
    coarsen(g, x->of[1].n, coarse);
    add(&x->of[1], c, coarse);
}

void
rw_exceed_close(struct rw_exceed *x)
{
    for (int k = 0; k < x->n; k++) {
        struct rw_exceed_lattice *l = &x->of[k];
        double f[ROOM] = {0};

        finish(l->none, l->w, l->n, f);
        convolve(l->f, f, l->n);
    }
}

/* From steps h and 2 h to a step of none, the error being of h^2. */
static double
extrapolate(const struct rw_exceed *x, const double at[2])
{
    return x->n < 2 ? at[0] : at[0] + (at[0] - at[1]) / 3;
}

static double
over_of(const struct rw_exceed_lattice *l, bool even)
{
    double over = 1 - (even ? l->f[l->n] / 2 : l->f[l->n]);

    for (int s = 0; s < l->n; s++)
        over -= l->f[s];
    return over;
}

double
rw_exceed_over(const struct rw_exceed *x)
{
    double over[2];

    for (int k = 0; k < x->n; k++)
        over[k] = over_of(&x->of[k], x->n > 1);
    return fmin(fmax(extrapolate(x, over), 0), 1);
}

double
rw_exceed_doubt(const struct rw_exceed *x)
{
    return x->n < 2 ? 0 : fabs(over_of(&x->of[0], true) - over_of(&x->of[1], true));
}

double
rw_exceed_over_with(const struct rw_exceed *x, const double g[])
{
    double coarse[POINTS], over[2];

    if (x->n > 1)
        coarsen(g, x->of[1].n, coarse);
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

    if (x->n > 1)
        coarsen(g, x->of[1].n, coarse);
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
