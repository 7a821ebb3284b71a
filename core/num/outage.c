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

/* The word of a cell's first point: a row draw, since most cells of a row are empty
 * and need no other. */
static uint64_t
first_word(const struct rw_outage *x, uint64_t lane, uint64_t at)
{
    return rw_stream_row_word((struct rw_stream){x->seed, lane}, x->future, at);
}

/* The cell's first point after a time.  Levels s_k = -sum ln u_k ascend, those
 * below the mean are there: the product of the uniforms is above e^-mean.
 * word: its first one. */
static double
search_cell(
    const struct rw_outage *x, const struct cell *c, double after, uint64_t word)
{
    struct rw_stream s = {x->seed, c->lane};
    uint64_t at = first_four(x->cycle, c->band, c->slot);
    double first = INFINITY, product = 1, least = 1 - c->mean, width = 1.0 / c->slots;
    threefry4x64_ctr_t words = {{0}};

    for (unsigned k = 0;; k++) {
        double when;

        if (k == 1 || (k % 4 == 0 && k > 0))
            words = rw_stream_words(s, x->future, at | k / 4);
        word = k > 0 ? words.v[k % 4] : word;
        product *= level_of(word);
        if (k == 0 && product > least) /* e^-m >= 1 - m decides most empty ones */
            least = exp(-c->mean);
        if (product <= least)
            return first;
        when = (x->cycle + (c->slot + time_of(word)) * width) * x->years;
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
        found = search_cell(x, c, after,
            first_word(x, c->lane, first_four(x->cycle, c->band, c->slot)));
        if (found < INFINITY)
            return least_of(found, first);
    }
    return first;
}

/* The cycle's first point after a time within it; per_year points.  word: of its first
 * cell. */
static double
next_point(const struct rw_outage *x, uint64_t lane, double per_year, double after,
    uint64_t word)
{
    struct cell c = {.lane = lane, .slots = 1};
    double all = per_year * x->years, first, low = FIRST_EDGE;

    if (!(all < LAST_EDGE))
        return after;
    if (all <= 0)
        return INFINITY;
    c.mean = least_of(all, low);
    first = search_cell(x, &c, after, word);
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
    rw_stream_quad(
        (struct rw_stream){x->seed, x->lanes.fault}, x->future, FIRST_STATE, u);
    s.failed = begin + log(u[0]) / x->law.fails;
    found = s.failed + least_of(-log(u[1]) * x->law.years, x->law.at_most);
    s.works = found <= begin ? found + x->law.correction : INFINITY;
    return s;
}

double
rw_outage_fault(const struct rw_outage *x, double after)
{
    uint64_t lane = x->lanes.fault;

    return next_point(
        x, lane, x->law.fails, after, first_word(x, lane, first_four(x->cycle, 0, 0)));
}

void
rw_outage_fault_words(uint64_t seed, struct rw_outage_lanes lanes, unsigned cycle,
    uint64_t first, size_t n, uint64_t words[])
{
    rw_stream_fill_words((struct rw_stream){seed, lanes.fault}, first,
        first_four(cycle, 0, 0), n, words);
}

double
rw_outage_first_fault(const struct rw_outage *x, uint64_t word)
{
    return next_point(x, x->lanes.fault, x->law.fails, x->cycle * x->years, word);
}

/* The next finding, by chance or by age, that could still make it work
 * earlier. */
static double
next_finding(const struct rw_outage *x, const struct rw_outage_play *p)
{
    double old = p->at.failed + x->law.at_most, found;

    if (p->at.works <= p->now + x->law.correction)
        return INFINITY;
    found = next_point(x, x->lanes.finding, 1 / x->law.years, p->now,
        first_word(x, x->lanes.finding, first_four(x->cycle, 0, 0)));
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
