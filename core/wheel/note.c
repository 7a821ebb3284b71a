/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/note.h"

#include <math.h>

static void
note(struct rw_moments at[], const double rows[], size_t n_rows, size_t room, size_t n)
{
    struct rw_moments_batch b = {.n = n};

    for (size_t k = 0; k < n_rows; k++)
        rw_moments_add(&b, rows + k * room, &at[k]);
    rw_moments_flush(&b);
}

/* Of rows that are 0 unless there is some. */
static void
note_if(bool some, struct rw_moments at[], const double rows[], size_t n_rows,
    size_t room, size_t n)
{
    if (some)
        note(at, rows, n_rows, room, n);
    for (size_t k = 0; k < n_rows && !some; k++)
        at[k] = rw_moments_constant(0, n);
}

static void
note_used(struct rw_moments at[], const double rows[], const bool used[], size_t n_rows,
    size_t room, size_t n)
{
    for (size_t k = 0; k < n_rows; k++)
        note_if(used[k], &at[k], rows + k * room, 1, room, n);
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
    note_if(a->pays, &at[RW_FIGURE_SPEND], a->spend, 1, g->room, b.n);
    note_if(a->pays, &at[RW_FIGURE_FAILED], a->failed, 1, g->room, b.n);
}

static void
note_forecasts(const struct rw_foretold *f, struct rw_moments at[])
{
    const struct {
        enum rw_figure figure;
        const double *row;
    } list[] = {
        {RW_FIGURE_INSIDE, f->inside},
        {RW_FIGURE_NOMINAL, f->nominal},
        {RW_FIGURE_SCORE, f->score},
        {RW_FIGURE_MET, f->met},
        {RW_FIGURE_MET_INSIDE, f->met_inside},
        {RW_FIGURE_RELIED, f->relied},
        {RW_FIGURE_RELIABLE, f->reliable},
        {RW_FIGURE_RELIED_INSIDE, f->relied_inside},
    };
    struct rw_moments_batch b = {.n = f->n};

    for (size_t k = 0; k < sizeof list / sizeof *list; k++)
        if (f->any)
            rw_moments_add(&b, list[k].row, &at[list[k].figure]);
        else
            at[list[k].figure] = rw_moments_constant(0, f->n);
    rw_moments_flush(&b);
}

/* How they fell out over the horizon. */
static void
note_foretold(
    const struct rw_turn *x, const struct rw_foretold *f, struct rw_moments at[])
{
    note_if(f->any, at + x->layout.pit, f->share, RW_FORECAST_BINS, f->room, f->n);
    note_if(f->any, at + x->layout.rejected, f->rejected, 1, f->room, f->n);
    note_if(f->any, at + x->layout.met_place, f->met_place, RW_FORECAST_BINS, f->room,
        f->n);
    note_if(f->any, at + x->layout.met, f->all_met, 1, f->room, f->n);
}

void
rw_note_cycle(struct rw_turn *x, size_t s, struct rw_moments ledger[])
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

void
rw_note_horizon(struct rw_turn *x, size_t s, struct rw_moments ledger[])
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
    note_if(a->pays, at + x->layout.wheel, a->wheel_spend, 1, g->room, n);
    note_if(a->after_used, at + x->layout.after, a->after, 1, g->room, n);
    rw_foretold_close(&x->wheels[s]->told);
    note_foretold(x, &g->told, at);
    note_decided(x, g, at);
    rw_benefit_note_horizon(g, x->wheels[0], x->rows, at + x->layout.taken_off,
        at + x->layout.costs, at + x->layout.net);
}

void
rw_note_held(
    struct rw_turn *x, size_t s, enum rw_held first, struct rw_moments ledger[])
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
