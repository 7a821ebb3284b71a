/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate.c -- the exact law of a year's loss: the ladder of
 * lattices, each as long as the figure needs.
 *
 * F below a lattice's end does not depend on what lies above it, so each
 * figure x is read from a lattice of its own scale: rung j has length
 * mean * 4^j and serves x up to 0.45 of that.  Which rung serves a quantile is
 * decided by quick lattices, from the same start whatever was asked before:
 * results do not depend on the order of questions.
 */
#include "num/aggregate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    POINTS_QUICK = 1 << 11,
    DOWN = 480, /* rungs below and above the mean */
    UP = 40,
    RUNGS = DOWN + UP,
    LEVELS = 3
};

/* Of the lattices of one rung; the next where the last leaves an error. */
static const size_t level_points[LEVELS] = {1 << 15, 1 << 18, 1 << 20};

#define SERVES 0.45

struct rw_aggregate {
    struct rw_year year;
    struct rw_grid *grid[RUNGS][LEVELS];
    double quick[RUNGS]; /* F at SERVES of the rung's length; NAN: not known */
};

static double
rung_length(const struct rw_aggregate *a, int j)
{
    return ldexp(a->year.mean, 2 * (j - DOWN));
}

/* ---- making ---- */

static enum rw_err
check_node(const struct rw_compound *c, size_t k, struct rw_error *e)
{
    double most = c->law == RW_COUNT_BERNOULLI ? 1 : c->chances;

    if (!(c->m[k] >= 0) || !isfinite(c->m[k]) || !(c->weight[k] >= 0))
        return rw_error_set(e, RW_ERR_INPUT,
            "a yearly frequency must be a number from 0 (got %.10g)", c->m[k]);
    if (c->law != RW_COUNT_BINOMIAL && c->law != RW_COUNT_BERNOULLI)
        return RW_OK;
    for (size_t j = 0; j < c->n_members; j++)
        if (c->m[k] * c->members[j].share > most * (1 + 1e-12))
            return rw_error_set(e, RW_ERR_INPUT,
                "%.10g events a year need as many chances: there are %.10g",
                c->m[k] * c->members[j].share, most);
    return RW_OK;
}

static enum rw_err
check_event(const struct rw_event_loss *v, struct rw_error *e)
{
    if (v->n_parts == 0)
        return rw_error_set(e, RW_ERR_INPUT, "an event has no loss");
    for (size_t i = 0; i < v->n_parts; i++) {
        double low, high;

        rw_dist_support(&v->parts[i].amount, &low, &high);
        if (!(low >= 0))
            return rw_error_set(e, RW_ERR_INPUT,
                "a loss can be below 0 (down to %.10g): floor it at 0 for the exact "
                "law",
                low);
    }
    return RW_OK;
}

static enum rw_err
check(const struct rw_compound c[], size_t n, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; err == RW_OK && k < c[i].n_nodes; k++)
            err = check_node(&c[i], k, e);
        for (size_t j = 0; err == RW_OK && j < c[i].n_members; j++)
            err = check_event(&c[i].members[j].event, e);
    }
    return err;
}

enum rw_err
rw_aggregate_new(const struct rw_compound c[], size_t n, struct rw_aggregate **law,
    struct rw_error *e)
{
    struct rw_aggregate *a;
    enum rw_err err = check(c, n, e);

    *law = NULL;
    if (err != RW_OK)
        return err;
    a = calloc(1, sizeof *a);
    if (a == NULL)
        return RW_ERR_MEMORY;
    for (int j = 0; j < RUNGS; j++)
        a->quick[j] = NAN;
    err = rw_year_init(&a->year, c, n, e);
    if (err == RW_ERR_LIMIT)
        err = rw_error_set(e, RW_ERR_INPUT,
            "a loss has more than %d values of their own, too many for an exact law",
            RW_SEVERITY_ATOMS);
    if (err == RW_OK && !isfinite(a->year.mean))
        err = rw_error_set(e, RW_ERR_INPUT, "the mean of a year's loss is infinite");
    if (err != RW_OK) {
        rw_aggregate_free(a);
        return err;
    }
    *law = a;
    return RW_OK;
}

void
rw_aggregate_free(struct rw_aggregate *a)
{
    if (a == NULL)
        return;
    for (int j = 0; j < RUNGS; j++)
        for (int level = 0; level < LEVELS; level++)
            rw_grid_free(a->grid[j][level]);
    rw_year_free(&a->year);
    free(a);
}

double
rw_aggregate_mean(const struct rw_aggregate *a)
{
    return a->year.mean;
}

double
rw_aggregate_sd(const struct rw_aggregate *a)
{
    return a->year.sd;
}

double
rw_aggregate_p0(const struct rw_aggregate *a)
{
    return a->year.p0;
}

/* ---- the ladder ---- */

static enum rw_err
quick_end(struct rw_aggregate *a, int j, double *f)
{
    struct rw_grid *g;
    struct rw_bounded p;
    enum rw_err err;

    if (isnan(a->quick[j])) {
        err = rw_grid_new(&g, &a->year, rung_length(a, j), POINTS_QUICK, true);
        if (err != RW_OK)
            return err;
        (void)rw_grid_cdf(g, SERVES * rung_length(a, j), &p);
        a->quick[j] = p.value;
        rw_grid_free(g);
    }
    *f = a->quick[j];
    return RW_OK;
}

