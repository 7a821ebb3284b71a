/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls that fail at rates which others change. */
#include "wheel/wheel.h"

#include <math.h>

/* The fours that decide how long running ones begin: beyond all cycles. */
#define FIRST_STATE (UINT64_C(1) << 61)
/* Findings within a slot beyond which a failure is found at once. */
#define MOST_FINDINGS 4096.0

enum {
    CYCLE_BITS = 32, /* a cycle's fours of failures   */
    SLOT_BITS = 16,  /* a slot's fours of findings    */
    SLOTS_BITS = 6   /* slots of a cycle, at most 64  */
};

/* Slots are of about a week, whatever the control: which points there are does
 * not depend on its rates. */
static unsigned
slots(const struct rw_wheel *g)
{
    return g->m->per_year == 12 ? 4 : g->m->per_year == 4 ? 13 : 52;
}

/* Room for the failures of a cycle: their mean and as much as never comes. */
static size_t
most_faults(const struct rw_model *m)
{
    double most = 0;

    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].upkeep.chain)
            most = fmax(most, m->controls[c].fails * m->years);
    return (size_t)(most + 12 * sqrt(most) + 64);
}

enum rw_err
rw_chain_init(struct rw_wheel *g)
{
    size_t n = g->m->upkeep.chains ? g->m->n_controls * g->room : 0;
    double **rows[] = {&g->chain.failed, &g->chain.works, &g->chain.failed_from,
        &g->chain.works_from, &g->chain.rate, &g->chain.found, &g->chain.correction};

    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        *rows[k] = RW_ARENA_NEW(&g->arena, n, double);
        if (*rows[k] == NULL)
            return RW_ERR_MEMORY;
    }
    g->chain.room = n > 0 ? most_faults(g->m) : 0;
    g->chain.faults = RW_ARENA_NEW(&g->arena, g->chain.room, double);
    return g->chain.faults == NULL ? RW_ERR_MEMORY : RW_OK;
}

/* What supporters leave of its rates in this cycle. */
static void
set_rates(struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;

    g->chain.rate[at] = x->fails * rw_support_left(g, c, i, RW_SUPPORT_FAILS);
    g->chain.found[at] = x->fail_years * rw_support_left(g, c, i, RW_SUPPORT_FINDS);
    g->chain.correction[at] =
        x->upkeep.correction * rw_support_left(g, c, i, RW_SUPPORT_CORRECTS);
}

/* A new control works; of one that has long been running the last failure lies
 * back an exponential time, and what found it came an exponential time later. */
void
rw_chain_start(struct rw_wheel *g, size_t c, size_t i, bool running_in)
{
    const struct rw_upkeep *x = &g->m->controls[c].upkeep;
    size_t at = c * g->room + i;
    double begin = g->w->cycle * g->m->years, found, u[4];

    g->chain.failed[at] = g->chain.works[at] = -INFINITY;
    set_rates(g, c, i);
    if (!running_in || g->chain.rate[at] <= 0)
        return;
    rw_stream_quad(
        (struct rw_stream){g->w->seed, x->fault_lane}, g->w->first + i, FIRST_STATE, u);
    g->chain.failed[at] = begin + log(u[0]) / g->chain.rate[at];
    found = -log(u[1]) * g->chain.found[at];
    if (x->at_most > 0)
        found = fmin(found, x->at_most);
    found += g->chain.failed[at];
    g->chain.works[at] = found <= begin ? found + g->chain.correction[at] : INFINITY;
}

/* The cycle's failures in order of time, into faults[]. */
static size_t
list_faults(const struct rw_wheel *g, size_t c, size_t i)
{
    struct rw_stream lane = {g->w->seed, g->m->controls[c].upkeep.fault_lane};
    double mean = g->chain.rate[c * g->room + i] * g->m->years, s = 0, u[4];
    double *t = g->chain.faults;
    uint64_t four = (uint64_t)g->w->cycle << CYCLE_BITS;
    size_t n = 0;

    for (size_t k = 0; mean > 0 && n < g->chain.room; k++) {
        double when;
        size_t j = n;

        if (k % 2 == 0)
            rw_stream_quad(lane, g->w->first + i, four + k / 2, u);
        s -= log(u[k % 2]);
        if (s >= mean)
            break;
        when = (g->w->cycle + u[2 + k % 2]) * g->m->years;
        for (; j > 0 && t[j - 1] > when; j--)
            t[j] = t[j - 1];
        t[j] = when;
        n++;
    }
    return n;
}

/* First finding of a slot after a time. */
static double
found_in_slot(const struct rw_wheel *g, size_t c, size_t i, unsigned slot, double after)
{
    struct rw_stream lane = {g->w->seed, g->m->controls[c].upkeep.finding_lane};
    double years = g->m->years / slots(g), first = INFINITY, s = 0, u[4];
    double mean = years / g->chain.found[c * g->room + i];
    uint64_t four = ((uint64_t)g->w->cycle << SLOTS_BITS | slot) << SLOT_BITS;

    if (!(mean < MOST_FINDINGS))
        return after;
    for (size_t k = 0;; k++) {
        double when;

        if (k % 2 == 0)
            rw_stream_quad(lane, g->w->first + i, four + k / 2, u);
        s -= log(u[k % 2]);
        if (s >= mean)
            return first;
        when = g->w->cycle * g->m->years + (slot + u[2 + k % 2]) * years;
        if (when > after && when < first)
            first = when;
    }
}

