/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/exceed.h"

#include "num/cpu.h"
#include "num/special.h"

#include <math.h>
#include <string.h>

enum { POINTS = RW_LATTICE_POINTS, LANES = 4, ROOM = RW_LATTICE_ROOM };

/* On n cells for twice as many: a place between two goes to both. */
static void
coarsen(const double g[], int n, double to[])
{
    to[0] = g[0] + g[1] / 2;
    for (int j = 1; j <= n; j++)
        to[j] = g[2 * j] + (g[2 * j - 1] + g[2 * j + 1]) / 2;
}

void
rw_exceed_open(struct rw_exceed *x, int cells, bool even)
{
    memset(x, 0, sizeof *x);
    x->n = even ? 2 : 1;
    for (int k = 0; k < x->n; k++) {
        x->of[k].n = cells >> k;
        x->of[k].f[0] = 1;
    }
}

/* y[s .. n] += x g[0 .. n - s] by steps of four, which wide registers take at once to the
 * same bits; up to LANES - 1 elements beyond are touched. */
#define INLINE static inline __attribute__((always_inline))

INLINE void
add_shifted(double x, const double *restrict g, int s, int n, double *restrict y)
{
    for (int t = s; t <= n; t += LANES)
        for (int k = 0; k < LANES; k++)
            y[t + k] += x * g[t - s + k];
}

/* y <- f * g. */
INLINE void
product_by(const double f[], const double g[], int n, double y[])
{
    for (int s = 0; s <= n; s++)
        add_shifted(f[s], g, s, n, y);
}

/* f_s <- times / (s if numbered) sum over j = 1 .. s of w_j f_{s-j}: what f_s brings to
 * later ones is added up as it is known. */
INLINE void
recur_by(const double w[], int n, double times, bool numbered, double f[])
{
    double sum[ROOM] = {0};

    for (int s = 0; s <= n; s++) {
        if (s > 0)
            f[s] = times * sum[s] / (numbered ? s : 1);
        add_shifted(f[s], w, s, n, sum);
    }
}

RW_CPU_WIDE static void
product_wide(const double f[], const double g[], int n, double y[])
{
    product_by(f, g, n, y);
}

RW_CPU_WIDE static void
recur_wide(const double w[], int n, double times, bool numbered, double f[])
{
    recur_by(w, n, times, numbered, f);
}

static void
product(const double f[], const double g[], int n, double y[])
{
    if (rw_cpu_wide())
        product_wide(f, g, n, y);
    else
        product_by(f, g, n, y);
}

/* w_0 does not count. */
static void
recur(double w[], int n, double times, bool numbered, double f[])
{
    w[0] = 0;
    if (rw_cpu_wide())
        recur_wide(w, n, times, numbered, f);
    else
        recur_by(w, n, times, numbered, f);
}

static void
convolve(double f[], const double g[], int n)
{
    double y[ROOM] = {0};

    product(f, g, n, y);
    memcpy(f, y, (size_t)(n + 1) * sizeof *y);
}

void
rw_exceed_join(struct rw_lattice_law *x, const struct rw_lattice_law *y)
{
    double sum[ROOM] = {0};

    product(x->g, y->g, POINTS - 1, sum);
    memset(x, 0, sizeof *x);
    memcpy(x->g, sum, POINTS * sizeof *sum);
}

/* Every chance has an event or not; f <- f times the power of one chance. */
static void
add_chances(double f[], int n, double mean, double chances, const double g[])
{
    double one[ROOM] = {0}, again[ROOM], q = fmin(mean / chances, 1);

    for (int j = 0; j <= n; j++)
        one[j] = q * g[j] + (j == 0 ? 1 - q : 0);
    for (unsigned k = (unsigned)chances; k > 0; k /= 2) {
        if (k % 2 > 0)
            convolve(f, one, n);
        memcpy(again, one, sizeof one);
        if (k > 1)
            convolve(one, again, n);
    }
}

/* What the compound adds to *none and w[]. */
static void
add_gamma(double *none, double w[], int n, double m, double shape, const double g[])
{
    double by_number[ROOM] = {0}, waits[ROOM] = {0}, q[ROOM] = {0}, y[ROOM] = {0};
    double a = m / (m + shape);

    for (int j = 1; j <= n; j++) {
        by_number[j] = m * j * g[j];
        waits[j] = g[j];
    }
    if (isinf(shape)) {
        *none += m * (1 - g[0]);
        for (int j = 1; j <= n; j++)
            w[j] += by_number[j];
        return;
    }
    *none += shape * log1p(m / shape * (1 - g[0]));
    q[0] = 1 / (1 + m / shape * (1 - g[0]));
    recur(waits, n, a / (1 - a * g[0]), false, q);
    product(q, by_number, n, y);
    for (int j = 1; j <= n; j++)
        w[j] += y[j];
}

/* f <- the law of which these are none and w.  Where f_0 is less than the smallest
 * number, so many events are expected that none of the f is any. */
static void
finish(double none, double w[], int n, double f[])
{
    f[0] = exp(-none);
    recur(w, n, 1, true, f);
}

