/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/json.h"

#include "out/benefit.h"
#include "out/caps.h"
#include "out/exact.h"
#include "out/law_json.h"
#include "out/programme.h"
#include "out/phases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
by_kind_and_name(const void *a, const void *b)
{
    const struct rw_plugin *p = *(const struct rw_plugin *const *)a;
    const struct rw_plugin *q = *(const struct rw_plugin *const *)b;

    return p->kind != q->kind ? (p->kind > q->kind) - (p->kind < q->kind)
                              : strcmp(p->name, q->name);
}

static void
add_plugin(const struct rw_plugin *list[], size_t *n, const struct rw_plugin *p)
{
    if (p == NULL)
        return;
    for (size_t k = 0; k < *n; k++)
        if (list[k] == p)
            return;
    list[(*n)++] = p;
}

const struct rw_plugin **
rw_model_plugins(const struct rw_model *m, struct rw_arena *a, size_t *n)
{
    const struct rw_plugin **list = RW_ARENA_NEW(
        a, m->n_threats + m->n_controls + m->n_strategies, const struct rw_plugin *);

    *n = 0;
    if (list == NULL)
        return NULL;
    for (size_t k = 0; k < m->n_threats; k++)
        add_plugin(list, n, m->threats[k].use.plugin);
    for (size_t k = 0; k < m->n_controls; k++)
        add_plugin(list, n, m->controls[k].use.plugin);
    for (size_t k = 0; k < m->n_strategies; k++)
        add_plugin(list, n, m->strategies[k].planner.plugin);
    qsort(list, *n, sizeof *list, by_kind_and_name);
    return list;
}

static void
data_files(struct rw_writer *w, const struct rw_model *m)
{
    rw_writer_array(w, "data", false);
    for (const struct rw_data *f = m->data; f; f = f->next) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "file", f->file);
        rw_writer_string(w, "sha256", f->sha256);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

