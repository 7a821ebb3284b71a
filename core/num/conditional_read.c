/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_read.c -- what the points say. */
#include "num/conditional_parts.h"

#include <math.h>

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
    double y = need > least ? need : least, s;

    if (isinf(gross) && gross > 0) { /* all above the deductible is paid */
        if (stop != NULL)
            *stop = 0;
        return 0;
    }
    s = sf_at(a->t, y);
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

void
rw_conditional_tally(
    const struct rw_conditional *c, double x, int last, bool stop, struct rw_tally *t)
{
    double base_stop = 0, base = known(c, x, stop ? &base_stop : NULL);

    for (int r = 0; r < last; r++) {
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
