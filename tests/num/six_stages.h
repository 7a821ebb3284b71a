/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/num/six_stages.h -- the ransomware example of the FAIR-CAM Knowledge
 * Base, file 04: what its table states for each of six stages. */
#ifndef RW_TESTS_NUM_SIX_STAGES_H
#define RW_TESTS_NUM_SIX_STAGES_H

#include "num/detect.h"
#include "num/dist.h"
#include "tests/support/check.h"

enum { SIX_STAGES = 6 };

struct six_stage {
    double cov, v, rel_v, r, rel_r, m, rel_m, tau, advance, rho;
};

static const struct six_stage six_stages[SIX_STAGES] = {
    {.95, .70, .95, .40, .90, .042, .95, .25, .90, .40},
    {.98, .85, .95, .60, .92, .042, .95, .50, .85, .55},
    {.96, .80, .94, .75, .90, .042, .94, .50, .80, .60},
    {.92, .90, .96, .65, .88, .042, .92, 1.0, .75, .65},
    {.88, .75, .92, .55, .85, .042, .90, .75, .70, .50},
    {.85, .60, .90, .45, .80, .042, .88, .25, .95, .45},
};

static inline void
six_stages_laws(struct rw_stage_law x[SIX_STAGES])
{
    for (int k = 0; k < SIX_STAGES; k++) {
        const struct six_stage *s = &six_stages[k];

        x[k] = (struct rw_stage_law){.years = s->tau / 365,
            .advance = s->advance,
            .visible = s->cov * s->v * s->rel_v,
            .reviews = 365 * s->rel_m / s->m,
            .recognised = s->r * s->rel_r,
            .independence = s->rho,
            .class = (enum rw_ending)(k / 2)};
    }
}

/* Loss of an ending: PERT(min, mode, max). */
static inline struct rw_dist
six_stages_amount(int ending)
{
    static const double pert[RW_ENDINGS][3] = {{2e3, 8e3, 30e3}, {25e3, 75e3, 250e3},
        {200e3, 500e3, 2e6}, {1e6, 3e6, 5e6}, {2e3, 5e3, 15e3}};
    const struct rw_dist_arg args[] = {
        {"min", pert[ending][0]}, {"mode", pert[ending][1]}, {"max", pert[ending][2]}};
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make("pert", args, 3, &d, &bad, why) != RW_OK)
        fail_msg("%s", why);
    return d;
}

#endif
