/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional.c -- the tail of a year's loss from few draws. */
#include "num/conditional.h"

#include "num/conditional_points.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdlib.h>

enum {
    REPLICATES = RW_CONDITIONAL_REPLICATES,
    STRATA_PER_MASS = 64, /* a stratum holds a 64th of the events, or one count */
    STRATA_MAX = 256,     /* 64 + ln(200000) / ln(5/4) and some */
    LEAST = 16,           /* points of a stratum in a replicate */
    MOST = 1 << 20,
    PILOT = 32,
    STEPS = 200,
    EVALUATION = 4 /* what the use of a point costs, in draws of a loss */
};

struct rw_conditional {
    struct rw_arena arena;
    struct rw_event_law event;
    struct rw_counts counts;
    struct rw_event_table table;
    struct rw_stratum stratum[STRATA_MAX];
    size_t n_strata, n_points; /* of a replicate */
    struct rw_points points;   /* (REPLICATES, n_points), a replicate's in strata */
    double one, p0;            /* P(N = 1), P(S = 0) */
};

/* P(S > x) and E(S - x)+ by each replicate. */
struct tally {
    double sf[REPLICATES], stop[REPLICATES];
};

/* ---- what the points say ---- */

static double
read_or_work(const struct rw_conditional *c, const double rows[][RW_EVENT_TERMS],
    double (*f)(const struct rw_event_law *l, double y), double y)
{
    if (y >= c->table.low && y < c->table.high) {
        double v = rw_event_read(&c->table, rows, y);

        if (!isnan(v))
            return v;
    }
    return f(&c->event, y);
}

/* Sum over points of the chance to pass x, and of the excess; stop may be
 * NULL. */
static double
sum_points(const struct rw_conditional *c, const struct rw_points *p, size_t n,
    double x, double *stop)
{
    double sf = 0, excess = 0;

    for (size_t i = 0; i < n; i++) {
        double need = x - p->sum[i], y = need > p->largest[i] ? need : p->largest[i];
        double s = read_or_work(c, c->table.sf, rw_event_sf, y);

        sf += s;
        if (stop != NULL)
            excess += read_or_work(c, c->table.stop, rw_event_stop, y) + (y - need) * s;
    }
    if (p->ties != NULL)
        for (size_t i = 0; i < n; i++)
            if (p->largest[i] > x - p->sum[i]) {
                double a = rw_event_atom(&c->event, p->largest[i]) / (p->ties[i] + 1.0);

                sf += a;
                excess += a * (p->largest[i] - (x - p->sum[i]));
            }
    if (stop != NULL)
        *stop = excess;
    return sf;
}

static struct rw_points
points_from(const struct rw_points *p, size_t first)
{
    return (struct rw_points){.sum = p->sum + first,
        .largest = p->largest + first,
        .ties = p->ties == NULL ? NULL : p->ties + first,
        .count = p->count};
}

/* What is known without points: one event, and the counts left out, whose
 * sums are taken to pass x. */
