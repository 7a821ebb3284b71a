/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_lattice.c -- the law of S on a lattice, by FFT.
 *
 * Every severity becomes masses x_k at k h, tilted to x_k e^(-theta k) so that
 * what wraps around the end of the transform arrives damped: the sum's mass at
 * k + j M adds e^(-theta j M) of itself to that at k.  Mass at and above the
 * end is dropped; sums below the end do not know it.
 *
 * A cell's mass with moments p, m, a, b goes to the nodes of the interpolating
 * cubic around it (of the first cell, from its left end), so that E[g(X)] is
 * kept for every g which is a cubic there: the law of the sum is off by
 * O(h^4) of its fourth derivative, without anything being asked of the
 * density of X.
 *
 * Sources: Embrechts and Frei, Panjer recursion versus FFT for compound
 * distributions, Math. Meth. Oper. Res. 69 (2009) 497; Grubel and Hermesmeier,
 * Computation of compound distributions I, ASTIN Bulletin 29 (1999) 197
 * (tilting); Gerber, On the numerical evaluation of the distribution of
 * aggregate claims, Insurance: Math. and Econ. 1 (1982) 13 (moments by cell).
 */
#include "num/aggregate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct transform {
    size_t n;      /* points */
    double *tilt;  /* (n) e^(-theta k) */
    double **slot; /* (n_slots) of n + 2, in place */
    double *year;  /* (n + 2) */
    size_t n_slots;
};

/* ---- masses ---- */

static void
add(double x[], size_t n, size_t k, double mass)
{
    if (k < n)
        x[k] += mass;
}

/* Mass p in cell k with its moments, to the four nodes around the cell or, of
 * the first, from its left end on. */
static void
keep(double x[], size_t n, size_t k, double p, double m, double a, double b)
{
    add(x, n, k, p - m);
    add(x, n, k + 1, m);
    if (k == 0) {
        add(x, n, 0, -a - b);
        add(x, n, 1, 2 * a + 3 * b);
        add(x, n, 2, -a - 3 * b);
        add(x, n, 3, b);
    } else {
        add(x, n, k - 1, -a / 2);
        add(x, n, k, a / 2);
        add(x, n, k + 1, a / 2);
        add(x, n, k + 2, -a / 2);
    }
}

static void
cells_kept(const struct rw_cells *c, double weight, double x[], size_t n)
{
    for (size_t k = 0; k < c->n; k++)
        keep(x, n, k, weight * c->p[k], weight * c->m[k], weight * c->a[k],
            k == 0 ? weight * c->b[0] : 0);
}

static void
cells_moved(const struct rw_cells *c, double weight, size_t by, double x[], size_t n)
{
    for (size_t k = 0; k < c->n; k++)
        add(x, n, k + by, weight * c->p[k]);
}

static void
cells_spread(const struct rw_cells *c, double weight, double x[], size_t n)
{
    for (size_t k = 0; k < c->n; k++) {
        add(x, n, k, weight * (c->p[k] - c->m[k]));
        add(x, n, k + 1, weight * c->m[k]);
    }
}

/* The last of a bounded loss waits in vain, its mean between points k - 1 and
 * k: as much mass from the left as brings it to k - 1.  Where that is not there
 * (all losses are below the first point) it goes up to k: E(x - S)+, which is
 * to be bounded from below, only falls. */
static void
lump_last(double x[], size_t k, double waits, double lacks)
{
    double needs = waits - lacks; /* mass times distance beyond k - 1 */

    for (size_t j = k - 1; j-- > 0 && needs > 0;) {
        double distance = (double)(k - 1 - j);
        double taken = fmin(x[j], needs / distance);

        if (taken <= 0)
            continue;
        x[j] -= taken;
        x[k - 1] += taken;
        needs -= taken * distance;
    }
    x[needs <= 0 ? k - 1 : k] += waits;
}

/* From the left: what waits, with its mean below point k, takes as much of the
 * next cell's mass, thought of at the cell's mean, as brings it to k. */
