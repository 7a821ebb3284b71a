/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/metalog_fit.c -- from stated quantiles to terms, see num/metalog.h. */
#include "num/metalog.h"

#include "num/families.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OCTAVES = 50,
    PER_OCTAVE = 32,
    POINTS = 2 * (OCTAVES * PER_OCTAVE + 2),
    MOST_DIGITS = 15
};

/* D counts as 0 within this share of the sum of |a2|, |a3|, ...: rounding. */
#define NOTHING 1e-13

/* (terms, quantiles): a = column sums of c times the transformed quantiles z. */
struct fit {
    size_t n, terms;
    double z[RW_METALOG_QUANTILES];
    double c[RW_METALOG_TERMS][RW_METALOG_QUANTILES];
    double a[RW_METALOG_TERMS];
    bool blind; /* these probabilities do not tell the terms apart */
};

/* ---- least squares ---- */

static double
transformed(const struct rw_metalog_stated *s, double x)
{
    if (isfinite(s->lower) && isfinite(s->upper))
        return log((x - s->lower) / (s->upper - x));
    if (isfinite(s->lower))
        return log(x - s->lower);
    return isfinite(s->upper) ? -log(s->upper - x) : x;
}

static double
plain(const struct rw_metalog_stated *s, double z)
{
    double e = exp(-fabs(z)) / (1 + exp(-fabs(z)));

    if (isfinite(s->lower) && isfinite(s->upper))
        return z < 0 ? s->lower + (s->upper - s->lower) * e
                     : s->upper - (s->upper - s->lower) * e;
    if (isfinite(s->lower))
        return s->lower + exp(z);
    return isfinite(s->upper) ? s->upper - exp(-z) : z;
}

/* x of min |A x - b| by the QR of A: a column of b is one column of the
 * answer. */
static bool
solve(const gsl_matrix *qr, const gsl_vector *tau, gsl_vector *b, gsl_vector *x,
    gsl_vector *residual)
{
    return gsl_linalg_QR_lssolve(qr, tau, b, x, residual) == GSL_SUCCESS;
}

/* Whether some column of A is all but a sum of those before it: its own part,
 * R_kk, is next to nothing of it.  Seven terms at probabilities symmetric about
 * 1/2 are so: four odd functions at three pairs. */
static bool
is_blind(const gsl_matrix *qr, size_t terms)
{
    for (size_t k = 0; k < terms; k++) {
        double sum = 0;

        for (size_t i = 0; i <= k; i++)
            sum += gsl_matrix_get(qr, i, k) * gsl_matrix_get(qr, i, k);
        if (!(fabs(gsl_matrix_get(qr, k, k)) > 1e-10 * sqrt(sum)))
            return true;
    }
    return false;
}

/* Fills f->a and f->c, unless f->blind; false: memory. */
static bool
fit_terms(struct fit *f, const struct rw_metalog_stated *s)
{
    gsl_matrix *qr = gsl_matrix_alloc(f->n, f->terms);
    gsl_vector *tau = gsl_vector_alloc(f->terms), *b = gsl_vector_alloc(f->n);
    gsl_vector *x = gsl_vector_alloc(f->terms), *rest = gsl_vector_alloc(f->n);
    bool good = qr != NULL && tau != NULL && b != NULL && x != NULL && rest != NULL;

    for (size_t i = 0; good && i < f->n; i++) {
        double m[RW_METALOG_TERMS], d[RW_METALOG_TERMS];

        rw_metalog_basis(log(s->p[i] / (1 - s->p[i])), f->terms, m, d);
        for (size_t k = 0; k < f->terms; k++)
            gsl_matrix_set(qr, i, k, m[k]);
    }
    good = good && gsl_linalg_QR_decomp(qr, tau) == GSL_SUCCESS;
    f->blind = good && is_blind(qr, f->terms);
    for (size_t column = 0; good && !f->blind && column <= f->n; column++) {
        for (size_t i = 0; i < f->n; i++) /* the last one is the answer itself */
            gsl_vector_set(b, i, column == f->n ? f->z[i] : column == i);
        good = solve(qr, tau, b, x, rest);
        for (size_t k = 0; good && k < f->terms; k++)
            *(column == f->n ? &f->a[k] : &f->c[k][column]) = gsl_vector_get(x, k);
    }
    gsl_vector_free(rest);
    gsl_vector_free(x);
    gsl_vector_free(b);
    gsl_vector_free(tau);
    if (qr != NULL)
        gsl_matrix_free(qr);
    return good;
}

/* ---- whether it is a law, and what would make it one ---- */

/* 2 z L = 2, where D of zL is largest: (2y - 1) ln(y / (1 - y)) = 2. */
static double
widest(void)
{
    double l = 2.4;

    for (int i = 0; i < 20; i++) { /* Newton on l tanh(l/2) = 2 */
        double t = tanh(l / 2);

        l -= (l * t - 2) / (t + l * (1 - t * t) / 2);
    }
    return l;
}

/* L of point i of the grid: the ends, the two points that decide on three
 * terms, and 32 to an octave of the distance to either end. */
