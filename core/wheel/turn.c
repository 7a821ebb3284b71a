/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/turn.h"

#include "num/row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One for all who know the truth. */
static enum rw_err
make_foresight(struct rw_turn *x, struct rw_error *e)
{
    for (size_t k = 0; k < x->n; k++) {
        if (x->wheels[k]->s->deciding.knows != RW_KNOWS_TRUTH)
            continue;
        if (x->foresight == NULL) {
            enum rw_err err = rw_foresight_new(x->w, &x->foresight, e);

            if (err != RW_OK)
                return err;
        }
        x->wheels[k]->foresight = x->foresight;
    }
    return RW_OK;
}

enum rw_err
rw_turn_new(const struct rw_model *m, uint64_t seed, const size_t strategies[],
    size_t n, const struct rw_prior *prior, size_t room,
    const volatile sig_atomic_t *stop, struct rw_turn **out, struct rw_error *e)
{
    struct rw_turn *x = calloc(1, sizeof *x);
    enum rw_err err = RW_OK;

    *out = x;
    if (x == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a worker");
    x->n = n;
    x->layout = rw_layout_of(m, n);
    x->wheels = calloc(n, sizeof *x->wheels);
    x->bands = calloc(n * m->cycles, sizeof *x->bands);
    x->share = calloc(room, sizeof *x->share);
    x->rows = calloc(m->benefit ? (m->n_controls + 2) * room : 1, sizeof *x->rows);
    if (x->wheels == NULL || x->bands == NULL || x->share == NULL || x->rows == NULL ||
        rw_strike_init(&x->strike, m, room, n) != RW_OK)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a worker");
    err = rw_world_new(m, seed, room, stop, &x->w, e);
    for (size_t k = 0; k < n && err == RW_OK; k++)
        err =
            rw_wheel_new(x->w, &m->strategies[strategies[k]], prior, &x->wheels[k], e);
    return err == RW_OK ? make_foresight(x, e) : err;
}

void
rw_turn_free(struct rw_turn *x)
{
    if (x == NULL)
        return;
    for (size_t k = 0; x->wheels != NULL && k < x->n; k++)
        rw_wheel_free(x->wheels[k]);
    rw_foresight_free(x->w, x->foresight);
    rw_world_free(x->w);
    free(x->wheels);
    free(x->bands);
    free(x->share);
    free(x->rows);
    rw_strike_fini(&x->strike);
    free(x);
}

void
rw_turn_nest(struct rw_turn *x, size_t histories)
{
    x->w->histories = histories;
    free(x->bands);
    x->bands = NULL;
    for (size_t s = 0; s < x->n; s++) /* what is for the ledger alone */
        x->wheels[s]->parts.on = x->wheels[s]->benefits.on = false;
}

static void
note(struct rw_moments at[], const double rows[], size_t n_rows, size_t room, size_t n)
{
    struct rw_moments_batch b = {.n = n};

    for (size_t k = 0; k < n_rows; k++)
        rw_moments_add(&b, rows + k * room, &at[k]);
    rw_moments_flush(&b);
}

/* Of rows that are 0 where they are not used. */
static void
note_used(struct rw_moments at[], const double rows[], const bool used[], size_t n_rows,
    size_t room, size_t n)
{
    for (size_t k = 0; k < n_rows; k++)
        at[k] =
            used[k] ? rw_moments_array(rows + k * room, n) : rw_moments_constant(0, n);
}

/* In operation: 1 where it is, whether it works or not. */
static void
note_operating(struct rw_turn *x, const struct rw_wheel *g, struct rw_moments at[])
{
    unsigned t = x->w->cycle;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        const uint16_t *since = g->since + c * g->room;
        struct rw_row_cycles o = g->operation[c];

        if (o.first > t || o.last <= t) { /* in none, in all */
            at[c] = rw_moments_constant(o.first <= t, x->w->n);
            continue;
        }
        for (size_t i = 0; i < x->w->n; i++)
            x->share[i] = since[i] <= t;
        at[c] = rw_moments_array(x->share, x->w->n);
    }
}

/* The parts of the same loop without Check, if it turns beside this one. */
static const struct rw_attribution *
unlearned(const struct rw_turn *x, size_t s)
{
    const struct rw_model *m = x->w->m;

    for (size_t k = 0; k < x->n; k++) {
        const struct rw_strategy *twin = x->wheels[k]->s;

        if (twin->twin == RW_TWIN_NO_CHECK &&
            &m->strategies[twin->twin_of] == x->wheels[s]->s)
            return &x->wheels[k]->parts;
    }
    return NULL;
}

