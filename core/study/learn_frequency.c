/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn_frequency.c -- attempts a year by the incidents there were. */
#include "base/date.h"
#include "num/belief.h"
#include "num/special.h"
#include "num/sum.h"
#include "study/learn.h"

#include <math.h>
#include <stdio.h>

static const char *
say(struct rw_arena *a, const char *fmt, const char *what)
{
    const char *s = rw_arena_printf(a, fmt, what);

    return s ? s : "no memory";
}

static size_t
rows_of(const struct rw_learn_request *q, size_t threat, bool *assets)
{
    size_t n = 0;

    *assets = true;
    for (size_t i = 0; q->incidents && i < q->incidents->n; i++)
        if (q->incidents->v[i].threat == threat) {
            *assets = *assets && q->incidents->v[i].asset != SIZE_MAX;
            n++;
        }
    return n;
}

/* Why the frequency cannot move, or NULL. */
static const char *
obstacle(const struct rw_learn_request *q, size_t threat,
    const struct rw_learn_trade *trade, struct rw_arena *a)
{
    const struct rw_threat *t = &q->m->threats[threat];
    const struct rw_risk *r = &q->m->risks[t->first_risk];
    bool assets, many = t->n_assets > 1 && !t->systemic;
    size_t rows = rows_of(q, threat, &assets);

    if (q->incidents == NULL)
        return "no table of incidents";
    if (t->use.plugin != NULL)
        return say(a, "the plugin '%s' supplies it", t->use.plugin->name);
    if (trade->why != NULL)
        return trade->why;
    if (rows == 0 && !q->watched[threat] && trade->members == 0)
        return say(a, "no incident, and not said to be watched: --watched %s", t->id);
    if (rw_dist_is_constant(&t->frequency.dist) && trade->members == 0)
        return "it is stated as known; give it as a range to let it learn";
    if (!(rw_dist_mean(&t->frequency.dist) > 0) && trade->members == 0)
        return "it is stated to be 0";
    if (r->staged != NULL)
        return "its attacks go through stages; the table does not tell which were seen";
    if (t->children > 0)
        return "its events bring further events; the table does not tell them apart";
    if (r->touched & RW_TOUCH_SHOCK)
        return "shocks bring it events; the table does not tell them apart";
    if (r->touched & RW_TOUCH_MULTIPLIER)
        return "it shares a multiplier with other threats";
    if (t->law > RW_COUNT_ZIP)
        return say(a, "a %s law of counts has no update here",
            t->law == RW_COUNT_BINOMIAL ? "binomial" : "bernoulli");
    if (t->law != RW_COUNT_POISSON && q->discount < 1)
        return "--discount goes with the law 'poisson' only";
    if (t->law != RW_COUNT_POISSON && many && rows > 0 && !assets)
        return "its years differ from asset to asset, and a row does not name its "
               "asset";
    return NULL;
}

/* ---- periods ---- */

/* Number of the calendar's period that holds a day. */
static long
period_of(unsigned per_year, long day)
{
    struct rw_date d = rw_date_of(day);

    return (long)d.year * per_year + (long)((d.month - 1) * per_year / 12);
}

static long
first_day(unsigned per_year, long period)
{
    struct rw_date d = {(int)(period / per_year),
        (unsigned)(period % per_year) * (12 / per_year) + 1, 1};

    return rw_date_first(d);
}

double
rw_learn_years(long from, long to)
{
    double years = 0;

    while (from <= to) {
        int year = rw_date_of(from).year;
        long first = rw_date_first((struct rw_date){year, 1, 1});
        long next = rw_date_first((struct rw_date){year + 1, 1, 1});
        long end = to + 1 < next ? to + 1 : next;

        years += (double)(end - from) / (double)(next - first);
        from = end;
    }
    return years;
}

/* Years of a period that count, seen by the end of the watch: of events even over
 * u years that ended v years before, each seen after an exponential time of mean d,
 *   u - d (e^(-v/d) - e^(-(u+v)/d)). */
