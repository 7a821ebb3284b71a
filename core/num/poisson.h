/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/poisson.h -- Poisson numbers of small rates by inversion, a row at once.
 *
 *   N = min{k : u < F(k)},  F(k) = sum_{j <= k} p_j,  p_0 = exp(-r), p_j = p_{j-1} r / j
 *
 * What is left of the uniform, rest = (u - F(N - 1)) / p_N, is uniform again and
 * independent of N; of a large N, which has few uniforms, it has few bits.
 * All functions give the same numbers and rests, to the bit.
 *
 * Source: Devroye, Non-Uniform Random Variate Generation (1986), X.3.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_POISSON_H
#define RW_NUM_POISSON_H

#include <stddef.h>
#include <stdint.h>

/* The largest rate, and the largest number that is ever told: P(N > 63 | 8) is
 * 1e-34, and no uniform is so near to 1. */
#define RW_POISSON_MOST 8.0
enum { RW_POISSON_NUMBERS = 64 };

/* The law of one rate. */
struct rw_poisson {
    double rate;
    double p[RW_POISSON_NUMBERS], cdf[RW_POISSON_NUMBERS]; /* the last one is 1 */
    size_t common; /* nearly all numbers are below */
};

/* 0 <= rate <= RW_POISSON_MOST. */
void rw_poisson_init(struct rw_poisson *p, double rate);

/* 0 < u < 1, as of num/stream.h. */
unsigned rw_poisson_number(const struct rw_poisson *p, double u);
/* Of u whose number it is; strictly between 0 and 1. */
double rw_poisson_rest(const struct rw_poisson *p, double u, unsigned number);

/* number[i] <- that of u[i].  Shapes: (n). */
void rw_poisson_row(
    const struct rw_poisson *p, size_t n, const double u[], uint8_t number[]);

/* The same with a rate for each, and rest[i] where number[i] > 0.  Shapes: (n). */
void rw_poisson_rows(
    size_t n, const double rate[], const double u[], uint8_t number[], double rest[]);

#endif
