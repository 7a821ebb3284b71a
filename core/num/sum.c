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
/* Every number equals its neighbour, to the bit. */
static bool
all_alike(const double x[], size_t n)
{
    return memcmp(x, x + 1, (n - 1) * sizeof *x) == 0;
}

#define NAME(x) x##_plain
#define TARGET
#define WIDE 2
#include "num/sum_body.h"

#define NAME(x) x##_wide
#define TARGET  RW_CPU_WIDE
#define WIDE    4
#include "num/sum_body.h"

#define NAME(x) x##_widest
#define TARGET  RW_CPU_WIDEST
#define WIDE    8
#include "num/sum_body.h"

static void
chunks(size_t rows, const double *const x[], size_t n, double mean[], double m2[])
{
    (rw_cpu_widest()    ? chunks_widest
        : rw_cpu_wide() ? chunks_wide
                        : chunks_plain)(rows, x, n, mean, m2);
}

/* m[] <- moments of at most CHUNK numbers of at most RW_MOMENTS_SIDE rows. */
static void
chunk_moments(size_t rows, const double *const x[], size_t n, struct rw_moments m[])
{
    const double *apart[RW_MOMENTS_SIDE];
    double mean[RW_MOMENTS_SIDE], m2[RW_MOMENTS_SIDE];
    size_t at[RW_MOMENTS_SIDE], n_apart = 0;

    for (size_t k = 0; k < rows; k++) {
        m[k] = (struct rw_moments){.n = n, .mean = x[k][0]};
        if (all_alike(x[k], n)) /* as many figures are: exact */
            continue;
        at[n_apart] = k;
        apart[n_apart++] = x[k];
    }
    if (n_apart > 0)
        chunks(n_apart, apart, n, mean, m2);
    for (size_t j = 0; j < n_apart; j++) {
        m[at[j]].mean = mean[j];
        m[at[j]].m2 = m2[j];
    }
}

/* As a chunk that nothing comes before is joined. */
static struct rw_moments
of_chunk(size_t n, double mean, double m2)
{
    const struct rw_moments c = {n, mean, m2};
    struct rw_moments m = {0};

    rw_moments_join(&m, &c);
    return m;
}

struct rw_moments
rw_moments_array(const double x[], size_t n)
{
    struct rw_moments m = {0}, c[RW_MOMENTS_SIDE];
    const double *chunk[RW_MOMENTS_SIDE];

    for (size_t i = 0; i < n;) {
        size_t each = n - i < CHUNK ? n - i : CHUNK, k = 0;

        do
            chunk[k++] = x + i;
        while ((i += each) + each <= n && k < RW_MOMENTS_SIDE);
        chunk_moments(k, chunk, each, c);
        for (size_t j = 0; j < k; j++)
            rw_moments_join(&m, &c[j]);
    }
    return m;
}

void
rw_moments_flush(struct rw_moments_batch *b)
{
    double mean[RW_MOMENTS_SIDE], m2[RW_MOMENTS_SIDE];

    if (b->waiting > 0)
        chunks(b->waiting, b->x, b->n, mean, m2);
    for (size_t k = 0; k < b->waiting; k++)
        *b->to[k] = of_chunk(b->n, mean[k], m2[k]);
    b->waiting = 0;
}

void
rw_moments_add(struct rw_moments_batch *b, const double x[], struct rw_moments *to)
{
    if (b->n == 0 || b->n > CHUNK) {
        *to = rw_moments_array(x, b->n);
        return;
    }
    if (all_alike(x, b->n)) {
        *to = of_chunk(b->n, x[0], 0);
        return;
    }
    b->x[b->waiting] = x;
    b->to[b->waiting++] = to;
    if (b->waiting == RW_MOMENTS_SIDE)
        rw_moments_flush(b);
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
