/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/count.c -- laws of a year's number of events. */
#include "num/count.h"

#include <math.h>

enum rw_err
rw_count_init(
    struct rw_count *c, enum rw_count_law law, double dispersion, struct rw_arena *a)
{
    struct rw_dist mixing;
    char why[RW_DIST_WHY];
    int bad;

    *c = (struct rw_count){.law = law};
    if (law == RW_COUNT_POISSON)
        return RW_OK;
    if (!(dispersion > 0) || !isfinite(dispersion))
        return RW_ERR_DOMAIN;
    c->dispersion = dispersion;
    if (rw_dist_make("gamma",
            (const struct rw_dist_arg[]){
                {"shape", 1 / dispersion}, {"scale", dispersion}},
            2, &mixing, &bad, why) != RW_OK)
        return RW_ERR_DOMAIN;
    return rw_sampler_init(&c->mixing, &mixing, a);
}

double
rw_count_pmf(const struct rw_count *c, double m, unsigned k)
{
    double r, f = c->dispersion;

    if (!(m > 0))
        return k == 0;
    if (c->law == RW_COUNT_POISSON)
        return exp(k * log(m) - m - lgamma(k + 1.0));
    r = 1 / f;
    return exp(lgamma(r + k) - lgamma(r) - lgamma(k + 1.0) - (r + k) * log1p(f * m) +
               k * log(f * m));
}
