/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/copula.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { MOST = RW_MATRIX_MAX };

/* Within what a generator gives: neither 0 nor 1. */
static double
inside(double u)
{
    return fmin(fmax(u, 0x1p-54), 1 - 0x1p-53);
}

static double
normal_cdf(double z)
{
    return erfc(-z * M_SQRT1_2) / 2;
}

static enum rw_err
init_student(struct rw_copula *c, double df, struct rw_arena *a)
{
    struct rw_dist chi2;
    char why[RW_DIST_WHY];
    int bad;

    if (!(df >= RW_COPULA_DF_MIN && df <= RW_COPULA_DF_MAX))
        return RW_ERR_INPUT;
    c->student = rw_student_of(df);
    if (rw_dist_make("gamma",
            (const struct rw_dist_arg[]){{"shape", (df + 1) / 2}, {"scale", 2}}, 2,
            &chi2, &bad, why) != RW_OK)
        return RW_ERR_INPUT;
    return rw_sampler_init(&c->chi2_above, &chi2, a);
}

static bool
is_alone(const double row[], size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (row[j] != 0)
            return false;
    return row[k] == 1;
}

enum rw_err
rw_copula_init(struct rw_copula *c, enum rw_copula_kind kind, double df, size_t n,
    const double rho[], struct rw_arena *a)
{
    double *l;
    bool *alone;

    *c = (struct rw_copula){.kind = kind, .n = n};
    if (n < 1 || n > MOST || rw_correlation_check(n, rho).wrong != RW_CORRELATION_FINE)
        return RW_ERR_INPUT;
    l = RW_ARENA_NEW(a, n * n, double);
    alone = RW_ARENA_NEW(a, n, bool);
    if (l == NULL || alone == NULL)
        return RW_ERR_MEMORY;
    if (!rw_matrix_cholesky(n, rho, l))
        return RW_ERR_INPUT;
    for (size_t k = 0; k < n; k++)
        alone[k] = is_alone(l + k * n, k);
    c->l = l;
    c->alone = alone;
    return kind == RW_COPULA_T ? init_student(c, df, a) : RW_OK;
}

static double
row_times(const struct rw_copula *c, size_t k, const double z[])
{
    const double *row = c->l + k * c->n;
    double sum = 0;

    for (size_t j = 0; j <= k; j++)
        sum += row[j] * z[j];
    return sum;
}

static void
map_gaussian(const struct rw_copula *c, size_t i, double *const u[])
{
    double z[MOST];

    for (size_t k = 0; k < c->n; k++) {
        z[k] = gsl_cdf_ugaussian_Pinv(u[k][i]);
        if (!c->alone[k])
            u[k][i] = inside(normal_cdf(row_times(c, k, z)));
    }
}

static void
map_student(const struct rw_copula *c, size_t i, double *const u[], double extra)
{
    double t = rw_student_quantile(&c->student, u[0][i], 1 - u[0][i]), z[MOST];
    double w = rw_sampler_quantile(&c->chi2_above, extra);
    /* s = sqrt(W / v), W = w / (1 + t^2 / v) */
    double s = sqrt(w / (c->student.df + t * t));

    z[0] = t * s;
    for (size_t k = 1; k < c->n; k++) {
        z[k] = gsl_cdf_ugaussian_Pinv(u[k][i]);
        u[k][i] = inside(rw_student_cdf(&c->student, row_times(c, k, z) / s));
    }
}

void
rw_copula_map(
    const struct rw_copula *c, size_t n, double *const u[], const double extra[])
{
    for (size_t i = 0; i < n; i++)
        if (c->kind == RW_COPULA_T)
            map_student(c, i, u, extra[i]);
        else
            map_gaussian(c, i, u);
}

double
rw_copula_kendall(double r)
{
    return 2 / M_PI * asin(r);
}

double
rw_copula_spearman(double r)
{
    return 6 / M_PI * asin(r / 2);
}

double
rw_copula_tail(enum rw_copula_kind kind, double r, double df)
{
    struct rw_student above = rw_student_of(df + 1);

    if (kind != RW_COPULA_T)
        return r >= 1;
    return 2 * rw_student_cdf(&above, -sqrt((df + 1) * (1 - r) / (1 + r)));
}
