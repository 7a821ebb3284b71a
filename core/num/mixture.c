/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/mixture.h"

#include "num/families.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MAX_STEPS = 400 };

struct mixture {
    size_t n;
    const double *weight;       /* (n) */
    const struct rw_dist *part; /* (n) */
};

static const struct mixture *
data(const struct rw_dist *d)
{
    return d->data;
}

static double
cdf(const struct rw_dist *d, double x)
{
    const struct mixture *m = data(d);
    double sum = 0;

    for (size_t i = 0; i < m->n; i++)
        sum += m->weight[i] * rw_dist_cdf(&m->part[i], x);
    return fmin(sum, 1);
}

static double
sf(const struct rw_dist *d, double x)
{
    const struct mixture *m = data(d);
    double sum = 0;

    for (size_t i = 0; i < m->n; i++)
        sum += m->weight[i] * rw_dist_sf(&m->part[i], x);
    return fmin(sum, 1);
}

static double
below(const struct rw_dist *d, double x)
{
    const struct mixture *m = data(d);
    double sum = 0;

    for (size_t i = 0; i < m->n; i++)
        sum += m->weight[i] * rw_dist_below(&m->part[i], x);
    return fmin(sum, 1);
}

/* ---- quantile ---- */

/* A search for inf{x : F(x) >= lower} within (a, b]. */
struct search {
    const struct rw_dist *d;
    double lower, upper;
    double a, b;   /* not yet there, there */
    double ga, gb; /* how far, as a logarithm */
};

/* ln of F over what is asked, from the smaller tail: >= 0 there. */
static double
gap(const struct search *s, double x)
{
    return s->lower <= s->upper ? log(cdf(s->d, x) / s->lower)
                                : -log(sf(s->d, x) / s->upper);
}

/* Doubles in their order as whole numbers, to halve the way between any two. */
static int64_t
rank(double x)
{
    int64_t k;

    memcpy(&k, &x, sizeof k);
    return k < 0 ? INT64_MIN - k : k;
}

static double
unrank(int64_t k)
{
    double x;

    k = k < 0 ? INT64_MIN - k : k;
    memcpy(&x, &k, sizeof x);
    return x;
}

static double
halfway(double a, double b)
{
    int64_t i = rank(a), j = rank(b);

    return unrank((i & j) + ((i ^ j) >> 1));
}

/* Where the straight line between both ends meets 0, in ln x if x > 0. */
static double
interpolated(const struct search *s)
{
    double share = s->ga / (s->ga - s->gb);

    if (s->a > 0)
        return s->a * exp(share * log(s->b / s->a));
    return s->a + share * (s->b - s->a);
}

static bool
done(const struct search *s)
{
    return s->b - s->a <= 2 * DBL_EPSILON * fmax(fabs(s->a), fabs(s->b)) ||
           halfway(s->a, s->b) == s->a;
}

/* Moves the end that x replaces; the other's value is halved when it stays a
 * second time (the Illinois rule).  *side: -1 a, 1 b was moved last. */
static void
move_end(struct search *s, double x, double g, int *side)
{
    if (g >= 0) {
        s->b = x;
        s->gb = g;
        if (*side == 1)
            s->ga /= 2;
        *side = 1;
    } else {
        s->a = x;
        s->ga = g;
        if (*side == -1)
            s->gb /= 2;
        *side = -1;
    }
}

static void
run(struct search *s)
{
    int side = 0;

    for (int i = 0; i < MAX_STEPS && !done(s); i++) {
        double x = halfway(s->a, s->b), g;

        if (i % 3 != 2 && isfinite(s->ga) && isfinite(s->gb) && s->gb > s->ga) {
            double y = interpolated(s);

            if (y > s->a && y < s->b)
                x = y;
        }
        g = gap(s, x);
        move_end(s, x, g, &side);
        /* at the goal but for rounding: is the other end near? */
        if (fabs(g) < 1e-13) {
            double step = 4 * DBL_EPSILON * fabs(x);

            x = g >= 0 ? fmax(s->a, x - step) : fmin(s->b, x + step);
            if (x > s->a && x < s->b)
                move_end(s, x, gap(s, x), &side);
        }
    }
}

/* The atom of a part within rounding of x, or x. */
static double
snap(const struct mixture *m, double x)
{
    double step = 4 * DBL_EPSILON * fabs(x);

    for (size_t i = 0; i < m->n; i++) {
        const struct rw_dist *p = &m->part[i];
        double from = rw_dist_below(p, x - step), to = rw_dist_cdf(p, x + step), y;

        if (!(to - from > 1e-12))
            continue;
        y = rw_dist_quantile_tails(
            p, from + (to - from) / 2, (1 - to) + (to - from) / 2);
        if (fabs(y - x) <= step && rw_dist_cdf(p, y) > rw_dist_below(p, y))
            return y;
    }
    return x;
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    const struct mixture *m = data(d);
    struct search s = {d, lower, upper, INFINITY, -INFINITY, -INFINITY, INFINITY};

    for (size_t i = 0; i < m->n; i++) {
        double x = rw_dist_quantile_tails(&m->part[i], lower, upper);

        s.a = fmin(s.a, x);
        s.b = fmax(s.b, x);
    }
    if (!(s.a < s.b) || !isfinite(s.a) || !isfinite(s.b))
        return s.b;
    s.ga = gap(&s, s.a);
    s.gb = fmax(gap(&s, s.b), 0); /* there, but for rounding */
    if (s.ga >= 0)
        return s.a;
    run(&s);
    return snap(m, s.b);
}

