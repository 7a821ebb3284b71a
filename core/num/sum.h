/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sum.h -- sums and moments that neither drift nor depend on who
 * adds: one order, compensated.
 *
 * rw_sum is Neumaier's variant of Kahan's sum (ZAMM 54 (1974) 39): the error
 * of n terms is below 2 eps |sum| + O(n eps^2) sum |x|.
 * rw_moments keeps (n, mean, M2) and joins two of them after Chan, Golub and
 * LeVeque (1979); the caller joins blocks in block order.
 *
 * Floor: num.  Threads: a value belongs to one thread at a time.
 */
#ifndef RW_NUM_SUM_H
#define RW_NUM_SUM_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

struct rw_sum {
    double sum, error;
};

static inline void
rw_sum_add(struct rw_sum *s, double x)
{
    double t = s->sum + x;

    s->error += fabs(s->sum) >= fabs(x) ? (s->sum - t) + x : (x - t) + s->sum;
    s->sum = t;
}

static inline double
rw_sum_value(const struct rw_sum *s)
{
    return s->sum + s->error;
}

/* Compensated sum of x, in index order. */
double rw_sum_array(const double x[], size_t n);

struct rw_moments {
    uint64_t n;
    double mean, m2; /* m2 = sum (x - mean)^2 */
};

/* Moments of x: two passes over chunks of 1024, joined in order. */
struct rw_moments rw_moments_array(const double x[], size_t n);

/* The same of n numbers that are all x, not NaN. */
static inline struct rw_moments
rw_moments_constant(double x, size_t n)
{
    return (struct rw_moments){.n = n, .mean = n > 0 ? x : 0};
}

/* Rows of n numbers each whose moments are taken side by side, the same to the bit as
 * one by one: a sum waits for the sum before it, but not for another row's.  Rows stay
 * as they are, and *to is not read, until the flush. */
enum { RW_MOMENTS_SIDE = 4 };
struct rw_moments_batch {
    size_t n, waiting; /* waiting: 0 at first */
    const double *x[RW_MOMENTS_SIDE];
    struct rw_moments *to[RW_MOMENTS_SIDE];
};
void rw_moments_add(
    struct rw_moments_batch *b, const double x[], struct rw_moments *to);
void rw_moments_flush(struct rw_moments_batch *b);

/* *m <- moments of both samples together. */
void rw_moments_join(struct rw_moments *m, const struct rw_moments *other);

/* Sample standard deviation (n - 1) and standard error of the mean; NaN, which
 * is unknown, for n < 2. */
double rw_moments_sd(const struct rw_moments *m);
double rw_moments_se(const struct rw_moments *m);

#endif