/* Of the controls' part what the twin has not had is learning. */
static void
note_parts(struct rw_turn *x, size_t s, struct rw_moments at[])
{
    const struct rw_attribution *p = &x->wheels[s]->parts, *twin = unlearned(x, s);
    size_t n = x->w->n;

    if (!p->on)
        return;
    for (size_t i = 0; i < n && twin != NULL; i++)
        x->share[i] = p->controls[i] - twin->controls[i];
    if (twin != NULL)
        at[RW_FIGURE_LEARNING] = rw_moments_array(x->share, n);
    at[RW_FIGURE_CHANGE] = rw_moments_array(p->change, n);
    at[RW_FIGURE_DRIFT] = rw_moments_array(p->drift, n);
    at[RW_FIGURE_CONTROLS] =
        rw_moments_array(twin != NULL ? twin->controls : p->controls, n);
    at[RW_FIGURE_WEAR] = rw_moments_array(p->wear, n);
    at[RW_FIGURE_CHANCE] = rw_moments_array(p->chance, n);
}

static void
note_figures(const struct rw_wheel *g, struct rw_moments at[])
{
    const struct rw_account *a = &g->acc;
    struct rw_moments_batch b = {.n = g->w->n};

    rw_moments_add(&b, a->residual, &at[RW_FIGURE_RESIDUAL]);
    rw_moments_add(&b, a->loss, &at[RW_FIGURE_LOSS]);
    rw_moments_add(&b, a->incidents, &at[RW_FIGURE_INCIDENTS]);
    rw_moments_add(&b, a->seen, &at[RW_FIGURE_SEEN]);
    rw_moments_flush(&b);
    note_used(&at[RW_FIGURE_SPEND], a->spend, &a->pays, 1, g->room, b.n);
    note_used(&at[RW_FIGURE_FAILED], a->failed, &a->pays, 1, g->room, b.n);
}

static void
note_forecasts(const struct rw_foretold *f, struct rw_moments at[])
{
    struct rw_moments_batch b = {.n = f->n};

    rw_moments_add(&b, f->inside, &at[RW_FIGURE_INSIDE]);
    rw_moments_add(&b, f->nominal, &at[RW_FIGURE_NOMINAL]);
    rw_moments_add(&b, f->score, &at[RW_FIGURE_SCORE]);
    rw_moments_add(&b, f->met, &at[RW_FIGURE_MET]);
    rw_moments_add(&b, f->met_inside, &at[RW_FIGURE_MET_INSIDE]);
    rw_moments_add(&b, f->relied, &at[RW_FIGURE_RELIED]);
    rw_moments_add(&b, f->reliable, &at[RW_FIGURE_RELIABLE]);
    rw_moments_add(&b, f->relied_inside, &at[RW_FIGURE_RELIED_INSIDE]);
    rw_moments_flush(&b);
}

static void
note_cycle(struct rw_turn *x, size_t s, struct rw_moments ledger[])
{
    const struct rw_wheel *g = x->wheels[s];
    const struct rw_account *a = &g->acc;
    const struct rw_model *m = g->m;
    struct rw_moments *at = ledger + rw_layout_cycle(&x->layout, s, x->w->cycle);
    size_t n = x->w->n;

    note_figures(g, at);
    note_forecasts(&g->told, at);
    note_parts(x, s, at);
    note(at + x->layout.threat_loss, a->threat_loss, m->n_threats, g->room, n);
    note(at + x->layout.risk_rate, a->risk_rate, m->n_risks, g->room, n);
    note(at + x->layout.risk_residual, a->risk_residual, m->n_risks, g->room, n);
    note_operating(x, g, at + x->layout.operating);
    if (g->progress != NULL)
        note(at + x->layout.programme, g->progress->rows, RW_PROGRESS_ROWS, g->room, n);
    rw_benefit_note_cycle(g, x->rows, at + x->layout.benefit);
    rw_histogram_add(&x->bands[s * m->cycles + x->w->cycle], a->residual, n);
}

