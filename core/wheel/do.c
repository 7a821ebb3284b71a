/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do: pay, bring controls into operation, let them wear and fail, and work
 * out what share of the events they leave. */
#include "num/cpu.h"
#include "wheel/wear.h"
#include "wheel/wheel.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* Money for a control, in the future's own truth, under its pillar. */
static void
pay(struct rw_wheel *g, size_t c, size_t i, double amount)
{
    g->acc.spend[i] += amount;
    g->acc.pillar_spend[g->m->controls[c].pillar * g->room + i] += amount;
    if (g->m->benefit)
        g->acc.control_spend[c * g->room + i] += amount;
}

static void
pay_control(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const double *capital = rw_world_truth(g->w, &x->capital);
    const double *running = rw_world_truth(g->w, &x->running);
    unsigned t = g->w->cycle;
    double growth = rw_deliver_growth(g, c);

    for (size_t i = 0; i < g->w->n; i++) {
        size_t at = c * g->room + i;

        if (g->bought[at] == t && x->status != RW_STATUS_OPERATING)
            pay(g, c, i, capital[i]);
        if (g->since[at] <= t)
            pay(g, c, i, running[i] * g->m->years * growth);
    }
}

/* Where it does not operate yet, or only from now on, its state is the first:
 * a call for the block's other futures has moved it. */
static void
begin_late_states(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_plugin *p = x->use.plugin;

    for (size_t j = 0; j < p->n_states; j++)
        for (size_t i = 0; i < g->w->n; i++)
            if (g->since[c * g->room + i] >= g->w->cycle)
                g->state[(x->state_slot + j) * g->room + i] = p->states[j].initial;
}

/* Efficacy of a plugin's control into intended[]. */
static enum rw_err
call_control(struct rw_wheel *g, size_t c, struct rw_error *e)
{
    const struct rw_control *x = &g->m->controls[c];
    struct rw_hook_field f[RW_CONTROL_FIELDS];
    struct rw_hook_call call = {.fields = f, .n_fields = RW_CONTROL_FIELDS};
    double *efficacy = g->intended + c * g->room;
    unsigned t = g->w->cycle;

    begin_late_states(g, c);
    for (size_t i = 0; i < g->w->n; i++) {
        unsigned since = g->since[c * g->room + i];

        g->age[i] = since <= t ? (t - since + 0.5) * g->m->years : 0;
        efficacy[i] = 0;
    }
    rw_hook_control_fields(f);
    f[RW_CONTROL_CYCLE].number = t + 1;
    f[RW_CONTROL_YEARS].number = g->m->years;
    f[RW_CONTROL_TIME].number = t * g->m->years;
    f[RW_CONTROL_AGE].x = g->age;
    f[RW_CONTROL_EFFICACY].x = efficacy;
    rw_world_bind(
        g->w, &x->use, g->state + x->state_slot * g->room, g->params, g->states, &call);
    return x->use.plugin->ops->call(g->controls[c], &call, e);
}

/* Some future has it in operation. */
static bool
operates(const struct rw_wheel *g, size_t c)
{
    for (size_t i = 0; i < g->w->n; i++)
        if (g->since[c * g->room + i] <= g->w->cycle)
            return true;
    return false;
}

/* What it is worth in this cycle, working and failed. */
static enum rw_err
set_effect(struct rw_wheel *g, size_t c, struct rw_error *e)
{
    const struct rw_control *x = &g->m->controls[c];
    const double *coverage = rw_world_truth(g->w, &x->coverage);
    double *intended = g->intended + c * g->room, *weak = g->weak + c * g->room;
    double *stands = g->stands + c * g->room, worn = 1;
    unsigned t = g->w->cycle, worn_at = UINT_MAX;

    if (x->use.plugin != NULL) {
        enum rw_err err = call_control(g, c, e);

        if (err != RW_OK)
            return err;
    } else {
        memcpy(
            intended, rw_world_truth(g->w, &x->efficacy), g->w->n * sizeof *intended);
    }
    for (size_t i = 0; i < g->w->n; i++) {
        unsigned since = g->since[c * g->room + i];

        if (since > t) {
            intended[i] = weak[i] = stands[i] = 0;
            continue;
        }
        if (x->half_life > 0) {
            if (t - since != worn_at) { /* most futures are of one age */
                worn_at = t - since;
                worn = rw_wear_left(x, g->m->years, worn_at);
            }
            intended[i] *= worn;
        }
        weak[i] = coverage[i] *
                  (intended[i] < x->fail_efficacy ? intended[i] : x->fail_efficacy);
        stands[i] = intended[i] *= coverage[i];
    }
    if (x->upkeep.steady_fails > 0)
        rw_support_steady(g, c);
    return RW_OK;
}

