/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/strike.h -- what the files that let events strike share.
 *
 * Floor: wheel.  Threads: pure.
 */
#ifndef RW_WHEEL_STRIKE_H
#define RW_WHEEL_STRIKE_H

#include "wheel/wheel.h"

/* A strategy's rows of the risk at hand, so that the loop over events looks
 * up nothing. */
struct rw_strike_rows {
    struct rw_wheel *g;
    const double *survive, *seen, *left;
    const uint8_t *mixed;
    double *incidents, *loss, *forms;
    double *largest; /* of this year */
    double *whole;   /* of the events' costs so far; NULL: this risk's are all */
    uint32_t
        *now; /* incidents that come to light in this cycle, and whether any does */
    bool *any;
    bool plain;     /* nothing changes, everything is seen at once */
    bool untouched; /* plain, and no control stands */
};

/* An event of one risk while it is looked at; its level and fate are drawn at
 * the first need. */
struct rw_blow {
    const struct rw_event *v;
    size_t source, risk;
    uint64_t fate_lane;
    bool has_level, has_fate;
    double level;
    const double *four; /* of its fate, where it was drawn with the others' */
    struct rw_fate fate;
};

/* Whether it is among the share that the controls let through. */
static inline bool
rw_blow_passes(struct rw_blow *b, const struct rw_world *w, double survive)
{
    if (survive >= 1)
        return true;
    if (!b->has_level)
        b->level = rw_world_level(w, b->source, b->v);
    b->has_level = true;
    return b->level < survive;
}

static inline void
rw_blow_fate(struct rw_blow *b, const struct rw_world *w)
{
    if (!b->has_fate)
        b->fate = b->four != NULL ? rw_world_fate_of(b->v, b->four)
                                  : rw_world_fate_in(w, b->fate_lane, b->v);
    b->has_fate = true;
}

/* Draws the fates of the listed events, once a list, if nearly all of them will be asked
 * for. */
void rw_strike_fates(struct rw_strike *x, const struct rw_world *w, size_t threat);

/* Those of risk r; whole is NULL. */
struct rw_strike_rows rw_strike_rows_of(struct rw_wheel *g, size_t r);

/* strike_bare.c: the events of a source that no control of any strategy stands against,
 * if they need no list; false: strike them one by one. */
bool rw_strike_bare(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[],
    size_t n, size_t source);

#endif
