/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_atoms.c -- a year's loss that is nothing but atoms, as
 * its values and F at each: figures are jumps of F and no reading between.
 *
 * Three ways to it, the first that fits:
 *   lattice   all losses are multiples of one unit, and that many units to the
 *             reach can be transformed (num/aggregate_lattice.c): exact;
 *   list      value by value (num/aggregate_values.c): exact;
 *   rounded   every loss to the nearest point of a fine lattice, with the laws
 *             of all losses rounded down and up: what the two leave open is the
 *             error, which is a step for every event.  Where no value has a
 *             mass to speak of, the lattices of smooth laws do better.
 *
 * The tail mean comes from the mean and the part below, as for other laws; of
 * the rounded ones from their own means, sums over the atoms.
 */
#include "num/aggregate_parts.h"
#include "num/sum.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As in aggregate_grid.c; a little less damping, since so little lies beyond
 * the reach of the 0.9999 quantile. */
#define TILT 16.0

/* The transform's share that is read. */
#define READ 0.5625

enum {
    POINTS_LEAST = 64,
    POINTS_FEW = 1 << 21,  /* sooner than a list  */
    POINTS_MOST = 1 << 24, /* sooner than rounded */
    ROOM = 1 << 26         /* doubles, of all transforms together */
};

/* What rounding of F may move a jump to q or from it: F(x) = q but for this
 * is meant to be equal, as that of two chances of a half is to 0.75. */
#define MEANT 1e-12

enum { LESS, NEAR, MORE, RULES }; /* laws: S down, itself (or nearest), S up */

struct rw_atoms {
    size_t n, points; /* of the transform */
    double step, *x;  /* places: x[k], or k * step where x is NULL */
    double *f[RULES]; /* (n) P(S <= place k); one array where S itself, and two
                         to come where it is rounded */
    double mean[RULES];
    double slack;        /* relative error of the means */
    double lost;         /* mass that is in no f        */
    double flat, growth; /* noise of f: flat + growth * e^(tilt k) */
    double tilt, reach;
};

static double
place(const struct rw_atoms *a, size_t k)
{
    return a->x != NULL ? a->x[k] : (double)k * a->step;
}

static double
noise(const struct rw_atoms *a, size_t k)
{
    return a->flat + (a->growth > 0 ? a->growth * exp(a->tilt * (double)k) : 0);
}

bool
rw_atoms_is_exact(const struct rw_atoms *a)
{
    return a->f[LESS] == a->f[NEAR];
}

/* ---- by transform ---- */

/* E of a year's loss whose losses are at(x / h) h instead of x. */
static double
mean_of(const struct rw_year *y, double h, double (*at)(double))
{
    double sum = 0;

    for (size_t i = 0; i < y->n_threats; i++) {
        const struct rw_threat *t = &y->threat[i];
        double m = 0;

        for (size_t k = 0; k < t->n_nodes; k++)
            m += t->weight[k] * t->m[k] * (1 - t->zero);
        for (size_t j = t->first; j < t->first + t->n; j++)
            sum += m * y->member[j].share * rw_member_mean(y, &y->member[j], h, at);
    }
    return sum;
}

/* f <- F of the lattice's law by one rule. */
static enum rw_err
transform(const struct rw_year *y, const struct rw_lattice *g,
    enum rw_lattice_rule rule, size_t kept, double **f)
{
    double *pmf = malloc(g->points * sizeof *pmf);
    struct rw_cells *none = calloc(y->n_severities + 1, sizeof *none);
    struct rw_sum sum = {0, 0};
    enum rw_err err = pmf == NULL || none == NULL ? RW_ERR_MEMORY : RW_OK;

    if (err == RW_OK)
        err = rw_lattice_law(g, rule, y, none, pmf);
    free(none);
    *f = pmf;
    for (size_t k = 0; err == RW_OK && k < kept; k++) {
        rw_sum_add(&sum, pmf[k]);
        pmf[k] = rw_sum_value(&sum);
    }
    if (err == RW_OK && (pmf = realloc(*f, kept * sizeof *pmf)) != NULL)
        *f = pmf;
    return err;
}

/* Aliasing and rounding in F, as in aggregate_grid.c; what is beyond twice, for
 * the laws above. */
static void
lattice_noise(struct rw_atoms *a, const struct rw_year *y, const struct rw_lattice *g)
{
    double beyond = 2 * (1 - a->f[NEAR][a->n - 1]);
    double rounding = DBL_EPSILON * (4 + log2((double)g->points));
    double damped = a->f[NEAR][0], damping = 1, step;

    a->tilt = g->tilt / (double)g->points;
    step = exp(-a->tilt);
    for (size_t k = 1; k < a->n; k++) /* E e^(-tilt S) */
        damped += (a->f[NEAR][k] - a->f[NEAR][k - 1]) * (damping *= step);
    damped += damping;
    a->flat = exp(-g->tilt) * (fmax(beyond, 0) + 1e-9) * 1.01 + rounding +
              1e-13 * fmin(y->events, 1e3);
    a->growth = rounding * damped;
}

