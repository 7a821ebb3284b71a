/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do: pay, bring controls into operation, let them fail, and work out what share of
 * the events they leave. */
#include "num/cpu.h"
#include "num/row.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

/* ---- money ---- */

static void
pay(struct rw_wheel *g, size_t c, size_t i, double amount)
{
    g->acc.spend[i] += amount;
    g->acc.pillar_spend[g->m->controls[c].pillar * g->room + i] += amount;
    if (g->m->benefit)
        g->acc.control_spend[c * g->room + i] += amount;
}

/* In the future's own truth. */
static void
pay_capital(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const double *capital = rw_world_truth(g->w, &x->capital);
    const uint16_t *bought = g->bought + c * g->room;
    uint16_t t = (uint16_t)g->w->cycle;

    if (x->status == RW_STATUS_OPERATING || !rw_row_cycles(g->w->n, bought, t).now)
        return;
    for (size_t i = 0; i < g->w->n; i++)
        if (bought[i] == t)
            pay(g, c, i, capital[i]);
}

/* What a control costs a year by future, of a cycle of so many years, and grown. */
struct bill {
    const double *running;
    double years, growth;
    const uint16_t *since; /* paid from then on */
    unsigned cycle;
};

/* Three sums += it. */
RW_CPU_EACH void
add_bill_by(size_t n, const struct bill *b, double *restrict spend,
    double *restrict pillar, double *restrict own)
{
    const double *restrict running = b->running;
    const uint16_t *restrict since = b->since;
    const double years = b->years, growth = b->growth;
    const unsigned cycle = b->cycle;

    for (size_t i = 0; i < n; i++) {
        double amount = running[i] * years * growth;
        bool on = since[i] <= cycle;

        spend[i] = on ? spend[i] + amount : spend[i];
        pillar[i] = on ? pillar[i] + amount : pillar[i];
        own[i] = on ? own[i] + amount : own[i];
    }
}
RW_CPU_VARIANTS(void, add_bill,
    (size_t n, const struct bill *b, double spend[], double pillar[], double own[]),
    (n, b, spend, pillar, own))

static void
pay_running(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct bill b = {.running = rw_world_truth(g->w, &x->running),
        .years = g->m->years,
        .growth = rw_deliver_growth(g, c),
        .since = g->since + c * g->room,
        .cycle = g->w->cycle};

    add_bill(g->w->n, &b, g->acc.spend, g->acc.pillar_spend + x->pillar * g->room,
        g->m->benefit ? g->acc.control_spend + c * g->room : g->row);
}

/* ---- controls ---- */

static enum rw_err
run_control(struct rw_wheel *g, size_t c, struct rw_error *e)
{
    const struct rw_control *x = &g->m->controls[c];
    enum rw_err err;

    g->changing[c] = false;
    if (rw_wheel_absent(g, c)) /* its rows are 0 since the start of the horizon */
        return RW_OK;
    err = rw_stand_set(g, c, e);
    if (err != RW_OK || !rw_fail_possible(x))
        return err;
    if (x->fails > 0 && g->operation[c].now)
        rw_fail_start(g, c, x->status == RW_STATUS_OPERATING);
    rw_fail_cycle(g, c);
    g->changing[c] = rw_row_any(g->w->n, g->changes + c * g->room);
    return RW_OK;
}

/* ---- risks ---- */

/* rate = (raw a year + brought) * survive; brought NULL: none. */
RW_CPU_EACH void
set_rate_by(size_t n, const double *restrict raw, double per_year,
    const double *restrict brought, const double *restrict survive,
    double *restrict rate)
{
    if (brought == NULL)
        for (size_t i = 0; i < n; i++)
            rate[i] = (raw[i] * per_year + 0) * survive[i];
    else
        for (size_t i = 0; i < n; i++)
            rate[i] = (raw[i] * per_year + brought[i]) * survive[i];
}
RW_CPU_VARIANTS(void, set_rate,
    (size_t n, const double raw[], double per_year, const double brought[],
        const double survive[], double rate[]),
    (n, raw, per_year, brought, survive, rate))

/* A year's expected loss, and all += it: unseen events are lost whole, of seen ones
 * response leaves a share. */
RW_CPU_EACH void
set_plain_residual_by(size_t n, double mean, const double *restrict rate,
    const double *restrict factor, const double *restrict seen,
    const double *restrict left, double *restrict residual, double *restrict all)
{
    for (size_t i = 0; i < n; i++) {
        residual[i] = rate[i] * mean * factor[i] * (1 - seen[i] * (1 - left[i]));
        all[i] += residual[i];
    }
}
RW_CPU_VARIANTS(void, set_plain_residual,
    (size_t n, double mean, const double rate[], const double factor[],
        const double seen[], const double left[], double residual[], double all[]),
    (n, mean, rate, factor, seen, left, residual, all))

/* Then the cover pays. */
static void
set_residual(struct rw_wheel *g, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    const double *seen = rw_guard_seen(g, r), *left = rw_guard_left(g, r);
    const double *rate = g->acc.risk_rate + r * g->room;
    const double *factor = g->w->factor + x->threat * g->w->room;
    double *residual = g->acc.risk_residual + r * g->room, *all = g->acc.residual;

    if (x->cover == NULL) {
        set_plain_residual(
            g->w->n, x->mean_loss, rate, factor, seen, left, residual, all);
        return;
    }
    for (size_t i = 0; i < g->w->n; i++)
        residual[i] = rate[i] * ((1 - seen[i]) * rw_risk_kept(x, factor[i]) +
                                    seen[i] * rw_risk_kept(x, factor[i] * left[i]));
    rw_row_add(g->w->n, residual, all);
}

void
rw_do_assess(struct rw_wheel *g, size_t r, const double raw[])
{
    const struct rw_risk *x = &g->m->risks[r];
    bool shocked = g->m->threats[x->threat].shocked;
    const double *brought = g->w->brought + x->threat * g->w->room;

    set_rate(g->w->n, raw, g->m->per_year, shocked ? brought : NULL,
        rw_guard_survive(g, r), g->acc.risk_rate + r * g->room);
    if (x->staged != NULL)
        rw_stage_residual(g, r);
    else
        set_residual(g, r);
}

/* The risk as the controls leave it at mid-cycle; plain: nothing changes in any future,
 * and incidents are seen for certain and at once; untouched: nothing stands between the
 * risk's events and the organisation. */
static void
combine(struct rw_wheel *g, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    const struct rw_threat *k = &g->m->threats[x->threat];
    bool mixed = rw_guard_mixed(g, r, g->mixed + r * g->room);

    rw_do_assess(g, r, rw_world_expected(g->w, x->source));
    g->plain[r] =
        !mixed && x->staged == NULL && k->seen_probability >= 1 && k->seen_delay <= 0;
    g->untouched[r] = g->plain[r] && rw_guard_bare(g, r);
}

enum rw_err
rw_wheel_do(struct rw_wheel *g, struct rw_error *e)
{
    rw_stand_look(g);
    for (size_t k = 0; k < g->m->n_controls; k++) {
        size_t c = g->m->upkeep.order[k];
        enum rw_err err = run_control(g, c, e);

        if (err != RW_OK)
            return err;
        pay_capital(g, c);
        if (!rw_wheel_absent(g, c))
            pay_running(g, c);
    }
    rw_guard_stand(g);
    rw_guard_change(g);
    for (size_t r = 0; r < g->m->n_risks; r++)
        combine(g, r);
    if (g->parts.on)
        rw_attribute_cycle(g);
    return RW_OK;
}
