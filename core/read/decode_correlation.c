/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode_correlation.c -- correlations of a copula: one for all
 * pairs, or a matrix; what is wrong with it, and what would be right. */
#include "num/matrix.h"
#include "read/decode.h"

#include <math.h>

enum { PRINTED = 10 /* rows of a matrix that a message can hold */ };

static const struct rw_node *
child(const struct rw_node *node, size_t k)
{
    const struct rw_node *c = node->first;

    while (k-- > 0)
        c = c->next;
    return c;
}

static const struct rw_node *
element(const struct rw_node *matrix, size_t i, size_t j)
{
    return child(child(matrix, i), j);
}

/* One number for every pair. */
static void
decode_rho(struct rw_decode *x, const struct rw_node *node, size_t n, double rho[])
{
    double r = node->number, least = -1 / ((double)n - 1);
    char got[RW_NUMBER_MAX], low[RW_NUMBER_MAX];

    /* what is no number within [-1, 1] has been told with the object */
    if (node->kind != RW_JSON_NUMERIC || !(fabs(r) <= 1))
        return;
    for (size_t k = 0; k < n * n; k++)
        rho[k] = k % (n + 1) == 0 ? 1 : r;
    if (rw_correlation_check(n, rho).wrong == RW_CORRELATION_FINE)
        return;
    rw_number_print(low, ceil(least * 1000) / 1000);
    rw_decode_wrong(x, node, "%zu variables cannot all have this correlation", n);
    rw_diag_label(x->d, "got %s", rw_number_print(got, r));
    if (r > 0)
        rw_diag_help(x->d, "it must be below 1: what is always equal is one estimate");
    else
        rw_diag_help(x->d,
            "it must be above -1 / (n - 1), here %s: not all can be "
            "opposite to all",
            low);
}

/* The numbers of the matrix as they stand; false: reported. */
static bool
read_matrix(struct rw_decode *x, const struct rw_node *node, size_t n, double rho[])
{
    size_t i = 0, before = x->d->total;

    if (node->n != n) {
        rw_decode_wrong(
            x, node, "matrix must have %zu rows, one for each name in 'of'", n);
        rw_diag_label(x->d, "this has %zu", node->n);
        return false;
    }
    for (const struct rw_node *row = node->first; row; row = row->next, i++) {
        size_t j = 0;

        if (row->kind != RW_JSON_ARRAY) {
            rw_decode_wrong_kind(x, row, "a row", "a list [ ... ] of numbers");
            continue;
        }
        if (row->n != n) {
            rw_decode_wrong(x, row, "this row must have %zu numbers", n);
            rw_diag_label(x->d, "it has %zu", row->n);
            continue;
        }
        for (const struct rw_node *c = row->first; c; c = c->next, j++)
            if (c->kind == RW_JSON_NUMERIC)
                rho[i * n + j] = c->number;
            else
                rw_decode_wrong_kind(x, c, "a correlation", "a number");
    }
    return x->d->total == before;
}

/* Drawn towards independence until it can be. */
static double
largest_share(size_t n, const double a[], double b[])
{
    double l[RW_MATRIX_MAX * RW_MATRIX_MAX];

    for (int k = 999; k > 0; k--) {
        for (size_t i = 0; i < n * n; i++)
            b[i] = i % (n + 1) == 0 ? 1 : a[i] * k / 1000;
        if (rw_matrix_cholesky(n, b, l))
            return k / 1000.0;
    }
    return 0;
}

/* The nearest matrix, as it may be pasted. */
static void
offer(struct rw_decode *x, size_t n, const double rho[])
{
    double *near = RW_DECODE_NEW(x, n * n, double);
    struct rw_text t;

    if (near == NULL)
        return;
    if (n > PRINTED) {
        rw_diag_help(x->d, "all correlations multiplied by %.3f would do",
            largest_share(n, rho, near));
        return;
    }
    if (rw_correlation_offer(n, rho, near) != RW_OK) {
        x->memory = true;
        return;
    }
    rw_text_init(&t);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            char s[RW_NUMBER_MAX];

            rw_text_addf(&t, "%s%s%s",
                j > 0   ? ", "
                : i > 0 ? ", ["
                        : "[",
                rw_number_print(s, near[i * n + j] + 0.0), j + 1 == n ? "]" : "");
        }
    rw_diag_help(x->d, "the nearest that can be is [%s]", t.s ? t.s : "");
    rw_text_fini(&t);
}

