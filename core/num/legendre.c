/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/legendre.h"

#include <math.h>

#define PI 3.14159265358979323846

enum { STEPS = 8 }; /* Newton's, which double the digits: three or four are needed */

/* P_n(z) and its derivative, |z| < 1, n >= 1. */
static double
polynomial(size_t n, double z, double *slope)
{
    double before = 1, p = z;

    for (size_t k = 2; k <= n; k++) {
        double next =
            ((double)(2 * k - 1) * z * p - (double)(k - 1) * before) / (double)k;

        before = p;
        p = next;
    }
    *slope = (double)n * (before - z * p) / (1 - z * z);
    return p;
}

void
rw_legendre_nodes(size_t n, double x[], double w[])
{
    for (size_t k = 0; k < (n + 1) / 2; k++) {
        double z = cos(PI * ((double)k + 0.75) / ((double)n + 0.5)), slope = 1;

        if (n % 2 == 1 && k == n / 2)
            z = 0;
        for (int step = 0; step < STEPS; step++)
            z -= polynomial(n, z, &slope) / slope;
        (void)polynomial(n, z, &slope);
        x[k] = (1 - z) / 2;
        x[n - 1 - k] = (1 + z) / 2;
        w[k] = w[n - 1 - k] = 1 / ((1 - z * z) * slope * slope);
    }
}
