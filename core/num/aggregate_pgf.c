/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_pgf.c -- from the transforms of amounts to that of a year.
 *
 * With w = phi - 1, phi the transform of an event's loss, and m the frequency:
 *   poisson exp(m w), zip q + (1 - q) exp(m w), negbin (1 - f m w)^(-1/f),
 *   binomial and bernoulli (1 + m w / n)^n.
 * Members multiply under a common m, nodes of m mix, threats multiply.
 *
 * |phi| <= 1 but for rounding, so 1 - f m w has a real part of 1 and more and
 * the principal branch of the power is the right one; the integer power of the
 * binomial has no branches.
 *
 * Source: Klugman, Panjer and Willmot, Loss Models, 4th ed. (2012), 6 and 9.
 */
#include "num/aggregate_parts.h"

#include <math.h>

struct point {
    double re, im;
};

static struct point
times(struct point a, struct point b)
{
    return (struct point){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static struct point
exp_of(struct point a)
{
    double size, s, c;

    if (a.re < -100)
        return (struct point){0, 0};
    size = exp(a.re);
    sincos(a.im, &s, &c);
    return (struct point){size * c, size * s};
}

/* log(1 + a), with its digits for small a. */
static struct point
log1p_of(struct point a)
{
    double norm = fmax(a.re * (2 + a.re) + a.im * a.im, -1); /* |1 + a|^2 - 1 */

    return (struct point){log1p(norm) / 2, atan2(a.im, 1 + a.re)};
}

/* (1 + a)^power; 0 at a = -1, where power > 0. */
static struct point
power_of(struct point a, double power)
{
    struct point l = log1p_of(a);

    return exp_of((struct point){power * l.re, power * l.im});
}

static struct point
count_pgf(const struct rw_threat *t, double m, struct point w)
{
    struct point z, mw = {m * w.re, m * w.im};

    switch (t->law) {
    case RW_COUNT_NEGBIN:
        return power_of((struct point){-t->dispersion * mw.re, -t->dispersion * mw.im},
            -1 / t->dispersion);
    case RW_COUNT_ZIP:
        z = exp_of(mw);
        return (struct point){t->zero + (1 - t->zero) * z.re, (1 - t->zero) * z.im};
    case RW_COUNT_BINOMIAL:
        return power_of(
            (struct point){mw.re / t->chances, mw.im / t->chances}, t->chances);
    case RW_COUNT_BERNOULLI:
        return (struct point){1 + mw.re, mw.im};
    default:
        return exp_of(mw);
    }
}

/* phi - 1 of a member's event at point i. */
static struct point
event_less_1(const struct rw_year *y, const struct rw_member *e,
    double (*const phi[])[2], size_t i)
{
    struct point sum = {-1, 0};

    for (size_t t = e->first; t < e->first + e->n; t++) {
        const struct rw_term *term = &y->term[t];
        struct point p = {phi[term->first][i][0], phi[term->first][i][1]};

        for (size_t s = term->first + 1; s < term->first + term->n; s++)
            p = times(p, (struct point){phi[s][i][0], phi[s][i][1]});
        sum.re += term->weight * p.re;
        sum.im += term->weight * p.im;
    }
    return sum;
}

/* ---- Poisson: members add up before the exponential ---- */

enum { SERIES = 24 };

/* With many nodes, sum_k weight_k exp(m_k u) as a power series around the u of
 * phi = 0, which is what most points of a transform are close to. */
struct poisson {
    double center, largest; /* -sum of shares, largest m */
    double coef[SERIES];
};

static void
poisson_init(struct poisson *s, const struct rw_year *y, const struct rw_threat *t)
{
    *s = (struct poisson){0};
    for (size_t j = t->first; j < t->first + t->n; j++)
        s->center -= y->member[j].share;
    for (size_t k = 0; k < t->n_nodes; k++) {
        double term = t->weight[k] * exp(t->m[k] * s->center);

        s->largest = fmax(s->largest, t->m[k]);
        for (int i = 0; i < SERIES; i++) {
            s->coef[i] += term;
            term *= t->m[k] / (i + 1);
        }
    }
}

/* Enough terms for m |w| = r: r^n / n! < 1e-17; 0: none are. */
static int
terms_for(double r)
{
    double left = 1;

    for (int n = 1; n <= SERIES; n++)
        if ((left *= r / n) < 1e-17)
            return n;
    return 0;
}

static struct point
poisson_series(const struct poisson *s, struct point w, int terms)
{
    struct point sum = {s->coef[terms - 1], 0};

    for (int i = terms - 2; i >= 0; i--) {
        sum = times(sum, w);
        sum.re += s->coef[i];
    }
    return sum;
}

static struct point
poisson_threat(const struct rw_year *y, const struct rw_threat *t,
    const struct poisson *s, double (*const phi[])[2], size_t i)
{
    struct point u = {0, 0}, sum = {0, 0};

    for (size_t j = t->first; j < t->first + t->n; j++) {
        struct point w = event_less_1(y, &y->member[j], phi, i);

        u.re += y->member[j].share * w.re;
        u.im += y->member[j].share * w.im;
    }
    if (t->n_nodes > 2) {
        struct point w = {u.re - s->center, u.im};
        int terms = terms_for(s->largest * (fabs(w.re) + fabs(w.im)));

        if (terms > 0)
            return poisson_series(s, w, terms);
    }
    for (size_t k = 0; k < t->n_nodes; k++) {
        struct point g = exp_of((struct point){t->m[k] * u.re, t->m[k] * u.im});

        sum.re += t->weight[k] * g.re;
        sum.im += t->weight[k] * g.im;
    }
    return sum;
}

/* ---- any law ---- */

static struct point
any_threat(const struct rw_year *y, const struct rw_threat *t, double (*const phi[])[2],
    size_t i)
{
    struct point sum = {0, 0};

    for (size_t k = 0; k < t->n_nodes; k++) {
        struct point g = {t->weight[k], 0};

        for (size_t j = t->first; j < t->first + t->n; j++)
            g = times(g, count_pgf(t, t->m[k] * y->member[j].share,
                             event_less_1(y, &y->member[j], phi, i)));
        sum.re += g.re;
        sum.im += g.im;
    }
    return sum;
}

static void
multiply_threat(const struct rw_year *y, const struct rw_threat *t,
    double (*const phi[])[2], double (*psi)[2], size_t n)
{
    struct poisson series;
    bool poisson = t->law == RW_COUNT_POISSON;

    poisson_init(&series, y, t);
    for (size_t i = 0; i < n; i++) {
        struct point p = {psi[i][0], psi[i][1]};

        p = times(p,
            poisson ? poisson_threat(y, t, &series, phi, i) : any_threat(y, t, phi, i));
        psi[i][0] = p.re;
        psi[i][1] = p.im;
    }
}

void
rw_year_transform(
    const struct rw_year *y, double (*const phi[])[2], double (*psi)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        psi[i][0] = 1;
        psi[i][1] = 0;
    }
    for (size_t t = 0; t < y->n_threats; t++)
        multiply_threat(y, &y->threat[t], phi, psi, n);
}
