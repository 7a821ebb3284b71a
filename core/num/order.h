/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/order.h -- an order of n things, all n! alike.
 *
 * Fisher and Yates's shuffle in Durstenfeld's form (CACM 7 (1964) 420) with the
 * uniforms of one lane: a pure function of seed, future, lane and index.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_ORDER_H
#define RW_NUM_ORDER_H

#include "num/stream.h"

enum { RW_ORDER_QUADS_BITS = 16 }; /* of an index: n up to 2^18 things */

/* Shuffles things[], (n).  index < 2^48. */
void rw_order_shuffle(
    struct rw_stream s, uint64_t future, uint64_t index, size_t n, size_t things[]);

#endif