static enum rw_err
run_control(struct rw_wheel *g, size_t c, struct rw_error *e)
{
    const struct rw_control *x = &g->m->controls[c];
    enum rw_err err;

    if (!operates(g, c)) {
        size_t bytes = g->room * sizeof(double);

        memset(g->intended + c * g->room, 0, bytes);
        memset(g->weak + c * g->room, 0, bytes);
        memset(g->stands + c * g->room, 0, bytes);
        return RW_OK;
    }
    err = set_effect(g, c, e);
    if (err != RW_OK || !rw_fail_possible(x))
        return err;
    for (size_t i = 0; i < g->w->n && x->fails > 0; i++)
        if (g->since[c * g->room + i] == g->w->cycle)
            rw_fail_start(g, c, i, x->status == RW_STATUS_OPERATING);
    rw_fail_cycle(g, c);
    return RW_OK;
}

/* left[] *= prod (1 - stands) over the controls of one function. */
static void
leave(const struct rw_wheel *g, size_t r, enum rw_function f, double left[])
{
    const struct rw_risk *x = &g->m->risks[r];

    for (size_t k = 0; k < x->n_controls[f]; k++) {
        const double *stands = g->stands + x->controls[f][k] * g->room;

        for (size_t i = 0; i < g->w->n; i++)
            left[i] *= 1 - stands[i];
    }
}

static void
fill(size_t n, double x, double row[])
{
    for (size_t i = 0; i < n; i++)
        row[i] = x;
}

static void
see(struct rw_wheel *g, size_t r, double seen[])
{
    const struct rw_risk *x = &g->m->risks[r];
    double p0 = g->m->threats[x->threat].seen_probability;
    enum rw_function f = RW_FUNCTION_VISIBILITY;

    if (x->n_controls[f] == 0 || x->n_controls[f + 1] == 0 ||
        x->n_controls[f + 2] == 0 || p0 >= 1) {
        fill(g->w->n, p0, seen);
        return;
    }
    fill(g->w->n, 1, seen);
    for (int k = 0; k < 3; k++) {
        fill(g->w->n, 1, g->row);
        leave(g, r, f + (enum rw_function)k, g->row);
        for (size_t i = 0; i < g->w->n; i++)
            seen[i] *= 1 - g->row[i];
    }
    for (size_t i = 0; i < g->w->n; i++)
        seen[i] = p0 + (1 - p0) * seen[i];
}

static void
mix_in(size_t n, const uint8_t *restrict changes, uint8_t *restrict mixed)
{
    for (size_t i = 0; i < n; i++)
        mixed[i] |= changes[i];
}

/* mixed <- some covering control changes; plain: none does in any future, and
 * incidents are seen for certain and at once. */
static void
mix(struct rw_wheel *g, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    const struct rw_threat *k = &g->m->threats[x->threat];
    uint8_t *mixed = g->mixed + r * g->room, any = 0;

    memset(mixed, 0, g->w->n);
    for (int f = 0; f < RW_FUNCTIONS; f++)
        for (size_t j = 0; j < x->n_controls[f]; j++) {
            size_t c = x->controls[f][j];

            if (rw_fail_possible(&g->m->controls[c]))
                mix_in(g->w->n, g->changes + c * g->room, mixed);
        }
    for (size_t i = 0; i < g->w->n; i++)
        any |= mixed[i];
    g->plain[r] =
        any == 0 && x->staged == NULL && k->seen_probability >= 1 && k->seen_delay <= 0;
}

/* most *= what a control leaves at worst, where the risk is mixed; else times 1. */
static inline __attribute__((always_inline)) void
leave_worst_by(size_t n, const uint8_t *restrict mixed, const uint8_t *restrict changes,
    const double *restrict weak, const double *restrict stands, double *restrict most)
{
    for (size_t i = 0; i < n; i++) {
        double least = changes[i] > 0 ? weak[i] : stands[i];

        most[i] *= mixed[i] > 0 ? 1 - least : 1;
    }
}

static void
leave_worst(const struct rw_wheel *g, size_t c, const uint8_t mixed[], double most[])
{
    size_t at = c * g->room;

    leave_worst_by(g->w->n, mixed, g->changes + at, g->weak + at, g->stands + at, most);
}

