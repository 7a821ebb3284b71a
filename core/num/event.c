/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/event.c -- the loss of one event as a law of its own. */
#include "num/event.h"

#include <gsl/gsl_poly.h>
#include <math.h>

enum { TERMS = RW_EVENT_TERMS, CHUNK = 256 };

#define TOLERANCE 1e-9

enum rw_err
rw_event_law_make(const struct rw_event_part *p, double share, double deductible,
    double limit, struct rw_arena *a, struct rw_event_law *law, struct rw_error *error)
{
    double low, high;

    rw_dist_support(&p->amount, &low, &high);
    if (low < 0)
        return rw_error_set(error, RW_ERR_INPUT,
            "a loss may be negative (%g); conditional Monte Carlo needs losses of 0 "
            "or more: give it a floor of 0",
            low);
    *law = (struct rw_event_law){.scale = p->scale * share,
        .probability = p->probability,
        .deductible = limit > 0 ? deductible : INFINITY,
        .limit = limit};
    law->amount_mean = rw_dist_mean(&p->amount);
    law->atoms = limit > 0 || isfinite(p->amount.floor) || isfinite(p->amount.cap) ||
                 !p->amount.family->tabulate || rw_dist_is_constant(&p->amount);
    if (rw_sampler_init(&law->amount, &p->amount, a) != RW_OK)
        return rw_error_set(error, RW_ERR_MEMORY, "out of memory");
    law->sf_zero = rw_event_sf(law, 0);
    law->mean = rw_event_stop(law, 0);
    return RW_OK;
}

double
rw_event_sf(const struct rw_event_law *l, double y)
{
    double x = y < l->deductible ? y : y + l->limit;

    if (isinf(x)) /* where a cover has no limit */
        return 0;
    return l->probability * rw_dist_sf(&l->amount.dist, x / l->scale);
}

/* E(X - x)+ of the amount, x in its own unit. */
static double
stop_amount(const struct rw_event_law *l, double x)
{
    return isinf(x) ? 0 : fmax(l->amount_mean - rw_dist_lev(&l->amount.dist, x), 0);
}

double
rw_event_stop(const struct rw_event_law *l, double y)
{
    double d = l->deductible / l->scale, m = l->limit / l->scale, x = y / l->scale, s;

    if (x >= d)
        s = stop_amount(l, x + m);
    else if (isinf(d))
        s = stop_amount(l, x);
    else
        s = stop_amount(l, x) - stop_amount(l, d) + stop_amount(l, d + m);
    return l->probability * l->scale * s;
}

double
rw_event_mix_sf(const struct rw_event_mix *m, double y)
{
    double sf = 0;

    for (size_t i = 0; i < m->n; i++)
        sf += m->weight[i] * rw_event_sf(&m->law[i], y);
    return sf;
}

double
rw_event_mix_stop(const struct rw_event_mix *m, double y)
{
    double stop = 0;

    for (size_t i = 0; i < m->n; i++)
        stop += m->weight[i] * rw_event_stop(&m->law[i], y);
    return stop;
}

double
rw_event_mix_atom(const struct rw_event_mix *m, double y)
{
    return rw_event_mix_sf(m, y * (1 - RW_EVENT_SAME)) -
           rw_event_mix_sf(m, y * (1 + RW_EVENT_SAME));
}

/* At most CHUNK. */
static void
map_chance(const struct rw_event_law *l, size_t n, const double u[], double y[])
{
    double zero = 1 - l->probability, most = 1 - 0x1p-53, v[CHUNK], size[CHUNK];

    for (size_t i = 0; i < n; i++) {
        size[i] = u[i] > zero ? l->scale : 0;
        v[i] = u[i] > zero ? fmin((u[i] - zero) / l->probability, most) : 0.5;
    }
    rw_sampler_map(&l->amount, n, v, v);
    for (size_t i = 0; i < n; i++)
        y[i] = v[i] * size[i];
}

void
rw_event_map(const struct rw_event_law *l, size_t n, const double u[], double y[])
{
    if (l->probability < 1) {
        for (size_t i = 0; i < n; i += CHUNK)
            map_chance(l, n - i < CHUNK ? n - i : CHUNK, u + i, y + i);
    } else {
        rw_sampler_map(&l->amount, n, u, y);
        for (size_t i = 0; i < n; i++)
            y[i] *= l->scale;
    }
    if (isinf(l->deductible))
        return;
    for (size_t i = 0; i < n; i++)
        y[i] = rw_event_retained(y[i], l->deductible, l->limit);
}

/* The polynomial of one cell [start, start + width) through f at its nodes;
 * void where it misses f between them. */
static void
fit(const struct rw_event_mix *m, double (*f)(const struct rw_event_mix *m, double y),
    double start, double width, double c[TERMS])
{
    /* Chebyshev-Lobatto nodes of [0, 1]. */
    static const double nodes[TERMS] = {0, 0.09549150281252628, 0.34549150281252627,
        0.6545084971874737, 0.9045084971874737, 1};
    static const double between[] = {0.5, 0.04, 0.2, 0.8, 0.96};
    double y[TERMS], dd[TERMS], work[TERMS];

    for (int j = 0; j < TERMS; j++)
        y[j] = f(m, start + width * nodes[j]);
    gsl_poly_dd_init(dd, nodes, y, TERMS);
    gsl_poly_dd_taylor(c, 0, dd, nodes, TERMS, work);
    for (size_t j = 0; j < sizeof between / sizeof between[0]; j++) {
        double got = gsl_poly_eval(c, TERMS, between[j]);

        if (!(fabs(got - f(m, start + width * between[j])) <= TOLERANCE * y[0])) {
            c[0] = NAN;
            return;
        }
    }
}

void
rw_event_table_make(
    struct rw_event_table *t, const struct rw_event_mix *m, double y, bool stop)
{
    int top;

    frexp(y, &top); /* y in [2^(top-1), 2^top) */
    t->first = top + 1 - RW_EVENT_OCTAVES;
    t->low = ldexp(1, t->first);
    t->high = ldexp(1, top + 1);
    for (int k = 0; k < RW_EVENT_OCTAVES * RW_EVENT_CELLS; k++) {
        double width = ldexp(1.0 / RW_EVENT_CELLS, t->first + k / RW_EVENT_CELLS);
        double start =
            t->low * (1 << k / RW_EVENT_CELLS) + width * (k % RW_EVENT_CELLS);

        fit(m, rw_event_mix_sf, start, width, t->sf[k]);
        if (stop)
            fit(m, rw_event_mix_stop, start, width, t->stop[k]);
    }
}
