/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/splice.h"

#include "num/families.h"

#include <math.h>

/* p = {mean, sd}. */
struct splice {
    struct rw_dist body, tail;
    double u;
    double w, rest;           /* P(X <= u), P(X > u) */
    double body_in, body_out; /* Fb(u), Sb(u)       */
    double tail_in, tail_out; /* Ft(u), St(u)       */
};

static const struct splice *
data(const struct rw_dist *d)
{
    return d->data;
}

static double
cdf(const struct rw_dist *d, double x)
{
    const struct splice *s = data(d);

    if (x <= s->u)
        return x == s->u ? s->w : s->w * (rw_dist_cdf(&s->body, x) / s->body_in);
    return 1 - s->rest * (rw_dist_sf(&s->tail, x) / s->tail_out);
}

static double
sf(const struct rw_dist *d, double x)
{
    const struct splice *s = data(d);

    if (x >= s->u)
        return x == s->u ? s->rest : s->rest * (rw_dist_sf(&s->tail, x) / s->tail_out);
    return s->rest + s->w * ((s->body_in - rw_dist_cdf(&s->body, x)) / s->body_in);
}

static double
below(const struct rw_dist *d, double x)
{
    const struct splice *s = data(d);

    if (x <= s->u)
        return s->w * (rw_dist_below(&s->body, x) / s->body_in);
    return 1 - s->rest * ((1 - rw_dist_below(&s->tail, x)) / s->tail_out);
}

static double
quantile(const struct rw_dist *d, double lower, double upper)
{
    const struct splice *s = data(d);
    bool low = lower < upper;

    if (low ? lower <= s->w : upper >= s->rest) {
        double left = low ? s->w - lower : upper - s->rest; /* up to u */
        double at = (s->w - left) / s->w * s->body_in;

        if (low)
            at = lower / s->w * s->body_in;
        return fmin(s->u, rw_dist_quantile_tails(
                              &s->body, at, s->body_out + left / s->w * s->body_in));
    }
    return fmax(s->u,
        rw_dist_quantile_tails(&s->tail,
            s->tail_in + (low ? lower - s->w : s->rest - upper) / s->rest * s->tail_out,
            (low ? s->rest - (lower - s->w) : upper) / s->rest * s->tail_out));
}

/* g(u) of E[g(X)], see num/splice.h. */
static double
at_threshold(const struct rw_dist *d, double about)
{
    double x = fmin(fmax(data(d)->u, d->floor), d->cap);

    return isnan(about) ? x : (x - about) * (x - about);
}

static double
moment(const struct rw_dist *d, double about)
{
    const struct splice *s = data(d);
    struct rw_dist body = s->body, tail = s->tail;
    double g = at_threshold(d, about), under, over;

    body.cap = fmin(body.cap, s->u);
    body.floor = fmin(body.floor, s->u);
    tail.floor = fmax(tail.floor, s->u);
    tail.cap = fmax(tail.cap, s->u);
    under = rw_moment_clamped(&body, d->floor, d->cap, about) - g * s->body_out;
    over = rw_moment_clamped(&tail, d->floor, d->cap, about) - g * s->tail_in;
    return s->w * (under / s->body_in) + s->rest * (over / s->tail_out);
}

static double
mean(const struct rw_dist *d)
{
    return d->p[0];
}

static double
sd(const struct rw_dist *d)
{
    return d->p[1];
}

static double
lev(const struct rw_dist *d, double m)
{
    struct rw_dist capped = *d;

    capped.floor = -INFINITY;
    capped.cap = m;
    return moment(&capped, NAN);
}

static void
support(const struct rw_dist *d, double *low, double *high)
{
    double unused;

    rw_dist_support(&data(d)->body, low, &unused);
    rw_dist_support(&data(d)->tail, &unused, high);
}

static const char *
infinite(const struct rw_dist *d, int order)
{
    struct rw_dist body = data(d)->body;
    const char *why;

    body.cap = fmin(body.cap, data(d)->u);
    why = rw_dist_infinite(&data(d)->tail, order);
    return why != NULL ? why : rw_dist_infinite(&body, order);
}

