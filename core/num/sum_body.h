/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sum_body.h -- sum.c's moments for one kind of register, which includes it
 * once for each; no guard.  NAME(x): x of this kind; TARGET: its attribute; WIDE: as
 * many numbers as a register holds, a divisor of LANES.
 *
 * Floor: num.  Threads: pure.
 */

#define BODY TARGET static inline __attribute__((always_inline))

enum { NAME(PARTS) = LANES / WIDE }; /* registers of all lanes */

typedef double NAME(reals) __attribute__((vector_size(8 * WIDE)));
typedef double NAME(loose)
    __attribute__((vector_size(8 * WIDE), aligned(8), may_alias));

/* Sums by lane; numbers beyond the last whole eight belong to the first lanes. */
BODY double
NAME(folded)(const NAME(reals) v[])
{
    double a[LANES];

    for (size_t j = 0; j < LANES; j++)
        a[j] = v[j / WIDE][j % WIDE];
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

/* mean[] <- of n numbers in each of so many rows, a constant: their chains of additions
 * do not wait for each other. */
BODY void
NAME(means)(size_t rows, const double *const x[], size_t n, double mean[])
{
    NAME(reals) sum[RW_MOMENTS_SIDE][NAME(PARTS)] = {{{0}}};
    size_t whole = n - n % LANES;

    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < rows; k++)
            for (size_t p = 0; p < NAME(PARTS); p++)
                sum[k][p] += *(const NAME(loose) *)(x[k] + i + WIDE * p);
    for (size_t k = 0; k < rows; k++) {
        for (size_t i = whole; i < n; i++)
            sum[k][(i - whole) / WIDE][(i - whole) % WIDE] += x[k][i];
        mean[k] = NAME(folded)(sum[k]) / (double)n;
    }
}

/* m2[] <- by these means, likewise. */
BODY void
NAME(squares)(
    size_t rows, const double *const x[], size_t n, const double mean[], double m2[])
{
    NAME(reals) square[RW_MOMENTS_SIDE][NAME(PARTS)] = {{{0}}};
    /* what rounding left in the mean */
    NAME(reals) rest[RW_MOMENTS_SIDE][NAME(PARTS)] = {{{0}}};
    size_t whole = n - n % LANES;

    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < rows; k++)
            for (size_t p = 0; p < NAME(PARTS); p++) {
                NAME(reals) d = *(const NAME(loose) *)(x[k] + i + WIDE * p) - mean[k];

                square[k][p] += d * d;
                rest[k][p] += d;
            }
    for (size_t k = 0; k < rows; k++) {
        double left;

        for (size_t i = whole; i < n; i++) {
            size_t j = i - whole;
            double d = x[k][i] - mean[k];

            square[k][j / WIDE][j % WIDE] += d * d;
            rest[k][j / WIDE][j % WIDE] += d;
        }
        left = NAME(folded)(rest[k]);
        m2[k] = NAME(folded)(square[k]) - left * (left / (double)n);
        m2[k] = m2[k] > 0 ? m2[k] : 0;
    }
}

/* Two passes over at most CHUNK numbers of each row.  The second has twice the chains:
 * it goes over half of the rows at once. */
TARGET static void
NAME(chunks)(size_t rows, const double *const x[], size_t n, double mean[], double m2[])
{
    enum { HALF = RW_MOMENTS_SIDE / 2 };

    if (rows < RW_MOMENTS_SIDE) {
        for (size_t k = 0; k < rows; k++) {
            NAME(means)(1, x + k, n, mean + k);
            NAME(squares)(1, x + k, n, mean + k, m2 + k);
        }
        return;
    }
    NAME(means)(RW_MOMENTS_SIDE, x, n, mean);
    NAME(squares)(HALF, x, n, mean, m2);
    NAME(squares)(HALF, x + HALF, n, mean + HALF, m2 + HALF);
}

#undef BODY
#undef NAME
#undef TARGET
#undef WIDE