static double
years_of(
    const struct rw_learn_request *q, const struct rw_threat *t, long from, long to)
{
    double u = rw_learn_years(from, to), v = rw_learn_years(to + 1, q->to);
    double d = t->seen_delay;

    return d > 0 ? u - d * (exp(-v / d) - exp(-(u + v) / d)) : u;
}

/* Periods of the watch, for each of `rows` assets; ratio[] what an asset weighs. */
struct watch {
    struct rw_watched *v;
    size_t n, periods;
    long first;
    unsigned per_year;
    bool by_asset;
};

static enum rw_err
make_watch(const struct rw_learn_request *q, size_t threat, const double ratio[],
    struct rw_arena *a, struct watch *w, struct rw_error *e)
{
    const struct rw_threat *t = &q->m->threats[threat];
    size_t assets;

    w->per_year = t->law == RW_COUNT_POISSON ? q->per_year : 1;
    w->by_asset = t->law != RW_COUNT_POISSON && !t->systemic;
    w->first = period_of(w->per_year, q->from);
    w->periods = (size_t)(period_of(w->per_year, q->to) - w->first) + 1;
    assets = w->by_asset ? t->n_assets : 1;
    w->n = w->periods * assets;
    w->v = RW_ARENA_NEW(a, w->n, struct rw_watched);
    if (w->v == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
    for (size_t k = 0; k < w->n; k++) {
        long p = w->first + (long)(k % w->periods);
        long from = first_day(w->per_year, p), to = first_day(w->per_year, p + 1) - 1;

        w->v[k].years =
            years_of(q, t, from > q->from ? from : q->from, to < q->to ? to : q->to) *
            (w->by_asset ? ratio[k / w->periods] : 1);
    }
    return RW_OK;
}

static size_t
asset_row(const struct rw_threat *t, size_t asset)
{
    for (size_t i = 0; i < t->n_assets; i++)
        if (t->assets[i] == asset)
            return i;
    return 0;
}

/* The rows into their periods; RW_ERR_INPUT: a date does not say which. */
static enum rw_err
count(const struct rw_learn_request *q, size_t threat, struct watch *w,
    struct rw_error *e)
{
    const struct rw_threat *t = &q->m->threats[threat];

