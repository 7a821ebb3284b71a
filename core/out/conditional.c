/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/exact.h"

#include <math.h>
#include <stdio.h>

static void
row(struct rw_text *t, const char *what, const char *p,
    const struct rw_tail_estimate *x)
{
    char name[32], v[RW_NUMBER_MAX], low[RW_NUMBER_MAX], high[RW_NUMBER_MAX];

    snprintf(name, sizeof name, "%s %s", what, p);
    if (isnan(x->value)) {
        rw_text_addf(t, "  %-14s %17s\n", name, "too few points");
        return;
    }
    rw_text_addf(t, "  %-14s %17s %9.1e %17s %17s\n", name,
        rw_digits_print(v, x->value), x->se, rw_digits_print(low, x->low),
        rw_digits_print(high, x->high));
}

static void
risk(struct rw_text *t, const struct rw_conditional_risk *r)
{
    char v[RW_NUMBER_MAX];

    rw_text_addf(
        t, "\n%-16s %17s %9s %17s %17s\n", r->id, "figure", "se", "from", "to (95 %)");
    rw_text_addf(t, "  %-14s %17s\n", "mean", rw_digits_print(v, r->mean));
    rw_text_addf(t, "  %-14s %17s\n", "P(no loss)", rw_digits_print(v, r->p0));
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        row(t, "VaR", rw_result_quantile_names[k], &r->quantile[k]);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        row(t, "TVaR", rw_result_tvar_names[k], &r->tvar[k]);
    rw_text_addf(t, "  %zu years drawn\n", r->points);
}

enum rw_err
rw_conditional_text(const struct rw_model *m, const struct rw_conditional_risk r[],
    struct rw_text *t, struct rw_error *e)
{
    bool any = false;

    rw_text_addf(t,
        "%s\nOne year's loss, in %s, under 'nothing', by conditional Monte Carlo.\n",
        m->name, m->currency);
    for (size_t k = 0; k < m->n_risks; k++)
        if (r[k].why == NULL)
            risk(t, &r[k]);
    for (size_t k = 0; k < m->n_risks; k++) {
        if (r[k].why == NULL)
            continue;
        if (!any)
            rw_text_add(t, "\nNot served:\n");
        any = true;
        rw_text_addf(t, "  %s: %s\n", r[k].id, r[k].why);
    }
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to print") : RW_OK;
}

static void
figure(struct rw_writer *w, const char *key, const struct rw_tail_estimate *x)
{
    rw_writer_object(w, key, true);
    rw_writer_number(w, "value", x->value);
    rw_writer_number(w, "se", x->se);
    rw_writer_number(w, "low", x->low);
    rw_writer_number(w, "high", x->high);
    rw_writer_end(w);
}

static void
law(struct rw_writer *w, const struct rw_conditional_risk *r)
{
    rw_writer_object(w, "loss", false);
    rw_writer_number(w, "mean", r->mean);
    rw_writer_number(w, "p0", r->p0);
    rw_writer_object(w, "quantiles", false);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        figure(w, rw_result_quantile_names[k], &r->quantile[k]);
    rw_writer_end(w);
    rw_writer_object(w, "tvar", false);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        figure(w, rw_result_tvar_names[k], &r->tvar[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

enum rw_err
rw_conditional_json(const struct rw_model *m, const struct rw_conditional_risk r[],
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_json_program(&w, m, head);
    rw_writer_object(&w, "conditional", false);
    rw_writer_count(&w, "seed", m->seed);
    rw_writer_array(&w, "risks", false);
    for (size_t k = 0; k < m->n_risks; k++) {
        rw_writer_object(&w, NULL, false);
        rw_writer_string(&w, "id", r[k].id);
        if (r[k].why != NULL)
            rw_writer_string(&w, "without", r[k].why);
        else
            rw_writer_count(&w, "points", r[k].points);
        if (r[k].why == NULL)
            law(&w, &r[k]);
        rw_writer_end(&w);
    }
    rw_writer_end(&w);
    rw_writer_end(&w);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
