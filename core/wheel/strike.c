/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world's events meet the controls of every strategy.  First it is decided
 * who is hit by what, then the losses of those events are drawn, once for all
 * strategies, then they are booked. */
#include "wheel/largest.h"
#include "wheel/strike.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* prod (1 - x_c) over a guard's controls at a time within the cycle: where none of them
 * changes it is that of mid-cycle. */
static double
left_at(const struct rw_wheel *g, size_t guard, size_t i, double time)
{
    const struct rw_guard *x = &g->m->guards.all[guard];
    double left = 1;

    if (!g->guards.changes[guard * g->room + i])
        return g->guards.left[guard * g->room + i];
    for (size_t k = 0; k < x->n; k++) {
        size_t c = x->controls[k], at = c * g->room + i;
        double stands = g->stands[at];

        if (g->changes[at])
            stands = rw_fail_works(g, c, i, time) ? g->intended[at] : g->weak[at];
        left *= 1 - stands;
    }
    return left;
}

/* P(seen) at a time within the cycle. */
static double
seen_at(const struct rw_wheel *g, size_t r, size_t i, double time)
{
    const size_t *guard = g->m->risks[r].guard;
    double p0 = g->m->threats[g->m->risks[r].threat].seen_probability, all = 1;

    for (int p = RW_GUARD_SEE; p <= RW_GUARD_RECOGNISE; p++)
        all *= 1 - left_at(g, guard[p], i, time);
    return p0 + (1 - p0) * all;
}

struct rw_strike_rows
rw_strike_rows_of(struct rw_wheel *g, size_t r)
{
    size_t at = r * g->room;

    return (struct rw_strike_rows){.g = g,
        .survive = rw_guard_survive(g, r),
        .seen = rw_guard_seen(g, r),
        .left = rw_guard_left(g, r),
        .mixed = g->mixed + at,
        .incidents = g->acc.incidents,
        .loss = g->acc.risk_loss + at,
        .forms = g->acc.form_loss,
        .largest = g->acc.year_largest + g->w->cycle / g->m->per_year * g->room,
        .now = g->light.now + at,
        .any = &g->light.any[r],
        .plain = g->plain[r],
        .untouched = g->untouched[r]};
}

/* Cycle in which a seen event comes to light. */
static unsigned
light(const struct rw_wheel *g, const struct rw_blow *b, double delay)
{
    double cycles = -log(b->fate.wait) * delay * g->m->per_year + b->fate.time;

    return cycles < g->m->cycles ? g->w->cycle + (unsigned)cycles : g->m->cycles;
}

/* Whether the event is ever seen, and if within the horizon, when. */
static bool
comes_to_light(
    const struct rw_strike_rows *s, struct rw_blow *b, double chance, uint16_t *in)
{
    const struct rw_wheel *g = s->g;
    double delay = g->m->threats[g->m->risks[b->risk].threat].seen_delay;
    unsigned when = g->w->cycle;

    *in = RW_NEVER;
    if (chance < 1 || delay > 0) {
        rw_blow_fate(b, g->w);
        if (b->fate.seen >= chance)
            return false;
        when = light(g, b, delay);
    }
    if (when < g->m->cycles) {
        rw_light_note(s->g, b->risk, b->v->future, when);
        *in = (uint16_t)when;
    }
    return true;
}

/* share_of where controls change within the cycle: they are looked at as they are when
 * the event comes, those that see and respond only if it hits. */
static double
share_amid(const struct rw_strike_rows *s, struct rw_blow *b, uint16_t *in)
{
    const struct rw_wheel *g = s->g;
    const size_t *guard = g->m->risks[b->risk].guard;
    size_t i = b->v->future;
    double time;

    rw_blow_fate(b, g->w);
    time = (g->w->cycle + b->fate.time) * g->m->years;
    if (!rw_blow_passes(b, g->w, left_at(g, guard[RW_GUARD_PREVENT], i, time)))
        return -1;
    return comes_to_light(s, b, seen_at(g, b->risk, i, time), in)
               ? left_at(g, guard[RW_GUARD_RESPOND], i, time)
               : 1;
}

/* What remains of the event's loss under one strategy; -1: no hit.  *in: the cycle
 * in which it comes to light. */
