/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/posterior.h"

#include "num/special.h"
#include "num/sum.h"
#include "num/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the rule in ln F: points of the first look, least number of the rule's,
 * classes of the nodes; e^-40 of the largest density is left out.  Its longest
 * step: of exp(a z - e^z) a step h leaves e^(-pi^2 / h), 1e-17 here. */
enum { LOOK = 2000, RULE = 600, CLASSES = 64 };
#define NEGLIGIBLE 40.0
#define STEP       0.25

/* How much more than what is left open counts as wide: a tenth of the sd. */
#define WIDE 1.21

struct problem {
    double a, b, discount;
    const struct rw_count *law;
    const struct rw_watched *periods;
    size_t n;
    const double *node;
    size_t n_nodes;
};

/* Sums over the posterior, each point with its weight. */
struct moments {
    struct rw_sum whole, f, f2, g, g2; /* g = F Q */
};

static void
add_point(struct moments *s, double w, double f, double f2, double g, double g2)
{
    rw_sum_add(&s->whole, w);
    rw_sum_add(&s->f, w * f);
    rw_sum_add(&s->f2, w * f2);
    rw_sum_add(&s->g, w * g);
    rw_sum_add(&s->g2, w * g2);
}

static void
take_moments(const struct moments *s, struct rw_posterior *p)
{
    double whole = rw_sum_value(&s->whole);

    p->mean = rw_sum_value(&s->f) / whole;
    p->sd = sqrt(fmax(rw_sum_value(&s->f2) / whole - p->mean * p->mean, 0));
    p->seen = rw_sum_value(&s->g) / whole;
    p->seen_sd = sqrt(fmax(rw_sum_value(&s->g2) / whole - p->seen * p->seen, 0));
}

/* surest: least cv^2. */
static void
as_gamma(const struct problem *x, double surest, struct rw_posterior *p)
{
    double n = (double)x->n_nodes, mean = rw_sum_array(x->node, x->n_nodes) / n;
    double square = 0, cv2;

    for (size_t j = 0; j < x->n_nodes; j++)
        square += x->node[j] * x->node[j] / n;
    cv2 = (1 + pow(p->seen_sd / p->seen, 2)) * mean * mean / square - 1;
    cv2 = fmax(cv2, surest);
    p->wide =
        (1 + cv2) * square / (mean * mean) - 1 > WIDE * pow(p->seen_sd / p->seen, 2);
    p->shape = 1 / cv2;
    p->rate = p->shape * mean / p->seen;
}

/* ---- poisson ---- */

/* a' and b_j, and the logarithm of what q_j had predicted but for parts that are
 * the same for all. */
static void
walk(const struct problem *x, double q, double *a, double *b, double *log_weight)
{
    struct rw_sum log_w = {0};

    *a = x->a;
    *b = x->b;
    for (size_t t = 0; t < x->n; t++) {
        double seen = q * x->periods[t].years, count = x->periods[t].count;

        *a *= x->discount;
        *b *= x->discount;
        rw_sum_add(&log_w, -*a * log1p(seen / *b));
        if (count > 0)
            rw_sum_add(&log_w, count * log(seen / (*b + seen)));
        *a += count;
        *b += seen;
    }
    *log_weight = rw_sum_value(&log_w);
}

/* weight[] (n_nodes) is scratch. */
static void
mix_gammas(const struct problem *x, double weight[], struct rw_posterior *p)
{
    struct moments s;
    double most = -INFINITY, a = x->a, b;

    memset(&s, 0, sizeof s);
    for (size_t j = 0; j < x->n_nodes; j++) {
        walk(x, x->node[j], &a, &b, &weight[j]);
        most = fmax(most, weight[j]);
    }
    for (size_t j = 0; j < x->n_nodes; j++) {
        double q = x->node[j], w = exp(weight[j] - most), ignored, f, f2;

        walk(x, q, &a, &b, &ignored);
        f = a / b;
        f2 = a * (a + 1) / (b * b);
        add_point(&s, w, f, f2, q * f, q * q * f2);
    }
    take_moments(&s, p);
    as_gamma(x, 1 / a, p);
}

/* P(N <= k) of NB(a, b / (b + x)) = P(beta(a, k + 1) <= b / (b + x)). */
static double
at_most(double a, double b, double x, double k)
{
    struct rw_beta_law g;
    double p, q;

    if (k < 0 || !(x > 0))
        return k < 0 ? 0 : 1;
    g = rw_beta_law(a, k + 1);
    rw_beta_tails(&g, log(b / x), &p, &q);
    return p;
}

/* How far out the whole count lies by the prior. */
static double
surprise(const struct problem *x, double count, double years)
{
    struct rw_sum below = {0}, upto = {0};
    double n = (double)x->n_nodes;

    for (size_t j = 0; j < x->n_nodes; j++) {
        rw_sum_add(&below, at_most(x->a, x->b, x->node[j] * years, count - 1));
        rw_sum_add(&upto, at_most(x->a, x->b, x->node[j] * years, count));
    }
    return fmin(1, 2 * fmin(1 - rw_sum_value(&below) / n, rw_sum_value(&upto) / n));
}

/* ---- other laws ---- */

