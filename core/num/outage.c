/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something that fails, is found and works again. */
#include "num/outage.h"

#include <string.h>

enum {
    BANDS = 12, /* of levels; band b has 4^b slots */
    STEP = 4,
    /* a cell's fours: four points each, a few expected and 1024 possible */
    FOUR_BITS = 8,
    SLOT_BITS = 24,
    BAND_BITS = 4
};

/* The first two bands meet here, points a cycle; the last ends at 4^12. */
#define FIRST_EDGE 4.0
#define LAST_EDGE  0x1p24
/* The four that decides how long running ones begin: beyond all cycles. */
#define FIRST_STATE (UINT64_C(1) << 61)
/* Slots by which a time's slot may be misjudged, roundings of a long horizon. */
#define SLACK 0x1p-10

struct cell {
    uint64_t lane;
    unsigned band;
    uint32_t slot, slots;
    double mean; /* of its points */
};

/* No NaN comes here, so it need not be fmin. */
static inline double
least_of(double a, double b)
{
    return a < b ? a : b;
}

/* A point's level (uniform, of 40 bits) and time within the slot (24 bits). */
static double
level_of(uint64_t word)
{
    return ((double)(word >> 24) + 0.5) * 0x1p-40;
}
static double
time_of(uint64_t word)
{
    return ((double)(word & 0xffffff) + 0.5) * 0x1p-24;
}

/* A cell's first four. */
static uint64_t
first_four(unsigned cycle, unsigned band, uint32_t slot)
{
    return (((uint64_t)cycle << BAND_BITS | band) << SLOT_BITS | slot) << FOUR_BITS;
}

/* The cell's first point after a time.  Levels s_k = -sum ln u_k ascend, those
 * below the mean are there: the product of the uniforms is above e^-mean.
 * given: the words of its first four, or NULL. */
static double
search_cell(const struct rw_outage *x, const struct cell *c, double after,
    const uint64_t given[4])
{
    uint64_t at = first_four(x->cycle, c->band, c->slot);
    double first = INFINITY, product = 1, least = 1 - c->mean, width = 1.0 / c->slots;
    philox4x64_ctr_t words = {{0}};

    if (given != NULL)
        memcpy(words.v, given, sizeof words.v);
    for (unsigned k = 0;; k++) {
        double when;

        if (k % 4 == 0 && (k > 0 || given == NULL))
            words = rw_stream_keyed_words(x->keys, c->lane, x->future, at | k / 4);
        product *= level_of(words.v[k % 4]);
        if (k == 0 && product > least) /* e^-m >= 1 - m decides most empty ones */
            least = exp(-c->mean);
        if (product <= least)
            return first;
        when = (x->cycle + (c->slot + time_of(words.v[k % 4])) * width) * x->years;
        if (when > after && when < first)
            first = when;
    }
}

/* The band's first point, from the slot of `after` on, if it lies before
 * `first`. */
static double
search_band(const struct rw_outage *x, struct cell *c, double after, double first)
{
    double slot = (after / x->years - x->cycle) * c->slots - SLACK;

    for (c->slot = slot > 0 ? (uint32_t)slot : 0; c->slot < c->slots; c->slot++) {
        double found;

        if ((x->cycle + (double)c->slot / c->slots) * x->years >= first)
            return first;
        found = search_cell(x, c, after, NULL);
        if (found < INFINITY)
            return least_of(found, first);
    }
    return first;
}

/* The cycle's first point after a time within it; per_year points.  given: the
 * words of its first four, or NULL. */
static double
next_point(const struct rw_outage *x, uint64_t lane, double per_year, double after,
    const uint64_t given[4])
{
    struct cell c = {.lane = lane, .slots = 1};
    double all = per_year * x->years, first, low = FIRST_EDGE;

    if (!(all < LAST_EDGE))
        return after;
    if (all <= 0)
        return INFINITY;
    c.mean = least_of(all, low);
    first = search_cell(x, &c, after, given);
    for (; low < all; low *= STEP) {
        c.band++;
        c.slots *= STEP;
        c.mean = (least_of(all, STEP * low) - low) / c.slots;
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
    rw_stream_keyed_quad(x->keys, x->lanes.fault, x->future, FIRST_STATE, u);
    s.failed = begin + log(u[0]) / x->law.fails;
    found = s.failed + least_of(-log(u[1]) * x->law.years, x->law.at_most);
    s.works = found <= begin ? found + x->law.correction : INFINITY;
    return s;
}

double
rw_outage_fault(const struct rw_outage *x, double after)
{
    return next_point(x, x->lanes.fault, x->law.fails, after, NULL);
}

void
rw_outage_fault_words(const struct rw_stream_keys *keys, struct rw_outage_lanes lanes,
    unsigned cycle, uint64_t first, size_t n, uint64_t words[][4])
{
    enum { TOGETHER = 256 };
    uint64_t future[TOGETHER], quad[TOGETHER];

    for (size_t j = 0; j < TOGETHER; j++)
        quad[j] = first_four(cycle, 0, 0);
    for (size_t i = 0; i < n; i += TOGETHER) {
        size_t step = n - i < TOGETHER ? n - i : TOGETHER;

        for (size_t j = 0; j < step; j++)
            future[j] = first + i + j;
        rw_stream_quad_words(keys, lanes.fault, step, future, quad, words[i]);
    }
}

double
rw_outage_first_fault(const struct rw_outage *x, const uint64_t words[4])
{
    return next_point(x, x->lanes.fault, x->law.fails, x->cycle * x->years, words);
}

/* The next finding, by chance or by age, that could still make it work
 * earlier. */
static double
next_finding(const struct rw_outage *x, const struct rw_outage_play *p)
{
    double old = p->at.failed + x->law.at_most, found;

    if (p->at.works <= p->now + x->law.correction)
        return INFINITY;
    found = next_point(x, x->lanes.finding, 1 / x->law.years, p->now, NULL);
    return old > p->now ? least_of(found, old) : found;
}

static void
note(struct rw_outage_play *p, double time)
{
    if (p->changes < RW_OUTAGE_NOTED)
        p->when[p->changes] = time;
    p->changes++;
}

/* From a failure on: until it works again, or a time. */
static void
play_down(const struct rw_outage *x, double until, struct rw_outage_play *p)
{
    while (p->at.works > p->now) {
        double found = next_finding(x, p);

        if (least_of(found, p->at.works) > until)
            return;
        if (found < p->at.works) {
            p->at.works = least_of(p->at.works, found + x->law.correction);
            p->now = found;
        } else {
            p->now = p->at.works;
        }
    }
    note(p, p->now);
}

struct rw_outage_play
rw_outage_play(
    const struct rw_outage *x, struct rw_outage_state from, double fault, double until)
{
    struct rw_outage_play p = {.at = from, .now = x->cycle * x->years};

    for (;;) {
        if (p.at.works > p.now)
            play_down(x, least_of(fault, until), &p);
        if (fault > until)
            return p;
        if (p.at.works <= p.now)
            note(&p, fault);
        p.at = (struct rw_outage_state){fault, INFINITY};
        p.now = fault;
        fault = rw_outage_fault(x, fault);
    }
}