static enum rw_err
make_lattice(
    struct rw_atoms *a, const struct rw_year *y, double step, size_t points, bool exact)
{
    struct rw_lattice g = {.h = step, .tilt = TILT, .points = points};
    enum rw_err err;

    a->step = step;
    a->points = points;
    a->n = (size_t)(READ * (double)points);
    a->reach = step * (double)(a->n - 1);
    g.aligned = true; /* to the nearest */
    err = transform(y, &g, RW_LATTICE_ATOMS, a->n, &a->f[NEAR]);
    a->mean[NEAR] = exact ? y->mean : mean_of(y, step, rint);
    if (exact)
        a->f[LESS] = a->f[MORE] = a->f[NEAR];
    if (err == RW_OK)
        lattice_noise(a, y, &g);
    return err;
}

enum rw_err
rw_atoms_enclose(struct rw_atoms *a, const struct rw_year *y)
{
    struct rw_lattice g = {.h = a->step, .tilt = TILT, .points = a->points};
    enum rw_err err;

    if (a->f[LESS] != NULL && a->f[MORE] != NULL)
        return RW_OK;
    a->mean[LESS] = mean_of(y, a->step, floor);
    a->mean[MORE] = mean_of(y, a->step, ceil);
    err = transform(y, &g, RW_LATTICE_DOWN, a->n, &a->f[LESS]);
    return err != RW_OK ? err : transform(y, &g, RW_LATTICE_UP, a->n, &a->f[MORE]);
}

/* ---- by list ---- */

static enum rw_err
make_list(struct rw_atoms *a, const struct rw_year *y, double reach)
{
    struct rw_list l;
    struct rw_sum sum = {0, 0};
    double *f;
    enum rw_err err = rw_values_list(&l, y, reach, &a->lost);

    if (err != RW_OK)
        return err;
    a->n = l.n;
    a->x = malloc(l.n * sizeof *a->x);
    a->f[LESS] = a->f[NEAR] = a->f[MORE] = f = malloc(l.n * sizeof *f);
    a->mean[NEAR] = y->mean;
    a->reach = reach;
    a->flat = 1e-13 * fmin(fmax(y->events, 1), 1e3);
    for (size_t k = 0; a->x != NULL && f != NULL && k < l.n; k++) {
        rw_sum_add(&sum, l.atom[k].p);
        a->x[k] = l.atom[k].x;
        f[k] = rw_sum_value(&sum);
    }
    rw_list_free(&l);
    return a->x == NULL || f == NULL ? RW_ERR_MEMORY : RW_OK;
}

/* ---- choosing ---- */

/* A power of 2 that reads up to the reach, or 0. */
static size_t
points_for(const struct rw_year *y, double reach, double unit, size_t most)
{
    size_t n = POINTS_LEAST;

    while (n < most && READ * (double)n * unit < reach + unit)
        n *= 2;
    return READ * (double)n * unit < reach + unit || n * (y->n_slots + 3) > ROOM ? 0
                                                                                 : n;
}

enum rw_err
rw_atoms_new(struct rw_atoms **law, const struct rw_year *y, double reach)
{
    struct rw_atoms *a = *law = calloc(1, sizeof *a);
    double unit = y->unit > 0 ? y->unit : 0;
    enum rw_err err = RW_ERR_LIMIT;
    size_t n;

    if (a == NULL)
        return RW_ERR_MEMORY;
    a->slack = y->slack;
    if (unit > 0 && (n = points_for(y, reach, unit, POINTS_FEW)) > 0)
        err = make_lattice(a, y, unit, n, true);
    if (err == RW_ERR_LIMIT)
        err = make_list(a, y, reach);
    if (err == RW_ERR_LIMIT && unit > 0 &&
        (n = points_for(y, reach, unit, POINTS_MOST)) > 0)
        err = make_lattice(a, y, unit, n, true);
    for (n = POINTS_MOST; err == RW_ERR_LIMIT && n > POINTS_FEW; n /= 2)
        if (n * (y->n_slots + 3) <= ROOM)
            err = make_lattice(a, y, reach / (READ * (double)n - 2), n, false);
    if (err != RW_OK) {
        rw_atoms_free(a);
        *law = NULL;
    }
    return err;
}

void
rw_atoms_free(struct rw_atoms *a)
{
    if (a == NULL)
        return;
    for (int i = 0; i < RULES; i++)
        if (i == NEAR || a->f[i] != a->f[NEAR])
            free(a->f[i]);
    free(a->x);
    free(a);
}

/* ---- reading ---- */

/* First k with F >= q by a rule, give or take: noise and loss; n if none. */
static size_t
first_at(const struct rw_atoms *a, int rule, double q, int sign)
{
    const double *f = a->f[rule];
    double lost = sign > 0 ? a->lost : 0;
    double most = noise(a, a->n - 1) + lost; /* noise grows: mostly enough to know */
    size_t k = 0;

    while (k < a->n && (f[k] + most < q || f[k] + sign * noise(a, k) + lost < q))
        k++;
    return k;
}

