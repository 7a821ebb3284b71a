/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What controls, pillars and principles take off residual risk, as tables. */
#include "out/benefit.h"
#include "out/csv.h"
#include "out/csv_part.h"
#include "study/benefit.h"
#include "wheel/benefit.h"

bool
rw_benefit_csv_wanted(const struct rw_result *r)
{
    for (size_t s = 0; s < r->n_strategies; s++)
        if (r->strategies[s].benefit != NULL)
            return true;
    return false;
}

static void
empty(struct rw_text *t)
{
    rw_csv_empty(t);
    rw_csv_empty(t);
}

static void
named(struct rw_text *t, const struct rw_benefit_name *name)
{
    rw_csv_cell(t, name->of);
    rw_csv_cell(t, name->item);
}

static void
figures(struct rw_text *t, const struct rw_result_benefit *x, bool supports)
{
    if (supports)
        empty(t);
    else
        rw_csv_mean(t, x->taken_off);
    rw_csv_mean(t, x->spend);
    if (supports)
        empty(t);
    else
        rw_csv_mean(t, x->net);
    if (supports || !x->has_ratio)
        empty(t);
    else
        rw_csv_mean(t, (struct rw_mean){x->ratio, x->ratio_se});
    rw_csv_end(t);
}

void
rw_benefit_csv(const struct rw_result *r, struct rw_text *t)
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "of", NULL);
    rw_csv_column(t, r, "item", NULL);
    rw_csv_column(t, r, "taken_off_mean", "$");
    rw_csv_column(t, r, "taken_off_se", "$");
    rw_csv_column(t, r, "spend_mean", "$");
    rw_csv_column(t, r, "spend_se", "$");
    rw_csv_column(t, r, "net_mean", "$");
    rw_csv_column(t, r, "net_se", "$");
    rw_csv_column(t, r, "benefit_cost", "1");
    rw_csv_column(t, r, "benefit_cost_se", "1");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++) {
        const struct rw_result_strategy *g = &r->strategies[s];

        for (size_t k = 0; g->benefit != NULL && k < rw_benefit_rows(r->model); k++) {
            struct rw_benefit_name name = rw_benefit_name_of(r->model, k);

            rw_csv_cell(t, g->name);
            named(t, &name);
            figures(t, &g->benefit[k], name.supports);
        }
    }
}

void
rw_benefit_cycles_csv(const struct rw_result *r, struct rw_text *t)
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "cycle", r->model->cycle_name);
    rw_csv_column(t, r, "of", NULL);
    rw_csv_column(t, r, "item", NULL);
    rw_csv_column(t, r, "taken_off_mean", "$/year");
    rw_csv_column(t, r, "taken_off_se", "$/year");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned c = 0; c < r->model->cycles; c++) {
            const struct rw_result_cycle *x = &r->strategies[s].cycles[c];

            for (size_t k = 0; x->benefit != NULL && k < rw_benefit_rows(r->model);
                 k++) {
                struct rw_benefit_name name = rw_benefit_name_of(r->model, k);

                if (name.supports)
                    continue;
                rw_csv_cell(t, r->strategies[s].name);
                rw_csv_number(t, x->cycle);
                named(t, &name);
                rw_csv_mean(t, x->benefit[k]);
                rw_csv_end(t);
            }
        }
}
