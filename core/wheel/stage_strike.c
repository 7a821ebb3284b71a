/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks in stages strike: how each ends under every strategy, then their
 * losses, drawn once for all of them, then the booking. */
#include "wheel/largest.h"
#include "wheel/stage_meet.h"

#include <math.h>
#include <stdlib.h>

enum { DAYS_PER_YEAR = 365 };

/* How an attack ends under one strategy. */
struct rw_attack_outcome {
    bool begun;            /* prevention let it through */
    enum rw_ending ending; /* of one that fails, class: that of the stage */
    enum rw_ending class;
    double years;         /* from the event until then */
    double dwell, outage; /* days */
    double money;         /* what an answer leaves     */
    double time;          /* of the event within its cycle */
};

enum rw_err
rw_stage_strike_init(struct rw_strike *x, const struct rw_model *m, size_t n)
{
    size_t losses = 0;

    for (size_t t = 0; t < m->n_threats; t++)
        if (m->threats[t].attack.n > 0 && m->threats[t].n_losses > losses)
            losses = m->threats[t].n_losses;
    x->amount = calloc(losses * RW_ENDINGS + 1, sizeof *x->amount);
    x->outcome = calloc(losses > 0 ? n * RW_EVENTS_ROOM : 1, sizeof *x->outcome);
    return x->amount == NULL || x->outcome == NULL ? RW_ERR_MEMORY : RW_OK;
}

/* An attack's uniforms, drawn as its stages are reached. */
struct course {
    size_t drawn;
    double u[RW_STAGES_MAX][4];
};

static const double *
draws(const struct rw_strike *x, const struct rw_world *w, const struct rw_event *v,
    size_t stage, struct course *c)
{
    for (; c->drawn <= stage; c->drawn++)
        rw_world_stage_draws(w, x->stage_lane, v, c->drawn, c->u[c->drawn]);
    return c->u[stage];
}

static void
end(const struct rw_strike *x, const struct rw_world *w, const struct rw_attack *a,
    const struct rw_stage_meet *meet, const struct rw_event *v, struct course *c,
    struct rw_attack_outcome *o)
{
    o->years = 0;
    o->ending = o->class = RW_ENDING_FULL;
    for (size_t k = 0; k < a->n; k++) {
        const double *u = draws(x, w, v, k, c);
        double when = rw_stage_when(&meet->law[k], u[0], u[1]);

        if (isfinite(when)) {
            o->years += when;
            o->ending = o->class = meet->law[k].class;
            return;
        }
        o->years += a->stages[k].years;
        if (u[2] >= a->stages[k].advance) {
            o->ending = RW_ENDING_FAILS;
            o->class = meet->law[k].class;
            return;
        }
    }
}

static void
answer(const struct rw_attack *a, const struct rw_stage_meet *meet,
    struct rw_attack_outcome *o)
{
    bool seen = o->ending < RW_ENDING_FULL;
    double contain = seen ? meet->contain : a->contain;
    double restore = seen ? meet->restore : a->restore;

    o->money = seen ? meet->money : 1;
    o->dwell = (o->years + contain) * DAYS_PER_YEAR;
    o->outage = rw_reliability_response(contain, restore, a->overlap) * DAYS_PER_YEAR;
}

/* Under one strategy. */
static struct rw_attack_outcome
outcome_of(const struct rw_strike *x, const struct rw_strike_rows *s, struct rw_blow *b,
    struct course *c)
{
    struct rw_wheel *g = s->g;
    const struct rw_risk *r = &g->m->risks[b->risk];
    const struct rw_attack *a = &g->m->threats[r->threat].attack;
    struct rw_attack_outcome o = {.begun = false};
    struct rw_stage_meet meet;
    size_t i = b->v->future;

    if (s->mixed[i]) {
        rw_blow_fate(b, g->w);
        rw_stage_gather_at(g, r, i, (g->w->cycle + b->fate.time) * g->m->years);
    } else {
        rw_stage_gather(g, r, i);
    }
    if (!rw_blow_passes(b, g->w, rw_stage_survive(g->m, r, g->stages.x)))
        return o;
    rw_stage_meet(g->m, r, g->stages.x, &meet);
    rw_blow_fate(b, g->w);
    o.begun = true;
    o.time = b->fate.time;
    end(x, g->w, a, &meet, b->v, c, &o);
    answer(a, &meet, &o);
    return o;
}

/* Cycles from the event's cycle to that of a time after it. */
static double
cycles_to(const struct rw_wheel *g, double time, double years)
{
    return floor(time + years * g->m->per_year);
}

/* Incidents that come to light: all that are seen, and a share of those that
 * ran to their end, some time after it. */
static void
come_to_light(const struct rw_strike_rows *s, struct rw_blow *b,
    const struct rw_attack_outcome *o)
{
    const struct rw_wheel *g = s->g;
    const struct rw_threat *t = &g->m->threats[g->m->risks[b->risk].threat];
    double years = o->years, when;

    if (!o->begun || o->ending == RW_ENDING_FAILS)
        return;
    if (o->ending == RW_ENDING_FULL) {
        if (b->fate.seen >= t->seen_probability)
            return;
        years -= log(b->fate.wait) * t->seen_delay;
    }
    when = g->w->cycle + cycles_to(g, o->time, years);
    if (when < g->m->cycles)
        rw_light_note(s->g, b->risk, b->v->future, (unsigned)when);
}

