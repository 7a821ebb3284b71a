/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/ascent_parts.h -- what dealing out and settling have in common.
 *
 * Floor: num.  Threads: as num/ascent.h.
 */
#ifndef RW_NUM_ASCENT_PARTS_H
#define RW_NUM_ASCENT_PARTS_H

#include "num/ascent.h"

/* Numbers that are worth waking others for. */
enum { RW_ASCENT_SHARED = 1 << 15 };

/* The cell of a number, whether it is one of the sample's or not. */
unsigned rw_ascent_cell(const struct rw_ascent *o, double at);

/* The cell's numbers are alike, and nowhere. */
bool rw_ascent_alike(const struct rw_ascent *o, unsigned cell);

/* Deals out the cells that somebody wants and that were not yet. */
void rw_ascent_deal(struct rw_ascent *o, struct rw_team *t);

#endif
