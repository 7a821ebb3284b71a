/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/csv.h"

#include "out/benefit.h"
#include "out/csv_part.h"
#include "out/programme.h"

#include <stdio.h>
#include <string.h>

void
rw_csv_cell(struct rw_text *t, const char *s)
{
    bool guard = *s != '\0' && strchr("=+-@\t\r", *s) != NULL;
    bool quote = guard || strpbrk(s, ",\"\r\n") != NULL;

    if (quote)
        rw_text_add(t, "\"");
    if (guard)
        rw_text_add(t, "'");
    for (; *s; s++) {
        if (*s == '"')
            rw_text_add(t, "\"");
        rw_text_addn(t, s, 1);
    }
    rw_text_add(t, quote ? "\"," : ",");
}

void
rw_csv_number(struct rw_text *t, double x)
{
    rw_text_add_number(t, x);
    rw_text_add(t, ",");
}

void
rw_csv_empty(struct rw_text *t)
{
    rw_text_add(t, ",");
}

void
rw_csv_end(struct rw_text *t)
{
    if (t->failed || t->len == 0)
        return;
    t->s[--t->len] = '\0'; /* the last comma */
    rw_text_add(t, "\r\n");
}

void
rw_csv_column(
    struct rw_text *t, const struct rw_result *r, const char *name, const char *unit)
{
    struct rw_text cell;

    rw_text_init(&cell);
    rw_text_add(&cell, name);
    if (unit) {
        rw_text_add(&cell, " [");
        if (unit[0] == '$') {
            rw_text_add(&cell, r->model->currency);
            unit++;
        }
        rw_text_add(&cell, unit);
        rw_text_add(&cell, "]");
    }
    t->failed |= cell.failed;
    if (!cell.failed)
        rw_csv_cell(t, cell.s);
    rw_text_fini(&cell);
}

static void
mean_columns(
    struct rw_text *t, const struct rw_result *r, const char *name, const char *unit)
{
    char both[64];

    snprintf(both, sizeof both, "%s_mean", name);
    rw_csv_column(t, r, both, unit);
    snprintf(both, sizeof both, "%s_se", name);
    rw_csv_column(t, r, both, unit);
}

void
rw_csv_mean(struct rw_text *t, struct rw_mean m)
{
    rw_csv_number(t, m.mean);
    rw_csv_number(t, m.se);
}

static void
cycles(const struct rw_result *r, struct rw_text *t)
{
    static const char *const bands[5] = {
        "residual_p05", "residual_p25", "residual_p50", "residual_p75", "residual_p95"};

    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "cycle", r->model->cycle_name);
    mean_columns(t, r, "residual", "$/year");
    for (size_t k = 0; k < 5; k++)
        rw_csv_column(t, r, bands[k], "$/year");
    mean_columns(t, r, "loss", "$");
    mean_columns(t, r, "spend", "$");
    mean_columns(t, r, "incidents", "1");
    mean_columns(t, r, "detected", "1");
    mean_columns(t, r, "corrected", "1");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned k = 0; k < r->model->cycles; k++) {
            const struct rw_result_cycle *c = &r->strategies[s].cycles[k];

            rw_csv_cell(t, r->strategies[s].name);
            rw_csv_number(t, c->cycle);
            rw_csv_mean(t, c->residual);
            for (size_t b = 0; b < 5; b++)
                rw_csv_number(t, c->band[b]);
            rw_csv_mean(t, c->loss);
            rw_csv_mean(t, c->spend);
            rw_csv_mean(t, c->incidents);
            rw_csv_mean(t, c->seen);
            rw_csv_mean(t, c->failed);
            rw_csv_end(t);
        }
}

static void
law_columns(struct rw_text *t, const struct rw_result *r, const char *unit)
{
    char name[64];

    rw_csv_column(t, r, "mean", unit);
    rw_csv_column(t, r, "mean_se", unit);
    rw_csv_column(t, r, "sd", unit);
    rw_csv_column(t, r, "p0", "1");
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        const char *q = rw_result_quantile_names[k];

        snprintf(name, sizeof name, "q%s", q);
        rw_csv_column(t, r, name, unit);
        snprintf(name, sizeof name, "q%s_low", q);
        rw_csv_column(t, r, name, unit);
        snprintf(name, sizeof name, "q%s_high", q);
        rw_csv_column(t, r, name, unit);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        snprintf(name, sizeof name, "tvar%s", rw_result_tvar_names[k]);
        rw_csv_column(t, r, name, unit);
        snprintf(name, sizeof name, "tvar%s_se", rw_result_tvar_names[k]);
        rw_csv_column(t, r, name, unit);
    }
}

