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

#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* FFTW's planner is the one thing in it that threads may not share. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

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

static void
cells_kept(const struct rw_cells *c, double weight, double x[], size_t n)
{
    for (size_t k = 0; k < c->n; k++) {
        double p = weight * c->p[k], m = weight * c->m[k], a = weight * c->a[k];

        add(x, n, k, p - m);
        add(x, n, k + 1, m);
        if (k == 0) {
            double b = weight * c->b[0];

            add(x, n, 0, -a - b);
            add(x, n, 1, 2 * a + 3 * b);
            add(x, n, 2, -a - 3 * b);
            add(x, n, 3, b);
            continue;
        }
        add(x, n, k - 1, -a / 2);
        add(x, n, k, a / 2);
        add(x, n, k + 1, a / 2);
        add(x, n, k + 2, -a / 2);
    }
}

static void
cells_moved(const struct rw_cells *c, double weight, size_t by, double x[], size_t n)
{
    for (size_t k = 0; k < c->n; k++)
        add(x, n, k + by, weight * c->p[k]);
}

static void
put_atoms(const struct rw_severity *s, double weight, enum rw_lattice_rule rule,
    bool aligned, double h, double x[], size_t n)
{
    for (size_t i = 0; i < s->n_atoms; i++) {
        double at = s->atom[i].x / h, k = floor(at), p = weight * s->atom[i].p;

        if (at >= (double)n)
            break;
        if (aligned || at == k)
            add(x, n, (size_t)rint(at), p);
        else if (rule == RW_LATTICE_DOWN)
            add(x, n, (size_t)k, p);
        else if (rule == RW_LATTICE_UP)
            add(x, n, (size_t)k + 1, p);
        else if (rule != RW_LATTICE_ATOMS) {
            add(x, n, (size_t)k, p * (1 - (at - k)));
            add(x, n, (size_t)k + 1, p * (at - k));
        }
    }
}

static void
put_slot(const struct rw_lattice *g, enum rw_lattice_rule rule, const struct rw_year *y,
    const struct rw_slot *slot, const struct rw_cells cells[], double x[], size_t n)
{
    double h = rule == RW_LATTICE_COARSE ? 2 * g->h : g->h;

    memset(x, 0, (n + 2) * sizeof *x);
    x[0] = slot->zero;
    for (size_t i = 0; i < slot->n; i++) {
        const struct rw_cells *c = &cells[slot->severity[i]];

        put_atoms(&y->severity[slot->severity[i]], slot->weight[i], rule, g->aligned, h,
            x, n);
        if (rule == RW_LATTICE_FINE || rule == RW_LATTICE_COARSE)
            cells_kept(c, slot->weight[i], x, n);
        else if (rule != RW_LATTICE_ATOMS)
            cells_moved(c, slot->weight[i], rule == RW_LATTICE_UP, x, n);
    }
}

/* ---- transforms ---- */

/* In place; the buffer is fftw's, so that its alignment is always the same
 * and so are the results. */
static bool
run_fft(double *x, size_t n, bool back)
{
    fftw_plan plan;

    pthread_mutex_lock(&planner);
    plan = back ? fftw_plan_dft_c2r_1d((int)n, (fftw_complex *)x, x, FFTW_ESTIMATE)
                : fftw_plan_dft_r2c_1d((int)n, x, (fftw_complex *)x, FFTW_ESTIMATE);
    pthread_mutex_unlock(&planner);
    if (plan == NULL)
        return false;
    fftw_execute(plan);
    pthread_mutex_lock(&planner);
    fftw_destroy_plan(plan);
    pthread_mutex_unlock(&planner);
    return true;
}

static void
transform_free(struct transform *t)
{
    for (size_t i = 0; t->slot != NULL && i < t->n_slots; i++)
        fftw_free(t->slot[i]);
    free(t->slot);
    free(t->tilt);
    fftw_free(t->year);
}

static enum rw_err
transform_init(struct transform *t, size_t n, double tilt, size_t n_slots)
{
    enum { BLOCK = 32 };
    double small[BLOCK];

    *t = (struct transform){.n = n, .n_slots = n_slots};
    t->tilt = malloc(n * sizeof *t->tilt);
    t->slot = calloc(n_slots + 1, sizeof *t->slot);
    t->year = fftw_malloc((n + 2) * sizeof *t->year);
    if (t->tilt == NULL || t->slot == NULL || t->year == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < n_slots; i++)
        if ((t->slot[i] = fftw_malloc((n + 2) * sizeof **t->slot)) == NULL)
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

static enum rw_err
transform_run(struct transform *t, const struct rw_lattice *g,
    enum rw_lattice_rule rule, const struct rw_year *y, const struct rw_cells cells[])
{
    for (size_t i = 0; i < t->n_slots; i++) {
        put_slot(g, rule, y, &y->slot[i], cells, t->slot[i], t->n);
        for (size_t k = 0; k < t->n; k++)
            t->slot[i][k] *= t->tilt[k];
        if (!run_fft(t->slot[i], t->n, false))
            return RW_ERR_MEMORY;
    }
    rw_year_transform(y, (double(**)[2])t->slot, (double(*)[2])t->year, t->n / 2 + 1);
    return run_fft(t->year, t->n, true) ? RW_OK : RW_ERR_MEMORY;
}

enum rw_err
rw_lattice_law(const struct rw_lattice *g, enum rw_lattice_rule rule,
    const struct rw_year *y, const struct rw_cells cells[], double pmf[])
{
    struct transform t;
    size_t n = rule == RW_LATTICE_COARSE ? g->points / 2 : g->points;
    enum rw_err err = transform_init(&t, n, g->tilt, y->n_slots);

    if (err == RW_OK)
        err = transform_run(&t, g, rule, y, cells);
    for (size_t k = 0; err == RW_OK && k < n; k++)
        pmf[k] = t.year[k] / (t.tilt[k] * (double)n);
    transform_free(&t);
    return err;
}
