/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/quad.c -- integrals, adaptive. */
#include "num/quad.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stddef.h>

enum { POINTS = 10 };

struct work {
    double (*f)(const void *ctx, double x);
    const void *ctx;
    gsl_integration_glfixed_table *nodes;
    int splits; /* that may still be made */
};

static double
piece(const struct work *w, double a, double b)
{
    double sum = 0, x, weight;

    for (size_t i = 0; i < POINTS; i++) {
        gsl_integration_glfixed_point(a, b, i, &x, &weight, w->nodes);
        sum += weight * w->f(w->ctx, x);
    }
    return sum;
}

static double
split(struct work *w, double a, double b, double whole, double tol, int depth)
{
    double m = a + (b - a) / 2, left = piece(w, a, m), right = piece(w, m, b);

    if (depth == 0 || fabs(left + right - whole) <= tol || w->splits-- <= 0)
        return left + right;
    return split(w, a, m, left, tol / 2, depth - 1) +
           split(w, m, b, right, tol / 2, depth - 1);
}

double
rw_quad(double (*f)(const void *ctx, double x), const void *ctx, double a, double b,
    double tol)
{
    struct work w = {.f = f, .ctx = ctx, .splits = RW_QUAD_SPLITS};
    double sum;

    if (!(a < b))
        return 0;
    w.nodes = gsl_integration_glfixed_table_alloc(POINTS);
    if (w.nodes == NULL)
        return NAN;
    sum = split(&w, a, b, piece(&w, a, b), tol, RW_QUAD_DEPTH);
    gsl_integration_glfixed_table_free(w.nodes);
    return sum;
}
