/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/outage_parts.h -- how the points of num/outage.h lie in cells; private to
 * outage*.c.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_OUTAGE_PARTS_H
#define RW_NUM_OUTAGE_PARTS_H

#include "num/outage.h"

#include <string.h>

enum {
    RW_OUTAGE_BANDS = 12, /* of levels; band b has 4^b slots */
    RW_OUTAGE_STEP = 4,
    /* a cell's fours: four points each, a few expected and 1024 possible */
    RW_OUTAGE_FOUR_BITS = 8,
    RW_OUTAGE_SLOT_BITS = 24,
    RW_OUTAGE_BAND_BITS = 4
};

/* The first two bands meet here, points a cycle; the last ends at 4^12. */
#define RW_OUTAGE_FIRST_EDGE 4.0
#define RW_OUTAGE_LAST_EDGE  0x1p24
/* The four that decides how long running ones begin: beyond all cycles. */
#define RW_OUTAGE_FIRST_STATE (UINT64_C(1) << 61)
/* Slots by which a time's slot may be misjudged, roundings of a long horizon. */
#define RW_OUTAGE_SLACK 0x1p-10

/* No NaN comes here, so it need not be fmin. */
static inline double
rw_outage_least(double a, double b)
{
    return a < b ? a : b;
}

/* k + 1/2, k < 2^51: as the fraction of a number in [2^52, 2^53), which needs no
 * conversion of 64 bits that narrow registers do not have. */
static inline double
rw_outage_half(uint64_t k)
{
    uint64_t bits = k | UINT64_C(0x4330000000000000);
    double x;

    memcpy(&x, &bits, sizeof x);
    return x - (0x1p52 - 0.5);
}

/* A point's level (uniform, of 40 bits) and time within the slot (24 bits). */
static inline double
rw_outage_level(uint64_t word)
{
    return rw_outage_half(word >> 24) * 0x1p-40;
}

static inline double
rw_outage_time(uint64_t word)
{
    return rw_outage_half(word & 0xffffff) * 0x1p-24;
}

/* The cell's first four. */
static inline uint64_t
rw_outage_four(unsigned cycle, unsigned band, uint32_t slot)
{
    return (((uint64_t)cycle << RW_OUTAGE_BAND_BITS | band) << RW_OUTAGE_SLOT_BITS |
               slot)
           << RW_OUTAGE_FOUR_BITS;
}

static inline void
rw_outage_note(struct rw_outage_play *p, double time)
{
    if (p->changes < RW_OUTAGE_NOTED)
        p->when[p->changes] = time;
    p->changes++;
}

/* Some of a list that are played together, side by side. */
enum { RW_OUTAGE_SIDE = 128 };

struct rw_outage_side {
    size_t n;
    unsigned most; /* failures of one, those left out that have too many */
    uint64_t future[RW_OUTAGE_SIDE];
    uint32_t place[RW_OUTAGE_SIDE], many[RW_OUTAGE_SIDE]; /* in the block; failures */
    /* By failure: when, INFINITY beyond the last; and the first finding after the one
     * before, of the first one after `now' */
    double fault[RW_OUTAGE_POINTS + 1][RW_OUTAGE_SIDE];
    double found[RW_OUTAGE_POINTS + 1][RW_OUTAGE_SIDE];
    double now[RW_OUTAGE_SIDE], works[RW_OUTAGE_SIDE], failed[RW_OUTAGE_SIDE];
    double changes[RW_OUTAGE_SIDE];
    double from[RW_OUTAGE_SIDE], middle[RW_OUTAGE_SIDE]; /* works; 1: it does there */
    double when[RW_OUTAGE_NOTED][RW_OUTAGE_SIDE];
};

/* p->found (outage_find.c). */
void rw_outage_find(const struct rw_outage_set *x, struct rw_outage_side *p);

#endif
