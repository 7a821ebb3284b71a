/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/hawkes.c -- events that bring further events. */
#include "num/hawkes.h"

#include <math.h>

/* Of one event: with a mean below 1 nothing beyond has a probability. */
enum { MOST_CHILDREN = 64 };

double
rw_hawkes_rate(const struct rw_hawkes *h, double mu)
{
    return mu / (1 - h->children);
}

double
rw_hawkes_dispersion(const struct rw_hawkes *h)
{
    return 1 / ((1 - h->children) * (1 - h->children));
}

double
rw_hawkes_step(const struct rw_hawkes *h, double mu, double years, double *excited)
{
    double g = (1 - h->children) / h->delay;
    double limit = h->children / (1 - h->children) * mu, over = *excited - limit;

    *excited = limit + over * exp(-g * years);
    return (mu + limit) * years - over * expm1(-g * years) / g;
}

double
rw_hawkes_mean(const struct rw_hawkes *h, double mu, double years)
{
    double excited = 0;

    return rw_hawkes_step(h, mu, years, &excited);
}

double
rw_hawkes_variance(const struct rw_hawkes *h, double mu, double years)
{
    double n = h->children, g = (1 - n) / h->delay, a = 1 / (1 - n), b = n / (1 - n);
    double e = exp(-g * years);
    double e1 = -expm1(-g * years) / g;           /* of e^-gt, 0 .. T   */
    double e2 = -expm1(-2 * g * years) / (2 * g); /* of e^-2gt          */
    double t1 = (e1 - years * e) / g;             /* of t e^-gt         */
    double square = a * a * years - 2 * a * b * e1 + b * b * e2;
    double spread = n / h->delay *
                    (a * a / g * (years - e1) - 2 * a * b * t1 + b * b / g * (e1 - e2));

    return mu * (square + spread);
}

unsigned
rw_hawkes_children(const struct rw_hawkes *h, double u)
{
    double p = exp(-h->children), sum = p;
    unsigned k = 0;

    while (u > sum && k < MOST_CHILDREN) {
        p *= h->children / ++k;
        sum += p;
    }
    return k;
}
