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
by(const struct rw_sample *times, double at)
{
    double later, low, high;

    rw_sample_exceedance(times, at, RW_RESULT_LEVEL, &later, &low, &high);
    return (struct rw_share){1 - later, 1 - high, 1 - low};
}

static double
months_of(double years)
{
    return years < DBL_MAX ? years * 12 : INFINITY;
}

static void
make_months(struct rw_result_programme *r, const struct rw_sample *times)
{
    for (size_t k = 0; k < RW_STATEMENT_QUANTILES; k++) {
        struct rw_quantile q =
            rw_sample_quantile(times, rw_statement_quantiles[k], RW_RESULT_LEVEL);

        q.value = months_of(q.value);
        q.low = months_of(q.low);
        q.high = months_of(q.high);
        r->months[k] = q;
    }
}

struct rw_result_programme *
rw_result_programme_make(
    struct rw_outcome *o, size_t s, struct rw_arena *a, double tmp[], double rows[])
{
    const struct rw_model *m = o->model;
    struct rw_result_programme *r = RW_ARENA_NEW(a, 1, struct rw_result_programme);
    double *time = o->statement[s];
    struct rw_sample times;
    struct rw_share in_time;

    if (r == NULL)
        return NULL;
    r->cycles = (void *)RW_ARENA_NEW(a, m->cycles * RW_PROGRESS_ROWS, struct rw_mean);
    r->issued = RW_ARENA_NEW(a, m->cycles, struct rw_share);
    if (r->cycles == NULL || r->issued == NULL)
        return NULL;
    r->follows = m->programme.follows[o->strategy[s]];
    for (size_t i = 0; i < o->n; i++)
        time[i] = fmin(time[i], DBL_MAX); /* what is sorted is finite */
    times = rw_sample_sort(time, o->n, o->each, tmp, rows);
    for (unsigned t = 0; t < m->cycles; t++) {
        const struct rw_moments *row = o->cells[s * m->cycles + t].programme;

        r->issued[t] = by(&times, (t + 1) * m->years);
        for (size_t k = 0; k < RW_PROGRESS_ROWS; k++)
            r->cycles[t][k] =
                (struct rw_mean){row[k].mean + 0.0, rw_moments_se(&row[k])};
    }
    in_time = by(&times, m->programme.deadline * m->years);
    r->missed = (struct rw_share){1 - in_time.p, 1 - in_time.high, 1 - in_time.low};
    make_months(r, &times);
    return r;
}
