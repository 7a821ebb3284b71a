/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/csv.h"
#include "out/programme.h"

#include <stdio.h>

bool
rw_programme_csv_wanted(const struct rw_result *r)
{
    return r->model->programme.stated;
}

struct place {
    struct rw_text *t;
    const char *strategy, *currency;
    unsigned cycle;
};

static void
begin(const struct place *p, const char *figure, const char *item)
{
    rw_csv_cell(p->t, p->strategy);
    rw_csv_number(p->t, p->cycle);
    rw_csv_cell(p->t, figure);
    rw_csv_cell(p->t, item);
}

static void
mean(const struct place *p, const char *figure, const char *item, struct rw_mean x)
{
    begin(p, figure, item);
    rw_csv_number(p->t, x.mean);
    rw_csv_number(p->t, x.se);
    rw_csv_empty(p->t);
    rw_csv_empty(p->t);
    rw_csv_end(p->t);
}

static void
means(const struct place *p, const char *figure, const char *const names[],
    const struct rw_mean x[])
{
    for (size_t k = 0; names[k]; k++)
        mean(p, figure, names[k], x[k]);
}

static void
cycle(const struct place *p, const struct rw_result_programme *r)
{
    const struct rw_mean *x = r->cycles[p->cycle - 1];
    const struct rw_share *issued = &r->issued[p->cycle - 1];

    mean(p, "readiness", "", x[RW_PROGRESS_READINESS]);
    mean(p, "ready", "", x[RW_PROGRESS_READY]);
    begin(p, "statement issued", "");
    rw_csv_number(p->t, issued->p);
    rw_csv_empty(p->t);
    rw_csv_number(p->t, issued->low);
    rw_csv_number(p->t, issued->high);
    rw_csv_end(p->t);
    mean(p, "surveillance failed", "", x[RW_PROGRESS_FAILED]);
    mean(p, "spend", p->currency, x[RW_PROGRESS_SPEND]);
    means(p, "stage", rw_step_names, x + RW_PROGRESS_STEP);
    means(p, "coverage of pillar", rw_pillar_names, x + RW_PROGRESS_PILLAR);
    means(p, "coverage of principle", rw_principle_names, x + RW_PROGRESS_PRINCIPLE);
    means(p, "document", rw_document_names, x + RW_PROGRESS_DOCUMENT);
}

void
rw_programme_csv(const struct rw_result *r, struct rw_text *t)
{
    static const char *const columns[] = {"figure", "item", "mean [1 but for spend]",
        "se [1 but for spend]", "low [1]", "high [1]"};
    char cycle_name[32];

    snprintf(cycle_name, sizeof cycle_name, "cycle [%s]", r->model->cycle_name);
    rw_csv_cell(t, "strategy");
    rw_csv_cell(t, cycle_name);
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        rw_csv_cell(t, columns[k]);
    rw_csv_end(t);
    for (size_t s = 0; s < r->n_strategies; s++)
        for (unsigned k = 0; k < r->model->cycles; k++)
            cycle(&(struct place){t, r->strategies[s].name, r->model->currency, k + 1},
                r->strategies[s].programme);
}
