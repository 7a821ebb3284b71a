/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sobol.h"

enum {
    LEVELS = 8, /* of the tree of strings that one counter has bits for */
    TREES = 1 << LEVELS,
    STEP = 256 /* points together */
};

/* m_j = sum over k of 2^k a_k m_(j - k), and m_(j - degree) once more; sums are XOR,
 * a_k the polynomial's coefficient at x^(degree - k). */
void
rw_sobol_columns(unsigned dimension, unsigned bits, uint32_t column[])
{
    struct rw_sobol_numbers x = {1, {0}};
    unsigned degree = 0;

    if (dimension > 0)
        x = rw_sobol_numbers[dimension - 1];
    while (x.polynomial >> (degree + 1) > 0)
        degree++;
    for (unsigned j = 0; j < bits; j++) {
        uint32_t m = 1;

        if (j < degree)
            m = x.first[j];
        else if (degree > 0)
            m = column[j - degree];
        for (unsigned k = 1; k <= degree && j >= degree; k++)
            m ^= (x.polynomial >> (degree - k) & 1) * column[j - k] << k;
        column[j] = m;
    }
    for (unsigned j = 0; j < bits; j++)
        column[j] <<= bits - 1 - j;
}

/* A net of one dimension in one randomisation. */
struct net {
    struct rw_stream stream;
    uint64_t dimension, randomisation;
    unsigned bits;
    uint32_t column[RW_SOBOL_BITS];
    /* trees below the root and below all strings of LEVELS digits */
    uint64_t root[4], below[TREES][4];
};

/* word <- the bits of the tree below a string of `digits' digits. */
static void
grow(const struct net *t, unsigned digits, uint32_t string, uint64_t word[4])
{
    threefry4x64_ctr_t c = rw_stream_words(t->stream, RW_SOBOL_FIRST + t->randomisation,
        t->dimension << 32 | UINT64_C(1) << digits | string);

    memcpy(word, c.v, sizeof c.v);
}

static void
make_net(struct net *t, struct rw_stream s, unsigned dimension, unsigned bits,
    uint64_t randomisation)
{
    t->stream = s;
    t->dimension = dimension;
    t->randomisation = randomisation;
    t->bits = bits;
    rw_sobol_columns(dimension, bits, t->column);
    grow(t, 0, 0, t->root);
    for (uint32_t i = 0; i < TREES && bits > LEVELS; i++)
        grow(t, LEVELS, i, t->below[i]);
}

/* x[i] <- digits of the points of n futures. */
static void
digits(const struct net *t, size_t n, const uint64_t future[], uint32_t x[])
{
    uint32_t step[RW_SOBOL_BITS];

    for (unsigned j = 0; j < t->bits; j++) /* bits 0 .. j of the number turn */
        step[j] = t->column[j] ^ (j > 0 ? step[j - 1] : 0);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && future[i] == future[i - 1] + 1) {
            unsigned turned = (unsigned)__builtin_ctzll(future[i]);

            x[i] = x[i - 1] ^ step[turned < t->bits ? turned : t->bits - 1];
            continue;
        }
        x[i] = 0;
        for (unsigned j = 0; j < t->bits; j++)
            x[i] ^= (uint32_t)(future[i] >> j & 1) * t->column[j];
    }
}

/* `levels' digits down one tree. */
static inline uint32_t
descend(const uint64_t word[4], unsigned levels, uint32_t digits)
{
    uint32_t node = 1, out = 0;

    for (unsigned j = levels; j-- > 0;) {
        uint32_t digit = digits >> j & 1;

        out = out << 1 | (digit ^ (word[node >> 6] >> (node & 63) & 1));
        node = node << 1 | digit;
    }
    return out;
}

/* y[i] <- the next digits of x[i] scrambled, behind the `done' that are there. */
static void
scramble(const struct net *t, unsigned done, size_t n, const uint32_t x[], uint32_t y[])
{
    unsigned left = t->bits - done, levels = left < LEVELS ? left : LEVELS;

    for (size_t i = 0; i < n; i++) {
        uint32_t string = x[i] >> left;
        const uint64_t *word = done == 0 ? t->root : t->below[string % TREES];
        uint64_t own[4];

        if (done > LEVELS) {
            grow(t, done, string, own);
            word = own;
        }
        y[i] = y[i] << levels | descend(word, levels, x[i] >> (left - levels));
    }
}

/* The word of a uniform, but for its last twelve bits, which no uniform looks at. */
static uint64_t
word_of(double u)
{
    return (uint64_t)(u * 0x1p52) << 12;
}

/* u <- the net's digits before those of the plain draws u; n <= STEP. */
static void
points(const struct net *t, size_t n, const uint64_t future[], double u[])
{
    uint32_t x[STEP], y[STEP] = {0};

    digits(t, n, future, x);
    for (unsigned done = 0; done < t->bits; done += LEVELS)
        scramble(t, done, n, x, y);
    for (size_t i = 0; i < n; i++)
        u[i] = rw_uniform_from_word(
            (uint64_t)y[i] << (64 - t->bits) | word_of(u[i]) >> t->bits);
}

void
rw_sobol_some(struct rw_stream s, uint64_t index, unsigned dimension, unsigned bits,
    size_t n, const uint64_t future[], double u[])
{
    struct net t;

    if (n == 0)
        return;
    make_net(&t, s, dimension, bits, future[0] >> bits);
    for (size_t i = 0, step; i < n; i += step) {
        step = n - i < STEP ? n - i : STEP;
        for (size_t j = 0; j < step; j++)
            u[i + j] = rw_stream_row_uniform(s, future[i + j], index);
        points(&t, step, future + i, u + i);
    }
}

void
rw_sobol_row(struct rw_stream s, uint64_t index, unsigned dimension, unsigned bits,
    uint64_t first, size_t n, double u[])
{
    struct net t = {.bits = 0};
    uint64_t future[STEP], each = UINT64_C(1) << bits;

    for (size_t i = 0, step; i < n; i += step) {
        uint64_t left = each - ((first + i) & (each - 1));

        if (t.bits == 0 || (first + i) >> bits != t.randomisation)
            make_net(&t, s, dimension, bits, (first + i) >> bits);
        step = n - i < STEP ? n - i : STEP;
        step = step < left ? step : (size_t)left;
        for (size_t j = 0; j < step; j++)
            future[j] = first + i + j;
        rw_stream_fill(s, first + i, index, step, u + i);
        points(&t, step, future, u + i);
    }
}
