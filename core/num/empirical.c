/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/empirical.h"

#include "num/families.h"
#include "num/sum.h"
#include "num/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* p = {mean, sd}. */
struct sample {
    size_t n;
    const double *x;   /* (n), ascending         */
    const double *sum; /* (n + 1): of the first i */
};

static const struct sample *
data(const struct rw_dist *d)
{
    return d->data;
}

/* Number of values <= x, or < x. */
static size_t
count(const struct sample *s, double x, bool equal)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (equal ? s->x[mid] <= x : s->x[mid] < x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static double
cdf(const struct rw_dist *d, double x)
{
    return (double)count(data(d), x, true) / (double)data(d)->n;
}

static double
below(const struct rw_dist *d, double x)
{
    return (double)count(data(d), x, false) / (double)data(d)->n;
}

static double
sf(const struct rw_dist *d, double x)
{
    return (double)(data(d)->n - count(data(d), x, true)) / (double)data(d)->n;
}

/* The least k in 1 .. n with k / n >= u, or (n - k) / n <= 1 - u. */
static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    const struct sample *s = data(d);
    double n = (double)s->n;
    double k = lower < upper ? ceil(lower * n) : n - floor(upper * n);

    /* the product may have been rounded over a whole number */
    if (lower < upper) {
        while (k > 1 && (k - 1) / n >= lower)
            k--;
        while (k < n && k / n < lower)
            k++;
    } else {
        while (k > 1 && (n - (k - 1)) / n <= upper)
            k--;
        while (k < n && (n - k) / n > upper)
            k++;
    }
    k = fmin(fmax(k, 1), n);
    return s->x[(size_t)k - 1];
}

/* E[clamp(X)], from partial sums, or E[(clamp(X) - about)^2]. */
static double
moment(const struct rw_dist *d, double about)
{
    const struct sample *s = data(d);
    size_t first = count(s, d->floor, true), last = count(s, d->cap, false);
    struct rw_sum sum = {0};

    if (isnan(about)) {
        rw_sum_add(&sum, s->sum[last] - s->sum[first]);
        if (first > 0)
            rw_sum_add(&sum, (double)first * d->floor);
        if (last < s->n)
            rw_sum_add(&sum, (double)(s->n - last) * d->cap);
        return rw_sum_value(&sum) / (double)s->n;
    }
    for (size_t i = 0; i < s->n; i++) {
        double off = fmin(fmax(s->x[i], d->floor), d->cap) - about;

        rw_sum_add(&sum, off * off);
    }
    return rw_sum_value(&sum) / (double)s->n;
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0];
}

static double
sd(const struct rw_dist *d)
{
    return d->p[1];
}

static double
lev(const struct rw_dist *d, double m)
{
    const struct sample *s = data(d);
    size_t k = count(s, m, true);

    return (s->sum[k] + (double)(s->n - k) * m) / (double)s->n;
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    *low = data(d)->x[0];
    *high = data(d)->x[data(d)->n - 1];
}

static size_t
atoms(const struct rw_dist *d, double x[], size_t room)
{
    const struct sample *s = data(d);
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        if ((i == 0 || s->x[i] > s->x[i - 1]) && n++ < room)
            x[n - 1] = s->x[i];
    return n;
}

const struct rw_family rw_family_empirical = {
    .name = "empirical",
    .doc = "observed values, each as likely",
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = support,
    .below = below,
    .atoms = atoms,
    .moment = moment,
};

const double *
rw_empirical_values(const struct rw_dist *d, size_t *n)
{
    *n = data(d)->n;
    return data(d)->x;
}

enum rw_err
rw_empirical_make(const double x[], size_t n, struct rw_arena *a, struct rw_dist *d)
{
    struct sample *s = RW_ARENA_NEW(a, 1, struct sample);
    double *sorted = RW_ARENA_NEW(a, n, double), *sum = RW_ARENA_NEW(a, n + 1, double);
    double *work = malloc(n * sizeof *work);
    struct rw_sum total = {0};

    if (s == NULL || sorted == NULL || sum == NULL || work == NULL) {
        free(work);
        return RW_ERR_MEMORY;
    }
    memcpy(sorted, x, n * sizeof *x);
    rw_sort(sorted, n, work);
    free(work);
    for (size_t i = 0; i < n; i++) {
        rw_sum_add(&total, sorted[i]);
        sum[i + 1] = rw_sum_value(&total);
    }
    *s = (struct sample){n, sorted, sum};
    *d = (struct rw_dist){
        .family = &rw_family_empirical, .floor = -INFINITY, .cap = INFINITY, .data = s};
    if (sorted[0] == sorted[n - 1]) {
        *d = rw_dist_constant(sorted[0]);
        return RW_OK;
    }
    d->p[0] = moment(d, NAN);
    d->p[1] = sqrt(moment(d, d->p[0]));
    return RW_OK;
}
