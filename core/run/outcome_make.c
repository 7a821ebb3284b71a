/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/outcome_make.h"

#include "wheel/account.h"

#include <stdlib.h>
#include <string.h>

/* An outcome that owns what its const fields point to. */
struct owned {
    struct rw_outcome o;
    size_t *strategy;
    struct rw_arena arena; /* cells and breakdowns */
};

/* Zeros, which in large arrays are not there before somebody writes to them. */
static double **
make_arrays(size_t rows, size_t n)
{
    double **x = calloc(rows > 0 ? rows : 1, sizeof *x);

    for (size_t k = 0; x != NULL && k < rows; k++) {
        x[k] = calloc(n, sizeof **x);
        if (x[k] == NULL) {
            while (k-- > 0)
                free(x[k]);
            free(x);
            return NULL;
        }
    }
    return x;
}

static void
free_arrays(double **x, size_t rows)
{
    for (size_t k = 0; x != NULL && k < rows; k++)
        free(x[k]);
    free(x);
}

void
rw_outcome_free(struct rw_outcome *o)
{
    struct owned *w = (struct owned *)o;

    if (o == NULL)
        return;
    rw_outcome_give_back(o);
    if (o->horizon_loss != o->year_loss)
        free_arrays(o->horizon_loss, o->n_strategies);
    free_arrays(o->year_loss, o->n_strategies * o->years);
    free_arrays(o->year_largest, o->n_strategies * o->years);
    free_arrays(o->spend, o->n_strategies);
    free(o->spent);
    free_arrays(o->npv, o->n_strategies);
    free_arrays(o->risk_year, o->n_watched);
    free_arrays(o->statement, o->n_strategies);
    free_arrays(o->nested.year_loss, o->nested.n_strategies * o->years);
    rw_packed_free(o->packed);
    rw_tallies_free(o->tallies);
    free(o->bands);
    free(w->strategy);
    rw_arena_fini(&w->arena);
    free(w);
}

/* "nothing", then the chosen ones in the model's order. */
static bool
choose_strategies(struct owned *w, const struct rw_run_options *x)
{
    const struct rw_model *m = w->o.model;

    w->strategy = calloc(m->n_strategies, sizeof *w->strategy);
    if (w->strategy == NULL)
        return false;
    for (size_t s = 0; s < m->n_strategies; s++) {
        bool wanted = s == 0 || x->strategies == NULL;

        for (size_t k = 0; x->strategies != NULL && k < x->n_strategies; k++)
            wanted = wanted || x->strategies[k] == s;
        if (wanted)
            w->strategy[w->o.n_strategies++] = s;
    }
    w->o.strategy = w->strategy;
    return true;
}

static bool
make_rows(struct rw_outcome *o)
{
    o->year_loss = make_arrays(o->n_strategies * o->years, o->n);
    o->year_largest = make_arrays(o->n_strategies * o->years, o->n);
    o->horizon_loss = rw_model_is_one_year(o->model)
                          ? o->year_loss
                          : make_arrays(o->n_strategies, o->n);
    o->spend = make_arrays(o->n_strategies, o->n);
    o->spent = calloc(o->n_strategies, sizeof *o->spent);
    if (!rw_account_follows(o->model))
        o->npv = make_arrays(o->n_strategies, o->n);
    if (o->model->programme.stated)
        o->statement = make_arrays(o->n_strategies, o->n);
    return o->year_loss != NULL && o->year_largest != NULL && o->horizon_loss != NULL &&
           o->spend != NULL && o->spent != NULL &&
           (o->npv != NULL || rw_account_follows(o->model)) &&
           (!o->model->programme.stated || o->statement != NULL);
}

/* Room for its futures, in the one way or the other. */
static enum rw_err
make_room(struct rw_outcome *o, enum rw_futures how, struct rw_error *e)
{
    struct rw_rows shape = rw_rows_of(o);
    double bytes = (double)o->n * 8 * (double)rw_rows_count(&shape);
    bool ok = true;

    if (how == RW_FUTURES_TALLIED) {
        o->tallies = rw_tallies_new(o);
        ok = o->tallies != NULL;
    } else if (how == RW_FUTURES_PACKED ||
               (how == RW_FUTURES_ANY && bytes > RW_FUTURES_ROWS)) {
        o->packed = rw_packed_new(&shape, rw_blocks(o->n));
        ok = o->packed != NULL;
    } else {
        ok = make_rows(o);
    }
    if (o->packed == NULL)
        o->risk_year = make_arrays(o->n_watched, o->n);
    if (ok && (o->packed != NULL || o->risk_year != NULL))
        return RW_OK;
    return rw_error_set(e, RW_ERR_MEMORY,
        "no memory for %zu futures (%.3g bytes are needed): ask for fewer trials or "
        "strategies, or for --quantiles histogram",
        o->n, bytes);
}

