/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One event's loss as the scenario has it: at the points of a sequence.
 *
 * Y is the sum of the amounts of an event on a risk, times the mean of the threat's
 * loss_factor: at RW_PRIOR_POINTS points of a Sobol sequence, a dimension for every
 * amount and for whether it happens.  Of an attack in stages it is that of one that
 * runs to its end, unseen. */
#include "num/reliability.h"
#include "wheel/prior.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>

enum { MOST_SOBOL = 40, DAYS_PER_YEAR = 365 };

static size_t
dimensions(const struct rw_threat *t)
{
    size_t n = 0;

    for (size_t j = 0; j < t->n_losses; j++)
        n += t->losses[j].secondary < 1 ? 2 : 1;
    return n;
}

/* What an amount is multiplied by: money a day by the days of a whole attack. */
static double
times(const struct rw_threat *t, const struct rw_loss *l)
{
    const struct rw_attack *a = &t->attack;
    double years = a->contain;

    if (l->per == RW_PER_OUTAGE_DAY)
        return rw_reliability_response(a->contain, a->restore, a->overlap) *
               DAYS_PER_YEAR;
    for (size_t k = 0; k < a->n; k++)
        years += a->stages[k].years;
    return l->per == RW_PER_DWELL_DAY ? years * DAYS_PER_YEAR : 1;
}

static double
loss_at(const struct rw_threat *t, const struct rw_risk *r, const double u[])
{
    double sum = 0;

    for (size_t j = 0; j < t->n_losses; j++) {
        const struct rw_loss *l = &t->losses[j];
        double x = r->scale[j] * rw_sampler_quantile(&l->sampler, *u++) * times(t, l);

        if (l->secondary >= 1 || *u++ < l->secondary)
            sum += x;
    }
    return sum;
}

/* The sequence's first point is the corner 0, which GSL leaves out; half a cell up
 * each is the middle of its cell in every dimension. */
enum rw_err
rw_prior_losses_at(const struct rw_threat *t, const struct rw_risk *r, double x[])
{
    enum { N = RW_PRIOR_POINTS };
    size_t d = dimensions(t);
    double *at = calloc(2 * d, sizeof *at);
    gsl_qrng *points = gsl_qrng_alloc(
        d <= MOST_SOBOL ? gsl_qrng_sobol : gsl_qrng_reversehalton, (unsigned)d);
    bool ok = at != NULL && points != NULL;

    for (size_t k = 0; ok && k < N; k++) {
        double *u = at + d;

        if (k > 0)
            gsl_qrng_get(points, at);
        for (size_t j = 0; j < d; j++)
            u[j] = fmin(at[j] + 0.5 / N, 1 - 0.5 / N);
        x[k] = loss_at(t, r, u);
    }
    gsl_qrng_free(points);
    free(at);
    return ok ? RW_OK : RW_ERR_MEMORY;
}

bool
rw_prior_alike(
    const struct rw_threat *t, const struct rw_risk *a, const struct rw_risk *b)
{
    for (size_t j = 0; j < t->n_losses; j++)
        if (a->scale[j] != b->scale[j])
            return false;
    return true;
}

static bool
any_reckons(const struct rw_model *m)
{
    for (size_t s = 0; s < m->n_strategies; s++)
        if (rw_strategy_reckons(&m->strategies[s]))
            return true;
    return false;
}

enum rw_err
rw_prior_losses(const struct rw_model *m, struct rw_prior *p)
{
    double *x;
    enum rw_err err = RW_OK;

    p->losses = NULL;
    p->lumpy = false;
    if (!any_reckons(m))
        return RW_OK;
    p->losses = RW_ARENA_NEW(&p->arena, m->n_risks, struct rw_losses);
    x = malloc(2 * RW_PRIOR_POINTS * sizeof *x);
    if (p->losses == NULL || x == NULL)
        err = RW_ERR_MEMORY;
    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++) {
        const struct rw_threat *t = &m->threats[m->risks[r].threat];

        if (r > t->first_risk && rw_prior_alike(t, &m->risks[r], &m->risks[r - 1]))
            p->losses[r] = p->losses[r - 1];
        else if ((err = rw_prior_losses_at(t, &m->risks[r], x)) == RW_OK)
            err = rw_losses_make(
                &p->losses[r], x, x + RW_PRIOR_POINTS, RW_PRIOR_POINTS, &p->arena);
        p->lumpy |= err == RW_OK && (p->losses[r].lumpy || t->covered);
    }
    free(x);
    return err;
}
