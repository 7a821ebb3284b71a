/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/tally_read.c -- quantiles, tail means and exceedance out of a tally. */
#include "num/sum.h"
#include "num/tally.h"

#include <math.h>

/* The cell in which the order statistic of that rank lies. */
static size_t
cell_of(const struct rw_tally_view *v, size_t rank)
{
    size_t low = 0, high = v->n - 1;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (v->point[mid].upto >= rank)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

struct rw_quantile
rw_tally_quantile(const struct rw_tally_view *v, double q, double level)
{
    size_t n = v->t->n, l, u;
    struct rw_quantile r = {.p = q, .refused = rw_tail_too_few(n, q)};

    if (r.refused)
        return r;
    rw_tail_ranks(n, q, level, &l, &u);
    r.value = v->point[cell_of(v, rw_tail_rank(n, q))].mean;
    r.low = fmax(v->point[cell_of(v, l)].low, v->t->min);
    r.high = v->point[cell_of(v, u)].high;
    return r;
}

/* Of a cell, as far as there are values; of the infinite ones 0. */
static double
width_of(const struct rw_tally_view *v, const struct rw_tally_point *x)
{
    double width = x->high - fmax(x->low, v->t->min);

    return isfinite(width) ? width : 0;
}

struct rw_tvar
rw_tally_tvar(const struct rw_tally_view *v, double q)
{
    size_t n = v->t->n, rank = rw_tail_rank(n, q), own;
    struct rw_tvar r = {.p = q, .refused = rw_tail_too_few(n, q)};
    struct rw_sum excess = {0, 0};
    struct rw_moments beyond = {0, 0, 0};
    double size = (double)n * (1 - q), gap, spread, var, within = 0, open;

    if (r.refused)
        return r;
    own = cell_of(v, rank);
    var = v->point[own].mean;
    for (size_t k = own + 1; k < v->n; k++) {
        const struct rw_tally_point *x = &v->point[k];
        struct rw_moments cell = {x->n, x->mean, 0};

        rw_sum_add(&excess, (double)x->n * (x->mean - var));
        rw_moments_join(&beyond, &cell);
        within += (double)x->n * width_of(v, x) * width_of(v, x) / 12;
    }
    gap = rw_sum_value(&excess) / size;
    r.value = var + gap;
    spread = beyond.n > 1 ? (beyond.m2 + within) / (double)(beyond.n - 1) : 0;
    /* where in its cell the quantile lies, and those above it there, is not known */
    open = width_of(v, &v->point[own]);
    open *= fmax(1 - (double)beyond.n / size, 0);
    r.se = sqrt((spread + q * gap * gap) / size + open * open / 3);
    return r;
}

/* How many are beyond `at` for sure, and how many may be. */
static void
count(const struct rw_tally_view *v, double at, uint64_t *over, uint64_t *unsure,
    double *share)
{
    size_t low = 0, high = v->n;

    /* the first cell that is not all at or below it */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct rw_tally_point *x = &v->point[mid];

        if (x->high < at || (x->high <= at && at >= 0))
            low = mid + 1;
        else
            high = mid;
    }
    *over = v->t->n - (low > 0 ? v->point[low - 1].upto : 0);
    *unsure = 0;
    *share = 0;
    if (low < v->n) {
        const struct rw_tally_point *x = &v->point[low];

        if (x->low < at || (x->low <= at && at < 0)) {
            *over -= x->n;
            *unsure = x->n;
            *share = x->high > x->low ? (x->high - at) / (x->high - x->low) : 0;
        }
    }
}

void
rw_tally_exceedance(const struct rw_tally_view *v, double at, double level, double *p,
    double *low, double *high)
{
    size_t n = v->t->n;
    uint64_t over, unsure;
    double share, unused;

    for (size_t k = 0; k < v->t->n_at; k++)
        if (v->t->at[k] == at) {
            rw_tail_share(n, v->t->over[k], level, p, low, high);
            return;
        }
    count(v, at, &over, &unsure, &share);
    rw_tail_share(n, over + unsure, level, p, &unused, high);
    rw_tail_share(n, over, level, p, low, &unused);
    *p += n > 0 ? share * (double)unsure / (double)n : 0;
}
