/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/num/distance.h -- how far draws lie from their law. */
#ifndef RW_TESTS_NUM_DISTANCE_H
#define RW_TESTS_NUM_DISTANCE_H

#include "num/dist.h"

#include <math.h>

/* sup |Fn - F| of n sorted draws; F taken from both sides, so that atoms count
 * once. */
static inline double
distance(const struct rw_dist *d, const double x[], size_t n)
{
    double worst = 0;

    for (size_t i = 0; i < n; i++) {
        double f = rw_dist_cdf(d, x[i]);
        double before = rw_dist_below(d, x[i]);

        if (i + 1 == n || x[i + 1] > x[i])
            worst = fmax(worst, fabs((double)(i + 1) / (double)n - f));
        if (i == 0 || x[i - 1] < x[i])
            worst = fmax(worst, fabs((double)i / (double)n - before));
    }
    return worst;
}

#endif
