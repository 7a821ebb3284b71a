/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks in stages: the controls they meet, what is expected of them, and
 * where their losses fall. */
#include "wheel/stage_meet.h"

#include <math.h>
#include <string.h>

enum rw_err
rw_stage_init(struct rw_wheel *g)
{
    size_t n = g->m->n_staged * g->room;
    struct rw_stages *s = &g->stages;

    s->x = RW_ARENA_NEW(&g->arena, n > 0 ? g->m->n_controls : 0, double);
    s->later = RW_ARENA_NEW(&g->arena, g->m->cycles * n, double);
    s->after = RW_ARENA_NEW(&g->arena, n, double);
    s->after_npv = RW_ARENA_NEW(&g->arena, n > 0 ? g->room : 0, double);
    s->due = RW_ARENA_NEW(&g->arena, g->watches ? g->m->cycles * n : 0, double);
    return s->x == NULL || s->later == NULL || s->after == NULL ||
                   s->after_npv == NULL || s->due == NULL
               ? RW_ERR_MEMORY
               : RW_OK;
}

void
rw_stage_begin(struct rw_wheel *g)
{
    size_t n = g->m->n_staged * g->room;

    if (n == 0)
        return;
    memset(g->stages.later, 0, g->m->cycles * n * sizeof(double));
    memset(g->stages.after, 0, n * sizeof(double));
    memset(g->stages.after_npv, 0, g->room * sizeof(double));
    if (g->watches)
        memset(g->stages.due, 0, g->m->cycles * n * sizeof(double));
}

/* ---- the controls ---- */

void
rw_stage_gather(struct rw_wheel *g, const struct rw_risk *r, size_t i)
{
    for (int f = 0; f < RW_FUNCTIONS; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            size_t c = r->controls[f][k];

            g->stages.x[c] = g->stands[c * g->room + i];
        }
}

void
rw_stage_gather_at(struct rw_wheel *g, const struct rw_risk *r, size_t i, double time)
{
    for (int f = 0; f < RW_FUNCTIONS; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            size_t c = r->controls[f][k], at = c * g->room + i;

            g->stages.x[c] = g->stands[at];
            if (rw_fail_possible(&g->m->controls[c]) && g->changes[at])
                g->stages.x[c] =
                    rw_fail_works(g, c, i, time) ? g->intended[at] : g->weak[at];
        }
}

static double
left_by(const size_t list[], size_t n, const double x[])
{
    double left = 1;

    for (size_t k = 0; k < n; k++)
        left *= 1 - x[list[k]];
    return left;
}

double
rw_stage_survive(const struct rw_model *m, const struct rw_risk *r, const double x[])
{
    double left = 1;

    (void)m;
    for (int f = RW_FUNCTION_AVOIDANCE; f <= RW_FUNCTION_RESISTANCE; f++)
        left *= left_by(r->controls[f], r->n_controls[f], x);
    return left;
}

static void
set_law(const struct rw_model *m, const struct rw_stage *s, const struct rw_watch *w,
    const double x[], struct rw_stage_law *to)
{
    *to = (struct rw_stage_law){.years = s->years,
        .advance = s->advance,
        .base = s->base,
        .visible = 1 - left_by(w->controls[0], w->n[0], x),
        .recognised = 1 - left_by(w->controls[2], w->n[2], x),
        .independence = s->independence,
        .class = (enum rw_ending)s->class};
    for (size_t k = 0; k < w->n[1]; k++) {
        size_t c = w->controls[1][k];

        to->reviews += x[c] / m->controls[c].every;
    }
}

void
rw_stage_meet(const struct rw_model *m, const struct rw_risk *r, const double x[],
    struct rw_stage_meet *to)
{
    const struct rw_attack *a = &m->threats[r->threat].attack;
    int f = RW_FUNCTION_CONTAINMENT;
    double contain = left_by(r->controls[f], r->n_controls[f], x);
    double restore = left_by(r->controls[f + 1], r->n_controls[f + 1], x);

