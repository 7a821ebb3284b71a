/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/num/truth.h -- years of a few values, counted out. */
#ifndef RW_TESTS_NUM_TRUTH_H
#define RW_TESTS_NUM_TRUTH_H

#include "num/aggregate_parts.h"
#include "num/sum.h"

#include "tests/num/years.h"

#include <gsl/gsl_randist.h>

static const double at[] = {0.05, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999};
enum { AT = sizeof at / sizeof at[0] };

/* ---- the truth: values and their masses ---- */

struct truth {
    struct rw_atom *atom;
    size_t n, room;
    double mean; /* 0: that of the atoms, which are all */
};

/* What is rarer than this adds up to nothing. */
#define RARE 1e-20

static inline void
truth_add(struct truth *t, double x, double p)
{
    if (p < RARE)
        return;
    if (t->n == t->room) {
        t->room = 2 * t->room + 1024;
        t->atom = realloc(t->atom, t->room * sizeof *t->atom);
        assert_non_null(t->atom);
    }
    t->atom[t->n++] = (struct rw_atom){x, p};
}

static inline int
by_value(const void *a, const void *b)
{
    const struct rw_atom *p = a, *q = b;

    return (p->x > q->x) - (p->x < q->x);
}

static inline void
truth_sort(struct truth *t)
{
    qsort(t->atom, t->n, sizeof *t->atom, by_value);
}

/* F that comes to q but for rounding does. */
static inline double
truth_quantile(const struct truth *t, double q)
{
    double sum = 0;

    for (size_t i = 0; i < t->n; i++)
        if ((sum += t->atom[i].p) >= q - 1e-12)
            return t->atom[i].x;
    return INFINITY;
}

static inline double
truth_tail_mean(const struct truth *t, double q)
{
    double v = truth_quantile(t, q);
    struct rw_sum over = {0, 0};

    if (t->mean > 0)
        rw_sum_add(&over, t->mean - v);
    for (size_t i = 0; i < t->n; i++) {
        double far = t->atom[i].x - v;

        rw_sum_add(&over, fmax(t->mean > 0 ? -far : far, 0) * t->atom[i].p);
    }
    return v + rw_sum_value(&over) / (1 - q);
}

static inline double
truth_tail(const struct truth *t, double x)
{
    struct rw_sum sum = {t->mean > 0, 0};

    for (size_t i = 0; i < t->n; i++)
        if (t->mean > 0 && t->atom[i].x <= x)
            rw_sum_add(&sum, -t->atom[i].p);
        else if (!(t->mean > 0) && t->atom[i].x > x)
            rw_sum_add(&sum, t->atom[i].p);
    return rw_sum_value(&sum);
}

static inline void
truth_free(struct truth *t)
{
    free(t->atom);
    *t = (struct truth){0};
}

/* ---- comparing ---- */

static inline struct rw_aggregate *
law_of(const struct rw_compound c[], size_t n)
{
    struct rw_aggregate *a = NULL;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_aggregate_new(c, n, &a, &e) != RW_OK)
        fail_msg("%s", e.text);
    return a;
}

/* Within the printed error, which is within `fine` of the figure. */
static inline void
check(const char *name, double q, const struct rw_bounded *x, double want, double fine)
{
    double own = 1e-11 * want;

    if (!(fabs(x->value - want) <= x->error + own) || !(x->low <= want + own) ||
        !(x->high >= want - own) || !(x->error <= fine * want + 1e-300))
        fail_msg("%s at %g: %.14g +- %.2g in [%.14g, %.14g], want %.14g", name, q,
            x->value, x->error, x->low, x->high, want);
}

/* Losses of one of n values, as shares of 1. */
static inline void
year_of(struct year *y, double m, const double value[], const double p[], size_t n)
{
    year_plain(y, m, rw_dist_constant(1));
    y->member.event.share = value;
    y->member.event.share_weight = p;
    y->member.event.n_shares = n;
}

/* i of one and j of the other, both Poisson. */
static inline struct truth
two_poissons(double m, const double value[2], const double p[2])
{
    struct truth t = {0};

    unsigned most = 120 + (unsigned)(1.5 * m);

    for (unsigned i = 0; i < most; i++)
        for (unsigned j = 0; j < most && gsl_ran_poisson_pdf(i, m * p[0]) > RARE; j++)
            truth_add(&t, i * value[0] + j * value[1],
                gsl_ran_poisson_pdf(i, m * p[0]) * gsl_ran_poisson_pdf(j, m * p[1]));
    return t;
}

/* P(N = n) of each law, from GSL or by its formula. */
static inline double
number(const struct rw_compound *c, double m, unsigned n)
{
    switch (c->law) {
    case RW_COUNT_NEGBIN:
        return gsl_ran_negative_binomial_pdf(
            n, 1 / (1 + c->dispersion * m), 1 / c->dispersion);
    case RW_COUNT_ZIP:
        return (n == 0 ? c->zero : 0) + (1 - c->zero) * gsl_ran_poisson_pdf(n, m);
    case RW_COUNT_BINOMIAL:
    case RW_COUNT_BERNOULLI:
        return gsl_ran_binomial_pdf(n, m / c->chances, (unsigned)c->chances);
    default:
        return gsl_ran_poisson_pdf(n, m);
    }
}

#endif
