/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_read.c -- what the points say. */
#include "num/conditional_parts.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_roots.h>
#include <math.h>

enum { REPLICATES = RW_CONDITIONAL_REPLICATES, STEPS = 200 };

/* ---- one tagged loss ---- */

static double
sf_at(const struct rw_tagged *t, double y)
{
    if (y >= t->table.low && y < t->table.high) {
        double v = rw_event_read(&t->table, t->table.sf, y);

        if (!isnan(v))
            return v;
    }
    return rw_event_mix_sf(&t->law, y);
}

static double
stop_at(const struct rw_tagged *t, double y)
{
    if (y >= t->table.low && y < t->table.high) {
        double v = rw_event_read(&t->table, t->table.stop, y);

        if (!isnan(v))
            return v;
    }
    return rw_event_mix_stop(&t->law, y);
}

/* A tagged loss and its points from some place on. */
struct place {
    const struct rw_tagged *t;
    struct rw_view v;
    const double *weight, *tie, *inner; /* NULL: 1, none, none */
    double lift; /* to just above the largest, where there are atoms */
};

static struct place
place(const struct rw_conditional *c, size_t t, size_t from)
{
    const struct rw_tagged *tagged = &c->others.tagged[t];
    const struct rw_points *p = &c->points;
    const double *weight = p->weight[tagged->group];

    return (struct place){.t = tagged,
        .v = rw_view_from(&p->view[tagged->view], from),
        .weight = weight == NULL ? NULL : weight + from,
        .tie = p->tie[t] == NULL ? NULL : p->tie[t] + from,
        .inner = p->inner[t] == NULL ? NULL : p->inner[t] + from,
        .lift = tagged->law.atoms ? 1 + RW_EVENT_SAME : 1};
}

/* P(X > y and X is the largest), and E of the excess, where the loss counts as
 * it is; stop may be NULL. */
static inline double
plain_at(const struct place *a, size_t i, double x, double *stop)
{
    double need = x - a->v.sum[i], least = a->v.largest[i] * a->lift;
    double y = need > least ? need : least, s = sf_at(a->t, y);

    if (stop != NULL)
        *stop = stop_at(a->t, y) + (y - need) * s;
    if (a->tie != NULL && a->v.largest[i] > need) {
        s += a->tie[i];
        if (stop != NULL)
            *stop += a->tie[i] * (a->v.largest[i] - need);
    }
    return s;
}

/* E[(X - a)+ where X > y], s = P(X > y). */
static double
over(const struct rw_tagged *t, double a, double y, double s)
{
    return a > y ? stop_at(t, a) : stop_at(t, y) + (y - a) * s;
}

/* The same where a cover is on its sum with its siblings. */
static double
inner_at(const struct place *a, size_t i, double x, double *stop)
{
    double d = a->t->kind->deductible, end = d + a->t->kind->limit, z = a->inner[i];
    double kept = x - a->v.sum[i]; /* to be passed */
    double gross = kept < 0 ? -INFINITY : kept < d ? kept : kept + a->t->kind->limit;
    double need = gross - z, least = a->v.largest[i] * a->lift;
    double y = need > least ? need : least, s = sf_at(a->t, y);

    if (stop != NULL)
        *stop = stop_at(a->t, y) + (y + z - kept) * s - over(a->t, d - z, y, s) +
                over(a->t, end - z, y, s);
    if (a->tie != NULL && a->v.largest[i] > need) {
        s += a->tie[i];
        if (stop != NULL)
            *stop +=
                a->tie[i] * (rw_event_retained(z + a->v.largest[i], d, end - d) - kept);
    }
    return s;
}

/* Sum over points of the chance to pass x, and of the excess; stop may be
 * NULL. */
static double
sum_points(const struct place *a, size_t n, double x, double *stop)
{
    double sf = 0, excess = 0, e = 0;

    for (size_t i = 0; i < n; i++) {
        double w = a->weight == NULL ? 1 : a->weight[i];
        double s = a->inner == NULL ? plain_at(a, i, x, stop == NULL ? NULL : &e)
                                    : inner_at(a, i, x, stop == NULL ? NULL : &e);

        sf += w * s;
        excess += w * e;
    }
    if (stop != NULL)
        *stop = a->t->factor * excess;
    return a->t->factor * sf;
}

void
rw_conditional_each(
    const struct rw_conditional *c, double x, size_t from, size_t n, double sum[])
{
    for (size_t i = 0; i < n; i++)
        sum[i] = 0;
    for (size_t t = 0; t < c->others.n_tagged; t++)
        for (size_t i = 0; i < n; i++) {
            struct place a = place(c, t, from + i);

            sum[i] += sum_points(&a, 1, x, NULL);
        }
}

/* ---- all of them ---- */

/* P(S > x) and E(S - x)+ by each replicate. */
struct tally {
    double sf[REPLICATES], stop[REPLICATES];
};

/* What is known without points: the year without others, and the counts left
 * out, whose sums are taken to pass x. */
static double
known(const struct rw_conditional *c, double x, double *stop)
{
    const struct rw_others *o = &c->others;
    double sf = o->beyond;

    if (stop != NULL)
        *stop = fmax(o->losses_beyond - x * o->beyond, 0);
    for (size_t t = 0; t < o->n_tagged && o->plain; t++) {
        sf += o->tagged[t].alone * rw_event_mix_sf(&o->tagged[t].law, x);
        if (stop != NULL)
            *stop += o->tagged[t].alone * rw_event_mix_stop(&o->tagged[t].law, x);
    }
    return sf;
}

/* Replicates first .. last - 1 at x. */
static void
tally(const struct rw_conditional *c, double x, int first, int last, bool stop,
    struct tally *t)
{
    double base_stop = 0, base = known(c, x, stop ? &base_stop : NULL);

