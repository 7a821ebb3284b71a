/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/quads_body.h -- quads.c for one kind of register, which includes it once for
 * each; no guard.
 *
 *   NAME(x)   x of this kind
 *   TARGET    its attribute
 *   LANES     counters side by side: as many words as a register holds (wider vectors of
 *             the compiler are taken apart word by word by some)
 *
 * Two batches of counters are on their way at once, because a round waits for the one
 * before.
 *
 * Floor: num.  Threads: pure.
 */

#define BODY TARGET static inline __attribute__((always_inline))

enum { NAME(BATCHES) = 2, NAME(WHOLE) = 2 * LANES };

typedef uint64_t NAME(words) __attribute__((vector_size(8 * LANES)));
typedef double NAME(reals) __attribute__((vector_size(8 * LANES)));
/* The same anywhere in an array. */
typedef uint64_t NAME(loose)
    __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef double NAME(loose_reals)
    __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

/* Where counters stand: by place in the four, the words of all lanes. */
struct NAME(batch) {
    NAME(words) x[4];
};

/* One round of all batches; the other two words change places in every second. */
BODY void
NAME(mix)(struct NAME(batch) b[], int second, int left, int right)
{
    const int p = second ? 3 : 1, q = second ? 1 : 3;

    for (int i = 0; i < NAME(BATCHES); i++) {
        NAME(words) *x = b[i].x;

        x[0] += x[p];
        x[p] = (x[p] << left | x[p] >> (64 - left)) ^ x[0];
        x[2] += x[q];
        x[q] = (x[q] << right | x[q] >> (64 - right)) ^ x[2];
    }
}

BODY void
NAME(inject)(struct NAME(batch) b[], const uint64_t key[5], unsigned times)
{
    for (int i = 0; i < NAME(BATCHES); i++) {
        for (unsigned j = 0; j < 4; j++)
            b[i].x[j] += key[(times + j) % 5];
        b[i].x[3] += (uint64_t)times;
    }
}

/* Counters to words: as threefry4x64_R. */
BODY void
NAME(encrypt)(struct NAME(batch) b[], struct rw_stream s)
{
    const uint64_t key[5] = {s.seed, s.lane, RW_STREAM_KEY, 0,
        SKEIN_KS_PARITY64 ^ s.seed ^ s.lane ^ RW_STREAM_KEY};

    NAME(inject)(b, key, 0);
    for (unsigned times = 1; times <= RW_STREAM_ROUNDS / 4; times++) {
        if (times % 2 == 1) {
            NAME(mix)(b, 0, R_64x4_0_0, R_64x4_0_1);
            NAME(mix)(b, 1, R_64x4_1_0, R_64x4_1_1);
            NAME(mix)(b, 0, R_64x4_2_0, R_64x4_2_1);
            NAME(mix)(b, 1, R_64x4_3_0, R_64x4_3_1);
        } else {
            NAME(mix)(b, 0, R_64x4_4_0, R_64x4_4_1);
            NAME(mix)(b, 1, R_64x4_5_0, R_64x4_5_1);
            NAME(mix)(b, 0, R_64x4_6_0, R_64x4_6_1);
            NAME(mix)(b, 1, R_64x4_7_0, R_64x4_7_1);
        }
        NAME(inject)(b, key, times);
    }
}

/* rw_uniform_from_word of all lanes, as bits of a double's fraction. */
BODY void
NAME(store_uniforms)(NAME(words) w, double u[])
{
    NAME(words) bits = w >> 12 | UINT64_C(0x3ff0000000000000);

    *(NAME(loose_reals) *)u = (NAME(reals))bits - (1 - 0x1p-53);
}

