/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/law_parts.h"

#include "study/column.h"

#include <float.h>
#include <string.h>

static double
map(const struct rw_law_turn *t, double x)
{
    double y;

    t->map(t->self, 1, &x, &y);
    return y;
}

/* The last one from 0 on, on the side of `least', that becomes 0: mostly 0, for least is
 * the smallest number beside it. */
static double
last_zero(const struct rw_law_turn *t, double least)
{
    int64_t low, high;
    double x = least < 0 ? -DBL_MAX : DBL_MAX;

    if (map(t, least) != 0)
        return 0;
    memcpy(&low, &least, sizeof low);
    memcpy(&high, &x, sizeof high); /* bits ascend as distances from 0 do */
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;

        memcpy(&x, &middle, sizeof x);
        if (map(t, x) == 0)
            low = middle;
        else
            high = middle;
    }
    memcpy(&x, &low, sizeof x);
    return x;
}

static size_t
zeros(struct rw_law_desk *d, const struct rw_law_turn *t)
{
    double low = last_zero(t, -DBL_TRUE_MIN), high = last_zero(t, DBL_TRUE_MIN);

    if (low == 0 && high == 0)
        return rw_ascent_zeros(&d->order, d->team);
    low = low < 0 ? nextafter(low, -INFINITY) : -DBL_TRUE_MIN;
    return rw_ascent_upto(&d->order, high, d->team) -
           rw_ascent_upto(&d->order, low, d->team);
}

size_t
rw_law_turned_tail(size_t n)
{
    return n - rw_tail_rank(n, rw_result_tvars[0]) + 1;
}

/* The largest y in ascending order at the end of room (n). */
static void
turn_tail(const struct rw_law_turn *t, const double x[], size_t n, double room[])
{
    size_t many = rw_law_turned_tail(n);
    double *y = room + (n - many);

    t->map(t->self, many, x, y);
    for (size_t k = 0; k < many / 2; k++) {
        double swap = y[k];

        y[k] = y[many - 1 - k];
        y[many - 1 - k] = swap;
    }
}

/* Of rank k of y, 1-based. */
static double
ranked(const struct rw_law_desk *d, const struct rw_law_turn *t, size_t k)
{
    return map(t, d->order.x[d->n - k]);
}

void
rw_law_read_turned(struct rw_law_desk *d, struct rw_law *l, const struct rw_law_turn *t)
{
    double *room = d->room.tmp; /* what is wanted is sorted */
    struct rw_moments m = rw_column_moments(&t->y, room, NULL, d->team);
    size_t n = d->n;

    l->mean = m.mean + 0.0;
    l->mean_se = rw_moments_se(&m);
    l->sd = rw_moments_sd(&m);
    l->p0 = (double)zeros(d, t) / (double)n;
    l->min = ranked(d, t, 1);
    l->max = ranked(d, t, n);
    turn_tail(t, d->order.x, n, room);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        l->tvar[k] = rw_tail_tvar(room, n, rw_result_tvars[k]);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        const struct rw_tail_place *p = &d->quantile[k];

        l->quantile[k] = (struct rw_quantile){.p = p->p, .refused = p->refused};
        if (p->refused)
            continue;
        l->quantile[k].value = ranked(d, t, p->value);
        l->quantile[k].low = ranked(d, t, p->low);
        l->quantile[k].high = ranked(d, t, p->high);
    }
    l->n_curve = 0;
}
