/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/relief.h"

#include "num/exceed.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

enum { CELLS = RW_LATTICE_CELLS / 2, KEPT = 16 };

/* One year in twenty. */
#define WORST 0.05

/* `scale` times what one event on the risk costs, as far as the limit. */
struct rw_relief_law {
    size_t risk; /* 1 + which; 0: none */
    double scale, limit;
    struct rw_lattice_law law;
};

static bool
needed(const struct rw_wheel *g, int need)
{
    return rw_strategy_needs(g->s) >> need & 1;
}

static enum rw_err
make(struct rw_wheel *g, struct rw_relief_of *x, bool rows)
{
    size_t n = rows ? g->room : 0;
    double **row[] = {&x->limit, &x->over, &x->beyond, &x->per, &x->seen, &x->unseen};
    bool ok = true;

    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        *row[k] = RW_ARENA_NEW(&g->arena, n, double);
        ok = ok && *row[k] != NULL;
    }
    x->year = RW_ARENA_NEW(&g->arena, n, struct rw_exceed);
    x->share = RW_ARENA_NEW(&g->arena, g->m->n_risks * n, double);
    /* planners that need another measure are shown zeros of this */
    x->saved =
        RW_ARENA_NEW(&g->arena, g->relief.any ? g->m->n_controls * g->room : 0, double);
    return ok && x->year != NULL && x->share != NULL && x->saved != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

enum rw_err
rw_relief_init(struct rw_wheel *g)
{
    enum rw_err err = RW_OK;

    g->relief.any = rw_strategy_needs(g->s) != 0;
    g->relief.law =
        RW_ARENA_NEW(&g->arena, g->relief.any ? KEPT : 0, struct rw_relief_law);
    if (g->relief.law == NULL)
        return RW_ERR_MEMORY;
    for (int k = 0; k < RW_NEEDS && err == RW_OK; k++)
        err = make(g, &g->relief.of[k], needed(g, k));
    return err;
}

/* ---- the years as they are ---- */

/* The point of the appetite that is exceeded most, against what is tolerated. */
static void
open_appetite(struct rw_wheel *g, size_t i)
{
    struct rw_relief_of *x = &g->relief.of[RW_NEED_APPETITE];
    double most = -1;

    for (size_t p = 0; p < g->m->n_appetite; p++) {
        const struct rw_appetite *point = &g->m->appetite[p];
        double per = 1 / fmax(point->probability, RW_RELIEF_LEAST), over;
        struct rw_exceed year;

        rw_reckon_year(g, i, point->loss, CELLS, RW_LATTICE_EVEN, &year);
        over = per * rw_exceed_over(&year);
        if (!(over > most))
            continue;
        most = over;
        x->year[i] = year;
        x->limit[i] = point->loss;
        x->per[i] = per;
        x->over[i] = over;
    }
    rw_exceed_prepare(&x->year[i]);
}

/* Mean of what one event on the risk costs. */
static double
mean_cost(const struct rw_wheel *g, size_t r, double times)
{
    return rw_risk_kept(&g->m->risks[r], times);
}

/* Where S has one year in twenty beyond: a straight line between two points; INFINITY:
 * beyond the limit.  The year is prepared. */
static double
quantile(const struct rw_exceed *year, double limit)
{
    const struct rw_exceed_lattice *l = &year->of[0];
    const double *under = l->under, p = 1 - WORST;
    int j = 1;

    if (under[0] < p)
        return INFINITY;
    while (j <= l->n && under[j] >= p)
        j++;
    if (j > l->n)
        return 0;
    return limit *
           (1 - (j - 1 + (under[j - 1] - p) / (under[j - 1] - under[j])) / l->n);
}

/* Where the year is so narrow, against a cell, that q is not: halves what is left. */
static double
close_in(struct rw_wheel *g, size_t i, double q)
{
    double low = 0, high = INFINITY;

    for (int k = 0; k < 12; k++) {
        struct rw_exceed year;
        double p;

        rw_reckon_year(g, i, q, CELLS, RW_LATTICE_EVEN, &year);
        p = rw_exceed_over(&year);
        if (fabs(p - WORST) < WORST / 20)
            break;
        if (p > WORST)
            low = q;
        else
            high = q;
        q = isinf(high) ? 2 * low : (low + high) / 2;
    }
    return q;
}

