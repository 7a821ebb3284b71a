/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each control takes off the residual risk: the line from "nothing" to the
 * strategy, and what is told. */
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

/* Nodes of all rules that may be asked for, those of n at n (n - 1) / 2. */
static enum rw_err
make_nodes(struct rw_benefit *x, const struct rw_model *m, struct rw_arena *a)
{
    size_t most = (most_controls(m) + 1) / 2;

    x->node = RW_ARENA_NEW(a, most * (most + 1) / 2, double);
    x->weight = RW_ARENA_NEW(a, most * (most + 1) / 2, double);
    if (x->node == NULL || x->weight == NULL)
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
    x->before = rw_arena_alloc(&g->arena, n, sizeof *x->before);
    x->tiles = (g->room + TILE - 1) / TILE;
    x->differs = RW_ARENA_NEW(&g->arena, n * x->tiles, bool);
    x->some = RW_ARENA_NEW(&g->arena, n, bool);
    return x->now == NULL || x->sum == NULL || x->all == NULL || x->in_all == NULL ||
                   x->apart == NULL || x->x == NULL || x->before == NULL ||
                   x->differs == NULL || x->some == NULL
               ? RW_ERR_MEMORY
               : make_nodes(x, g->m, &g->arena);
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

/* ---- the line ---- */

/* What a control's function acts on; R is a product over the controls of each. */
enum part { PREVENT, SEE, REVIEW, RECOGNISE, RESPOND, PARTS };

static const struct {
    enum rw_function first, last;
} functions[PARTS] = {
    {RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE},
    {RW_FUNCTION_VISIBILITY, RW_FUNCTION_VISIBILITY},
    {RW_FUNCTION_MONITORING, RW_FUNCTION_MONITORING},
    {RW_FUNCTION_RECOGNITION, RW_FUNCTION_RECOGNITION},
    {RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION},
};

/* Some futures of one risk. */
struct tile {
    struct rw_wheel *g;
    const struct rw_wheel *nothing;
    const struct rw_risk *risk;
    size_t i, n;                /* first future, how many */
    double p0;                  /* chance that an event is seen without controls */
    size_t from[PARTS + 1];     /* where a part begins in the list of those apart */
    double alike[PARTS][TILE];  /* prod (1 - x) of the others */
    double absent[PARTS][TILE]; /* of all, at a point of the line */
    double rest[PARTS][TILE];   /* what R is but for that product, per event */
    double money[TILE];         /* of the risk without controls, a year */
};

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

/* Sorts out which controls of a part stand apart in any future of the tile. */
RW_CPU_EACH void
sort_out(struct tile *t, enum part p)
{
    const struct rw_benefit *b = &t->g->benefits;
    double *restrict alike = t->alike[p];
    size_t *apart = b->apart, n = t->from[p];

    for (size_t i = 0; i < t->n; i++)
        alike[i] = 1;
    for (int f = (int)functions[p].first; f <= (int)functions[p].last; f++)
        for (size_t k = 0; k < t->risk->n_controls[f]; k++) {
            size_t c = t->risk->controls[f][k];
            const double *restrict x = t->g->stands + c * t->g->room + t->i;

            if (b->differs[c * b->tiles + t->i / TILE])
                apart[n++] = c;
            else if (!rw_wheel_absent(t->g, c))
                for (size_t i = 0; i < t->n; i++)
                    alike[i] *= 1 - x[i];
        }
    t->from[p + 1] = n;
}

/* How a control stands at u of the way. */
static inline double
on_line(double y, double x, double u)
{
    return y + u * (x - y);
}

/* before <- the products up to each control that is apart; absent <- of all. */
RW_CPU_EACH void
multiply(struct tile *t, enum part p, double u)
{
    const struct rw_benefit *b = &t->g->benefits;
    double *restrict absent = t->absent[p];

    memcpy(absent, t->alike[p], t->n * sizeof *absent);
    for (size_t k = t->from[p]; k < t->from[p + 1]; k++) {
        size_t at = b->apart[k] * t->g->room + t->i;
        const double *restrict x = t->g->stands + at;
        const double *restrict y = t->nothing->stands + at;
        double *restrict before = b->before[k];

        for (size_t i = 0; i < t->n; i++) {
            before[i] = absent[i];
            absent[i] *= 1 - on_line(y[i], x[i], u);
        }
    }
}

/* Of R = rate money survive (1 - seen (1 - left)), seen = p0 + (1 - p0) V M R, the
 * derivative by each part's product, per event and unit of money. */
RW_CPU_EACH void
set_rests(struct tile *restrict t)
{
    const double p0 = t->p0;

    for (size_t i = 0; i < t->n; i++) {
        double v = 1 - t->absent[SEE][i], m = 1 - t->absent[REVIEW][i];
        double r = 1 - t->absent[RECOGNISE][i], seen = p0 + (1 - p0) * v * m * r;
        double survive = t->absent[PREVENT][i], saved = 1 - t->absent[RESPOND][i];

        t->rest[PREVENT][i] = 1 - seen * saved;
        t->rest[SEE][i] = survive * saved * (1 - p0) * m * r;
        t->rest[REVIEW][i] = survive * saved * (1 - p0) * v * r;
        t->rest[RECOGNISE][i] = survive * saved * (1 - p0) * v * m;
        t->rest[RESPOND][i] = survive * seen;
    }
}

/* now += the weighed derivatives of the controls of a part. */
RW_CPU_EACH void
derive(struct tile *t, enum part p, double u, double weight)
{
    const struct rw_benefit *b = &t->g->benefits;
    double after[TILE];

    if (t->from[p] == t->from[p + 1])
        return;
    for (size_t i = 0; i < t->n; i++)
        after[i] = weight * t->money[i] * t->rest[p][i];
    for (size_t k = t->from[p + 1]; k-- > t->from[p];) {
        size_t at = b->apart[k] * t->g->room + t->i;
        const double *restrict x = t->g->stands + at;
        const double *restrict y = t->nothing->stands + at;
        const double *restrict before = b->before[k];
        double *restrict now = b->now + at;

        for (size_t i = 0; i < t->n; i++) {
            now[i] += (x[i] - y[i]) * before[i] * after[i];
            after[i] *= 1 - on_line(y[i], x[i], u);
        }
    }
}

RW_CPU_EACH void
walk_by(struct tile *t)
{
    const struct rw_benefit *b = &t->g->benefits;
    size_t n;

    t->from[0] = 0;
    for (enum part p = 0; p < PARTS; p++)
        sort_out(t, p);
    n = (t->from[PARTS] + 1) / 2;
    for (size_t k = 0; k < n; k++) {
        double u = b->node[n * (n - 1) / 2 + k];

        for (enum part p = 0; p < PARTS; p++)
            multiply(t, p, u);
        set_rests(t);
        for (enum part p = 0; p < PARTS; p++)
            derive(t, p, u, b->weight[n * (n - 1) / 2 + k]);
    }
}
RW_CPU_VARIANTS(void, walk, (struct tile * t), (t))

void
rw_benefit_by_line(struct rw_wheel *g, const struct rw_wheel *nothing, size_t r)
{
    const struct rw_world *w = g->w;
    const struct rw_risk *x = &g->m->risks[r];
    const double *raw = rw_world_expected(g->w, x->source);
    const double *factor = w->factor + x->threat * w->room;
    const double *brought = w->brought + x->threat * w->room;
    bool shocked = g->m->threats[x->threat].shocked;
    struct tile t;

    t.g = g;
    t.nothing = nothing;
    t.risk = x;
    t.p0 = g->m->threats[x->threat].seen_probability;

    for (t.i = 0; t.i < w->n; t.i += TILE) {
        t.n = w->n - t.i < TILE ? w->n - t.i : TILE;
        for (size_t k = 0; k < t.n; k++) {
            size_t i = t.i + k;

            t.money[k] = (raw[i] * g->m->per_year + (shocked ? brought[i] : 0)) *
                         x->mean_loss * factor[i];
        }
        walk(&t);
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
    for (size_t r = 0; r < g->m->n_risks; r++)
        if (g->m->risks[r].staged != NULL || g->m->risks[r].cover != NULL)
            rw_benefit_by_order(g, nothing, r);
        else
            rw_benefit_by_line(g, nothing, r);
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

    *at++ = rw_moments_array(all, n);
    for (size_t c = 0; c < g->m->n_controls; c++)
        *at++ = some == NULL || some[c] ? rw_moments_array(rows + c * g->room, n)
                                        : rw_moments_constant(0, n);
    for (size_t k = 0; k < RW_BENEFIT_GROUPS; k++) {
        bool any = false;

        rw_row_fill(n, 0, group);
        for (size_t c = 0; c < g->m->n_controls; c++) {
            double share = rw_benefit_share(&g->m->controls[c], k);

            if (share <= 0 || (some != NULL && !some[c]))
                continue;
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
