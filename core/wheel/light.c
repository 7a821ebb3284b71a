/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/light.h"

#include "num/cpu.h"
#include "num/row.h"
#include "wheel/wheel.h"

#include <string.h>

enum rw_err
rw_light_init(struct rw_wheel *g)
{
    struct rw_light *x = &g->light;
    size_t risks = g->m->n_risks, all = g->m->cycles * risks;

    x->now = RW_ARENA_NEW(&g->arena, risks * g->room, uint32_t);
    x->any = RW_ARENA_NEW(&g->arena, risks, bool);
    x->later = RW_ARENA_NEW(&g->arena, all * g->room, uint32_t);
    x->waits = RW_ARENA_NEW(&g->arena, all, bool);
    return x->now != NULL && x->any != NULL && x->later != NULL && x->waits != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

/* Takes what is there off a row that something may be in. */
static void
empty(bool *any, uint32_t row[], size_t room)
{
    if (*any)
        memset(row, 0, room * sizeof *row);
    *any = false;
}

void
rw_light_begin(struct rw_wheel *g)
{
    struct rw_light *x = &g->light;

    for (size_t r = 0; r < g->m->n_risks; r++)
        empty(&x->any[r], x->now + r * g->room, g->room);
    for (size_t k = 0; k < g->m->cycles * g->m->n_risks; k++)
        empty(&x->waits[k], x->later + k * g->room, g->room);
}

void
rw_light_note(struct rw_wheel *g, size_t r, size_t i, unsigned when)
{
    struct rw_light *x = &g->light;
    size_t k = when * g->m->n_risks + r;

    if (when == g->w->cycle) {
        x->now[r * g->room + i]++;
        x->any[r] = true;
        return;
    }
    x->later[k * g->room + i]++;
    x->waits[k] = true;
}

/* seen <- row, and seen += row */
RW_CPU_EACH void
set_by(size_t n, const uint32_t *restrict row, double *restrict seen)
{
    for (size_t i = 0; i < n; i++)
        seen[i] = row[i];
}
RW_CPU_VARIANTS(
    void, set, (size_t n, const uint32_t row[], double seen[]), (n, row, seen))

RW_CPU_EACH void
count_by(size_t n, const uint32_t *restrict row, double *restrict seen)
{
    for (size_t i = 0; i < n; i++)
        seen[i] += row[i];
}
RW_CPU_VARIANTS(
    void, count, (size_t n, const uint32_t row[], double seen[]), (n, row, seen))

void
rw_light_take(struct rw_wheel *g, size_t r, double seen[])
{
    struct rw_light *x = &g->light;
    size_t k = g->w->cycle * g->m->n_risks + r;

    if (x->any[r])
        set(g->w->n, x->now + r * g->room, seen);
    else
        rw_row_fill(g->w->n, 0, seen);
    if (x->waits[k])
        count(g->w->n, x->later + k * g->room, seen);
    empty(&x->any[r], x->now + r * g->room, g->room);
    empty(&x->waits[k], x->later + k * g->room, g->room);
}
