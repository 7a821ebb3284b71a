/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sample.h"

#include "num/student.h"

#include <float.h>

void
rw_sample_rows(const double x[], size_t n, size_t each, double tmp[], double rows[])
{
    for (size_t i = 0; i < n; i++)
        rows[i] = x[i] + 0.0; /* -0 becomes 0: one zero, one spelling */
    for (size_t i = 0; i < n; i += each)
        rw_sort(rows + i, each, tmp);
}

struct rw_sample
rw_sample_sort(double x[], size_t n, size_t each, double tmp[], double rows[])
{
    for (size_t i = 0; i < n; i++)
        x[i] += 0.0;
    if (each > 0)
        rw_sample_rows(x, n, each, tmp, rows);
    rw_sort(x, n, tmp);
    return (struct rw_sample){x, n, each, each > 0 ? rows : NULL};
}

/* Adds one observation. */
static void
observe(struct rw_moments *m, double x)
{
    const struct rw_moments one = {1, x, 0};

    rw_moments_join(m, &one);
}

struct rw_moments
rw_sample_means(const double x[], size_t n, size_t each)
{
    struct rw_moments m = {0};

    if (each == 0)
        return rw_moments_array(x, n);
    for (size_t i = 0; i < n; i += each)
        observe(&m, rw_moments_array(x + i, each).mean);
    return m;
}

double
rw_sample_mean_se(const struct rw_sample *s)
{
    struct rw_moments m = s->each > 0 ? rw_sample_means(s->rows, s->n, s->each)
                                      : rw_moments_array(s->x, s->n);

    return rw_moments_se(&m);
}

/* Number of x (n), ascending, above at. */
static size_t
above(const double x[], size_t n, double at)
{
    return n - rw_tail_count(x, n, at);
}

double
rw_sample_share_se(const struct rw_sample *s, double at)
{
    struct rw_moments m = {0};
    double p = (double)above(s->x, s->n, at) / (double)s->n;

    if (s->each == 0)
        return sqrt(p * (1 - p) / (double)s->n);
    for (size_t i = 0; i < s->n; i += s->each)
        observe(&m, (double)above(s->rows + i, s->each, at) / (double)s->each);
    return rw_moments_se(&m);
}

/* Quantile of Student's law for a two-sided interval. */
static double
reach(const struct rw_sample *s, double level)
{
    struct rw_student law = rw_student_of((double)(s->n / s->each) - 1);

    return rw_student_quantile(&law, (1 + level) / 2, (1 - level) / 2);
}

void
rw_sample_exceedance(const struct rw_sample *s, double at, double level, double *p,
    double *low, double *high)
{
    size_t over = above(s->x, s->n, at);
    double wide;

    rw_tail_exceedance(s->x, s->n, at, level, p, low, high);
    if (s->each == 0)
        return;
    wide = reach(s, level) * rw_sample_share_se(s, at);
    if (over >= RW_TAIL_BEYOND && s->n - over >= RW_TAIL_BEYOND) {
        *low = 1;
        *high = 0;
    }
    *low = fmin(*low, fmax(*p - wide, 0));
    *high = fmax(*high, fmin(*p + wide, 1));
}

/* Index of the first x whose share at or below it, plus `sign' times its interval's
 * half width, is q or more; the last where there is none. */
static size_t
first_not_below(const struct rw_sample *s, double q, double width, double sign)
{
    size_t low = 0, high = s->n - 1;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        double at = s->x[mid],
               share = (double)(s->n - above(s->x, s->n, at)) / (double)s->n;

        if (share + sign * width * rw_sample_share_se(s, at) <
            q * (1 - 4 * DBL_EPSILON))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

struct rw_quantile
rw_sample_quantile(const struct rw_sample *s, double q, double level)
{
    struct rw_quantile r = rw_tail_quantile(s->x, s->n, q, level);
    double width;

    if (s->each == 0 || r.refused)
        return r;
    width = reach(s, level);
    r.low = s->x[first_not_below(s, q, width, 1)];
    r.high = s->x[first_not_below(s, q, width, -1)];
    return r;
}

struct rw_tvar
rw_sample_tvar(const struct rw_sample *s, double q)
{
    struct rw_tvar r = rw_tail_tvar(s->x, s->n, q);
    struct rw_moments m = {0};
    double var;

    if (s->each == 0 || r.refused)
        return r;
    var = s->x[rw_tail_rank(s->n, q) - 1];
    for (size_t i = 0; i < s->n; i += s->each) {
        struct rw_sum excess = {0, 0};

        for (size_t k = s->each - above(s->rows + i, s->each, var); k < s->each; k++)
            rw_sum_add(&excess, s->rows[i + k] - var);
        observe(&m, rw_sum_value(&excess) / ((double)s->each * (1 - q)));
    }
    r.se = rw_moments_se(&m);
    return r;
}
