/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/trust.h"

#include "num/cpu.h"
#include "num/row.h"
#include "wheel/wheel.h"

#include <string.h>

enum rw_err
rw_trust_init(struct rw_wheel *g)
{
    struct rw_trust *x = &g->trust;
    bool any = g->plans || g->s->deciding.knows == RW_KNOWS_TRUTH;
    size_t guards = any ? g->m->guards.n : 0, sights = any ? g->m->guards.n_sights : 0;
    size_t controls = any ? g->m->n_controls : 0;

    x->has_guard = RW_ARENA_NEW(&g->arena, guards, bool);
    x->has_sight = RW_ARENA_NEW(&g->arena, sights, bool);
    x->has_try = RW_ARENA_NEW(&g->arena, controls, bool);
    x->guard = RW_ARENA_NEW(&g->arena, guards * g->room, double);
    x->sight = RW_ARENA_NEW(&g->arena, sights * g->room, double);
    x->tried = RW_ARENA_NEW(&g->arena, controls * g->room, double);
    return x->has_guard != NULL && x->has_sight != NULL && x->has_try != NULL &&
                   x->guard != NULL && x->sight != NULL && x->tried != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

static void
forget(struct rw_wheel *g)
{
    struct rw_trust *x = &g->trust;

    memset(x->has_guard, 0, g->m->guards.n * sizeof *x->has_guard);
    memset(x->has_sight, 0, g->m->guards.n_sights * sizeof *x->has_sight);
    memset(x->has_try, 0, g->m->n_controls * sizeof *x->has_try);
}

void
rw_trust_hold(struct rw_wheel *g)
{
    forget(g);
    g->trust.held = true;
}

void
rw_trust_release(struct rw_wheel *g)
{
    g->trust.held = false;
}

/* left[] *= 1 - worth by when it operates, (cycles + 1) worths. */
RW_CPU_EACH void
leave_worth_by(size_t n, const uint16_t *restrict since, const double *restrict worth,
    unsigned cycles, double *restrict left)
{
    const uint16_t last = (uint16_t)cycles;

    for (size_t i = 0; i < n; i++)
        left[i] *= 1 - worth[since[i] < last ? since[i] : last];
}
RW_CPU_VARIANTS(void, leave_worth,
    (size_t n, const uint16_t since[], const double worth[], unsigned cycles,
        double left[]),
    (n, since, worth, cycles, left))

RW_CPU_EACH void
leave_alike_by(size_t n, double worth, double *restrict left)
{
    for (size_t i = 0; i < n; i++)
        left[i] *= 1 - worth;
}
RW_CPU_VARIANTS(
    void, leave_alike, (size_t n, double worth, double left[]), (n, worth, left))

/* Of a control whose worth depends on nothing but when it operates. */
static void
leave_by_age(const struct rw_wheel *g, size_t c, double left[])
{
    unsigned cycles = g->m->cycles;
    const double *worth = g->worth + c * (cycles + 1);
    const uint16_t *since = g->since + c * g->room;
    struct rw_row_cycles o = rw_row_cycles(g->w->n, since, 0);

    if (o.first != o.last)
        leave_worth(g->w->n, since, worth, cycles, left);
    else
        leave_alike(g->w->n, worth[o.first < cycles ? o.first : cycles], left);
}

/* Of one that waits for what it requires. */
static void
leave_waiting(const struct rw_wheel *g, size_t c, double left[])
{
    unsigned cycles = g->m->cycles;
    const double *worth = g->worth + c * (cycles + 1);

    for (size_t i = 0; i < g->w->n; i++) {
        unsigned since = rw_deliver_since(g, c, i);

        left[i] *= 1 - worth[since < cycles ? since : cycles];
    }
}

static const double *
guard_of(struct rw_wheel *g, size_t k)
{
    struct rw_trust *x = &g->trust;
    const struct rw_guard *guard = &g->m->guards.all[k];
    double *left = x->guard + k * g->room;

    if (x->has_guard[k])
        return left;
    x->has_guard[k] = true;
    rw_row_fill(g->w->n, 1, left);
    for (size_t j = 0; j < guard->n; j++) {
        size_t c = guard->controls[j];
        const double *row = rw_believe_row(g, c);

        if (row != NULL)
            rw_row_leave(g->w->n, row, left);
        else if (g->m->controls[c].n_requires > 0)
            leave_waiting(g, c, left);
        else
            leave_by_age(g, c, left);
    }
    return left;
}

RW_CPU_EACH void
see_by(size_t n, double p0, const double *restrict v, const double *restrict m,
    const double *restrict r, double *restrict seen)
{
    for (size_t i = 0; i < n; i++)
        seen[i] = p0 + (1 - p0) * (1 - v[i]) * (1 - m[i]) * (1 - r[i]);
}
RW_CPU_VARIANTS(void, see,
    (size_t n, double p0, const double v[], const double m[], const double r[],
        double seen[]),
    (n, p0, v, m, r, seen))

static const double *
sight_of(struct rw_wheel *g, size_t k)
{
    struct rw_trust *x = &g->trust;
    double *seen = x->sight + k * g->room;

    if (!x->has_sight[k])
        see(g->w->n, g->m->guards.sights[k].p0, x->absent[0], x->absent[1],
            x->absent[2], seen);
    x->has_sight[k] = true;
    return seen;
}

void
rw_trust_risk(struct rw_wheel *g, size_t r)
{
    struct rw_trust *x = &g->trust;
    const struct rw_risk *k = &g->m->risks[r];

    if (!x->held)
        forget(g);
    x->survive = guard_of(g, k->guard[RW_GUARD_PREVENT]);
    x->left = guard_of(g, k->guard[RW_GUARD_RESPOND]);
    for (int j = 0; j < 3; j++)
        x->absent[j] = guard_of(g, k->guard[RW_GUARD_SEE + j]);
    x->seen = sight_of(g, k->sight);
}

const double *
rw_trust_try(struct rw_wheel *g, size_t c)
{
    struct rw_trust *x = &g->trust;
    double *row = x->tried + c * g->room;
    const double *effects;
    size_t step;

    if (x->held && x->has_try[c])
        return row;
    effects = rw_believe_try(g, c, &step);
    if (step > 0)
        memcpy(row, effects, g->w->n * sizeof *row);
    else
        rw_row_fill(g->w->n, *effects, row);
    x->has_try[c] = true;
    return row;
}
