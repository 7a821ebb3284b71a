/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/hill.h"

#include "num/sum.h"

#include <math.h>

struct rw_hill
rw_hill(const double x[], size_t n, size_t k)
{
    struct rw_hill h = {.u = x[n - 1 - k]};
    struct rw_sum logs = {0, 0}, beyond = {0, 0}, squares = {0, 0};
    double count;

    while (k > 0 && !(x[n - k] > h.u))
        k--;
    h.k = k;
    count = (double)k;
    for (size_t i = n - k; i < n; i++) {
        rw_sum_add(&logs, log(x[i] / h.u));
        rw_sum_add(&beyond, x[i] - h.u);
    }
    h.xi = rw_sum_value(&logs) / count;
    h.se = h.xi / sqrt(count);
    h.excess = rw_sum_value(&beyond) / count;
    for (size_t i = n - k; i < n; i++)
        rw_sum_add(&squares, (x[i] - h.u - h.excess) * (x[i] - h.u - h.excess));
    h.excess_se = sqrt(rw_sum_value(&squares) / (count - 1) / count);
    return h;
}
