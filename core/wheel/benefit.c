/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each control takes off the residual risk: cycle and horizon, and what is told. */
#include "wheel/benefit.h"

#include "num/cpu.h"
#include "num/legendre.h"
#include "num/row.h"
#include "wheel/wheel.h"

#include <string.h>

enum { TILE = RW_BENEFIT_TILE };

static size_t
most_controls(const struct rw_model *m)
{
    size_t most = 1;

    for (size_t r = 0; r < m->n_risks; r++) {
        size_t n = 0;

        for (int f = 0; f < RW_FUNCTIONS; f++)
            n += m->risks[r].n_controls[f];
        most = n > most ? n : most;
    }
    return most;
}

/* Nodes of all rules that may be asked for, those of n at n (n - 1) / 2; room for what
 * is worked out at those of one. */
static enum rw_err
make_nodes(struct rw_benefit *x, const struct rw_model *m, struct rw_arena *a)
{
    size_t most = (most_controls(m) + 1) / 2;

    x->node = RW_ARENA_NEW(a, most * (most + 1) / 2, double);
    x->weight = RW_ARENA_NEW(a, most * (most + 1) / 2, double);
    x->before = rw_arena_alloc(a, most * m->n_controls, sizeof *x->before);
    x->rest = rw_arena_alloc(a, most * RW_GUARD_PARTS, sizeof *x->rest);
    if (x->node == NULL || x->weight == NULL || x->before == NULL || x->rest == NULL)
        return RW_ERR_MEMORY;
    for (size_t n = 1; n <= most; n++) {
        size_t at = n * (n - 1) / 2;

        if (rw_legendre_nodes(n, x->node + at, x->weight + at) != RW_OK)
            return RW_ERR_MEMORY;
    }
    return RW_OK;
}

enum rw_err
rw_benefit_init(struct rw_wheel *g)
{
    struct rw_benefit *x = &g->benefits;
    size_t n = g->m->n_controls;

    x->on = rw_benefit_told(g->m, g->s);
    if (!x->on)
        return RW_OK;
    x->now = RW_ARENA_NEW(&g->arena, n * g->room, double);
    x->sum = RW_ARENA_NEW(&g->arena, n * g->room, double);
    x->all = RW_ARENA_NEW(&g->arena, g->room, double);
    x->in_all = RW_ARENA_NEW(&g->arena, g->room, double);
    x->apart = RW_ARENA_NEW(&g->arena, n, size_t);
    x->x = RW_ARENA_NEW(&g->arena, n, double);
    x->tiles = (g->room + TILE - 1) / TILE;
    x->differs = RW_ARENA_NEW(&g->arena, n * x->tiles, bool);
    x->some = RW_ARENA_NEW(&g->arena, n, bool);
    return x->now == NULL || x->sum == NULL || x->all == NULL || x->in_all == NULL ||
                   x->apart == NULL || x->x == NULL || x->differs == NULL ||
                   x->some == NULL
               ? RW_ERR_MEMORY
               : make_nodes(x, g->m, &g->arena);
}

const double *
rw_benefit_nodes(const struct rw_benefit *x, size_t n)
{
    return n > 0 ? x->node + n * (n - 1) / 2 : x->node;
}

const double *
rw_benefit_weights(const struct rw_benefit *x, size_t n)
{
    return n > 0 ? x->weight + n * (n - 1) / 2 : x->weight;
}

void
rw_benefit_begin(struct rw_wheel *g)
{
    struct rw_benefit *x = &g->benefits;

    if (!x->on)
        return;
    memset(x->sum, 0, g->m->n_controls * g->room * sizeof *x->sum);
    memset(x->now, 0, g->m->n_controls * g->room * sizeof *x->now);
    memset(x->some, 0, g->m->n_controls * sizeof *x->some);
    memset(x->in_all, 0, g->room * sizeof *x->in_all);
}

/* In which tiles each control stands apart in any future, once for all risks; the others'
 * rows of now are 0, and stay so. */
static void
set_differs(struct rw_wheel *g, const struct rw_wheel *nothing)
{
    struct rw_benefit *b = &g->benefits;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        bool absent = rw_wheel_absent(g, c) && rw_wheel_absent(nothing, c);

        if (b->some[c])
            memset(b->now + c * g->room, 0, g->room * sizeof *b->now);
        b->some[c] = false;
        for (size_t i = 0; i < g->w->n; i += TILE) {
            size_t n = g->w->n - i < TILE ? g->w->n - i : TILE, at = c * g->room + i;
            bool differs = !absent && memcmp(g->stands + at, nothing->stands + at,
                                          n * sizeof *g->stands) != 0;

            b->differs[c * b->tiles + i / TILE] = differs;
            b->some[c] |= differs;
        }
    }
}

