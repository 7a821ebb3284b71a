/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cpu.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

enum rw_err
rw_doubt_init(struct rw_wheel *g)
{
    size_t n = g->plans ? g->m->n_controls * g->room : 0;

    g->doubt.spread = RW_ARENA_NEW(&g->arena, n, double);
    g->doubt.threat = RW_ARENA_NEW(&g->arena, n, double);
    g->doubt.root = RW_ARENA_NEW(&g->arena, g->plans ? g->room : 0, double);
    g->doubt.touched = RW_ARENA_NEW(&g->arena, g->m->n_controls, bool);
    return g->doubt.spread != NULL && g->doubt.threat != NULL &&
                   g->doubt.root != NULL && g->doubt.touched != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

void
rw_doubt_begin(struct rw_wheel *g)
{
    struct rw_doubt *x = &g->doubt;

    for (size_t c = 0; c < g->m->n_controls; c++)
        if (g->m->controls[c].status == RW_STATUS_CANDIDATE) /* others save nothing */
            memset(x->spread + c * g->room, 0, g->room * sizeof *x->spread);
    x->risk = g->m->n_risks;
}

RW_CPU_EACH void
root_by(size_t n, const double *restrict a, double *restrict root)
{
    for (size_t i = 0; i < n; i++)
        root[i] = sqrt(a[i]);
}
RW_CPU_VARIANTS(void, root, (size_t n, const double a[], double root[]), (n, a, root))

RW_CPU_EACH void
add_by(size_t n, const double *restrict saved, const double *restrict root,
    double *restrict sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += saved[i] / root[i];
}
RW_CPU_VARIANTS(void, add,
    (size_t n, const double saved[], const double root[], double sum[]),
    (n, saved, root, sum))

void
rw_doubt_add(struct rw_wheel *g, size_t r, size_t c, const double saved[])
{
    struct rw_doubt *x = &g->doubt;

    if (g->foresight != NULL)
        return;
    if (x->risk != r) /* one after the other, and all candidates of one together */
        root(g->w->n, g->a + r * g->room, x->root);
    x->risk = r;
    x->touched[c] = true;
    add(g->w->n, saved, x->root, x->threat + c * g->room);
}

RW_CPU_EACH void
square_by(size_t n, double *restrict sum, double *restrict square)
{
    for (size_t i = 0; i < n; i++) {
        square[i] += sum[i] * sum[i];
        sum[i] = 0;
    }
}
RW_CPU_VARIANTS(void, square, (size_t n, double sum[], double of[]), (n, sum, of))

void
rw_doubt_threat(struct rw_wheel *g, size_t c)
{
    struct rw_doubt *x = &g->doubt;

    if (x->touched[c]) /* else its sum is 0, as it is between plans */
        square(g->w->n, x->threat + c * g->room, x->spread + c * g->room);
    x->touched[c] = false;
}

RW_CPU_EACH void
end_by(size_t n, const double *restrict share, double *restrict spread)
{
    if (share == NULL)
        for (size_t i = 0; i < n; i++)
            spread[i] = sqrt(spread[i]);
    else
        for (size_t i = 0; i < n; i++)
            spread[i] = sqrt(spread[i]) * (1 - share[i]);
}
RW_CPU_VARIANTS(
    void, end, (size_t n, const double share[], double spread[]), (n, share, spread))

void
rw_doubt_end(struct rw_wheel *g)
{
    for (size_t c = 0; c < g->m->n_controls; c++)
        if (g->m->controls[c].status == RW_STATUS_CANDIDATE)
            end(g->w->n, g->aware.share, g->doubt.spread + c * g->room);
}
