/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sobol_parts.h -- a net of one dimension in one randomisation, and how it is
 * scrambled; private to num/sobol.
 *
 * Digits are scrambled eight at a time.  The first eight have one tree, so what becomes
 * of them is a table.  The next eight have a tree for each of the 256 strings before
 * them, which are grown all at once where points are many; others, and whatever is
 * deeper, are grown for each point.
 *
 * Node 2^j | s of a tree is what flips the digit behind the string s of j digits, and
 * node k is bit k mod 64 of word k div 64.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_SOBOL_PARTS_H
#define RW_NUM_SOBOL_PARTS_H

#include "num/sobol.h"

#include <stdbool.h>

enum {
    RW_SOBOL_LEVELS = 8,
    RW_SOBOL_TREES = 1 << RW_SOBOL_LEVELS,
    RW_SOBOL_STEP = 256 /* points together */
};

struct rw_sobol_net {
    struct rw_stream stream;
    uint64_t dimension, randomisation;
    unsigned bits;
    uint32_t low[RW_SOBOL_TREES]; /* digits of the points 0 .. 255, before scrambling */
    uint32_t high[RW_SOBOL_BITS]; /* column of bit 8 + j of a point's number */
    uint8_t first[RW_SOBOL_TREES];     /* what becomes of the first digits */
    bool grown;                        /* below is there */
    uint64_t below[4][RW_SOBOL_TREES]; /* word k of the tree below a string */
};

/* many: for a few hundred points. */
void rw_sobol_net_make(struct rw_sobol_net *t, struct rw_stream s, unsigned dimension,
    unsigned bits, uint64_t randomisation, bool many);

/* y[i] <- digits x[i] of the net, scrambled; shapes (n), n <= RW_SOBOL_STEP. */
void rw_sobol_scramble(
    const struct rw_sobol_net *t, size_t n, const uint64_t x[], uint64_t y[]);

#endif