    for (size_t i = 0; i < q->incidents->n; i++) {
        const struct rw_incident *x = &q->incidents->v[i];
        long p = period_of(w->per_year, x->first);

        if (x->threat != threat)
            continue;
        if (q->discount < 1 && p != period_of(w->per_year, x->last)) {
            rw_error_set(e, RW_ERR_INPUT,
                "row %zu does not say the %s that it is to be counted in", i + 1,
                w->per_year == 12 ? "month" : "quarter");
            rw_error_place(e, q->incidents_file, 0, 0, "");
            return RW_ERR_INPUT;
        }
        w->v[(size_t)(p - w->first) +
             (w->by_asset ? asset_row(t, x->asset) * w->periods : 0)]
            .count++;
    }
    return RW_OK;
}

/* ---- the update ---- */

static void
law_of(const struct rw_dist *d, struct rw_learn_law *l)
{
    *l = (struct rw_learn_law){rw_dist_mean(d), rw_dist_sd(d),
        rw_dist_quantile(d, 0.05), rw_dist_quantile(d, 0.5), rw_dist_quantile(d, 0.95)};
}

/* The gamma that stands for the estimate, or the one that the trade has instead. */
static void
prior_of(const struct rw_dist *d, const struct rw_learn_trade *trade, double share,
    double *shape, double *rate, bool *matched)
{
    double mean = rw_dist_mean(d), sd = rw_dist_sd(d);

    if (trade->members > 0) {
        rw_belief_prior(
            trade->mean / share, sqrt(trade->variance) / trade->mean, shape, rate);
        return;
    }
    *matched =
        d->family != rw_dist_family("gamma") || isfinite(d->floor) || isfinite(d->cap);
    if (isfinite(sd))
        rw_belief_prior(mean, sd / mean, shape, rate);
    else
        rw_belief_prior_interval(
            rw_dist_quantile(d, 0.05), rw_dist_quantile(d, 0.95), 0.9, shape, rate);
}

static enum rw_err
update(const struct rw_learn_request *q, struct rw_learn_move *v, const double node[],
    const struct watch *w, struct rw_arena *a, struct rw_error *e)
{
    const struct rw_threat *t = &q->m->threats[v->of];
    struct rw_posterior p;
    char why[RW_DIST_WHY], shape[RW_NUMBER_MAX], scale[RW_NUMBER_MAX];
    struct rw_dist after;
    double b_shape, b_rate, years = 0;
    int bad;
    enum rw_err err;

    prior_of(&t->frequency.dist, &v->trade, v->share, &b_shape, &b_rate, &v->matched);
    err = rw_posterior_rate(
        b_shape, b_rate, q->discount, &t->count, w->v, w->n, node, RW_LEARN_NODES, &p);
    if (err != RW_OK)
        return rw_error_set(e, err == RW_ERR_MEMORY ? err : RW_ERR_BUG,
            "the frequency of '%s' has no posterior", t->id);
    for (size_t k = 0; k < w->n; k++) {
        v->n += w->v[k].count;
        years += w->v[k].years;
    }
    v->assets = t->systemic ? 1 : t->n_assets;
    v->exposure = years * v->share;
    v->expected = v->before.mean * v->exposure;
    if (v->trade.members > 0) {
        v->expected = v->trade.mean * years;
        v->credibility = years / (years + v->trade.mean / v->trade.variance);
    }
    v->own = p.mean;
    v->wide = p.wide;
    v->surprise = p.surprise;
    snprintf(shape, sizeof shape, "%.10g", p.shape);
    snprintf(scale, sizeof scale, "%.10g", 1 / p.rate);
    if (rw_dist_make("gamma",
            (const struct rw_dist_arg[]){{"shape", p.shape}, {"scale", 1 / p.rate}}, 2,
            &after, &bad, why) != RW_OK)
        return rw_error_set(e, RW_ERR_BUG, "frequency of '%s': %s", t->id, why);
    law_of(&after, &v->after);
    v->json = rw_arena_printf(
        a, "{ \"dist\": \"gamma\", \"shape\": %s, \"scale\": %s }", shape, scale);
    return v->json ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
}

enum rw_err
rw_learn_frequency(const struct rw_learn_request *q, struct rw_learn_move *v,
    struct rw_arena *a, struct rw_error *e)
{
    const struct rw_threat *t = &q->m->threats[v->of];
    double *node = RW_ARENA_NEW(a, RW_LEARN_NODES, double);
    double *ratio = RW_ARENA_NEW(a, t->n_assets, double);
    struct watch w;
    bool assets;
    enum rw_err err;

    v->surprise = NAN;
    err = rw_learn_trade(q, v->of, a, &v->trade, e);
    if (err != RW_OK)
        return err;
    v->why = obstacle(q, v->of, &v->trade, a);
    if (v->why != NULL)
        return RW_OK;
    if (node == NULL || ratio == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
    law_of(&t->frequency.dist, &v->before);
    err = rw_learn_share(q, v->of, node, ratio, a, e);
    if (err != RW_OK)
        return err;
    v->share = rw_sum_array(node, RW_LEARN_NODES) / RW_LEARN_NODES;
    if (!(v->share > 0)) {
        v->why = "none of its attempts could become an incident that is seen";
        return RW_OK;
    }
    err = make_watch(q, v->of, ratio, a, &w, e);
    if (err == RW_OK)
        err = count(q, v->of, &w, e);
    if (rows_of(q, v->of, &assets) == 0 && !q->watched[v->of])
        w.n = 0; /* only the trade was watched */
    return err == RW_OK ? update(q, v, node, &w, a, e) : err;
}
