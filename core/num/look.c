/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/look.c -- what looks teach of a share. */
#include "num/look.h"

#include "num/belief.h"

#include <math.h>

#define STEP  0.5   /* between nodes */
#define REACH 3.5   /* of the points either side, in deviations of the log odds, */
#define TAIL  6.0   /* and in lengths of its exponential tail, */
#define FAR   300.0 /* of these no more than so much */
#define LEAST 1e-2  /* of a and b after a look */

double
rw_look_node(double middle, size_t k)
{
    return middle + STEP * ((double)k - (RW_LOOK_NODES - 1) / 2.0);
}

/* Catmull and Rom's cubic between the nodes, their last pairs by straight lines. */
static double
between(double middle, const double r[RW_LOOK_NODES], double odds)
{
    double at = (odds - rw_look_node(middle, 0)) / STEP, t, turn, bend;
    size_t k;

    if (!(at > 0))
        return r[0];
    if (at >= RW_LOOK_NODES - 1)
        return r[RW_LOOK_NODES - 1];
    k = (size_t)at;
    t = at - (double)k;
    if (k == 0 || k == RW_LOOK_NODES - 2)
        return r[k] + t * (r[k + 1] - r[k]);
    turn = 2 * r[k - 1] - 5 * r[k] + 4 * r[k + 1] - r[k + 2];
    bend = 3 * (r[k] - r[k + 1]) + r[k + 2] - r[k - 1];
    return fmax(r[k] + t / 2 * (r[k + 1] - r[k - 1] + t * (turn + t * bend)), 0);
}

/* Sums of weights, times the lesser of R and 1 - R, times its square. */
struct sums {
    double all, first, second;
};

static void
add(struct sums *s, double weight, double x)
{
    s->all += weight;
    s->first += weight * x;
    s->second += weight * x * x;
}

/* Of the density, and of it times p. */
static void
add_up(double middle, const double r[RW_LOOK_NODES], double a, double b,
    struct sums *plain, struct sums *shown)
{
    double deviation = REACH * sqrt(1 / a + 1 / b);
    double below = fmin(deviation + TAIL / a, FAR);
    double apart = (below + fmin(deviation + TAIL / b, FAR)) / (RW_LOOK_POINTS - 1);
    double mode = log(a / b), top_works = -log1p(b / a), top_fails = top_works - mode;

    /* e^-odds, from point to point */
    double against = exp(below - mode), step = exp(-apart);

    *plain = *shown = (struct sums){0, 0, 0};
    for (int k = 0; k < RW_LOOK_POINTS; k++, against *= step) {
        double odds = mode - below + apart * k, share = 1 / (1 + against);
        double works = -log1p(against), fails = works - odds, rest = against * share;
        double weight = exp(a * (works - top_works) + b * (fails - top_fails));
        double x = a < b ? share : rest;

        add(plain, weight, x);
        add(shown, weight * rest * between(middle, r, odds), x);
    }
}

double
rw_look_chance(double middle, const double r[RW_LOOK_NODES], double a, double b)
{
    struct sums plain, shown;

    add_up(middle, r, a, b, &plain, &shown);
    return shown.all / plain.all;
}

void
rw_look_take(double middle, const double r[RW_LOOK_NODES], double s, bool found,
    double *a, double *b)
{
    struct sums plain, after;
    double n = *a + *b, lesser = fmin(*a, *b), mean, variance, x, y;

    add_up(middle, r, *a, *b, &plain, &after);
    if (!found)
        after = (struct sums){plain.all - s * after.all, plain.first - s * after.first,
            plain.second - s * after.second};
    if (!(after.all > 0 && after.first > 0))
        return;
    mean = lesser / n * (after.first / after.all) / (plain.first / plain.all);
    variance = lesser * (lesser + 1) / (n * (n + 1)) * (after.second / after.all) /
                   (plain.second / plain.all) -
               mean * mean;
    if (!(variance > 0))
        return;
    rw_beta_moments(mean, variance, &x, &y);
    x = fmax(x, LEAST);
    y = fmax(y, LEAST);
    n = *a;
    *a = n < *b ? x : y;
    *b = n < *b ? y : x;
}