/* First finding after a time within the cycle; INFINITY: none in it. */
static double
found_after(const struct rw_wheel *g, size_t c, size_t i, double after)
{
    double share = after * g->m->per_year - g->w->cycle, first = INFINITY;

    for (unsigned slot = (unsigned)fmax(share * slots(g), 0);
         slot < slots(g) && isinf(first); slot++)
        first = found_in_slot(g, c, i, slot, after);
    return first;
}

/* A control while its cycle is played. */
struct play {
    double now, failed, works;
    unsigned changes;
};

/* The next finding, by chance or by age, that could still make it work
 * earlier. */
static double
next_finding(const struct rw_wheel *g, size_t c, size_t i, const struct play *p)
{
    double old = p->failed + g->m->controls[c].upkeep.at_most;
    double found;

    if (p->works <= p->now + g->chain.correction[c * g->room + i])
        return INFINITY;
    found = found_after(g, c, i, p->now);
    return g->m->controls[c].upkeep.at_most > 0 && old > p->now ? fmin(found, old)
                                                                : found;
}

/* From a failure on: until it works again, or fails again at `fault`. */
static void
play_down(const struct rw_wheel *g, size_t c, size_t i, double fault, double until,
    struct play *p)
{
    double end = fmin(fault, until);

    while (p->works > p->now) {
        double found = next_finding(g, c, i, p);

        if (fmin(found, p->works) > end)
            return;
        if (found < p->works) {
            p->works = fmin(p->works, found + g->chain.correction[c * g->room + i]);
            p->now = found;
        } else {
            p->now = p->works;
        }
    }
    p->changes++;
}

/* The present cycle from its start to a time within it. */
static struct play
play(const struct rw_wheel *g, size_t c, size_t i, double until)
{
    size_t at = c * g->room + i, n = list_faults(g, c, i);
    struct play p = {.now = g->w->cycle * g->m->years,
        .failed = g->chain.failed_from[at],
        .works = g->chain.works_from[at]};

    for (size_t k = 0; k <= n; k++) {
        double fault = k < n ? g->chain.faults[k] : INFINITY;

        if (p.works > p.now)
            play_down(g, c, i, fault, until, &p);
        if (fault > until)
            break;
        p.changes += p.works <= p.now;
        p.failed = p.now = fault;
        p.works = INFINITY;
    }
    return p;
}

void
rw_chain_cycle(struct rw_wheel *g, size_t c)
{
    double begin = g->w->cycle * g->m->years, end = begin + g->m->years;

    for (size_t i = 0; i < g->w->n; i++) {
        size_t at = c * g->room + i;
        struct play p;

        g->changes[at] = 0;
        if (g->since[at] > g->w->cycle || rw_world_stopped(g->w))
            continue;
        set_rates(g, c, i);
        if (isfinite(g->chain.works[at]))
            g->chain.works[at] =
                fmin(g->chain.works[at], begin + g->chain.correction[at]);
        g->chain.failed_from[at] = g->chain.failed[at];
        g->chain.works_from[at] = g->chain.works[at];
        p = play(g, c, i, end);
        g->chain.failed[at] = p.failed;
        g->chain.works[at] = p.works;
        g->changes[at] = (uint8_t)(p.changes < UINT8_MAX ? p.changes : UINT8_MAX);
    }
}

bool
rw_chain_works(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    size_t at = c * g->room + i;

    if (g->changes[at] == 0)
        return g->chain.works_from[at] <= g->w->cycle * g->m->years;
    return play(g, c, i, time).works <= time;
}

double
rw_chain_mends(const struct rw_wheel *g, size_t c, size_t i)
{
    return g->s->correction_years * rw_support_left(g, c, i, RW_SUPPORT_CORRECTS);
}

bool
rw_chain_unknown(const struct rw_wheel *g, size_t c, size_t i)
{
    return isinf(g->chain.works[c * g->room + i]);
}

void
rw_chain_hurry(struct rw_wheel *g, size_t c, size_t i)
{
    size_t at = c * g->room + i;

    g->chain.works[at] = fmin(g->chain.works[at], (g->w->cycle + 1) * g->m->years);
}

bool
rw_chain_audited(struct rw_wheel *g, size_t c, size_t i)
{
    size_t at = c * g->room + i;
    double end = (g->w->cycle + 1) * g->m->years, works = g->chain.works[at];

    if (works <= end)
        return false;
    g->chain.works[at] = fmin(works, end + rw_chain_mends(g, c, i));
    return isinf(works);
}
