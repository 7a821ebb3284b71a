/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn_share.c -- how many of a threat's attempts end in a table of
 * incidents. */
#include "num/reliability.h"
#include "num/sum.h"
#include "study/learn.h"
#include "wheel/prior.h"
#include "wheel/wear.h"

#include <gsl/gsl_qrng.h>
#include <string.h>

enum { MOST_SOBOL = 40 };

/* Long-run share of time in which nothing has failed. */
static double
availability(const struct rw_model *m, const struct rw_control *c)
{
    const struct rw_reliability law = {c->fails, c->fail_years,
        c->upkeep.at_most > 0 ? c->upkeep.at_most : INFINITY, c->upkeep.correction};
    double works = rw_reliability_available(&law);

    for (size_t k = 0; k < c->n_causes; k++) {
        const struct rw_cause *x = &m->dependence.causes[c->causes[k]];

        works /= 1 + x->fails * x->fail_years;
    }
    return works;
}

/* Mean share of the efficacy that is not worn: over the time between refreshes,
 * else that of the horizon's first cycle. */
static double
unworn(const struct rw_model *m, const struct rw_control *c)
{
    if (c->half_life > 0 && c->refresh > 0)
        return rw_wear_tooth(c, c->refresh) / c->refresh;
    return rw_wear_left(c, m->years, 0);
}

/* x_c for a coverage and a fresh efficacy. */
static double
effect(const struct rw_model *m, const struct rw_control *c, double coverage,
    double efficacy)
{
    double works = availability(m, c), worn = efficacy * unworn(m, c);

    return coverage * (works * worn + (1 - works) * fmin(c->fail_efficacy, worn));
}

static double
mean_effect(const struct rw_model *m, const struct rw_control *c)
{
    return effect(
        m, c, rw_dist_mean(&c->coverage.dist), rw_dist_mean(&c->efficacy.dist));
}

double
rw_learn_left(const struct rw_model *m, const struct rw_risk *r)
{
    double left = 1;

    for (int f = RW_FUNCTION_CONTAINMENT; f <= RW_FUNCTION_LOSS_MINIMISATION; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            const struct rw_control *c = &m->controls[r->controls[f][k]];

            if (c->status == RW_STATUS_OPERATING)
                left *= 1 - mean_effect(m, c);
        }
    return left;
}

/* The uncertain estimates behind Q, one dimension each. */
struct uncertain {
    const struct rw_model *m;
    const struct rw_threat *t;
    double *coverage, *efficacy; /* (n_controls) this node's values */
    double susceptibility;
    const struct rw_dist **dist; /* (n) */
    double **to;                 /* (n) */
    size_t n;
};

static void
add(struct uncertain *u, const struct rw_dist *d, double *to)
{
    *to = rw_dist_mean(d);
    if (rw_dist_is_constant(d))
        return;
    u->dist[u->n] = d;
    u->to[u->n++] = to;
}

static bool
touches(const struct uncertain *u, size_t c)
{
    for (size_t i = 0; i < u->t->n_assets; i++) {
        const struct rw_risk *r = &u->m->risks[u->t->first_risk + i];

        for (int f = 0; f < RW_FUNCTION_CONTAINMENT; f++)
            for (size_t k = 0; k < r->n_controls[f]; k++)
                if (r->controls[f][k] == c)
                    return true;
    }
    return false;
}

/* prod (1 - x_c) over some functions. */
static double
left(const struct uncertain *u, const struct rw_risk *r, int f, int last)
{
    double all = 1;

    for (; f <= last; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            size_t c = r->controls[f][k];

            if (u->m->controls[c].status == RW_STATUS_OPERATING)
                all *= 1 -
                       effect(u->m, &u->m->controls[c], u->coverage[c], u->efficacy[c]);
        }
    return all;
}

/* Of one asset, susceptibility aside. */
static double
reaches(const struct uncertain *u, const struct rw_risk *r)
{
    double seen = u->t->seen_probability, all = 1;

    for (int f = RW_FUNCTION_VISIBILITY; f <= RW_FUNCTION_RECOGNITION; f++)
        all *= 1 - left(u, r, f, f);
    seen += (1 - seen) * all;
    return left(u, r, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE) * seen;
}

