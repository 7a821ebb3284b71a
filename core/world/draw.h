/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/world/draw.h -- where an event's draws stand; private to world.
 *
 * The words of a cycle start at cycle << 32, so a cycle has 2^32 of each
 * kind.  Descendants (cascade.c) are numbered through a future's whole
 * horizon and have the words of a cycle that no horizon reaches.
 *
 * Floor: world.  Threads: pure.
 */
#ifndef RW_WORLD_DRAW_H
#define RW_WORLD_DRAW_H

#include "world/world.h"

enum { RW_WORLD_NO_CYCLE = 4096 };

static inline uint64_t
rw_world_word(uint64_t cycle, uint64_t index)
{
    return (cycle << 32) + index;
}

/* The first of `per_event` words of an event of the present cycle. */
static inline uint64_t
rw_world_event_word(
    const struct rw_world *w, const struct rw_event *v, unsigned per_event)
{
    if (v->k & RW_EVENT_DESCENDANT)
        return rw_world_word(
            RW_WORLD_NO_CYCLE, (uint64_t)(v->k ^ RW_EVENT_DESCENDANT) * per_event);
    return rw_world_word(w->cycle, (uint64_t)v->k * per_event);
}

static inline void
rw_world_four(
    const struct rw_world *w, uint64_t lane, size_t future, uint64_t quad, double u[4])
{
    rw_stream_quad((struct rw_stream){w->seed, lane}, w->first + future, quad, u);
}

/* intensity.c: the threat's row of factor *= its uncertain loss_factor over the
 * mean, which the scales have. */
void rw_world_size(struct rw_world *w, size_t threat);

/* events.c: words[j][e] <- uniform j of event e. */
void rw_world_words(const struct rw_world *w, uint64_t lane, size_t n,
    const struct rw_event v[], unsigned per_event);

/* A hair above the bound, so that the strategies alone decide. */
static inline double
rw_world_above(double bound)
{
    return bound * (1 + 0x1p-40);
}

/* ---- gather.c: what a threat's plugin reads and says by asset ---- */

/* Room for the assets of every threat with a plugin.  False: no memory. */
bool rw_world_gather_new(struct rw_world *w);
void rw_world_gather_free(struct rw_world *w);
/* Items of the call, and sums among its fields, which must be fresh. */
void rw_world_gather(struct rw_world *w, size_t threat, struct rw_hook_call *call);
/* The row of a result (RW_ASSET_FREQUENCY, ...) of the source's asset, if the call that
 * was made last, of its threat, assigned it. */
const double *rw_world_gathered(
    const struct rw_world *w, size_t source, size_t field, const double *otherwise);

/* An empty list; whole: nothing but whole futures' events will come. */
static inline void
rw_world_list_begin(struct rw_event_list *list, bool whole)
{
    list->n = list->n_fours = 0;
    list->whole = whole;
}

/* The next future of a cursor. */
static inline void
rw_world_next(struct rw_event_cursor *at)
{
    at->next++;
    at->k = 0;
    at->sum = 0;
}

/* ---- points.c ---- */

/* Room in the block for numbers and levels.  False: no memory. */
bool rw_numbers_new(struct rw_numbers *p, size_t room);
void rw_numbers_free(struct rw_numbers *p);

/* Numbers of events of the present cycle, by rate (n), which must stay. */
void rw_numbers_draw(struct rw_world *w, uint64_t lane, const double rate[]);
/* The same without a list of who has some. */
void rw_numbers_row(struct rw_world *w, uint64_t lane, const double rate[]);
/* Appends those whose level may be below the bound; fate_lane: as for
 * rw_numbers_level, which is asked only where a bound is below 1. */
void rw_numbers_list(struct rw_world *w, uint64_t lane, uint64_t fate_lane,
    struct rw_event_cursor *at, struct rw_event_list *list);
/* v_k of an event of those drawn last that has none yet. */
double rw_numbers_level(
    const struct rw_world *w, uint64_t fate_lane, const struct rw_event *v);

/* The events of a Poisson source, or the immigrants of one that excites
 * itself; as rw_world_events. */
void rw_world_points_begin(struct rw_world *w, size_t source, const double bound[],
    struct rw_event_cursor *at);
void rw_world_points(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list);

/* ranks.c: room.  False: no memory. */
bool rw_world_ranks_new(struct rw_world *w);
void rw_world_ranks_free(struct rw_world *w);

/* chances.c: those of a law of n chances a year. */
void rw_world_chances(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list);

/* cascade.c: makes the descendants that fall into the present cycle, after
 * its rates are set; lists them behind the immigrants. */
RW_MUST_CHECK enum rw_err rw_world_excite(
    struct rw_world *w, size_t source, struct rw_error *e);
void rw_world_descendants(
    const struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list);

#endif
