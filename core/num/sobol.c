/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sobol_parts.h"

#include "num/cpu.h"

enum {
    STEP = RW_SOBOL_STEP,
    ROOM = 1024, /* futures that may be drawn where some of them are wanted */
    FEW = 32     /* one by one they cost as many in a row */
};

_Static_assert((int)STEP == (int)RW_SOBOL_TREES, "a step is what low tells of");

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

/* What the bits of a point's number from the eighth on add to its digits. */
static uint32_t
high_of(const struct rw_sobol_net *t, uint64_t future)
{
    uint32_t x = 0;

    for (unsigned j = RW_SOBOL_LEVELS; j < t->bits; j++)
        x ^= (uint32_t)(future >> j & 1) * t->high[j - RW_SOBOL_LEVELS];
    return x;
}

/* The word of a uniform, but for its last twelve bits, which no uniform looks at. */
static inline uint64_t
word_of(double u)
{
    double x = u + (1 - 0x1p-53); /* exactly, as rw_uniform_from_word had it */
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits << 12;
}

/* u <- the net's digits y before those of the plain draws u. */
RW_CPU_EACH void
put_before_by(unsigned bits, size_t n, const uint64_t y[], double u[])
{
    for (size_t i = 0; i < n; i++)
        u[i] = rw_uniform_from_word(y[i] << (64 - bits) | word_of(u[i]) >> bits);
}
RW_CPU_VARIANTS(void, put_before,
    (unsigned bits, size_t n, const uint64_t y[], double u[]), (bits, n, y, u))

/* u[i] <- points with digits x[i] out of the plain draws u[i]; n <= STEP. */
static void
points(const struct rw_sobol_net *t, size_t n, const uint64_t x[], double u[])
{
    uint64_t y[STEP];

    rw_sobol_scramble(t, n, x, y);
    put_before(t->bits, n, y, u);
}

/* u[i] <- row draws of some futures: all of a row, where not too many are drawn in
 * vain, for one alone costs as much as FEW of those. */
static void
draw_some(
    struct rw_stream s, uint64_t index, size_t n, const uint64_t future[], double u[])
{
    uint64_t least = future[0], most = future[0];
    double row[ROOM];

    for (size_t i = 1; i < n; i++) {
        least = future[i] < least ? future[i] : least;
        most = future[i] > most ? future[i] : most;
    }
    least -= least % RW_STREAM_GROUP;
    if (most - least < ROOM && most - least < FEW * n) {
        rw_stream_fill(s, least, index, (size_t)(most - least) + 1, row);
        for (size_t i = 0; i < n; i++)
            u[i] = row[future[i] - least];
        return;
    }
    for (size_t i = 0; i < n; i++)
        u[i] = rw_stream_row_uniform(s, future[i], index);
}

void
rw_sobol_some(struct rw_stream s, uint64_t index, unsigned dimension, unsigned bits,
    size_t n, const uint64_t future[], double u[])
{
    struct rw_sobol_net t;
    uint64_t x[STEP];

    if (n == 0)
        return;
    rw_sobol_net_make(&t, s, dimension, bits, future[0] >> bits, n >= STEP);
    draw_some(s, index, n, future, u);
    for (size_t i = 0, step; i < n; i += step) {
        step = n - i < STEP ? n - i : STEP;
        for (size_t j = 0; j < step; j++)
            x[j] = high_of(&t, future[i + j]) ^ t.low[future[i + j] % STEP];
        points(&t, step, x, u + i);
    }
}

void
rw_sobol_row(struct rw_stream s, uint64_t index, unsigned dimension, unsigned bits,
    uint64_t first, size_t n, double u[])
{
    struct rw_sobol_net t = {.bits = 0};
    uint64_t x[STEP], each = UINT64_C(1) << bits, piece = each < STEP ? each : STEP;

    rw_stream_fill(s, first, index, n, u);
    for (size_t i = 0, step; i < n; i += step) {
        uint64_t at = first + i, left = piece - at % piece;
        uint32_t high;

        if (t.bits == 0 || at >> bits != t.randomisation)
            rw_sobol_net_make(&t, s, dimension, bits, at >> bits, n - i >= STEP);
        step = n - i < left ? n - i : (size_t)left;
        high = high_of(&t, at);
        for (size_t j = 0; j < step; j++)
            x[j] = high ^ t.low[at % STEP + j];
        points(&t, step, x, u + i);
    }
}
