/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/values.h -- numbers that stand somewhere, or are made, a chunk at a time, by
 * whoever looks at them: what is looked at but a few times needs no memory.
 *
 * Floor: num.  Threads: pure, as long as make is.
 */
#ifndef RW_NUM_VALUES_H
#define RW_NUM_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { RW_VALUES_CHUNK = 1024 };

struct rw_values {
    size_t n;
    const double *x; /* (n); NULL: they are made */
    /* out <- the n numbers of the chunk, always the same; n <= RW_VALUES_CHUNK.  NULL
     * beside x: all are 0, and nobody need look */
    void (*make)(const void *self, size_t chunk, size_t n, double out[]);
    const void *self;
};

/* x: NULL: zeros. */
static inline struct rw_values
rw_values_array(const double x[], size_t n)
{
    return (struct rw_values){.n = n, .x = x};
}

static inline bool
rw_values_zero(const struct rw_values *v)
{
    return v->x == NULL && v->make == NULL;
}

static inline size_t
rw_values_chunks(const struct rw_values *v)
{
    return (v->n + RW_VALUES_CHUNK - 1) / RW_VALUES_CHUNK;
}

/* Of one of them; the last may be shorter. */
static inline size_t
rw_values_length(const struct rw_values *v, size_t chunk)
{
    size_t left = v->n - chunk * RW_VALUES_CHUNK;

    return left < RW_VALUES_CHUNK ? left : RW_VALUES_CHUNK;
}

/* Its numbers: where they stand, or in room (RW_VALUES_CHUNK). */
static inline const double *
rw_values_look(const struct rw_values *v, size_t chunk, double room[])
{
    size_t n = rw_values_length(v, chunk);

    if (v->x != NULL)
        return v->x + chunk * RW_VALUES_CHUNK;
    if (v->make != NULL)
        v->make(v->self, chunk, n, room);
    else
        memset(room, 0, n * sizeof *room);
    return room;
}

#endif