static void
law_cells(struct rw_text *t, const struct rw_law *l)
{
    rw_csv_number(t, l->mean);
    rw_csv_number(t, l->mean_se);
    rw_csv_number(t, l->sd);
    rw_csv_number(t, l->p0);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        const struct rw_quantile *q = &l->quantile[k];

        if (q->refused) {
            rw_text_add(t, ",,,");
            continue;
        }
        rw_csv_number(t, q->value);
        rw_csv_number(t, q->low);
        rw_csv_number(t, q->high);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        if (l->tvar[k].refused) {
            rw_text_add(t, ",,");
            continue;
        }
        rw_csv_number(t, l->tvar[k].value);
        rw_csv_number(t, l->tvar[k].se);
    }
}

/* One of a year's laws for each strategy and year. */
static void
year_laws(const struct rw_result *r, struct rw_text *t,
    const struct rw_law *(*law)(const struct rw_result_year *y))
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "year", NULL);
    law_columns(t, r, "$");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned y = 0; y < r->model->n_years; y++) {
            rw_csv_cell(t, r->strategies[s].name);
            rw_csv_number(t, r->strategies[s].years[y].year);
            law_cells(t, law(&r->strategies[s].years[y]));
            rw_csv_end(t);
        }
}

static const struct rw_law *
loss_of(const struct rw_result_year *y)
{
    return &y->loss;
}

static const struct rw_law *
largest_of(const struct rw_result_year *y)
{
    return &y->largest;
}

static void
years(const struct rw_result *r, struct rw_text *t)
{
    year_laws(r, t, loss_of);
}

static void
largest(const struct rw_result *r, struct rw_text *t)
{
    year_laws(r, t, largest_of);
}

static void
law_row(
    struct rw_text *t, const char *strategy, const char *figure, const struct rw_law *l)
{
    rw_csv_cell(t, strategy);
    rw_csv_cell(t, figure);
    law_cells(t, l);
    rw_csv_end(t);
}

static void
horizon(const struct rw_result *r, struct rw_text *t)
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "figure", NULL);
    law_columns(t, r, "$");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++) {
        const struct rw_result_strategy *g = &r->strategies[s];

        law_row(t, g->name, "loss", &g->loss);
        law_row(t, g->name, "spend", &g->spend);
        law_row(t, g->name, "total", &g->total);
        law_row(t, g->name, "npv", &g->npv);
    }
}

static void
versus(const struct rw_result *r, struct rw_text *t)
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "figure", NULL);
    law_columns(t, r, "$");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++) {
        const struct rw_versus *v = r->strategies[s].versus;
        const char *name = r->strategies[s].name;

        if (v == NULL)
            continue;
        law_row(t, name, "loss", &v->loss);
        law_row(t, name, "spend", &v->spend);
        law_row(t, name, "total", &v->total);
        law_row(t, name, "npv", &v->npv);
    }
}

static void
curve_rows(
    struct rw_text *t, const char *strategy, const char *year, const struct rw_law *l)
{
    for (size_t k = 0; k < l->n_curve; k++) {
        rw_csv_cell(t, strategy);
        rw_csv_cell(t, year);
        rw_csv_number(t, l->curve[k].loss);
        rw_csv_number(t, l->curve[k].probability);
        rw_csv_number(t, l->curve[k].low);
        rw_csv_number(t, l->curve[k].high);
        rw_csv_end(t);
    }
}

static void
curve_columns(struct rw_text *t, const struct rw_result *r)
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "year", NULL);
    rw_csv_column(t, r, "loss", "$");
    rw_csv_column(t, r, "probability", "1");
    rw_csv_column(t, r, "probability_low", "1");
    rw_csv_column(t, r, "probability_high", "1");
    rw_csv_end(t);
}

static void
year_curves(const struct rw_result *r, struct rw_text *t, size_t s,
    const struct rw_law *(*law)(const struct rw_result_year *y))
{
    const struct rw_result_strategy *g = &r->strategies[s];
    char number[RW_NUMBER_MAX];

    for (unsigned y = 0; y < r->model->n_years; y++)
        curve_rows(
            t, g->name, rw_number_print(number, g->years[y].year), law(&g->years[y]));
}

static void
exceedance(const struct rw_result *r, struct rw_text *t)
{
    curve_columns(t, r);
    for (size_t s = 0; s < r->n_strategies; s++) {
        year_curves(r, t, s, loss_of);
        curve_rows(t, r->strategies[s].name, "horizon", &r->strategies[s].loss);
    }
}

static void
largest_exceedance(const struct rw_result *r, struct rw_text *t)
{
    curve_columns(t, r);
    for (size_t s = 0; s < r->n_strategies; s++)
        year_curves(r, t, s, largest_of);
}

