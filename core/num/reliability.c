/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/reliability.c -- what a control that fails is worth. */
#include "num/reliability.h"

#include <math.h>

enum { DAYS = 365 };

double
rw_reliability_effect(
    double coverage, double reliability, double intended, double variant)
{
    return coverage * (reliability * intended + (1 - reliability) * variant);
}

double
rw_reliability_available(const struct rw_reliability *x)
{
    double f = x->fails, found = x->years;

    if (x->years > 0 && isfinite(x->at_most)) {
        double both = (1 / x->years + f) * x->at_most;

        found = -expm1(-both) / (1 / x->years + f * exp(-both));
    }
    return exp(-f * x->correction) / (1 + f * found);
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