static size_t
find(const struct rw_atoms *a, int rule, double q)
{
    const double *f = a->f[rule];
    size_t k = 0;

    while (k < a->n && (f[k] < q - MEANT || f[k] + a->lost + noise(a, k) < q))
        k++;
    return k;
}

static enum rw_grid_reply
read_quantile(const struct rw_atoms *a, double q, struct rw_bounded *x)
{
    size_t k = find(a, NEAR, q), low = first_at(a, LESS, q, 1);
    size_t high = first_at(a, MORE, q, -1);

    if (k >= a->n || high >= a->n)
        return RW_GRID_BEYOND;
    x->value = place(a, k);
    x->low = fmin(place(a, low), x->value);
    x->high = fmax(place(a, high), x->value);
    x->error = fmax(x->value - x->low, x->high - x->value) + 4 * DBL_EPSILON * x->value;
    return RW_GRID_GOOD;
}

static enum rw_grid_reply
read_cdf(const struct rw_atoms *a, double x, struct rw_bounded *p)
{
    double at = x * (1 + 1e-11);
    size_t k = 0, end = a->n; /* the last place <= x is k */

    if (!(x <= a->reach))
        return RW_GRID_BEYOND;
    while (end - k > 1) {
        size_t mid = k + (end - k) / 2;

        if (place(a, mid) <= at)
            k = mid;
        else
            end = mid;
    }
    p->value = fmin(a->f[NEAR][k], 1);
    p->low = fmax(a->f[MORE][k] - noise(a, k), 0);
    p->high = fmin(a->f[LESS][k] + noise(a, k) + a->lost, 1);
    p->low = fmin(p->low, p->value);
    p->high = fmax(p->high, p->value);
    p->error = fmax(p->value - p->low, p->high - p->value) + DBL_EPSILON;
    return RW_GRID_GOOD;
}

/* E(place k - S)+ */
static double
below(const struct rw_atoms *a, int rule, size_t k)
{
    struct rw_sum sum = {0, 0};

    for (size_t j = 0; j < k; j++)
        rw_sum_add(
            &sum, a->f[rule][j] * (a->x != NULL ? a->x[j + 1] - a->x[j] : a->step));
    return rw_sum_value(&sum);
}

/* The tail mean of one law, and what noise leaves open of it. */
static double
tail_mean(const struct rw_atoms *a, int rule, double q, double *open)
{
    size_t k = find(a, rule, q), low, high;
    double v, mean = a->mean[rule];

    if (k >= a->n || (high = first_at(a, rule, q, -1)) >= a->n)
        return NAN;
    low = first_at(a, rule, q, 1);
    v = place(a, k);
    *open = ((noise(a, high) + a->lost) *
                    (place(a, high) + place(a, high) - place(a, low)) +
                a->slack * mean + 8 * DBL_EPSILON * (mean + v)) /
            (1 - q);
    return (mean - q * v + below(a, rule, k)) / (1 - q);
}

static enum rw_grid_reply
read_tvar(const struct rw_atoms *a, double q, struct rw_bounded *x)
{
    double open, low, high;

    x->value = tail_mean(a, NEAR, q, &open);
    x->low = x->value - open;
    x->high = x->value + open;
    if (!rw_atoms_is_exact(a)) {
        low = tail_mean(a, LESS, q, &open) - open;
        high = tail_mean(a, MORE, q, &open) + open;
        x->low = fmin(x->low, low);
        x->high = fmax(x->high, high);
        if (isnan(low) || isnan(high))
            return RW_GRID_BEYOND;
    }
    x->error = fmax(x->value - x->low, x->high - x->value);
    return isnan(x->value) ? RW_GRID_BEYOND : RW_GRID_GOOD;
}

enum rw_grid_reply
rw_atoms_read(const struct rw_atoms *a, struct rw_figure f, struct rw_bounded *x)
{
    switch (f.kind) {
    case RW_FIGURE_QUANTILE:
        return read_quantile(a, f.at, x);
    case RW_FIGURE_TVAR:
        return read_tvar(a, f.at, x);
    default:
        return read_cdf(a, f.at, x);
    }
}

double
rw_atoms_place(const struct rw_atoms *a, struct rw_figure f)
{
    size_t k;

    if (f.kind == RW_FIGURE_CDF)
        return f.at <= a->reach ? f.at : NAN;
    k = find(a, NEAR, f.at);
    return k < a->n ? place(a, k) : NAN;
}

/* Rounding takes all of an atom's mass to one place, as if it had its values. */
double
rw_atoms_jump(const struct rw_atoms *a, double x)
{
    const double *f = a->f[NEAR];
    double jump = 0;

    for (size_t k = 1; k < a->n; k++)
        if (fabs(place(a, k) - x) <= x / 16)
            jump = fmax(jump, f[k] - f[k - 1] + 4 * DBL_EPSILON);
    return jump;
}
