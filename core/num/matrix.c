/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/matrix.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = RW_MATRIX_MAX, MOST_STEPS = 1000 };

/* Projections have met when their difference is below this, relatively. */
#define MET 1e-9

bool
rw_matrix_cholesky(size_t n, const double a[], double l[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i * n + j];

            for (size_t k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            if (i == j && !(sum > RW_PIVOT_MIN))
                return false;
            l[i * n + j] = i == j ? sqrt(sum) : sum / l[j * n + j];
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            l[i * n + j] = 0;
    return true;
}

/* y <- L^-1 (entries of column c of a at the m indices in `others`). */
static void
solve_column(size_t m, const double l[], const size_t others[], size_t n,
    const double a[], size_t c, double y[])
{
    for (size_t i = 0; i < m; i++) {
        double sum = a[others[i] * n + c];

        for (size_t k = 0; k < i; k++)
            sum -= l[i * m + k] * y[k];
        y[i] = sum / l[i * m + i];
    }
}

static double
dot(size_t n, const double x[], const double y[])
{
    double sum = 0;

    for (size_t k = 0; k < n; k++)
        sum += x[k] * y[k];
    return sum;
}

/* The interval for a_ij that mends the matrix; false: there is none. */
static bool
mend(size_t n, const double a[], size_t i, size_t j, double *low, double *high)
{
    static _Thread_local double l[MOST * MOST];
    size_t others[MOST], m = 0;
    double x[MOST], y[MOST], c, left, right;

    for (size_t k = 0; k < n; k++)
        if (k != i && k != j)
            others[m++] = k;
    for (size_t r = 0; r < m; r++)
        for (size_t c1 = 0; c1 < m; c1++)
            l[r * m + c1] = a[others[r] * n + others[c1]];
    if (!rw_matrix_cholesky(m, l, l))
        return false;
    solve_column(m, l, others, n, a, i, x);
    solve_column(m, l, others, n, a, j, y);
    left = 1 - dot(m, x, x);
    right = 1 - dot(m, y, y);
    if (!(left > RW_PIVOT_MIN && right > RW_PIVOT_MIN))
        return false;
    c = dot(m, x, y);
    *low = c - sqrt(left * right);
    *high = c + sqrt(left * right);
    return true;
}

/* The pair that needs the smallest move. */
static void
find_pair(size_t n, const double a[], struct rw_correlation_fault *f)
{
    double least = INFINITY;

    f->low = 1;
    f->high = -1;
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            double low, high, move;

            if (!mend(n, a, i, j, &low, &high))
                continue;
            move = fmax(low - a[i * n + j], a[i * n + j] - high);
            if (move < least) {
                least = move;
                *f = (struct rw_correlation_fault){f->wrong, i, j, low, high};
            }
        }
}

struct rw_correlation_fault
rw_correlation_check(size_t n, const double a[])
{
    static _Thread_local double l[MOST * MOST];
    struct rw_correlation_fault f = {RW_CORRELATION_RANGE, 0, 0, 0, 0};

    RW_BUG_ASSERT(n <= MOST);
    for (f.i = 0; f.i < n; f.i++)
        for (f.j = 0; f.j < n; f.j++)
            if (!(fabs(a[f.i * n + f.j]) <= 1))
                return f;
    f.wrong = RW_CORRELATION_DIAGONAL;
    for (f.i = 0; f.i < n; f.i++)
        if (a[f.i * n + f.i] != 1) {
            f.j = f.i;
            return f;
        }
    f.wrong = RW_CORRELATION_ASYMMETRY;
    for (f.i = 1; f.i < n; f.i++)
        for (f.j = 0; f.j < f.i; f.j++)
            if (a[f.i * n + f.j] != a[f.j * n + f.i])
                return f;
    f = (struct rw_correlation_fault){.wrong = RW_CORRELATION_FINE};
    if (!rw_matrix_cholesky(n, a, l)) {
        f.wrong = RW_CORRELATION_INDEFINITE;
        find_pair(n, a, &f);
    }
    return f;
}

/* Room for the projections. */
struct project {
    gsl_eigen_symmv_workspace *work;
    double r[MOST * MOST], x[MOST * MOST], shift[MOST * MOST];
    double vectors[MOST * MOST], values[MOST];
};

/* x <- r without its negative eigenvalues; r is spoiled. */
static void
drop_negative(struct project *p, size_t n)
{
    gsl_matrix_view r = gsl_matrix_view_array(p->r, n, n);
    gsl_matrix_view v = gsl_matrix_view_array(p->vectors, n, n);
    gsl_vector_view e = gsl_vector_view_array(p->values, n);

    gsl_eigen_symmv(&r.matrix, &e.vector, &v.matrix, p->work);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;

            for (size_t k = 0; k < n; k++)
                if (p->values[k] > 0)
                    sum += p->values[k] * p->vectors[i * n + k] * p->vectors[j * n + k];
            p->x[i * n + j] = p->x[j * n + i] = sum;
        }
}

/* One step from y to y; returns how far the two projections are apart. */
static double
step(struct project *p, size_t n, double y[])
{
    double apart = 0, size = 0;

    for (size_t k = 0; k < n * n; k++)
        p->r[k] = p->shift[k] = y[k] - p->shift[k];
    drop_negative(p, n);
    for (size_t k = 0; k < n * n; k++) {
        double was = p->x[k];

        p->shift[k] = was - p->shift[k];
        y[k] = k % (n + 1) == 0 ? 1 : was;
        apart += (y[k] - was) * (y[k] - was);
        size += y[k] * y[k];
    }
    return sqrt(apart / size);
}

enum rw_err
rw_correlation_nearest(size_t n, const double a[], double x[])
{
    struct project *p = calloc(1, sizeof *p);
    double apart = 1;

    RW_BUG_ASSERT(n <= MOST);
    if (p != NULL)
        p->work = gsl_eigen_symmv_alloc(n);
    if (p == NULL || p->work == NULL) {
        free(p);
        return RW_ERR_MEMORY;
    }
    memmove(x, a, n * n * sizeof *x);
    for (int k = 0; k < MOST_STEPS && apart > MET; k++)
        apart = step(p, n, x);
    gsl_eigen_symmv_free(p->work);
    free(p);
    return RW_OK;
}

enum rw_err
rw_correlation_offer(size_t n, const double a[], double x[])
{
    static _Thread_local double near[MOST * MOST], l[MOST * MOST];
    enum rw_err err = rw_correlation_nearest(n, a, near);

    if (err != RW_OK)
        return err;
    for (double share = 0.0005; share < 1; share *= 1.5) {
        for (size_t k = 0; k < n * n; k++)
            x[k] =
                k % (n + 1) == 0 ? 1 : nearbyint(1000 * (1 - share) * near[k]) / 1000;
        if (rw_matrix_cholesky(n, x, l))
            return RW_OK;
    }
    for (size_t k = 0; k < n * n; k++)
        x[k] = k % (n + 1) == 0;
    return RW_OK;
}
