/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each control takes off the residual risk, on the line from "nothing" to the
 * strategy.  Risks behind the same guards differ in nothing but the money at stake: what
 * the guards leave at the points of the line is worked out once for those that follow
 * each other. */
#include "num/cpu.h"
#include "wheel/wheel.h"

#include <string.h>

enum { TILE = RW_BENEFIT_TILE, PARTS = RW_GUARD_PARTS };

/* Some futures, and of the guards of the present risk what is the same for all risks
 * behind them. */
struct tile {
    struct rw_wheel *g;
    const struct rw_wheel *nothing;
    size_t i, n;                /* first future, how many */
    const struct rw_risk *risk; /* whose guards they are; NULL: nobody's yet */
    double p0;                  /* chance that an event is seen without controls */
    bool blind;                 /* and with any of them: no sight takes anything off */
    size_t from[PARTS + 1];     /* where a part begins in the list of those apart */
    double alike[PARTS][TILE];  /* prod (1 - x) of the others */
    double moved[PARTS]
                [TILE]; /* of all, at a point of the line, where some are apart */
    const double *absent[PARTS]; /* of all, there */
    double seen[TILE];           /* chance that an event is, there */
    double money[TILE];          /* of the present risk without controls, a year */
};

/* What R is but for the product of a part, per event, at node k of the line. */
static double *
rest_of(const struct tile *t, size_t k, int part)
{
    return t->g->benefits.rest[k * PARTS + (size_t)part];
}

/* Of the j-th of those apart, the product up to it. */
static double *
before_of(const struct tile *t, size_t k, size_t j)
{
    return t->g->benefits.before[k * t->g->m->n_controls + j];
}

/* Gauss's rule for a polynomial of as many factors as there are controls apart. */
static size_t
nodes_of(const struct tile *t)
{
    return (t->from[PARTS] + 1) / 2;
}

/* Something hangs on its product. */
static bool
matters(const struct tile *t, int part)
{
    return !t->blind || part == RW_GUARD_PREVENT || part == RW_GUARD_RESPOND;
}

static bool
has_apart(const struct tile *t, int part)
{
    return t->from[part + 1] > t->from[part];
}

/* Sorts out which controls stand apart in any future of the tile. */
static void
sort_out(struct tile *t)
{
    const struct rw_benefit *b = &t->g->benefits;
    size_t n = 0;

    t->from[0] = 0;
    for (int p = 0; p < PARTS; p++) {
        const struct rw_guard *guard = &t->g->m->guards.all[t->risk->guard[p]];

        for (size_t k = 0; k < guard->n; k++)
            if (b->differs[guard->controls[k] * b->tiles + t->i / TILE])
                b->apart[n++] = guard->controls[k];
        t->from[p + 1] = n;
    }
}

/* alike <- what the others leave. */
RW_CPU_EACH void
set_alike(struct tile *t, int part, size_t n)
{
    const struct rw_benefit *b = &t->g->benefits;
    const struct rw_guard *guard = &t->g->m->guards.all[t->risk->guard[part]];
    double *restrict alike = t->alike[part];

    for (size_t i = 0; i < n; i++)
        alike[i] = 1;
    for (size_t k = 0; k < guard->n; k++) {
        size_t c = guard->controls[k];
        const double *restrict x = t->g->stands + c * t->g->room + t->i;

        if (b->differs[c * b->tiles + t->i / TILE] || rw_wheel_absent(t->g, c))
            continue;
        for (size_t i = 0; i < n; i++)
            alike[i] *= 1 - x[i];
    }
}

/* How a control stands at u of the way. */
static inline double
on_line(double y, double x, double u)
{
    return y + u * (x - y);
}

/* before <- the products up to each control that is apart; absent <- of all. */
RW_CPU_EACH void
multiply(struct tile *t, int part, size_t n, size_t node, double u)
{
    double *restrict all = t->moved[part];

    t->absent[part] = t->alike[part];
    if (!has_apart(t, part))
        return;
    memcpy(all, t->alike[part], n * sizeof *all);
    for (size_t k = t->from[part]; k < t->from[part + 1]; k++) {
        size_t at = t->g->benefits.apart[k] * t->g->room + t->i;
        const double *restrict x = t->g->stands + at;
        const double *restrict y = t->nothing->stands + at;
        double *restrict before = before_of(t, node, k);

        for (size_t i = 0; i < n; i++) {
            before[i] = all[i];
            all[i] *= 1 - on_line(y[i], x[i], u);
        }
    }
    t->absent[part] = all;
}

/* seen = p0 + (1 - p0) V M R */
RW_CPU_EACH void
set_seen(struct tile *t, size_t n)
{
    const double *restrict v = t->absent[RW_GUARD_SEE];
    const double *restrict m = t->absent[RW_GUARD_REVIEW];
    const double *restrict r = t->absent[RW_GUARD_RECOGNISE];
    double *restrict seen = t->seen;
    const double p0 = t->p0;

    if (t->blind)
        for (size_t i = 0; i < n; i++)
            seen[i] = p0;
    else
        for (size_t i = 0; i < n; i++)
            seen[i] = p0 + (1 - p0) * (1 - v[i]) * (1 - m[i]) * (1 - r[i]);
}

/* Of R = rate money survive (1 - seen (1 - left)) the derivative by a part's product,
 * per event and unit of money. */
