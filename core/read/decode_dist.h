/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode_dist.h -- estimates made of parts: shared by decode_dist.c
 * (one law by its parameters), decode_compound.c (metalog, mixture, splice) and
 * decode_empirical.c.
 *
 * Parts take the unit of the whole; what its key allows is checked of the
 * whole alone, so a part may reach further.
 *
 * Floor: read.  Threads: one decoder, one thread.
 */
#ifndef RW_READ_DECODE_DIST_H
#define RW_READ_DECODE_DIST_H

#include "read/decode.h"

/* What a part may take from around it. */
struct rw_outer {
    double threshold; /* of a splice whose tail it is, NaN: none */
    double cap;       /* of the whole, INFINITY: none            */
};

/* An estimate without a look at its range.  q->name: of the key. */
bool rw_decode_part(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to);

bool rw_decode_is_compound(const char *dist);
/* {"dist": ...} of such a name. */
bool rw_decode_compound(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const char *skip, const struct rw_outer *outer,
    struct rw_dist *to);

/* The values of an empirical law, without floor and cap. */
bool rw_decode_empirical(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to);

#endif
