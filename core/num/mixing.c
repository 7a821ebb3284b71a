/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/mixing.c -- quadrature nodes of a product of estimates. */
#include "num/mixing.h"

#include "num/measure.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NODES = 256, /* of a rule, at most */
    FAR_NODES = 64,
    FARTHEST_NODES = 16,
    ANGLES = 48,
    SHAPES = 4,
    VARIABLES = 3,
    PIECES = 7,
    CUTS = 6 /* ways to cut */
};

#define TOLERANCE 2e-11 /* of a probe of the whole law */

static const size_t ladder[] = {2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48,
    56, 64, 80, 96, 112, 128, 160, 192, 224, NODES};

enum { RUNGS = sizeof ladder / sizeof ladder[0] };

/* Upper tail masses at which a law may be cut into pieces with rules of their
 * own: in a long tail one rule for all has its nodes where nothing is. */
static const double cuts[CUTS][PIECES] = {{0}, {1e-6, 1e-10}, {1e-2, 1e-6, 1e-10},
    {1e-3, 1e-6, 1e-10}, {1e-2, 1e-4, 1e-6, 1e-10},
    {0.1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-10}};

/* E g for generating functions g at angles on the circle |z| = 1, where the
 * error of any z within is largest, and the first two moments: with s = 1 - z
 *   exp(-s x), (1 + s x / 4)^-4, (1 + s x)^-1, (1 + 4 s x)^(-1/4) */
struct probes {
    double complex value[SHAPES][ANGLES];
    double mean, square;
};

static void
probe(const double x[], const double w[], size_t n, struct probes *p)
{
    *p = (struct probes){.mean = 0};
    for (size_t i = 0; i < n; i++) {
        p->mean += w[i] * x[i];
        p->square += w[i] * x[i] * x[i];
    }
    for (int k = 0; k < ANGLES; k++) {
        double angle = M_PI * exp2(-k / 3.0), h = sin(angle / 2);
        double complex s = 2 * h * h - I * sin(angle), *v[SHAPES];

        for (int f = 0; f < SHAPES; f++)
            v[f] = &p->value[f][k];
        for (size_t i = 0; i < n; i++) {
            double complex y = s * x[i], quarter = 1 + y / 4;

            quarter *= quarter;
            *v[0] += w[i] * cexp(-y);
            *v[1] += w[i] / (quarter * quarter);
            *v[2] += w[i] / (1 + y);
            *v[3] += w[i] / csqrt(csqrt(1 + 4 * y));
        }
    }
}

/* Variables in which the law may be smooth: no one of them is best for a
 * narrow estimate, a wide one and one with a long tail. */
static double
variable(int kind, double x, double unit)
{
    return kind == 0 ? x : kind == 1 ? sqrt(x) : log1p(x / unit);
}

static double
undo(int kind, double t, double unit)
{
    return kind == 0 ? t : kind == 1 ? t * t : unit * expm1(t);
}

/* A rule for one piece of the law. */
struct rule {
    double node[NODES], weight[NODES];
    size_t n; /* 0: none was found */
};

struct search {
    struct rw_measure piece; /* borrowed points */
    struct probes want;
    double mean, square; /* of the whole law */
    double *t;           /* room for the points */
};

static bool
moments_agree(const struct search *s, const struct probes *got)
{
    return fabs(got->mean - s->want.mean) <= 1e-12 * s->mean &&
           fabs(got->square - s->want.square) <= 1e-10 * s->square;
}

static bool
agree(const struct search *s, const struct probes *got)
{
    if (!moments_agree(s, got))
        return false;
    for (int f = 0; f < SHAPES; f++)
        for (int k = 0; k < ANGLES; k++)
            if (!(cabs(s->want.value[f][k] - got->value[f][k]) <= TOLERANCE))
                return false;
    return true;
}

/* Puts the points into a variable, in units of its sd; false if they are one
 * point in it. */
static bool
transform(struct search *s, int kind, double unit, double *middle, double *spread)
{
    const struct rw_measure *m = &s->piece;
    double mass = 0, square = 0;

    *middle = 0;
    for (size_t i = 0; i < m->n; i++) {
        s->t[i] = variable(kind, m->x[i], unit);
        mass += m->w[i];
        *middle += m->w[i] * s->t[i];
    }
    *middle /= mass;
    for (size_t i = 0; i < m->n; i++) {
        s->t[i] -= *middle;
        square += m->w[i] * s->t[i] * s->t[i];
    }
    *spread = sqrt(square / mass);
    for (size_t i = 0; i < m->n; i++)
        s->t[i] /= *spread;
    return *spread > 0;
}