/* Q of this node; adds each asset's part to part[]. */
static double
share(const struct uncertain *u, double part[])
{
    double all = 0, none = 1;

    for (size_t i = 0; i < u->t->n_assets; i++) {
        double one = u->susceptibility * reaches(u, &u->m->risks[u->t->first_risk + i]);

        part[i] += one;
        all += one;
        none *= u->susceptibility > 0 ? 1 - one / u->susceptibility : 1;
    }
    return u->t->systemic ? u->susceptibility * (1 - none) : all;
}

static enum rw_err
init(struct uncertain *u, const struct rw_learn_request *q, size_t threat,
    struct rw_arena *a, struct rw_error *e)
{
    const struct rw_model *m = q->m;
    struct rw_prior p = {.rate = NULL};
    bool plugins = false;
    enum rw_err err = RW_OK;

    *u = (struct uncertain){.m = m,
        .t = &m->threats[threat],
        .coverage = RW_ARENA_NEW(a, m->n_controls, double),
        .efficacy = RW_ARENA_NEW(a, m->n_controls, double),
        .dist = RW_ARENA_NEW(a, 2 * m->n_controls + 1, const struct rw_dist *),
        .to = RW_ARENA_NEW(a, 2 * m->n_controls + 1, double *)};
    if (!u->coverage || !u->efficacy || !u->dist || !u->to)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
    add(u, &u->t->susceptibility.dist, &u->susceptibility);
    for (size_t c = 0; c < m->n_controls; c++) {
        const struct rw_control *x = &m->controls[c];

        if (x->status != RW_STATUS_OPERATING || !touches(u, c))
            continue;
        plugins |= x->use.plugin != NULL;
        if (x->use.plugin == NULL) {
            add(u, &x->coverage.dist, &u->coverage[c]);
            add(u, &x->efficacy.dist, &u->efficacy[c]);
        }
    }
    if (plugins)
        err = rw_prior_make(m, m->seed, q->stop, &p, e);
    for (size_t c = 0; c < m->n_controls && plugins && err == RW_OK; c++)
        if (m->controls[c].use.plugin != NULL) {
            /* mean over the horizon's ages, coverage included */
            u->coverage[c] = 1;
            u->efficacy[c] =
                rw_sum_array(p.intended + c * m->cycles, m->cycles) / m->cycles;
        }
    if (plugins)
        rw_prior_fini(&p);
    return err;
}

enum rw_err
rw_learn_share(const struct rw_learn_request *q, size_t threat, double node[],
    double ratio[], struct rw_arena *a, struct rw_error *e)
{
    struct uncertain u;
    gsl_qrng *points = NULL;
    double *x, all = 0;
    enum rw_err err = init(&u, q, threat, a, e);

    if (err != RW_OK)
        return err;
    x = RW_ARENA_NEW(a, u.n + 1, double);
    if (u.n > 0)
        points = gsl_qrng_alloc(
            u.n <= MOST_SOBOL ? gsl_qrng_sobol : gsl_qrng_reversehalton, (unsigned)u.n);
    if (x == NULL || (u.n > 0 && points == NULL))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
    memset(ratio, 0, u.t->n_assets * sizeof *ratio);
    /* the sequence's first point, 0, is the arena's; half a cell up each is the
     * middle of its cell in every dimension */
    for (size_t j = 0; j < RW_LEARN_NODES; j++) {
        if (j > 0 && u.n > 0)
            gsl_qrng_get(points, x);
        for (size_t k = 0; k < u.n; k++) {
            double up = x[k] + 0.5 / RW_LEARN_NODES;

            *u.to[k] = rw_dist_quantile(u.dist[k], up < 1 ? up : x[k]);
        }
        node[j] = share(&u, ratio);
        all += node[j];
    }
    for (size_t j = 0; j < RW_LEARN_NODES; j++)
        node[j] = fmax(node[j], 1e-9 * all / RW_LEARN_NODES);
    for (size_t i = 0; i < u.t->n_assets; i++)
        ratio[i] = all > 0 ? ratio[i] / all : 0;
    if (points != NULL)
        gsl_qrng_free(points);
    return RW_OK;
}
