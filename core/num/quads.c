/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/quads.c -- many counters of one lane at once.
 *
 * Threefry is additions, rotations and exclusive ors of 64 bits, so eight counters go
 * side by side in whatever registers there are: one body, written with the compiler's
 * vectors, is compiled for each.  Where registers are wide two such batches are on
 * their way at once, because a round waits for the one before.
 */
#include "base/err.h"
#include "num/cpu.h"
#include "num/stream.h"

enum { LANES = 8, MOST_BATCHES = 2 };

#define INLINE static inline __attribute__((always_inline))

typedef uint64_t word8 __attribute__((vector_size(64)));

/* Where counters stand: by place in the four, the words of eight. */
struct batch {
    word8 x[4];
};

/* One round of all batches; the other two words change places in every second. */
INLINE void
mix(struct batch b[], int batches, int second, int left, int right)
{
    const int p = second ? 3 : 1, q = second ? 1 : 3;

    for (int i = 0; i < batches; i++) {
        word8 *x = b[i].x;

        x[0] += x[p];
        x[p] = (x[p] << left | x[p] >> (64 - left)) ^ x[0];
        x[2] += x[q];
        x[q] = (x[q] << right | x[q] >> (64 - right)) ^ x[2];
    }
}

INLINE void
inject(struct batch b[], int batches, const uint64_t key[5], unsigned times)
{
    for (int i = 0; i < batches; i++) {
        for (unsigned j = 0; j < 4; j++)
            b[i].x[j] += key[(times + j) % 5];
        b[i].x[3] += (uint64_t)times;
    }
}

/* Counters to words: as threefry4x64_R. */
INLINE void
encrypt(struct batch b[], int batches, struct rw_stream s)
{
    const uint64_t key[5] = {s.seed, s.lane, RW_STREAM_KEY, 0,
        SKEIN_KS_PARITY64 ^ s.seed ^ s.lane ^ RW_STREAM_KEY};

    inject(b, batches, key, 0);
    for (unsigned times = 1; times <= RW_STREAM_ROUNDS / 4; times++) {
        if (times % 2 == 1) {
            mix(b, batches, 0, R_64x4_0_0, R_64x4_0_1);
            mix(b, batches, 1, R_64x4_1_0, R_64x4_1_1);
            mix(b, batches, 0, R_64x4_2_0, R_64x4_2_1);
            mix(b, batches, 1, R_64x4_3_0, R_64x4_3_1);
        } else {
            mix(b, batches, 0, R_64x4_4_0, R_64x4_4_1);
            mix(b, batches, 1, R_64x4_5_0, R_64x4_5_1);
            mix(b, batches, 0, R_64x4_6_0, R_64x4_6_1);
            mix(b, batches, 1, R_64x4_7_0, R_64x4_7_1);
        }
        inject(b, batches, key, times);
    }
}

_Static_assert(RW_STREAM_ROUNDS % 4 == 0, "rounds come by fours");
_Static_assert(RW_STREAM_GROUP == 4 * LANES, "a group is one batch");
_Static_assert(RW_STREAM_ROW == LANES * MOST_BATCHES, "rows are whole batches");

/* rw_uniform_from_word of eight, as bits of a double's fraction. */
INLINE void
store_uniforms(const word8 *w, double u[LANES])
{
    typedef double double8 __attribute__((vector_size(64)));
    word8 bits = *w >> 12 | UINT64_C(0x3ff0000000000000);
    double8 x = (double8)bits - (1 - 0x1p-53);

    memcpy(u, &x, sizeof x);
}