static double
grid(size_t i)
{
    double sign = i % 2 ? 1 : -1, t;

    i /= 2;
    if (i == 0)
        return sign * INFINITY;
    if (i == 1)
        return sign * widest();
    i -= 2;
    t = ldexp(
        1 - (double)(i % PER_OCTAVE) / (2 * PER_OCTAVE), -(int)(i / PER_OCTAVE) - 1);
    return sign * log((1 - t) / t);
}

/* Moves of one quantile's z that keep D > 0, an interval. */
struct moves {
    double low, high;
};

struct shape {
    double worst, at;    /* least D over the scale, and its L */
    struct moves *moves; /* (n), or NULL */
};

static double
scale_of(const double a[], size_t n)
{
    double sum = 0;

    for (size_t k = 1; k < n; k++)
        sum += fabs(a[k]);
    return sum;
}

/* Narrows the moves of every quantile at one point with terms' slopes d. */
static void
narrow(const struct fit *f, const double d[], double slope, struct moves moves[])
{
    for (size_t i = 0; i < f->n; i++) {
        double by = 0, edge;

        for (size_t k = 0; k < f->terms; k++)
            by += f->c[k][i] * d[k];
        edge = -slope / by;
        if (by > 0)
            moves[i].low = fmax(moves[i].low, edge);
        else if (by < 0)
            moves[i].high = fmin(moves[i].high, edge);
        else if (slope <= 0)
            moves[i].low = INFINITY;
    }
}

/* *s over the grid; s->moves, unless NULL, are narrowed. */
static void
look(const struct fit *f, struct shape *s)
{
    double scale = scale_of(f->a, f->terms);

    s->worst = INFINITY;
    for (size_t i = 0; i < POINTS; i++) {
        double m[RW_METALOG_TERMS], d[RW_METALOG_TERMS], slope = 0, l = grid(i);

        rw_metalog_basis(l, f->terms, m, d);
        for (size_t k = f->terms; k-- > 0;)
            slope += f->a[k] * d[k];
        if (slope / scale < s->worst) {
            s->worst = slope / scale;
            s->at = l;
        }
        if (s->moves != NULL)
            narrow(f, d, slope, s->moves);
    }
}

/* The shortest number inside (low, high), beginning at the end `from`. */
static bool
round_inside(double from, double low, double high, double *to)
{
    double size = from != 0 ? fabs(from) : fmin(high - low, 1);
    char s[40];

    for (int digits = 3; digits <= MOST_DIGITS; digits++)
        for (int step = -1; step <= 1; step++) {
            double unit = pow(10, floor(log10(size)) + 1 - digits);

            snprintf(s, sizeof s, "%.*g", digits, from + step * unit);
            *to = strtod(s, NULL);
            if (*to > low && *to < high)
                return true;
        }
    return false;
}

/* Which quantile has to move least, on the axis of z; *low and *high become
 * the room it has.  False: none does alone. */
static bool
least_move(const struct rw_metalog_stated *s, const struct fit *f,
    const struct moves moves[], size_t *which, double *low, double *high)
{
    double least = INFINITY;

    for (size_t i = 0; i < f->n; i++) {
        double z = f->z[i];
        double from = fmax(z + moves[i].low, i > 0 ? f->z[i - 1] : -INFINITY);
        double to = fmin(z + moves[i].high, i + 1 < f->n ? f->z[i + 1] : INFINITY);
        double by = fmax(from - z, z - to);

        if (!(from < to) || !(by < least))
            continue;
        least = by;
        *which = i;
        *low = isinf(from) ? s->lower : plain(s, from);
        *high = isinf(to) ? s->upper : plain(s, to);
    }
    return isfinite(least);
}

static enum rw_err
refuse_shape(const struct rw_metalog_stated *s, const struct fit *f,
    enum rw_metalog_fault *fault, size_t *at, char why[RW_DIST_WHY])
{
    struct moves moves[RW_METALOG_QUANTILES];
    struct shape shape = {.moves = moves};
    double low = 0, high = 0, x = 0, y;
    char place[64];

    for (size_t i = 0; i < f->n; i++)
        moves[i] = (struct moves){-INFINITY, INFINITY};
    look(f, &shape);
    y = 1 / (1 + exp(-shape.at));
    if (y > 0 && y < 1)
        snprintf(place, sizeof place, "near p = %.3g", y);
    else
        snprintf(place, sizeof place, "at the %s end", y > 0 ? "upper" : "lower");
    if (!least_move(s, f, moves, at, &low, &high) ||
        !round_inside(low > s->x[*at] ? low : high, low, high, &x)) {
        *fault = RW_METALOG_WHOLE;
        rw_dist_refuse(why,
            "no metalog of %zu terms has these quantiles: its density would be below 0 "
            "%s, and no move of one of them alone would do; state fewer terms or "
            "quantiles that lie more evenly",
            f->terms, place);
        return RW_ERR_INPUT;
    }
    *fault = RW_METALOG_X;
    rw_dist_refuse(why,
        "no metalog of %zu terms has these quantiles: its density would be below 0 %s; "
        "the least change that helps is the quantile at %.10g from %.10g to %s %.10g",
        f->terms, place, s->p[*at], s->x[*at], x > s->x[*at] ? "at least" : "at most",
        x);
    return RW_ERR_INPUT;
}