/* Money left over, what was bought, and how often its triggers fired. */
static void
note_decided(struct rw_turn *x, const struct rw_wheel *g, struct rw_moments at[])
{
    if (!rw_strategy_decides(g->s))
        return;
    for (size_t i = 0; i < x->w->n; i++)
        x->share[i] = g->plans ? g->balance[i] + g->reserve[i] : 0;
    at[x->layout.left] = rw_moments_array(x->share, x->w->n);
    for (size_t c = 0; c < g->m->n_controls; c++) {
        for (size_t i = 0; i < x->w->n; i++)
            x->share[i] = g->bought[c * g->room + i] != RW_NEVER;
        at[x->layout.bought + c] = rw_moments_array(x->share, x->w->n);
    }
    note(at + x->layout.fired, g->triggers.total, g->triggers.n, g->room, x->w->n);
}

static void
note_horizon(struct rw_turn *x, size_t s, struct rw_moments ledger[])
{
    const struct rw_wheel *g = x->wheels[s];
    const struct rw_account *a = &g->acc;
    struct rw_moments *at = ledger + rw_layout_horizon(&x->layout, s);
    size_t n = x->w->n;

    note(at, a->asset_loss, g->m->n_assets, g->room, n);
    note_used(at + x->layout.form, a->form_loss, a->form_used, RW_FORMS, g->room, n);
    note(at + x->layout.threat, a->total_threat, g->m->n_threats, g->room, n);
    note_used(
        at + x->layout.pillar, a->pillar_spend, a->pillar_used, RW_PILLARS, g->room, n);
    note_used(at + x->layout.wheel, a->wheel_spend, &a->pays, 1, g->room, n);
    note_used(at + x->layout.after, a->after, &a->after_used, 1, g->room, n);
    rw_foretold_close(&x->wheels[s]->told);
    note(at + x->layout.pit, g->told.share, RW_FORECAST_BINS, g->told.room, g->told.n);
    note(at + x->layout.rejected, g->told.rejected, 1, g->told.room, g->told.n);
    note(at + x->layout.met_place, g->told.met_place, RW_FORECAST_BINS, g->told.room,
        g->told.n);
    note(at + x->layout.met, g->told.all_met, 1, g->told.room, g->told.n);
    note_decided(x, g, at);
    rw_benefit_note_horizon(g, x->wheels[0], x->rows, at + x->layout.taken_off,
        at + x->layout.costs, at + x->layout.net);
}

/* What floors and caps of amounts have held since the start. */
static void
note_held(struct rw_turn *x, size_t s, enum rw_held first, struct rw_moments ledger[])
{
    const struct rw_wheel *g = x->wheels[s];
    struct rw_moments *at =
        ledger + rw_layout_horizon(&x->layout, s) + x->layout.held + first;

    for (size_t k = 0; k < g->m->n_event_bounds; k++, at += RW_HELDS) {
        const struct rw_bound *b = &g->m->bounds[k];
        const double *drawn = g->acc.drawn + b->row * g->room;

        for (size_t i = 0; i < x->w->n; i++)
            x->share[i] = drawn[i] * b->per_event;
        at[0] = rw_moments_array(x->share, x->w->n);
        for (size_t i = 0; i < x->w->n; i++)
            x->share[i] = drawn[i] > 0 ? -expm1(drawn[i] * log1p(-b->per_event)) : 0;
        at[1] = rw_moments_array(x->share, x->w->n);
    }
}

/* Control by control they audit by the same draws. */
static void
check(struct rw_turn *x)
{
    const struct rw_model *m = x->w->m;

    for (size_t s = 0; s < x->n; s++) {
        rw_stage_due(x->wheels[s]);
        rw_account_gather(&x->wheels[s]->acc, m, x->w->n);
        rw_check_learn(x->wheels[s]);
    }
    for (size_t c = 0; c < m->n_controls; c++)
        for (size_t s = 0; s < x->n; s++)
            rw_check_audit(x->wheels[s], c);
    for (size_t s = 0; s < x->n; s++)
        rw_check_close(x->wheels[s]);
}

void
rw_turn_even(struct rw_turn *x, const struct rw_quasi *q)
{
    x->w->quasi = q;
}