void
rw_json_program(
    struct rw_writer *w, const struct rw_model *m, const struct rw_json_head *head)
{
    rw_writer_count(w, "riskwheel", RW_RESULTS_FORMAT);
    rw_writer_object(w, "program", true);
    rw_writer_string(w, "name", "riskwheel");
    rw_writer_string(w, "version", head->version);
    rw_writer_end(w);
    rw_writer_object(w, "scenario", false);
    rw_writer_string(w, "file", m->file);
    rw_writer_string(w, "sha256", m->sha256);
    if (m->data)
        data_files(w, m);
    rw_writer_string(w, "name", m->name);
    rw_writer_string(w, "currency", m->currency);
    rw_writer_array(w, "settings", false);
    for (size_t k = 0; k < head->n_settings; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "path", head->paths[k]);
        rw_writer_string(w, "value", head->values[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_end(w);
}

static bool
plugins(struct rw_writer *w, const struct rw_model *m)
{
    struct rw_arena a;
    size_t n;
    const struct rw_plugin **list;

    rw_arena_init(&a);
    list = rw_model_plugins(m, &a, &n);
    rw_writer_array(w, "plugins", false);
    for (size_t k = 0; list && k < n; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "kind", rw_plugin_kind_names[list[k]->kind]);
        rw_writer_string(w, "name", list[k]->name);
        rw_writer_string(w, "version", list[k]->version);
        rw_writer_string(w, "file", list[k]->file);
        rw_writer_string(w, "sha256", list[k]->sha256);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_arena_fini(&a);
    return list != NULL;
}

/* Of the nested run. */
static void
nested(struct rw_writer *w, const struct rw_result *r)
{
    rw_writer_object(w, "band", true);
    rw_writer_count(w, "truths", r->truths);
    rw_writer_count(w, "histories", r->histories);
    if (r->no_band)
        rw_writer_string(w, "none", r->no_band);
    rw_writer_end(w);
}

static void
precision(struct rw_writer *w, const struct rw_precision *p)
{
    rw_writer_object(w, "precision", true);
    rw_writer_number(w, "wanted", p->wanted);
    rw_writer_number(w, "quantile", p->q);
    rw_writer_number(w, "reached", p->reached);
    rw_writer_string(w, "strategy", p->strategy);
    rw_writer_string(w, "verdict", p->met ? "met" : "missed");
    rw_writer_count(w, "runs", p->runs);
    rw_writer_number(w, "trials_needed", rint(p->needed));
    rw_writer_count(w, "trials_max", p->most);
    rw_writer_end(w);
}

static void
simulation(struct rw_writer *w, const struct rw_result *r)
{
    const struct rw_model *m = r->model;

    rw_writer_object(w, "simulation", false);
    rw_writer_count(w, "trials", r->n);
    rw_writer_count(w, "seed", m->seed);
    rw_writer_count(w, "cycles", m->cycles);
    rw_writer_string(w, "cycle", m->cycle_name);
    rw_writer_count(w, "cycles_per_year", m->per_year);
    rw_writer_number(w, "discount_rate", m->discount_rate);
    rw_writer_number(w, "interval_level", RW_RESULT_LEVEL);
    rw_writer_number(w, "band_error", RW_HISTOGRAM_ERROR);
    if (r->tallied) {
        rw_writer_object(w, "quantiles", true);
        rw_writer_string(w, "method", "histogram");
        rw_writer_number(w, "error", RW_TALLY_ERROR);
        rw_writer_end(w);
    }
    if (r->precision)
        precision(w, r->precision);
    nested(w, r);
    rw_json_sampling(w, r);
    rw_writer_end(w);
    rw_writer_array(w, "appetite", false);
    for (size_t k = 0; k < m->n_appetite; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_number(w, "loss", m->appetite[k].loss);
        rw_writer_number(w, "probability", m->appetite[k].probability);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

static void
named(struct rw_writer *w, const char *id, const char *name, const char *reference)
{
    rw_writer_object(w, NULL, true);
    rw_writer_string(w, "id", id);
    rw_writer_string(w, "name", name ? name : id);
    if (reference)
        rw_writer_string(w, "reference", reference);
}

/* What the figures below are about. */
static void
things(struct rw_writer *w, const struct rw_model *m)
{
    rw_writer_array(w, "assets", false);
    for (size_t k = 0; k < m->n_assets; k++) {
        named(w, m->assets[k].id, m->assets[k].name, NULL);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_array(w, "threats", false);
    for (size_t k = 0; k < m->n_threats; k++) {
        named(w, m->threats[k].id, m->threats[k].name, m->threats[k].reference);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_array(w, "controls", false);
    for (size_t k = 0; k < m->n_controls; k++) {
        named(w, m->controls[k].id, m->controls[k].name, m->controls[k].reference);
        rw_writer_string(w, "pillar", rw_pillar_names[m->controls[k].pillar]);
        rw_writer_string(w, "function", rw_function_names[m->controls[k].function]);
        rw_writer_string(w, "status", rw_status_names[m->controls[k].status]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_array(w, "risks", false);
    for (size_t k = 0; k < m->n_risks; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "id", m->risks[k].id);
        rw_writer_string(w, "threat", m->threats[m->risks[k].threat].id);
        rw_writer_string(w, "asset", m->assets[m->risks[k].asset].id);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

static void
band(struct rw_writer *w, const double band_[RW_BAND_LEVELS])
{
    rw_writer_object(w, "band", true);
    for (size_t k = 0; k < RW_BAND_LEVELS; k++)
        rw_writer_number(w, rw_band_level_names[k], band_[k]);
    rw_writer_end(w);
}

static void
cycle(struct rw_writer *w, const struct rw_model *m, const struct rw_result_strategy *s,
    const struct rw_result_cycle *c)
{
    rw_writer_object(w, NULL, false);
    rw_writer_count(w, "cycle", c->cycle);
    rw_writer_object(w, "residual", false);
    rw_writer_number(w, "mean", c->residual.mean);
    rw_writer_number(w, "se", c->residual.se);
    band(w, c->band);
    rw_writer_end(w);
    rw_writer_object(w, "loss", false);
    rw_writer_number(w, "mean", c->loss.mean);
    rw_writer_number(w, "se", c->loss.se);
    rw_writer_object(w, "by_threat", false);
    for (size_t k = 0; k < m->n_threats; k++)
        rw_json_mean(w, m->threats[k].id, c->threat_loss[k]);
    rw_writer_end(w);
    rw_writer_end(w);
    if (m->attribution && c->cycle > 1)
        rw_json_attribution(w, c, s->learning);
    if (c->benefit)
        rw_benefit_cycle_json(w, m, c->benefit);
    rw_json_mean(w, "spend", c->spend);
    rw_json_mean(w, "incidents", c->incidents);
    rw_json_mean(w, "detected", c->seen);
    rw_json_mean(w, "corrected", c->failed);
    rw_writer_object(w, "risks", false);
    for (size_t k = 0; k < m->n_risks; k++) {
        rw_writer_object(w, m->risks[k].id, true);
        rw_json_mean(w, "rate", c->risk_rate[k]);
        rw_json_mean(w, "residual", c->risk_residual[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_object(w, "operating", false);
    for (size_t k = 0; k < m->n_controls; k++)
        rw_json_mean(w, m->controls[k].id, c->operating[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

static void
year(struct rw_writer *w, const struct rw_model *m, const struct rw_result_year *y)
{
    rw_writer_object(w, NULL, false);
    rw_writer_count(w, "year", y->year);
    rw_json_law(w, "loss", &y->loss, false);
    rw_json_law(w, "largest", &y->largest, false);
    rw_writer_array(w, "appetite", false);
    for (size_t k = 0; k < m->n_appetite; k++) {
        const struct rw_verdict *v = &y->appetite[k];

        rw_writer_object(w, NULL, true);
        rw_writer_number(w, "loss", v->loss);
        rw_writer_number(w, "probability", v->probability);
        rw_writer_number(w, "exceeded", v->exceeded);
        rw_writer_number(w, "low", v->low);
        rw_writer_number(w, "high", v->high);
        rw_writer_string(w, "verdict",
            v->met > 0   ? "met"
            : v->met < 0 ? "missed"
                         : "undecided");
        rw_writer_end(w);
    }
    rw_writer_end(w);
    if (y->band)
        rw_json_band(w, y->band);
    rw_writer_end(w);
}

/* Means that add up to the horizon's loss and spend. */
static void
contributions(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_strategy *s)
{
    rw_writer_object(w, "contributions", false);
    rw_writer_object(w, "loss_by_threat", false);
    for (size_t k = 0; k < m->n_threats; k++)
        rw_json_mean(w, m->threats[k].id, s->threat_loss[k]);
    rw_writer_end(w);
    rw_writer_object(w, "loss_by_asset", false);
    for (size_t k = 0; k < m->n_assets; k++)
        rw_json_mean(w, m->assets[k].id, s->asset_loss[k]);
    rw_writer_end(w);
    rw_writer_object(w, "loss_by_form", false);
    for (size_t k = 0; k < RW_FORMS; k++)
        rw_json_mean(w, rw_loss_form_names[k], s->form_loss[k]);
    rw_writer_end(w);
    rw_writer_object(w, "spend_by_pillar", false);
    for (size_t k = 0; k < RW_PILLARS; k++)
        rw_json_mean(w, rw_pillar_names[k], s->pillar_spend[k]);
    rw_writer_end(w);
    rw_json_mean(w, "audits_and_corrections", s->wheel_spend);
    rw_writer_end(w);
}

static void
versus(struct rw_writer *w, const struct rw_versus *v, const char *other)
{
    rw_writer_object(w, "versus", false);
    rw_writer_string(w, "strategy", other);
    rw_json_law(w, "loss", &v->loss, false);
    rw_json_law(w, "spend", &v->spend, false);
    rw_json_law(w, "total", &v->total, false);
    rw_json_law(w, "npv", &v->npv, false);
    rw_writer_number(w, "variance_ratio", v->variance_ratio);
    rw_writer_number(w, "benefit_cost", v->benefit_cost);
    rw_writer_number(w, "p_worse", v->p_worse);
    rw_writer_end(w);
}

static void
strategy(
    struct rw_writer *w, const struct rw_result *r, const struct rw_result_strategy *s)
{
    rw_writer_object(w, NULL, false);
    rw_writer_string(w, "name", s->name);
    if (s->twin != RW_TWIN_NONE)
        rw_writer_string(w, "twin_of", r->strategies[s->twin_of].name);
    rw_writer_array(w, "cycles", false);
    for (unsigned t = 0; t < r->model->cycles; t++)
        cycle(w, r->model, s, &s->cycles[t]);
    rw_writer_end(w);
    rw_writer_array(w, "years", false);
    for (unsigned y = 0; y < r->model->n_years; y++)
        year(w, r->model, &s->years[y]);
    rw_writer_end(w);
    rw_writer_object(w, "horizon", false);
    rw_json_law(w, "loss", &s->loss, false);
    rw_json_law(w, "spend", &s->spend, false);
    rw_json_law(w, "total", &s->total, false);
    rw_json_law(w, "npv", &s->npv, false);
    if (r->model->n_staged > 0)
        rw_json_mean(w, "loss_after", s->after);
    rw_writer_end(w);
    contributions(w, r->model, s);
    if (s->benefit)
        rw_benefit_json(w, r->model, s->benefit);
    if (s->fired)
        rw_json_decided(w, r->model, s);
    if (s->pit)
        rw_json_forecast(w, r->model, s);
    if (s->programme)
        rw_progress_json(w, r->model, s->programme);
    if (s->versus)
        versus(w, s->versus, r->strategies[0].name);
    rw_writer_end(w);
}

enum rw_err
rw_json_results(const struct rw_result *r, const struct rw_json_head *head,
    struct rw_text *text, struct rw_error *e)
{
    struct rw_writer w;
    bool failed;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_json_program(&w, r->model, head);
    failed = !plugins(&w, r->model);
    simulation(&w, r);
    things(&w, r->model);
    if (r->model->programme.stated)
        rw_programme_json(&w, r->model);
    rw_writer_string(&w, "best", r->strategies[r->best].name);
    rw_writer_array(&w, "strategies", false);
    for (size_t s = 0; s < r->n_strategies; s++)
        strategy(&w, r, &r->strategies[s]);
    rw_writer_end(&w);
    if (r->model->n_bounds > 0)
        rw_caps_json(&w, r);
    rw_phases_json(&w, r);
    if (head->referee)
        rw_referee_json(&w, head->referee);
    rw_writer_end(&w);
    if (!w.text.failed)
        rw_text_addn(text, w.text.s, w.text.len);
    failed |= w.text.failed || text->failed;
    rw_writer_fini(&w);
    if (failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to write results.json");
    return RW_OK;
}