    for (int r = first; r < last; r++) {
        size_t at = (size_t)r * c->n_points;

        t->sf[r] = base;
        t->stop[r] = base_stop;
        for (size_t k = 0; k < c->n_strata; k++) {
            const struct rw_stratum *s = &c->stratum[k];
            double weight = s->mass / (double)s->n;

            for (size_t j = 0; j < c->others.n_tagged; j++) {
                struct place a = place(c, j, at);
                double excess = 0;

                t->sf[r] += weight * sum_points(&a, s->n, x, stop ? &excess : NULL);
                t->stop[r] += weight * excess;
            }
            at += s->n;
        }
    }
}

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
pooled(const struct rw_conditional *c, double x, int last)
{
    struct tally t;
    double mean = 0;

    tally(c, x, 0, last, false, &t);
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

static double
curve_at(double x, void *ctx)
{
    const struct curve *f = ctx;

    return log(fmax(pooled(f->c, x, f->last), 1e-300) / f->target);
}

double
rw_conditional_solve(
    const struct rw_conditional *c, double target, double guess, int last, double width)
{
    struct curve f = {c, target, last};
    gsl_function g = {curve_at, &f};
    gsl_root_fsolver *s = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double low = guess, high = guess;

    if (s == NULL)
        return NAN;
    while (low > 0 && curve_at(low, &f) <= 0)
        low = low > 1e-9 * guess ? low / 2 : 0;
    while (curve_at(high, &f) > 0)
        high *= 2;
    if (low < high && curve_at(high, &f) < 0) {
        gsl_root_fsolver_set(s, &g, low, high);
        for (int k = 0; k < STEPS && high - low > width * high; k++) {
            gsl_root_fsolver_iterate(s);
            low = gsl_root_fsolver_x_lower(s);
            high = gsl_root_fsolver_x_upper(s);
        }
    }
    gsl_root_fsolver_free(s);
    return high;
}

/* ---- figures ---- */

struct rw_tail_estimate
rw_conditional_sf(const struct rw_conditional *c, double x, double level)
{
    struct rw_tail_estimate e;
    struct tally t;

    tally(c, x, 0, REPLICATES, false, &t);
    e = estimate(t.sf, level);
    e.low = fmax(e.low, 0);
    e.high = fmin(e.high, 1);
    return e;
}

/* Loss laws with atoms: P has jumps, so that all three are solved for. */
static struct rw_tail_estimate
jumping_quantile(const struct rw_conditional *c, double q, double level, double v)
{
    struct rw_tail_estimate e = {.value = v}, above, below;

    above = rw_conditional_sf(c, v, level);
    below = rw_conditional_sf(c, nextafter(v, 0), level);
    e.low = 1 - q + below.high - below.value < 1 - c->p0
                ? rw_conditional_solve(
                      c, 1 - q + below.high - below.value, v, REPLICATES, 1e-12)
                : 0;
    e.high = above.low > 0 ? rw_conditional_solve(c, 1 - q - (above.value - above.low),
                                 v, REPLICATES, 1e-12)
                           : v;
    e.se = (e.high - e.low) / 2 / student(level);
    return e;
}

struct rw_tail_estimate
rw_conditional_quantile(const struct rw_conditional *c, double q, double level)
{
    double target = 1 - q, v, next, p, p_next, slope;
    struct rw_tail_estimate e = {0}, at;
    struct tally t;

    if (1 - c->p0 <= target)
        return e; /* 0, known */
    v = rw_conditional_solve(c, target, c->guess, 1, 1e-4);
    if (c->others.atoms)
        return jumping_quantile(
            c, q, level, rw_conditional_solve(c, target, v, REPLICATES, 1e-15));
    /* Two chords through ln P, the first with a slope from one replicate. */
    slope = log(pooled(c, v * 1.001, 1) / pooled(c, v, 1)) / (0.001 * v);
    p = pooled(c, v, REPLICATES);
    next = v + log(target / p) / slope;
    tally(c, next, 0, REPLICATES, false, &t);
    at = estimate(t.sf, level);
    p_next = at.value;
    if (fabs(next - v) > 1e-7 * v)
        slope = log(p_next / p) / (next - v);
    e.value = next + log(target / p_next) / slope;
    e.se = at.se / (-slope * target);
    e.low = e.value - (at.high - at.value) / (-slope * target);
    e.high = e.value + (at.high - at.value) / (-slope * target);
    return e;
}

struct rw_tail_estimate
rw_conditional_tvar(const struct rw_conditional *c, double q, double level)
{
    struct rw_tail_estimate v = rw_conditional_quantile(c, q, level), e;
    struct tally t;

    tally(c, v.value, 0, REPLICATES, true, &t);
    for (int r = 0; r < REPLICATES; r++)
        t.stop[r] = v.value + t.stop[r] / (1 - q);
    e = estimate(t.stop, level);
    return e;
}

struct rw_tail_estimate
rw_conditional_mean(const struct rw_conditional *c, double level)
{
    struct tally t;

    if (!isnan(c->others.mean.value))
        return c->others.mean;
    tally(c, 0, 0, REPLICATES, true, &t);
    return estimate(t.stop, level);
}

double
rw_conditional_quiet(const struct rw_conditional *c, int replicates)
{
    double sum = 0;
    struct tally t;

    if (!isnan(c->others.p0.value))
        return c->others.p0.value;
    tally(c, 0, 0, replicates, false, &t);
    for (int r = 0; r < replicates; r++)
        sum += t.sf[r];
    return 1 - sum / replicates;
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

size_t
rw_conditional_points(const struct rw_conditional *c)
{
    return c->n_points * REPLICATES;
}