static inline double
share_of(const struct rw_strike_rows *s, struct rw_blow *b, uint16_t *in)
{
    size_t i = b->v->future;

    if (s->plain) {
        if (!rw_blow_passes(b, s->g->w, s->survive[i]))
            return -1;
        s->now[i]++;
        *s->any = true;
        *in = (uint16_t)s->g->w->cycle;
        return s->left[i];
    }
    if (s->mixed[i])
        return share_amid(s, b, in);
    if (!rw_blow_passes(b, s->g->w, s->survive[i]))
        return -1;
    return comes_to_light(s, b, s->seen[i], in) ? s->left[i] : 1;
}

void
rw_strike_fates(struct rw_strike *x, const struct rw_world *w, size_t threat)
{
    const struct rw_threat *t = &w->m->threats[threat];

    if (x->fated ||
        (t->seen_probability >= 1 && t->seen_delay <= 0 && t->attack.n == 0))
        return;
    rw_world_fates(w, x->fate_lane, &x->list, x->fates);
    x->fated = true;
}

/* Lists the events that hit anyone, and what remains of them for each. */
static void
decide(struct rw_strike *x, const struct rw_world *w, size_t n, size_t source, size_t r)
{
    size_t hits = 0;

    rw_strike_fates(x, w, w->m->risks[r].threat);
    for (size_t j = 0; j < x->list.n; j++) {
        struct rw_blow b = {.v = &x->list.event[j],
            .source = source,
            .risk = r,
            .fate_lane = x->fate_lane,
            .has_level = x->level != NULL,
            .level = x->level != NULL ? x->level[j] : 0,
            .four = x->fated ? x->fates[j] : NULL};
        bool any = false;

        for (size_t s = 0; s < n; s++) {
            double share = share_of(&x->rows[s], &b, &x->light[s][hits]);

            x->share[s][hits] = share;
            any = any || share >= 0;
        }
        x->hits.event[hits] = *b.v;
        if (x->several)
            x->hit_place[hits] = x->place[j];
        hits += any;
    }
    x->hits.n = hits;
    x->hits.whole = false;
}

/* One event costs a future so much on this risk. */
static inline void
book_one(const struct rw_strike_rows *s, size_t i, const uint16_t place[], size_t e,
    double x)
{
    s->incidents[i]++;
    s->loss[i] += x;
    if (s->whole != NULL)
        s->whole[place[e]] += x;
    else
        rw_largest_take(s->largest, i, x);
}

static void
book(const struct rw_strike *x, const struct rw_strike_rows *s, const double share[])
{
    for (size_t e = 0; e < x->hits.n; e++)
        if (share[e] >= 0)
            book_one(
                s, x->hits.event[e].future, x->hit_place, e, x->total[e] * share[e]);
}

/* With a cover: it sees the event's whole loss.  share[] becomes the share that
 * stays, by which the forms are booked in proportion. */
static void
book_covered(const struct rw_strike *x, const struct rw_strike_rows *s,
    const struct rw_cover *cover, double share[])
{
    for (size_t e = 0; e < x->hits.n; e++) {
        size_t i = x->hits.event[e].future;
        double kept;

        if (share[e] < 0)
            continue;
        kept = rw_cover_kept(cover, x->total[e] * share[e]);
        book_one(s, i, x->hit_place, e, kept);
        share[e] = x->total[e] > 0 ? kept / x->total[e] : 0;
    }
}

static void
book_form(
    const struct rw_strike *x, const double loss[], const double share[], double form[])
{
    for (size_t e = 0; e < x->hits.n; e++)
        if (share[e] >= 0)
            form[x->hits.event[e].future] += loss[e] * share[e];
}

/* Forms are booked one by one only where there are several: the account's
 * gathering knows of one. */
static void
book_hits(struct rw_strike *x, const struct rw_world *w, size_t n, size_t r)
{
    const struct rw_threat *k = &w->m->threats[w->m->risks[r].threat];
    const struct rw_cover_mean *cover = w->m->risks[r].cover;

    for (size_t s = 0; s < n; s++) {
        rw_size_note(x->rows[s].g, r, &x->hits, x->total, x->share[s], x->light[s]);
        if (cover != NULL)
            book_covered(x, &x->rows[s], &cover->cover, x->share[s]);
        else
            book(x, &x->rows[s], x->share[s]);
        for (size_t j = 0; k->n_losses > 1 && j < k->n_losses; j++)
            book_form(x, x->loss[j], x->share[s],
                x->rows[s].forms + k->losses[j].form * w->room);
    }
}