    to->survive = rw_stage_survive(m, r, x);
    to->money = left_by(r->controls[f + 2], r->n_controls[f + 2], x);
    to->contain = a->contain * contain;
    to->restore = a->restore * restore;
    if (!a->times)
        to->money *= contain * restore;
    for (size_t k = 0; k < a->n; k++)
        set_law(m, &a->stages[k], &r->staged->watch[k], x, &to->law[k]);
}

/* ---- what is expected ---- */

static double
cost_of(const double mean[RW_PERS][RW_ENDINGS], int e, double p, double years,
    double contain, double outage)
{
    return mean[RW_PER_EVENT][e] * p +
           mean[RW_PER_DWELL_DAY][e] * (years + p * contain) +
           mean[RW_PER_OUTAGE_DAY][e] * p * outage;
}

void
rw_stage_ends(const struct rw_model *m, const struct rw_risk *r,
    const struct rw_stage_meet *x, double chance[RW_STAGE_ENDS],
    double cost[RW_STAGE_ENDS])
{
    const struct rw_attack *a = &m->threats[r->threat].attack;
    const struct rw_staged *s = r->staged;
    double answered = rw_reliability_response(x->contain, x->restore, a->overlap);
    double whole = rw_reliability_response(a->contain, a->restore, a->overlap);
    const int full = RW_ENDING_FULL;
    struct rw_endings end;

    rw_stages_end(x->law, a->n, &end);
    for (int e = 0; e < full; e++) {
        chance[e] = end.chance[e];
        cost[e] = x->money * cost_of(s->mean, e, end.chance[e], end.years[e],
                                 x->contain, answered);
        chance[full + 1 + e] = end.failed[e];
        cost[full + 1 + e] = s->failed[RW_PER_EVENT][e] * end.failed[e] +
                             s->failed[RW_PER_DWELL_DAY][e] *
                                 (end.failed_years[e] + end.failed[e] * a->contain) +
                             s->failed[RW_PER_OUTAGE_DAY][e] * end.failed[e] * whole;
    }
    chance[full] = end.chance[full];
    cost[full] =
        cost_of(s->mean, full, end.chance[full], end.years[full], a->contain, whole);
}

double
rw_stage_cost(
    const struct rw_model *m, const struct rw_risk *r, const struct rw_stage_meet *x)
{
    double chance[RW_STAGE_ENDS], cost[RW_STAGE_ENDS], sum = 0, unseen = 0;

    rw_stage_ends(m, r, x, chance, cost);
    for (int e = 0; e < RW_ENDING_FULL; e++)
        sum += cost[e];
    for (int e = RW_ENDING_FULL; e < RW_STAGE_ENDS; e++)
        unseen += cost[e];
    return sum + unseen;
}

void
rw_stage_residual(struct rw_wheel *g, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    const double *rate = g->acc.risk_rate + r * g->room;
    const double *factor = g->w->factor + x->threat * g->w->room;
    double *residual = g->acc.risk_residual + r * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        struct rw_stage_meet meet;

        rw_stage_gather(g, x, i);
        rw_stage_meet(g->m, x, g->stages.x, &meet);
        residual[i] = rate[i] * factor[i] * rw_stage_cost(g->m, x, &meet);
        g->acc.residual[i] += residual[i];
    }
}

/* ---- what is believed ---- */

static void
gather_believed(struct rw_wheel *g, const struct rw_risk *r, size_t i)
{
    for (int f = 0; f < RW_FUNCTIONS; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            size_t c = r->controls[f][k];

            g->stages.x[c] = rw_believe_worth(g, c, i);
        }
}

void
rw_stage_believed(struct rw_wheel *g, size_t r, double survive[], double cost[])
{
    const struct rw_risk *x = &g->m->risks[r];

    for (size_t i = 0; i < g->w->n; i++) {
        struct rw_stage_meet meet;

        gather_believed(g, x, i);
        rw_stage_meet(g->m, x, g->stages.x, &meet);
        survive[i] = meet.survive;
        cost[i] = rw_stage_cost(g->m, x, &meet);
    }
}

