/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/trend.h"

#include <math.h>
#include <stdbool.h>

enum { LEAST = 8 };

/* How many equal x[i], if it is the first of them; else 0. */
static double
ties(const double x[], size_t n, size_t i)
{
    double t = 1;

    for (size_t j = 0; j < i; j++)
        if (x[j] == x[i])
            return 0;
    for (size_t j = i + 1; j < n; j++)
        t += x[j] == x[i];
    return t;
}

static void
mann_kendall(const double x[], size_t n, struct rw_trend *to)
{
    double s = 0, k = (double)n, variance = k * (k - 1) * (2 * k + 5);

    for (size_t i = 0; i < n; i++) {
        double t = ties(x, n, i);

        variance -= t * (t - 1) * (2 * t + 5);
        for (size_t j = i + 1; j < n; j++)
            s += (x[j] > x[i]) - (x[j] < x[i]);
    }
    to->z = variance > 0 ? (s - (s > 0) + (s < 0)) / sqrt(variance / 18) : 0;
    to->p = erfc(fabs(to->z) * M_SQRT1_2);
}

static void
lag_one(const double x[], size_t n, struct rw_trend *to)
{
    double mean = 0, square = 0, product = 0;

    for (size_t i = 0; i < n; i++)
        mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        square += (x[i] - mean) * (x[i] - mean);
        if (i + 1 < n)
            product += (x[i] - mean) * (x[i + 1] - mean);
    }
    to->r = square > 0 ? product / square : 0;
    to->se = 1 / sqrt((double)n);
}

struct rw_trend
rw_trend(const double x[], size_t n)
{
    struct rw_trend t = {NAN, NAN, NAN, NAN};

    if (n < LEAST)
        return t;
    mann_kendall(x, n, &t);
    lag_one(x, n, &t);
    return t;
}
