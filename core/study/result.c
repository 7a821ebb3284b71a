/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/result.h"

#include "study/band.h"
#include "study/benefit.h"
#include "study/figures.h"
#include "study/gain.h"
#include "study/law.h"
#include "study/programme.h"
#include "study/phases.h"
#include "wheel/benefit.h"
#include "wheel/forecast.h"

struct work {
    const struct rw_outcome *o;
    struct rw_arena *arena;
    struct rw_figures figures;
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

/* False when memory is out. */
static bool
make_law(struct work *w, struct rw_law *l, struct rw_column c, bool with_curve)
{
    if (rw_figures_take(&w->figures, c, NULL) != RW_OK)
        return false;
    rw_figures_law(&w->figures, l, with_curve);
    return true;
}

static bool
add_variance(struct work *w, size_t row, double *sum)
{
    struct rw_moments m;
    double sd;

    if (rw_figures_take(&w->figures, rw_column_row(row), NULL) != RW_OK)
        return false;
    m = rw_figures_moments(&w->figures);
    sd = rw_moments_sd(&m);
    *sum += sd * sd;
    return true;
}

/* Pairs belong to the same future. */
static bool
make_versus(struct work *w, struct rw_versus *v, size_t s)
{
    const struct rw_rows *r = &w->figures.rows;
    size_t loss = rw_row_horizon(r, s), loss0 = rw_row_horizon(r, 0);
    size_t spend = rw_row_spend(r, s), spend0 = rw_row_spend(r, 0);
    size_t npv = rw_row_npv(r, s), npv0 = rw_row_npv(r, 0);
    double low, high, both = 0;

    if (!make_law(w, &v->loss, rw_column_less(loss, loss0), false) ||
        !make_law(w, &v->spend, rw_column_less(spend, spend0), false) ||
        !make_law(w, &v->npv, rw_column_less(npv, npv0), false) ||
        !make_law(w, &v->total, rw_column_versus(r, s, 0), false))
        return false;
    rw_figures_exceedance(&w->figures, 0, &v->p_worse, &low, &high);
    v->variance_ratio = 0;
    if (v->loss.sd > 0) {
        if (!add_variance(w, loss, &both) || !add_variance(w, loss0, &both))
            return false;
        v->variance_ratio = both / (v->loss.sd * v->loss.sd);
    }
    v->benefit_cost = v->spend.mean > 0 ? -v->loss.mean / v->spend.mean : 0;
    return true;
}

/* npv: its law is made too; NULL: somebody else does. */
static bool
make_losses(
    struct work *w, struct rw_law *l, struct rw_column c, struct rw_law *npv, size_t s)
{
    if (npv == NULL)
        return make_law(w, l, c, true);
    if (rw_figures_take(&w->figures, c, NULL) != RW_OK)
        return false;
    rw_figures_law_and_npv(&w->figures, l, true, npv, s);
    return true;
}

/* Loss, spend and both; where nothing is spent, both is the loss, which comes last. */
static bool
make_horizon(struct work *w, struct rw_result_strategy *r, size_t s)
{
    const struct rw_rows *rows = &w->figures.rows;
    size_t loss = rw_row_horizon(rows, s), spend = rw_row_spend(rows, s);
    struct rw_law *npv = rw_figures_turns(&w->figures) ? &r->npv : NULL;
    bool spent;

    if ((npv == NULL &&
            !make_law(w, &r->npv, rw_column_row(rw_row_npv(rows, s)), false)) ||
        !make_law(w, &r->spend, rw_column_row(spend), false))
        return false;
    spent = r->spend.min < 0 || r->spend.max > 0;
    if (spent && !make_losses(w, &r->total, rw_column_total(rows, s), npv, s))
        return false;
    if (!make_losses(w, &r->loss, rw_column_row(loss), spent ? NULL : npv, s))
        return false;
    if (!spent)
        r->total = r->loss;
    return true;
}

/* The horizon's loss, which was the last law, is the year's. */
static bool
is_one_year(const struct rw_outcome *o)
{
    return o->year_loss != NULL && o->year_loss == o->horizon_loss;
}

static bool
make_year(struct work *w, struct rw_result_strategy *r, size_t s, unsigned y)
{
    const struct rw_outcome *o = w->o;
    const struct rw_model *m = o->model;
    const struct rw_rows *rows = &w->figures.rows;
    struct rw_result_year *year = &r->years[y];

    year->year = y + 1;
    if (is_one_year(o))
        year->loss = r->loss;
    else if (!make_law(w, &year->loss, rw_column_row(rw_row_loss(rows, s, y)), true))
        return false;
    year->appetite = RW_ARENA_NEW(w->arena, m->n_appetite, struct rw_verdict);
    if (year->appetite == NULL)
        return false;
    for (size_t k = 0; k < m->n_appetite; k++)
        year->appetite[k] = rw_figures_verdict(&w->figures, &m->appetite[k]);
    if (!make_law(w, &year->largest, rw_column_row(rw_row_largest(rows, s, y)), true))
        return false;
    if (o->nested.truths == 0 || s >= o->nested.n_strategies)
        return true;
    year->band = rw_band_make(&year->loss, o->each > 0 ? 0 : o->n, &o->nested,
        o->nested.year_loss[s * o->years + y], w->arena, w->stop);
    return year->band != NULL;
}

static bool
make_years(struct work *w, struct rw_result_strategy *r, size_t s)
{
    r->years = RW_ARENA_NEW(w->arena, w->o->years, struct rw_result_year);
    for (unsigned y = 0; r->years && y < w->o->years && !stopped(w); y++)
        if (!make_year(w, r, s, y))
            return false;
    return r->years != NULL;
}

/* All of one strategy that needs no other. */
static bool
make_strategy(struct work *w, struct rw_result_strategy *r, size_t s)
{
    if (!make_cycles(w, r, s) || !make_breakdown(w, r, s))
        return false;
    if (w->o->model->programme.stated) {
        r->programme = rw_result_programme_make(&w->figures, s, w->arena);
        if (r->programme == NULL)
            return false;
    }
    return make_horizon(w, r, s) && make_years(w, r, s);
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
        rw_phases_make(&w->figures, w->arena, &r->worth, &r->n_worth) != RW_OK)
        return false;
    for (size_t s = 0; s < o->n_strategies; s++) {
        name_strategy(o, r, s);
        if (s == 0)
            continue;
        r->strategies[s].versus = RW_ARENA_NEW(w->arena, 1, struct rw_versus);
        if (r->strategies[s].versus == NULL || stopped(w) ||
            !make_versus(w, r->strategies[s].versus, s))
            return false;
    }
    for (size_t s = 0; s < o->n_strategies; s++)
        if (stopped(w) || !make_strategy(w, &r->strategies[s], s))
            return false;
    choose_best(r);
    return true;
}