/* q <- the loss that one year in twenty exceeds; once more with a limit near to it. */
static void
find_quantile(struct rw_wheel *g, size_t i)
{
    struct rw_relief_of *x = &g->relief.of[RW_NEED_TAIL];
    double mean = 0, limit, q = INFINITY, near;
    struct rw_exceed year;

    for (size_t r = 0; r < g->m->n_risks; r++)
        mean += g->reckon.events[r * g->room + i] *
                mean_cost(g, r, g->reckon.times[r * g->room + i]);
    limit = mean > 0 ? mean : 1;
    for (int k = 0; k < 64 && isinf(q); k++, limit *= 2) {
        rw_reckon_year(g, i, limit, CELLS, RW_LATTICE_EVEN, &year);
        rw_exceed_prepare(&year);
        q = quantile(&year, limit);
    }
    x->limit[i] = 1e-3 * (mean > 0 ? mean : 1);
    if (!isfinite(q) || !(q > x->limit[i]))
        return;
    rw_reckon_year(g, i, q * 1.25, CELLS, RW_LATTICE_EVEN, &year);
    rw_exceed_prepare(&year);
    near = quantile(&year, q * 1.25);
    x->limit[i] = close_in(g, i, isfinite(near) && near > x->limit[i] ? near : q);
}

static void
open_tail(struct rw_wheel *g, size_t i)
{
    struct rw_relief_of *x = &g->relief.of[RW_NEED_TAIL];

    if (!(x->limit[i] > 0))
        find_quantile(g, i);
    rw_reckon_year(g, i, x->limit[i], CELLS, RW_LATTICE_EVEN, &x->year[i]);
    x->over[i] = rw_exceed_below(&x->year[i]);
    x->beyond[i] = rw_exceed_over(&x->year[i]);
    rw_exceed_prepare(&x->year[i]);
    x->per[i] = 1 / WORST;
}

void
rw_relief_start(struct rw_wheel *g)
{
    if (needed(g, RW_NEED_TAIL))
        memset(g->relief.of[RW_NEED_TAIL].limit, 0, g->room * sizeof(double));
}

/* The year in future i is believed to be that of the one before it: at first in all, as
 * long as nobody knows more in one than in another. */
static bool
as_before(const struct rw_wheel *g, size_t i)
{
    const struct rw_reckon *x = &g->reckon;
    const double *row[] = {x->events, x->shape, x->seen, x->left, x->times};

    if (i == 0 || g->m->n_staged > 0) /* what stages meet is not in these rows */
        return false;
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        for (size_t r = 0; r < g->m->n_risks; r++)
            if (row[k][r * g->room + i] != row[k][r * g->room + i - 1])
                return false;
    return true;
}

static void
copy_year(struct rw_relief_of *x, size_t i)
{
    x->year[i] = x->year[i - 1];
    x->limit[i] = x->limit[i - 1];
    x->over[i] = x->over[i - 1];
    x->beyond[i] = x->beyond[i - 1];
    x->per[i] = x->per[i - 1];
}

static void
open_year(struct rw_wheel *g, int need, size_t i, bool same)
{
    struct rw_relief_of *x = &g->relief.of[need];

    /* the tail's limit is that of the first plan, and 0 before it */
    if (need == RW_NEED_TAIL && x->limit[i] > 0)
        same = same && x->limit[i] == x->limit[i - 1];
    if (same)
        copy_year(x, i);
    else if (need == RW_NEED_APPETITE)
        open_appetite(g, i);
    else
        open_tail(g, i);
}

void
rw_relief_begin(struct rw_wheel *g)
{
    if (!g->relief.any)
        return;
    for (size_t k = 0; k < KEPT; k++)
        g->relief.law[k].risk = 0;
    for (int k = 0; k < RW_NEEDS; k++)
        if (needed(g, k))
            memset(
                g->relief.of[k].saved, 0, g->m->n_controls * g->room * sizeof(double));
    rw_reckon_look(g, true);
    for (size_t i = 0; i < g->w->n; i++) {
        bool same = as_before(g, i);

        for (int k = 0; k < RW_NEEDS; k++)
            if (needed(g, k))
                open_year(g, k, i, same);
    }
}

/* ---- one event more ---- */

static const struct rw_lattice_law *
law_of(struct rw_wheel *g, size_t r, double scale, double limit)
{
    struct rw_relief *x = &g->relief;
    struct rw_relief_law *l;

    for (size_t k = 0; k < KEPT; k++) {
        l = &x->law[k];
        if (l->risk == r + 1 && l->scale == scale && l->limit == limit)
            return &l->law;
    }
    l = &x->law[x->next++ % KEPT];
    l->risk = r + 1;
    l->scale = scale;
    l->limit = limit;
    rw_reckon_loss(g, r, scale, limit, CELLS, &l->law);
    return &l->law;
}