/* Those of either part that lie on its side. */
static size_t
atoms(const struct rw_dist *d, double x[], size_t room)
{
    const struct splice *s = data(d);
    size_t n = rw_dist_atoms(&s->body, x, room);

    return n + rw_dist_atoms(&s->tail, n < room ? x + n : x, n < room ? room - n : 0);
}

static bool
part(const struct rw_dist *d, size_t k, struct rw_dist_part *p)
{
    const struct splice *s = data(d);

    if (k == 0)
        *p = (struct rw_dist_part){
            &s->body, -INFINITY, s->u, s->w / s->body_in, "/body"};
    else if (k == 1)
        *p = (struct rw_dist_part){
            &s->tail, s->u, INFINITY, s->rest / s->tail_out, "/tail"};
    return k < 2;
}

const struct rw_family rw_family_splice = {
    .name = "splice",
    .doc = "one distribution up to a threshold, another beyond",
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
rw_splice_threshold(const struct rw_dist *d)
{
    return data(d)->u;
}

static bool
check(const struct splice *s, bool body, double weight, enum rw_splice_fault *fault,
    char why[RW_DIST_WHY])
{
    *fault = RW_SPLICE_BODY;
    if (!(s->body_in >= RW_SPLICE_LEAST))
        return rw_dist_refuse(why,
            "the body lies up to the threshold %.10g with probability %.3g only; it "
            "must be %g or more",
            s->u, s->body_in, RW_SPLICE_LEAST);
    *fault = RW_SPLICE_TAIL;
    if (!(s->tail_out >= RW_SPLICE_LEAST))
        return rw_dist_refuse(why,
            "the tail lies beyond the threshold %.10g with probability %.3g only; it "
            "must be %g or more",
            s->u, s->tail_out, RW_SPLICE_LEAST);
    *fault = RW_SPLICE_WEIGHT;
    if (!body && !isnan(weight))
        return rw_dist_refuse(why, "a weight needs a body: it is the probability of "
                                   "staying up to the threshold");
    if (body && isnan(weight) && !(s->body_out > 0))
        return rw_dist_refuse(why,
            "the body never exceeds the threshold %.10g, so it does not say how often "
            "the tail comes; state the weight, the probability of staying up to the "
            "threshold",
            s->u);
    if (!isnan(weight) && !(weight > 0 && weight < 1))
        return rw_dist_refuse(
            why, "weight must be above 0 and below 1 (got %.10g)", weight);
    return true;
}

enum rw_err
rw_splice_make(const struct rw_dist *body, const struct rw_dist *tail, double u,
    double weight, struct rw_arena *a, struct rw_dist *d, enum rw_splice_fault *fault,
    char why[RW_DIST_WHY])
{
    struct splice *s = RW_ARENA_NEW(a, 1, struct splice);
    struct rw_dist none = rw_dist_constant(u); /* of probability 0 */

    if (s == NULL)
        return RW_ERR_MEMORY;
    *s = (struct splice){.body = body ? *body : none,
        .tail = *tail,
        .u = u,
        .body_in = body ? rw_dist_cdf(body, u) : 1,
        .body_out = body ? rw_dist_sf(body, u) : 0,
        .tail_in = rw_dist_cdf(tail, u),
        .tail_out = rw_dist_sf(tail, u)};
    if (!check(s, body != NULL, weight, fault, why))
        return RW_ERR_INPUT;
    s->w = body == NULL ? 0 : isnan(weight) ? s->body_in : weight;
    s->rest = body == NULL ? 1 : isnan(weight) ? s->body_out : 1 - weight;
    *d = (struct rw_dist){
        .family = &rw_family_splice, .floor = -INFINITY, .cap = INFINITY, .data = s};
    d->p[0] = moment(d, NAN);
    d->p[1] = isfinite(d->p[0]) ? sqrt(moment(d, d->p[0])) : INFINITY;
    return RW_OK;
}