enum rw_err
rw_result_make_unless(const struct rw_outcome *o, struct rw_arena *a,
    const volatile sig_atomic_t *stop, struct rw_result **r, struct rw_error *e)
{
    struct work w = {.o = o, .arena = a, .stop = stop};
    struct rw_result *made = RW_ARENA_NEW(a, 1, struct rw_result);
    bool done = false;

    RW_BUG_ASSERT(o->n > 0 && o->n_strategies > 0);
    RW_BUG_ASSERT(o->years == o->model->n_years);
    if (rw_figures_init(&w.figures, o, NULL) == RW_OK && made) {
        made->model = o->model;
        made->n = o->n;
        made->n_strategies = o->n_strategies;
        made->truths = o->nested.truths;
        made->histories = o->nested.histories;
        made->no_band = o->nested.none;
        made->tallied = o->tallies != NULL;
        made->all_known = o->nested.all_known;
        made->wall_seconds = o->wall_seconds;
        made->threads = o->threads;
        made->events = o->events;
        done = make_strategies(&w, made) &&
               rw_gain_make(o, made, a, &made->sampled) == RW_OK;
    }
    rw_figures_fini(&w.figures);
    if (stopped(&w))
        return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    if (!done)
        return rw_error_set(
            e, RW_ERR_MEMORY, "no memory to make the results of %zu futures", o->n);
    *r = made;
    return RW_OK;
}

enum rw_err
rw_result_make(const struct rw_outcome *o, struct rw_arena *a, struct rw_result **r,
    struct rw_error *e)
{
    return rw_result_make_unless(o, a, NULL, r, e);
}