static void
add(struct rw_exceed_lattice *x, const struct rw_exceed_count *c, const double g[])
{
    double none = 0, w[ROOM] = {0}, f[ROOM] = {0};

    if (c->chances > 0) {
        add_chances(x->f, x->n, c->mean, c->chances, g);
        return;
    }
    if (c->zero <= 0) {
        add_gamma(&x->none, x->w, x->n, c->mean, c->shape, g);
        return;
    }
    add_gamma(&none, w, x->n, c->mean, c->shape, g);
    finish(none, w, x->n, f);
    for (int s = 0; s <= x->n; s++)
        f[s] = (1 - c->zero) * f[s] + (s == 0 ? c->zero : 0);
    convolve(x->f, f, x->n);
}

/* The compound's small losses are many enough to be part of Z: nearly normal, and what
 * they share with its larger ones is little, or matters less than their scatter on the
 * lattice would. */
static bool
many(const struct rw_exceed *x, const struct rw_exceed_count *c,
    const struct rw_lattice_law *law)
{
    const double *s = law->small;
    double m = c->mean, alike, skew, scatter, spread;

    if (x->n < 2 || c->chances > 0 || c->zero > 0 || !(s[2] > 0))
        return false;
    alike = m * s[1] * s[1] / s[2];
    skew = s[3] * s[3] / (m * pow(s[2], 3));
    scatter = m * fmax(s[1] - s[2], 0);
    spread = m * s[2] + m * m * s[1] * s[1] / c->shape;
    return alike >= RW_EXCEED_MANY && skew <= RW_EXCEED_SKEW * RW_EXCEED_SKEW &&
           (alike <= c->shape / 10 || scatter > spread / 2 ||
               m * (1 - s[0]) <= RW_EXCEED_FEW);
}

static void
add_small(double cumulant[3], const struct rw_exceed_count *c, const double s[])
{
    double m = c->mean, per = 1 / c->shape, first = m * s[1];

    cumulant[0] += first;
    cumulant[1] += m * s[2] + first * first * per;
    cumulant[2] +=
        m * s[3] + 3 * m * first * s[2] * per + 2 * pow(first, 3) * per * per;
}

void
rw_exceed_add(struct rw_exceed *x, const struct rw_exceed_count *c,
    const struct rw_lattice_law *of)
{
    struct rw_lattice_law law = *of;
    double coarse[POINTS];

    if (!(c->mean > 0))
        return;
    if (many(x, c, &law)) {
        add_small(x->cumulant, c, law.small);
        rw_lattice_drop_small(&law, x->of[0].n);
    }
    add(&x->of[0], c, law.g);
    if (x->n < 2)
        return;
    coarsen(law.g, x->of[1].n, coarse);
    add(&x->of[1], c, coarse);
}

/* ---- Z ---- */

/* From so large a shape on the cube root of a gamma variable is normal (Wilson and
 * Hilferty), and what it lacks that of a normal one. */
#define NEARLY_NORMAL 1e3

static double
normal_below(double z)
{
    return erfc(-z * M_SQRT1_2) / 2;
}

struct small_law {
    double shape, scale, shift, mean, sd;
    struct rw_gamma_law gamma, next; /* of shape, shape + 1 */
};

static double
gamma_below(const struct rw_gamma_law *g, double x)
{
    double p, q;

    if (!(x > 0))
        return 0;
    rw_gamma_tails(g, log(x), &p, &q);
    return p;
}

/* Of Z, smoothed over a cell of this step. */
static struct small_law
small_law(const double cumulant[3], double step)
{
    struct small_law z = {
        .mean = cumulant[0], .sd = sqrt(cumulant[1] + step * step / 12)};
    double skew = cumulant[2] / pow(z.sd, 3);

    z.shape = skew > 0 ? 4 / (skew * skew) : INFINITY;
    if (z.shape > 1e12) /* no shift, scale and shape are known */
        return z;
    z.scale = skew * z.sd / 2;
    z.shift = z.mean - z.shape * z.scale;
    if (z.shape < NEARLY_NORMAL) {
        z.gamma = rw_gamma_law(z.shape);
        z.next = rw_gamma_law(z.shape + 1);
    }
    return z;
}

/* *under <- P(Z <= y), *lacking <- E[(y - Z)+]. */
static void
small_below(const struct small_law *z, double y, double *under, double *lacking)
{
    double d = (y - z->mean) / z->sd, x = (y - z->shift) / z->scale;

    *lacking = z->sd * rw_normal_excess(-d);
    if (z->shape > 1e12) {
        *under = normal_below(d);
    } else if (z->shape >= NEARLY_NORMAL) {
        *under = x > 0 ? normal_below(3 * sqrt(z->shape) *
                                      (cbrt(x / z->shape) - 1 + 1 / (9 * z->shape)))
                       : 0;
    } else {
        *under = gamma_below(&z->gamma, x);
        *lacking = z->scale * (x * *under - z->shape * gamma_below(&z->next, x));
    }
}

