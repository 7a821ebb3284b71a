/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/stream.h -- randomness as a pure function.
 *
 * A lane is one random variable of one thing in the model (rw_lane: a hash of
 * its name).  Its draws are words of Threefry4x64 with RW_STREAM_ROUNDS rounds,
 *   key = (seed, lane, RW_STREAM_KEY, 0),
 * and lie in one of two ways, which never share a counter:
 *
 *   own   a future has fours of its own, for what is drawn for few futures, or
 *         often for one:
 *           word(future, index) = threefry(future, index div 4, 0, 0)[index mod 4]
 *   row   futures share fours, for what is drawn once for each of them; b is
 *         the number future div RW_STREAM_GROUP, j the place in that group:
 *           word(future, index) = threefry(8 b + j mod 8, index, 1, 0)[j div 8]
 *         so that eight counters at once make a group in its order.
 *
 * Nothing is advanced and nothing is shared: a draw does not depend on
 * threads, on blocks, or on which other draws are made.
 *
 * Uniforms lie on the grid (k + 1/2) 2^-52, k = 0 .. 2^52 - 1: u and 1 - u are
 * both exact and on it, and neither 0 nor 1 can occur.
 *
 * Source: Salmon et al., SC11 (2011), Random123 1.14.  Of Threefry4x64 they find
 * 12 rounds to pass all of TestU01's BigCrush; we take four more.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_STREAM_H
#define RW_NUM_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <Random123/threefry.h>

#define RW_STREAM_KEY    UINT64_C(0x7269736b77686c32) /* "riskwhl2": layout 2 */
#define RW_STREAM_ROUNDS 16
#define RW_STREAM_GROUP  32
#define RW_STREAM_ROW    16

struct rw_stream {
    uint64_t seed, lane;
};

/* 64-bit name of a lane: FNV-1a over "owner/id/variable", mixed; collisions
 * are refused when a model is built. */
uint64_t rw_lane(const char *owner, const char *id, const char *variable);

/* The uniform of one word: (0, 1), 52 bits. */
static inline double
rw_uniform_from_word(uint64_t w)
{
    uint64_t bits = w >> 12 | UINT64_C(0x3ff0000000000000);
    double x; /* 1 + k 2^-52 */

    memcpy(&x, &bits, sizeof x);
    return x - (1 - 0x1p-53);
}

/* ---- own draws ---- */

/* The four words of one counter. */
static inline threefry4x64_ctr_t
rw_stream_words(struct rw_stream s, uint64_t future, uint64_t quad)
{
    threefry4x64_ctr_t c = {{future, quad, 0, 0}};
    threefry4x64_key_t k = {{s.seed, s.lane, RW_STREAM_KEY, 0}};

    return threefry4x64_R(RW_STREAM_ROUNDS, c, k);
}

/* u[0..3] <- the uniforms with indices 4 quad .. 4 quad + 3. */
static inline void
rw_stream_quad(struct rw_stream s, uint64_t future, uint64_t quad, double u[4])
{
    threefry4x64_ctr_t r = rw_stream_words(s, future, quad);

    for (int j = 0; j < 4; j++)
        u[j] = rw_uniform_from_word(r.v[j]);
}

/* One uniform.  Costs as much as four: loops should use rw_stream_quad. */
static inline double
rw_stream_uniform(struct rw_stream s, uint64_t future, uint64_t index)
{
    return rw_uniform_from_word(rw_stream_words(s, future, index / 4).v[index % 4]);
}

/* The same for many at once (quads.c): u[4 i .. 4 i + 3] <- the four `quad[i]' of
 * future[i].  Shapes: (n), u (4 n). */
void rw_stream_quads(struct rw_stream s, size_t n, const uint64_t future[],
    const uint64_t quad[], double u[]);
/* Their words, by their place: word[k apart + i] <- word k of four i; apart >= n. */
void rw_stream_quad_words(struct rw_stream s, size_t n, const uint64_t future[],
    const uint64_t quad[], size_t apart, uint64_t word[]);
/* One four of each, as rows: u[k stride + i] <- uniform k of four `quad' of future[i].
 * stride, of which n is a part, is a multiple of RW_STREAM_ROW; future has room, and u is
 * written, up to the next multiple after n.  Shapes: future (stride), u (4, stride). */
void rw_stream_quad_rows(struct rw_stream s, size_t n, const uint64_t future[],
    uint64_t quad, size_t stride, double u[]);
/* Uniforms of the futures first .. first + n - 1, and one four of each. */
void rw_stream_own_row(
    struct rw_stream s, uint64_t first, uint64_t quad, size_t n, double u[]);

/* ---- row draws ---- */

/* u[i] <- the row draw of future first + i at one index; shape of u: (n).  Costs a
 * quarter of a four where n is many and first a multiple of RW_STREAM_GROUP. */
void rw_stream_fill(
    struct rw_stream s, uint64_t first, uint64_t index, size_t n, double u[]);

/* One of them. */
static inline double
rw_stream_row_uniform(struct rw_stream s, uint64_t future, uint64_t index)
{
    uint64_t b = future / RW_STREAM_GROUP, j = future % RW_STREAM_GROUP;
    threefry4x64_ctr_t c = {{8 * b + j % 8, index, 1, 0}};
    threefry4x64_key_t k = {{s.seed, s.lane, RW_STREAM_KEY, 0}};

    return rw_uniform_from_word(threefry4x64_R(RW_STREAM_ROUNDS, c, k).v[j / 8]);
}

#endif