/* ---- what is stated ---- */

static enum rw_err
check_pair(const struct rw_metalog_stated *s, size_t i, enum rw_metalog_fault *fault,
    char why[RW_DIST_WHY])
{
    *fault = RW_METALOG_P;
    if (!(s->p[i] > 0 && s->p[i] < 1))
        rw_dist_refuse(why,
            "the probability of a quantile must be above 0 and below 1 (got %.10g)%s",
            s->p[i],
            s->p[i] == 0 || s->p[i] == 1
                ? "; for an end of all values state lower or upper"
            : s->p[i] > 1 && s->p[i] < 100 ? "; write 10 % as 0.1"
                                           : "");
    else if (i > 0 && !(s->p[i] > s->p[i - 1]))
        rw_dist_refuse(why,
            "the probabilities of the quantiles must ascend (got %.10g after %.10g)",
            s->p[i], s->p[i - 1]);
    else if ((*fault = RW_METALOG_X, !isfinite(s->x[i])))
        rw_dist_refuse(why, "a quantile must be a finite number");
    else if (i > 0 && !(s->x[i] > s->x[i - 1]))
        rw_dist_refuse(why, "the quantiles must ascend (got %.10g after %.10g)",
            s->x[i], s->x[i - 1]);
    else if (!(s->x[i] > s->lower))
        rw_dist_refuse(why, "a quantile must be above lower = %.10g (got %.10g)",
            s->lower, s->x[i]);
    else if (!(s->x[i] < s->upper))
        rw_dist_refuse(why, "a quantile must be below upper = %.10g (got %.10g)",
            s->upper, s->x[i]);
    else
        return RW_OK;
    return RW_ERR_INPUT;
}

static enum rw_err
check(const struct rw_metalog_stated *s, size_t terms, enum rw_metalog_fault *fault,
    size_t *at, char why[RW_DIST_WHY])
{
    *fault = RW_METALOG_WHOLE;
    *at = 0;
    if (s->n < RW_METALOG_LEAST || s->n > RW_METALOG_QUANTILES)
        rw_dist_refuse(why, "a metalog takes %d to %d quantiles (got %zu)",
            RW_METALOG_LEAST, RW_METALOG_QUANTILES, s->n);
    else if ((*fault = RW_METALOG_COUNT,
                 terms < RW_METALOG_LEAST || terms > RW_METALOG_TERMS))
        rw_dist_refuse(why, "a metalog has %d to %d terms (got %zu)", RW_METALOG_LEAST,
            RW_METALOG_TERMS, terms);
    else if (terms > s->n)
        rw_dist_refuse(
            why, "%zu quantiles fix at most %zu terms (got %zu)", s->n, s->n, terms);
    else if ((*fault = RW_METALOG_LOWER, !(s->lower < s->upper)))
        rw_dist_refuse(why,
            "lower must be below upper (got lower = %.10g, upper = %.10g)", s->lower,
            s->upper);
    else {
        for (*at = 0; *at < s->n; ++*at)
            if (check_pair(s, *at, fault, why) != RW_OK)
                return RW_ERR_INPUT;
        return RW_OK;
    }
    return RW_ERR_INPUT;
}

enum rw_err
rw_metalog_make(const struct rw_metalog_stated *s, struct rw_arena *a,
    struct rw_dist *d, enum rw_metalog_fault *fault, size_t *at, char why[RW_DIST_WHY])
{
    struct fit f = {.n = s->n, .terms = s->terms};
    struct shape shape = {.moves = NULL};
    struct rw_metalog *g;

    if (f.terms == 0)
        f.terms = s->n < RW_METALOG_TERMS ? s->n : RW_METALOG_TERMS;
    if (check(s, f.terms, fault, at, why) != RW_OK)
        return RW_ERR_INPUT;
    for (size_t i = 0; i < s->n; i++)
        f.z[i] = transformed(s, s->x[i]);
    if (!fit_terms(&f, s))
        return RW_ERR_MEMORY;
    if (f.blind) {
        *fault = RW_METALOG_WHOLE;
        rw_dist_refuse(why,
            "these probabilities do not tell %zu terms apart: state \"terms\": %zu, or "
            "move one of the probabilities",
            f.terms, f.terms - 1);
        return RW_ERR_INPUT;
    }
    look(&f, &shape);
    if (!(shape.worst > -NOTHING))
        return refuse_shape(s, &f, fault, at, why);
    g = RW_ARENA_NEW(a, 1, struct rw_metalog);
    if (g == NULL)
        return RW_ERR_MEMORY;
    g->n = f.terms;
    memcpy(g->a, f.a, sizeof g->a);
    g->lower = s->lower;
    g->upper = s->upper;
    *d = (struct rw_dist){
        .family = &rw_family_metalog, .floor = -INFINITY, .cap = INFINITY, .data = g};
    return RW_OK;
}
