/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/quads.c -- many counters of one lane at once.
 *
 * A round of Philox4x64 is two products of 64 by 64 bits.  A processor makes one of
 * them in a cycle or so; eight at once, each out of four products of 32 bits, cost less
 * in registers of 512 bits, and more in those of 256: there the plain loop stays.  Two
 * batches of eight go side by side because a round waits for the one before.
 */
#include "num/cpu.h"
#include "num/stream.h"

enum { LANES = 8, BATCHES = 2, ROUNDS = 10 };

static void
plain(const struct rw_stream_keys *k, uint64_t lane, size_t n, const uint64_t future[],
    const uint64_t quad[], double u[])
{
    for (size_t i = 0; i < n; i++)
        rw_stream_keyed_quad(k, lane, future[i], quad[i], u + 4 * i);
}

static void
plain_words(const struct rw_stream_keys *k, uint64_t lane, size_t n,
    const uint64_t future[], const uint64_t quad[], uint64_t word[])
{
    for (size_t i = 0; i < n; i++) {
        philox4x64_ctr_t c = rw_stream_keyed_words(k, lane, future[i], quad[i]);

        for (size_t j = 0; j < 4; j++)
            word[4 * i + j] = c.v[j];
    }
}

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE   static inline __attribute__((always_inline)) RW_CPU_WIDEST
#define EITHER for (int b = 0; b < BATCHES; b++)

/* hi and lo of a times m, out of products of halves. */
WIDE __m512i
product(__m512i a, uint64_t m, __m512i *lo)
{
    const __m512i low = _mm512_set1_epi64((long long)(m & 0xffffffff)),
                  high = _mm512_set1_epi64((long long)(m >> 32)),
                  half = _mm512_set1_epi64(0xffffffff);
    __m512i above = _mm512_srli_epi64(a, 32);
    __m512i t = _mm512_add_epi64(
        _mm512_mul_epu32(above, low), _mm512_srli_epi64(_mm512_mul_epu32(a, low), 32));
    __m512i w = _mm512_add_epi64(_mm512_mul_epu32(a, high), _mm512_and_si512(t, half));

    *lo = _mm512_mullo_epi64(a, _mm512_set1_epi64((long long)m));
    return _mm512_add_epi64(_mm512_mul_epu32(above, high),
        _mm512_add_epi64(_mm512_srli_epi64(t, 32), _mm512_srli_epi64(w, 32)));
}

/* rw_uniform_from_word */
WIDE __m512d
uniforms(__m512i word)
{
    __m512d k = _mm512_cvtepi64_pd(_mm512_srli_epi64(word, 11));

    return _mm512_mul_pd(
        _mm512_max_pd(k, _mm512_set1_pd(0.5)), _mm512_set1_pd(0x1p-53));
}

/* Eight counters' words, first to fourth, as fours behind each other. */
WIDE void
store(const __m512d w[4], double u[4 * LANES])
{
    const __m512i two = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11),
                  next = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
    __m512d a = _mm512_unpacklo_pd(w[0], w[1]), b = _mm512_unpackhi_pd(w[0], w[1]);
    __m512d c = _mm512_unpacklo_pd(w[2], w[3]), d = _mm512_unpackhi_pd(w[2], w[3]);
    __m512d even = _mm512_permutex2var_pd(a, two, c),
            odd = _mm512_permutex2var_pd(b, two, d);

    _mm512_storeu_pd(u, _mm512_shuffle_f64x2(even, odd, 0x44));
    _mm512_storeu_pd(u + 8, _mm512_shuffle_f64x2(even, odd, 0xee));
    even = _mm512_permutex2var_pd(a, next, c);
    odd = _mm512_permutex2var_pd(b, next, d);
    _mm512_storeu_pd(u + 16, _mm512_shuffle_f64x2(even, odd, 0x44));
    _mm512_storeu_pd(u + 24, _mm512_shuffle_f64x2(even, odd, 0xee));
}

