/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/belief.c -- conjugate beliefs. */
#include "num/belief.h"

#include "num/cpu.h"
#include "num/special.h"
#include "num/student.h"
#include "num/sum.h"

#include <math.h>

/* Of the shape of a prior from an interval. */
#define SHAPE_LEAST 1e-2
#define SHAPE_MOST  1e6

void
rw_belief_prior(double mean, double cv, double *a, double *b)
{
    double held = cv > 1e-3 ? cv : 1e-3;

    *a = 1 / (held * held);
    *b = *a / mean;
}

void
rw_belief_prior_interval(double low, double high, double level, double *a, double *b)
{
    double tail = (1 - level) / 2, middle;
    struct rw_gamma_law g;

    *a = low > 0 ? rw_gamma_shape(high / low, tail, SHAPE_LEAST, SHAPE_MOST)
                 : SHAPE_LEAST;
    g = rw_gamma_law(*a);
    middle = log(rw_gamma_inverse(&g, 1 - tail, tail));
    if (low > 0) {
        middle = (middle + log(rw_gamma_inverse(&g, tail, 1 - tail))) / 2;
        *b = exp(middle - (log(low) + log(high)) / 2);
    } else {
        *b = exp(middle) / high;
    }
}

RW_CPU_EACH void
update_by(size_t n, double discount, const double *restrict seen,
    const double *restrict exposure, double *restrict a, double *restrict b)
{
    for (size_t i = 0; i < n; i++) {
        double keep = rw_belief_keep(discount, b[i], exposure[i]);
        double sum = keep * a[i] + seen[i];

        a[i] = sum > RW_BELIEF_LEAST ? sum : RW_BELIEF_LEAST;
        b[i] = keep * b[i] + exposure[i];
    }
}
RW_CPU_VARIANTS(void, update,
    (size_t n, double discount, const double seen[], const double exposure[],
        double a[], double b[]),
    (n, discount, seen, exposure, a, b))

void
rw_belief_update(size_t n, double discount, const double seen[],
    const double exposure[], double a[], double b[])
{
    update(n, discount, seen, exposure, a, b);
}

void
rw_belief_interval(double a, double b, double level, double *low, double *high)
{
    struct rw_gamma_law g = rw_gamma_law(a);
    double half = (1 - level) / 2;

    *low = rw_gamma_inverse(&g, half, 1 - half) / b;
    *high = rw_gamma_inverse(&g, 1 - half, half) / b;
}

void
rw_belief_predict(double a, double b, double x, double *mean, double *variance)
{
    *mean = a / b * x;
    *variance = *mean * (1 + x / b);
}

void
rw_beta_update(double successes, double failures, double *a, double *b)
{
    *a += successes;
    *b += failures;
}

void
rw_beta_interval(double a, double b, double level, double *low, double *high)
{
    struct rw_beta_law g = rw_beta_law(a, b);
    double half = (1 - level) / 2, rest;

    *low = rw_beta_inverse(&g, half, 1 - half, &rest);
    *high = rw_beta_inverse(&g, 1 - half, half, &rest);
}

void
rw_beta_moments(double mean, double variance, double *a, double *b)
{
    double n = fmax(mean * (1 - mean) / variance - 1, RW_BETA_LEAST);

    *a = n * mean;
    *b = n * (1 - mean);
}

double
rw_beta_place(double a, double b, double x)
{
    struct rw_beta_law g = rw_beta_law(a, b);
    double p, q;

    if (!(x > 0 && x < 1))
        return x > 0;
    (void)rw_beta_tails(&g, log(x / (1 - x)), &p, &q);
    return p;
}

void
rw_beta_forget(double discount, double first_a, double first_b, double *a, double *b)
{
    *a = first_a + discount * (*a - first_a);
    *b = first_b + discount * (*b - first_b);
}

void
rw_nig_join(struct rw_nig *p, const struct rw_moments *s)
{
    double count = (double)s->n, off = s->mean - p->m, k = p->k + count;

    if (s->n == 0)
        return;
    p->b += (s->m2 + p->k * count / k * off * off) / 2;
    p->m += count / k * off;
    p->k = k;
    p->a += count / 2;
}

void
rw_nig_update(struct rw_nig *p, const double x[], size_t n)
{
    struct rw_moments s = rw_moments_array(x, n);

    rw_nig_join(p, &s);
}

void
rw_nig_forget(struct rw_nig *p, double discount)
{
    double keep = fmax(discount, fmin(1, 1 / p->k));

    p->k *= keep;
    p->a = 1 + keep * (p->a - 1);
    p->b *= keep;
}

double
rw_nig_quantile(const struct rw_nig *p, double lower, double upper)
{
    struct rw_student t = rw_student_of(2 * p->a);
    double scale = sqrt(p->b * (p->k + 1) / (p->a * p->k));

    return p->m + scale * rw_student_quantile(&t, lower, upper);
}
