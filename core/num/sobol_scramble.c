/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sobol_parts.h"

#include "num/cpu.h"

enum {
    LEVELS = RW_SOBOL_LEVELS,
    TREES = RW_SOBOL_TREES,
    STEP = RW_SOBOL_STEP,
    WORD = 6 /* levels of a tree's first word */
};

/* Words of trees, by their place in a four. */
typedef uint64_t trees[4][STEP];

/* The trees below n strings of `digits' digits. */
static void
grow(const struct rw_sobol_net *t, unsigned digits, size_t n, const uint64_t string[],
    trees w)
{
    uint64_t future[STEP], quad[STEP];

    for (size_t i = 0; i < n; i++) {
        future[i] = RW_SOBOL_FIRST + t->randomisation;
        quad[i] = t->dimension << 32 | UINT64_C(1) << digits | string[i];
    }
    rw_stream_quad_words(t->stream, n, future, quad, STEP, w[0]);
}

/* Level by level: digits of a string are those of its beginning, and one more. */
static void
tabulate_first(struct rw_sobol_net *t)
{
    unsigned levels = t->bits < LEVELS ? t->bits : LEVELS;
    threefry4x64_ctr_t root = rw_stream_words(
        t->stream, RW_SOBOL_FIRST + t->randomisation, t->dimension << 32 | 1);

    t->first[0] = 0;
    for (unsigned j = 0; j < levels; j++)
        for (unsigned s = 1u << j; s-- > 0;) {
            unsigned node = 1u << j | s, before = t->first[s];
            unsigned flip = (unsigned)(root.v[node >> 6] >> (node & 63)) & 1;

            t->first[2 * s + 1] = (uint8_t)(before << 1 | (1 ^ flip));
            t->first[2 * s] = (uint8_t)(before << 1 | flip);
        }
}

/* Digits that number the points of a net, by the bits of the number. */
static void
tabulate_points(struct rw_sobol_net *t)
{
    uint32_t column[RW_SOBOL_BITS + LEVELS] = {0};

    rw_sobol_columns((unsigned)t->dimension, t->bits, column);
    t->low[0] = 0;
    for (unsigned j = 0; j < LEVELS; j++)
        for (unsigned k = 0; k < 1u << j; k++)
            t->low[k | 1u << j] = t->low[k] ^ column[j];
    memcpy(t->high, column + LEVELS, sizeof t->high);
}

void
rw_sobol_net_make(struct rw_sobol_net *t, struct rw_stream s, unsigned dimension,
    unsigned bits, uint64_t randomisation, bool many)
{
    uint64_t string[TREES];

    t->stream = s;
    t->dimension = dimension;
    t->randomisation = randomisation;
    t->bits = bits;
    t->grown = many && bits > LEVELS;
    tabulate_points(t);
    tabulate_first(t);
    for (uint64_t k = 0; k < TREES; k++)
        string[k] = k;
    if (t->grown)
        grow(t, LEVELS, TREES, string, t->below);
}

/* y <- y, then the `levels' digits d scrambled by trees of their own.  A digit's node
 * hangs on the digits alone, not on what became of them: no level waits. */
RW_CPU_EACH void
descend_by(unsigned levels, size_t n, const uint64_t d[], const trees w, uint64_t y[])
{
    for (size_t i = 0; i < n; i++)
        y[i] = y[i] << levels | d[i];
    for (unsigned j = 0; j < levels && j < WORD; j++)
        for (size_t i = 0; i < n; i++) {
            uint64_t node = UINT64_C(1) << j | d[i] >> (levels - j);

            y[i] ^= (w[0][i] >> node & 1) << (levels - 1 - j);
        }
    for (size_t i = 0; i < n && levels > WORD; i++)
        y[i] ^= (w[1][i] >> (d[i] >> (levels - WORD)) & 1) << (levels - 1 - WORD);
    for (size_t i = 0; i < n && levels > WORD + 1; i++) {
        uint64_t word = d[i] >> WORD >> 1 > 0 ? w[3][i] : w[2][i];

        y[i] ^= word >> (d[i] >> 1 & 63) & 1;
    }
}
RW_CPU_VARIANTS(void, descend,
    (unsigned levels, size_t n, const uint64_t d[], const trees w, uint64_t y[]),
    (levels, n, d, w, y))

/* The trees that stand below the strings. */
static void
find(const struct rw_sobol_net *t, unsigned levels, size_t n, const uint64_t string[],
    trees w)
{
    const size_t words = levels <= WORD ? 1 : 4;

    for (size_t k = 0; k < words; k++)
        for (size_t i = 0; i < n; i++)
            w[k][i] = t->below[k][string[i]];
}

void
rw_sobol_scramble(
    const struct rw_sobol_net *t, size_t n, const uint64_t x[], uint64_t y[])
{
    unsigned bits = t->bits, done = bits < LEVELS ? bits : LEVELS;
    uint64_t string[STEP], d[STEP];
    trees w;

    for (size_t i = 0; i < n; i++)
        y[i] = t->first[x[i] >> (bits - done)];
    for (unsigned levels; done < bits; done += levels) {
        unsigned left = bits - done;

        levels = left < LEVELS ? left : LEVELS;
        for (size_t i = 0; i < n; i++) {
            string[i] = x[i] >> left;
            d[i] = x[i] >> (left - levels) & ((UINT64_C(1) << levels) - 1);
        }
        if (t->grown && done == LEVELS)
            find(t, levels, n, string, w);
        else
            grow(t, done, n, string, w);
        descend(levels, n, d, (const uint64_t(*)[STEP])w, y);
    }
}