RW_CPU_EACH void
add_years_by(size_t n, double years, const double *restrict now, double *restrict sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += now[i] * years;
}
RW_CPU_VARIANTS(void, add_years,
    (size_t n, double years, const double now[], double sum[]), (n, years, now, sum))

void
rw_benefit_cycle(struct rw_wheel *g, const struct rw_wheel *nothing)
{
    struct rw_benefit *x = &g->benefits;
    size_t n = g->w->n;

    if (!x->on)
        return;
    set_differs(g, nothing);
    rw_benefit_walk(g, nothing);
    for (size_t i = 0; i < n; i++) {
        x->all[i] = nothing->acc.residual[i] - g->acc.residual[i];
        x->in_all[i] += x->all[i] * g->m->years;
    }
    for (size_t c = 0; c < g->m->n_controls; c++)
        if (x->some[c])
            add_years(n, g->m->years, x->now + c * g->room, x->sum + c * g->room);
}

/* ---- what is told ---- */

bool
rw_benefit_told(const struct rw_model *m, const struct rw_strategy *s)
{
    return m->benefit && !s->idle && s->twin == RW_TWIN_NONE;
}

size_t
rw_benefit_rows(const struct rw_model *m)
{
    return 1 + m->n_controls + RW_BENEFIT_GROUPS;
}

double
rw_benefit_share(const struct rw_control *x, size_t group)
{
    size_t principle = group - RW_PILLARS;

    if (group < RW_PILLARS)
        return x->pillar == (enum rw_pillar)group;
    if (principle == RW_PRINCIPLES)
        return x->principles == 0;
    return x->principles >> principle & 1u ? 1.0 / __builtin_popcount(x->principles)
                                           : 0;
}

RW_CPU_EACH void
add_share_by(size_t n, double share, const double *restrict row, double *restrict group)
{
    for (size_t i = 0; i < n; i++)
        group[i] += share * row[i];
}
RW_CPU_VARIANTS(void, add_share,
    (size_t n, double share, const double row[], double group[]),
    (n, share, row, group))

/* at <- moments of all[], of the controls' rows[], and of the groups; some[c] false: its
 * row is 0, NULL: none need be. */
static void
note(const struct rw_wheel *g, const double all[], const double rows[],
    const bool some[], double group[], struct rw_moments at[])
{
    size_t n = g->w->n;
    struct rw_moments_batch b = {.n = n};

    rw_moments_add(&b, all, at++);
    for (size_t c = 0; c < g->m->n_controls; c++, at++)
        if (some == NULL || some[c])
            rw_moments_add(&b, rows + c * g->room, at);
        else
            *at = rw_moments_constant(0, n);
    rw_moments_flush(&b);
    for (size_t k = 0; k < RW_BENEFIT_GROUPS; k++) {
        bool any = false;

        for (size_t c = 0; c < g->m->n_controls; c++) {
            double share = rw_benefit_share(&g->m->controls[c], k);

            if (share <= 0 || (some != NULL && !some[c]))
                continue;
            if (!any)
                rw_row_fill(n, 0, group);
            add_share(n, share, rows + c * g->room, group);
            any = true;
        }
        *at++ = any ? rw_moments_array(group, n) : rw_moments_constant(0, n);
    }
}

void
rw_benefit_note_cycle(const struct rw_wheel *g, double rows[], struct rw_moments at[])
{
    const struct rw_benefit *x = &g->benefits;

    if (x->on)
        note(g, x->all, x->now, x->some, rows, at);
}

void
rw_benefit_note_horizon(const struct rw_wheel *g, const struct rw_wheel *nothing,
    double rows[], struct rw_moments benefit[], struct rw_moments spend[],
    struct rw_moments net[])
{
    const struct rw_benefit *x = &g->benefits;
    double *group = rows, *all = rows + g->room, *row = rows + 2 * g->room;
    size_t n = g->w->n, controls = g->m->n_controls;

    if (!x->on)
        return;
    note(g, x->in_all, x->sum, NULL, group, benefit);
    memset(all, 0, n * sizeof *all);
    for (size_t c = 0; c < controls; c++)
        for (size_t i = 0; i < n; i++) {
            size_t at = c * g->room + i;

            row[at] = g->acc.control_spend[at] - nothing->acc.control_spend[at];
            all[i] += row[at];
        }
    note(g, all, row, NULL, group, spend);
    for (size_t i = 0; i < n; i++)
        all[i] = x->in_all[i] - all[i];
    for (size_t c = 0; c < controls; c++)
        for (size_t at = c * g->room; at < c * g->room + n; at++)
            row[at] = x->sum[at] - row[at];
    note(g, all, row, NULL, group, net);
}
