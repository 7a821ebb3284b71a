/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_cells.c -- the continuous rest of a severity on a
 * lattice.
 *
 * The tail T(x) is smooth on the scale of x almost everywhere: an octave of
 * the lattice takes one Chebyshev interpolant of degree 16, checked by its
 * last coefficients and halved where it is not good enough.  So a lattice of
 * 2^15 cells costs some hundred values of T instead of 2^16.  Within a piece
 * a cell's mean place comes from the interpolant's integral (whose rounding
 * moves mass between neighbours, but adds up to nothing).
 * Where halving comes to a few cells (at the ends of a support, at a splice),
 * and in the first cells, where anything may happen far below a step, the
 * moments are integrals of T by adaptive Gauss-Legendre quadrature.
 *
 * Source: Trefethen, Approximation Theory and Approximation Practice (2013),
 * 3, 4 and 8.
 */
#include "num/aggregate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEGREE = 16,
    FIRST = 16, /* cells treated one by one  */
    FEW = 8,    /* cells not worth a fit     */
    GAUSS = 8,
    DEPTH = 60, /* of halving within a cell  */
    SPLITS = 400
};

/* Interpolants are good to this share of the largest value in the piece. */
#define TOLERANCE 1e-12

struct work {
    struct rw_cells *c;
    const struct rw_severity *s;
    double h;
    double *t; /* (2 n + 1) tail at multiples of h / 2 */
    double cosine[2 * DEGREE];
};

static void
start(struct work *w)
{
    for (int i = 0; i < 2 * DEGREE; i++)
        w->cosine[i] = cos(M_PI * i / DEGREE);
}

/* Coefficients of the interpolant through T at DEGREE + 1 Lobatto points of
 * [a, b]; false if it is not good enough. */
static bool
fit(const struct work *w, double a, double b, double coef[DEGREE + 1])
{
    double v[DEGREE + 1], largest = 0;

    for (int i = 0; i <= DEGREE; i++) {
        double x = i == 0        ? b
                   : i == DEGREE ? a
                                 : (a + b) / 2 + (b - a) / 2 * w->cosine[i];

        v[i] = rw_severity_rest(w->s, x);
        largest = fmax(largest, fabs(v[i]));
    }
    for (int j = 0; j <= DEGREE; j++) {
        double sum = (v[0] + v[DEGREE] * (j % 2 ? -1 : 1)) / 2;

        for (int i = 1; i < DEGREE; i++)
            sum += v[i] * w->cosine[i * j % (2 * DEGREE)];
        coef[j] = sum * 2 / DEGREE;
    }
    coef[0] /= 2;
    coef[DEGREE] /= 2;
    return fabs(coef[DEGREE]) + fabs(coef[DEGREE - 1]) + fabs(coef[DEGREE - 2]) <=
           TOLERANCE * largest + w->s->grain + 1e-300;
}

/* Of the integral from -1, in the same polynomials. */
static void
integrate(const double coef[DEGREE + 1], double sum[DEGREE + 2])
{
    sum[0] = 0;
    for (int j = 1; j <= DEGREE + 1; j++) {
        double before = coef[j - 1] * (j == 1 ? 2 : 1);
        double after = j + 1 <= DEGREE ? coef[j + 1] : 0;

        sum[j] = (before - after) / (2 * j);
    }
}

enum { BLOCK = 32 };

/* The series at y[]: Clenshaw's recurrence, side by side. */
static void
series_at(const double coef[], int degree, const double y[BLOCK], double out[BLOCK])
{
    double u[BLOCK] = {0}, v[BLOCK] = {0};

    for (int j = degree; j >= 1; j--)
        for (size_t i = 0; i < BLOCK; i++) {
            double next = 2 * y[i] * u[i] - v[i] + coef[j];

            v[i] = u[i];
            u[i] = next;
        }
    for (size_t i = 0; i < BLOCK; i++)
        out[i] = y[i] * u[i] - v[i] + coef[0];
}

/* t, and m in want of t, of cells first .. first + count - 1. */
static void
evaluate(const struct work *w, size_t first, size_t count, const double coef[])
{
    double sum[DEGREE + 2], last = 0, half = (double)count / 2;

    integrate(coef, sum);
    for (size_t from = 0; from <= count; from += BLOCK) {
        size_t n = count + 1 - from < BLOCK ? count + 1 - from : BLOCK;
        double y[BLOCK], t[BLOCK], area[BLOCK];

        for (size_t i = 0; i < BLOCK; i++)
            y[i] = (double)(from + i) / half - 1;
        series_at(coef, DEGREE, y, t);
        series_at(sum, DEGREE + 1, y, area);
        for (size_t i = 0; i < n; i++) {
            size_t k = first + from + i;

            w->t[k] = t[i];
            if (from + i > 0) {
                w->c->m[k - 1] = half * (area[i] - last);
                w->c->a[k - 1] = NAN;
            }
            last = area[i];
        }
    }
}

struct moments {
    double m, a, b;
};

static double
tail_in_cell(const struct work *w, size_t k, double s)
{
    return rw_severity_rest(w->s, ((double)k + s) * w->h);
}

