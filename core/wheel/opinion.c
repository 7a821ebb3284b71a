/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation thinks before it has seen anything: the scenario's own
 * estimate, with its bias, weighed against what is known of others.
 *
 * Of a multiplier of the prior rate there are two opinions, its own with mean m
 * and variance v and the industry's with n and w.  The linear one of least
 * error (Buhlmann, ASTIN Bulletin 4 (1967) 199) is
 *   Z m + (1 - Z) n,  Z = w / (v + w),  of variance v w / (v + w):
 * the surer counts for more; one that is certain counts alone. */
#include "wheel/prior.h"

#include <math.h>

/* (sd / mean)^2 of others; one without a deviation tells nothing. */
static double
spread(const struct rw_dist *d, double mean)
{
    double sd = rw_dist_sd(d);

    return isfinite(sd) ? sd / mean * (sd / mean) : INFINITY;
}

static void
weigh(const struct rw_dist *industry, double own, double *mean, double *variance)
{
    double others = rw_dist_mean(industry), n = others / own;
    double w = n * n * spread(industry, others), v = *variance, z;

    if (!(own > 0) || isinf(w))
        return;
    z = v + w > 0 ? w / (v + w) : 1;
    *mean = z * *mean + (1 - z) * n;
    *variance = z * v;
}

void
rw_prior_opinion(const struct rw_model *m, struct rw_prior *p)
{
    for (size_t r = 0; r < m->n_risks; r++) {
        const struct rw_threat *t = &m->threats[m->risks[r].threat];
        double mean = t->bias_frequency, variance = pow(mean * p->cv[r], 2);

        p->theta[r] = mean;
        p->theta_cv[r] = p->cv[r];
        p->dear[r] = t->bias_severity;
        if (!t->has_industry)
            continue;
        weigh(&t->industry, p->rate[r * m->cycles] / m->years, &mean, &variance);
        p->theta[r] = mean;
        p->theta_cv[r] = sqrt(variance) / mean;
    }
}