/* *best <- the shortest Gauss rule in one variable that agrees with the
 * piece, if it is shorter.  In the far tail (most < NODES) the longest one
 * does if moments agree. */
static enum rw_err
try_variable(struct search *s, int kind, size_t most, struct rule *best)
{
    double a[NODES], b[NODES], middle, spread, unit = s->mean;
    size_t found;
    struct rule r;

    if (!transform(s, kind, unit, &middle, &spread))
        return RW_OK;
    found = rw_gauss_recurrence(&s->piece, s->t, most, a, b);
    if (found == 0)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < RUNGS && ladder[k] <= found; k++) {
        struct probes got;

        r.n = ladder[k];
        if (best->n > 0 && r.n >= best->n)
            break;
        if (rw_gauss_rule(a, b, r.n, r.node, r.weight) != RW_OK)
            return RW_ERR_MEMORY;
        for (size_t i = 0; i < r.n; i++)
            r.node[i] = undo(kind, middle + spread * r.node[i], unit);
        probe(r.node, r.weight, r.n, &got);
        if (agree(s, &got) || (most < NODES && r.n == most && moments_agree(s, &got))) {
            *best = r;
            break;
        }
    }
    return RW_OK;
}

/* The rule of the points from .. to - 1, or, where none serves, they
 * themselves, put behind those of *out. */
static enum rw_err
piece(struct search *s, const struct rw_measure *m, size_t from, size_t to, size_t most,
    struct rw_measure *out)
{
    struct rule best = {.n = 0};
    enum rw_err err = RW_OK;

    s->piece = (struct rw_measure){.x = m->x + from, .w = m->w + from, .n = to - from};
    probe(s->piece.x, s->piece.w, s->piece.n, &s->want);
    for (int kind = 0; kind < VARIABLES && err == RW_OK; kind++)
        err = try_variable(s, kind, most, &best);
    for (size_t i = 0; i < best.n; i++)
        rw_measure_add(out, best.node[i], best.weight[i]);
    for (size_t i = from; i < to && best.n == 0; i++)
        rw_measure_add(out, m->x[i], m->w[i]);
    return out->failed ? RW_ERR_MEMORY : err;
}

/* Rules for all pieces between cuts. */
static enum rw_err
cut_and_rule(struct search *s, const struct rw_measure *m, const double cut[PIECES],
    struct rw_measure *out)
{
    double left = 0;
    size_t from = 0, k = 0, most = NODES;
    enum rw_err err = RW_OK;

    for (size_t i = 0; i < m->n; i++)
        left += m->w[i];
    for (size_t to = 1; to <= m->n && err == RW_OK; to++) {
        left -= m->w[to - 1];
        if (to < m->n && (left >= cut[k] || cut[k] <= 0))
            continue;
        err = piece(s, m, from, to, most, out);
        from = to;
        most = left > 1e-6 ? NODES : left > 1e-10 ? FAR_NODES : FARTHEST_NODES;
        while (k + 1 < PIECES && cut[k] > left)
            k++;
    }
    return err;
}

static enum rw_err
compress(const struct rw_measure *m, struct rw_arena *a, struct rw_mixing *out)
{
    struct rw_measure best = {0}, next = {0};
    struct search s = {.t = malloc((m->n + 1) * sizeof *s.t)};
    struct probes whole;
    double total = 0;
    enum rw_err err = s.t == NULL ? RW_ERR_MEMORY : RW_OK;

    probe(m->x, m->w, m->n, &whole);
    s.mean = whole.mean;
    s.square = whole.square;
    for (int k = 0; k < CUTS && err == RW_OK; k++) {
        err = cut_and_rule(&s, m, cuts[k], &next);
        if (k == 0 || next.n < best.n) {
            rw_measure_free(&best);
            best = next;
            next = (struct rw_measure){0};
        }
        rw_measure_free(&next);
        if (best.n <= 48)
            break;
    }
    free(s.t);
    out->n = best.n;
    out->node = RW_ARENA_NEW(a, out->n, double);
    out->weight = RW_ARENA_NEW(a, out->n, double);
    if (err == RW_OK && (out->node == NULL || out->weight == NULL))
        err = RW_ERR_MEMORY;
    for (size_t i = 0; i < out->n && err == RW_OK; i++)
        total += best.w[i];
    for (size_t i = 0; i < out->n && err == RW_OK; i++) {
        out->node[i] = best.x[i];
        out->weight[i] = best.w[i] / total;
    }
    rw_measure_free(&best);
    return err;
}