enum rw_err
rw_outcome_make(const struct rw_model *m, const struct rw_run_options *x, size_t n,
    struct rw_outcome **out, struct rw_error *e)
{
    struct owned *w = calloc(1, sizeof *w);
    struct rw_outcome *o = &w->o;

    *out = o;
    if (w == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a run");
    rw_arena_init(&w->arena);
    o->model = m;
    o->n = n;
    o->years = m->n_years;
    o->watched = x->watched;
    o->n_watched = x->n_watched;
    if (!choose_strategies(w, x))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a run");
    return make_room(o, x->futures, e);
}

/* Strategies whose bands are told; twins stand behind them. */
static size_t
without_twins(const struct rw_outcome *o)
{
    size_t n = o->n_strategies;

    while (n > 1 && o->model->strategies[o->strategy[n - 1]].twin != RW_TWIN_NONE)
        n--;
    return n;
}

enum rw_err
rw_outcome_nest(
    struct rw_outcome *o, const struct rw_nest *x, size_t n, struct rw_error *e)
{
    o->nested.none = x->none;
    o->nested.all_known = x->all_known;
    if (x->truths == 0)
        return RW_OK;
    RW_BUG_ASSERT(o->years > 0 && o->nested.year_loss == NULL);
    o->nested.truths = x->truths;
    o->nested.histories = x->histories;
    o->nested.n_strategies = without_twins(o);
    o->nested.year_loss = make_arrays(o->nested.n_strategies * o->years, n);
    if (o->nested.year_loss == NULL)
        return rw_error_set(e, RW_ERR_MEMORY,
            "no memory for %zu truths with %zu histories each: ask for fewer in "
            "simulation.band, or for none",
            x->truths, x->histories);
    return RW_OK;
}

static struct rw_moments *
copy(struct rw_arena *a, const struct rw_moments from[], size_t n)
{
    struct rw_moments *to = RW_ARENA_NEW(a, n, struct rw_moments);

    if (to != NULL)
        memcpy(to, from, n * sizeof *to);
    return to;
}

static bool
copy_cell(struct owned *w, const struct rw_layout *l, const struct rw_moments at[],
    struct rw_cell *c)
{
    const struct rw_model *m = w->o.model;

    c->residual = at[RW_FIGURE_RESIDUAL];
    c->loss = at[RW_FIGURE_LOSS];
    c->spend = at[RW_FIGURE_SPEND];
    c->incidents = at[RW_FIGURE_INCIDENTS];
    c->seen = at[RW_FIGURE_SEEN];
    c->failed = at[RW_FIGURE_FAILED];
    c->change = at[RW_FIGURE_CHANGE];
    c->drift = at[RW_FIGURE_DRIFT];
    c->controls = at[RW_FIGURE_CONTROLS];
    c->wear = at[RW_FIGURE_WEAR];
    c->learning = at[RW_FIGURE_LEARNING];
    c->chance = at[RW_FIGURE_CHANCE];
    c->inside = at[RW_FIGURE_INSIDE];
    c->nominal = at[RW_FIGURE_NOMINAL];
    c->score = at[RW_FIGURE_SCORE];
    c->met = at[RW_FIGURE_MET];
    c->met_inside = at[RW_FIGURE_MET_INSIDE];
    c->relied = at[RW_FIGURE_RELIED];
    c->reliable = at[RW_FIGURE_RELIABLE];
    c->relied_inside = at[RW_FIGURE_RELIED_INSIDE];
    c->threat_loss = copy(&w->arena, at + l->threat_loss, m->n_threats);
    c->risk_rate = copy(&w->arena, at + l->risk_rate, m->n_risks);
    c->risk_residual = copy(&w->arena, at + l->risk_residual, m->n_risks);
    c->operating = copy(&w->arena, at + l->operating, m->n_controls);
    if (m->programme.stated)
        c->programme = copy(&w->arena, at + l->programme, RW_PROGRESS_ROWS);
    if (m->benefit)
        c->benefit = copy(&w->arena, at + l->benefit, rw_benefit_rows(m));
    return c->threat_loss != NULL && c->risk_rate != NULL && c->risk_residual != NULL &&
           c->operating != NULL && (c->programme != NULL || !m->programme.stated) &&
           (c->benefit != NULL || !m->benefit);
}

static bool
copy_benefit(struct owned *w, const struct rw_layout *l, const struct rw_moments at[],
    struct rw_breakdown *b)
{
    size_t n = rw_benefit_rows(w->o.model);

