/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/belief.c -- gamma-Poisson beliefs of a rate. */
#include "num/belief.h"

#include "num/special.h"

#include <math.h>

/* Of a and b, in incidents. */
#define LEAST 1e-6

void
rw_belief_prior(double mean, double cv, double *a, double *b)
{
    double held = cv > 1e-3 ? cv : 1e-3;

    *a = 1 / (held * held);
    *b = *a / mean;
}

void
rw_belief_update(size_t n, double discount, const double seen[],
    const double exposure[], double a[], double b[])
{
    for (size_t i = 0; i < n; i++) {
        /* evidence is not forgotten to the last grain: 0 / 0 is no belief */
        double keep = discount * b[i] < LEAST && exposure[i] < LEAST ? 1 : discount;

        a[i] = fmax(keep * a[i] + seen[i], LEAST);
        b[i] = keep * b[i] + exposure[i];
    }
}

void
rw_belief_interval(double a, double b, double level, double *low, double *high)
{
    struct rw_gamma_law g = rw_gamma_law(a);
    double half = (1 - level) / 2;

    *low = rw_gamma_inverse(&g, half, 1 - half) / b;
    *high = rw_gamma_inverse(&g, 1 - half, half) / b;
}

void
rw_belief_predict(double a, double b, double x, double *mean, double *variance)
{
    *mean = a / b * x;
    *variance = *mean * (1 + x / b);
}
