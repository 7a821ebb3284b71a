/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/dist_law.c -- probability, quantile and moments of any
 * distribution, with floor and cap applied. */
#include "num/dist.h"
#include "num/families.h"
#include "num/quad.h"

#include <float.h>
#include <math.h>

void
rw_support_p0_p1(const struct rw_dist *d, double *low, double *high)
{
    *low = d->p[0];
    *high = d->p[1];
}

void
rw_support_positive(const struct rw_dist *d, double *low, double *high)
{
    (void)d;
    *low = 0;
    *high = INFINITY;
}

double
rw_expm1_over(double x)
{
    return x == 0 ? 1 : expm1(x) / x;
}

double
rw_minus_log_upper(double lower, double upper)
{
    return -(lower < upper ? log1p(-lower) : log(upper));
}

static double
clamp(const struct rw_dist *d, double x)
{
    return x < d->floor ? d->floor : x > d->cap ? d->cap : x;
}

/* P(X > x) before floor and cap. */
static double
bare_sf(const struct rw_dist *d, double x)
{
    return d->family->sf != NULL ? d->family->sf(d, x) : 1 - d->family->cdf(d, x);
}

double
rw_dist_cdf(const struct rw_dist *d, double x)
{
    return x < d->floor ? 0 : x >= d->cap ? 1 : d->family->cdf(d, x);
}

double
rw_dist_sf(const struct rw_dist *d, double x)
{
    return x < d->floor ? 1 : x >= d->cap ? 0 : bare_sf(d, x);
}

size_t
rw_dist_atoms(const struct rw_dist *d, double x[], size_t room)
{
    size_t n = d->family->atoms != NULL ? d->family->atoms(d, x, room) : 0;

    for (size_t i = 0; i < n && i < room; i++)
        x[i] = clamp(d, x[i]);
    if (isfinite(d->floor) && n++ < room)
        x[n - 1] = d->floor;
    if (isfinite(d->cap) && n++ < room)
        x[n - 1] = d->cap;
    return n;
}

double
rw_dist_below(const struct rw_dist *d, double x)
{
    return x <= d->floor              ? 0
           : x > d->cap               ? 1
           : d->family->below != NULL ? d->family->below(d, x)
                                      : d->family->cdf(d, x);
}

double
rw_dist_quantile_tails(const struct rw_dist *d, double lower, double upper)
{
    return clamp(d, d->family->quantile(d, lower, upper));
}

double
rw_dist_quantile(const struct rw_dist *d, double u)
{
    return rw_dist_quantile_tails(d, u, 1 - u);
}

void
rw_dist_support(const struct rw_dist *d, double *low, double *high)
{
    d->family->support(d, low, high);
    *low = clamp(d, *low);
    *high = clamp(d, *high);
}

bool
rw_dist_is_constant(const struct rw_dist *d)
{
    return d->family == &rw_family_constant || d->floor == d->cap;
}

static bool
is_bounded(const struct rw_dist *d)
{
    double low, high;

    d->family->support(d, &low, &high);
    return d->floor > low || d->cap < high;
}

struct moment {
    const struct rw_dist *d;
    double about; /* NaN: first moment about 0, else second about it */
    bool upper;   /* t is the upper tail */
};

static double
power(const struct moment *m, double x)
{
    return isnan(m->about) ? x : (x - m->about) * (x - m->about);
}

static double
moment_at(const void *ctx, double t)
{
    const struct moment *m = ctx;

    return power(m, m->upper ? rw_dist_quantile_tails(m->d, 1 - t, t)
                             : rw_dist_quantile_tails(m->d, t, 1 - t));
}

/* Integral over t in [from, to] of one side, by octaves of t, in which the
 * quantile is smooth; without an end they go on until nothing is added.  Of a
 * power tail close to one without this moment something is always added: there
 * the octaves have become a geometric series. */
static double
side(const struct moment *m, double from, double to)
{
    double sum = 0, size = 0, last = 0, ratio = 0;

    while (to > from && to > 0x1p-1000) {
        double low = fmax(from, to / 2), part;
        double tol = 1e-12 * fmax(size, fabs(moment_at(m, to)) * to);

        part = rw_quad(moment_at, m, low, to, tol);
        sum += part;
        size += fabs(part);
        if (to < 0x1p-20 && fabs(part) < DBL_EPSILON / 16 * size)
            return sum;
        ratio = part / last;
        last = part;
        to = low;
    }
    return to > from && ratio < 1 ? sum + last * ratio / (1 - ratio) : sum;
}