/* Lists the attacks that begin under any strategy, and how they end. */
static void
decide(struct rw_strike *x, struct rw_world *w, size_t n, size_t source, size_t r)
{
    size_t hits = 0;

    rw_strike_fates(x, w, w->m->risks[r].threat);
    for (size_t j = 0; j < x->list.n; j++) {
        struct course c = {.drawn = 0};
        struct rw_blow b = {.v = &x->list.event[j],
            .source = source,
            .risk = r,
            .fate_lane = x->fate_lane,
            .has_level = x->level != NULL,
            .level = x->level != NULL ? x->level[j] : 0,
            .four = x->fated ? x->fates[j] : NULL};
        bool any = false;

        for (size_t s = 0; s < n; s++) {
            struct rw_attack_outcome *o = &x->outcome[s * RW_EVENTS_ROOM + hits];

            *o = outcome_of(x, &x->rows[s], &b, &c);
            come_to_light(&x->rows[s], &b, o);
            any = any || o->begun;
        }
        x->hits.event[hits] = *b.v;
        if (x->several)
            x->hit_place[hits] = x->place[j];
        hits += any;
    }
    x->hits.n = hits;
}

/* As which ending loss j of the attack is reckoned. */
static enum rw_ending
counted_as(const struct rw_threat *t, size_t j, const struct rw_attack_outcome *o)
{
    return o->ending == RW_ENDING_FAILS ? rw_stage_failed_as(t, &t->losses[j], o->class)
                                        : o->ending;
}

/* What loss j of the attack costs. */
static double
money_of(const struct rw_strike *x, const struct rw_threat *t, size_t j, size_t e,
    const struct rw_attack_outcome *o)
{
    const struct rw_loss *l = &t->losses[j];
    double days = l->per == RW_PER_DWELL_DAY    ? o->dwell
                  : l->per == RW_PER_OUTAGE_DAY ? o->outage
                                                : 1;

    return x->amount[j * RW_ENDINGS + counted_as(t, j, o)][e] * days * o->money;
}

/* Of amounts with a floor or cap, those that the attack of future i draws. */
static void
count_draws(struct rw_wheel *g, const struct rw_risk *r,
    const struct rw_attack_outcome *o, size_t i)
{
    const struct rw_threat *t = &g->m->threats[r->threat];

    for (size_t j = 0; j < t->n_losses; j++) {
        size_t row = t->losses[j].drawn[counted_as(t, j, o)];

        if (row > 0 && r->scale[j] > 0)
            g->acc.drawn[(row - 1) * g->room + i]++;
    }
}

/* Of listed attack e, in so many years. */
static void
fall_largest(const struct rw_strike *x, const struct rw_strike_rows *s, size_t e,
    unsigned years, double money)
{
    if (s->whole != NULL)
        s->whole[years * RW_EVENTS_ROOM + x->hit_place[e]] += money;
    else
        rw_largest_take(
            s->largest + years * s->g->room, x->hits.event[e].future, money);
}

/* The whole loss of listed attack e, where it falls. */
static void
fall(const struct rw_strike *x, const struct rw_strike_rows *s, const struct rw_risk *r,
    size_t e, const struct rw_attack_outcome *o, double money)
{
    struct rw_wheel *g = s->g;
    size_t i = x->hits.event[e].future, at = r->staged->slot * g->room + i;
    unsigned per_year = g->m->per_year;
    double when = g->w->cycle + cycles_to(g, o->time, o->years);

    g->acc.total_loss[i] += money;
    if (when < g->m->cycles) {
        g->stages.later[(size_t)when * g->m->n_staged * g->room + at] += money;
        fall_largest(
            x, s, e, (unsigned)when / per_year - g->w->cycle / per_year, money);
        return;
    }
    g->stages.after[at] += money;
    g->stages.after_npv[i] +=
        money * pow(1 + g->m->discount_rate, -(when + 0.5) * g->m->years);
}

static void
book(const struct rw_strike *x, const struct rw_strike_rows *s, size_t strategy,
    size_t r)
{
    struct rw_wheel *g = s->g;
    const struct rw_risk *k = &g->m->risks[r];
    const struct rw_threat *t = &g->m->threats[k->threat];

    for (size_t e = 0; e < x->hits.n; e++) {
        const struct rw_attack_outcome *o = &x->outcome[strategy * RW_EVENTS_ROOM + e];
        size_t i = x->hits.event[e].future;
        double sum = 0;

        if (!o->begun)
            continue;
        for (size_t j = 0; j < t->n_losses; j++) {
            double money = money_of(x, t, j, e, o);

            sum += money;
            if (t->n_losses > 1) /* else the account's gathering knows it */
                s->forms[t->losses[j].form * g->room + i] += money;
        }
        s->incidents[i]++;
        if (t->bounded)
            count_draws(g, k, o, i);
        fall(x, s, k, e, o, sum);
    }
}

void
rw_stage_strike(
    struct rw_strike *x, struct rw_world *w, size_t n, size_t source, size_t r)
{
    decide(x, w, n, source, r);
    rw_world_stage_losses(w, r, x->loss_lane, x->hits.n, x->hits.event, x->amount);
    for (size_t s = 0; s < n; s++)
        book(x, &x->rows[s], s, r);
}
