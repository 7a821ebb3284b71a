/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/order.h"

void
rw_order_shuffle(
    struct rw_stream s, uint64_t future, uint64_t index, size_t n, size_t things[])
{
    double u[4];

    for (size_t k = 0; k + 1 < n; k++) {
        size_t left = n - k, pick, kept;

        if (k % 4 == 0)
            rw_stream_quad(s, future, index << RW_ORDER_QUADS_BITS | k / 4, u);
        pick = k + (size_t)(u[k % 4] * (double)left);
        kept = things[k];
        things[k] = things[pick];
        things[pick] = kept;
    }
}
