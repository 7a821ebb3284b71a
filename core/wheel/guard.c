/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/guard.h"

#include "num/cpu.h"
#include "num/row.h"
#include "wheel/wheel.h"

#include <string.h>

enum rw_err
rw_guard_init(struct rw_wheel *g)
{
    struct rw_guarding *x = &g->guards;
    size_t n = g->m->guards.n;

    x->left = RW_ARENA_NEW(&g->arena, n * g->room, double);
    x->worst = RW_ARENA_NEW(&g->arena, n * g->room, double);
    x->seen = RW_ARENA_NEW(&g->arena, g->m->guards.n_sights * g->room, double);
    x->changes = RW_ARENA_NEW(&g->arena, n * g->room, uint8_t);
    x->changing = RW_ARENA_NEW(&g->arena, n, bool);
    x->bare = RW_ARENA_NEW(&g->arena, n, bool);
    return x->left != NULL && x->worst != NULL && x->seen != NULL &&
                   x->changes != NULL && x->changing != NULL && x->bare != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

RW_CPU_EACH void
see_by(size_t n, double p0, const double *restrict v, const double *restrict m,
    const double *restrict r, double *restrict seen)
{
    for (size_t i = 0; i < n; i++) {
        double all = (1 - v[i]) * (1 - m[i]) * (1 - r[i]);

        seen[i] = p0 + (1 - p0) * all;
    }
}
RW_CPU_VARIANTS(void, see,
    (size_t n, double p0, const double v[], const double m[], const double r[],
        double seen[]),
    (n, p0, v, m, r, seen))

static void
look(struct rw_wheel *g, const struct rw_sight *s, double seen[])
{
    const double *left = g->guards.left;

    if (s->constant)
        rw_row_fill(g->w->n, s->p0, seen);
    else
        see(g->w->n, s->p0, left + s->guard[0] * g->room, left + s->guard[1] * g->room,
            left + s->guard[2] * g->room, seen);
}

void
rw_guard_stand(struct rw_wheel *g)
{
    const struct rw_guards *all = &g->m->guards;

    for (size_t k = 0; k < all->n; k++) {
        double *left = g->guards.left + k * g->room;

        rw_row_fill(g->w->n, 1, left);
        for (size_t j = 0; j < all->all[k].n; j++) {
            size_t c = all->all[k].controls[j];

            if (!rw_wheel_absent(g, c))
                rw_row_leave(g->w->n, g->stands + c * g->room, left);
        }
    }
    for (size_t k = 0; k < all->n_sights; k++)
        look(g, &all->sights[k], g->guards.seen + k * g->room);
}

RW_CPU_EACH void
leave_worst_by(size_t n, const uint8_t *restrict changes, const double *restrict weak,
    const double *restrict stands, double *restrict worst)
{
    for (size_t i = 0; i < n; i++) {
        double least = changes[i] > 0 ? weak[i] : stands[i];

        worst[i] *= 1 - least;
    }
}
RW_CPU_VARIANTS(void, leave_worst,
    (size_t n, const uint8_t changes[], const double weak[], const double stands[],
        double worst[]),
    (n, changes, weak, stands, worst))

static void
set_worst(struct rw_wheel *g, const struct rw_guard *x, double worst[])
{
    rw_row_fill(g->w->n, 1, worst);
    for (size_t j = 0; j < x->n; j++) {
        size_t at = x->controls[j] * g->room;

        if (rw_wheel_absent(g, x->controls[j]))
            continue;
        if (g->changing[x->controls[j]])
            leave_worst(g->w->n, g->changes + at, g->weak + at, g->stands + at, worst);
        else
            rw_row_leave(g->w->n, g->stands + at, worst);
    }
}

/* Whether any of the guard's controls changes, and where; whether any stands. */
static void
change(struct rw_wheel *g, size_t k)
{
    struct rw_guarding *x = &g->guards;
    const struct rw_guard *guard = &g->m->guards.all[k];
    uint8_t *changes = x->changes + k * g->room;
    bool present = false;

    x->changing[k] = false;
    memset(changes, 0, g->w->n);
    for (size_t j = 0; j < guard->n; j++) {
        size_t c = guard->controls[j];

        present |= !rw_wheel_absent(g, c);
        if (!g->changing[c])
            continue;
        x->changing[k] = true;
        rw_row_or(g->w->n, g->changes + c * g->room, changes);
    }
    x->bare[k] = !present || !rw_row_below(g->w->n, x->left + k * g->room, 1);
}

void
rw_guard_change(struct rw_wheel *g)
{
    const struct rw_guards *all = &g->m->guards;

    for (size_t k = 0; k < all->n; k++) {
        change(g, k);
        if (g->guards.changing[k])
            set_worst(g, &all->all[k], g->guards.worst + k * g->room);
    }
}

const double *
rw_guard_survive(const struct rw_wheel *g, size_t r)
{
    return g->guards.left + g->m->risks[r].guard[RW_GUARD_PREVENT] * g->room;
}

const double *
rw_guard_most(const struct rw_wheel *g, size_t r)
{
    size_t k = g->m->risks[r].guard[RW_GUARD_PREVENT];

    return (g->guards.changing[k] ? g->guards.worst : g->guards.left) + k * g->room;
}

const double *
rw_guard_seen(const struct rw_wheel *g, size_t r)
{
    return g->guards.seen + g->m->risks[r].sight * g->room;
}

const double *
rw_guard_left(const struct rw_wheel *g, size_t r)
{
    return g->guards.left + g->m->risks[r].guard[RW_GUARD_RESPOND] * g->room;
}

bool
rw_guard_mixed(const struct rw_wheel *g, size_t r, uint8_t mixed[])
{
    bool any = false;

    memset(mixed, 0, g->w->n);
    for (int p = 0; p < RW_GUARD_PARTS; p++) {
        size_t k = g->m->risks[r].guard[p];

        if (!g->guards.changing[k])
            continue;
        rw_row_or(g->w->n, g->guards.changes + k * g->room, mixed);
        any = true;
    }
    return any;
}

bool
rw_guard_bare(const struct rw_wheel *g, size_t r)
{
    const size_t *guard = g->m->risks[r].guard;

    return g->guards.bare[guard[RW_GUARD_PREVENT]] &&
           g->guards.bare[guard[RW_GUARD_RESPOND]];
}