/* Plan and Do of every strategy, the events, Check and Act. */
static enum rw_err
turn_cycle(struct rw_turn *x, unsigned t, struct rw_error *e)
{
    const struct rw_model *m = x->w->m;
    enum rw_err err = rw_world_cycle(x->w, t, e);

    for (size_t s = 0; s < x->n && err == RW_OK; s++) {
        rw_account_open(&x->wheels[s]->acc, m, t);
        err = rw_wheel_plan(x->wheels[s], e);
        if (err == RW_OK)
            err = rw_wheel_do(x->wheels[s], e);
    }
    for (size_t s = 1; s < x->n && err == RW_OK; s++)
        rw_benefit_cycle(x->wheels[s], x->wheels[0]);
    for (size_t k = 0; k < m->n_sources && err == RW_OK; k++)
        rw_strike(&x->strike, x->w, x->wheels, x->n, k);
    for (size_t k = 0; k < m->dependence.n_shocks && err == RW_OK; k++)
        rw_strike_shock(&x->strike, x->w, x->wheels, x->n, k);
    if (x->foresight != NULL)
        rw_foresight_pass(x->foresight, x->w);
    if (err == RW_OK)
        check(x);
    for (size_t s = 0; s < x->n && err == RW_OK; s++) {
        rw_wheel_act(x->wheels[s]);
        rw_progress_cycle(x->wheels[s]);
        rw_account_close(&x->wheels[s]->acc, m, x->w->n, t);
    }
    if (err == RW_OK && rw_world_stopped(x->w))
        err = rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    return err;
}

static void
keep(double *all[], size_t at, uint64_t index, const double row[], size_t n)
{
    if (all != NULL)
        memcpy(all[at] + index, row, n * sizeof *row);
}

/* Most strategies spend nothing in any future, or something in all of them. */
static void
keep_spend(
    const struct rw_sink *sink, size_t s, uint64_t index, const double row[], size_t n)
{
    if (sink->spent != NULL) {
        if (rw_row_nothing(n, row))
            return;
        __atomic_store_n(&sink->spent[s], true, __ATOMIC_RELAXED);
    }
    keep(sink->spend, s, index, row, n);
}

static void
keep_year(const struct rw_turn *x, size_t s, unsigned year, uint64_t index, size_t n,
    const struct rw_sink *sink)
{
    const struct rw_account *a = &x->wheels[s]->acc;
    size_t at = s * x->w->m->n_years + year;

    keep(sink->year_loss, at, index, a->year_loss, n);
    keep(sink->year_largest, at, index, a->year_largest + year * a->room, n);
}

/* The cycle's loss of the watched risks, added up over the first year. */
static void
watch(const struct rw_turn *x, unsigned t, uint64_t first, size_t n,
    const struct rw_sink *sink)
{
    const struct rw_wheel *g = x->wheels[0];

    for (size_t k = 0; k < sink->n_watched && t < g->m->per_year; k++) {
        const double *row = g->acc.risk_loss + sink->watched[k] * g->room;
        double *to = sink->risk_year[k] + first;

        for (size_t i = 0; i < n; i++)
            to[i] = t > 0 ? to[i] + row[i] : row[i];
    }
}

enum rw_err
rw_turn_block(struct rw_turn *x, uint64_t first, size_t n, const struct rw_sink *sink,
    struct rw_moments ledger[], struct rw_error *e)
{
    const struct rw_model *m = x->w->m;
    uint64_t index = first - sink->first;
    bool noted = x->bands != NULL;
    enum rw_err err = x->foresight != NULL
                          ? rw_foresight_begin(x->foresight, x->w, first, n, e)
                          : rw_world_begin(x->w, first, n, e);

    for (size_t s = 0; s < x->n && err == RW_OK; s++)
        err = rw_wheel_begin(x->wheels[s], e);
    for (unsigned t = 0; t < m->cycles && err == RW_OK; t++) {
        err = turn_cycle(x, t, e);
        if (err == RW_OK)
            watch(x, t, index, n, sink);
        for (size_t s = 0; s < x->n && err == RW_OK; s++) {
            if (noted)
                note_cycle(x, s, ledger);
            if (noted && t + 1 == m->per_year)
                note_held(x, s, RW_HELD_YEAR_DRAWS, ledger);
            if ((t + 1) % m->per_year == 0)
                keep_year(x, s, t / m->per_year, index, n, sink);
        }
    }
    for (size_t s = 0; s < x->n && err == RW_OK; s++) {
        rw_stage_close(x->wheels[s]);
        if (noted) {
            note_horizon(x, s, ledger);
            note_held(x, s, RW_HELD_HORIZON_DRAWS, ledger);
        }
        if (sink->total_loss != sink->year_loss)
            keep(sink->total_loss, s, index, x->wheels[s]->acc.total_loss, n);
        keep_spend(sink, s, index, x->wheels[s]->acc.total_spend, n);
        keep(sink->npv, s, index, x->wheels[s]->acc.npv, n);
        if (x->wheels[s]->progress != NULL)
            keep(sink->statement, s, index, x->wheels[s]->progress->first, n);
    }
    return err;
}
