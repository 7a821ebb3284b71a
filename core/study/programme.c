/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/programme.h"

#include <float.h>
#include <math.h>

const double rw_statement_quantiles[RW_STATEMENT_QUANTILES] = {
    0.05, 0.25, 0.5, 0.75, 0.95};
const char *const rw_statement_quantile_names[RW_STATEMENT_QUANTILES] = {
    "0.05", "0.25", "0.5", "0.75", "0.95"};

/* P(time <= at). */
static struct rw_share
by(struct rw_figures *time, double at)
{
    double later, low, high;

    rw_figures_exceedance(time, at, &later, &low, &high);
    return (struct rw_share){1 - later, 1 - high, 1 - low};
}

static double
months_of(double years)
{
    return years < DBL_MAX ? years * 12 : INFINITY;
}

static void
make_months(struct rw_result_programme *r, struct rw_figures *time)
{
    for (size_t k = 0; k < RW_STATEMENT_QUANTILES; k++) {
        struct rw_quantile q = rw_figures_quantile(time, rw_statement_quantiles[k]);

        q.value = months_of(q.value);
        q.low = months_of(q.low);
        q.high = months_of(q.high);
        r->months[k] = q;
    }
}

struct rw_result_programme *
rw_result_programme_make(struct rw_figures *time, size_t s, struct rw_arena *a)
{
    const struct rw_outcome *o = time->o;
    const struct rw_model *m = o->model;
    struct rw_result_programme *r = RW_ARENA_NEW(a, 1, struct rw_result_programme);
    struct rw_column c = rw_column_row(rw_row_statement(&time->rows, s));
    struct rw_share in_time;

    if (r == NULL || rw_figures_take(time, c, NULL) != RW_OK)
        return NULL;
    r->cycles = (void *)RW_ARENA_NEW(a, m->cycles * RW_PROGRESS_ROWS, struct rw_mean);
    r->issued = RW_ARENA_NEW(a, m->cycles, struct rw_share);
    if (r->cycles == NULL || r->issued == NULL)
        return NULL;
    r->follows = m->programme.follows[o->strategy[s]];
    for (unsigned t = 0; t < m->cycles; t++) {
        const struct rw_moments *row = o->cells[s * m->cycles + t].programme;

        r->issued[t] = by(time, (t + 1) * m->years);
        for (size_t k = 0; k < RW_PROGRESS_ROWS; k++)
            r->cycles[t][k] =
                (struct rw_mean){row[k].mean + 0.0, rw_moments_se(&row[k])};
    }
    in_time = by(time, m->programme.deadline * m->years);
    r->missed = (struct rw_share){1 - in_time.p, 1 - in_time.high, 1 - in_time.low};
    make_months(r, time);
    return r;
}
