/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sobol.h -- uniforms of many futures that fill the unit cube more
 * evenly than chance: Sobol's digital sequence in base 2, scrambled.
 *
 * The first 2^bits points of dimension d have the binary digits
 *   x(i) = XOR over the set bits j of i of column_d(j),
 * columns by Sobol's recurrence from a primitive polynomial and the direction
 * numbers of Joe and Kuo.  In every dimension each interval [k, k + 1) 2^-j,
 * j <= bits, has 2^(bits - j) points, and pairs of dimensions are nearly as even.
 *
 * Owen's nested uniform scrambling: digit j is flipped by a random bit of its
 * own for each string of the j - 1 digits before it.  Every point is then
 * uniform in the cube, what one randomisation says of a mean is unbiased, and
 * randomisations are independent: their scatter is the error.  The bits are those
 * of own draws (num/stream.h), eight levels of the tree of strings from the 256 bits of a counter:
 * no hash stands in for chance.  Below the digits of the net points are alone,
 * so that the digits there are chance: those of the row draw of the same future,
 * lane and index.
 *
 *   future f = randomisation (f div 2^bits), point (f mod 2^bits)
 *   tree of the string s of 8 k digits of dimension d:
 *     the four d 2^32 + 2^(8 k) + s of future RW_SOBOL_FIRST + randomisation
 *
 * A pure function of (seed, future, lane, index, dimension, bits), on the grid of
 * num/stream.h.
 *
 * Sources: Sobol', USSR Comput. Math. 7(4) (1967) 86; Owen, in Monte Carlo and
 * Quasi-Monte Carlo Methods in Scientific Computing (1995) 299; direction numbers
 * and polynomials: Joe and Kuo, SIAM J. Sci. Comput. 30 (2008) 2635, their file
 * new-joe-kuo-6.21201 (sobol_numbers.c has the first of them).
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_SOBOL_H
#define RW_NUM_SOBOL_H

#include "num/stream.h"

enum { RW_SOBOL_DIMENSIONS = 256, RW_SOBOL_BITS = 24 /* at most */ };

/* Numbers from here on are no futures: counters of the scrambling have them. */
#define RW_SOBOL_FIRST (UINT64_C(1) << 61)

/* A primitive polynomial over GF(2), its highest bit included, and as many direction
 * numbers as its degree. */
struct rw_sobol_numbers {
    uint16_t polynomial, first[11];
};
/* Of dimensions 1, 2, ...; dimension 0 is van der Corput's and needs none. */
extern const struct rw_sobol_numbers rw_sobol_numbers[RW_SOBOL_DIMENSIONS - 1];

/* column[j] <- digits of point 2^j, the first one highest; 1 <= bits <= RW_SOBOL_BITS.
 * Shape: (bits). */
void rw_sobol_columns(unsigned dimension, unsigned bits, uint32_t column[]);

/* u[i] <- that of future[i], all of one randomisation; shapes (n). */
void rw_sobol_some(struct rw_stream s, uint64_t index, unsigned dimension,
    unsigned bits, size_t n, const uint64_t future[], double u[]);

/* u[i] <- that of future first + i < RW_SOBOL_FIRST; shape (n). */
void rw_sobol_row(struct rw_stream s, uint64_t index, unsigned dimension, unsigned bits,
    uint64_t first, size_t n, double u[]);

#endif
