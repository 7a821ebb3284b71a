/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is thought at first of how often controls fail (failing.h). */
#include "num/belief.h"
#include "num/sum.h"
#include "wheel/failing.h"
#include "wheel/prior.h"

#include <math.h>

enum { NODES = 4096 };

/* Least variance of a share R, over R (1 - R), that leaves anything to learn. */
#define UNSURE 1e-6

/* Mean and variance of R over the estimate, which is thought `bias` times too large:
 * midpoints of equal chance. */
static void
share_of(const struct rw_control *x, struct rw_reliability law, double bias,
    double *mean, double *variance)
{
    double sum = 0, square = 0, base = 0;

    for (size_t k = 0; k < NODES; k++) {
        double u = ((double)k + 0.5) / NODES, off;

        law.fails =
            bias * (x->unsure ? rw_sampler_quantile(&x->failing.sampler, u) : x->fails);
        off = rw_reliability_available(&law);
        base = k == 0 ? off : base;
        off -= base;
        sum += off;
        square += off * off;
    }
    *mean = base + sum / NODES;
    *variance = (square - sum * sum / NODES) / NODES;
}

static void
set(const struct rw_control *x, size_t c, struct rw_prior *p)
{
    double bias = x->bias_fails > 0 ? x->bias_fails : 1, mean, variance, worth;
    struct rw_reliability law = {.years = x->fail_years,
        .at_most = x->upkeep.at_most > 0 ? x->upkeep.at_most : INFINITY};
    bool scattered;

    p->fails[c] = bias * (x->fails > 0 ? x->fails : x->upkeep.steady_fails);
    if (!rw_control_doubtful(x))
        return;
    share_of(x, law, bias, &mean, &variance);
    scattered = x->unsure && variance > UNSURE * mean * (1 - mean);
    if (scattered)
        p->fails[c] = rw_reliability_fails(&law, mean);
    p->doubted[c] = mean < 1 && (scattered || x->bias_audits > 0 || bias != 1);
    if (!p->doubted[c])
        return;
    worth = x->bias_audits > 0 ? x->bias_audits : RW_FAILING_WRONG;
    rw_beta_moments(mean,
        scattered && !(x->bias_audits > 0) ? variance : mean * (1 - mean) / (worth + 1),
        &p->works_a[c], &p->works_b[c]);
}

void
rw_prior_failing(const struct rw_model *m, struct rw_prior *p)
{
    for (size_t c = 0; c < m->n_controls; c++)
        set(&m->controls[c], c, p);
}