static void
cells_lumped(const double p[], const double m[], double weight, double x[], size_t n)
{
    double waits = 0, lacks = 0; /* mass; its mass times distance to k */
    size_t k = 1, last = 0;

    for (size_t i = 0; i < n; i++) {
        double mass = weight * p[i], moment = fmin(fmax(weight * m[i], 0), mass), over;

        if (!(mass > 0))
            continue;
        last = i;
        over = waits > 0 ? moment - mass * ((double)k - (double)i) : -1;
        if (waits > 0 && over < lacks) {
            waits += mass;
            lacks -= over;
            continue;
        }
        if (waits > 0) { /* the cell's mean is beyond k, so k <= i */
            add(x, n, k, waits + mass * (lacks / over));
            waits = mass * (1 - lacks / over);
            lacks = waits * (1 - moment / mass);
        } else {
            waits = mass;
            lacks = mass - moment;
        }
        k = i + 1;
    }
    if (waits > 0) {
        for (; lacks > waits; lacks -= waits)
            k--;
        if (last + 2 < n)
            lump_last(x, k, waits, lacks);
        else /* the tail beyond would take it to k or further */
            add(x, n, k, waits);
    }
}

static void
put_atom(const struct rw_atom *a, double weight, enum rw_lattice_rule rule,
    bool aligned, double h, double x[], size_t n)
{
    double at = a->x / h, k = floor(at), p = weight * a->p;

    if (at >= (double)n)
        return;
    if (aligned || at == k)
        add(x, n, (size_t)rint(at), p);
    else if (rule == RW_LATTICE_DOWN || rule == RW_LATTICE_ATOMS)
        add(x, n, (size_t)k, p);
    else if (rule == RW_LATTICE_UP)
        add(x, n, (size_t)k + 1, p);
    else if (rule == RW_LATTICE_KEPT) {
        double r = at - k;

        keep(x, n, (size_t)k, p, p * r, p * r * (1 - r) / 2,
            p * r * (1 - r) * (2 - r) / 6);
    } else if (rule == RW_LATTICE_SPREAD) {
        add(x, n, (size_t)k, p * (1 - (at - k)));
        add(x, n, (size_t)k + 1, p * (at - k));
    }
}

/* Atoms between the points are lumped like the mass of their cell. */
static enum rw_err
put_lumps(const struct rw_severity *s, const struct rw_cells *c, double weight,
    bool aligned, double h, double x[], size_t n)
{
    double *p = malloc(2 * n * sizeof *p), *m = p + n;

    if (p == NULL)
        return RW_ERR_MEMORY;
    memcpy(p, c->p, n * sizeof *p);
    memcpy(m, c->m, n * sizeof *m);
    for (size_t i = 0; i < s->n_atoms && !aligned; i++) {
        double at = s->atom[i].x / h, k = floor(at);

        if (at < (double)n && at != k) {
            p[(size_t)k] += s->atom[i].p;
            m[(size_t)k] += s->atom[i].p * (at - k);
        }
    }
    cells_lumped(p, m, weight, x, n);
    free(p);
    return RW_OK;
}

static enum rw_err
put_slot(const struct rw_lattice *g, enum rw_lattice_rule rule, const struct rw_year *y,
    const struct rw_slot *slot, const struct rw_cells cells[], double x[], size_t n)
{
    enum rw_err err = RW_OK;

    memset(x, 0, (n + 2) * sizeof *x);
    x[0] = slot->zero;
    for (size_t i = 0; err == RW_OK && i < slot->n; i++) {
        const struct rw_severity *s = &y->severity[slot->severity[i]];
        const struct rw_cells *c = &cells[slot->severity[i]];
        double weight = slot->weight[i];

        for (size_t k = 0; k < s->n_atoms; k++)
            put_atom(&s->atom[k], weight, rule, g->aligned, g->h, x, n);
        if (rule == RW_LATTICE_KEPT)
            cells_kept(c, weight, x, n);
        else if (rule == RW_LATTICE_SPREAD)
            cells_spread(c, weight, x, n);
        else if (rule == RW_LATTICE_LUMPED)
            err = put_lumps(s, c, weight, g->aligned, g->h, x, n);
        else if (rule != RW_LATTICE_ATOMS)
            cells_moved(c, weight, rule == RW_LATTICE_UP, x, n);
    }
    return err;
}

