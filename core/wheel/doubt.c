/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

enum rw_err
rw_doubt_init(struct rw_wheel *g)
{
    size_t n = g->plans ? g->m->n_controls * g->room : 0;

    g->doubt.spread = RW_ARENA_NEW(&g->arena, n, double);
    g->doubt.threat = RW_ARENA_NEW(&g->arena, n, double);
    return g->doubt.spread != NULL && g->doubt.threat != NULL ? RW_OK : RW_ERR_MEMORY;
}

void
rw_doubt_begin(struct rw_wheel *g)
{
    size_t bytes = g->m->n_controls * g->room * sizeof *g->doubt.spread;

    memset(g->doubt.spread, 0, bytes);
    memset(g->doubt.threat, 0, bytes);
}

void
rw_doubt_add(struct rw_wheel *g, size_t r, size_t c, const double saved[])
{
    const double *a = g->a + r * g->room;
    double *sum = g->doubt.threat + c * g->room;

    if (g->foresight != NULL)
        return;
    for (size_t i = 0; i < g->w->n; i++)
        sum[i] += saved[i] / sqrt(a[i]);
}

void
rw_doubt_threat(struct rw_wheel *g, size_t c)
{
    double *sum = g->doubt.threat + c * g->room,
           *square = g->doubt.spread + c * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        square[i] += sum[i] * sum[i];
        sum[i] = 0;
    }
}

void
rw_doubt_end(struct rw_wheel *g)
{
    const double *share = g->aware.share;

    for (size_t c = 0; c < g->m->n_controls; c++)
        for (size_t i = 0; i < g->w->n; i++) {
            double *x = &g->doubt.spread[c * g->room + i];

            *x = sqrt(*x) * (share != NULL ? 1 - share[i] : 1);
        }
}