/* Largest value that matters of a factor: the scale of the others' laws. */
static double
reach(const struct rw_mixing_factor *f)
{
    return f->complement ? 1 : rw_dist_quantile_tails(&f->x, 1 - 1e-6, 1e-6);
}

/* *z <- x y or 1 - x y over both measures. */
static void
join(struct rw_measure *z, const struct rw_measure *x, const struct rw_measure *y,
    bool complement)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t j = 0; j < y->n && !z->failed; j++) {
            double p = x->x[i] * y->x[j];

            rw_measure_add(z, complement ? fmax(1 - p, 0) : p, x->w[i] * y->w[j]);
        }
    z->failed |= x->failed || y->failed;
}

/* The points of one factor whose product with the others turns no faster
 * than `scale` times itself. */
static void
factor_points(const struct rw_mixing_factor *f, double scale, struct rw_measure *z)
{
    struct rw_measure x = {0}, y = {0};
    double step = fmin(0.5 / sqrt(scale), 10 / scale);

    if (!f->complement) {
        rw_measure_of_dist(z, &f->x, scale, 0);
    } else {
        rw_measure_of_dist(&x, &f->x, scale, step);
        rw_measure_of_dist(&y, &f->y, scale, step);
        rw_measure_thin(&x, scale);
        rw_measure_thin(&y, scale);
        join(z, &x, &y, true);
        rw_measure_free(&x);
        rw_measure_free(&y);
    }
    rw_measure_thin(z, scale);
}

static enum rw_err
check(const struct rw_mixing_factor *f)
{
    double low, high, low_y = 0, high_y = 1;

    rw_dist_support(&f->x, &low, &high);
    if (f->complement)
        rw_dist_support(&f->y, &low_y, &high_y);
    if (low < 0 || low_y < 0 || (f->complement && high * high_y > 1 + 1e-12))
        return RW_ERR_DOMAIN;
    return RW_OK;
}

void
rw_mixing_moments(
    const struct rw_mixing_factor f[], size_t n, double *product_mean, double *sd)
{
    double excess = 0; /* E Z^2 / (E Z)^2 - 1, which keeps digits of small sds */

    *product_mean = 1;
    for (size_t i = 0; i < n; i++) {
        double mean = rw_dist_mean(&f[i].x), variance = rw_dist_sd(&f[i].x), cv2;

        variance *= variance;
        if (f[i].complement) {
            double mean_y = rw_dist_mean(&f[i].y), sd_y = rw_dist_sd(&f[i].y);

            variance =
                variance * (mean_y * mean_y + sd_y * sd_y) + mean * mean * sd_y * sd_y;
            mean = 1 - mean * mean_y;
        }
        *product_mean *= mean;
        cv2 = mean > 0 ? variance / (mean * mean) : 0;
        excess += cv2 + excess * cv2;
    }
    *sd = *product_mean * sqrt(excess);
}

enum rw_err
rw_measure_of_product(
    const struct rw_mixing_factor f[], size_t n, double fineness, struct rw_measure *z)
{
    struct rw_measure part = {0}, product = {0};
    double scale = fineness, done = 1;

    for (size_t i = 0; i < n; i++) {
        if (check(&f[i]) != RW_OK)
            return RW_ERR_DOMAIN;
        scale *= reach(&f[i]);
    }
    rw_measure_add(z, 1, 1);
    for (size_t i = 0; i < n; i++) {
        factor_points(&f[i], scale / reach(&f[i]), &part);
        join(&product, z, &part, false);
        done *= reach(&f[i]);
        rw_measure_thin(&product, scale / done);
        rw_measure_free(z);
        rw_measure_free(&part);
        *z = product;
        product = (struct rw_measure){0};
    }
    return z->failed ? RW_ERR_MEMORY : RW_OK;
}

enum rw_err
rw_mixing_make(const struct rw_mixing_factor f[], size_t n_factors, struct rw_arena *a,
    struct rw_mixing *m)
{
    struct rw_measure z = {0};
    enum rw_err err = rw_measure_of_product(f, n_factors, 1, &z);

    *m = (struct rw_mixing){.node = NULL};
    rw_mixing_moments(f, n_factors, &m->mean, &m->sd);
    if (err == RW_OK)
        err = compress(&z, a, m);
    rw_measure_free(&z);
    return err;
}
