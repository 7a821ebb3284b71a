/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many quantiles of one table.
 *
 * Where each uniform's row is and where it lies in its cell is a loop that compilers
 * take wide.  Reading six numbers of as many rows as a register has lanes is what they
 * would do by gathering, a number at a time; here a row, which is a cache line, is
 * loaded at once, and rows become columns by exchanging halves.  Per quantile that took
 * 1.4 ns instead of 2.7 in 512 bits.  The operations are those of rw_sampler_quantile,
 * in its order: the bits are the same.
 */
#include "num/cpu.h"
#include "num/sampler.h"

enum { STEP = 256 }; /* quantiles read together */

#define INLINE static inline __attribute__((always_inline))

/* row[i] <- where u[i]'s row begins in the table, y[i] <- its place in the cell; false
 * where some u lies beyond the table. */
RW_CPU_EACH bool
find_rows_by(
    size_t n, const double *restrict u, int64_t *restrict row, double *restrict y)
{
    const int64_t least = INT64_C(0x3d70000000000000); /* bits of 2^-40 */
    const int64_t half = (int64_t)RW_SAMPLER_HALF;
    int64_t beyond = 0;

    for (size_t i = 0; i < n; i++) {
        double v = 1.0 - u[i], t = u[i] < v ? u[i] : v;
        int64_t bits, at;

        memcpy(&bits, &t, sizeof bits);
        beyond |= bits < least ? 1 : 0;
        bits = bits < least ? least : bits;
        bits = bits < half ? bits : half - 1;
        at = (1021 - (bits >> 52)) * RW_SAMPLER_CELLS + (bits >> 48 & 15);
        at += u[i] > 0.5 ? RW_SAMPLER_OCTAVES * RW_SAMPLER_CELLS : 0;
        row[i] = at * RW_SAMPLER_ROOM;
        bits = (int64_t)((uint64_t)bits << 4 & UINT64_C(0x000fffffffffffff));
        bits |= INT64_C(0x3ff0000000000000);
        memcpy(&t, &bits, sizeof t);
        y[i] = t - 1.0;
    }
    return beyond == 0;
}
RW_CPU_VARIANTS(bool, find_rows,
    (size_t n, const double u[], int64_t row[], double y[]), (n, u, row, y))

INLINE double
clamp(const struct rw_sampler *s, double x)
{
    x = x < s->low ? s->low : x;
    return x > s->high ? s->high : x;
}

/* ---- x[i] <- the polynomial of its row at y[i], between the ends ---- */

INLINE void
read_each(const struct rw_sampler *s, size_t n, const int64_t row[], const double y[],
    double x[])
{
    const double *table = s->table[0];

    for (size_t i = 0; i < n; i++) {
        const double *c = table + row[i];
        double z = y[i];

        x[i] = clamp(
            s, c[0] + z * (c[1] + z * (c[2] + z * (c[3] + z * (c[4] + z * c[5])))));
    }
}

static void
read_plain(const struct rw_sampler *s, size_t n, const int64_t row[], const double y[],
    double x[])
{
    read_each(s, n, row, y, x);
}

#ifdef __x86_64__

/* Loose ones may lie anywhere in an array. */
typedef double double4 __attribute__((vector_size(32)));
typedef double loose4 __attribute__((vector_size(32), aligned(8), may_alias));
typedef double double8 __attribute__((vector_size(64)));
typedef double loose8 __attribute__((vector_size(64), aligned(8), may_alias));

/* c[k] <- number k of each of four rows, k < 4. */
RW_CPU_WIDE INLINE void
turn4(const double *table, const int64_t row[4], double4 c[4])
{
    double4 r[4], lo[2], hi[2];

    for (int j = 0; j < 4; j++)
        r[j] = *(const loose4 *)(table + row[j]);
    for (int j = 0; j < 2; j++) {
        lo[j] = __builtin_shufflevector(r[2 * j], r[2 * j + 1], 0, 4, 2, 6);
        hi[j] = __builtin_shufflevector(r[2 * j], r[2 * j + 1], 1, 5, 3, 7);
    }
    c[0] = __builtin_shufflevector(lo[0], lo[1], 0, 1, 4, 5);
    c[1] = __builtin_shufflevector(hi[0], hi[1], 0, 1, 4, 5);
    c[2] = __builtin_shufflevector(lo[0], lo[1], 2, 3, 6, 7);
    c[3] = __builtin_shufflevector(hi[0], hi[1], 2, 3, 6, 7);
}

