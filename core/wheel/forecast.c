/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/forecast.h"

#include "num/belief.h"

#include <math.h>
#include <string.h>

enum rw_err
rw_foretold_init(struct rw_foretold *x, size_t room, struct rw_arena *a)
{
    double **row[] = {&x->inside, &x->nominal, &x->score, &x->missed, &x->expected,
        &x->tests, &x->rejected, &x->met, &x->all_met, &x->met_inside, &x->relied,
        &x->reliable, &x->relied_inside};
    size_t most = room / RW_FORECAST_EVERY + 1;

    x->room = most;
    x->pit = RW_ARENA_NEW(a, RW_FORECAST_BINS * most, double);
    x->share = RW_ARENA_NEW(a, RW_FORECAST_BINS * most, double);
    x->met_place = RW_ARENA_NEW(a, RW_FORECAST_BINS * most, double);
    if (x->pit == NULL || x->share == NULL || x->met_place == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        *row[k] = RW_ARENA_NEW(a, most, double);
        if (*row[k] == NULL)
            return RW_ERR_MEMORY;
    }
    return RW_OK;
}

void
rw_foretold_begin(struct rw_foretold *x, uint64_t first, size_t n)
{
    size_t bytes = x->room * sizeof(double), skip = first % RW_FORECAST_EVERY;

    x->first = skip > 0 ? RW_FORECAST_EVERY - skip : 0;
    x->n = n > x->first ? (n - x->first - 1) / RW_FORECAST_EVERY + 1 : 0;
    if (!x->any)
        return;
    memset(x->pit, 0, RW_FORECAST_BINS * bytes);
    memset(x->share, 0, RW_FORECAST_BINS * bytes);
    memset(x->missed, 0, bytes);
    memset(x->expected, 0, bytes);
    memset(x->tests, 0, bytes);
    memset(x->rejected, 0, bytes);
    memset(x->all_met, 0, bytes);
    memset(x->met_place, 0, RW_FORECAST_BINS * bytes);
    rw_foretold_open(x);
    x->any = false;
}

void
rw_foretold_open(struct rw_foretold *x)
{
    size_t bytes = x->any ? x->room * sizeof(double) : 0;

    memset(x->inside, 0, bytes);
    memset(x->nominal, 0, bytes);
    memset(x->score, 0, bytes);
    memset(x->met, 0, bytes);
    memset(x->met_inside, 0, bytes);
    memset(x->relied, 0, bytes);
    memset(x->reliable, 0, bytes);
    memset(x->relied_inside, 0, bytes);
}

void
rw_foretold_add(struct rw_foretold *x, size_t n_risks, double discount,
    const double a[], const double b[], const double exposure[], const double seen[])
{
    double weight = 1 / (double)n_risks;

    x->any = true;
    for (size_t k = 0, i = x->first; k < x->n; k++, i += RW_FORECAST_EVERY) {
        double keep = rw_belief_keep(discount, b[i], exposure[i]);
        struct rw_forecast f = rw_forecast_count(
            keep * a[i], keep * b[i], exposure[i], seen[i], RW_FORECAST_LEVEL);

        x->inside[k] += f.inside * weight;
        x->nominal[k] += f.nominal * weight;
        x->score[k] +=
            (f.score > RW_FORECAST_WORST ? f.score : RW_FORECAST_WORST) * weight;
        rw_forecast_spread(&f, x->pit + k * RW_FORECAST_BINS);
        x->missed[k] += !f.inside;
        x->expected[k] += 1 - f.nominal;
        x->tests[k]++;
    }
}

void
rw_foretold_size(
    struct rw_foretold *x, size_t i, const struct rw_nig *p, double n, double mean)
{
    size_t k = (i - x->first) / RW_FORECAST_EVERY, bin;
    double place;

    if (i < x->first || (i - x->first) % RW_FORECAST_EVERY != 0)
        return;
    x->any = true;
    place = rw_forecast_place(p, n, mean);
    bin = (size_t)fmin(place * RW_FORECAST_BINS, RW_FORECAST_BINS - 1);
    x->met[k]++;
    x->all_met[k]++;
    x->met_inside[k] += (fabs(2 * place - 1) <= RW_FORECAST_LEVEL) - RW_FORECAST_LEVEL;
    for (size_t j = 0; j < RW_FORECAST_BINS; j++)
        x->met_place[j * x->room + k] += (j == bin) - 1.0 / RW_FORECAST_BINS;
}

void
rw_foretold_reliability(
    struct rw_foretold *x, size_t i, size_t n, double a, double b, double truth)
{
    size_t k = (i - x->first) / RW_FORECAST_EVERY;
    double weight = 1 / (double)n, place;

    if (i < x->first || (i - x->first) % RW_FORECAST_EVERY != 0)
        return;
    x->any = true;
    place = rw_beta_place(a, b, truth);
    x->relied[k] += weight * a / (a + b);
    x->reliable[k] += weight * truth;
    x->relied_inside[k] += weight * (fabs(2 * place - 1) <= RW_FORECAST_LEVEL);
}

void
rw_foretold_close(struct rw_foretold *x)
{
    for (size_t k = 0; k < x->n && x->tests[k] > 0; k++) {
        double p = x->expected[k] / x->tests[k];

        for (size_t j = 0; j < RW_FORECAST_BINS; j++)
            x->share[j * x->room + k] = x->pit[k * RW_FORECAST_BINS + j] / x->tests[k];
        x->rejected[k] = rw_kupiec(x->tests[k], x->missed[k], p) > RW_KUPIEC_5;
    }
}
