/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The failures of a cycle, for a row of futures.  What each draws is that of outage.c;
 * here the first fours of all are drawn at once, and sorted without a branch. */
#include "num/cpu.h"
#include "num/outage_parts.h"

/* NEVER: after all times of 24 bits. */
enum { TOGETHER = 256, WORDS = 4, NEVER = 1 << 24 };

/* Futures that are drawn together. */
struct row {
    size_t n;
    uint64_t future[TOGETHER], quad[TOGETHER], word[WORDS * TOGETHER];
    /* e^-mean, and 1 - mean, which decides most empty ones */
    double none[TOGETHER], least[TOGETHER];
};

/* Times of the points whose levels are below the mean, ascending. */
RW_CPU_EACH void
sort_first_by(size_t n, const uint64_t *restrict word, const double *restrict least,
    const double *restrict none, uint32_t *restrict t0, uint32_t *restrict t1,
    uint32_t *restrict t2, uint32_t *restrict t3)
{
    for (size_t i = 0; i < n; i++) {
        const uint64_t w[WORDS] = {word[i], word[TOGETHER + i], word[2 * TOGETHER + i],
            word[3 * TOGETHER + i]};
        double p0 = rw_outage_level(w[0]), p1 = p0 * rw_outage_level(w[1]);
        double p2 = p1 * rw_outage_level(w[2]), p3 = p2 * rw_outage_level(w[3]);
        double low = p0 > least[i] ? none[i] : 1;
        uint64_t never = NEVER;
        uint32_t a = (uint32_t)(p0 > low ? w[0] & 0xffffff : never);
        uint32_t b = (uint32_t)(p1 > low ? w[1] & 0xffffff : never);
        uint32_t c = (uint32_t)(p2 > low ? w[2] & 0xffffff : never);
        uint32_t d = (uint32_t)(p3 > low ? w[3] & 0xffffff : never);
        uint32_t ab = a < b ? a : b, ba = a < b ? b : a;
        uint32_t cd = c < d ? c : d, dc = c < d ? d : c;
        uint32_t in = ab < cd ? cd : ab, out = ba < dc ? ba : dc;

        t0[i] = ab < cd ? ab : cd;
        t1[i] = in < out ? in : out;
        t2[i] = in < out ? out : in;
        t3[i] = ba < dc ? dc : ba;
    }
}
RW_CPU_VARIANTS(void, sort_first,
    (size_t n, const uint64_t word[], const double least[], const double none[],
        uint32_t t0[], uint32_t t1[], uint32_t t2[], uint32_t t3[]),
    (n, word, least, none, t0, t1, t2, t3))

/* How many; two at one time are one, which is left to outage.c. */
RW_CPU_EACH void
count_by(size_t n, const uint32_t *restrict t0, const uint32_t *restrict t1,
    const uint32_t *restrict t2, const uint32_t *restrict t3, uint8_t *restrict count)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t all = (uint32_t)(t0[i] < NEVER) + (t1[i] < NEVER) + (t2[i] < NEVER) +
                       (t3[i] < NEVER);
        bool twice = ((t0[i] == t1[i]) & (t1[i] < NEVER)) |
                     ((t1[i] == t2[i]) & (t2[i] < NEVER)) |
                     ((t2[i] == t3[i]) & (t3[i] < NEVER));

        count[i] = (uint8_t)(twice ? (uint32_t)RW_OUTAGE_MANY : all);
    }
}
RW_CPU_VARIANTS(void, count,
    (size_t n, const uint32_t t0[], const uint32_t t1[], const uint32_t t2[],
        const uint32_t t3[], uint8_t count[]),
    (n, t0, t1, t2, t3, count))

/* One mean for all. */
static void
set_alike(double mean, struct row *x)
{
    double none = exp(-mean);

    for (size_t i = 0; i < TOGETHER; i++) {
        x->least[i] = 1 - mean;
        x->none[i] = none;
    }
}

/* e^-mean only where it is looked at, and once for those alike. */
static void
set_apart(double years, const double fails[], struct row *x)
{
    double last = NAN, none = 0;

    for (size_t i = 0; i < x->n; i++) {
        double mean = fails[i] * years;

        x->least[i] = 1 - mean;
        x->none[i] = 1;
        if (rw_outage_level(x->word[i]) <= x->least[i])
            continue;
        if (mean != last)
            none = exp(-mean);
        last = mean;
        x->none[i] = none;
    }
}