/* No control of any strategy stands: everyone is hit by every event. */
static void
strike_untouched(struct rw_strike *x, struct rw_world *w, size_t n, size_t r)
{
    const struct rw_threat *k = &w->m->threats[w->m->risks[r].threat];
    const struct rw_event *v = x->list.event;

    x->total = rw_world_losses_in(w, r, x->loss_lane, &x->list, x->loss, x->sums);
    for (size_t s = 0; s < n; s++) {
        const struct rw_strike_rows *to = &x->rows[s];

        rw_size_note(to->g, r, &x->list, x->total, NULL, NULL);
        *to->any |= x->list.n > 0;
        for (size_t e = 0; e < x->list.n; e++) {
            to->now[v[e].future]++;
            book_one(to, v[e].future, x->place, e, x->total[e]);
        }
        for (size_t j = 0; k->n_losses > 1 && j < k->n_losses; j++)
            for (size_t e = 0; e < x->list.n; e++)
                to->forms[k->losses[j].form * w->room + v[e].future] += x->loss[j][e];
    }
}

/* Of amounts with a floor or cap, how many were drawn for events that hit. */
static void
count_draws(struct rw_strike *x, const struct rw_event_list *list, bool all, size_t n,
    const struct rw_risk *r)
{
    const struct rw_wheel *first = x->rows[0].g;
    const struct rw_threat *t = &first->m->threats[r->threat];

    for (size_t s = 0; s < n; s++)
        for (size_t j = 0; j < t->n_losses; j++) {
            const struct rw_wheel *g = x->rows[s].g;
            size_t row = r->scale[j] > 0 ? t->losses[j].drawn[RW_ENDING_FULL] : 0;
            double *drawn = g->acc.drawn + (row > 0 ? row - 1 : 0) * g->room;

            for (size_t e = 0; row > 0 && e < list->n; e++)
                drawn[list->event[e].future] += all || x->share[s][e] >= 0;
        }
}

/* The listed events meet one risk under every strategy. */
static void
strike_risk(struct rw_strike *x, struct rw_world *w, size_t n, size_t source, size_t r)
{
    const struct rw_threat *t = &w->m->threats[w->m->risks[r].threat];
    bool all = w->m->risks[r].cover == NULL;

    if (w->m->risks[r].staged != NULL) {
        rw_stage_strike(x, w, n, source, r);
        return;
    }
    for (size_t s = 0; s < n; s++)
        all = all && x->rows[s].untouched;
    if (all) {
        strike_untouched(x, w, n, r);
    } else {
        decide(x, w, n, source, r);
        x->total = rw_world_losses_in(w, r, x->loss_lane, &x->hits, x->loss, x->sums);
        book_hits(x, w, n, r);
    }
    if (t->bounded)
        count_draws(x, all ? &x->list : &x->hits, all, n, &w->m->risks[r]);
}

/* Largest share of events that any strategy leaves, per future. */
static void
set_bound(struct rw_strike *x, const struct rw_world *w, struct rw_wheel *const g[],
    size_t n, const struct rw_source *s)
{
    const double *last = NULL; /* risks side by side often share one */

    rw_row_fill(w->n, 0, x->bound);
    for (size_t k = 0; k < n; k++)
        for (size_t r = s->first_risk; r < s->first_risk + s->n_risks; r++) {
            const double *most = rw_guard_most(g[k], r);

            if (most != last)
                rw_row_most(w->n, most, x->bound);
            last = most;
        }
}

enum rw_err
rw_strike_init(struct rw_strike *x, const struct rw_model *m, size_t room, size_t n)
{
    size_t most = 1;

    for (size_t t = 0; t < m->n_threats; t++)
        if (m->threats[t].n_losses > most)
            most = m->threats[t].n_losses;
    x->bound = calloc(room, sizeof *x->bound);
    x->loss = calloc(most, sizeof *x->loss);
    x->share = calloc(n, sizeof *x->share);
    x->light = calloc(n, sizeof *x->light);
    x->ahead = m->n_staged > 0 ? rw_model_begun_years(m) : 1;
    x->whole = calloc(n * x->ahead, sizeof *x->whole);
    x->rows = calloc(n, sizeof *x->rows);
    x->fates = calloc(RW_EVENTS_ROOM, sizeof *x->fates);
    x->cost = calloc(room, sizeof *x->cost);
    x->largest = calloc(room, sizeof *x->largest);
    x->formed = calloc(n * most, sizeof *x->formed);
    x->events = 0;
    if (rw_stage_strike_init(x, m, n) != RW_OK)
        return RW_ERR_MEMORY;
    return x->bound == NULL || x->loss == NULL || x->share == NULL ||
                   x->light == NULL || x->whole == NULL || x->rows == NULL ||
                   x->fates == NULL || x->cost == NULL || x->largest == NULL ||
                   x->formed == NULL
               ? RW_ERR_MEMORY
               : RW_OK;
}

