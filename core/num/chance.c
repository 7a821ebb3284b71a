/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/chance.h"

#include "num/special.h"

#include <math.h>

/* Farthest from the mean that is looked at, in logits: a factor of 160,000. */
#define REACH 12.0

static double
logit(double p)
{
    return log(p) - log1p(-p);
}

static double
expit(double z)
{
    return z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z));
}

void
rw_chance_moments(const struct rw_chance_counts *c, double *mean, double *variance)
{
    double n = 0, sum = 0, squares = 0, k = c->k;

    for (size_t d = 0; d < c->n; d++) {
        n += c->groups[d];
        sum += (double)c->groups[d] * c->count[d];
    }
    *mean = sum / (n * k);
    for (size_t d = 0; d < c->n; d++) {
        double off = c->count[d] / k - *mean;

        squares += c->groups[d] * off * off;
    }
    *variance = (k * squares / (n - 1) - *mean * (1 - *mean)) / (k - 1);
}

double
rw_chance_evidence(const struct rw_chance_counts *c)
{
    double mean, variance, n = 0;

    rw_chance_moments(c, &mean, &variance);
    for (size_t d = 0; d < c->n; d++)
        n += c->groups[d];
    if (!(mean > 0 && mean < 1))
        return 0;
    return variance * (c->k - 1.0) / (mean * (1 - mean) * sqrt(2 / (n - 1)));
}

/* The beta law of these moments; false where there is none with a spread. */
static bool
beta_of(double mean, double variance, double *a, double *b)
{
    double n = mean * (1 - mean) / variance - 1;

    if (!(variance > 0 && mean > 0 && mean < 1))
        return false;
    n = fmax(n, 2 * RW_SHAPE_MIN / fmin(mean, 1 - mean)); /* all or nothing */
    *a = mean * n;
    *b = (1 - mean) * n;
    return *a < RW_SHAPE_MAX && *b < RW_SHAPE_MAX;
}

/* Ends of the grid: nearly all of the beta law, and every count seen. */
static void
find_ends(
    const struct rw_chance_counts *c, double a, double b, double *low, double *high)
{
    struct rw_beta_law law = rw_beta_law(a, b);
    double middle = logit(a / (a + b)), k = c->k, x, y;

    x = rw_beta_inverse(&law, 1e-4, 1 - 1e-4, &y);
    *low = x > 0 ? log(x) - log(y) : middle - REACH;
    x = rw_beta_inverse(&law, 1 - 1e-6, 1e-6, &y);
    *high = y > 0 ? log(x) - log(y) : middle + REACH;
    for (size_t d = 0; d < c->n; d++) {
        double z = logit((c->count[d] + 0.5) / (k + 1));

        if (c->groups[d] > 0 && c->count[d] > 0)
            *high = fmax(*high, z);
        if (c->groups[d] > 0 && c->count[d] < c->k)
            *low = fmin(*low, z);
    }
    *low = fmax(*low, middle - REACH);
    *high = fmin(*high, middle + REACH);
}

bool
rw_chance_grid(struct rw_chance_grid *g, const struct rw_chance_counts *c,
    double (*like)[RW_CHANCE_NODES])
{
    double mean, variance, a, b, high;

    rw_chance_moments(c, &mean, &variance);
    if (!beta_of(mean, variance, &a, &b))
        return false;
    find_ends(c, a, b, &g->low, &high);
    g->width = (high - g->low) / RW_CHANCE_NODES;
    for (size_t i = 0; i < RW_CHANCE_NODES; i++) {
        double z = g->low + ((double)i + 0.5) * g->width;

        g->ln_p[i] = -log1p(exp(-z)); /* exact enough from both sides */
        g->ln_q[i] = -log1p(exp(z));
    }
    g->like = like;
    for (size_t d = 0; d < c->n; d++) {
        double yes = c->count[d], no = c->k - yes, most = -INFINITY;

        for (size_t i = 0; i < RW_CHANCE_NODES; i++) {
            like[d][i] = yes * g->ln_p[i] + no * g->ln_q[i];
            most = fmax(most, like[d][i]);
        }
        for (size_t i = 0; i < RW_CHANCE_NODES; i++)
            like[d][i] = exp(like[d][i] - most);
    }
    return true;
}

/* Density of the beta law on the logit axis, p^a (1 - p)^b, as weights. */
static void
start(double w[RW_CHANCE_NODES], const struct rw_chance_grid *g, double a, double b)
{
    double most = -INFINITY, sum = 0;

    for (size_t i = 0; i < RW_CHANCE_NODES; i++) {
        w[i] = a * g->ln_p[i] + b * g->ln_q[i];
        most = fmax(most, w[i]);
    }
    for (size_t i = 0; i < RW_CHANCE_NODES; i++)
        sum += w[i] = exp(w[i] - most);
    for (size_t i = 0; i < RW_CHANCE_NODES; i++)
        w[i] /= sum;
}

/* Every group's posterior over the cells, averaged. */
static void
step(double w[RW_CHANCE_NODES], const struct rw_chance_counts *c,
    const struct rw_chance_grid *g)
{
    double next[RW_CHANCE_NODES] = {0}, n = 0;

    for (size_t d = 0; d < c->n; d++) {
        const double *like = g->like[d];
        double all = 0;

        if (c->groups[d] == 0)
            continue;
        n += c->groups[d];
        for (size_t i = 0; i < RW_CHANCE_NODES; i++)
            all += w[i] * like[i];
        if (all < 1e-290) { /* out of the law's reach: it says nothing */
            for (size_t i = 0; i < RW_CHANCE_NODES; i++)
                next[i] += c->groups[d] * w[i];
            continue;
        }
        for (size_t i = 0; i < RW_CHANCE_NODES; i++)
            next[i] += c->groups[d] / all * w[i] * like[i];
    }
    for (size_t i = 0; i < RW_CHANCE_NODES; i++)
        w[i] = next[i] / n;
}

void
rw_chance_fit(struct rw_chance_law *h, const struct rw_chance_counts *c,
    const struct rw_chance_grid *g)
{
    double a, b;

    rw_chance_moments(c, &h->mean, &h->variance);
    h->spread = g != NULL && beta_of(h->mean, h->variance, &a, &b);
    if (!h->spread)
        return;
    h->low = g->low;
    h->width = g->width;
    start(h->weight, g, a, b);
    for (int k = 0; k < RW_CHANCE_STEPS; k++)
        step(h->weight, c, g);
}

double
rw_chance_quantile(const struct rw_chance_law *h, double q, double mean)
{
    bool inside = h->mean > 0 && h->mean < 1 && mean > 0 && mean < 1;
    double shift = inside ? logit(mean) - logit(h->mean) : 0, below = 0;
    size_t i = 0;

    if (!h->spread)
        return mean;
    while (i + 1 < RW_CHANCE_NODES && below + h->weight[i] < q)
        below += h->weight[i++];
    if (h->weight[i] > 0) /* evenly within the cell */
        below = fmin((q - below) / h->weight[i], 1);
    else
        below = 0.5;
    return expit(h->low + ((double)i + below) * h->width + shift);
}