/* Fours behind each other out of words. */
BODY void
NAME(interleave)(struct NAME(batch) * b)
{
    const NAME(words) x[4] = {b->x[0], b->x[1], b->x[2], b->x[3]};
#if LANES == 8
    NAME(words) a = __builtin_shufflevector(x[0], x[1], 0, 8, 1, 9, 2, 10, 3, 11);
    NAME(words) c = __builtin_shufflevector(x[2], x[3], 0, 8, 1, 9, 2, 10, 3, 11);

    b->x[0] = __builtin_shufflevector(a, c, 0, 1, 8, 9, 2, 3, 10, 11);
    b->x[1] = __builtin_shufflevector(a, c, 4, 5, 12, 13, 6, 7, 14, 15);
    a = __builtin_shufflevector(x[0], x[1], 4, 12, 5, 13, 6, 14, 7, 15);
    c = __builtin_shufflevector(x[2], x[3], 4, 12, 5, 13, 6, 14, 7, 15);
    b->x[2] = __builtin_shufflevector(a, c, 0, 1, 8, 9, 2, 3, 10, 11);
    b->x[3] = __builtin_shufflevector(a, c, 4, 5, 12, 13, 6, 7, 14, 15);
#else
    NAME(words) a = __builtin_shufflevector(x[0], x[1], 0, 4, 2, 6);
    NAME(words) c = __builtin_shufflevector(x[2], x[3], 0, 4, 2, 6);
    NAME(words) d = __builtin_shufflevector(x[0], x[1], 1, 5, 3, 7);
    NAME(words) e = __builtin_shufflevector(x[2], x[3], 1, 5, 3, 7);

    b->x[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
    b->x[1] = __builtin_shufflevector(d, e, 0, 1, 4, 5);
    b->x[2] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
    b->x[3] = __builtin_shufflevector(d, e, 2, 3, 6, 7);
#endif
}

/* Of a batch whose first counter is the i-th. */
BODY void
NAME(put)(struct NAME(batch) * b, size_t i, struct drawn to)
{
    if (to.u != NULL)
        NAME(interleave)(b);
    for (size_t k = 0; k < 4; k++)
        if (to.u != NULL)
            NAME(store_uniforms)(b->x[k], to.u + 4 * i + LANES * k);
        else
            *(NAME(loose) *)(to.word + k * to.apart + i) = b->x[k];
}

/* Fours of their own, n a multiple of RW_STREAM_ROW. */
TARGET static void
NAME(own)(struct rw_stream s, size_t n, const uint64_t future[], const uint64_t quad[],
    struct drawn to)
{
    struct NAME(batch) b[NAME(BATCHES)];

    for (size_t i = 0; i < n; i += NAME(WHOLE)) {
        for (size_t j = 0; j < NAME(BATCHES); j++) {
            b[j].x[0] = *(const NAME(loose) *)(future + i + LANES * j);
            b[j].x[1] = *(const NAME(loose) *)(quad + i + LANES * j);
            b[j].x[2] = b[j].x[3] = (NAME(words)){0};
        }
        NAME(encrypt)(b, s);
        for (size_t j = 0; j < NAME(BATCHES); j++)
            NAME(put)(&b[j], i + LANES * j, to);
    }
}

/* The same, of one four, as rows: word k of all behind each other from u + k stride on. */
TARGET static void
NAME(own_rows)(struct rw_stream s, size_t n, const uint64_t future[], uint64_t quad,
    size_t stride, double u[])
{
    struct NAME(batch) b[NAME(BATCHES)];

    for (size_t i = 0; i < n; i += NAME(WHOLE)) {
        for (size_t j = 0; j < NAME(BATCHES); j++) {
            b[j].x[0] = *(const NAME(loose) *)(future + i + LANES * j);
            b[j].x[1] = (NAME(words)){0} + quad;
            b[j].x[2] = b[j].x[3] = (NAME(words)){0};
        }
        NAME(encrypt)(b, s);
        for (size_t j = 0; j < NAME(BATCHES); j++)
            for (size_t k = 0; k < 4; k++)
                NAME(store_uniforms)(b[j].x[k], u + k * stride + i + LANES * j);
    }
}

/* Whole groups of a row, two or more. */
TARGET static void
NAME(row)(struct rw_stream s, uint64_t group, uint64_t index, size_t groups, double u[])
{
    struct NAME(batch) b[NAME(BATCHES)];
#if LANES == 8
    const NAME(words) place = {0, 1, 2, 3, 4, 5, 6, 7};
#else
    const NAME(words) place = {0, 1, 2, 3};
#endif

    for (size_t i = 0; i < EIGHT * groups; i += NAME(WHOLE)) {
        for (size_t j = 0; j < NAME(BATCHES); j++) {
            b[j].x[0] = place + (EIGHT * group + i + LANES * j);
            b[j].x[1] = (NAME(words)){0} + index;
            b[j].x[2] = (NAME(words)){0} + 1;
            b[j].x[3] = (NAME(words)){0};
        }
        NAME(encrypt)(b, s);
        for (size_t j = 0; j < NAME(BATCHES); j++) {
            size_t at = i + LANES * j, to = RW_STREAM_GROUP * (at / EIGHT) + at % EIGHT;

            for (size_t k = 0; k < 4; k++)
                NAME(store_uniforms)(b[j].x[k], u + to + EIGHT * k);
        }
    }
}

#undef BODY
#undef NAME
#undef TARGET
#undef LANES
