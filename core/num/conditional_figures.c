/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_figures.c -- figures, their errors and intervals. */
#include "num/conditional_parts.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { REPLICATES = RW_CONDITIONAL_REPLICATES, STEPS = 2000 };

#define MEANT  1e-12 /* P(S > x) this near to a target, relative, is meant to be it */
#define BESIDE 1e-12 /* of a place: beyond what sums of the same losses round to */

static double
student(double level)
{
    return gsl_cdf_tdist_Pinv((1 + level) / 2, REPLICATES - 1);
}

/* Mean over replicates, its standard error and the interval. */
static struct rw_tail_estimate
estimate(const double v[REPLICATES], double level)
{
    double mean = 0, square = 0, t;
    struct rw_tail_estimate e;

    for (int r = 0; r < REPLICATES; r++)
        mean += v[r] / REPLICATES;
    for (int r = 0; r < REPLICATES; r++)
        square += (v[r] - mean) * (v[r] - mean);
    t = student(level);
    e.value = mean;
    e.se = sqrt(square / (REPLICATES - 1) / REPLICATES);
    e.low = mean - t * e.se;
    e.high = mean + t * e.se;
    return e;
}

static double
clamp(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

/* What is known of the figure leaves less. */
static struct rw_tail_estimate
within(struct rw_tail_estimate e, double low, double high)
{
    return (struct rw_tail_estimate){clamp(e.value, low, high), e.se,
        clamp(e.low, low, high), clamp(e.high, low, high)};
}

static double
pooled(const struct rw_conditional *c, double x, int last)
{
    struct rw_tally t;
    double mean = 0;

    rw_conditional_tally(c, x, last, false, &t);
    for (int r = 0; r < last; r++)
        mean += t.sf[r] / last;
    return mean;
}

/* ---- roots ---- */

struct curve {
    const struct rw_conditional *c;
    double target;
    int last; /* replicates */
};

/* A place and the curve there. */
struct spot {
    double x, f;
};

/* Above 0 below the root, else not. */
static struct spot
spot(const struct curve *f, double x)
{
    double p = fmax(pooled(f->c, x, f->last), 1e-300);

    return (struct spot){x, log(p / f->target) - MEANT};
}

/* Some low.f > 0 >= high.f, or low.x = high.x = 0; from steps of a width on,
 * which soon grow. */
static void
bracket(const struct curve *f, double guess, double width, struct spot *low,
    struct spot *high)
{
    double step = width;

    *low = *high = spot(f, guess);
    while (low->f <= 0 && low->x > 0) {
        *high = *low;
        *low = spot(f, step < 0.5              ? guess * (1 - step)
                       : low->x > 1e-9 * guess ? low->x / 2
                                               : 0);
        step *= step < 1e-4 ? 1000 : 8;
    }
    while (high->f > 0 && high->x < INFINITY) {
        *low = *high;
        *high = spot(f, step < 1 ? guess * (1 + step) : 2 * high->x);
        step *= step < 1e-4 ? 1000 : 8;
    }
    if (low->f <= 0)
        *high = *low;
}

/* Chords whose stale end counts half (Illinois), and the middle where the last
 * step did not halve the bracket, so that a step of the curve costs no more
 * than twice a bisection. */
double
rw_conditional_solve(
    const struct rw_conditional *c, double target, double guess, int last, double width)
{
    struct curve f = {c, target, last};
    struct spot low, high;
    int stale = 0; /* < 0: low has stayed, > 0: high */
    bool halve = false;

    bracket(&f, guess, width, &low, &high);
    for (int k = 0; k < STEPS && high.x - low.x > width * high.x && isfinite(high.x);
         k++) {
        double length = high.x - low.x, x = low.x + length / 2;
        struct spot at;

        if (!halve)
            x = clamp(low.x + length * low.f / (low.f - high.f),
                low.x + width * high.x / 4, high.x - width * high.x / 4);
        if (!(x > low.x && x < high.x))
            break;
        at = spot(&f, x);
        if (at.f > 0) {
            low = at;
            high.f /= stale > 0 ? 2 : 1;
            stale = 1;
        } else {
            high = at;
            low.f /= stale < 0 ? 2 : 1;
            stale = -1;
        }
        halve = !halve && high.x - low.x > length / 2;
    }
    return high.x;
}

/* ---- P(S > x) ---- */

struct rw_tail_estimate
rw_conditional_sf(const struct rw_conditional *c, double x, double level)
{
    struct rw_tally t;

    rw_conditional_tally(c, x, REPLICATES, false, &t);
    return within(estimate(t.sf, level), 0, 1);
}

double
rw_conditional_quiet(const struct rw_conditional *c, int replicates)
{
    return isnan(c->others.p0.value) ? 1 - pooled(c, 0, replicates)
                                     : c->others.p0.value;
}

struct rw_tail_estimate
rw_conditional_p0(const struct rw_conditional *c, double level)
{
    struct rw_tail_estimate e = c->others.p0, sf;

    if (!isnan(e.value))
        return e;
    sf = rw_conditional_sf(c, 0, level);
    return (struct rw_tail_estimate){1 - sf.value, sf.se, 1 - sf.high, 1 - sf.low};
}

/* ---- VaR ---- */

/* Of any law: where P(S > x) passes 1 - q, and 1 - q -/+ its own error on
 * either side of there.  On a step both may be the step's place. */
static struct rw_tail_estimate
by_steps(const struct rw_conditional *c, double q, double level, double guess)
{
    double target = 1 - q, t = student(level), v, more, less;
    struct rw_tail_estimate e = {0};

    v = rw_conditional_solve(c, target, guess, 1, 1e-15);
    guess = v > 0 ? v : guess;
    v = rw_conditional_solve(c, target, guess, REPLICATES, 1e-15);
    guess = v > 0 ? v : guess;
    more = target + t * rw_conditional_sf(c, v * (1 - BESIDE), level).se;
    less = target - t * rw_conditional_sf(c, v * (1 + BESIDE), level).se;
    e.value = v;
    e.high = INFINITY;
    if (more < 1 - c->p0)
        e.low = rw_conditional_solve(c, more, guess, REPLICATES, 1e-12);
    if (less > 0)
        e.high = rw_conditional_solve(c, less, guess, REPLICATES, 1e-12);
    if (isinf(e.high)) /* so few points see no end: Markov's inequality */
        e.high = rw_conditional_mean(c, level).high / target;
    e.high = fmax(e.high, v);
    e.se = (e.high - e.low) / 2 / t;
    return e;
}

/* Of a smooth law: two chords through ln P from v on, the first with a slope
 * from one replicate.  False where ln P is no line over the interval. */
static bool
by_chords(const struct rw_conditional *c, double q, double level, double v,
    struct rw_tail_estimate *e)
{
    double target = 1 - q, next, p, p_next, slope, half, width, drop, want;
    struct rw_tail_estimate at;
    struct rw_tally t;

    slope = log(pooled(c, v * 1.001, 1) / pooled(c, v, 1)) / (0.001 * v);
    p = pooled(c, v, REPLICATES);
    next = v + log(target / p) / slope;
    if (!(next > 0 && slope < 0 && isfinite(next)))
        return false;
    rw_conditional_tally(c, next, REPLICATES, false, &t);
    at = estimate(t.sf, level);
    p_next = at.value;
    if (fabs(next - v) > 1e-7 * v)
        slope = log(p_next / p) / (next - v);
    half = (at.high - at.value) / (-slope * target);
    e->value = next + log(target / p_next) / slope;
    e->se = at.se / (-slope * target);
    e->low = e->value - half;
    e->high = e->value + half;
    width = fmax(half, 1e-6 * e->value);
    if (!(slope < 0 && e->value > width && fabs(e->value - next) <= width))
        return false;
    drop = log(pooled(c, e->value - width, 1) / pooled(c, e->value + width, 1));
    want = -slope * 2 * width;
    return drop > want / 2 && drop < want * 2;
}

struct rw_tail_estimate
rw_conditional_quantile(const struct rw_conditional *c, double q, double level)
{
    const struct rw_others *o = &c->others;
    struct rw_tail_estimate e = {0};
    double v;

    if (1 - c->p0 <= (1 - q) * (1 + MEANT))
        return e; /* 0, known */
    v = o->steps ? 0 : rw_conditional_solve(c, 1 - q, c->guess, 1, 1e-4);
    if (!(v > 0) || !by_chords(c, q, level, v, &e))
        e = by_steps(c, q, level, v > 0 ? v : c->guess);
    return within(e, o->least, o->most);
}

/* ---- means ---- */

struct rw_tail_estimate
rw_conditional_mean(const struct rw_conditional *c, double level)
{
    struct rw_tally t;

    if (!isnan(c->others.mean.value))
        return c->others.mean;
    rw_conditional_tally(c, 0, REPLICATES, true, &t);
    return within(estimate(t.stop, level), c->others.least, c->others.most);
}

/* No less than the VaR, nor than the mean. */
struct rw_tail_estimate
rw_conditional_tvar(const struct rw_conditional *c, double q, double level)
{
    struct rw_tail_estimate v = rw_conditional_quantile(c, q, level), e;
    double mean = isnan(c->others.mean.value) ? 0 : c->others.mean.value;
    struct rw_tally t;

    rw_conditional_tally(c, v.value, REPLICATES, true, &t);
    for (int r = 0; r < REPLICATES; r++)
        t.stop[r] = v.value + t.stop[r] / (1 - q);
    e = estimate(t.stop, level);
    return within(e, fmin(fmax(v.low, mean), c->others.most), c->others.most);
}

size_t
rw_conditional_points(const struct rw_conditional *c)
{
    return c->n_points * REPLICATES;
}