/* ---- moments ---- */

static double
moment(const struct rw_dist *d, double about)
{
    const struct mixture *m = data(d);
    double sum = 0;

    for (size_t i = 0; i < m->n; i++)
        sum += m->weight[i] * rw_moment_clamped(&m->part[i], d->floor, d->cap, about);
    return sum;
}

static struct rw_dist
bare(const struct rw_dist *d)
{
    struct rw_dist b = *d;

    b.floor = -INFINITY;
    b.cap = INFINITY;
    return b;
}

static double
mean(const struct rw_dist *d)
{
    struct rw_dist b = bare(d);

    return moment(&b, NAN);
}

static double
sd(const struct rw_dist *d)
{
    struct rw_dist b = bare(d);
    double centre = moment(&b, NAN);

    return isfinite(centre) ? sqrt(moment(&b, centre)) : INFINITY;
}

static double
lev(const struct rw_dist *d, double x)
{
    const struct mixture *m = data(d);
    double sum = 0;

    for (size_t i = 0; i < m->n; i++)
        sum += m->weight[i] * rw_dist_lev(&m->part[i], x);
    return sum;
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    const struct mixture *m = data(d);

    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < m->n; i++) {
        double a, b;

        rw_dist_support(&m->part[i], &a, &b);
        *low = fmin(*low, a);
        *high = fmax(*high, b);
    }
}

static const char *
infinite(const struct rw_dist *d, int order)
{
    const struct mixture *m = data(d);
    const char *why = NULL;

    for (size_t i = 0; i < m->n && why == NULL; i++)
        why = rw_dist_infinite(&m->part[i], order);
    return why;
}

static size_t
atoms(const struct rw_dist *d, double x[], size_t room)
{
    const struct mixture *m = data(d);
    size_t n = 0;

    for (size_t i = 0; i < m->n; i++)
        n += rw_dist_atoms(&m->part[i], n < room ? x + n : x, n < room ? room - n : 0);
    return n;
}

static bool
part(const struct rw_dist *d, size_t k, struct rw_dist_part *p)
{
    const struct mixture *m = data(d);

    if (k >= m->n)
        return false;
    *p = (struct rw_dist_part){&m->part[k], -INFINITY, INFINITY, m->weight[k], ""};
    snprintf(p->path, sizeof p->path, "/parts/%zu/of", k);
    return true;
}

const struct rw_family rw_family_mixture = {
    .name = "mixture",
    .doc = "one of several distributions, each with its weight",
    .cdf = cdf,
    .sf = sf,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
    .lev = lev,
    .support = support,
    .infinite = infinite,
    .below = below,
    .atoms = atoms,
    .moment = moment,
    .part = part,
    .tabulate = true,
    .refine = true,
};

double
rw_mixture_exceeds(
    const struct rw_dist *mixture, const struct rw_dist *other, bool mixture_first)
{
    const struct mixture *m = data(mixture);
    double sum = 0;

    for (size_t i = 0; i < m->n; i++) {
        struct rw_dist p = m->part[i];

        p.floor = fmin(fmax(p.floor, mixture->floor), mixture->cap);
        p.cap = fmin(fmax(p.cap, mixture->floor), mixture->cap);
        sum += m->weight[i] * (mixture_first ? rw_dist_prob_exceeds(&p, other)
                                             : rw_dist_prob_exceeds(other, &p));
    }
    return sum;
}

/* ---- making one ---- */

static bool
check(const double weight[], size_t n, double *sum, int *bad, char why[RW_DIST_WHY])
{
    *bad = -1;
    *sum = 0;
    if (n == 0 || n > RW_MIXTURE_PARTS)
        return rw_dist_refuse(
            why, "a mixture takes 1 to %d parts (got %zu)", RW_MIXTURE_PARTS, n);
    for (size_t i = 0; i < n; i++) {
        *bad = (int)i;
        if (!(weight[i] > 0 && weight[i] <= 1))
            return rw_dist_refuse(why,
                "the weight of a part must be above 0 and at most 1 (got %.10g)",
                weight[i]);
        *sum += weight[i];
    }
    *bad = -1;
    if (!(fabs(*sum - 1) <= RW_MIXTURE_SUM))
        return rw_dist_refuse(
            why, "the weights of a mixture must sum to 1 (they sum to %.10g)", *sum);
    return true;
}

enum rw_err
rw_mixture_make(const double weight[], const struct rw_dist part[], size_t n,
    struct rw_arena *a, struct rw_dist *d, int *bad, char why[RW_DIST_WHY])
{
    struct mixture *m;
    struct rw_dist *parts;
    double *weights, sum;

    if (!check(weight, n, &sum, bad, why))
        return RW_ERR_INPUT;
    m = RW_ARENA_NEW(a, 1, struct mixture);
    parts = RW_ARENA_NEW(a, n, struct rw_dist);
    weights = RW_ARENA_NEW(a, n, double);
    if (m == NULL || parts == NULL || weights == NULL)
        return RW_ERR_MEMORY;
    memcpy(parts, part, n * sizeof *part);
    for (size_t i = 0; i < n; i++)
        weights[i] = weight[i] / sum;
    *m = (struct mixture){n, weights, parts};
    *d = (struct rw_dist){
        .family = &rw_family_mixture, .floor = -INFINITY, .cap = INFINITY, .data = m};
    return RW_OK;
}
