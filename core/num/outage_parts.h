/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/outage_parts.h -- how the points of num/outage.h lie in cells; private to
 * outage*.c.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_OUTAGE_PARTS_H
#define RW_NUM_OUTAGE_PARTS_H

#include "num/outage.h"

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
/* Slots by which a time's slot may be misjudged, roundings of a long horizon. */
#define RW_OUTAGE_SLACK 0x1p-10

/* No NaN comes here, so it need not be fmin. */
static inline double
rw_outage_least(double a, double b)
{
    return a < b ? a : b;
}

/* A point's level (uniform, of 40 bits) and time within the slot (24 bits). */
static inline double
rw_outage_level(uint64_t word)
{
    return ((double)(int64_t)(word >> 24) + 0.5) * 0x1p-40;
}

static inline double
rw_outage_time(uint64_t word)
{
    return ((double)(int64_t)(word & 0xffffff) + 0.5) * 0x1p-24;
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

/* The cycle's first failure, its first four given; its next finding by chance. */
double rw_outage_fault_given(const struct rw_outage *x, const uint64_t words[4]);
double rw_outage_finding(const struct rw_outage *x, double after);

#endif