    b->taken_off = copy(&w->arena, at + l->taken_off, n);
    b->costs = copy(&w->arena, at + l->costs, n);
    b->net = copy(&w->arena, at + l->net, n);
    return b->taken_off != NULL && b->costs != NULL && b->net != NULL;
}

static bool
copy_breakdown(struct owned *w, const struct rw_layout *l, const struct rw_moments at[],
    struct rw_breakdown *b)
{
    const struct rw_model *m = w->o.model;

    b->asset_loss = copy(&w->arena, at, m->n_assets);
    b->form_loss = copy(&w->arena, at + l->form, RW_FORMS);
    b->threat_loss = copy(&w->arena, at + l->threat, m->n_threats);
    b->pillar_spend = copy(&w->arena, at + l->pillar, RW_PILLARS);
    b->wheel_spend = at[l->wheel];
    b->after = at[l->after];
    b->pit = copy(&w->arena, at + l->pit, RW_FORECAST_BINS);
    b->rejected = at[l->rejected];
    b->met_place = copy(&w->arena, at + l->met_place, RW_FORECAST_BINS);
    b->met = at[l->met];
    b->left = at[l->left];
    b->bought = copy(&w->arena, at + l->bought, m->n_controls);
    b->fired = copy(&w->arena, at + l->fired, l->held - l->fired);
    b->held = copy(&w->arena, at + l->held, RW_HELDS * m->n_event_bounds);
    if (m->benefit && !copy_benefit(w, l, at, b))
        return false;
    return b->held != NULL && b->bought != NULL && b->fired != NULL && b->pit != NULL &&
           b->met_place != NULL && b->asset_loss != NULL && b->form_loss != NULL &&
           b->threat_loss != NULL && b->pillar_spend != NULL;
}

enum rw_err
rw_outcome_fill(struct rw_outcome *o, const struct rw_layout *l,
    const struct rw_moments total[], struct rw_error *e)
{
    struct owned *w = (struct owned *)o;
    size_t cycles = o->model->cycles;
    bool ok;

    o->cells = RW_ARENA_NEW(&w->arena, o->n_strategies * cycles, struct rw_cell);
    o->breakdown = RW_ARENA_NEW(&w->arena, o->n_strategies, struct rw_breakdown);
    ok = o->cells != NULL && o->breakdown != NULL;
    for (size_t s = 0; s < o->n_strategies && ok; s++) {
        for (size_t t = 0; t < cycles && ok; t++)
            ok = copy_cell(
                w, l, total + rw_layout_cycle(l, s, t), &o->cells[s * cycles + t]);
        ok = ok &&
             copy_breakdown(w, l, total + rw_layout_horizon(l, s), &o->breakdown[s]);
    }
    if (o->tallies != NULL)
        memcpy(o->tallies->moments, total + l->size,
            o->tallies->n * sizeof *o->tallies->moments);
    return ok ? RW_OK
              : rw_error_set(e, RW_ERR_MEMORY, "no memory for the run's figures");
}

enum rw_err
rw_outcome_spread(struct rw_outcome *o, const struct rw_layout *l,
    const struct rw_moments total[], struct rw_error *e)
{
    struct owned *w = (struct owned *)o;
    size_t cycles = o->model->cycles;

    o->residual_sd = RW_ARENA_NEW(&w->arena, o->n_strategies * cycles, double);
    if (o->residual_sd == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the run's figures");
    for (size_t s = 0; s < o->n_strategies; s++)
        for (size_t t = 0; t < cycles; t++)
            o->residual_sd[s * cycles + t] =
                rw_moments_sd(&total[rw_layout_cycle(l, s, t) + RW_FIGURE_RESIDUAL]);
    return RW_OK;
}
