/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/gauss.c -- Gauss quadrature of a discrete measure. */
#include "num/measure.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

/* Stieltjes' procedure with orthonormal polynomials:
 *   r_{k+1} p_{k+1} = (t - a_k) p_k - r_k p_{k-1},  b_k = r_k^2.
 * A norm that is only rounding ends it. */
size_t
rw_gauss_recurrence(
    const struct rw_measure *m, const double t[], size_t n, double a[], double b[])
{
    double *p = malloc(2 * (m->n + 1) * sizeof *p), *before, total = 0, root;
    size_t k;

    if (p == NULL)
        return 0;
    before = p + m->n;
    for (size_t i = 0; i < m->n; i++)
        total += m->w[i];
    for (size_t i = 0; i < m->n; i++) {
        p[i] = 1 / sqrt(total);
        before[i] = 0;
    }
    b[0] = total;
    root = 0;
    for (k = 0; k < n; k++) {
        double norm = 0;

        a[k] = 0;
        for (size_t i = 0; i < m->n; i++)
            a[k] += m->w[i] * t[i] * p[i] * p[i];
        for (size_t i = 0; i < m->n; i++) {
            double next = (t[i] - a[k]) * p[i] - root * before[i];

            before[i] = p[i];
            p[i] = next;
            norm += m->w[i] * next * next;
        }
        if (k + 1 == n || k + 1 == m->n || !(norm > 1e-28)) {
            k++;
            break;
        }
        b[k + 1] = norm;
        root = sqrt(norm);
        for (size_t i = 0; i < m->n; i++)
            p[i] /= root;
    }
    free(p);
    return k;
}

/* Weights from the polynomials rather than from the vectors: small ones keep
 * their digits. */
static double
christoffel(const double a[], const double b[], size_t n, double t)
{
    double p = 1 / sqrt(b[0]), before = 0, root = 0, sum = p * p;

    for (size_t k = 0; k + 1 < n; k++) {
        double next = ((t - a[k]) * p - root * before) / sqrt(b[k + 1]);

        before = p;
        p = next;
        root = sqrt(b[k + 1]);
        sum += p * p;
    }
    return 1 / sum;
}

static int
ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;

    return (a > b) - (a < b);
}

enum rw_err
rw_gauss_rule(
    const double a[], const double b[], size_t n, double node[], double weight[])
{
    gsl_matrix *j = gsl_matrix_calloc(n, n);
    gsl_vector_view e = gsl_vector_view_array(node, n);
    gsl_eigen_symm_workspace *w = gsl_eigen_symm_alloc(n);
    bool made = j != NULL && w != NULL;

    if (made) {
        for (size_t k = 0; k < n; k++) {
            gsl_matrix_set(j, k, k, a[k]);
            if (k > 0) {
                gsl_matrix_set(j, k, k - 1, sqrt(b[k]));
                gsl_matrix_set(j, k - 1, k, sqrt(b[k]));
            }
        }
        gsl_eigen_symm(j, &e.vector, w);
        qsort(node, n, sizeof *node, ascending);
        for (size_t k = 0; k < n; k++)
            weight[k] = christoffel(a, b, n, node[k]);
    }
    if (w != NULL)
        gsl_eigen_symm_free(w);
    if (j != NULL)
        gsl_matrix_free(j);
    return made ? RW_OK : RW_ERR_MEMORY;
}