/* ---- transforms ---- */

static void
transform_free(struct transform *t)
{
    for (size_t i = 0; t->slot != NULL && i < t->n_slots; i++)
        rw_fft_free(t->slot[i]);
    free(t->slot);
    free(t->tilt);
    rw_fft_free(t->year);
}

static enum rw_err
transform_init(struct transform *t, size_t n, double tilt, size_t n_slots)
{
    enum { BLOCK = 32 };
    double small[BLOCK];

    *t = (struct transform){.n = n, .n_slots = n_slots};
    t->tilt = malloc(n * sizeof *t->tilt);
    t->slot = calloc(n_slots + 1, sizeof *t->slot);
    t->year = rw_fft_alloc(n);
    if (t->tilt == NULL || t->slot == NULL || t->year == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < n_slots; i++)
        if ((t->slot[i] = rw_fft_alloc(n)) == NULL)
            return RW_ERR_MEMORY;
    for (size_t i = 0; i < BLOCK; i++)
        small[i] = exp(-tilt * (double)i / (double)n);
    for (size_t k = 0; k < n; k += BLOCK) {
        double block = exp(-tilt * (double)k / (double)n);

        for (size_t i = 0; i < BLOCK && k + i < n; i++)
            t->tilt[k + i] = block * small[i];
    }
    return RW_OK;
}

/* E[z^S] is largest in size at the first point, z = e^-theta.  Where masses
 * with signs make it larger, they have become no law at all: this happens
 * where very many losses lie far below one step. */
static bool
is_stable(const double (*psi)[2], size_t n)
{
    double most = 1.001 * psi[0][0] + 1e-12;

    for (size_t i = 0; i < n; i++)
        if (!(fabs(psi[i][0]) <= most && fabs(psi[i][1]) <= most))
            return false;
    return true;
}

static enum rw_err
transform_run(struct transform *t, const struct rw_lattice *g,
    enum rw_lattice_rule rule, const struct rw_year *y, const struct rw_cells cells[])
{
    double(*psi)[2] = (double(*)[2])t->year;
    enum rw_err err = RW_OK;

    for (size_t i = 0; err == RW_OK && i < t->n_slots; i++) {
        err = put_slot(g, rule, y, &y->slot[i], cells, t->slot[i], t->n);
        for (size_t k = 0; err == RW_OK && k < t->n; k++)
            t->slot[i][k] *= t->tilt[k];
        if (err == RW_OK)
            err = rw_fft_forward(t->slot[i], t->n);
    }
    if (err != RW_OK)
        return err;
    rw_year_transform(y, (double(**)[2])t->slot, psi, t->n / 2 + 1);
    if (rule == RW_LATTICE_KEPT && !is_stable((const double(*)[2])psi, t->n / 2 + 1))
        return transform_run(t, g, RW_LATTICE_SPREAD, y, cells);
    return rw_fft_back(t->year, t->n);
}

enum rw_err
rw_lattice_law(const struct rw_lattice *g, enum rw_lattice_rule rule,
    const struct rw_year *y, const struct rw_cells cells[], double pmf[])
{
    struct transform t;
    enum rw_err err = transform_init(&t, g->points, g->tilt, y->n_slots);

    if (err == RW_OK)
        err = transform_run(&t, g, rule, y, cells);
    for (size_t k = 0; err == RW_OK && k < g->points; k++)
        pmf[k] = t.year[k] / (t.tilt[k] * (double)g->points);
    transform_free(&t);
    return err;
}