/* under, lacking; step: fine cells in one. */
static void
set_under(struct rw_exceed_lattice *l, const double cumulant[3], double step, bool even)
{
    struct small_law z, alone;

    if (cumulant[0] > 0) {
        z = small_law(cumulant, step);
        alone = small_law(cumulant, 0);
    }
    for (int s = 0; s <= l->n; s++) {
        l->under[s] = even && s == l->n ? 0.5 : 1;
        l->lacking[s] = (l->n - s) * step;
        if (cumulant[0] > 0)
            small_below(
                s > 0 ? &z : &alone, (l->n - s) * step, &l->under[s], &l->lacking[s]);
    }
}

void
rw_exceed_close(struct rw_exceed *x)
{
    for (int k = 0; k < x->n; k++) {
        struct rw_exceed_lattice *l = &x->of[k];
        double f[ROOM] = {0};

        finish(l->none, l->w, l->n, f);
        convolve(l->f, f, l->n);
        set_under(l, x->cumulant, 1 << k, x->n > 1);
    }
}

/* From steps h and 2 h to a step of none, the error being of h^2. */
static double
extrapolate(const struct rw_exceed *x, const double at[2])
{
    return x->n < 2 ? at[0] : at[0] + (at[0] - at[1]) / 3;
}

/* sum of f_s by[s]. */
static double
sum_by(const struct rw_exceed_lattice *l, const double by[])
{
    double sum = 0;

    for (int s = 0; s <= l->n; s++)
        sum += l->f[s] * by[s];
    return sum;
}

/* by[j] <- sum of f_s by[s + j]. */
static void
reach(const struct rw_exceed_lattice *l, double by[])
{
    for (int j = 0; j <= l->n; j++) {
        double sum = 0;

        for (int s = 0; s <= l->n - j; s++)
            sum += l->f[s] * by[s + j];
        by[j] = sum;
    }
}

void
rw_exceed_prepare(struct rw_exceed *x)
{
    for (int k = 0; k < x->n; k++) {
        reach(&x->of[k], x->of[k].under);
        reach(&x->of[k], x->of[k].lacking);
    }
}

static double
sum_with(const double g[], const double by[], int n)
{
    double sum = 0;

    for (int j = 0; j <= n; j++)
        sum += g[j] * by[j];
    return sum;
}

double
rw_exceed_over(const struct rw_exceed *x)
{
    double over[2];

    for (int k = 0; k < x->n; k++)
        over[k] = 1 - sum_by(&x->of[k], x->of[k].under);
    return fmin(fmax(extrapolate(x, over), 0), 1);
}

double
rw_exceed_doubt(const struct rw_exceed *x)
{
    return x->n < 2 ? 0
                    : fabs(sum_by(&x->of[0], x->of[0].under) -
                           sum_by(&x->of[1], x->of[1].under));
}

double
rw_exceed_below(const struct rw_exceed *x)
{
    double below[2];

    for (int k = 0; k < x->n; k++)
        below[k] = sum_by(&x->of[k], x->of[k].lacking);
    return fmax(extrapolate(x, below), 0);
}

/* Of what is small, by the slope at L and its own: with F = P(S <= .) and f its
 * density there, E F(L - X) = s0 F - s1 f and, the integral of F being
 * G = E[(. - S)+], E G(L - X) = s0 G - s1 F + s2 f / 2. */
static double
mean_small(const struct rw_exceed_lattice *l, const double s[], int step, bool lacking)
{
    const double *p = l->under;
    double density = fmax(3 * p[0] - 4 * p[1] + p[2], 0) / (2 * step);

    return lacking ? s[0] * l->lacking[0] - s[1] * p[0] + s[2] / 2 * density
                   : s[0] * p[0] - s[1] * density;
}

/* Mean of P(S <= L - X) or of E[(L - S - X)+] over the law.  Where S itself has many
 * small losses it may be narrower than a cell, on which X would scatter. */
static double
mean_over(const struct rw_exceed *x, const struct rw_lattice_law *of, bool lacking)
{
    struct rw_lattice_law law = *of;
    double at[2], coarse[POINTS];
    bool apart = x->cumulant[0] > 0 && law.small[0] > 0;
    const double *g = law.g;

    if (apart) {
        rw_lattice_drop_small(&law, x->of[0].n);
        law.g[0] = 0;
    }
    for (int k = 0; k < x->n; k++) {
        const struct rw_exceed_lattice *l = &x->of[k];

        if (k > 0) {
            coarsen(law.g, l->n, coarse);
            g = coarse;
        }
        at[k] = sum_with(g, lacking ? l->lacking : l->under, l->n);
        if (apart)
            at[k] += mean_small(l, law.small, 1 << k, lacking);
    }
    return extrapolate(x, at);
}

double
rw_exceed_over_with(const struct rw_exceed *x, const struct rw_lattice_law *law)
{
    return fmin(fmax(1 - mean_over(x, law, false), 0), 1);
}

double
rw_exceed_below_with(const struct rw_exceed *x, const struct rw_lattice_law *law)
{
    return fmax(mean_over(x, law, true), 0);
}
