/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/quads.c -- many counters of one lane at once.
 *
 * Threefry is additions, rotations and exclusive ors of 64 bits, so counters go side by
 * side in whatever registers there are: one body, written with the compiler's vectors,
 * is compiled for each.
 */
#include "base/err.h"
#include "num/cpu.h"
#include "num/stream.h"

enum { EIGHT = 8, WHOLE = RW_STREAM_ROW }; /* counters of a group; of the batches */

_Static_assert(RW_STREAM_ROUNDS % 4 == 0, "rounds come by fours");
_Static_assert(RW_STREAM_GROUP == 4 * EIGHT, "a group is eight counters");
_Static_assert(RW_STREAM_ROW == 2 * EIGHT, "rows are whole batches");

/* Where own draws go: uniforms, fours behind each other, or words by their place. */
struct drawn {
    double *u; /* or NULL */
    uint64_t *word;
    size_t apart;
};

/* Without wide registers nobody calls them, but they are the same. */
#define NAME(x) x##_widest
#define TARGET  RW_CPU_WIDEST
#define LANES   8
#include "num/quads_body.h"

#define NAME(x) x##_wide
#define TARGET  RW_CPU_WIDE
#define LANES   4
#include "num/quads_body.h"

static void
row_plain(struct rw_stream s, uint64_t group, uint64_t index, size_t groups, double u[])
{
    threefry4x64_key_t k = {{s.seed, s.lane, RW_STREAM_KEY, 0}};

    for (size_t i = 0; i < EIGHT * groups; i++) {
        size_t at = RW_STREAM_GROUP * (i / EIGHT) + i % EIGHT;
        threefry4x64_ctr_t c = {{EIGHT * group + i, index, 1, 0}};

        c = threefry4x64_R(RW_STREAM_ROUNDS, c, k);
        for (size_t j = 0; j < 4; j++)
            u[at + EIGHT * j] = rw_uniform_from_word(c.v[j]);
    }
}

/* A multiple of WHOLE. */
static void
draw_whole(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    struct drawn to)
{
    if (rw_cpu_widest())
        own_widest(s, n, future, quad, to);
    else
        own_wide(s, n, future, quad, to);
}

/* What is left of a batch is one with some that nobody asked for. */
static void
draw_rest(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    struct drawn to)
{
    uint64_t whose[WHOLE] = {0}, which[WHOLE] = {0}, words[4 * WHOLE];
    double all[4 * WHOLE];

    memcpy(whose, future, n * sizeof *whose);
    memcpy(which, quad, n * sizeof *which);
    if (to.u != NULL) {
        draw_whole(s, WHOLE, whose, which, (struct drawn){all, NULL, 0});
        memcpy(to.u, all, 4 * n * sizeof *all);
    } else {
        draw_whole(s, WHOLE, whose, which, (struct drawn){NULL, words, WHOLE});
        for (size_t k = 0; k < 4; k++)
            memcpy(to.word + k * to.apart, words + k * WHOLE, n * sizeof *words);
    }
}

/* One by one. */
static void
draw_few(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    struct drawn to)
{
    for (size_t i = 0; i < n; i++) {
        threefry4x64_ctr_t words = rw_stream_words(s, future[i], quad[i]);

        for (size_t k = 0; k < 4; k++)
            if (to.u != NULL)
                to.u[4 * i + k] = rw_uniform_from_word(words.v[k]);
            else
                to.word[k * to.apart + i] = words.v[k];
    }
}

/* So few are faster one by one. */
enum { FEW = 3 };

static void
draw_own(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    struct drawn to)
{
    size_t even = rw_cpu_wide() ? n / WHOLE * WHOLE : 0;
    struct drawn rest = {to.u != NULL ? to.u + 4 * even : NULL,
        to.u != NULL ? NULL : to.word + even, to.apart};

    if (even > 0)
        draw_whole(s, even, future, quad, to);
    if (n - even > FEW && rw_cpu_wide())
        draw_rest(s, n - even, future + even, quad + even, rest);
    else
        draw_few(s, n - even, future + even, quad + even, rest);
}

void
rw_stream_quads(struct rw_stream s, size_t n, const uint64_t future[],
    const uint64_t quad[], double u[])
{
    draw_own(s, n, future, quad, (struct drawn){u, NULL, 0});
}

void
rw_stream_quad_words(struct rw_stream s, size_t n, const uint64_t future[],
    const uint64_t quad[], size_t apart, uint64_t word[])
{
    draw_own(s, n, future, quad, (struct drawn){NULL, word, apart});
}

void
rw_stream_quad_rows(struct rw_stream s, size_t n, const uint64_t future[],
    uint64_t quad, size_t stride, double u[])
{
    size_t even = rw_cpu_wide() ? (n + WHOLE - 1) / WHOLE * WHOLE : 0;

    RW_BUG_ASSERT(n <= stride && stride % RW_STREAM_ROW == 0);
    if (rw_cpu_widest())
        own_rows_widest(s, even, future, quad, stride, u);
    else if (rw_cpu_wide())
        own_rows_wide(s, even, future, quad, stride, u);
    for (size_t i = even; i < n; i++) {
        double four[4];

        rw_stream_quad(s, future[i], quad, four);
        for (size_t k = 0; k < 4; k++)
            u[k * stride + i] = four[k];
    }
}

void
rw_stream_own_row(
    struct rw_stream s, uint64_t first, uint64_t quad, size_t n, double u[])
{
    enum { STEP = 256 };
    uint64_t future[STEP], quads[STEP];

    for (size_t j = 0; j < STEP; j++)
        quads[j] = quad;
    for (size_t i = 0; i < n; i += STEP) {
        size_t step = n - i < STEP ? n - i : STEP;

        for (size_t j = 0; j < step; j++)
            future[j] = first + i + j;
        rw_stream_quads(s, step, future, quads, u + 4 * i);
    }
}

static void
draw_groups(
    struct rw_stream s, uint64_t group, uint64_t index, size_t groups, double u[])
{
    size_t even = groups / 2 * 2;

    if (rw_cpu_widest())
        row_widest(s, group, index, even, u);
    else if (rw_cpu_wide())
        row_wide(s, group, index, even, u);
    else
        even = 0;
    row_plain(s, group + even, index, groups - even, u + RW_STREAM_GROUP * even);
}

/* Those of a group that are wanted, from place `from' on. */
static void
draw_part(struct rw_stream s, uint64_t group, uint64_t index, size_t from, size_t n,
    double u[])
{
    double all[RW_STREAM_GROUP];

    row_plain(s, group, index, 1, all);
    memcpy(u, all + from, n * sizeof *u);
}

/* Part of a group, whole groups, part of a group. */
void
rw_stream_fill(struct rw_stream s, uint64_t first, uint64_t index, size_t n, double u[])
{
    for (size_t i = 0, step; i < n; i += step) {
        uint64_t group = (first + i) / RW_STREAM_GROUP;
        size_t from = (first + i) % RW_STREAM_GROUP, left = n - i;

        if (from == 0 && left >= RW_STREAM_GROUP) {
            step = left / RW_STREAM_GROUP * RW_STREAM_GROUP;
            draw_groups(s, group, index, step / RW_STREAM_GROUP, u + i);
        } else {
            step = RW_STREAM_GROUP - from < left ? RW_STREAM_GROUP - from : left;
            draw_part(s, group, index, from, step, u + i);
        }
    }
}
