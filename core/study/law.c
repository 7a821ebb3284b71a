/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/law.h"

#include "num/sum.h"

#include <float.h>
#include <math.h>

const double rw_result_quantiles[RW_RESULT_QUANTILES] = {
    0.05, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999};
const char *const rw_result_quantile_names[RW_RESULT_QUANTILES] = {
    "0.05", "0.5", "0.75", "0.9", "0.95", "0.99", "0.995", "0.999"};
const double rw_result_tvars[RW_RESULT_TVARS] = {0.95, 0.99};
const char *const rw_result_tvar_names[RW_RESULT_TVARS] = {"0.95", "0.99"};

/* Probabilities at which people read a curve. */
static const double round_probabilities[] = {0.9, 0.75, 0.5, 0.25, 0.2, 0.1, 0.05, 0.04,
    0.02, 0.01, 0.005, 0.004, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00005, 0.00002,
    0.00001};

enum {
    ROUND = sizeof round_probabilities / sizeof *round_probabilities,
    SPACED = RW_RESULT_CURVE - ROUND - 1 /* one for the loss of zero */
};

/* Number of values of x (ascending) at or below at. */
static size_t
count_up_to(const double x[], size_t n, double at)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (x[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Inserts loss into the ascending at[n] unless it is there; returns the new n. */
static size_t
insert(double at[], size_t n, double loss)
{
    size_t k = count_up_to(at, n, loss);

    if (k > 0 && at[k - 1] == loss)
        return n;
    for (size_t i = n; i > k; i--)
        at[i] = at[i - 1];
    at[k] = loss;
    return n + 1;
}

/* Losses at which the curve is told; returns their number. */
static size_t
curve_losses(const double x[], size_t n, double at[RW_RESULT_CURVE])
{
    size_t zeros = count_up_to(x, n, 0), count = 0;
    double low, high;

    if (n <= RW_TAIL_BEYOND)
        return 0;
    high = x[n - RW_TAIL_BEYOND - 1];
    if (!(high > 0))
        return 0;
    low = x[zeros + (n - zeros) / 100];
    count = insert(at, count, 0);
    for (size_t k = 0; k < ROUND; k++) {
        double beyond = (double)n * round_probabilities[k];

        /* the largest loss with at least that many futures above it */
        if (beyond >= RW_TAIL_BEYOND && n - (size_t)beyond > zeros)
            count = insert(at, count, x[n - (size_t)beyond - 1]);
    }
    if (low < high)
        for (size_t k = 0; k < SPACED; k++) {
            double share = (double)k / (SPACED - 1);

            count = insert(
                at, count, k == SPACED - 1 ? high : low * pow(high / low, share));
        }
    return count;
}

static void
make_curve(struct rw_law *l, const double x[], size_t n)
{
    double at[RW_RESULT_CURVE];

    l->n_curve = curve_losses(x, n, at);
    for (size_t k = 0; k < l->n_curve; k++) {
        struct rw_curve_point *p = &l->curve[k];

        p->loss = at[k];
        rw_tail_exceedance(
            x, n, p->loss, RW_RESULT_LEVEL, &p->probability, &p->low, &p->high);
    }
}

static double
share_of_zero(const double x[], size_t n)
{
    size_t below = 0, up_to = count_up_to(x, n, 0);

    if (up_to > 0 && x[0] < 0)
        below = count_up_to(x, n, -DBL_TRUE_MIN);
    return (double)(up_to - below) / (double)n;
}

void
rw_law_make(struct rw_law *l, double x[], size_t n, double tmp[], bool with_curve)
{
    struct rw_moments m;

    for (size_t i = 0; i < n; i++)
        x[i] += 0.0; /* -0 becomes 0: one zero, one spelling */
    rw_sort(x, n, tmp);
    m = rw_moments_array(x, n);
    l->mean = m.mean;
    l->mean_se = rw_moments_se(&m);
    l->sd = rw_moments_sd(&m);
    l->p0 = share_of_zero(x, n);
    l->min = x[0];
    l->max = x[n - 1];
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        l->quantile[k] =
            rw_tail_quantile(x, n, rw_result_quantiles[k], RW_RESULT_LEVEL);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        l->tvar[k] = rw_tail_tvar(x, n, rw_result_tvars[k]);
    l->n_curve = 0;
    if (with_curve)
        make_curve(l, x, n);
}

struct rw_verdict
rw_law_verdict(const double x[], size_t n, const struct rw_appetite *a)
{
    struct rw_verdict v = {.loss = a->loss, .probability = a->probability};

    rw_tail_exceedance(x, n, a->loss, RW_RESULT_LEVEL, &v.exceeded, &v.low, &v.high);
    v.met = v.high <= a->probability ? 1 : v.low > a->probability ? -1 : 0;
    return v;
}
