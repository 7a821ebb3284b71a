/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/csv_band.c -- what the estimates leave open, as tables. */
#include "out/csv.h"
#include "out/csv_part.h"

#include <stdio.h>

void
rw_csv_band(const struct rw_result *r, struct rw_text *t)
{
    static const char *const names[RW_BAND_LEVELS] = {"probability_p05",
        "probability_p25", "probability_p50", "probability_p75", "probability_p95"};

    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "year", NULL);
    rw_csv_column(t, r, "loss", "$");
    for (size_t k = 0; k < RW_BAND_LEVELS; k++) {
        char se[64];

        snprintf(se, sizeof se, "%s_se", names[k]);
        rw_csv_column(t, r, names[k], "1");
        rw_csv_column(t, r, se, "1");
    }
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned y = 0; y < r->model->n_years; y++) {
            const struct rw_result_year *year = &r->strategies[s].years[y];

            for (size_t k = 0; year->band && k < year->band->n; k++) {
                const struct rw_band_point *p = &year->band->points[k];

                rw_csv_cell(t, r->strategies[s].name);
                rw_csv_number(t, year->year);
                rw_csv_number(t, p->loss);
                for (size_t j = 0; j < RW_BAND_LEVELS; j++)
                    rw_csv_mean(t, (struct rw_mean){p->chance[j], p->se[j]});
                rw_csv_end(t);
            }
        }
}

void
rw_csv_epistemic(const struct rw_result *r, struct rw_text *t)
{
    rw_csv_column(t, r, "strategy", NULL);
    rw_csv_column(t, r, "year", NULL);
    rw_csv_column(t, r, "truths", "1");
    rw_csv_column(t, r, "histories", "1");
    rw_csv_column(t, r, "epistemic_share", "1");
    rw_csv_column(t, r, "epistemic_share_se", "1");
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned y = 0; y < r->model->n_years; y++) {
            const struct rw_result_year *year = &r->strategies[s].years[y];

            if (year->band == NULL)
                continue;
            rw_csv_cell(t, r->strategies[s].name);
            rw_csv_number(t, year->year);
            rw_csv_number(t, (double)r->truths);
            rw_csv_number(t, (double)r->histories);
            rw_csv_mean(t, year->band->epistemic);
            rw_csv_end(t);
        }
}
