/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/exact.h"

#include <math.h>
#include <stdio.h>

static void
row(struct rw_text *t, const char *name, const struct rw_tail_estimate *x)
{
    char v[RW_NUMBER_MAX], low[RW_NUMBER_MAX], high[RW_NUMBER_MAX];

    if (isnan(x->value))
        rw_text_addf(t, "  %-14s %17s\n", name, "too few points");
    else
        rw_text_addf(t, "  %-14s %17s %9.1e %17s %17s\n", name,
            rw_digits_print(v, x->value), x->se, rw_digits_print(low, x->low),
            rw_digits_print(high, x->high));
}

/* One that may be closed, and then has no error. */
static void
plain(struct rw_text *t, const char *name, const struct rw_tail_estimate *x)
{
    char v[RW_NUMBER_MAX];

    if (x->se > 0)
        row(t, name, x);
    else
        rw_text_addf(t, "  %-14s %17s\n", name, rw_digits_print(v, x->value));
}

static void
law(struct rw_text *t, const char *title, const struct rw_conditional_law *l)
{
    char name[32];

    rw_text_addf(
        t, "\n%-16s %17s %9s %17s %17s\n", title, "figure", "se", "from", "to (95 %)");
    plain(t, "mean", &l->mean);
    plain(t, "P(no loss)", &l->p0);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        snprintf(name, sizeof name, "VaR %s", rw_result_quantile_names[k]);
        row(t, name, &l->quantile[k]);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        snprintf(name, sizeof name, "TVaR %s", rw_result_tvar_names[k]);
        row(t, name, &l->tvar[k]);
    }
    rw_text_addf(t, "  %zu years drawn\n", l->points);
}

static void
left_out(struct rw_text *t, const struct rw_terms *terms)
{
    if (terms->n_exact < terms->n_risks)
        rw_text_add(t, "\nNot served:\n");
    for (size_t r = 0; r < terms->n_risks; r++)
        if (terms->risk[r].why != NULL)
            rw_text_addf(t, "  %s: %s\n", terms->risk[r].id, terms->risk[r].why);
    if (terms->sum_why != NULL)
        rw_text_addf(t, "\nNo sum: %s.\n", terms->sum_why);
}

enum rw_err
rw_conditional_text(
    const struct rw_conditional_laws *x, struct rw_text *t, struct rw_error *e)
{
    const struct rw_terms *terms = &x->terms;

    rw_text_addf(t,
        "%s\nOne year's loss, in %s, under '%s', by conditional Monte Carlo.\n",
        x->model->name, x->model->currency, rw_built_name(x->built));
    rw_built_text(x->built, t);
    for (size_t r = 0; r < terms->n_risks; r++)
        if (terms->risk[r].why == NULL)
            law(t, terms->risk[r].id, &x->risk[r]);
    if (terms->n_exact > 1 && terms->sum_why == NULL) {
        char name[48];

        snprintf(name, sizeof name, "sum of %s%zu",
            terms->n_exact == terms->n_risks ? "all " : "these ", terms->n_exact);
        law(t, name, &x->sum);
    }
    left_out(t, terms);
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
write_law(struct rw_writer *w, const struct rw_conditional_law *l)
{
    rw_writer_count(w, "points", l->points);
    rw_writer_object(w, "loss", false);
    rw_writer_number(w, "mean", l->mean.value);
    rw_writer_number(w, "mean_se", l->mean.se);
    rw_writer_number(w, "p0", l->p0.value);
    rw_writer_number(w, "p0_se", l->p0.se);
    rw_writer_object(w, "quantiles", false);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        figure(w, rw_result_quantile_names[k], &l->quantile[k]);
    rw_writer_end(w);
    rw_writer_object(w, "tvar", false);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        figure(w, rw_result_tvar_names[k], &l->tvar[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

static void
write_sum(struct rw_writer *w, const struct rw_conditional_laws *x)
{
    rw_writer_object(w, "sum", false);
    rw_writer_count(w, "risks", x->terms.n_exact);
    if (x->terms.sum_why != NULL)
        rw_writer_string(w, "without", x->terms.sum_why);
    else
        write_law(w, &x->sum);
    rw_writer_end(w);
}

enum rw_err
rw_conditional_json(const struct rw_conditional_laws *x,
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_json_program(&w, x->model, head);
    rw_writer_object(&w, "conditional", false);
    rw_writer_string(&w, "strategy", rw_built_name(x->built));
    rw_built_json(&w, x->built);
    rw_writer_count(&w, "seed", x->model->seed);
    rw_writer_array(&w, "risks", false);
    for (size_t r = 0; r < x->terms.n_risks; r++) {
        rw_writer_object(&w, NULL, false);
        rw_writer_string(&w, "id", x->terms.risk[r].id);
        if (x->terms.risk[r].why != NULL)
            rw_writer_string(&w, "without", x->terms.risk[r].why);
        else
            write_law(&w, &x->risk[r]);
        rw_writer_end(&w);
    }
    rw_writer_end(&w);
    if (x->terms.n_exact > 0)
        write_sum(&w, x);
    rw_writer_end(&w);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
