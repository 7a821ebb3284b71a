/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/exact.h"

#include <math.h>
#include <stdio.h>

/* One row; a reading without a law leaves its place empty. */
static void
row(struct rw_text *t, const char *name, const struct rw_readings *r,
    const double x[RW_READINGS])
{
    char number[RW_NUMBER_MAX];

    rw_text_addf(t, "  %-14s", name);
    for (size_t k = 0; k < RW_READINGS; k++)
        rw_text_addf(t, " %18s", r->law[k].why ? "-" : rw_digits_print(number, x[k]));
    rw_text_add(t, "\n");
}

/* Largest error of a reading's figures. */
static double
worst(const struct rw_reading_law *l)
{
    double e = 0;

    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        e = fmax(e, l->quantile[k].error);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        e = fmax(e, l->tvar[k].error);
    return e;
}

static void
figures(struct rw_text *t, const struct rw_readings *r)
{
    double x[RW_READINGS];
    char name[32];

#define ROW(what, figure)                                                              \
    do {                                                                               \
        for (size_t i = 0; i < RW_READINGS; i++)                                       \
            x[i] = r->law[i].figure;                                                   \
        row(t, what, r, x);                                                            \
    } while (0)
    ROW("mean", mean);
    ROW("sd", sd);
    ROW("P(no loss)", p0);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        snprintf(name, sizeof name, "VaR %s", rw_result_quantile_names[k]);
        ROW(name, quantile[k].value);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        snprintf(name, sizeof name, "TVaR %s", rw_result_tvar_names[k]);
        ROW(name, tvar[k].value);
    }
#undef ROW
    rw_text_addf(t, "  %-14s", "largest error");
    for (size_t k = 0; k < RW_READINGS; k++)
        if (r->law[k].why)
            rw_text_addf(t, " %18s", "-");
        else
            rw_text_addf(t, " %18.1e", worst(&r->law[k]));
    rw_text_add(t, "\n");
    for (size_t k = 0; k < RW_READINGS; k++)
        if (r->law[k].why)
            rw_text_addf(t, "  no %s: %s\n",
                k == 1 ? "product" : "law of at most one event", r->law[k].why);
}

enum rw_err
rw_readings_text(const struct rw_exact *x, const struct rw_readings r[],
    struct rw_text *t, struct rw_error *e)
{
    rw_text_addf(t,
        "%s\nOne year's loss, in %s, under '%s', by three readings of frequency\n"
        "times magnitude. This program simulates the first.\n",
        x->model->name, x->model->currency, rw_built_name(x->built));
    rw_built_text(x->built, t);
    rw_text_add(t,
        "\n"
        "  compound      as many events as the frequency makes, each with its own "
        "loss\n"
        "  product       one draw of the frequency times one draw of the loss\n"
        "  at most one   one loss, with the chance that there is any event\n");
    for (size_t k = 0; k < x->terms.n_risks; k++) {
        if (x->terms.risk[k].why != NULL)
            continue;
        rw_text_addf(t, "\n%-16s %18s %18s %18s\n", x->terms.risk[k].id, "compound",
            "product", "at most one");
        figures(t, &r[k]);
    }
    rw_exact_left_out(x, t);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to print") : RW_OK;
}

static void
figure(struct rw_writer *w, const char *key, const struct rw_figure *f)
{
    rw_writer_object(w, key, true);
    rw_writer_number(w, "value", f->value);
    rw_writer_number(w, "error", f->error);
    rw_writer_end(w);
}

static void
law(struct rw_writer *w, const char *key, const struct rw_reading_law *l)
{
    rw_writer_object(w, key, false);
    if (l->why != NULL) {
        rw_writer_string(w, "without", l->why);
        rw_writer_end(w);
        return;
    }
    rw_writer_number(w, "mean", l->mean);
    rw_writer_number(w, "sd", l->sd);
    rw_writer_number(w, "p0", l->p0);
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

enum rw_err
rw_readings_json(const struct rw_exact *x, const struct rw_readings r[],
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_json_program(&w, x->model, head);
    rw_writer_object(&w, "semantics", false);
    rw_writer_string(&w, "strategy", rw_built_name(x->built));
    rw_built_json(&w, x->built);
    rw_writer_array(&w, "risks", false);
    for (size_t k = 0; k < x->terms.n_risks; k++) {
        rw_writer_object(&w, NULL, false);
        rw_writer_string(&w, "id", x->terms.risk[k].id);
        if (x->terms.risk[k].why != NULL)
            rw_writer_string(&w, "without", x->terms.risk[k].why);
        for (size_t i = 0; x->terms.risk[k].why == NULL && i < RW_READINGS; i++)
            law(&w, rw_reading_names[i], &r[k].law[i]);
        rw_writer_end(&w);
    }
    rw_writer_end(&w);
    rw_writer_end(&w);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
