/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/support/law.h -- the law of a few numbers, and an appetite's verdict on them. */
#ifndef RW_TESTS_LAW_H
#define RW_TESTS_LAW_H

#include "num/tail.h"
#include "study/law.h"

#include <string.h>

/* Shapes: (n), n <= RW_ASCENT_FEW, by a desk of its own; x is sorted in place, tmp is
 * spent. */
static inline void
law_of(struct rw_law *l, double x[], size_t n, double tmp[], bool with_curve)
{
    const struct rw_ascent_room room = {.x = tmp, .tmp = x};
    const struct rw_values v = rw_values_array(x, n);
    struct rw_law_desk d;

    rw_law_desk_init(&d, n, &room, true, NULL);
    rw_law_read(&d, l, &v, with_curve);
    memcpy(x, d.order.x, n * sizeof *x);
}

/* x in any order. */
static inline struct rw_verdict
verdict_of(const double x[], size_t n, const struct rw_appetite *a)
{
    struct rw_verdict v = {.loss = a->loss, .probability = a->probability};
    size_t over = 0;

    for (size_t i = 0; i < n; i++)
        over += x[i] > a->loss;
    rw_tail_share(n, over, RW_RESULT_LEVEL, &v.exceeded, &v.low, &v.high);
    rw_law_judge(&v);
    return v;
}

#endif