void
rw_stage_believed_ends(struct rw_wheel *g, size_t r, size_t i, double *survive,
    double chance[RW_STAGE_ENDS], double cost[RW_STAGE_ENDS])
{
    const struct rw_risk *x = &g->m->risks[r];
    struct rw_stage_meet meet;

    gather_believed(g, x, i);
    rw_stage_meet(g->m, x, g->stages.x, &meet);
    *survive = meet.survive;
    rw_stage_ends(g->m, x, &meet, chance, cost);
}

/* E[(time until an attack comes to light - c)^+]: seen, or with full impact and
 * noticed after an exponential time. */
static double
light_after(const struct rw_threat *t, const struct rw_stage_meet *x, double impact,
    double years, double c)
{
    double d = t->seen_delay, after = 0;

    if (c < years)
        after = rw_stages_after(x->law, t->attack.n, c) + impact * (years - c + d);
    else if (d > 0)
        after = impact * d * exp(-(c - years) / d);
    return after;
}

/* Of one attack, the times of beginning uniform over the cycle, from now on:
 * that it comes to light `lag` cycles later or after that is
 * (M(lag - 1) - M(lag)) / cycle with M as above. */
static void
spread(struct rw_wheel *g, size_t r, size_t i, double attacks)
{
    const struct rw_risk *x = &g->m->risks[r];
    const struct rw_threat *t = &g->m->threats[x->threat];
    size_t row = g->m->n_staged * g->room, at = x->staged->slot * g->room + i;
    struct rw_stage_meet meet;
    double impact, years = 0, later, before, seen;

    rw_stage_meet(g->m, x, g->stages.x, &meet);
    for (size_t k = 0; k < t->attack.n; k++)
        years += t->attack.stages[k].years;
    impact = rw_stages_reach(meet.law, t->attack.n) * t->seen_probability;
    seen = impact;
    for (size_t k = 0; k < t->attack.n; k++)
        seen += rw_stages_reach(meet.law, k) * rw_stage_seen(&meet.law[k]);
    before = light_after(t, &meet, impact, years, 0);
    for (unsigned lag = 0; g->w->cycle + lag < g->m->cycles && seen > 0; lag++) {
        double now = light_after(t, &meet, impact, years, (lag + 1) * g->m->years);

        later = (before - now) * g->m->per_year;
        g->stages.due[(g->w->cycle + lag) * row + at] +=
            attacks * meet.survive * fmax(seen - later, 0);
        seen = later;
        before = now;
    }
}

void
rw_stage_exposure(struct rw_wheel *g, size_t r, double rate, double exposure[])
{
    const struct rw_risk *x = &g->m->risks[r];
    size_t row = g->m->n_staged * g->room, slot = x->staged->slot * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        gather_believed(g, x, i);
        spread(g, r, i, rate);
        exposure[i] = g->stages.due[g->w->cycle * row + slot + i];
    }
}

/* ---- where losses fall ---- */

void
rw_stage_due(struct rw_wheel *g)
{
    for (size_t r = 0; r < g->m->n_risks; r++) {
        const struct rw_risk *x = &g->m->risks[r];
        size_t row = g->m->n_staged * g->room;

        if (x->staged == NULL)
            continue;
        for (size_t i = 0; i < g->w->n; i++)
            g->acc.risk_loss[r * g->room + i] +=
                g->stages.later[g->w->cycle * row + x->staged->slot * g->room + i];
    }
}

void
rw_stage_close(struct rw_wheel *g)
{
    for (size_t r = 0; r < g->m->n_risks; r++) {
        const struct rw_risk *x = &g->m->risks[r];
        const struct rw_threat *t = &g->m->threats[x->threat];

        if (x->staged == NULL)
            continue;
        for (size_t i = 0; i < g->w->n; i++) {
            double after = g->stages.after[x->staged->slot * g->room + i];

            g->acc.after[i] += after;
            g->acc.total_threat[x->threat * g->room + i] += after;
            g->acc.asset_loss[x->asset * g->room + i] += after;
            if (t->n_losses == 1)
                g->acc.form_loss[t->losses[0].form * g->room + i] += after;
        }
    }
    for (size_t i = 0; i < g->w->n && g->m->n_staged > 0; i++)
        g->acc.npv[i] -= g->stages.after_npv[i];
}
