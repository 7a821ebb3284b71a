/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/reliability.c -- what a control that fails is worth. */
#include "num/reliability.h"

#include "num/root.h"

#include <math.h>

enum { DAYS = 365 };

double
rw_reliability_effect(
    double coverage, double reliability, double intended, double variant)
{
    return coverage * (reliability * intended + (1 - reliability) * variant);
}

double
rw_reliability_hidden(const struct rw_reliability *x)
{
    double f = x->fails, both;

    if (!(x->years > 0 && isfinite(x->at_most)))
        return x->years;
    both = (1 / x->years + f) * x->at_most;
    return -expm1(-both) / (1 / x->years + f * exp(-both));
}

double
rw_reliability_available(const struct rw_reliability *x)
{
    return exp(-x->fails * x->correction) / (1 + x->fails * rw_reliability_hidden(x));
}

struct sought {
    struct rw_reliability law;
    double odds;
};

static double
off(const void *ctx, double log_fails)
{
    const struct sought *s = ctx;
    struct rw_reliability x = s->law;

    x.fails = exp(log_fails);
    return log(x.fails * rw_reliability_hidden(&x) / s->odds);
}

double
rw_reliability_fails(const struct rw_reliability *x, double share)
{
    struct sought s = {*x, (1 - share) / share};
    double least = s.odds / x->years, most;

    if (!isfinite(x->at_most) || !(s.odds > 0))
        return least;
    /* h is d at most, and comes to it as f grows */
    for (most = log(least); off(&s, most) < 0;)
        most += 1;
    return exp(rw_root(off, &s, log(least), most));
}

double
rw_reliability_knowledge_base(double fails, double years)
{
    return fails < DAYS ? pow(1 - fails / DAYS, DAYS * years) : years > 0 ? 0 : 1;
}

double
rw_reliability_response(double contain, double restore, double alpha)
{
    return contain + restore - alpha * fmin(contain, restore);
}
