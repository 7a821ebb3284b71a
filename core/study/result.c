/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/result.h"

#include "study/band.h"
#include "study/benefit.h"
#include "study/column.h"
#include "study/gain.h"
#include "study/law.h"
#include "study/programme.h"
#include "study/phases.h"
#include "wheel/benefit.h"
#include "wheel/forecast.h"

#include <stdlib.h>

/* What one making needs: two arrays of n beside the outcome's own, and a third where
 * futures are drawn evenly. */
struct work {
    struct rw_outcome *o;
    struct rw_arena *arena;
    double *x, *tmp, *rows;
    struct rw_team *team;
    struct rw_law_desk desk;
    const volatile sig_atomic_t *stop;
};

static bool
stopped(const struct work *w)
{
    return rw_stopped(w->stop);
}

static struct rw_mean
mean_of(const struct rw_moments *m)
{
    return (struct rw_mean){m->mean + 0.0, rw_moments_se(m)};
}

/* NULL when memory is out. */
static struct rw_mean *
means_of(struct rw_arena *a, const struct rw_moments m[], size_t n)
{
    struct rw_mean *out = RW_ARENA_NEW(a, n, struct rw_mean);

    for (size_t k = 0; out && k < n; k++)
        out[k] = mean_of(&m[k]);
    return out;
}

/* Of the futures' sums of cases, each counted as hit less `part`: the share of hits. */
static struct rw_mean
share_of(const struct rw_moments *hits, const struct rw_moments *cases, double part)
{
    struct rw_mean m = mean_of(hits);

    return (struct rw_mean){part + m.mean / cases->mean, m.se / cases->mean};
}

static bool
make_cycle(struct work *w, struct rw_result_cycle *c, size_t s, unsigned t)
{
    const struct rw_model *m = w->o->model;
    const struct rw_cell *cell = &w->o->cells[s * m->cycles + t];

    c->cycle = t + 1;
    c->residual = mean_of(&cell->residual);
    c->loss = mean_of(&cell->loss);
    c->spend = mean_of(&cell->spend);
    c->incidents = mean_of(&cell->incidents);
    c->seen = mean_of(&cell->seen);
    c->failed = mean_of(&cell->failed);
    c->change = mean_of(&cell->change);
    c->drift = mean_of(&cell->drift);
    c->controls = mean_of(&cell->controls);
    c->wear = mean_of(&cell->wear);
    c->learning = mean_of(&cell->learning);
    c->chance = mean_of(&cell->chance);
    c->inside = mean_of(&cell->inside);
    c->nominal = mean_of(&cell->nominal);
    c->score = mean_of(&cell->score);
    c->met = mean_of(&cell->met);
    c->relied = mean_of(&cell->relied);
    c->reliable = mean_of(&cell->reliable);
    c->relied_inside = mean_of(&cell->relied_inside);
    c->met_inside = share_of(&cell->met_inside, &cell->met, RW_FORECAST_LEVEL);
    for (size_t k = 0; k < RW_BAND_LEVELS; k++)
        c->band[k] =
            rw_histogram_quantile(&w->o->bands[s * m->cycles + t], rw_band_levels[k]);
    c->threat_loss = means_of(w->arena, cell->threat_loss, m->n_threats);
    c->risk_rate = means_of(w->arena, cell->risk_rate, m->n_risks);
    c->risk_residual = means_of(w->arena, cell->risk_residual, m->n_risks);
    c->operating = means_of(w->arena, cell->operating, m->n_controls);
    if (rw_benefit_told(m, &m->strategies[w->o->strategy[s]])) {
        c->benefit = means_of(w->arena, cell->benefit, rw_benefit_rows(m));
        if (c->benefit == NULL)
            return false;
    }
    return c->threat_loss && c->risk_rate && c->risk_residual && c->operating;
}

static bool
make_cycles(struct work *w, struct rw_result_strategy *r, size_t s)
{
    unsigned cycles = w->o->model->cycles;

    r->cycles = RW_ARENA_NEW(w->arena, cycles, struct rw_result_cycle);
    for (unsigned t = 0; r->cycles && t < cycles; t++)
        if (!make_cycle(w, &r->cycles[t], s, t))
            return false;
    return r->cycles != NULL;
}