RW_CPU_WIDE static void
read_wide(const struct rw_sampler *s, size_t n, const int64_t row[], const double y[],
    double x[])
{
    size_t even = n / 4 * 4;

    for (size_t i = 0; i < even; i += 4) {
        double4 c[4], d[4], z = *(const loose4 *)(y + i);

        turn4(s->table[0], row + i, c);
        turn4(s->table[0] + 4, row + i, d);
        *(loose4 *)(x + i) =
            c[0] + z * (c[1] + z * (c[2] + z * (c[3] + z * (d[0] + z * d[1]))));
    }
    for (size_t i = 0; i < even; i++)
        x[i] = clamp(s, x[i]);
    read_each(s, n - even, row + even, y + even, x + even);
}

/* c[k] <- number k of each of eight rows, k < RW_SAMPLER_TERMS. */
RW_CPU_WIDEST INLINE void
turn8(const double *table, const int64_t row[8], double8 c[RW_SAMPLER_TERMS])
{
    double8 r[8], lo[4], hi[4], even[4], odd[2];

    for (int j = 0; j < 8; j++)
        r[j] = *(const loose8 *)(table + row[j]);
    for (int j = 0; j < 4; j++) { /* of pairs: numbers 0 2 4 6, and 1 3 5 7 */
        lo[j] =
            __builtin_shufflevector(r[2 * j], r[2 * j + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        hi[j] =
            __builtin_shufflevector(r[2 * j], r[2 * j + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int j = 0; j < 2; j++) { /* of two pairs: numbers 0 4, and 1 5 */
        even[j] =
            __builtin_shufflevector(lo[2 * j], lo[2 * j + 1], 0, 1, 4, 5, 8, 9, 12, 13);
        odd[j] =
            __builtin_shufflevector(hi[2 * j], hi[2 * j + 1], 0, 1, 4, 5, 8, 9, 12, 13);
    }
    c[0] = __builtin_shufflevector(even[0], even[1], 0, 1, 4, 5, 8, 9, 12, 13);
    c[4] = __builtin_shufflevector(even[0], even[1], 2, 3, 6, 7, 10, 11, 14, 15);
    c[1] = __builtin_shufflevector(odd[0], odd[1], 0, 1, 4, 5, 8, 9, 12, 13);
    c[5] = __builtin_shufflevector(odd[0], odd[1], 2, 3, 6, 7, 10, 11, 14, 15);
    for (int j = 0; j < 2; j++) { /* numbers 2, and 3 */
        even[j] = __builtin_shufflevector(
            lo[2 * j], lo[2 * j + 1], 2, 3, 6, 7, 10, 11, 14, 15);
        odd[j] = __builtin_shufflevector(
            hi[2 * j], hi[2 * j + 1], 2, 3, 6, 7, 10, 11, 14, 15);
    }
    c[2] = __builtin_shufflevector(even[0], even[1], 0, 1, 4, 5, 8, 9, 12, 13);
    c[3] = __builtin_shufflevector(odd[0], odd[1], 0, 1, 4, 5, 8, 9, 12, 13);
}

RW_CPU_WIDEST static void
read_widest(const struct rw_sampler *s, size_t n, const int64_t row[], const double y[],
    double x[])
{
    size_t even = n / 8 * 8;

    for (size_t i = 0; i < even; i += 8) {
        double8 c[RW_SAMPLER_TERMS], z = *(const loose8 *)(y + i);

        turn8(s->table[0], row + i, c);
        *(loose8 *)(x + i) =
            c[0] + z * (c[1] + z * (c[2] + z * (c[3] + z * (c[4] + z * c[5]))));
    }
    for (size_t i = 0; i < even; i++)
        x[i] = clamp(s, x[i]);
    read_each(s, n - even, row + even, y + even, x + even);
}

static void
read_rows(const struct rw_sampler *s, size_t n, const int64_t row[], const double y[],
    double x[])
{
    if (rw_cpu_widest())
        read_widest(s, n, row, y, x);
    else if (rw_cpu_wide())
        read_wide(s, n, row, y, x);
    else
        read_plain(s, n, row, y, x);
}

#else

static void
read_rows(const struct rw_sampler *s, size_t n, const int64_t row[], const double y[],
    double x[])
{
    read_plain(s, n, row, y, x);
}

#endif

/* At most STEP of them; x may be u. */
static void
map_step(const struct rw_sampler *s, size_t n, const double u[], double x[])
{
    int64_t row[STEP];
    double y[STEP];

    if (s->table != NULL && find_rows(n, u, row, y)) {
        read_rows(s, n, row, y, x);
        return;
    }
    for (size_t i = 0; i < n; i++)
        x[i] = rw_sampler_quantile(s, u[i]);
}

void
rw_sampler_map(const struct rw_sampler *s, size_t n, const double u[], double x[])
{
    if (s->known) /* u may never have been written */
        for (size_t i = 0; i < n; i++)
            x[i] = s->constant;
    else
        for (size_t i = 0; i < n; i += STEP)
            map_step(s, n - i < STEP ? n - i : STEP, u + i, x + i);
}
