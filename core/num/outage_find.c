/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When many that failed are found by chance.  What each draws is that of outage.c; here
 * a future's questions, one for each of its failures, are asked together. */
#include "num/cpu.h"
#include "num/outage_parts.h"

enum { WORDS = 4 };

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

/* ---- the first band: all points of its one cell ---- */

/* Points that are drawn together: a cell's next fours. */
struct fours {
    size_t n;
    uint64_t future[RW_OUTAGE_SIDE], quad[RW_OUTAGE_SIDE];
    uint64_t word[WORDS * RW_OUTAGE_SIDE];
    double when[WORDS * RW_OUTAGE_SIDE]; /* INFINITY: it is not there */
    double product[RW_OUTAGE_SIDE];      /* of their levels; 0: no more points */
    uint32_t place[RW_OUTAGE_SIDE];
};

static void
draw(const struct rw_outage_set *x, struct fours *f)
{
    rw_stream_quad_words((struct rw_stream){x->seed, x->lanes.finding}, f->n, f->future,
        f->quad, RW_OUTAGE_SIDE, f->word);
}

/* Of a cycle.  least: levels multiply to more than 1 - mean where anything is there, which
 * is looked at once. */
struct cell {
    double cycle, years, least, none;
};

/* when <- the points of a four. */
RW_CPU_EACH void
set_points_by(size_t n, const struct cell *c, const uint64_t *restrict word,
    double *restrict when, double *restrict product)
{
    const double cycle = c->cycle, years = c->years, none = c->none, least = c->least;

    for (size_t j = 0; j < n; j++) {
        double p = product[j] * rw_outage_level(word[j]), low = p > least ? none : 1;

        for (size_t k = 0; k < WORDS; k++) {
            uint64_t w = word[k * RW_OUTAGE_SIDE + j];
            double t = (cycle + rw_outage_time(w)) * years;

            if (k > 0)
                p *= rw_outage_level(w);
            when[k * RW_OUTAGE_SIDE + j] = p > low ? t : INFINITY;
        }
        product[j] = p > low ? p : 0;
    }
}
RW_CPU_VARIANTS(void, set_points,
    (size_t n, const struct cell *c, const uint64_t word[], double when[],
        double product[]),
    (n, c, word, when, product))

/* found <- the earliest after a time. */
RW_CPU_EACH void
set_found_by(size_t n, const double *restrict when, const double *restrict after,
    double *restrict found)
{
    for (size_t j = 0; j < n; j++) {
        double a = after[j], first = INFINITY;

        for (size_t k = 0; k < WORDS; k++) {
            double t = when[k * RW_OUTAGE_SIDE + j];
            double later = t > a ? t : INFINITY;

            first = later < first ? later : first;
        }
        found[j] = first;
    }
}
RW_CPU_VARIANTS(void, set_found,
    (size_t n, const double when[], const double after[], double found[]),
    (n, when, after, found))

/* After what it is looked for: how the cycle begins, or a failure. */
static const double *
after_of(const struct rw_outage_side *p, unsigned s)
{
    return s == 0 ? p->now : p->fault[s - 1];
}

/* A later four of one future.  A point answers the question after the last failure
 * before it: to any other it comes too late. */
static void
take(const struct fours *f, size_t j, struct rw_outage_side *p)
{
    size_t i = f->place[j];

    for (size_t k = 0; k < WORDS; k++) {
        double t = f->when[k * RW_OUTAGE_SIDE + j], found;
        unsigned s = 0;

        for (unsigned q = 0; q < p->most; q++)
            s += p->fault[q][i] < t;
        found = p->found[s][i];
        p->found[s][i] = t < found ? t : found;
    }
}

/* Those that may have more points. */
static void
keep_more(const struct rw_outage_side *p, uint64_t quad, struct fours *f)
{
    size_t n = 0;

    for (size_t j = 0; j < f->n; j++) {
        f->place[n] = f->place[j];
        f->product[n] = f->product[j];
        n += f->product[j] > 0;
    }
    for (size_t j = 0; j < n; j++) {
        f->future[j] = p->future[f->place[j]];
        f->quad[j] = quad;
    }
    f->n = n;
}