RW_CPU_EACH void
set_rest(struct tile *t, int part, size_t n, double *restrict rest)
{
    const double *restrict survive = t->absent[RW_GUARD_PREVENT];
    const double *restrict left = t->absent[RW_GUARD_RESPOND];
    const double *restrict seen = t->seen;
    const double *restrict one =
        t->absent[part == RW_GUARD_SEE ? RW_GUARD_REVIEW : RW_GUARD_SEE];
    const double *restrict two =
        t->absent[part == RW_GUARD_RECOGNISE ? RW_GUARD_REVIEW : RW_GUARD_RECOGNISE];
    const double p0 = t->p0;

    if (part == RW_GUARD_PREVENT)
        for (size_t i = 0; i < n; i++)
            rest[i] = 1 - seen[i] * (1 - left[i]);
    else if (part == RW_GUARD_RESPOND)
        for (size_t i = 0; i < n; i++)
            rest[i] = survive[i] * seen[i];
    else
        for (size_t i = 0; i < n; i++)
            rest[i] =
                survive[i] * (1 - left[i]) * (1 - p0) * (1 - one[i]) * (1 - two[i]);
}

/* What is the same for all risks behind these guards. */
RW_CPU_EACH void
look(struct tile *t, size_t n)
{
    const double *node = rw_benefit_nodes(&t->g->benefits, nodes_of(t));

    for (int p = 0; p < PARTS && nodes_of(t) > 0; p++)
        if (matters(t, p))
            set_alike(t, p, n);
    for (size_t k = 0; k < nodes_of(t); k++) {
        for (int p = 0; p < PARTS; p++)
            if (matters(t, p))
                multiply(t, p, n, k, node[k]);
        set_seen(t, n);
        for (int p = 0; p < PARTS; p++)
            if (matters(t, p) && has_apart(t, p))
                set_rest(t, p, n, rest_of(t, k, p));
    }
}

/* now += the weighed derivatives of the controls of a part. */
RW_CPU_EACH void
derive(struct tile *t, int part, size_t n, size_t node, double u, double weight)
{
    const struct rw_benefit *b = &t->g->benefits;
    const double *restrict rest = rest_of(t, node, part);
    double after[TILE];

    for (size_t i = 0; i < n; i++)
        after[i] = weight * t->money[i] * rest[i];
    for (size_t k = t->from[part + 1]; k-- > t->from[part];) {
        size_t at = b->apart[k] * t->g->room + t->i;
        const double *restrict x = t->g->stands + at;
        const double *restrict y = t->nothing->stands + at;
        const double *restrict before = before_of(t, node, k);
        double *restrict now = b->now + at;

        for (size_t i = 0; i < n; i++) {
            now[i] += (x[i] - y[i]) * before[i] * after[i];
            after[i] *= 1 - on_line(y[i], x[i], u);
        }
    }
}

/* What risk r would cost a year without controls. */
RW_CPU_EACH void
set_money(struct tile *t, size_t r, size_t n)
{
    const struct rw_world *w = t->g->w;
    const struct rw_risk *x = &t->g->m->risks[r];
    const double *restrict raw = rw_world_expected(w, x->source) + t->i;
    const double *restrict factor = w->factor + x->threat * w->room + t->i;
    const double *restrict brought = w->brought + x->threat * w->room + t->i;
    const bool shocked = t->g->m->threats[x->threat].shocked;
    const double per_year = t->g->m->per_year, mean = x->mean_loss;
    double *restrict money = t->money;

    for (size_t i = 0; i < n; i++)
        money[i] = (raw[i] * per_year + (shocked ? brought[i] : 0)) * mean * factor[i];
}

/* n futures of risk r; anew: its guards are not those of the risk before. */
RW_CPU_EACH void
walk_some(struct tile *t, size_t r, bool anew, size_t n)
{
    const double *node = rw_benefit_nodes(&t->g->benefits, nodes_of(t));
    const double *weight = rw_benefit_weights(&t->g->benefits, nodes_of(t));

    if (anew)
        look(t, n);
    set_money(t, r, n);
    for (size_t k = 0; k < nodes_of(t); k++)
        for (int p = 0; p < PARTS; p++)
            if (matters(t, p) && has_apart(t, p))
                derive(t, p, n, k, node[k], weight[k]);
}

RW_CPU_EACH void
walk_by(struct tile *t, size_t r, bool anew)
{
    if (t->n == TILE)
        walk_some(t, r, anew, TILE);
    else
        walk_some(t, r, anew, t->n);
}
RW_CPU_VARIANTS(void, walk, (struct tile * t, size_t r, bool anew), (t, r, anew))

/* Where nobody stands apart there is nothing to walk. */
static void
by_line(struct tile *t, size_t r)
{
    const struct rw_risk *x = &t->g->m->risks[r];
    bool anew = t->risk == NULL || t->risk->sight != x->sight ||
                memcmp(t->risk->guard, x->guard, sizeof x->guard) != 0;

    if (anew) {
        t->risk = x;
        t->p0 = t->g->m->guards.sights[x->sight].p0;
        t->blind = t->g->m->guards.sights[x->sight].constant;
        sort_out(t);
    }
    if (nodes_of(t) > 0)
        walk(t, r, anew);
}

void
rw_benefit_walk(struct rw_wheel *g, const struct rw_wheel *nothing)
{
    struct tile t;

    t.g = g;
    t.nothing = nothing;
    for (t.i = 0; t.i < g->w->n; t.i += TILE) {
        t.n = g->w->n - t.i < TILE ? g->w->n - t.i : TILE;
        t.risk = NULL;
        for (size_t r = 0; r < g->m->n_risks; r++) {
            if (g->m->risks[r].staged == NULL && g->m->risks[r].cover == NULL) {
                by_line(&t, r);
                continue;
            }
            rw_benefit_by_order(g, nothing, r, t.i, t.n);
            t.risk = NULL; /* the list of those apart is another now */
        }
    }
}
