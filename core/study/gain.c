/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/gain.h"

#include <gsl/gsl_cdf.h>

const char *const rw_gain_names[] = {
    "residual_first", "residual_last", "year", "loss", "versus", NULL};

int
rw_gain_sign(const struct rw_gain *g)
{
    return g->ratio == 0 ? 0 : (g->low > 1) - (g->high < 1);
}

struct rw_gain
rw_gain_of(double sd, double n, double se, size_t randomisations)
{
    double df = (double)randomisations - 1, half = (1 - RW_RESULT_LEVEL) / 2;
    struct rw_gain g = {0};

    if (!(se > 0 && sd > 0))
        return g;
    g.ratio = sd / se * (sd / se) / n;
    g.low = g.ratio * gsl_cdf_chisq_Pinv(half, df) / df;
    g.high = g.ratio * gsl_cdf_chisq_Qinv(half, df) / df;
    return g;
}

enum rw_err
rw_gain_make(const struct rw_outcome *o, const struct rw_result *r, struct rw_arena *a,
    const struct rw_sampled **out)
{
    size_t cycles = o->model->cycles;
    struct rw_sampled *s;
    double n = (double)o->n;

    *out = NULL;
    if (o->each == 0)
        return RW_OK;
    *out = s = RW_ARENA_NEW(a, 1, struct rw_sampled);
    if (s == NULL)
        return RW_ERR_MEMORY;
    *s = (struct rw_sampled){o->n / o->each, o->each, o->even, o->wanted, NULL};
    s->gain = (void *)RW_ARENA_NEW(a, r->n_strategies * RW_GAINS, struct rw_gain);
    if (s->gain == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < r->n_strategies; k++) {
        const struct rw_result_strategy *g = &r->strategies[k];
        const double *sd = o->residual_sd + k * cycles;
        const struct {
            double sd, se;
        } figure[RW_GAINS] = {{sd[0], g->cycles[0].residual.se},
            {sd[cycles - 1], g->cycles[cycles - 1].residual.se},
            {o->years > 0 ? g->years[0].loss.sd : 0,
                o->years > 0 ? g->years[0].loss.mean_se : 0},
            {g->loss.sd, g->loss.mean_se},
            {g->versus ? g->versus->total.sd : 0,
                g->versus ? g->versus->total.mean_se : 0}};

        for (size_t f = 0; f < RW_GAINS; f++)
            s->gain[k][f] =
                rw_gain_of(figure[f].sd, n, figure[f].se, s->randomisations);
    }
    return RW_OK;
}