/* The words of a batch, by place in the four. */
WIDE void
rounds(const struct rw_stream_keys *k, uint64_t lane, const uint64_t future[],
    const uint64_t quad[], __m512i c[BATCHES][4])
{
    EITHER
    {
        c[b][0] = _mm512_loadu_si512(quad + b * LANES);
        c[b][1] = _mm512_loadu_si512(future + b * LANES);
        c[b][2] = _mm512_set1_epi64((long long)lane);
        c[b][3] = _mm512_setzero_si512();
    }
    for (int r = 0; r < ROUNDS; r++) {
        const __m512i k0 = _mm512_set1_epi64((long long)k->round[r].v[0]),
                      k1 = _mm512_set1_epi64((long long)k->round[r].v[1]);

        EITHER
        {
            __m512i low[2], high0 = product(c[b][0], PHILOX_M4x64_0, &low[0]),
                            high1 = product(c[b][2], PHILOX_M4x64_1, &low[1]);

            c[b][0] = _mm512_xor_si512(_mm512_xor_si512(high1, c[b][1]), k0);
            c[b][1] = low[1];
            c[b][2] = _mm512_xor_si512(_mm512_xor_si512(high0, c[b][3]), k1);
            c[b][3] = low[0];
        }
    }
}

RW_CPU_WIDEST static void
wide(const struct rw_stream_keys *k, uint64_t lane, const uint64_t future[],
    const uint64_t quad[], double u[])
{
    __m512i c[BATCHES][4];

    rounds(k, lane, future, quad, c);
    EITHER
    {
        const __m512d w[4] = {
            uniforms(c[b][0]), uniforms(c[b][1]), uniforms(c[b][2]), uniforms(c[b][3])};

        store(w, u + 4 * LANES * b);
    }
}

RW_CPU_WIDEST static void
wide_words(const struct rw_stream_keys *k, uint64_t lane, const uint64_t future[],
    const uint64_t quad[], uint64_t word[])
{
    __m512i c[BATCHES][4];

    rounds(k, lane, future, quad, c);
    EITHER
    {
        __m512d w[4]; /* only bits: nothing is computed with them */

        for (int j = 0; j < 4; j++)
            w[j] = _mm512_castsi512_pd(c[b][j]);
        store(w, (double *)(void *)(word + 4 * LANES * b));
    }
}
#else
#define wide(k, lane, future, quad, u) plain(k, lane, LANES *BATCHES, future, quad, u)
#define wide_words(k, lane, future, quad, u)                                           \
    plain_words(k, lane, LANES *BATCHES, future, quad, u)
#endif

void
rw_stream_quads(const struct rw_stream_keys *k, uint64_t lane, size_t n,
    const uint64_t future[], const uint64_t quad[], double u[])
{
    size_t i = 0;

    if (rw_cpu_widest())
        for (; i + LANES * BATCHES <= n; i += LANES * BATCHES)
            wide(k, lane, future + i, quad + i, u + 4 * i);
    plain(k, lane, n - i, future + i, quad + i, u + 4 * i);
}

void
rw_stream_quad_words(const struct rw_stream_keys *k, uint64_t lane, size_t n,
    const uint64_t future[], const uint64_t quad[], uint64_t word[])
{
    size_t i = 0;

    if (rw_cpu_widest())
        for (; i + LANES * BATCHES <= n; i += LANES * BATCHES)
            wide_words(k, lane, future + i, quad + i, word + 4 * i);
    plain_words(k, lane, n - i, future + i, quad + i, word + 4 * i);
}

void
rw_stream_row(const struct rw_stream_keys *k, uint64_t lane, uint64_t first,
    uint64_t quad, size_t n, double u[])
{
    enum { STEP = 256 };
    uint64_t future[STEP], quads[STEP];

    for (size_t j = 0; j < STEP; j++)
        quads[j] = quad;
    for (size_t i = 0; i < n; i += STEP) {
        size_t step = n - i < STEP ? n - i : STEP;

        for (size_t j = 0; j < step; j++)
            future[j] = first + i + j;
        rw_stream_quads(k, lane, step, future, quads, u + 4 * i);
    }
}
