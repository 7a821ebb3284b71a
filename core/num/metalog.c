/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/metalog.c -- the law of num/metalog.h; metalog_fit.c makes it. */
#include "num/metalog.h"

#include "num/families.h"

#include <float.h>
#include <math.h>

enum { MAX_STEPS = 200 };

/* Beyond this L a probability underflows. */
#define MOST_L 745.0

/* Terms 2, 3, 6, 8 and 10 carry the factor L. */
static bool
has_l(size_t k)
{
    return k == 1 || k == 2 || (k > 4 && k % 2 == 1);
}

static const struct rw_metalog *
data(const struct rw_dist *d)
{
    return d->data;
}

void
rw_metalog_basis(
    double l, size_t n, double m[RW_METALOG_TERMS], double d[RW_METALOG_TERMS])
{
    double t = 1 / (1 + exp(fabs(l))), z = l < 0 ? t - 0.5 : 0.5 - t;
    double w = t * (1 - t), wl = isfinite(l) ? w * l : 0, power = z, before = 1;

    m[0] = 1;
    d[0] = 0;
    m[1] = l;
    d[1] = 1;
    for (size_t k = 2; k < n; k++) { /* two terms with each power of z */
        double j = (double)(k / 2);

        if (k > 2 && k % 2 == 0) {
            before = power;
            power *= z;
        }
        m[k] = has_l(k) ? power * l : power;
        d[k] = has_l(k) ? j * before * wl + power : j * before * w;
    }
}

double
rw_metalog_at(const struct rw_metalog *g, double l, double *d)
{
    double terms[RW_METALOG_TERMS], slopes[RW_METALOG_TERMS], m = 0;

    rw_metalog_basis(l, g->n, terms, slopes);
    *d = 0;
    for (size_t k = g->n; k-- > 0;) {
        m += g->a[k] * terms[k];
        *d += g->a[k] * slopes[k];
    }
    return m;
}

double
rw_metalog_tail(const struct rw_metalog *g, bool *upper)
{
    double s;

    *upper = isfinite(g->lower);
    if (isfinite(g->lower) == isfinite(g->upper))
        return -INFINITY;
    rw_metalog_at(g, *upper ? INFINITY : -INFINITY, &s);
    return s;
}

/* ---- M to X and back ---- */

static double
value_of(const struct rw_metalog *g, double m)
{
    bool lower = isfinite(g->lower), upper = isfinite(g->upper);
    double e = exp(-fabs(m));

    if (!lower && !upper)
        return m;
    if (!upper)
        return g->lower + exp(m);
    if (!lower)
        return g->upper - exp(-m);
    return m < 0 ? g->lower + (g->upper - g->lower) * (e / (1 + e))
                 : g->upper - (g->upper - g->lower) * (e / (1 + e));
}

static double
m_of(const struct rw_metalog *g, double x)
{
    bool lower = isfinite(g->lower), upper = isfinite(g->upper);

    if (!lower && !upper)
        return x;
    if (!upper)
        return log(x - g->lower);
    if (!lower)
        return -log(g->upper - x);
    return log((x - g->lower) / (g->upper - x));
}

/* L with M(L) = m, or an end of its range: Newton within a bracket. */
static double
solve(const struct rw_metalog *g, double m)
{
    double low = -MOST_L, high = MOST_L, l = 0;

    for (int i = 0; i < MAX_STEPS; i++) {
        double d, off = rw_metalog_at(g, l, &d) - m, next;

        if (off == 0)
            return l;
        if (off < 0)
            low = l;
        else
            high = l;
        next = l - off / d;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - l) <= 2 * DBL_EPSILON * fmax(fabs(l), 1e-3))
            return next;
        l = next;
    }
    return l;
}

/* ---- the family ---- */

static double
tail(const struct rw_dist *d, double x, double sign)
{
    const struct rw_metalog *g = data(d);

    if (x <= g->lower)
        return sign < 0;
    if (x >= g->upper)
        return sign > 0;
    return 1 / (1 + exp(-sign * solve(g, m_of(g, x))));
}

static double
cdf(const struct rw_dist *d, double x)
{
    return tail(d, x, 1);
}

static double
sf(const struct rw_dist *d, double x)
{
    return tail(d, x, -1);
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    double slope;

    return value_of(data(d), rw_metalog_at(data(d), log(lower) - log(upper), &slope));
}

static const char *
infinite(const struct rw_dist *d, int order)
{
    bool upper;
    double s = rw_metalog_tail(data(d), &upper);

    if (!(s * order >= 1))
        return NULL;
    return upper
               ? "its quantile rises too fast towards p = 1 (like a power of 1/(1 - p) "
                 "of 1 or more)"
               : "its quantile falls too fast towards p = 0 (like a power of 1/p of 1 "
                 "or more)";
}

static double
moment(const struct rw_dist *d, double about)
{
    struct rw_dist bare = *d;

    bare.floor = -INFINITY;
    bare.cap = INFINITY;
    if (infinite(d, isnan(about) ? 1 : 2) != NULL)
        return INFINITY;
    return rw_moment_quad(&bare, about);
}

/* Without bounds: E of 1, L, zL, z, z^2, z^2 L, ...; by parts,
 * E[z^3 L] = (1/4) integral of (1/4 + z^2) over z. */
static double
mean(const struct rw_dist *d)
{
    static const double of[RW_METALOG_TERMS] = {
        1, 0, 1.0 / 2, 0, 1.0 / 12, 0, 0, 1.0 / 12, 1.0 / 80, 0};
    const struct rw_metalog *g = data(d);
    double sum = 0;

    if (isfinite(g->lower) || isfinite(g->upper))
        return moment(d, NAN);
    for (size_t k = g->n; k-- > 0;)
        sum += g->a[k] * of[k];
    return sum;
}

static double
sd(const struct rw_dist *d)
{
    double centre = mean(d);

    return isfinite(centre) ? sqrt(moment(d, centre)) : INFINITY;
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    *low = data(d)->lower;
    *high = data(d)->upper;
}

const struct rw_family rw_family_metalog = {
    .name = "metalog",
    .doc = "through stated quantiles",
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .support = support,
    .infinite = infinite,
    .tabulate = true,
    .refine = true,
};