static double
known(const struct rw_conditional *c, double x, double *stop)
{
    double left = c->counts.events_beyond * c->event.mean - x * c->counts.beyond;

    if (stop != NULL)
        *stop = c->one * rw_event_stop(&c->event, x) + fmax(left, 0);
    return c->one * rw_event_sf(&c->event, x) + c->counts.beyond;
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
            struct rw_points p = points_from(&c->points, at);
            double excess = 0, weight = s->mass / (double)s->n;

            t->sf[r] += weight * sum_points(c, &p, s->n, x, stop ? &excess : NULL);
            t->stop[r] += weight * excess;
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

/* inf{x : P(S > x) <= target} by the first replicates, target < P(S > 0), to
 * a relative width; NaN when memory is out. */
static double
solve(
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

/* ---- making ---- */

/* Strata of counts from 2 on: each has a STRATA_PER_MASS-th of the events, or
 * is one count, or spans a fourth. */
static void
make_strata(struct rw_conditional *c)
{
    const double *p = c->counts.p;
    double total = 0, left;
    size_t n = c->counts.n_counts;

    for (size_t k = 2; k < n; k++)
        total += (double)k * p[k];
    left = total;
    for (size_t k = 2; k < n; k++) {
        struct rw_stratum *s = &c->stratum[c->n_strata];

        if (s->mass <= 0)
            s->first = k;
        s->last = k;
        s->mass += (double)k * p[k];
        left -= (double)k * p[k];
        if (k + 1 == n || (left > 1e-9 * total && (s->mass >= total / STRATA_PER_MASS ||
                                                      k > s->first + s->first / 4)))
            c->n_strata++;
    }
}

/* Room for so many points. */
static bool
make_room(struct rw_conditional *c, size_t n)
{
    struct rw_points *p = &c->points;

    free(p->sum);
    free(p->ties);
    free(p->count);
    p->sum = malloc(2 * (n + 1) * sizeof *p->sum);
    p->largest = p->sum == NULL ? NULL : p->sum + n;
    p->ties = c->event.atoms ? malloc((n + 1) * sizeof *p->ties) : NULL;
    p->count = malloc((n + 1) * sizeof *p->count);
    return p->sum != NULL && p->count != NULL && (p->ties != NULL || !c->event.atoms);
}

static void
draw(struct rw_conditional *c, struct rw_stream at, uint64_t replicate, size_t from)
{
    for (size_t k = 0; k < c->n_strata; k++) {
        struct rw_points p = points_from(&c->points, from);

        rw_points_draw(&c->event, &c->counts, &c->stratum[k], at, replicate, &p);
        from += c->stratum[k].n;
    }
}

/* sd of what a point of the stratum says of P(S > x), and a little of the
 * mean: so few points may not have seen the rare. */
static double
scatter(const struct rw_conditional *c, const struct rw_points *p, size_t n, double x)
{
    double mean = 0, square = 0;

    for (size_t i = 0; i < n; i++) {
        struct rw_points one = points_from(p, i);
        double s = sum_points(c, &one, 1, x, NULL);

        mean += s / (double)n;
        square += s * s / (double)n;
    }
    return sqrt(fmax(square - mean * mean, 0) + 0.01 * mean * mean);
}

/* Numbers of points by a pilot: in proportion to mass times scatter by the
 * root of the cost, as powers of 2. */
static bool
allot(struct rw_conditional *c, double q, size_t n_points, struct rw_stream at)
{
    double want[STRATA_MAX], cost = 0, v;
    size_t n = 0;

    for (size_t k = 0; k < c->n_strata; k++)
        c->stratum[k].n = PILOT;
    c->n_points = PILOT * c->n_strata;
    if (!make_room(c, c->n_points))
        return false;
    draw(c, at, REPLICATES, 0);
    v = 1 - q < 1 - c->p0 ? solve(c, 1 - q, c->counts.mean * c->event.mean, 1, 1e-3)
                          : c->event.mean;
    if (isnan(v))
        return false;
    rw_event_table_make(&c->table, &c->event, v, true);
    for (size_t k = 0; k < c->n_strata; k++) {
        const struct rw_stratum *s = &c->stratum[k];
        struct rw_points p = points_from(&c->points, k * PILOT);

        want[k] = s->mass * scatter(c, &p, PILOT, v) /
                  sqrt((double)(s->first + s->last) / 2 - 1 + EVALUATION);
        cost += want[k];
    }
    for (size_t k = 0; k < c->n_strata; k++) {
        double m = want[k] / cost * (double)n_points / REPLICATES;

        c->stratum[k].n = (size_t)exp2(rint(log2(fmin(fmax(m, LEAST), MOST))));
        n += c->stratum[k].n;
    }
    c->n_points = n;
    return make_room(c, n * REPLICATES);
}

static enum rw_err
check(const struct rw_compound c[], size_t n, double q, struct rw_error *e)
{
    if (n != 1 || c[0].n_members != 1)
        return rw_error_set(e, RW_ERR_INPUT,
            "conditional Monte Carlo takes one threat on one asset, not %zu: use the "
            "exact law or plain Monte Carlo",
            n != 1 ? n : c[0].n_members);
    if (!(q > 0 && q < 1))
        return rw_error_set(
            e, RW_ERR_INPUT, "the quantile must be between 0 and 1 (got %g)", q);
    return RW_OK;
}

/* P(S = 0). */
static double
no_loss(const struct rw_conditional *c)
{
    double zero = 1 - c->event.sf_zero, power = 1, sum = 0;

    for (size_t k = 0; k < c->counts.n_counts && power > 0; k++) {
        sum += c->counts.p[k] * power;
        power *= zero;
    }
    return sum;
}

static enum rw_err
make(struct rw_conditional *c, const struct rw_compound *of, double q, size_t n_points,
    struct rw_stream at, struct rw_error *e)
{
    enum rw_err err = rw_event_law_make(&of->members[0].event, &c->arena, &c->event, e);

    if (err == RW_OK)
        err = rw_counts_make(of, &c->counts, e);
    if (err != RW_OK)
        return err;
    c->one = c->counts.n_counts > 1 ? c->counts.p[1] : 0;
    c->p0 = no_loss(c);
    make_strata(c);
    if (!allot(c, q, n_points, at))
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    for (uint64_t r = 0; r < REPLICATES; r++)
        draw(c, at, r, (size_t)r * c->n_points);
    return RW_OK;
}

enum rw_err
rw_conditional_new(const struct rw_compound c[], size_t n, double q, size_t n_points,
    struct rw_stream at, struct rw_conditional **made, struct rw_error *e)
{
    enum rw_err err = check(c, n, q, e);

    *made = NULL;
    if (err != RW_OK)
        return err;
    *made = calloc(1, sizeof **made);
    if (*made == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    rw_arena_init(&(*made)->arena);
    err = make(*made, c, q, n_points, at, e);
    if (err != RW_OK) {
        rw_conditional_free(*made);
        *made = NULL;
    }
    return err;
}

void
rw_conditional_free(struct rw_conditional *c)
{
    if (c == NULL)
        return;
    rw_arena_fini(&c->arena);
    free(c->counts.p);
    free(c->points.sum);
    free(c->points.ties);
    free(c->points.count);
    free(c);
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
                ? solve(c, 1 - q + below.high - below.value, v, REPLICATES, 1e-12)
                : 0;
    e.high = above.low > 0
                 ? solve(c, 1 - q - (above.value - above.low), v, REPLICATES, 1e-12)
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
    v = solve(c, target, c->table.high / 4, 1, 1e-4);
    if (c->event.atoms)
        return jumping_quantile(c, q, level, solve(c, target, v, REPLICATES, 1e-15));
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

double
rw_conditional_mean(const struct rw_conditional *c)
{
    return c->counts.mean * c->event.mean;
}

double
rw_conditional_p0(const struct rw_conditional *c)
{
    return c->p0;
}

size_t
rw_conditional_points(const struct rw_conditional *c)
{
    return c->n_points * REPLICATES;
}
