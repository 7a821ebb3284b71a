/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/exact.h"

static void
bounded(struct rw_writer *w, const struct rw_bounded *b)
{
    rw_writer_number(w, "value", b->value);
    rw_writer_number(w, "error", b->error);
    rw_writer_number(w, "low", b->low);
    rw_writer_number(w, "high", b->high);
}

static void
law(struct rw_writer *w, const struct rw_exact_law *l)
{
    rw_writer_object(w, "loss", false);
    rw_writer_number(w, "mean", l->mean);
    rw_writer_number(w, "sd", l->sd);
    rw_writer_number(w, "p0", l->p0);
    rw_writer_object(w, "quantiles", false);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        rw_writer_object(w, rw_result_quantile_names[k], true);
        bounded(w, &l->quantile[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_object(w, "tvar", false);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        rw_writer_object(w, rw_result_tvar_names[k], true);
        bounded(w, &l->tvar[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_array(w, "exceedance", false);
    for (size_t k = 0; k < l->n_exceed; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_number(w, "loss", l->exceed[k].loss);
        bounded(w, &l->exceed[k].p);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_end(w);
}

static void
risk(struct rw_writer *w, const struct rw_exact *x, size_t r)
{
    rw_writer_object(w, NULL, false);
    rw_writer_string(w, "id", x->terms.risk[r].id);
    if (x->terms.risk[r].why != NULL)
        rw_writer_string(w, "without", x->terms.risk[r].why);
    else
        law(w, &x->risk[r]);
    rw_writer_end(w);
}

enum rw_err
rw_exact_json(const struct rw_exact *x, const struct rw_json_head *head,
    struct rw_text *t, struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_json_program(&w, x->model, head);
    rw_writer_object(&w, "exact", false);
    rw_writer_string(&w, "strategy", rw_built_name(x->built));
    rw_built_json(&w, x->built);
    rw_writer_array(&w, "risks", false);
    for (size_t r = 0; r < x->terms.n_risks; r++)
        risk(&w, x, r);
    rw_writer_end(&w);
    if (x->terms.n_exact > 0) {
        rw_writer_object(&w, "sum", false);
        rw_writer_count(&w, "risks", x->terms.n_exact);
        if (x->terms.sum_why != NULL)
            rw_writer_string(&w, "without", x->terms.sum_why);
        else
            law(&w, &x->sum);
        rw_writer_end(&w);
    }
    rw_writer_end(&w);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