/* Where in their forecasts the sizes of losses fell. */
static bool
make_met(struct work *w, const struct rw_breakdown *b, struct rw_result_strategy *r)
{
    if (!(b->met.mean > 0))
        return true;
    r->met_pit = RW_ARENA_NEW(w->arena, RW_FORECAST_BINS, struct rw_mean);
    for (size_t k = 0; r->met_pit && k < RW_FORECAST_BINS; k++)
        r->met_pit[k] = share_of(&b->met_place[k], &b->met, 1.0 / RW_FORECAST_BINS);
    return r->met_pit != NULL;
}

static bool
make_breakdown(struct work *w, struct rw_result_strategy *r, size_t s)
{
    const struct rw_model *m = w->o->model;
    const struct rw_breakdown *b = &w->o->breakdown[s];
    const struct rw_strategy *g = &m->strategies[w->o->strategy[s]];

    r->asset_loss = means_of(w->arena, b->asset_loss, m->n_assets);
    r->form_loss = means_of(w->arena, b->form_loss, RW_FORMS);
    r->threat_loss = means_of(w->arena, b->threat_loss, m->n_threats);
    r->pillar_spend = means_of(w->arena, b->pillar_spend, RW_PILLARS);
    r->wheel_spend = mean_of(&b->wheel_spend);
    r->after = mean_of(&b->after);
    r->rejected = mean_of(&b->rejected);
    r->left = mean_of(&b->left);
    if (rw_strategy_decides(g)) {
        r->bought = means_of(w->arena, b->bought, m->n_controls);
        r->fired = means_of(w->arena, b->fired, g->deciding.n_triggers);
    }
    if (rw_result_benefit_make(w->o, s, w->arena, &r->benefit) != RW_OK)
        return false;
    r->held = means_of(w->arena, b->held, RW_HELDS * m->n_event_bounds);
    if (rw_strategy_watches(g))
        r->pit = means_of(w->arena, b->pit, RW_FORECAST_BINS);
    return make_met(w, b, r) && r->held && r->asset_loss && r->form_loss &&
           r->threat_loss && r->pillar_spend;
}

/* *l <- law of x, which is in the order of the futures and spent; *s <- the sample,
 * where futures are drawn evenly. */
static void
read_law(
    struct work *w, struct rw_law *l, double x[], bool with_curve, struct rw_sample *s)
{
    if (w->o->each > 0)
        rw_law_read_even(&w->desk, l, x, w->o->each, w->rows, with_curve, s);
    else
        rw_law_read(&w->desk, l, x, with_curve);
}

static void
law_of(struct work *w, struct rw_law *l, double x[], bool with_curve)
{
    struct rw_sample s;

    read_law(w, l, x, with_curve, &s);
}

/* *l <- law of a - b, future by future. */
static void
law_of_difference(struct work *w, struct rw_law *l, const double a[], const double b[])
{
    rw_column_minus(w->x, a, b, w->o->n, w->team);
    law_of(w, l, w->x, false);
}

static double
variance_of(const struct work *w, const double x[])
{
    struct rw_moments m = rw_column_moments(x, w->o->n, w->tmp, NULL, w->team);
    double sd = rw_moments_sd(&m);

    return sd * sd;
}

/* Before anything is sorted: pairs belong to the same future. */
static void
make_versus(struct work *w, struct rw_versus *v, size_t s)
{
    const struct rw_outcome *o = w->o;
    const double *loss = o->horizon_loss[s], *loss0 = o->horizon_loss[0];
    const double *spend = o->spend[s], *spend0 = o->spend[0];

    law_of_difference(w, &v->loss, loss, loss0);
    law_of_difference(w, &v->spend, spend, spend0);
    law_of_difference(w, &v->npv, o->npv[s], o->npv[0]);
    rw_column_apart(w->x, loss, spend, loss0, spend0, o->n, w->team);
    v->p_worse = (double)rw_column_above(w->x, o->n, w->team) / (double)o->n;
    law_of(w, &v->total, w->x, false);
    v->variance_ratio = 0;
    if (v->loss.sd > 0)
        v->variance_ratio =
            (variance_of(w, loss) + variance_of(w, loss0)) / (v->loss.sd * v->loss.sd);
    v->benefit_cost = v->spend.mean > 0 ? -v->loss.mean / v->spend.mean : 0;
}