/* A four of n futures. */
static void
draw(const struct rw_outage_set *x, struct row *row, size_t n, uint64_t quad)
{
    for (size_t j = 0; j < n; j++)
        row->quad[j] = quad;
    rw_stream_quad_words((struct rw_stream){x->seed, x->lanes.fault}, n, row->future,
        row->quad, TOGETHER, row->word);
}

/* Into ascending times of a future that has n of them; how many it has now. */
static size_t
insert(uint32_t time[], size_t room, size_t n, uint32_t t)
{
    size_t p = n;

    if (n == RW_OUTAGE_POINTS)
        return RW_OUTAGE_MANY;
    for (; p > 0 && time[(p - 1) * room] > t; p--)
        time[p * room] = time[(p - 1) * room];
    time[p * room] = t;
    return p > 0 && time[(p - 1) * room] == t ? RW_OUTAGE_MANY : n + 1;
}

/* One that has four points, whose levels multiply to `product': with those of the j-th
 * four that was drawn. */
static size_t
take(const struct row *row, size_t j, double product, double none, uint32_t time[],
    size_t room)
{
    size_t n = WORDS;

    for (size_t k = 0; k < WORDS && n != RW_OUTAGE_MANY; k++) {
        uint64_t w = row->word[k * TOGETHER + j];

        product *= rw_outage_level(w);
        if (product <= none)
            break;
        n = insert(time, room, n, (uint32_t)(w & 0xffffff));
    }
    return n;
}

/* at[] <- those that have four points. */
static size_t
list_full(size_t n, const uint8_t count[], size_t at[])
{
    size_t full = 0;

    for (size_t i = 0, step; i < n; i += step) {
        uint64_t eight = WORDS; /* counts, as bytes */

        step = n - i < sizeof eight ? n - i : sizeof eight;
        if (step == sizeof eight)
            memcpy(&eight, count + i, sizeof eight);
        if ((eight & WORDS * (UINT64_MAX / 255)) == 0)
            continue;
        for (size_t j = i; j < i + step; j++)
            if (count[j] == WORDS)
                at[full++] = j;
    }
    return full;
}

/* Those with four points may have more: their next four. */
static void
take_next(const struct rw_outage_set *x, struct row *row, uint64_t first,
    uint8_t count[], uint32_t time[], size_t room)
{
    size_t at[TOGETHER], n = list_full(row->n, count, at);
    double product[TOGETHER];

    if (n == 0)
        return;
    for (size_t j = 0; j < n; j++) {
        product[j] = 1;
        for (size_t k = 0; k < WORDS; k++)
            product[j] *= rw_outage_level(row->word[k * TOGETHER + at[j]]);
        row->future[j] = first + at[j];
    }
    draw(x, row, n, rw_outage_four(x->cycle, 0, 0) | 1);
    for (size_t j = 0; j < n; j++)
        count[at[j]] =
            (uint8_t)take(row, j, product[j], row->none[at[j]], time + at[j], room);
}

/* Those that are in more than one cell are left to outage.c. */
static void
leave(double years, size_t n, const double fails[], uint8_t count[])
{
    for (size_t i = 0; i < n; i++)
        if (!(fails[i] * years < RW_OUTAGE_FIRST_EDGE))
            count[i] = RW_OUTAGE_MANY;
}

void
rw_outage_faults(const struct rw_outage_set *x, uint64_t first, size_t n,
    const double fails[], const struct rw_outage_faults *to)
{
    double alike = x->law.fails * x->years;
    size_t room = to->room;
    struct row row;

    if (fails == NULL && !(alike < RW_OUTAGE_FIRST_EDGE)) {
        memset(to->n, RW_OUTAGE_MANY, n);
        return;
    }
    if (fails == NULL)
        set_alike(alike, &row);
    for (size_t i = 0; i < n; i += TOGETHER) {
        uint32_t *t = to->time + i;

        row.n = n - i < TOGETHER ? n - i : TOGETHER;
        for (size_t j = 0; j < row.n; j++)
            row.future[j] = first + i + j;
        draw(x, &row, row.n, rw_outage_four(x->cycle, 0, 0));
        if (fails != NULL)
            set_apart(x->years, fails + i, &row);
        sort_first(row.n, row.word, row.least, row.none, t, t + room, t + 2 * room,
            t + 3 * room);
        count(row.n, t, t + room, t + 2 * room, t + 3 * room, to->n + i);
        take_next(x, &row, first + i, to->n + i, t, room);
        if (fails != NULL)
            leave(x->years, row.n, fails + i, to->n + i);
    }
}
