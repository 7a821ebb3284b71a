/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/world/cascade.h -- descendants that wait for their cycle; private to
 * world.
 *
 * Memory: 24 bytes for each descendant of the block's futures that falls into
 * the present cycle or was born and still waits.
 *
 * Floor: world.  Threads: part of one world.
 */
#ifndef RW_WORLD_CASCADE_H
#define RW_WORLD_CASCADE_H

#include "world/world.h"

struct rw_descendant {
    uint32_t future, number;
    double time; /* cycles from the start of the horizon */
    double level;
};

/* Of one source.  Ordered by birth. */
struct rw_cascade {
    struct rw_descendant *v;
    size_t n, room;
    uint32_t *born; /* (room of the world) so far, by future */
};

/* Room for the sources that need it; fini also after an error. */
RW_MUST_CHECK enum rw_err rw_world_cascade_init(struct rw_world *w);
void rw_world_cascade_fini(struct rw_world *w);

#endif
