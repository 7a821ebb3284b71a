/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/copula_product.c -- the mean of a product of two coupled variables.
 *
 *   E[X Y] = E[X] E[Y] sum_k w_k x_k g(z_k) / (sum_k w_k x_k E[Y])
 * over nodes z_k of the first variable's score, g(z) the mean of Y given z.
 * Given it, the second score is
 *   Gaussian  r z + sqrt(1 - r^2) e,  e normal
 *   t         r t + sqrt((1 - r^2) (v + t^2) / (v + 1)) e,  e ~ t_(v+1).
 * Nodes: Gauss-Legendre on equal pieces of normal scores; e and t are read at
 * the probabilities of the normal nodes.  Sums of weights are divided out, so
 * that what lies beyond the last piece does no harm. */
#include "num/copula.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { POINTS = 8, PIECES = 40, NODES = POINTS * PIECES };

#define REACH 10.0 /* of the normal scores */

/* Positive nodes and weights of Gauss-Legendre, 8 points (Abramowitz and
 * Stegun 25.4.30). */
static const double half_node[] = {0.183434642495649805, 0.525532409916328986,
    0.796666477413626740, 0.960289856497536232};
static const double half_weight[] = {0.362683783378361983, 0.313706645877887287,
    0.222381034453374471, 0.101228536290376259};

struct node {
    double score, weight, u;
};

/* Score of the copula's own law at normal score z; t: with df + above. */
static double
score_of(const struct rw_student *s, double z)
{
    double u = erfc(fabs(z) * M_SQRT1_2) / 2, t;

    if (s == NULL)
        return z;
    t = rw_student_quantile(s, u, 1 - u);
    return z < 0 ? t : -t;
}

static void
make_nodes(const struct rw_student *s, struct node node[NODES])
{
    double width = 2 * REACH / PIECES;

    for (int k = 0; k < NODES; k++) {
        int at = k % POINTS, half = at < 4 ? 3 - at : at - 4;
        double x = at < 4 ? -half_node[half] : half_node[half];
        double z = -REACH + width * (k / POINTS + (1 + x) / 2);

        node[k].weight = half_weight[half] * exp(-z * z / 2);
        node[k].score = score_of(s, z);
        node[k].u = erfc(-z * M_SQRT1_2) / 2;
    }
}

static double
value_at(const struct rw_sampler *x, double u)
{
    return rw_sampler_quantile(x, fmin(fmax(u, 0x1p-60), 1 - 0x1p-53));
}

/* Means of Y and Y^2 given the first score. */
static void
given(const struct rw_copula *c, double r, double score, const struct node e[NODES],
    const struct rw_sampler *y, double *mean, double *square)
{
    double df = c->student.df, total = 0;
    double spread = sqrt((1 - r) * (1 + r));

    if (c->kind == RW_COPULA_T)
        spread *= sqrt((df + score * score) / (df + 1));
    *mean = *square = 0;
    for (int k = 0; k < NODES; k++) {
        double at = r * score + spread * e[k].score;
        double u = c->kind == RW_COPULA_T ? rw_student_cdf(&c->student, at)
                                          : erfc(-at * M_SQRT1_2) / 2;
        double v = value_at(y, u);

        total += e[k].weight;
        *mean += e[k].weight * v;
        *square += e[k].weight * v * v;
    }
    *mean /= total;
    *square /= total;
}

/* weight of x, x^2; the same times y, y^2; of y alone */
struct sums {
    double x, xx, xy, xxyy, y, yy, one;
};

static struct sums
sum_up(const struct rw_copula *c, double r, const struct rw_sampler *x,
    const struct rw_sampler *y)
{
    struct node first[NODES], second[NODES];
    struct rw_student above = {0};
    bool t = c->kind == RW_COPULA_T;
    struct sums s = {0};

    if (t)
        above = rw_student_of(c->student.df + 1);
    make_nodes(t ? &c->student : NULL, first);
    make_nodes(t ? &above : NULL, second);
    for (int k = 0; k < NODES; k++) {
        double w = first[k].weight, v = value_at(x, first[k].u), mean, square;

        given(c, r, first[k].score, second, y, &mean, &square);
        s.one += w;
        s.y += w * mean;
        s.yy += w * square;
        s.x += w * v;
        s.xx += w * v * v;
        s.xy += w * v * mean;
        s.xxyy += w * v * v * square;
    }
    return s;
}

struct rw_copula_product
rw_copula_product(const struct rw_copula *c, double r, const struct rw_sampler *x,
    const struct rw_sampler *y)
{
    struct rw_copula_product p = {1, 1};
    struct sums s;

    if (x->known || y->known)
        return p;
    s = sum_up(c, r, x, y);
    if (s.x > 0 && s.y > 0)
        p.mean = s.xy * s.one / (s.x * s.y);
    if (s.xx > 0 && s.yy > 0)
        p.square = s.xxyy * s.one / (s.xx * s.yy);
    return p;
}
