/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something that fails, is found and works again. */
#include "num/outage_parts.h"

struct cell {
    uint64_t lane;
    unsigned band;
    uint32_t slot, slots;
    double mean; /* of its points */
};

/* The cell's first point after a time.  Levels s_k = -sum ln u_k ascend, those
 * below the mean are there: the product of the uniforms is above e^-mean. */
static double
search_cell(const struct rw_outage *x, const struct cell *c, double after)
{
    uint64_t at = rw_outage_four(x->cycle, c->band, c->slot);
    double first = INFINITY, product = 1, least = 1 - c->mean, width = 1.0 / c->slots;
    struct rw_stream s = {x->seed, c->lane};
    threefry4x64_ctr_t words = {{0}};

    for (unsigned k = 0;; k++) {
        double when;

        if (k % 4 == 0)
            words = rw_stream_words(s, x->future, at | k / 4);
        product *= rw_outage_level(words.v[k % 4]);
        if (k == 0 && product > least) /* e^-m >= 1 - m decides most empty ones */
            least = exp(-c->mean);
        if (product <= least)
            return first;
        when =
            (x->cycle + (c->slot + rw_outage_time(words.v[k % 4])) * width) * x->years;
        if (when > after && when < first)
            first = when;
    }
}

/* The band's first point, from the slot of `after` on, if it lies before
 * `first`. */
static double
search_band(const struct rw_outage *x, struct cell *c, double after, double first)
{
    double slot = (after / x->years - x->cycle) * c->slots - RW_OUTAGE_SLACK;

    for (c->slot = slot > 0 ? (uint32_t)slot : 0; c->slot < c->slots; c->slot++) {
        double found;

        if ((x->cycle + (double)c->slot / c->slots) * x->years >= first)
            return first;
        found = search_cell(x, c, after);
        if (found < INFINITY)
            return rw_outage_least(found, first);
    }
    return first;
}

/* The cycle's first point after a time within it; per_year points. */
static double
next_point(const struct rw_outage *x, uint64_t lane, double per_year, double after)
{
    struct cell c = {.lane = lane, .slots = 1};
    double all = per_year * x->years, first, low = RW_OUTAGE_FIRST_EDGE;

    if (!(all < RW_OUTAGE_LAST_EDGE))
        return after;
    if (all <= 0)
        return INFINITY;
    c.mean = rw_outage_least(all, low);
    first = search_cell(x, &c, after);
    for (; low < all; low *= RW_OUTAGE_STEP) {
        c.band++;
        c.slots *= RW_OUTAGE_STEP;
        c.mean = (rw_outage_least(all, RW_OUTAGE_STEP * low) - low) / c.slots;
        first = search_band(x, &c, after, first);
    }
    return first;
}

struct rw_outage_state
rw_outage_running(const struct rw_outage *x)
{
    struct rw_outage_state s = rw_outage_new();
    double begin = x->cycle * x->years, found, u[4];

    if (x->law.fails <= 0)
        return s;
    rw_stream_quad((struct rw_stream){x->seed, x->lanes.fault}, x->future,
        RW_OUTAGE_FIRST_STATE, u);
    s.failed = begin + log(u[0]) / x->law.fails;
    found = s.failed + rw_outage_least(-log(u[1]) * x->law.years, x->law.at_most);
    s.works = found <= begin ? found + x->law.correction : INFINITY;
    return s;
}

double
rw_outage_fault(const struct rw_outage *x, double after)
{
    return next_point(x, x->lanes.fault, x->law.fails, after);
}

static double
next_chance(const struct rw_outage *x, double after)
{
    return next_point(x, x->lanes.finding, 1 / x->law.years, after);
}

/* The next finding, by chance or by age, that could still make it work
 * earlier. */
static double
next_finding(const struct rw_outage *x, const struct rw_outage_play *p)
{
    double old = p->at.failed + x->law.at_most, found;

    if (p->at.works <= p->now + x->law.correction)
        return INFINITY;
    found = next_chance(x, p->now);
    return old > p->now ? rw_outage_least(found, old) : found;
}

/* From a failure on: until it works again, or a time. */
static void
play_down(const struct rw_outage *x, double until, struct rw_outage_play *p)
{
    while (p->at.works > p->now) {
        double found = next_finding(x, p);

        if (rw_outage_least(found, p->at.works) > until)
            return;
        if (found < p->at.works) {
            p->at.works = rw_outage_least(p->at.works, found + x->law.correction);
            p->now = found;
        } else {
            p->now = p->at.works;
        }
    }
    rw_outage_note(p, p->now);
}

struct rw_outage_play
rw_outage_play(
    const struct rw_outage *x, struct rw_outage_state from, double fault, double until)
{
    struct rw_outage_play p = {.at = from, .now = x->cycle * x->years};

    for (;;) {
        if (p.at.works > p.now)
            play_down(x, rw_outage_least(fault, until), &p);
        if (fault > until)
            return p;
        if (p.at.works <= p.now)
            rw_outage_note(&p, fault);
        p.at = (struct rw_outage_state){fault, INFINITY};
        p.now = fault;
        fault = rw_outage_fault(x, fault);
    }
}

bool
rw_outage_stands(const struct rw_outage *x, struct rw_outage_state from, double fault,
    const struct rw_outage_play *p, double time)
{
    if (p->changes > RW_OUTAGE_NOTED)
        return rw_outage_play(x, from, fault, time).at.works <= time;
    return rw_outage_works(
        from.works <= x->cycle * x->years, p->changes, p->when, time);
}
