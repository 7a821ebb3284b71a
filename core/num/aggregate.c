/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate.c -- the exact law of a year's loss: who is asked for it.
 *
 * A year that is nothing but atoms has its values (num/aggregate_atoms.c), up
 * to the quantile at 0.9999 or 4^i times that.  The ladder of lattices
 * (num/aggregate_ladder.c) is for all others, and where these values are too
 * many.
 */
#include "num/aggregate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REACHES = 4 };

#define Q_MOST 0.9999 /* of which a quantile is to be had */
#define FINE   1e-6   /* good enough a relative error */

struct rw_aggregate {
    struct rw_year year;
    struct rw_ladder ladder;
    struct rw_atoms *atoms[REACHES];
    double reach; /* of atoms[0]; 0: not known */
    int reaches;  /* that can be had, as far as is known */
};

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
    rw_ladder_init(&a->ladder, &a->year);
    a->reaches = REACHES;
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
    rw_ladder_free(&a->ladder);
    for (int i = 0; i < REACHES; i++)
        rw_atoms_free(a->atoms[i]);
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

/* ---- a year of nothing but atoms ---- */

/* As far as questions usually go. */
static enum rw_err
find_reach(struct rw_aggregate *a)
{
    if (a->reach > 0)
        return RW_OK;
    if (a->year.p0 < Q_MOST)
        return rw_ladder_reach(&a->ladder, Q_MOST, &a->reach);
    a->reach = a->year.largest;
    return RW_OK;
}

/* Of two bracketed figures the better. */
static void
join(struct rw_bounded *x, const struct rw_bounded *other)
{
    double low = fmax(x->low, other->low), high = fmin(x->high, other->high);

    if (other->error < x->error)
        *x = *other;
    x->low = fmin(low, x->value);
    x->high = fmax(high, x->value);
}

/* The figure from values that have it.  Of rounded ones first from the ladder,
 * if no value nearby has a mass to speak of, which there could be on no point. */
static enum rw_err
read_atoms(struct rw_aggregate *a, struct rw_atoms *atoms, struct rw_figure f,
    struct rw_bounded *x)
{
    struct rw_bounded smooth = {0, -INFINITY, INFINITY, INFINITY};
    double jump = rw_atoms_is_exact(atoms)
                      ? INFINITY
                      : rw_atoms_jump(atoms, rw_atoms_place(atoms, f));
    enum rw_err err = RW_ERR_LIMIT;

    if (jump < FINE)
        err = rw_ladder_read(&a->ladder, f, jump, &smooth);
    if (err == RW_OK && smooth.error <= FINE * fabs(smooth.value)) {
        *x = smooth;
        return RW_OK;
    }
    if (err == RW_OK || err == RW_ERR_LIMIT)
        err = rw_atoms_enclose(atoms, &a->year);
    if (err != RW_OK)
        return err;
    if (rw_atoms_read(atoms, f, x) == RW_GRID_BEYOND)
        return RW_ERR_LIMIT;
    join(x, &smooth);
    return RW_OK;
}

/* RW_ERR_LIMIT: no values reach so far. */
static enum rw_err
read_values(struct rw_aggregate *a, struct rw_figure f, struct rw_bounded *x)
{
    enum rw_err err = a->year.discrete ? find_reach(a) : RW_ERR_LIMIT;

    for (int i = 0; err == RW_OK && i < a->reaches; i++) {
        double reach = ldexp(a->reach, 2 * i);

        if (f.kind == RW_FIGURE_CDF && f.at > reach)
            continue;
        if (a->atoms[i] == NULL)
            err = rw_atoms_new(&a->atoms[i], &a->year, reach);
        if (err == RW_ERR_LIMIT)
            a->reaches = i;
        if (err != RW_OK || isnan(rw_atoms_place(a->atoms[i], f)))
            continue;
        err = read_atoms(a, a->atoms[i], f, x);
        if (err != RW_ERR_LIMIT)
            return err;
        err = RW_OK;
    }
    return err == RW_OK ? RW_ERR_LIMIT : err;
}

/* ---- questions ---- */

static enum rw_err
read(struct rw_aggregate *a, struct rw_figure f, struct rw_bounded *x)
{
    enum rw_err err = read_values(a, f, x);

    return err == RW_ERR_LIMIT ? rw_ladder_read(&a->ladder, f, INFINITY, x) : err;
}

static bool
is_zero(const struct rw_aggregate *a, double q)
{
    return a->year.p0 >= q || !(a->year.mean > 0);
}

static enum rw_err
check_q(double q, struct rw_error *e)
{
    if (q > 0 && q <= Q_MOST)
        return RW_OK;
    return rw_error_set(e, RW_ERR_INPUT,
        "a quantile of the exact law is at a probability above 0 and up to 0.9999 "
        "(got %.10g)",
        q);
}

static enum rw_err
ask(struct rw_aggregate *a, struct rw_figure f, struct rw_bounded *x,
    struct rw_error *e)
{
    double q = f.at, mean = a->year.mean;
    enum rw_err err = check_q(q, e);

    if (err != RW_OK)
        return err;
    if (is_zero(a, q)) {
        double value = f.kind == RW_FIGURE_TVAR ? mean / (1 - q) : 0;
        double error = value * (a->year.slack + 0x1p-50);

        *x = (struct rw_bounded){value, value - error, value + error, error};
        return RW_OK;
    }
    err = read(a, f, x);
    if (err == RW_ERR_LIMIT)
        return rw_error_set(e, err,
            "the quantile at %.10g is too far from the mean for the exact law", q);
    if (err == RW_OK && f.kind == RW_FIGURE_QUANTILE) { /* Markov's inequality */
        x->high = fmin(x->high, fmax(x->value, mean / (1 - q)));
        if (!isfinite(x->error))
            x->error = x->high - x->low;
    }
    return err;
}

enum rw_err
rw_aggregate_quantile(
    struct rw_aggregate *a, double q, struct rw_bounded *x, struct rw_error *e)
{
    return ask(a, (struct rw_figure){RW_FIGURE_QUANTILE, q}, x, e);
}

enum rw_err
rw_aggregate_tvar(
    struct rw_aggregate *a, double q, struct rw_bounded *x, struct rw_error *e)
{
    return ask(a, (struct rw_figure){RW_FIGURE_TVAR, q}, x, e);
}

enum rw_err
rw_aggregate_sf(
    struct rw_aggregate *a, double x, struct rw_bounded *p, struct rw_error *e)
{
    double mean = a->year.mean, s;
    struct rw_bounded f;
    enum rw_err err;

    if (isnan(x))
        return rw_error_set(e, RW_ERR_INPUT, "a loss must be a number");
    if (x <= 0 || !(mean > 0)) {
        s = x < 0 ? 1 : mean > 0 ? 1 - a->year.p0 : 0;
        *p = (struct rw_bounded){s, s, s, 0x1p-51 * s};
        return RW_OK;
    }
    err = read(a, (struct rw_figure){RW_FIGURE_CDF, x}, &f);
    if (err == RW_ERR_LIMIT) { /* Markov's inequality again */
        *p = (struct rw_bounded){0, 0, mean / x, mean / x};
        return RW_OK;
    }
    if (err == RW_OK)
        *p = (struct rw_bounded){1 - f.value, 1 - f.high, 1 - f.low, f.error};
    return err;
}