RW_CPU_WIDE static void
leave_worst_wide(
    const struct rw_wheel *g, size_t c, const uint8_t mixed[], double most[])
{
    size_t at = c * g->room;

    leave_worst_by(g->w->n, mixed, g->changes + at, g->weak + at, g->stands + at, most);
}

/* Where prevention changes within the cycle: what it leaves at worst. */
static void
find_most(struct rw_wheel *g, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    const uint8_t *mixed = g->mixed + r * g->room;
    double *most = g->most + r * g->room;

    for (size_t i = 0; i < g->w->n; i++)
        most[i] = mixed[i] > 0 ? 1 : most[i];
    for (int f = RW_FUNCTION_AVOIDANCE; f <= RW_FUNCTION_RESISTANCE; f++)
        for (size_t k = 0; k < x->n_controls[f]; k++)
            (rw_cpu_wide() ? leave_worst_wide : leave_worst)(
                g, x->controls[f][k], mixed, most);
}

/* Nothing stands between the risk's events and the organisation. */
static bool
untouched(const struct rw_wheel *g, size_t r)
{
    for (size_t i = r * g->room; i < r * g->room + g->w->n; i++)
        if (g->survive[i] < 1 || g->left[i] < 1)
            return false;
    return g->plain[r];
}

/* A year's expected loss in every future: unseen events are lost whole, of
 * seen ones response leaves a share; then the cover pays. */
static void
set_residual(struct rw_wheel *g, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    const double *seen = g->seen + r * g->room, *left = g->left + r * g->room;
    const double *rate = g->acc.risk_rate + r * g->room;
    const double *factor = g->w->factor + x->threat * g->w->room;
    double *residual = g->acc.risk_residual + r * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        if (x->cover == NULL)
            residual[i] =
                rate[i] * x->mean_loss * factor[i] * (1 - seen[i] * (1 - left[i]));
        else
            residual[i] = rate[i] * ((1 - seen[i]) * rw_risk_kept(x, factor[i]) +
                                        seen[i] * rw_risk_kept(x, factor[i] * left[i]));
        g->acc.residual[i] += residual[i];
    }
}

/* Survive, seen, left, rate and residual from g->stands. */
void
rw_do_assess(struct rw_wheel *g, size_t r, const double raw[])
{
    const struct rw_risk *x = &g->m->risks[r];
    double *survive = g->survive + r * g->room, *seen = g->seen + r * g->room;
    double *left = g->left + r * g->room;
    double *rate = g->acc.risk_rate + r * g->room;
    const double *brought = g->w->brought + x->threat * g->w->room;
    bool shocked = g->m->threats[x->threat].shocked;
    double per_year = g->m->per_year;

    fill(g->w->n, 1, survive);
    fill(g->w->n, 1, left);
    for (int f = RW_FUNCTION_AVOIDANCE; f <= RW_FUNCTION_RESISTANCE; f++)
        leave(g, r, (enum rw_function)f, survive);
    for (int f = RW_FUNCTION_CONTAINMENT; f <= RW_FUNCTION_LOSS_MINIMISATION; f++)
        leave(g, r, (enum rw_function)f, left);
    see(g, r, seen);
    for (size_t i = 0; i < g->w->n; i++)
        rate[i] = (raw[i] * per_year + (shocked ? brought[i] : 0)) * survive[i];
    if (x->staged != NULL)
        rw_stage_residual(g, r);
    else
        set_residual(g, r);
}

/* The risk as the controls leave it at mid-cycle. */
static void
combine(struct rw_wheel *g, size_t r)
{
    size_t at = r * g->room;

    rw_do_assess(g, r, rw_world_expected(g->w, g->m->risks[r].source));
    mix(g, r);
    memcpy(g->most + at, g->survive + at, g->w->n * sizeof *g->most);
    if (!g->plain[r])
        find_most(g, r);
    g->untouched[r] = untouched(g, r);
}

enum rw_err
rw_wheel_do(struct rw_wheel *g, struct rw_error *e)
{
    for (size_t k = 0; k < g->m->n_controls; k++) {
        size_t c = g->m->upkeep.order[k];
        enum rw_err err = run_control(g, c, e);

        if (err != RW_OK)
            return err;
        pay_control(g, c);
    }
    for (size_t r = 0; r < g->m->n_risks; r++)
        combine(g, r);
    if (g->parts.on)
        rw_attribute_cycle(g);
    return RW_OK;
}