/* Integrals of (T - T_end) times 1, 1/2 - s, (2 - 6 s + 3 s^2) / 6 over
 * places [s0, s1] of cell k: by parts the moments. */
static struct moments
gauss(const struct work *w, size_t k, double end, double s0, double s1)
{
    static const double node[GAUSS / 2] = {
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363};
    static const double weight[GAUSS / 2] = {
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763};
    struct moments sum = {0, 0, 0};

    for (int i = 0; i < GAUSS; i++) {
        double y = i % 2 ? node[i / 2] : -node[i / 2];
        double s = (s0 + s1) / 2 + (s1 - s0) / 2 * y;
        double t = weight[i / 2] * (s1 - s0) / 2 * (tail_in_cell(w, k, s) - end);

        sum.m += t;
        sum.a += t * (0.5 - s);
        sum.b += t * (2 - 6 * s + 3 * s * s) / 6;
    }
    return sum;
}

static struct moments
split(const struct work *w, size_t k, double end, double s0, double s1,
    struct moments whole, double tol, int depth, int *splits)
{
    double mid = (s0 + s1) / 2;
    struct moments l = gauss(w, k, end, s0, mid), r = gauss(w, k, end, mid, s1);

    if (fabs(l.m + r.m - whole.m) + fabs(l.a + r.a - whole.a) > tol && depth > 0 &&
        (*splits)-- > 0) {
        l = split(w, k, end, s0, mid, l, tol, depth - 1, splits);
        r = split(w, k, end, mid, s1, r, tol, depth - 1, splits);
    }
    return (struct moments){l.m + r.m, l.a + r.a, l.b + r.b};
}

static void
one_cell(struct work *w, size_t k)
{
    double begin = tail_in_cell(w, k, 0), end = tail_in_cell(w, k, 1);
    double p = begin - end;
    struct moments all = {0, 0, 0};
    int splits = SPLITS;

    w->t[k] = begin;
    w->t[k + 1] = end;
    if (p > 0)
        all = split(w, k, end, 0, 1, gauss(w, k, end, 0, 1),
            1e-13 * p + 0x1p-51 * begin + w->s->grain, DEPTH, &splits);
    w->c->m[k] = all.m;
    w->c->a[k] = all.a;
    if (k < 2)
        w->c->b[k] = all.b;
}

/* Cells of a piece that is fitted have a = NAN, and m the integral of T, until
 * all t are known. */
static void
piece(struct work *w, size_t first, size_t count)
{
    double coef[DEGREE + 1], a = (double)first * w->h;
    double b = (double)(first + count) * w->h;

    if (count < FEW) {
        for (size_t k = first; k < first + count; k++)
            one_cell(w, k);
    } else if (fit(w, a, b, coef)) {
        evaluate(w, first, count, coef);
    } else {
        piece(w, first, count / 2);
        piece(w, first + count / 2, count / 2);
    }
}

static enum rw_err
alloc_cells(struct rw_cells *c, size_t n)
{
    double *all = malloc(3 * n * sizeof *all);

    if (all == NULL)
        return RW_ERR_MEMORY;
    *c = (struct rw_cells){.n = n, .p = all, .m = all + n, .a = all + 2 * n};
    return RW_OK;
}

enum rw_err
rw_cells_init(struct rw_cells *c, const struct rw_severity *s, double h, size_t n)
{
    struct work w = {.c = c, .s = s, .h = h};

    *c = (struct rw_cells){0};
    if (alloc_cells(c, n) != RW_OK)
        return RW_ERR_MEMORY;
    w.t = malloc((n + 1) * sizeof *w.t);
    if (w.t == NULL)
        return RW_ERR_MEMORY;
    start(&w);
    for (size_t k = 0; k < FIRST && k < n; k++)
        one_cell(&w, k);
    for (size_t k = FIRST; k < n; k *= 2)
        piece(&w, k, k);
    for (size_t k = 0; k < n; k++) {
        c->p[k] = w.t[k] - w.t[k + 1];
        if (isnan(c->a[k])) {
            c->m[k] -= w.t[k + 1];
            c->a[k] = c->p[k] / 12;
        }
    }
    free(w.t);
    return RW_OK;
}

/* With r the place in the pair, r = s / 2 or (1 + s) / 2. */
enum rw_err
rw_cells_pair(struct rw_cells *c, const struct rw_cells *f)
{
    *c = (struct rw_cells){0};
    if (alloc_cells(c, f->n / 2) != RW_OK)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < c->n; k++) {
        size_t i = 2 * k, j = i + 1;

        c->p[k] = f->p[i] + f->p[j];
        c->m[k] = (f->m[i] + f->m[j] + f->p[j]) / 2;
        c->a[k] = (f->m[i] + 2 * f->a[i] + f->p[j] - f->m[j] + 2 * f->a[j]) / 8;
    }
    c->b[0] = (3 * f->m[0] + 6 * f->a[0] + 6 * f->b[0] + 3 * f->p[1] - 3 * f->m[1] +
                  6 * f->b[1]) /
              48;
    return RW_OK;
}

void
rw_cells_free(struct rw_cells *c)
{
    free(c->p);
    *c = (struct rw_cells){0};
}
