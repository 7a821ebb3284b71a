/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/law_parts.h"

#include "study/column.h"

#include <math.h>

const double rw_result_quantiles[RW_RESULT_QUANTILES] = {
    0.05, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999};
const char *const rw_result_quantile_names[RW_RESULT_QUANTILES] = {
    "0.05", "0.5", "0.75", "0.9", "0.95", "0.99", "0.995", "0.999"};
const double rw_result_tvars[RW_RESULT_TVARS] = {0.95, 0.99};
const char *const rw_result_tvar_names[RW_RESULT_TVARS] = {"0.95", "0.99"};

const double rw_law_round[RW_LAW_ROUND] = {0.9, 0.75, 0.5, 0.25, 0.2, 0.1, 0.05, 0.04,
    0.02, 0.01, 0.005, 0.004, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00005, 0.00002,
    0.00001};

size_t
rw_law_insert(double at[], size_t n, double loss)
{
    size_t k = rw_tail_count(at, n, loss);

    if (k > 0 && at[k - 1] == loss)
        return n;
    for (size_t i = n; i > k; i--)
        at[i] = at[i - 1];
    at[k] = loss;
    return n + 1;
}

/* The k-th smallest, k from 0. */
static double
number(struct rw_law_desk *d, size_t k)
{
    return rw_ascent_number(&d->order, k, d->team);
}

/* The largest loss with so many futures above it, for each round probability that is
 * told; returns their number. */
static size_t
round_ranks(size_t n, size_t zeros, size_t rank[RW_LAW_ROUND])
{
    size_t count = 0;

    for (size_t k = 0; k < RW_LAW_ROUND; k++) {
        double beyond = (double)n * rw_law_round[k];

        if (beyond >= RW_TAIL_BEYOND && n - (size_t)beyond > zeros)
            rank[count++] = n - (size_t)beyond - 1;
    }
    return count;
}

/* Where the curve begins: the first percentile of the losses. */
static size_t
low_rank(size_t n, size_t zeros)
{
    return zeros + (n - zeros) / 100;
}

/* Losses at which the curve is told; returns their number. */
static size_t
curve_losses(struct rw_law_desk *d, double at[RW_RESULT_CURVE])
{
    size_t n = d->n, zeros = rw_ascent_upto(&d->order, 0, d->team), count = 0;
    size_t rank[RW_LAW_ROUND], n_rank = round_ranks(n, zeros, rank);
    double low, high;

    if (n <= RW_TAIL_BEYOND)
        return 0;
    high = number(d, n - RW_TAIL_BEYOND - 1);
    if (!(high > 0))
        return 0;
    low = number(d, low_rank(n, zeros));
    count = rw_law_insert(at, count, 0);
    for (size_t k = 0; k < n_rank; k++)
        count = rw_law_insert(at, count, number(d, rank[k]));
    if (low < high)
        for (size_t k = 0; k < RW_LAW_SPACED; k++) {
            double share = (double)k / (RW_LAW_SPACED - 1);

            count = rw_law_insert(at, count,
                k == RW_LAW_SPACED - 1 ? high : low * pow(high / low, share));
        }
    return count;
}

/* Points of a curve, whose limits take long. */
struct points {
    struct rw_curve_point *curve;
    size_t n, over[RW_RESULT_CURVE];
};

static void
make_point(void *self, size_t k)
{
    struct points *p = self;
    struct rw_curve_point *c = &p->curve[k];

    rw_tail_share(
        p->n, p->over[k], RW_RESULT_LEVEL, &c->probability, &c->low, &c->high);
}

static void
make_curve(struct rw_law_desk *d, struct rw_law *l)
{
    double at[RW_RESULT_CURVE];
    struct points p = {.curve = l->curve, .n = d->n};

    l->n_curve = curve_losses(d, at);
    for (size_t k = 0; k < l->n_curve; k++)
        rw_ascent_want_upto(&d->order, at[k]);
    rw_ascent_settle_wanted(&d->order, d->team);
    for (size_t k = 0; k < l->n_curve; k++) {
        l->curve[k].loss = at[k];
        p.over[k] = d->n - rw_ascent_upto(&d->order, at[k], d->team);
    }
    rw_team_do(d->team, l->n_curve, make_point, &p);
}

void
rw_law_desk_init(struct rw_law_desk *d, size_t n, const struct rw_ascent_room *room,
    bool whole, struct rw_team *team)
{
    d->n = n;
    d->room = *room;
    d->whole = whole;
    d->turned = false;
    d->team = team;
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        d->quantile[k] = rw_tail_place(n, rw_result_quantiles[k], RW_RESULT_LEVEL);
}

/* What rw_law_read_turned reads. */
static void
want_turned(struct rw_law_desk *d)
{
    struct rw_ascent *o = &d->order;

    rw_ascent_want(o, d->n - 1, d->n);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        if (!d->quantile[k].refused) {
            const struct rw_tail_place *p = &d->quantile[k];

            rw_ascent_want(o, d->n - p->low, d->n - p->low + 1);
            rw_ascent_want(o, d->n - p->value, d->n - p->value + 1);
            rw_ascent_want(o, d->n - p->high, d->n - p->high + 1);
        }
    rw_ascent_want(o, 0, rw_law_turned_tail(d->n));
}

/* What is known to be read, by all of the team at once. */
static void
settle(struct rw_law_desk *d, bool with_curve)
{
    struct rw_ascent *o = &d->order;
    size_t n = d->n, zeros = rw_ascent_upto(o, 0, d->team), rank[RW_LAW_ROUND], n_rank;

    rw_ascent_want(o, 0, 1);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        if (!d->quantile[k].refused) {
            const struct rw_tail_place *p = &d->quantile[k];

            rw_ascent_want(o, p->low - 1, p->low);
            rw_ascent_want(o, p->value - 1, p->value);
            rw_ascent_want(o, p->high - 1, p->high);
        }
    n_rank = with_curve ? round_ranks(n, zeros, rank) : 0;
    for (size_t k = 0; k < n_rank; k++)
        rw_ascent_want(o, rank[k], rank[k] + 1);
    if (with_curve && low_rank(n, zeros) < n)
        rw_ascent_want(o, low_rank(n, zeros), low_rank(n, zeros) + 1);
    rw_ascent_want(o, rw_tail_rank(n, rw_result_tvars[0]) - 1, n);
    if (d->turned)
        want_turned(d);
    rw_ascent_settle_wanted(o, d->team);
}

void
rw_law_read(
    struct rw_law_desk *d, struct rw_law *l, const struct rw_values *v, bool with_curve)
{
    size_t n = d->n;
    struct rw_moments m;

    rw_ascent_open(&d->order, v, &d->room, d->whole);
    m = rw_column_moments(v, d->room.x, &d->order, d->team);
    rw_ascent_close(&d->order, d->team);
    settle(d, with_curve);
    l->mean = m.mean + 0.0;
    l->mean_se = rw_moments_se(&m);
    l->sd = rw_moments_sd(&m);
    l->p0 = (double)rw_ascent_zeros(&d->order, d->team) / (double)n;
    l->min = number(d, 0);
    l->max = number(d, n - 1);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        l->tvar[k] = rw_tail_tvar(d->order.x, n, rw_result_tvars[k]);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        l->quantile[k] = rw_tail_read(d->order.x, &d->quantile[k]);
    l->n_curve = 0;
    if (with_curve)
        make_curve(d, l);
}

void
rw_law_judge(struct rw_verdict *v)
{
    v->met = v->high <= v->probability ? 1 : v->low > v->probability ? -1 : 0;
}
