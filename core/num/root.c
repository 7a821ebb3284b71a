/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/root.c -- Ridders' method. */
#include "num/root.h"

#include <float.h>
#include <math.h>

enum { STEPS = 200 };

/* The point in (a, b) that Ridders takes next to their middle m. */
static double
step(double a, double m, double b, double fa, double fm, double fb)
{
    double x = m + (m - a) * (fa > fb ? fm : -fm) / sqrt(fm * fm - fa * fb);

    return x > a && x < b ? x : m; /* also where something is infinite */
}

double
rw_root(double (*f)(const void *ctx, double x), const void *ctx, double a, double b)
{
    double fa = f(ctx, a), fb = f(ctx, b);

    if (fa == 0 || fb == 0 || (fa > 0) == (fb > 0))
        return fabs(fa) < fabs(fb) ? a : b;
    for (int i = 0; i < STEPS; i++) {
        double m = a + (b - a) / 2, fm = f(ctx, m), x, fx;

        if (fm == 0 || m == a || m == b)
            return m;
        x = step(a, m, b, fa, fm, fb);
        fx = x == m ? fm : f(ctx, x);
        if (fx == 0 || b - a <= 2 * DBL_EPSILON * fabs(x))
            return x;
        /* of a < m, x < b the neighbours of the crossing */
        double p = fmin(m, x), q = fmax(m, x), fp = m < x ? fm : fx,
               fq = m < x ? fx : fm;

        if ((fp > 0) != (fa > 0)) {
            b = p;
            fb = fp;
        } else if ((fq > 0) != (fa > 0)) {
            a = p;
            fa = fp;
            b = q;
            fb = fq;
        } else {
            a = q;
            fa = fq;
        }
    }
    return a + (b - a) / 2;
}