/* E[(S + X - q)+] - E[(S - q)+] is from P(S > q) E X to E X, since its slope in X is
 * P(S + X > q): where S is narrower than a cell the lattice would not know.
 *
 * phi of `scale` times what an event on risk r costs, `mean` on average. */
static double
phi(struct rw_wheel *g, int need, size_t r, size_t i, double scale, double mean)
{
    const struct rw_relief_of *x = &g->relief.of[need];
    double step = x->limit[i] / CELLS;
    const struct rw_lattice_law *law;
    double more;

    if (!(scale > 0))
        return 0;
    law = law_of(g, r, scale, x->limit[i]);
    if (need == RW_NEED_APPETITE)
        return x->per[i] * rw_exceed_over_with(&x->year[i], law) - x->over[i];
    more = mean + step * (rw_exceed_below_with(&x->year[i], law) - x->over[i]);
    return x->per[i] * fmin(fmax(more, mean * x->beyond[i]), mean);
}

/* Of events that response leaves so much of. */
static double
phi_left(struct rw_wheel *g, int need, size_t r, size_t i, double left)
{
    double scale = g->reckon.times[r * g->room + i] * left;

    return phi(g, need, r, i, scale, mean_cost(g, r, scale));
}

static void
set_share(struct rw_wheel *g, int need, size_t r)
{
    struct rw_relief_of *x = &g->relief.of[need];
    size_t at = r * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        double seen = g->reckon.seen[at + i], left = g->reckon.left[at + i];

        x->unseen[i] = phi_left(g, need, r, i, 1);
        x->seen[i] = left < 1 ? phi_left(g, need, r, i, left) : x->unseen[i];
        x->share[at + i] =
            g->reckon.events[at + i] * ((1 - seen) * x->unseen[i] + seen * x->seen[i]);
    }
}

static void
set_staged_share(struct rw_wheel *g, int need, size_t r)
{
    struct rw_relief_of *x = &g->relief.of[need];
    double mean = rw_losses_mean(&g->prior->losses[r]);

    for (size_t i = 0; i < g->w->n; i++) {
        double chance[RW_STAGE_ENDS], cost[RW_STAGE_ENDS], survive, sum = 0;
        size_t at = r * g->room + i;

        rw_stage_believed_ends(g, r, i, &survive, chance, cost);
        for (int e = 0; e < RW_STAGE_ENDS; e++)
            if (chance[e] > 0 && mean > 0) {
                double money = g->reckon.times[at] * cost[e] / chance[e];

                sum += chance[e] * phi(g, need, r, i, money / mean, money);
            }
        x->share[at] = g->reckon.events[at] * survive * sum;
    }
}

void
rw_relief_risk(struct rw_wheel *g, size_t r)
{
    for (int k = 0; k < RW_NEEDS; k++) {
        if (!needed(g, k))
            continue;
        if (g->m->risks[r].staged != NULL)
            set_staged_share(g, k, r);
        else
            set_share(g, k, r);
    }
}

/* ---- what a candidate saves ---- */

static double
saved_of(struct rw_wheel *g, int need, size_t r, size_t c, size_t i, double effect)
{
    const struct rw_relief_of *x = &g->relief.of[need];
    size_t at = r * g->room + i;
    double seen = g->reckon.seen[at], events = g->reckon.events[at];

    switch (g->m->controls[c].effect) {
    case RW_EFFECT_PREVENT:
        return effect * x->share[at];
    case RW_EFFECT_RESPOND:
        return events * seen *
               (x->seen[i] -
                   phi_left(g, need, r, i, g->reckon.left[at] * (1 - effect)));
    case RW_EFFECT_DETECT:
        return events * rw_value_more_seen(g, r, c, effect, i) *
               (x->unseen[i] - x->seen[i]);
    default:
        return 0;
    }
}

void
rw_relief_try(struct rw_wheel *g, size_t r, size_t c, const double effects[])
{
    for (int k = 0; k < RW_NEEDS; k++) {
        double *saved = g->relief.of[k].saved + c * g->room;

        for (size_t i = 0; i < g->w->n && needed(g, k); i++)
            if (g->bought[c * g->room + i] == RW_NEVER)
                saved[i] += saved_of(g, k, r, c, i, effects[i]);
    }
}

void
rw_relief_share(
    struct rw_wheel *g, size_t r, size_t c, const double saved[], const double money[])
{
    for (int k = 0; k < RW_NEEDS; k++) {
        const double *share = g->relief.of[k].share + r * g->room;
        double *sum = g->relief.of[k].saved + c * g->room;

        for (size_t i = 0; i < g->w->n && needed(g, k); i++)
            if (money[i] > 0)
                sum[i] += saved[i] / money[i] * share[i];
    }
}
