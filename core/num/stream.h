/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/stream.h -- randomness as a pure function.
 *
 *   word(seed, future, lane, index) = Philox4x64-10(counter, key)[index mod 4]
 *   counter = (index div 4, future, lane, 0),  key = (seed, RW_STREAM_KEY)
 *
 * A lane is one random variable of one thing in the model (rw_lane: a hash of
 * its name).  Nothing is advanced and nothing is shared: a draw does not
 * depend on threads, on blocks, or on which other draws are made.
 *
 * Uniforms lie on the grid k 2^-53, k = 1 .. 2^53 - 1, so u and 1 - u are
 * both exact and neither 0 nor 1 can occur; the word k = 0 reads as 2^-54.
 * (The usual (k + 1/2) 2^-53 rounds to 1 for the largest k.)
 *
 * Source: Salmon et al., SC11 (2011), Random123 1.14.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_STREAM_H
#define RW_NUM_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include <Random123/philox.h>

#define RW_STREAM_KEY UINT64_C(0x7269736b77686565) /* "riskwhee": layout 1 */

struct rw_stream {
    uint64_t seed, lane;
};

/* 64-bit name of a lane: FNV-1a over "owner/id/variable", mixed; collisions
 * are refused when a model is built. */
uint64_t rw_lane(const char *owner, const char *id, const char *variable);

/* The uniform of one word: (0, 1), 53 bits. */
static inline double
rw_uniform_from_word(uint64_t w)
{
    double k = (double)(int64_t)(w >> 11); /* a machine has no other conversion */

    return (k > 0.5 ? k : 0.5) * 0x1p-53;
}

/* The four words of one counter. */
static inline philox4x64_ctr_t
rw_stream_words(struct rw_stream s, uint64_t future, uint64_t quad)
{
    philox4x64_ctr_t c = {{quad, future, s.lane, 0}};
    philox4x64_key_t k = {{s.seed, RW_STREAM_KEY}};

    return philox4x64(c, k);
}

/* u[0..3] <- the uniforms with indices 4 quad .. 4 quad + 3. */
static inline void
rw_stream_quad(struct rw_stream s, uint64_t future, uint64_t quad, double u[4])
{
    philox4x64_ctr_t r = rw_stream_words(s, future, quad);

    for (int j = 0; j < 4; j++)
        u[j] = rw_uniform_from_word(r.v[j]);
}

/* The round keys of a seed, worked out once: a third of the work of a draw.
 * For loops that draw much; the uniforms are those of rw_stream_quad. */
struct rw_stream_keys {
    philox4x64_key_t round[10];
};

static inline struct rw_stream_keys
rw_stream_keys_of(uint64_t seed)
{
    struct rw_stream_keys k;

    k.round[0] = (philox4x64_key_t){{seed, RW_STREAM_KEY}};
    for (int j = 1; j < 10; j++)
        k.round[j] = _philox4x64bumpkey(k.round[j - 1]);
    return k;
}

static inline philox4x64_ctr_t
rw_stream_keyed_words(
    const struct rw_stream_keys *k, uint64_t lane, uint64_t future, uint64_t quad)
{
    philox4x64_ctr_t c = {{quad, future, lane, 0}};

    for (int j = 0; j < 10; j++)
        c = _philox4x64round(c, k->round[j]);
    return c;
}

static inline void
rw_stream_keyed_quad(const struct rw_stream_keys *k, uint64_t lane, uint64_t future,
    uint64_t quad, double u[4])
{
    philox4x64_ctr_t c = rw_stream_keyed_words(k, lane, future, quad);

    for (int j = 0; j < 4; j++)
        u[j] = rw_uniform_from_word(c.v[j]);
}

/* The same for many at once (quads.c): u[4 i .. 4 i + 3] <- the four `quad[i]' of
 * future[i].  Shapes: (n), u (4 n). */
void rw_stream_quads(const struct rw_stream_keys *k, uint64_t lane, size_t n,
    const uint64_t future[], const uint64_t quad[], double u[]);
/* Their words. */
void rw_stream_quad_words(const struct rw_stream_keys *k, uint64_t lane, size_t n,
    const uint64_t future[], const uint64_t quad[], uint64_t word[]);
/* Of the futures first .. first + n - 1, and one quad. */
void rw_stream_row(const struct rw_stream_keys *k, uint64_t lane, uint64_t first,
    uint64_t quad, size_t n, double u[]);

/* One uniform.  Costs as much as four: loops should use rw_stream_quad. */
static inline double
rw_stream_uniform(struct rw_stream s, uint64_t future, uint64_t index)
{
    return rw_uniform_from_word(rw_stream_words(s, future, index / 4).v[index % 4]);
}

/* u[i] <- uniform of future first + i at one index; shape of u: (n). */
void rw_stream_fill(
    struct rw_stream s, uint64_t first, uint64_t index, size_t n, double u[]);

#endif
