/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sum.c -- compensated sums and moments. */
#include "num/sum.h"

#include "num/cpu.h"

#include <stdbool.h>
#include <string.h>

double
rw_sum_array(const double x[], size_t n)
{
    struct rw_sum s = {0, 0};

    for (size_t i = 0; i < n; i++)
        rw_sum_add(&s, x[i]);
    return rw_sum_value(&s);
}

/* Lanes keep the additions of a chunk apart: chains of roundings are short and
 * vectors serve, in one order on every machine. */
enum { LANES = 8, CHUNK = 1024 };
typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));

static double
fold(const lanes *v)
{
    const lanes a = *v;

    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

/* Every number equals its neighbour, to the bit. */
static bool
all_alike(const double x[], size_t n)
{
    return memcmp(x, x + 1, (n - 1) * sizeof *x) == 0;
}

/* Two passes over at most CHUNK numbers. */
static inline __attribute__((always_inline)) struct rw_moments
chunk_moments_by(const double x[], size_t n)
{
    lanes sum = {0}, square = {0}, rest = {0};
    struct rw_moments m = {.n = n, .mean = x[0]};
    size_t whole = n - n % LANES;

    if (all_alike(x, n)) /* as many figures are: exact */
        return m;
    for (size_t i = 0; i < whole; i += LANES) {
        lanes v;

        memcpy(&v, x + i, sizeof v);
        sum += v;
    }
    for (size_t i = whole; i < n; i++)
        sum[i - whole] += x[i];
    m.mean = fold(&sum) / (double)n;
    for (size_t i = 0; i < whole; i += LANES) {
        lanes d;

        memcpy(&d, x + i, sizeof d);
        d -= m.mean;
        square += d * d;
        rest += d; /* what rounding left in the mean */
    }
    for (size_t i = whole; i < n; i++) {
        double d = x[i] - m.mean;

        square[i - whole] += d * d;
        rest[i - whole] += d;
    }
    m.m2 = fold(&square) - fold(&rest) * (fold(&rest) / (double)n);
    m.m2 = m.m2 > 0 ? m.m2 : 0;
    return m;
}

static struct rw_moments
chunk_moments(const double x[], size_t n)
{
    return chunk_moments_by(x, n);
}

RW_CPU_WIDE static struct rw_moments
chunk_moments_wide(const double x[], size_t n)
{
    return chunk_moments_by(x, n);
}

RW_CPU_WIDEST static struct rw_moments
chunk_moments_widest(const double x[], size_t n)
{
    return chunk_moments_by(x, n);
}

struct rw_moments
rw_moments_array(const double x[], size_t n)
{
    struct rw_moments m = {0};
    struct rw_moments (*moments)(const double x[], size_t n) =
        rw_cpu_widest() ? chunk_moments_widest
        : rw_cpu_wide() ? chunk_moments_wide
                        : chunk_moments;

    for (size_t i = 0; i < n; i += CHUNK) {
        struct rw_moments c = moments(x + i, n - i < CHUNK ? n - i : CHUNK);

        rw_moments_join(&m, &c);
    }
    return m;
}

void
rw_moments_join(struct rw_moments *m, const struct rw_moments *other)
{
    uint64_t n = m->n + other->n;
    double d = other->mean - m->mean, share;

    if (other->n == 0)
        return;
    share = (double)other->n / (double)n;
    m->m2 += other->m2 + d * d * (double)m->n * share;
    m->mean += d * share;
    m->n = n;
}

double
rw_moments_sd(const struct rw_moments *m)
{
    return m->n < 2 ? NAN : sqrt(m->m2 / (double)(m->n - 1));
}

double
rw_moments_se(const struct rw_moments *m)
{
    return m->n < 2 ? NAN : rw_moments_sd(m) / sqrt((double)m->n);
}
