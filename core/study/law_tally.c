/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/tally.h"
#include "study/law_parts.h"

#include <math.h>

/* The largest end of a cell that at least so many futures exceed; -INFINITY: none. */
static double
last_end(const struct rw_tally_view *v, double beyond)
{
    for (size_t k = v->n; k-- > 0;)
        if ((double)(v->t->n - v->point[k].upto) >= beyond)
            return v->point[k].high;
    return -INFINITY;
}

/* The end of the cell with the first hundredth of what is above zero. */
static double
first_end(const struct rw_tally_view *v)
{
    double above = (double)v->t->n, rank;
    size_t k = 0;

    while (k < v->n && v->point[k].high <= 0)
        above = (double)(v->t->n - v->point[k++].upto);
    rank = (double)v->t->n - above + above / 100;
    while (k + 1 < v->n && (double)v->point[k].upto < rank)
        k++;
    return k < v->n ? v->point[k].high : INFINITY;
}

static void
make_curve(struct rw_law *l, const struct rw_tally_view *v)
{
    double at[RW_RESULT_CURVE], low = first_end(v), high = last_end(v, RW_TAIL_BEYOND);

    l->n_curve = 0;
    if (!(high > 0))
        return;
    l->n_curve = rw_law_insert(at, 0, 0);
    for (size_t k = 0; k < RW_LAW_ROUND; k++) {
        double beyond = (double)v->t->n * rw_law_round[k], loss = last_end(v, beyond);

        if (beyond >= RW_TAIL_BEYOND && loss > 0)
            l->n_curve = rw_law_insert(at, l->n_curve, loss);
    }
    for (size_t k = 0; k < RW_LAW_SPACED && low < high; k++) {
        double share = (double)k / (RW_LAW_SPACED - 1);
        double loss = rw_tally_end(low * pow(high / low, share));

        l->n_curve = rw_law_insert(at, l->n_curve, fmin(loss, high));
    }
    for (size_t k = 0; k < l->n_curve; k++) {
        struct rw_curve_point *p = &l->curve[k];

        p->loss = at[k];
        rw_tally_exceedance(
            v, p->loss, RW_RESULT_LEVEL, &p->probability, &p->low, &p->high);
    }
}

void
rw_law_of_tally(struct rw_law *l, const struct rw_tally_view *v,
    const struct rw_moments *m, bool with_curve)
{
    l->mean = m->mean + 0.0;
    l->mean_se = rw_moments_se(m);
    l->sd = rw_moments_sd(m);
    l->p0 = (double)v->t->zero / (double)v->t->n;
    l->min = v->t->min + 0.0;
    l->max = v->t->max + 0.0;
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        l->quantile[k] = rw_tally_quantile(v, rw_result_quantiles[k], RW_RESULT_LEVEL);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        l->tvar[k] = rw_tally_tvar(v, rw_result_tvars[k]);
    l->n_curve = 0;
    if (with_curve)
        make_curve(l, v);
}
