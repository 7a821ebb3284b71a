/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/precision.h"

#include "base/unit.h"
#include "num/tail.h"
#include "study/figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SPARE  1.1 /* more futures than the pilot's width asks for */
#define TRIALS 1e9

static enum rw_err
refuse(struct rw_error *e, const char *s, const char *why)
{
    return rw_error_set(e, RW_ERR_USAGE,
        "--precision wants a relative error and a quantile, such as 1%%@0.99, not "
        "'%.40s': %s",
        s, why);
}

enum rw_err
rw_precision_parse(const char *s, struct rw_precision *p, struct rw_error *e)
{
    const char *at = strchr(s, '@');
    char left[64], why[256];

    *p = (struct rw_precision){.needed = 0};
    if (at == NULL)
        return refuse(e, s, "there is no @ in it");
    if ((size_t)(at - s) >= sizeof left)
        return refuse(e, s, "it is too long");
    snprintf(left, sizeof left, "%.*s", (int)(at - s), s);
    if (rw_unit_parse(left, RW_UNIT_SHARE, "", &p->wanted, why, sizeof why) != RW_OK ||
        rw_unit_parse(at + 1, RW_UNIT_SHARE, "", &p->q, why, sizeof why) != RW_OK)
        return refuse(e, s, why);
    if (!(p->wanted > 0))
        return refuse(e, s, "no number of futures has an error of 0 %");
    if (!(p->wanted < 1))
        return refuse(e, s, "the error must be below 100 %");
    if (!(p->q > 0 && p->q < 1))
        return refuse(e, s, "the quantile must be between 0 and 1");
    if (rw_precision_least(p->q) > TRIALS)
        return refuse(e, s, "so extreme a quantile needs more than 1e9 futures");
    return RW_OK;
}

double
rw_precision_least(double q)
{
    double side = q < 0.5 ? q : 1 - q;

    return ceil(RW_TAIL_BEYOND / side * (1 - 1e-9));
}

size_t
rw_precision_most(const struct rw_model *m, size_t n_strategies)
{
    /* kept of each future, and two arrays to sort in */
    double each = 8 * ((double)n_strategies * (m->n_years + 3.0) + 2);

    return (size_t)fmin(TRIALS, floor(RW_PRECISION_BYTES / each));
}

static enum rw_err
take(struct rw_figures *f, size_t s, struct rw_error *e)
{
    return rw_figures_take(f,
        rw_column_row(f->rows.years > 0 ? rw_row_loss(&f->rows, s, 0)
                                        : rw_row_horizon(&f->rows, s)),
        e);
}

/* Of the strategy whose figure was taken. */
static enum rw_err
no_spread(
    struct rw_figures *f, size_t s, const struct rw_precision *p, struct rw_error *e)
{
    const struct rw_outcome *o = f->o;
    double over, low, high;

    rw_figures_exceedance(f, 0, &over, &low, &high);
    return rw_error_set(e, RW_ERR_USAGE,
        "--precision: the %g quantile of '%s' is 0, and no error is relative to that: "
        "%.3g %% of its futures lose nothing; ask for a higher quantile",
        p->q, o->model->strategies[o->strategy[s]].name, 100 * (1 - over));
}

/* One strategy's relative half width into *p where it is the widest so far. */
static enum rw_err
measure_strategy(struct rw_figures *f, size_t s, struct rw_precision *p, bool *spread,
    struct rw_error *e)
{
    const struct rw_outcome *o = f->o;
    struct rw_quantile k;
    enum rw_err err = take(f, s, e);
    double half;

    if (err != RW_OK)
        return err;
    k = rw_figures_quantile(f, p->q);
    RW_BUG_ASSERT(!k.refused);
    if (k.high <= 0)
        return RW_OK; /* known to be 0 */
    if (k.value <= 0)
        return no_spread(f, s, p, e);
    half = (k.high - k.low) / (2 * k.value);
    if (!*spread || half > p->reached) {
        p->reached = half;
        p->strategy = o->model->strategies[o->strategy[s]].name;
    }
    *spread = true;
    return RW_OK;
}

enum rw_err
rw_precision_measure(
    const struct rw_outcome *o, struct rw_precision *p, struct rw_error *e)
{
    struct rw_figures f;
    enum rw_err err = rw_figures_init(&f, o, e);
    bool spread = false;

    p->reached = 0;
    p->strategy = NULL;
    for (size_t s = 0; s < o->n_strategies && err == RW_OK; s++)
        err = measure_strategy(&f, s, p, &spread, e);
    if (err == RW_OK && !spread)
        err = take(&f, 0, e);
    if (err == RW_OK && !spread)
        err = no_spread(&f, 0, p, e);
    rw_figures_fini(&f);
    if (err != RW_OK)
        return err;
    p->met = p->reached <= p->wanted;
    p->needed = (double)o->n;
    if (!p->met)
        p->needed *= SPARE * (p->reached / p->wanted) * (p->reached / p->wanted);
    return RW_OK;
}

enum rw_err
rw_precision_run(const struct rw_model *m, const struct rw_run_options *x,
    struct rw_precision *p, struct rw_outcome **o, struct rw_error *e)
{
    struct rw_run_options next = *x;
    double least = rw_precision_least(p->q), more;
    size_t strategies = x->strategies ? x->n_strategies : m->n_strategies;
    enum rw_err err;

    *o = NULL;
    if (m->sampling != RW_SAMPLING_PLAIN)
        return rw_error_set(e, RW_ERR_USAGE,
            "--precision foresees how errors fall with independent futures, which "
            "those "
            "of sampling 'sobol' are not; give their number as --trials, or ask for "
            "--sampling plain");
    if (p->most == 0 && x->futures == RW_FUTURES_TALLIED)
        p->most = (size_t)TRIALS;
    if (p->most == 0)
        p->most = rw_precision_most(m, strategies);
    next.trials = x->trials > 0 ? x->trials : m->trials;
    if (least > (double)next.trials)
        next.trials = (size_t)least;
    if (next.trials > p->most)
        return rw_error_set(e, RW_ERR_LIMIT,
            "--precision: the first run alone needs %zu futures, more than the limit "
            "of %zu (--trials-max); raise that, or lower --trials",
            next.trials, p->most);
    for (p->runs = 1;; p->runs++) {
        rw_outcome_free(*o); /* first, so that there is never more than one */
        *o = NULL;
        err = rw_run(m, &next, o, e);
        if (err == RW_OK)
            err = rw_precision_measure(*o, p, e);
        if (err != RW_OK || p->met || next.trials >= p->most ||
            p->runs == RW_PRECISION_RUNS)
            return err;
        more = fmax(ceil(p->needed), p->runs > 1 ? 1.25 * (double)next.trials : 0);
        next.trials = (size_t)fmin(more, (double)p->most);
    }
}