/* E[power(X)]: atoms at floor and cap, and the quantile between. */
double
rw_moment_quad(const struct rw_dist *d, double about)
{
    double below = d->family->cdf(d, d->floor), beyond = bare_sf(d, d->cap), sum = 0;
    struct moment m = {.d = d, .about = about};

    if (below > 0)
        sum += below * power(&m, d->floor);
    if (beyond > 0)
        sum += beyond * power(&m, d->cap);
    sum += side(&m, below, fmin(0.5, d->family->cdf(d, d->cap)));
    m.upper = true;
    return sum + side(&m, beyond, fmin(0.5, bare_sf(d, d->floor)));
}

const char *
rw_dist_infinite(const struct rw_dist *d, int order)
{
    double low, high;

    if (d->family->infinite == NULL)
        return NULL;
    rw_dist_support(d, &low, &high);
    return isinf(low) || isinf(high) ? d->family->infinite(d, order) : NULL;
}

static double
bounded_moment(const struct rw_dist *d, double about)
{
    if (d->family->moment != NULL)
        return d->family->moment(d, about);
    return rw_dist_infinite(d, isnan(about) ? 1 : 2) != NULL ? INFINITY
                                                             : rw_moment_quad(d, about);
}

/* E[min(X, m)] before floor and cap, for m above the support's low end. */
static double
bare_lev(const struct rw_dist *d, double m)
{
    struct rw_dist cut = *d;
    double low, high;

    d->family->support(d, &low, &high);
    if (m >= high)
        return d->family->mean(d);
    if (d->family->lev != NULL)
        return d->family->lev(d, m);
    cut.floor = -INFINITY;
    cut.cap = m;
    return bounded_moment(&cut, NAN);
}

/* A floor f adds E(f - X)+ = f - E min(X, f).  Where that difference is small
 * beside its terms, which takes values below 0, the quadrature keeps more. */
double
rw_dist_lev(const struct rw_dist *d, double m)
{
    double low, high, bare, spared;
    struct rw_dist cut = *d;

    cut.cap = fmin(m, d->cap);
    rw_dist_support(d, &low, &high);
    if (!(cut.cap > low))
        return m;
    if (rw_dist_is_constant(d))
        return low;
    bare = bare_lev(d, cut.cap);
    d->family->support(d, &low, &high);
    if (!(d->floor > low))
        return bare;
    spared = d->floor - bare_lev(d, d->floor);
    if (fabs(bare + spared) > 0.1 * fmax(fabs(bare), spared))
        return bare + spared;
    return bounded_moment(&cut, NAN);
}

double
rw_dist_mean(const struct rw_dist *d)
{
    if (rw_dist_is_constant(d))
        return clamp(d, d->family->mean(d));
    if (rw_dist_infinite(d, 1) != NULL)
        return INFINITY;
    if (!is_bounded(d))
        return d->family->mean(d);
    /* a power tail: its quadrature without an end may be a long one */
    return d->family->infinite != NULL ? rw_dist_lev(d, INFINITY)
                                       : bounded_moment(d, NAN);
}

double
rw_dist_sd(const struct rw_dist *d)
{
    if (rw_dist_is_constant(d))
        return 0;
    if (rw_dist_infinite(d, 2) != NULL)
        return INFINITY;
    return is_bounded(d) ? sqrt(bounded_moment(d, rw_dist_mean(d))) : d->family->sd(d);
}

double
rw_moment_clamped(const struct rw_dist *d, double floor, double cap, double about)
{
    struct rw_dist part = *d;
    double mean, sd;

    part.floor = fmin(fmax(d->floor, floor), cap);
    part.cap = fmin(fmax(d->cap, floor), cap);
    mean = rw_dist_lev(&part, part.cap); /* the mean, in closed form if there is one */
    if (isnan(about))
        return mean;
    sd = rw_dist_sd(&part);
    return sd * sd + (mean - about) * (mean - about);
}