static void
share_rows(struct rw_text *t, const char *strategy, const char *by, const char *item,
    struct rw_mean m)
{
    rw_csv_cell(t, strategy);
    rw_csv_cell(t, by);
    rw_csv_cell(t, item);
    rw_csv_mean(t, m);
    rw_csv_end(t);
}

static void
contributions(const struct rw_result *r, struct rw_text *t)
{
    const struct rw_model *m = r->model;

    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "of", NULL);
    rw_csv_column(t, r, "item", NULL);
    rw_csv_column(t, r, "mean", "$");
    rw_csv_column(t, r, "se", "$");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++) {
        const struct rw_result_strategy *g = &r->strategies[s];

        for (size_t k = 0; k < m->n_threats; k++)
            share_rows(
                t, g->name, "loss by threat", m->threats[k].id, g->threat_loss[k]);
        for (size_t k = 0; k < m->n_assets; k++)
            share_rows(t, g->name, "loss by asset", m->assets[k].id, g->asset_loss[k]);
        for (size_t k = 0; k < RW_FORMS; k++)
            share_rows(
                t, g->name, "loss by form", rw_loss_form_names[k], g->form_loss[k]);
        for (size_t k = 0; k < RW_PILLARS; k++)
            share_rows(
                t, g->name, "spend by pillar", rw_pillar_names[k], g->pillar_spend[k]);
        share_rows(
            t, g->name, "spend by pillar", "audits_and_corrections", g->wheel_spend);
    }
}

static void
risks(const struct rw_result *r, struct rw_text *t)
{
    const struct rw_model *m = r->model;

    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "cycle", m->cycle_name);
    rw_csv_column(t, r, "threat", NULL);
    rw_csv_column(t, r, "asset", NULL);
    mean_columns(t, r, "rate", "1/year");
    mean_columns(t, r, "residual", "$/year");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned c = 0; c < m->cycles; c++)
            for (size_t k = 0; k < m->n_risks; k++) {
                const struct rw_result_cycle *cycle = &r->strategies[s].cycles[c];

                rw_csv_cell(t, r->strategies[s].name);
                rw_csv_number(t, cycle->cycle);
                rw_csv_cell(t, m->threats[m->risks[k].threat].id);
                rw_csv_cell(t, m->assets[m->risks[k].asset].id);
                rw_csv_mean(t, cycle->risk_rate[k]);
                rw_csv_mean(t, cycle->risk_residual[k]);
                rw_csv_end(t);
            }
}

static void
controls(const struct rw_result *r, struct rw_text *t)
{
    const struct rw_model *m = r->model;

    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "cycle", m->cycle_name);
    rw_csv_column(t, r, "control", NULL);
    mean_columns(t, r, "operating", "1");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned c = 0; c < m->cycles; c++)
            for (size_t k = 0; k < m->n_controls; k++) {
                const struct rw_result_cycle *cycle = &r->strategies[s].cycles[c];

                rw_csv_cell(t, r->strategies[s].name);
                rw_csv_number(t, cycle->cycle);
                rw_csv_cell(t, m->controls[k].id);
                rw_csv_mean(t, cycle->operating[k]);
                rw_csv_end(t);
            }
}

const struct rw_csv_table rw_csv_tables[] = {
    {"cycles.csv", cycles, NULL},
    {"years.csv", years, NULL},
    {"horizon.csv", horizon, NULL},
    {"versus.csv", versus, NULL},
    {"exceedance.csv", exceedance, NULL},
    {"largest.csv", largest, NULL},
    {"largest_exceedance.csv", largest_exceedance, NULL},
    {"band.csv", rw_csv_band, NULL},
    {"epistemic.csv", rw_csv_epistemic, NULL},
    {"contributions.csv", contributions, NULL},
    {"risks.csv", risks, NULL},
    {"controls.csv", controls, NULL},
    {"benefit.csv", rw_benefit_csv, rw_benefit_csv_wanted},
    {"benefit_cycles.csv", rw_benefit_cycles_csv, rw_benefit_csv_wanted},
    {"programme.csv", rw_programme_csv, rw_programme_csv_wanted},
    {NULL, NULL, NULL},
};

enum rw_err
rw_csv_table(
    const struct rw_result *r, const char *file, struct rw_text *t, struct rw_error *e)
{
    const struct rw_csv_table *table = rw_csv_tables;

    while (table->file && strcmp(table->file, file) != 0)
        table++;
    RW_BUG_ASSERT(table->file != NULL);
    table->write(r, t);
    if (t->failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to write %s", file);
    return RW_OK;
}
