/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outages of many futures side by side.  What each draws is that of outage.c; here the
 * fours that several need next are drawn at once. */
#include "num/outage_parts.h"

#include <string.h>

enum { TOGETHER = 256 };

static struct rw_outage
one_of(const struct rw_outage_set *x, uint64_t future, double fails)
{
    struct rw_outage o = {x->seed, x->lanes, future, x->cycle, x->years, x->law};

    o.law.fails = fails;
    return o;
}

/* ---- failures ---- */

/* e^-mean of the last rate that was asked for: most futures have the same. */
struct empty {
    double mean, chance;
};

static double
chance_of_none(struct empty *x, double mean)
{
    if (mean != x->mean)
        *x = (struct empty){mean, exp(-mean)};
    return x->chance;
}

/* The first two points of a cycle that has but one cell, from its first four words;
 * false: there may be more. */
static bool
first_two(const struct rw_outage_set *x, const uint64_t words[4], double none,
    double *first, double *next)
{
    double product = 1, begin = x->cycle * x->years;

    *first = *next = INFINITY;
    for (unsigned k = 0; k < 4; k++) {
        double when;

        product *= rw_outage_level(words[k]);
        if (product <= none)
            return true;
        when = (x->cycle + rw_outage_time(words[k])) * x->years;
        if (when > begin && when < *first) {
            *next = *first;
            *first = when;
        } else if (when > *first && when < *next) {
            *next = when;
        }
    }
    return false;
}

/* e^-m >= 1 - m decides most empty ones. */
static void
find_faults(const struct rw_outage_set *x, uint64_t first, size_t n,
    const double fails[], uint64_t words[][4], double fault[], double next[])
{
    struct empty empty = {NAN, 0};

    for (size_t i = 0; i < n; i++) {
        double mean = fails[i] * x->years;

        fault[i] = next[i] = INFINITY;
        if (mean < RW_OUTAGE_FIRST_EDGE &&
            (!(mean > 0) || rw_outage_level(words[i][0]) <= 1 - mean))
            continue;
        if (!(mean < RW_OUTAGE_FIRST_EDGE) ||
            !first_two(
                x, words[i], chance_of_none(&empty, mean), &fault[i], &next[i])) {
            struct rw_outage o = one_of(x, first + i, fails[i]);

            fault[i] = rw_outage_fault_given(&o, words[i]);
            next[i] = NAN;
        }
    }
}

void
rw_outage_faults(const struct rw_outage_set *x, uint64_t first, size_t n,
    const double fails[], double fault[], double next[])
{
    uint64_t future[TOGETHER], quad[TOGETHER], words[TOGETHER][4];

    for (size_t j = 0; j < TOGETHER; j++)
        quad[j] = rw_outage_four(x->cycle, 0, 0);
    for (size_t i = 0; i < n; i += TOGETHER) {
        size_t step = n - i < TOGETHER ? n - i : TOGETHER;

        for (size_t j = 0; j < step; j++)
            future[j] = first + i + j;
        rw_stream_quad_words(
            (struct rw_stream){x->seed, x->lanes.fault}, step, future, quad, words[0]);
        find_faults(x, first + i, step, fails + i, words, fault + i, next + i);
    }
}

/* ---- findings ---- */

/* Bands of a rate that is one for all. */
struct bands {
    unsigned n;
    double mean[RW_OUTAGE_BANDS], none[RW_OUTAGE_BANDS];
};

/* false: it is beyond the last, the next point comes at once. */
static bool
set_bands(double all, struct bands *b)
{
    double low = RW_OUTAGE_FIRST_EDGE, slots = 1;

    b->n = 1;
    if (!(all < RW_OUTAGE_LAST_EDGE))
        return false;
    b->mean[0] = rw_outage_least(all, low);
    for (; low < all; low *= RW_OUTAGE_STEP) {
        slots *= RW_OUTAGE_STEP;
        b->mean[b->n++] = (rw_outage_least(all, RW_OUTAGE_STEP * low) - low) / slots;
    }
    for (unsigned k = 0; k < b->n; k++)
        b->none[k] = exp(-b->mean[k]);
    return true;
}

/* Where the search for one future's next point stands. */
struct look {
    uint64_t future;
    double after, first; /* of all bands so far */
    unsigned band, four;
    uint32_t slot, slots;
    double in_cell, product;
    double *found;
};

static void
enter_cell(struct look *l)
{
    l->four = 0;
    l->in_cell = INFINITY;
    l->product = 1;
}

/* The cell has no more points; false: nor has any other one before the first. */
static bool
leave_cell(const struct rw_outage_set *x, const struct bands *b, struct look *l)
{
    if (l->band > 0 && !(l->in_cell < INFINITY))
        l->slot++;
    else
        l->slot = l->slots; /* on to the next band */
    l->first = rw_outage_least(l->in_cell, l->first);
    while (l->slot >= l->slots ||
           (l->band > 0 &&
               (x->cycle + (double)l->slot / l->slots) * x->years >= l->first)) {
        double slot;

        if (++l->band >= b->n)
            return false;
        l->slots *= RW_OUTAGE_STEP;
        slot = (l->after / x->years - x->cycle) * l->slots - RW_OUTAGE_SLACK;
        l->slot = slot > 0 ? (uint32_t)slot : 0;
    }
    enter_cell(l);
    return true;
}

