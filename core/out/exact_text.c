/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/exact.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *
rw_digits_print(char buf[RW_NUMBER_MAX], double x)
{
    if (isinf(x))
        return "infinite";
    snprintf(buf, RW_NUMBER_MAX, fabs(x) < 1e13 ? "%.10g" : "%.9e", x);
    return buf;
}

static void
row(struct rw_text *t, const char *name, const struct rw_bounded *b)
{
    char v[RW_NUMBER_MAX], low[RW_NUMBER_MAX], high[RW_NUMBER_MAX];

    rw_text_addf(t, "  %-14s %17s %9.1e %17s %17s\n", name,
        rw_digits_print(v, b->value), b->error, rw_digits_print(low, b->low),
        rw_digits_print(high, b->high));
}

static void
plain(struct rw_text *t, const char *name, double x)
{
    char v[RW_NUMBER_MAX];

    rw_text_addf(t, "  %-14s %17s\n", name, rw_digits_print(v, x));
}

static void
law(struct rw_text *t, const struct rw_exact_law *l)
{
    char name[32], number[RW_NUMBER_MAX];

    plain(t, "mean", l->mean);
    plain(t, "sd", l->sd);
    plain(t, "P(no loss)", l->p0);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        snprintf(name, sizeof name, "VaR %s", rw_result_quantile_names[k]);
        row(t, name, &l->quantile[k]);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        snprintf(name, sizeof name, "TVaR %s", rw_result_tvar_names[k]);
        row(t, name, &l->tvar[k]);
    }
    for (size_t k = 0; k < l->n_exceed; k++) {
        snprintf(
            name, sizeof name, "P(>%s)", rw_money_print(number, l->exceed[k].loss));
        row(t, name, &l->exceed[k].p);
    }
}

static void
heading(struct rw_text *t, const char *name)
{
    rw_text_addf(t, "\n%-16s %17s %9s %17s %17s\n", name, "figure", "error", "at least",
        "at most");
}

void
rw_exact_left_out(const struct rw_exact *x, struct rw_text *t)
{
    size_t n = x->terms.n_risks - x->terms.n_exact;

    if (n > 0)
        rw_text_addf(t, "\nWithout an exact law: %zu of %zu risk%s\n", n,
            x->terms.n_risks, x->terms.n_risks == 1 ? "" : "s");
    for (size_t r = 0; r < x->terms.n_risks; r++)
        if (x->terms.risk[r].why != NULL)
            rw_text_addf(t, "  %s: %s\n", x->terms.risk[r].id, x->terms.risk[r].why);
}

enum rw_err
rw_exact_text(const struct rw_exact *x, struct rw_text *t, struct rw_error *e)
{
    const struct rw_terms *terms = &x->terms;

    rw_text_addf(t,
        "%s\nExact law of one year's loss, in %s, under '%s': no sampling.\n",
        x->model->name, x->model->currency, rw_built_name(x->built));
    rw_built_text(x->built, t);
    if (terms->n_exact > 0)
        rw_text_add(t,
            "Mean, sd and P(no loss) come from formulas; each other figure is right to "
            "about\n"
            "its error, and proven to lie within the last two columns.\n");
    else
        rw_text_add(t,
            "No risk has one: each has something that is not alike in every year.\n");
    for (size_t r = 0; r < terms->n_risks; r++)
        if (terms->risk[r].why == NULL) {
            heading(t, terms->risk[r].id);
            law(t, &x->risk[r]);
        }
    if (terms->n_exact > 1 && terms->sum_why == NULL) {
        char name[48];

        snprintf(name, sizeof name, "sum of %s%zu",
            terms->n_exact == terms->n_risks ? "all " : "these ", terms->n_exact);
        heading(t, name);
        law(t, &x->sum);
    }
    rw_exact_left_out(x, t);
    if (terms->sum_why != NULL)
        rw_text_addf(t, "\nNo exact sum: %s.\n", terms->sum_why);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to print") : RW_OK;
}