void
rw_strike_fini(struct rw_strike *x)
{
    free(x->bound);
    free(x->loss);
    free(x->share);
    free(x->light);
    free(x->whole);
    free(x->rows);
    free(x->fates);
    free(x->cost);
    free(x->largest);
    free(x->formed);
    free(x->amount);
    free(x->outcome);
}

/* The strategies' rows of one risk. */
static void
turn_to(struct rw_strike *x, struct rw_wheel *const g[], size_t n, size_t r)
{
    for (size_t k = 0; k < n; k++) {
        x->rows[k] = rw_strike_rows_of(g[k], r);
        x->rows[k].whole = x->several ? x->whole[k * x->ahead] : NULL;
    }
}

void
rw_strike(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[], size_t n,
    size_t source)
{
    const struct rw_source *s = &w->m->sources[source];
    struct rw_event_cursor at;

    if (rw_strike_bare(x, w, g, n, source))
        return;
    x->fate_lane = s->fate_lane;
    x->stage_lane = s->stage_lane;
    x->level = NULL;
    x->several = s->n_risks > 1;
    x->years = rw_largest_years(w, s->threat);
    set_bound(x, w, g, n, s);
    rw_world_events_begin(w, source, x->bound, &at);
    while (!rw_world_stopped(w) && rw_world_events(w, &at, &x->list)) {
        x->events += x->list.n;
        x->fated = false;
        if (x->several) {
            rw_largest_begin(x, n, x->list.n);
            rw_largest_places(x, &x->list);
        }
        for (size_t r = s->first_risk; r < s->first_risk + s->n_risks; r++) {
            turn_to(x, g, n, r);
            x->loss_lane = w->m->risks[r].loss_lane;
            strike_risk(x, w, n, source, r);
        }
        if (x->several)
            rw_largest_end(x, g, n, &x->list);
    }
}

/* The listed events meet every asset of the threat they hit. */
static void
strike_hit(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[],
    size_t n, const struct rw_hit *hit)
{
    const struct rw_threat *t = &w->m->threats[hit->threat];

    rw_largest_places(x, &x->all);
    for (size_t j = 0; j < t->n_assets; j++) {
        size_t r = t->first_risk + j;

        rw_world_uniforms(w, hit->level_lane[j], x->list.n, x->list.event, x->levels);
        x->loss_lane = hit->loss_lane[j];
        turn_to(x, g, n, r);
        strike_risk(x, w, n, w->m->risks[r].source, r);
    }
}

void
rw_strike_shock(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[],
    size_t n, size_t shock)
{
    const struct rw_shock *s = &w->m->dependence.shocks[shock];
    struct rw_shock_cursor at;

    x->fate_lane = s->fate_lane;
    x->stage_lane = s->stage_lane;
    x->level = x->levels;
    x->several = true;
    x->years = 1;
    for (size_t h = 0; h < s->n_hits; h++)
        if (rw_largest_years(w, s->hits[h].threat) > x->years)
            x->years = rw_largest_years(w, s->hits[h].threat);
    rw_world_shock_begin(w, shock, &at);
    while (!rw_world_stopped(w) && rw_world_shock_events(w, &at, &x->all)) {
        x->events += x->all.n;
        rw_largest_begin(x, n, x->all.n);
        for (size_t h = 0; h < s->n_hits; h++) {
            rw_world_shock_hits(w, &s->hits[h], &x->all, &x->list);
            x->fated = false;
            if (x->list.n > 0)
                strike_hit(x, w, g, n, &s->hits[h]);
        }
        rw_largest_end(x, g, n, &x->all);
    }
}