/* Four points of the cell; false: the search is over. */
static bool
look_at(const struct rw_outage_set *x, const struct bands *b, const uint64_t words[4],
    struct look *l)
{
    double width = 1.0 / l->slots;

    for (unsigned k = 0; k < 4; k++) {
        double when;

        l->product *= rw_outage_level(words[k]);
        if (l->product <= b->none[l->band] ||
            (l->four == 0 && k == 0 && l->product <= 1 - b->mean[l->band]))
            return leave_cell(x, b, l);
        when = (x->cycle + (l->slot + rw_outage_time(words[k])) * width) * x->years;
        if (when > l->after && when < l->in_cell)
            l->in_cell = when;
    }
    l->four++;
    return true;
}

/* *found <- the first point of each after a time. */
static void
find(const struct rw_outage_set *x, const struct bands *b, size_t n, struct look look[])
{
    uint64_t future[RW_OUTAGE_ITEMS], quad[RW_OUTAGE_ITEMS], words[RW_OUTAGE_ITEMS][4];

    while (n > 0) {
        size_t still = 0;

        for (size_t j = 0; j < n; j++) {
            future[j] = look[j].future;
            quad[j] =
                rw_outage_four(x->cycle, look[j].band, look[j].slot) | look[j].four;
        }
        rw_stream_quad_words(
            (struct rw_stream){x->seed, x->lanes.finding}, n, future, quad, words[0]);
        for (size_t j = 0; j < n; j++) {
            if (look_at(x, b, words[j], &look[j]))
                look[still++] = look[j];
            else
                *look[j].found = look[j].first;
        }
        n = still;
    }
}

/* ---- plays ---- */

/* One that is being played: of outage.c's loop, with the question in the middle. */
struct playing {
    const struct rw_outage_item *item;
    double fault, found;
    bool answered;
};

static double
fault_after(const struct rw_outage_set *x, struct playing *p)
{
    const struct rw_outage_item *k = p->item;
    struct rw_outage o;

    if (p->fault == k->fault && !isnan(k->next))
        return k->next;
    o = one_of(x, k->future, k->fails);
    return rw_outage_fault(&o, p->fault);
}

/* The next thing that happens while it is down, `until' at the latest.  0: it stays
 * down; 1: it goes on; -1: when is it found? */
static int
go_on(const struct rw_outage_set *x, double until, struct playing *p)
{
    struct rw_outage_play *to = p->item->play;
    double found = INFINITY;

    if (to->at.works > to->now + x->law.correction) {
        double old = to->at.failed + x->law.at_most;

        if (!p->answered)
            return -1;
        found = old > to->now ? rw_outage_least(p->found, old) : p->found;
    }
    p->answered = false;
    if (rw_outage_least(found, to->at.works) > until)
        return 0;
    if (found < to->at.works) {
        to->at.works = rw_outage_least(to->at.works, found + x->law.correction);
        to->now = found;
    } else {
        to->now = to->at.works;
    }
    if (!(to->at.works > to->now))
        rw_outage_note(to, to->now);
    return 1;
}

/* false: it is played to the end. */
static bool
play_on(const struct rw_outage_set *x, struct playing *p)
{
    struct rw_outage_play *to = p->item->play;
    double end = (x->cycle + 1) * x->years;

    for (;;) {
        int more = 1;

        while (more > 0 && to->at.works > to->now)
            more = go_on(x, rw_outage_least(p->fault, end), p);
        if (more < 0)
            return true;
        if (p->fault > end)
            return false;
        if (to->at.works <= to->now)
            rw_outage_note(to, p->fault);
        to->at = (struct rw_outage_state){p->fault, INFINITY};
        to->now = p->fault;
        p->fault = fault_after(x, p);
    }
}

/* When those that ask are found. */
static void
answer(const struct rw_outage_set *x, size_t n, struct playing p[])
{
    struct look look[RW_OUTAGE_ITEMS];
    struct bands b;

    bool at_once = !set_bands(1 / x->law.years * x->years, &b);

    for (size_t j = 0; j < n; j++) {
        p[j].found = p[j].item->play->now;
        look[j] = (struct look){.future = p[j].item->future,
            .after = p[j].item->play->now,
            .first = INFINITY,
            .slots = 1,
            .found = &p[j].found};
        enter_cell(&look[j]);
        p[j].answered = true;
    }
    if (!at_once)
        find(x, &b, n, look);
}

void
rw_outage_plays(
    const struct rw_outage_set *x, size_t n, const struct rw_outage_item item[])
{
    struct playing p[RW_OUTAGE_ITEMS];

    for (size_t j = 0; j < n; j++) {
        *item[j].play =
            (struct rw_outage_play){.at = item[j].from, .now = x->cycle * x->years};
        p[j] = (struct playing){.item = &item[j], .fault = item[j].fault};
    }
    while (n > 0) {
        size_t still = 0;

        for (size_t j = 0; j < n; j++)
            if (play_on(x, &p[j]))
                p[still++] = p[j];
        n = still;
        answer(x, n, p);
    }
}
