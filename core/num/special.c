/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/special.c -- incomplete gamma and beta functions. */
#include "num/special.h"

#include <float.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>

/* Terms grow with the root of the shape: 1e8 needs some 1e5 near its mean. */
enum { MAX_TERMS = 1000000 };

struct rw_gamma_law
rw_gamma_law(double a)
{
    return (struct rw_gamma_law){
        .a = a, .norm = sqrt(a / (2 * M_PI)) / gsl_sf_gammastar(a)};
}

struct rw_beta_law
rw_beta_law(double a, double b)
{
    double n = a + b, root = sqrt(a / n * b / (2 * M_PI));

    return (struct rw_beta_law){.a = a,
        .b = b,
        .norm = root * gsl_sf_gammastar(n) / gsl_sf_gammastar(a) / gsl_sf_gammastar(b)};
}

/* a (ln r + 1 - r) for r = m / a, where log_r = ln r is known apart. */
static double
deviance(double a, double m, double log_r)
{
    double d = (m - a) / a;

    return fabs(d) < 0.5 ? a * gsl_sf_log_1plusx_mx(d) : a * log_r - (m - a);
}

double
rw_gamma_series(double a, double x)
{
    double term = 1, sum = 1;

    for (int k = 1; k < MAX_TERMS && term > sum * (DBL_EPSILON / 4); k++) {
        term *= x / (a + k);
        sum += term;
    }
    return sum;
}

/* 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)), by modified Lentz */
static double
gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, f = d;

    for (int k = 1; k < MAX_TERMS; k++) {
        double an = -k * (k - a), step;

        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        step = c * d;
        f *= step;
        if (fabs(step - 1) < DBL_EPSILON)
            break;
    }
    return f;
}

double
rw_gamma_tails(const struct rw_gamma_law *g, double z, double *p, double *q)
{
    double a = g->a, x = exp(z);
    double h = g->norm * exp(deviance(a, x, z - log(a)));

    if (!(h > 0)) {
        *p = x > a;
        *q = x <= a;
        return 0;
    }
    if (x < a + 1) {
        *p = h / a * rw_gamma_series(a, x);
        *p = *p < 1 ? *p : 1;
        *q = 1 - *p;
    } else {
        *q = h * gamma_fraction(a, x);
        *p = 1 - *q;
    }
    return h;
}

/* The value f of which I_x(a, b) = h / f; wants x < (a + 1) / (a + b + 2),
 * where every denominator is positive and few terms do. */
static double
beta_fraction(double a, double b, double x, double y)
{
    double f = a * (a * y - b * x + 1) / (a + 1), c = f, d = 0;

    for (int m = 1; m < MAX_TERMS; m++) {
        double s = a + 2.0 * m - 1, t = m * (b - m) * x / s, step;
        double num = (a + m - 1) * (a + b + m - 1) * x / s * t;
        double den = m + t + (a + m) * (a * y - b * x + 1 + m * (1 + y)) / (s + 2);

        d = 1 / (num * d + den);
        c = den + num / c;
        step = c * d;
        f *= step;
        if (fabs(step - 1) < DBL_EPSILON)
            break;
    }
    return f;
}

double
rw_beta_tails(const struct rw_beta_law *g, double z, double *p, double *q)
{
    double a = g->a, b = g->b, n = a + b;
    double e = exp(-fabs(z)), l = log1p(e), near = 1 / (1 + e), far = e / (1 + e);
    double x = z > 0 ? near : far, y = z > 0 ? far : near;
    double log_x = z > 0 ? -l : z - l, log_y = z > 0 ? -z - l : -l;
    double h = g->norm * exp(deviance(a, n * x, log_x + log(n / a)) +
                             deviance(b, n * y, log_y + log(n / b)));

    if (!(h > 0)) {
        *p = a * y < b * x;
        *q = 1 - *p;
    } else if (x < (a + 1) / (n + 2)) {
        *p = h / beta_fraction(a, b, x, y);
        *p = *p < 1 ? *p : 1;
        *q = 1 - *p;
    } else {
        *q = h / beta_fraction(b, a, y, x);
        *q = *q < 1 ? *q : 1;
        *p = 1 - *q;
    }
    return h;
}
