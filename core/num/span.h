/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/span.h -- how far from 0 numbers lie, and on which sides of it.
 *
 * Distances are bits of |x|, which ascend as it does.  Spans of parts join to that of
 * the whole, in any order.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_SPAN_H
#define RW_NUM_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rw_span {
    int64_t least, most; /* of numbers that are not 0; none: INT64_MAX, 0 */
    /* what one bit tells: negative where ... */
    int64_t below; /* some x < 0 */
    int64_t above; /* some x > 0 */
    int64_t never; /* no x is 0 */
    int64_t minus; /* some x has a sign, -0 too */
};

/* Of nothing, and of x, (n), finite. */
struct rw_span rw_span_empty(void);
struct rw_span rw_span_of(const double x[], size_t n);

void rw_span_join(struct rw_span *s, const struct rw_span *other);

/* All numbers are the same one (-0 and 0 are); true of none at all. */
bool rw_span_is_point(const struct rw_span *s);

#endif