/* No variables have such a matrix. */
static void
indefinite(struct rw_decode *x, const struct rw_node *node, size_t n,
    const char *const names[], const double rho[], const struct rw_correlation_fault *f)
{
    double low = ceil(f->low * 1000 + 0.01) / 1000;
    double high = floor(f->high * 1000 - 0.01) / 1000;
    char from[RW_NUMBER_MAX], to[RW_NUMBER_MAX];
    bool one = low <= high;

    rw_decode_wrong(x, one ? element(node, f->i, f->j) : node,
        "no %zu variables can have these correlations", n);
    if (one && low < high)
        rw_diag_label(x->d, "'%s' with '%s': from %s to %s would do",
            rw_diag_shown(x->d, names[f->i]), rw_diag_shown(x->d, names[f->j]),
            rw_number_print(from, low + 0.0), rw_number_print(to, high + 0.0));
    else if (one)
        rw_diag_label(x->d, "'%s' with '%s': %s would do",
            rw_diag_shown(x->d, names[f->i]), rw_diag_shown(x->d, names[f->j]),
            rw_number_print(from, low + 0.0));
    else
        rw_diag_label(x->d, "no single change makes it positive definite");
    offer(x, n, rho);
}

static void
check_matrix(struct rw_decode *x, const struct rw_node *node, size_t n,
    const char *const names[], const double rho[])
{
    struct rw_correlation_fault f = rw_correlation_check(n, rho);
    char got[RW_NUMBER_MAX];

    switch (f.wrong) {
    case RW_CORRELATION_RANGE:
        rw_decode_wrong(
            x, element(node, f.i, f.j), "a correlation lies between -1 and 1");
        rw_diag_label(x->d, "got %s", rw_number_print(got, rho[f.i * n + f.j]));
        break;
    case RW_CORRELATION_DIAGONAL:
        rw_decode_wrong(x, element(node, f.i, f.j),
            "the correlation of '%s' with itself is 1",
            rw_diag_shown(x->d, names[f.i]));
        rw_diag_label(x->d, "got %s", rw_number_print(got, rho[f.i * n + f.j]));
        break;
    case RW_CORRELATION_ASYMMETRY:
        rw_decode_wrong(x, element(node, f.i, f.j),
            "the correlation of '%s' with '%s' is stated in two ways",
            rw_diag_shown(x->d, names[f.i]), rw_diag_shown(x->d, names[f.j]));
        rw_decode_also(x, element(node, f.j, f.i), "");
        rw_diag_help(x->d, "row %zu, number %zu and row %zu, number %zu must be equal",
            f.i + 1, f.j + 1, f.j + 1, f.i + 1);
        break;
    case RW_CORRELATION_INDEFINITE:
        indefinite(x, node, n, names, rho, &f);
        break;
    default:
        break;
    }
}

void
rw_decode_correlations(struct rw_decode *x, const struct rw_node *copula, size_t n,
    const char *const names[], double rho[])
{
    const struct rw_node *one = rw_node_get(copula, "rho");
    const struct rw_node *matrix = rw_node_get(copula, "matrix");

    if (one && matrix)
        rw_decode_conflict(
            x, one, matrix, "give one correlation for all pairs, or all of them");
    else if (one)
        decode_rho(x, one, n, rho);
    else if (matrix == NULL) {
        rw_decode_missing(x, copula, "copula", "rho",
            "give one correlation for all pairs, or a 'matrix'");
    } else if (matrix->kind == RW_JSON_ARRAY && read_matrix(x, matrix, n, rho)) {
        check_matrix(x, matrix, n, names, rho);
    }
}