/* Loss, spend and both; where nothing is spent, both is the loss. */
static void
make_horizon(struct work *w, struct rw_result_strategy *r, size_t s)
{
    const struct rw_outcome *o = w->o;
    bool spent = !rw_column_zero(o->spend[s], o->n, w->team);

    if (spent) {
        rw_column_plus(w->x, o->horizon_loss[s], o->spend[s], o->n, w->team);
        law_of(w, &r->total, w->x, true);
    }
    law_of(w, &r->loss, o->horizon_loss[s], true);
    if (!spent)
        r->total = r->loss;
    law_of(w, &r->spend, o->spend[s], false);
    law_of(w, &r->npv, o->npv[s], false);
}

/* Law and verdicts of a year's losses; alike: the law where it is there.  The verdicts
 * first, or from the sample: a law spends its numbers. */
static void
make_year_loss(
    struct work *w, struct rw_result_year *year, double x[], const struct rw_law *alike)
{
    const struct rw_model *m = w->o->model;
    struct rw_sample s;

    for (size_t k = 0; k < m->n_appetite && w->o->each == 0; k++)
        year->appetite[k] = rw_law_verdict(x, w->o->n, &m->appetite[k]);
    if (alike != NULL && w->o->each == 0) {
        year->loss = *alike;
        return;
    }
    read_law(w, &year->loss, x, true, &s);
    for (size_t k = 0; k < m->n_appetite && w->o->each > 0; k++)
        year->appetite[k] = rw_law_verdict_even(&s, &m->appetite[k]);
}

static bool
make_year(struct work *w, struct rw_result_strategy *r, size_t s, unsigned y,
    bool horizon_alike)
{
    const struct rw_outcome *o = w->o;
    const struct rw_model *m = o->model;
    struct rw_result_year *year = &r->years[y];
    size_t at = s * o->years + y;

    year->year = y + 1;
    year->appetite = RW_ARENA_NEW(w->arena, m->n_appetite, struct rw_verdict);
    if (year->appetite == NULL)
        return false;
    make_year_loss(w, year, o->year_loss[at], horizon_alike ? &r->loss : NULL);
    law_of(w, &year->largest, o->year_largest[at], true);
    if (o->nested.truths == 0 || s >= o->nested.n_strategies)
        return true;
    year->band = rw_band_make(&year->loss, o->each > 0 ? 0 : o->n, &o->nested,
        o->nested.year_loss[at], w->arena, w->stop);
    return year->band != NULL;
}

static bool
make_years(struct work *w, struct rw_result_strategy *r, size_t s, bool horizon_alike)
{
    r->years = RW_ARENA_NEW(w->arena, w->o->years, struct rw_result_year);
    for (unsigned y = 0; r->years && y < w->o->years && !stopped(w); y++)
        if (!make_year(w, r, s, y, horizon_alike))
            return false;
    return r->years != NULL;
}

/* All of one strategy that needs no other; sorts its arrays. */
static bool
make_strategy(struct work *w, struct rw_result_strategy *r, size_t s)
{
    struct rw_outcome *o = w->o;
    bool one_year; /* and nothing beside it */

    if (!make_cycles(w, r, s) || !make_breakdown(w, r, s))
        return false;
    if (o->statement != NULL) {
        r->programme = rw_result_programme_make(o, s, w->arena, w->tmp, w->rows);
        if (r->programme == NULL)
            return false;
    }
    one_year = o->years == 1 &&
               rw_column_same(o->year_loss[s], o->horizon_loss[s], o->n, w->team);
    make_horizon(w, r, s);
    return make_years(w, r, s, one_year);
}