/* Eight counters' words as fours behind each other. */
INLINE void
interleave(struct batch *b)
{
    const word8 x[4] = {b->x[0], b->x[1], b->x[2], b->x[3]};
    word8 a = __builtin_shufflevector(x[0], x[1], 0, 8, 1, 9, 2, 10, 3, 11);
    word8 c = __builtin_shufflevector(x[2], x[3], 0, 8, 1, 9, 2, 10, 3, 11);

    b->x[0] = __builtin_shufflevector(a, c, 0, 1, 8, 9, 2, 3, 10, 11);
    b->x[1] = __builtin_shufflevector(a, c, 4, 5, 12, 13, 6, 7, 14, 15);
    a = __builtin_shufflevector(x[0], x[1], 4, 12, 5, 13, 6, 14, 7, 15);
    c = __builtin_shufflevector(x[2], x[3], 4, 12, 5, 13, 6, 14, 7, 15);
    b->x[2] = __builtin_shufflevector(a, c, 0, 1, 8, 9, 2, 3, 10, 11);
    b->x[3] = __builtin_shufflevector(a, c, 4, 5, 12, 13, 6, 7, 14, 15);
}

/* Fours of their own, n a multiple of the batches' counters; u or word is NULL. */
INLINE void
own(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    double u[], uint64_t word[], int batches)
{
    struct batch b[MOST_BATCHES];

    for (size_t i = 0; i < n; i += (size_t)(LANES * batches)) {
        for (int j = 0; j < batches; j++) {
            memcpy(&b[j].x[0], future + i + LANES * j, sizeof b[j].x[0]);
            memcpy(&b[j].x[1], quad + i + LANES * j, sizeof b[j].x[1]);
            b[j].x[2] = b[j].x[3] = (word8){0};
        }
        encrypt(b, batches, s);
        for (int j = 0; j < batches; j++) {
            size_t at = 4 * i + (size_t)(4 * LANES * j);

            interleave(&b[j]);
            if (u == NULL)
                memcpy(word + at, &b[j], sizeof b[j]);
            for (int k = 0; k < 4 && u != NULL; k++)
                store_uniforms(&b[j].x[k], u + at + (size_t)(LANES * k));
        }
    }
}

/* The same, of one four, as rows: word k of all behind each other from u + k stride on. */
INLINE void
own_rows(struct rw_stream s, size_t n, const uint64_t future[], uint64_t quad,
    size_t stride, double u[], int batches)
{
    struct batch b[MOST_BATCHES];
    const word8 quads = {quad, quad, quad, quad, quad, quad, quad, quad};

    for (size_t i = 0; i < n; i += (size_t)(LANES * batches)) {
        for (int j = 0; j < batches; j++) {
            memcpy(&b[j].x[0], future + i + LANES * j, sizeof b[j].x[0]);
            memcpy(&b[j].x[1], &quads, sizeof quads);
            b[j].x[2] = b[j].x[3] = (word8){0};
        }
        encrypt(b, batches, s);
        for (int j = 0; j < batches; j++)
            for (int k = 0; k < 4; k++)
                store_uniforms(
                    &b[j].x[k], u + (size_t)k * stride + i + (size_t)(LANES * j));
    }
}

/* Whole groups of a row, a multiple of the batches. */
INLINE void
row(struct rw_stream s, uint64_t group, uint64_t index, size_t groups, double u[],
    int batches)
{
    struct batch b[MOST_BATCHES];
    uint64_t indices[LANES];

    for (int j = 0; j < LANES; j++)
        indices[j] = index;
    for (size_t i = 0; i < groups; i += (size_t)batches) {
        for (int j = 0; j < batches; j++) {
            const word8 place = {0, 1, 2, 3, 4, 5, 6, 7};

            b[j].x[0] = place + LANES * (group + i + (uint64_t)j);
            memcpy(&b[j].x[1], indices, sizeof indices);
            b[j].x[2] = (word8){1, 1, 1, 1, 1, 1, 1, 1};
            b[j].x[3] = (word8){0};
        }
        encrypt(b, batches, s);
        for (int j = 0; j < batches; j++)
            for (int k = 0; k < 4; k++)
                store_uniforms(&b[j].x[k],
                    u + RW_STREAM_GROUP * (i + (size_t)j) + (size_t)(LANES * k));
    }
}