/* The lowest rung on which F comes to q. */
static enum rw_err
find_rung(struct rw_aggregate *a, double q, int *rung)
{
    int j = DOWN;
    double f = 0;
    enum rw_err err = quick_end(a, j, &f);

    if (err == RW_OK && f >= q) {
        while (err == RW_OK && f >= q && j > 0) {
            j--;
            err = quick_end(a, j, &f);
        }
        if (f < q)
            j++;
    } else {
        while (err == RW_OK && f < q && j < RUNGS - 1) {
            j++;
            err = quick_end(a, j, &f);
        }
    }
    *rung = j;
    return err;
}

/* A figure and how to read it from a lattice. */
struct figure {
    enum { QUANTILE, TAIL_MEAN, CDF } kind;
    double at; /* q or x */
};

static enum rw_grid_reply
read_grid(const struct rw_aggregate *a, const struct rw_grid *g, struct figure f,
    struct rw_bounded *x)
{
    switch (f.kind) {
    case QUANTILE:
        return rw_grid_quantile(g, f.at, x);
    case TAIL_MEAN:
        return rw_grid_tvar(g, f.at, a->year.mean, a->year.slack, x);
    default:
        return rw_grid_cdf(g, f.at, x);
    }
}

/* From rung j up, and finer lattices as long as they help. */
static enum rw_err
climb(struct rw_aggregate *a, int j, struct figure f, struct rw_bounded *x)
{
    for (; j < RUNGS; j++)
        for (int level = 0; level < LEVELS; level++) {
            struct rw_grid **g = &a->grid[j][level];
            enum rw_grid_reply reply;
            enum rw_err err = RW_OK;

            if (*g == NULL)
                err = rw_grid_new(
                    g, &a->year, rung_length(a, j), level_points[level], false);
            if (err != RW_OK)
                return err;
            reply = read_grid(a, *g, f, x);
            if (reply == RW_GRID_BEYOND)
                break;
            if (reply == RW_GRID_GOOD || level + 1 == LEVELS ||
                (level > 0 && x->error < 1e-6 * fabs(x->value)))
                return RW_OK;
        }
    return RW_ERR_LIMIT;
}

static bool
is_zero(const struct rw_aggregate *a, double q)
{
    return a->year.p0 >= q || !(a->year.mean > 0);
}

static enum rw_err
check_q(double q, struct rw_error *e)
{
    if (q > 0 && q <= 0.9999)
        return RW_OK;
    return rw_error_set(e, RW_ERR_INPUT,
        "a quantile of the exact law is at a probability above 0 and up to 0.9999 "
        "(got %.10g)",
        q);
}

static enum rw_err
ask(struct rw_aggregate *a, struct figure f, struct rw_bounded *x, struct rw_error *e)
{
    double q = f.at, mean = a->year.mean;
    enum rw_err err = check_q(q, e);
    int j;

    if (err != RW_OK)
        return err;
    if (is_zero(a, q)) {
        double value = f.kind == TAIL_MEAN ? mean / (1 - q) : 0;
        double error = value * (a->year.slack + 0x1p-50);

        *x = (struct rw_bounded){value, value - error, value + error, error};
        return RW_OK;
    }
    if ((err = find_rung(a, q, &j)) == RW_OK)
        err = climb(a, j, f, x);
    if (err == RW_ERR_LIMIT)
        return rw_error_set(e, err,
            "the quantile at %.10g is too far from the mean for the exact law", q);
    if (err == RW_OK && f.kind == QUANTILE) /* Markov's inequality */
        x->high = fmin(x->high, fmax(x->value, mean / (1 - q)));
    return err;
}

enum rw_err
rw_aggregate_quantile(
    struct rw_aggregate *a, double q, struct rw_bounded *x, struct rw_error *e)
{
    return ask(a, (struct figure){QUANTILE, q}, x, e);
}

enum rw_err
rw_aggregate_tvar(
    struct rw_aggregate *a, double q, struct rw_bounded *x, struct rw_error *e)
{
    return ask(a, (struct figure){TAIL_MEAN, q}, x, e);
}

enum rw_err
rw_aggregate_sf(
    struct rw_aggregate *a, double x, struct rw_bounded *p, struct rw_error *e)
{
    double mean = a->year.mean, s;
    struct rw_bounded f;
    enum rw_err err;
    int j;

    if (isnan(x))
        return rw_error_set(e, RW_ERR_INPUT, "a loss must be a number");
    if (x <= 0 || !(mean > 0)) {
        s = x < 0 ? 1 : mean > 0 ? 1 - a->year.p0 : 0;
        *p = (struct rw_bounded){s, s, s, 0x1p-51 * s};
        return RW_OK;
    }
    /* the first rung with x <= SERVES * mean * 4^(j - DOWN) */
    j = DOWN + (int)fmin(fmax(ceil(log2(x / (SERVES * mean)) / 2), -DOWN), UP);
    err = j < RUNGS ? climb(a, j, (struct figure){CDF, x}, &f) : RW_ERR_LIMIT;
    if (err == RW_ERR_LIMIT) { /* Markov's inequality again */
        *p = (struct rw_bounded){0, 0, mean / x, mean / x};
        return RW_OK;
    }
    if (err == RW_OK)
        *p = (struct rw_bounded){1 - f.value, 1 - f.high, 1 - f.low, f.error};
    return err;
}