static void
find_first(
    const struct rw_outage_set *x, double mean, double none, struct rw_outage_side *p)
{
    struct cell c = {x->cycle, x->years, 1 - mean, none};
    uint64_t quad = rw_outage_four(x->cycle, 0, 0);
    struct fours f;

    f.n = p->n;
    for (size_t j = 0; j < p->n; j++) {
        f.place[j] = (uint32_t)j;
        f.product[j] = 1;
    }
    keep_more(p, quad, &f);
    draw(x, &f);
    set_points(f.n, &c, f.word, f.when, f.product);
    for (unsigned s = 0; s <= p->most; s++)
        set_found(p->n, f.when, after_of(p, s), p->found[s]);
    c.least = 0;
    for (keep_more(p, ++quad, &f); f.n > 0; keep_more(p, ++quad, &f)) {
        draw(x, &f);
        set_points(f.n, &c, f.word, f.when, f.product);
        for (size_t j = 0; j < f.n; j++)
            take(&f, j, p);
    }
}

/* ---- further bands: from slot to slot ---- */

/* Where the search for the first point after a time stands. */
struct look {
    uint64_t future;
    /* of all bands so far; beyond `until' it is of no use */
    double after, first, until;
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

static bool
late(const struct rw_outage_set *x, const struct look *l)
{
    double time = (x->cycle + (double)l->slot / l->slots) * x->years;

    return (time >= l->first) | (time > l->until);
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
    while (l->slot >= l->slots || late(x, l)) {
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
look_at(const struct rw_outage_set *x, const struct bands *b, const uint64_t words[],
    struct look *l)
{
    double width = 1.0 / l->slots;

    for (unsigned k = 0; k < WORDS; k++) {
        uint64_t w = words[k * RW_OUTAGE_SIDE];
        double when;

        l->product *= rw_outage_level(w);
        if (l->product <= b->none[l->band] ||
            (l->four == 0 && k == 0 && l->product <= 1 - b->mean[l->band]))
            return leave_cell(x, b, l);
        when = (x->cycle + (l->slot + rw_outage_time(w)) * width) * x->years;
        if (when > l->after && when < l->in_cell)
            l->in_cell = when;
    }
    l->four++;
    return true;
}

/* *found <- the first point of each. */
static void
look_on(const struct rw_outage_set *x, const struct bands *b, size_t n,
    struct look look[], struct fours *f)
{
    while (n > 0) {
        size_t still = 0;

        for (size_t j = 0; j < n; j++) {
            f->future[j] = look[j].future;
            f->quad[j] =
                rw_outage_four(x->cycle, look[j].band, look[j].slot) | look[j].four;
        }
        f->n = n;
        draw(x, f);
        for (size_t j = 0; j < n; j++) {
            if (look_at(x, b, f->word + j, &look[j]))
                look[still++] = look[j];
            else
                *look[j].found = look[j].first;
        }
        n = still;
    }
}

/* Whether it is down after the s-th failure and something could find it: only then. */
static bool
asks(
    const struct rw_outage_set *x, const struct rw_outage_side *p, unsigned s, size_t j)
{
    return s == 0 ? p->works[j] > p->now[j] + x->law.correction
                  : p->fault[s - 1][j] < INFINITY;
}

static void
find_further(
    const struct rw_outage_set *x, const struct bands *b, struct rw_outage_side *p)
{
    struct look look[RW_OUTAGE_SIDE];
    struct fours f;
    size_t n = 0;

    for (unsigned s = 0; s <= p->most; s++)
        for (size_t j = 0; j < p->n; j++) {
            if (!asks(x, p, s, j))
                continue;
            look[n] = (struct look){.future = p->future[j],
                .after = after_of(p, s)[j],
                .first = p->found[s][j],
                .until = p->fault[s][j],
                .slots = 1,
                .in_cell = INFINITY,
                .found = &p->found[s][j]};
            n += leave_cell(x, b, &look[n]);
            if (n == RW_OUTAGE_SIDE) {
                look_on(x, b, n, look, &f);
                n = 0;
            }
        }
    look_on(x, b, n, look, &f);
}

void
rw_outage_find(const struct rw_outage_set *x, struct rw_outage_side *p)
{
    struct bands b;

    if (!set_bands(1 / x->law.years * x->years, &b)) {
        for (unsigned s = 0; s <= p->most; s++)
            memcpy(p->found[s], after_of(p, s), p->n * sizeof *p->found[s]);
        return;
    }
    find_first(x, b.mean[0], b.none[0], p);
    if (b.n > 1)
        find_further(x, &b, p);
}
