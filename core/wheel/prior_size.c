/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is thought at first of how large losses are (size.h), in logarithms.
 *
 * E ln Y and Var ln Y of one event's loss on a risk, given that it costs anything,
 * are means over the points of prior_loss.c: of a lognormal the mean is right to 1e-4 and the variance
 * to 1e-3 of themselves, with secondary losses to a few 1e-3 of the deviation.  Of a
 * stated loss_factor the same in one dimension; of a plugin's the pilot's futures
 * (prior.h) tell. */
#include "num/sum.h"
#include "wheel/prior.h"
#include "wheel/size.h"

#include <math.h>
#include <stdlib.h>

enum { NODES = RW_PRIOR_POINTS };

/* Smallest variance of ln F that leaves anything to learn (a factor known to one in
 * a thousand: the least width that a rate has, num/belief.h). */
#define UNSURE 1e-6

static enum rw_err
log_moments(const struct rw_threat *t, const struct rw_risk *r, struct rw_moments *s)
{
    double *y = malloc(RW_PRIOR_POINTS * sizeof *y);
    enum rw_err err = y != NULL ? rw_prior_losses_at(t, r, y) : RW_ERR_MEMORY;
    size_t n = 0;

    for (size_t k = 0; k < RW_PRIOR_POINTS && err == RW_OK; k++)
        if (y[k] > 0)
            y[n++] = log(y[k]);
    if (err == RW_OK)
        *s = rw_moments_array(y, n);
    free(y);
    return err;
}

/* Mean and variance of ln F of a stated factor over its mean. */
static enum rw_err
stated_factor(const struct rw_threat *t, struct rw_moments *s)
{
    double *y = malloc(NODES * sizeof *y);
    size_t n = 0;

    if (y == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < NODES; k++) {
        double x =
            rw_sampler_quantile(&t->loss_factor.sampler, ((double)k + 0.5) / NODES);

        if (x > 0)
            y[n++] = log(x / t->factor_mean);
    }
    *s = rw_moments_array(y, n);
    free(y);
    return RW_OK;
}

static double
variance(const struct rw_moments *s)
{
    return s->n > 0 ? s->m2 / (double)s->n : 0;
}

static bool
any_learns(const struct rw_model *m)
{
    for (size_t s = 0; s < m->n_strategies; s++)
        if (rw_strategy_lessons(&m->strategies[s]) & 1u << RW_LESSON_SEVERITY)
            return true;
    return false;
}

void
rw_prior_size_cycle(const struct rw_world *w, struct rw_prior *p)
{
    const struct rw_model *m = w->m;
    double *y = p->scratch;

    for (size_t k = 0; k < m->n_threats && any_learns(m); k++) {
        const double *factor = w->factor + k * w->room;
        struct rw_moments s;
        size_t n = 0;

        if (m->threats[k].use.plugin == NULL)
            continue;
        for (size_t i = 0; i < w->n; i++)
            if (factor[i] > 0)
                y[n++] = log(factor[i]);
        s = rw_moments_array(y, n);
        p->log_factor[k * m->cycles + w->cycle] = s.mean;
        p->log_variance[k] += variance(&s) / m->cycles;
        p->log_bend[k] +=
            (s.mean - log(rw_sum_array(factor, w->n) / (double)w->n)) / m->cycles;
    }
}

static enum rw_err
set_factor(const struct rw_model *m, size_t k, struct rw_prior *p)
{
    const struct rw_threat *t = &m->threats[k];
    struct rw_moments s;

    if (t->use.plugin != NULL || !t->sized)
        return RW_OK;
    if (stated_factor(t, &s) != RW_OK)
        return RW_ERR_MEMORY;
    for (unsigned c = 0; c < m->cycles; c++)
        p->log_factor[k * m->cycles + c] = s.mean;
    p->log_variance[k] = variance(&s);
    p->log_bend[k] = s.mean;
    return RW_OK;
}

/* E ln Y of the threat's risks; the mean of their variances. */
static enum rw_err
set_losses(const struct rw_model *m, size_t k, struct rw_prior *p, double *spread)
{
    const struct rw_threat *t = &m->threats[k];
    struct rw_moments s = {.n = 0};
    double sum = 0;

    for (size_t r = t->first_risk; r < t->first_risk + t->n_assets; r++) {
        bool known =
            r > t->first_risk && rw_prior_alike(t, &m->risks[r], &m->risks[r - 1]);

        if (!known && log_moments(t, &m->risks[r], &s) != RW_OK)
            return RW_ERR_MEMORY;
        p->log_loss[r] = s.mean;
        sum += variance(&s);
    }
    *spread = fmax(sum / (double)t->n_assets, RW_SIZE_LEAST);
    return RW_OK;
}

static bool
costs_nothing(const struct rw_model *m, const struct rw_threat *t)
{
    for (size_t r = t->first_risk; r < t->first_risk + t->n_assets; r++)
        if (!(m->risks[r].mean_loss > 0))
            return true;
    return false;
}

static enum rw_err
set_size(const struct rw_model *m, size_t k, struct rw_prior *p)
{
    const struct rw_threat *t = &m->threats[k];
    bool unsure = p->log_variance[k] > UNSURE, wrong = t->bias_severity != 1;
    double spread, worth = t->bias_worth, sure = worth;

    if (t->attack.n > 0 || costs_nothing(m, t) || !(worth > 0 || unsure || wrong))
        return RW_OK;
    if (set_losses(m, k, p, &spread) != RW_OK)
        return RW_ERR_MEMORY;
    if (!(worth > 0)) {
        worth = unsure ? spread / p->log_variance[k] : RW_SIZE_WRONG;
        sure = unsure ? RW_SIZE_SURE : RW_SIZE_WRONG;
    }
    p->sized[k] = true;
    p->size[k] =
        (struct rw_nig){log(t->bias_severity), worth, 1 + sure / 2, spread * sure / 2};
    return RW_OK;
}

enum rw_err
rw_prior_size(const struct rw_model *m, struct rw_prior *p)
{
    for (size_t k = 0; k < m->n_threats && any_learns(m); k++)
        if (set_factor(m, k, p) != RW_OK || set_size(m, k, p) != RW_OK)
            return RW_ERR_MEMORY;
    return RW_OK;
}