static void
name_strategy(const struct rw_outcome *o, struct rw_result *r, size_t s)
{
    const struct rw_strategy *x = &o->model->strategies[o->strategy[s]];

    r->strategies[s].name = x->name;
    r->strategies[s].stated = x;
    r->strategies[s].twin = x->twin;
    r->n_twins += x->twin != RW_TWIN_NONE;
    for (size_t k = 0; k < o->n_strategies && x->twin != RW_TWIN_NONE; k++) {
        if (o->strategy[k] != x->twin_of)
            continue;
        r->strategies[s].twin_of = k;
        r->strategies[k].learning |= x->twin == RW_TWIN_NO_CHECK;
    }
}

/* It cannot be followed: nobody knows the truth. */
static bool
is_yardstick(const struct rw_result_strategy *g)
{
    return g->stated->deciding.knows == RW_KNOWS_TRUTH;
}

static void
choose_best(struct rw_result *r)
{
    size_t own = r->n_strategies - r->n_twins;

    r->best = own > 1 ? 1 : 0;
    for (size_t s = 2; s < own; s++) {
        const struct rw_result_strategy *g = &r->strategies[s],
                                        *b = &r->strategies[r->best];

        if (is_yardstick(g) != is_yardstick(b) ? is_yardstick(b)
                                               : g->total.mean < b->total.mean)
            r->best = s;
    }
}

static bool
make_strategies(struct work *w, struct rw_result *r)
{
    const struct rw_outcome *o = w->o;

    r->strategies = RW_ARENA_NEW(w->arena, o->n_strategies, struct rw_result_strategy);
    if (r->strategies == NULL ||
        rw_phases_make(o, w->x, w->arena, &r->worth, &r->n_worth) != RW_OK)
        return false;
    for (size_t s = 0; s < o->n_strategies; s++) {
        name_strategy(o, r, s);
        if (s == 0)
            continue;
        r->strategies[s].versus = RW_ARENA_NEW(w->arena, 1, struct rw_versus);
        if (r->strategies[s].versus == NULL || stopped(w))
            return false;
        make_versus(w, r->strategies[s].versus, s);
    }
    for (size_t s = 0; s < o->n_strategies; s++)
        if (stopped(w) || !make_strategy(w, &r->strategies[s], s))
            return false;
    choose_best(r);
    return true;
}

/* As many threads as the run had, here: shares may come from other machines. */
static unsigned
threads_of(const struct rw_outcome *o)
{
    unsigned here = rw_run_processors();

    return o->threads < here ? o->threads : here;
}

enum rw_err
rw_result_make_unless(struct rw_outcome *o, struct rw_arena *a,
    const volatile sig_atomic_t *stop, struct rw_result **r, struct rw_error *e)
{
    struct work w = {.o = o, .arena = a, .stop = stop};
    struct rw_result *made = RW_ARENA_NEW(a, 1, struct rw_result);
    bool done = false;

    RW_BUG_ASSERT(o->n > 0 && o->n_strategies > 0);
    RW_BUG_ASSERT(o->years == o->model->n_years);
    w.x = malloc(o->n * sizeof *w.x);
    w.tmp = malloc(o->n * sizeof *w.tmp);
    w.rows = malloc((o->each > 0 ? o->n : 1) * sizeof *w.rows);
    if (made && w.x && w.tmp && w.rows) {
        w.team = rw_team_new(threads_of(o));
        rw_law_desk_init(&w.desk, o->n, w.tmp, w.team);
        made->model = o->model;
        made->n = o->n;
        made->n_strategies = o->n_strategies;
        made->truths = o->nested.truths;
        made->histories = o->nested.histories;
        made->no_band = o->nested.none;
        made->all_known = o->nested.all_known;
        made->wall_seconds = o->wall_seconds;
        made->threads = o->threads;
        made->events = o->events;
        done = make_strategies(&w, made) &&
               rw_gain_make(o, made, a, &made->sampled) == RW_OK;
        rw_team_free(w.team);
    }
    free(w.x);
    free(w.tmp);
    free(w.rows);
    if (stopped(&w))
        return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    if (!done)
        return rw_error_set(
            e, RW_ERR_MEMORY, "no memory to make the results of %zu futures", o->n);
    *r = made;
    return RW_OK;
}

enum rw_err
rw_result_make(
    struct rw_outcome *o, struct rw_arena *a, struct rw_result **r, struct rw_error *e)
{
    return rw_result_make_unless(o, a, NULL, r, e);
}
