/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/column.h"

enum { CHUNK = RW_VALUES_CHUNK, CHUNKS = RW_ASCENT_PART / CHUNK /* in a part */ };

struct pass {
    const struct rw_values *v;
    struct rw_ascent *order;
    struct rw_moments *chunk;
};

static void
measure(void *self, size_t part)
{
    struct pass *p = self;
    size_t chunks = rw_values_chunks(p->v), end = (part + 1) * CHUNKS;
    double room[CHUNK];

    for (size_t k = part * CHUNKS; k < (end < chunks ? end : chunks); k++) {
        const double *x = rw_values_look(p->v, k, room);

        p->chunk[k] = rw_moments_array(x, rw_values_length(p->v, k));
        if (p->order != NULL)
            rw_ascent_note(p->order, k, x);
    }
}

struct rw_moments
rw_column_moments(const struct rw_values *v, double room[], struct rw_ascent *order,
    struct rw_team *t)
{
    size_t chunks = rw_values_chunks(v);
    struct rw_moments few[CHUNKS], m = {0};
    struct pass p = {v, order, few};

    if (rw_values_zero(v)) /* no order looks either */
        return rw_moments_constant(0, v->n);
    if (chunks > CHUNKS)
        p.chunk = (struct rw_moments *)(void *)room;
    rw_team_do(t, (chunks + CHUNKS - 1) / CHUNKS, measure, &p);
    for (size_t k = 0; k < chunks; k++)
        rw_moments_join(&m, &p.chunk[k]);
    return m;
}