/* The nodes in classes of equal number, each by its mean. */
static enum rw_err
classes_of(const struct problem *x, double class[CLASSES], size_t *n)
{
    double *sorted = malloc(2 * x->n_nodes * sizeof *sorted);

    if (sorted == NULL)
        return RW_ERR_MEMORY;
    for (size_t j = 0; j < x->n_nodes; j++)
        sorted[j] = x->node[j];
    rw_sort(sorted, x->n_nodes, sorted + x->n_nodes);
    *n = x->n_nodes < CLASSES ? x->n_nodes : CLASSES;
    for (size_t k = 0; k < *n; k++) {
        size_t from = k * x->n_nodes / *n, to = (k + 1) * x->n_nodes / *n;

        class[k] = rw_sum_array(sorted + from, to - from) / (double)(to - from);
    }
    free(sorted);
    return RW_OK;
}

struct grid {
    const struct problem *x;
    double class[CLASSES];
    size_t n;
};

/* ln P(N = k) for mean m but for a constant, far into both tails. */
static double
log_chance(const struct rw_count *c, double m, double k)
{
    double f = c->dispersion;

    if (c->law == RW_COUNT_NEGBIN)
        return (k > 0 ? k * log(m) : 0) - (k + 1 / f) * log1p(f * m);
    if (k == 0)
        return c->zero > 0 ? log(c->zero + (1 - c->zero) * exp(-m)) : -m;
    return k * log(m) - m;
}

/* ln of the posterior density of z = ln F, but for a constant; *q, *q2 <- means of
 * Q and Q^2 there, unless NULL. */
static double
log_density(const struct grid *g, double z, double *q, double *q2)
{
    double f = exp(z), most = -INFINITY, sum = 0, first = 0, second = 0;
    double part[CLASSES];

    for (size_t k = 0; k < g->n; k++) {
        part[k] = 0;
        for (size_t t = 0; t < g->x->n; t++) {
            const struct rw_watched *w = &g->x->periods[t];

            part[k] += log_chance(g->x->law, f * g->class[k] * w -> years, w -> count);
        }
        most = fmax(most, part[k]);
    }
    if (isinf(most))
        return -INFINITY;
    for (size_t k = 0; k < g->n; k++) {
        double w = exp(part[k] - most);

        sum += w;
        first += w * g->class[k];
        second += w * g->class[k] * g->class[k];
    }
    if (q != NULL) {
        *q = first / sum;
        *q2 = second / sum;
    }
    return g->x->a * z - g->x->b * f + most + log(sum);
}

/* Where the density is not negligible, between low and high, and its largest
 * value seen. */
static bool
look(const struct grid *g, double *low, double *high, double *most)
{
    double value[LOOK], step = (*high - *low) / (LOOK - 1);
    int first = LOOK, last = -1;

    *most = -INFINITY;
    for (int i = 0; i < LOOK; i++) {
        value[i] = log_density(g, *low + i * step, NULL, NULL);
        *most = fmax(*most, value[i]);
    }
    for (int i = 0; i < LOOK; i++)
        if (value[i] > *most - NEGLIGIBLE) {
            first = i < first ? i : first;
            last = i;
        }
    if (last < 0)
        return false;
    *high = *low + (last + 1) * step;
    *low += (first - 1) * step;
    return true;
}

static enum rw_err
by_rule(const struct problem *x, struct rw_posterior *p)
{
    struct grid g = {.x = x};
    double count = 0, years = 0, low, high, most, step;
    struct moments s;
    int points;
    enum rw_err err = classes_of(x, g.class, &g.n);

    if (err != RW_OK)
        return err;
    for (size_t t = 0; t < x->n; t++) {
        count += x->periods[t].count;
        years += x->periods[t].years;
    }
    /* the prior's and the likelihood's far ends, whichever is farther */
    low = log(fmin(x->a / x->b, (count + 1) / (g.class[g.n - 1] * years))) -
          40 / fmin(x->a, 4);
    high = log(fmax((x->a + 60) / x->b,
        (20 * count + 60) / (fmax(g.class[0], 1e-3 * g.class[g.n - 1]) * years)));
    if (!look(&g, &low, &high, &most))
        return RW_ERR_DOMAIN;
    memset(&s, 0, sizeof s);
    points = (int)fmax(RULE, ceil((high - low) / STEP));
    step = (high - low) / points;
    for (int i = 0; i <= points; i++) {
        double z = low + i * step, f = exp(z), q = 0, q2 = 0;
        double w = exp(log_density(&g, z, &q, &q2) - most);

        add_point(&s, w, f, f * f, f * q, f * f * q2);
    }
    take_moments(&s, p);
    as_gamma(x, 1 / (x->a + count), p);
    return RW_OK;
}

enum rw_err
rw_posterior_rate(double a, double b, double discount, const struct rw_count *law,
    const struct rw_watched periods[], size_t n, const double node[], size_t n_nodes,
    struct rw_posterior *p)
{
    const struct problem x = {a, b, discount, law, periods, n, node, n_nodes};
    double count = 0, years = 0, *weight;
    enum rw_err err = RW_OK;

    for (size_t t = 0; t < n; t++) {
        count += periods[t].count;
        years += periods[t].years;
    }
    p->expected = a / b * rw_count_share(law) * rw_sum_array(node, n_nodes) /
                  (double)n_nodes * years;
    p->surprise = NAN;
    if (law->law == RW_COUNT_POISSON) {
        weight = malloc(n_nodes * sizeof *weight);
        if (weight == NULL)
            return RW_ERR_MEMORY;
        mix_gammas(&x, weight, p);
        p->surprise = surprise(&x, count, years);
        free(weight);
    } else if (law->law <= RW_COUNT_ZIP && discount == 1)
        err = by_rule(&x, p);
    else
        err = RW_ERR_DOMAIN;
    return err;
}
