/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/detect.c -- an attack in stages, and when it is seen. */
#include "num/detect.h"

#include <math.h>

/* Rate a year at which independent reviews see what is there to be seen. */
static double
review_rate(const struct rw_stage_law *x)
{
    double slow = x->independence * x->reviews;

    return slow > 0 && x->recognised > 0 ? -slow * log1p(-x->recognised) : 0;
}

/* The only review that counts, where all are alike. */
static double
first_review(const struct rw_stage_law *x)
{
    return fmin(1 / x->reviews, x->years);
}

double
rw_stage_reviewed(const struct rw_stage_law *x)
{
    if (x->independence <= 0)
        return x->reviews > 0 ? x->visible * x->recognised : 0;
    return x->years > 0 ? x->visible * -expm1(-review_rate(x) * x->years) : 0;
}

double
rw_stage_seen(const struct rw_stage_law *x)
{
    double p = rw_stage_reviewed(x);

    return p + (1 - p) * x->base;
}

/* Of the controls alone: where u = V (1 - e^-qs). */
static double
when_reviewed(const struct rw_stage_law *x, double u)
{
    if (u >= rw_stage_reviewed(x))
        return INFINITY;
    if (x->independence <= 0)
        return first_review(x);
    return fmin(-log1p(-u / x->visible) / review_rate(x), x->years);
}

double
rw_stage_when(const struct rw_stage_law *x, double u, double other)
{
    double when = when_reviewed(x, u);

    if (other >= x->base)
        return when;
    if (x->base >= 1)
        return 0;
    return fmin(when, x->years * fmin(1, log1p(-other) / log1p(-x->base)));
}

/* Integral of e^-ks over [from, to]; k may be infinite. */
static double
decay(double k, double from, double to)
{
    if (!isfinite(k) || to <= from)
        return 0;
    return k > 0 ? exp(-k * from) * -expm1(-k * (to - from)) / k : to - from;
}

/* Integral of S over [from, years]. */
static double
unseen_time(const struct rw_stage_law *x, double from)
{
    double to = x->years, k = x->years > 0 ? -log1p(-x->base) / x->years : 0;

    if (x->independence > 0)
        return (1 - x->visible) * decay(k, from, to) +
               x->visible * decay(k + review_rate(x), from, to);
    if (x->reviews <= 0)
        return decay(k, from, to);
    return decay(k, from, to) -
           x->visible * x->recognised * decay(k, fmax(from, first_review(x)), to);
}

double
rw_stage_after(const struct rw_stage_law *x, double c)
{
    double seen = rw_stage_seen(x), from = fmax(c, 0);
    double after;

    if (c >= x->years)
        return 0;
    after = unseen_time(x, from) - (x->years - from) * (1 - seen);
    return fmax(after, 0) + fmax(-c, 0) * seen;
}

void
rw_stages_end(const struct rw_stage_law x[], size_t n, struct rw_endings *out)
{
    double reach = 1, begun = 0;

    *out = (struct rw_endings){.chance = {0}};
    for (size_t k = 0; k < n; k++) {
        double seen = rw_stage_seen(&x[k]), fails = (1 - seen) * (1 - x[k].advance);

        out->chance[x[k].class] += reach * seen;
        out->years[x[k].class] += reach * rw_stage_after(&x[k], -begun);
        begun += x[k].years;
        out->chance[RW_ENDING_FAILS] += reach * fails;
        out->failed[x[k].class] += reach * fails;
        out->failed_years[x[k].class] += reach * fails * begun;
        out->years[RW_ENDING_FAILS] += reach * fails * begun;
        reach *= (1 - seen) * x[k].advance;
    }
    out->chance[RW_ENDING_FULL] = reach;
    out->years[RW_ENDING_FULL] = reach * begun;
}

double
rw_stages_after(const struct rw_stage_law x[], size_t n, double c)
{
    double reach = 1, begun = 0, sum = 0;

    for (size_t k = 0; k < n; k++) {
        sum += reach * rw_stage_after(&x[k], c - begun);
        begun += x[k].years;
        reach *= (1 - rw_stage_seen(&x[k])) * x[k].advance;
    }
    return sum;
}

double
rw_stages_reach(const struct rw_stage_law x[], size_t n)
{
    double reach = 1;

    for (size_t k = 0; k < n; k++)
        reach *= (1 - rw_stage_seen(&x[k])) * x[k].advance;
    return reach;
}