/* One of each for every kind of register. */
#define KERNELS(name, target, batches)                                                 \
    target static void own_##name(struct rw_stream s, size_t n,                        \
        const uint64_t future[], const uint64_t quad[], double u[], uint64_t word[])   \
    {                                                                                  \
        if (u != NULL)                                                                 \
            own(s, n, future, quad, u, NULL, batches);                                 \
        else                                                                           \
            own(s, n, future, quad, NULL, word, batches);                              \
    }                                                                                  \
    target static void own_rows_##name(struct rw_stream s, size_t n,                   \
        const uint64_t future[], uint64_t quad, size_t stride, double u[])             \
    {                                                                                  \
        own_rows(s, n, future, quad, stride, u, batches);                              \
    }                                                                                  \
    target static void row_##name(                                                     \
        struct rw_stream s, uint64_t group, uint64_t index, size_t groups, double u[]) \
    {                                                                                  \
        row(s, group, index, groups, u, batches);                                      \
    }

KERNELS(wide, RW_CPU_WIDE, 1)
KERNELS(widest, RW_CPU_WIDEST, MOST_BATCHES)

static void
row_plain(struct rw_stream s, uint64_t group, uint64_t index, size_t groups, double u[])
{
    threefry4x64_key_t k = {{s.seed, s.lane, RW_STREAM_KEY, 0}};

    for (size_t i = 0; i < LANES * groups; i++) {
        size_t at = RW_STREAM_GROUP * (i / LANES) + i % LANES;
        threefry4x64_ctr_t c = {{LANES * group + i, index, 1, 0}};

        c = threefry4x64_R(RW_STREAM_ROUNDS, c, k);
        for (size_t j = 0; j < 4; j++)
            u[at + LANES * j] = rw_uniform_from_word(c.v[j]);
    }
}

enum { WHOLE = RW_STREAM_ROW };

/* A multiple of WHOLE. */
static void
draw_whole(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    double u[], uint64_t word[])
{
    if (rw_cpu_widest())
        own_widest(s, n, future, quad, u, word);
    else
        own_wide(s, n, future, quad, u, word);
}

/* What is left of a batch is one with some that nobody asked for. */
static void
draw_rest(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    double u[], uint64_t word[])
{
    uint64_t whose[WHOLE] = {0}, which[WHOLE] = {0}, words[4 * WHOLE];
    double all[4 * WHOLE];

    memcpy(whose, future, n * sizeof *whose);
    memcpy(which, quad, n * sizeof *which);
    if (u != NULL) {
        draw_whole(s, WHOLE, whose, which, all, NULL);
        memcpy(u, all, 4 * n * sizeof *u);
    } else {
        draw_whole(s, WHOLE, whose, which, NULL, words);
        memcpy(word, words, 4 * n * sizeof *word);
    }
}

/* Fewer are faster one by one. */
enum { FEW = 3 };

static void
draw_own(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    double u[], uint64_t word[])
{
    size_t even = rw_cpu_wide() ? n / WHOLE * WHOLE : 0;

    if (even > 0)
        draw_whole(s, even, future, quad, u, word);
    if (n - even > FEW && rw_cpu_wide()) {
        draw_rest(s, n - even, future + even, quad + even,
            u != NULL ? u + 4 * even : NULL, u != NULL ? NULL : word + 4 * even);
        return;
    }
    for (size_t i = even; i < n; i++)
        if (u != NULL)
            rw_stream_quad(s, future[i], quad[i], u + 4 * i);
        else
            memcpy(word + 4 * i, rw_stream_words(s, future[i], quad[i]).v,
                4 * sizeof *word);
}

void
rw_stream_quads(struct rw_stream s, size_t n, const uint64_t future[],
    const uint64_t quad[], double u[])
{
    draw_own(s, n, future, quad, u, NULL);
}

void
rw_stream_quad_words(struct rw_stream s, size_t n, const uint64_t future[],
    const uint64_t quad[], uint64_t word[])
{
    draw_own(s, n, future, quad, NULL, word);
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
    size_t even = groups / MOST_BATCHES * MOST_BATCHES;

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
