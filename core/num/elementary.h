/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/elementary.h -- exp and log that a compiler may take several of at once.
 *
 *   exp x = 2^n exp r,  n = x / ln 2 rounded, |r| <= ln 2 / 2: a Taylor polynomial
 *           of degree 13, whose rest is below 5e-18
 *   log x = e ln 2 + 2 atanh s,  x = 2^e m, 1/sqrt 2 <= m < sqrt 2, s = (m - 1) / (m + 1):
 *           ten terms of its series, whose rest is below 1e-17
 *
 * Relative errors are below 4e-16 (exp) and, of a log beyond 1/2 in size, too; near
 * x = 1 the log's is below 1e-15.  Additions, products and one division in a fixed
 * order: the same bits in all registers and with any C library, whose own functions
 * differ in their last bit from one processor to the next.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_ELEMENTARY_H
#define RW_NUM_ELEMENTARY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define RW_LN2_HIGH 0x1.62e42fee00000p-1 /* 32 bits: n times it is exact */
#define RW_LN2_LOW  0x1.a39ef35793c76p-33

/* exp x, -700 <= x <= 700; beyond, nothing that makes sense. */
static inline double
rw_exp(double x)
{
    const double shift = 0x1.8p52; /* adding it rounds to a whole number */
    double n, r, y;
    uint64_t bits;

    n = x * 0x1.71547652b82fep+0 + shift;
    memcpy(&bits, &n, sizeof bits);
    n -= shift;
    r = x - n * RW_LN2_HIGH;
    r -= n * RW_LN2_LOW;
    y = 1.0 / 6227020800;
    y = y * r + 1.0 / 479001600;
    y = y * r + 1.0 / 39916800;
    y = y * r + 1.0 / 3628800;
    y = y * r + 1.0 / 362880;
    y = y * r + 1.0 / 40320;
    y = y * r + 1.0 / 5040;
    y = y * r + 1.0 / 720;
    y = y * r + 1.0 / 120;
    y = y * r + 1.0 / 24;
    y = y * r + 1.0 / 6;
    y = y * r + 0.5;
    y = y * r * r + r + 1;
    bits <<= 52; /* the low bits of n hold the number */
    bits += UINT64_C(0x3ff0000000000000);
    memcpy(&n, &bits, sizeof n);
    return y * n;
}

/* log x of a positive normal number. */
static inline double
rw_log(double x)
{
    const uint64_t half = UINT64_C(0x3fe6a09e667f3bcd); /* of 1/sqrt 2 */
    const uint64_t one = UINT64_C(0x3ff0000000000000);
    const uint64_t whole = UINT64_C(0x4330000000000000); /* of 2^52 */
    uint64_t bits, e;
    double m, s, t, y, n;

    memcpy(&bits, &x, sizeof bits);
    e = (bits - half + one) >> 52; /* and 1023 */
    bits -= (e << 52) - one;
    e |= whole;
    memcpy(&n, &e, sizeof n);
    n -= 0x1p52 + 1023;
    memcpy(&m, &bits, sizeof m);
    s = (m - 1) / (m + 1);
    t = s * s;
    y = 1.0 / 21;
    y = y * t + 1.0 / 19;
    y = y * t + 1.0 / 17;
    y = y * t + 1.0 / 15;
    y = y * t + 1.0 / 13;
    y = y * t + 1.0 / 11;
    y = y * t + 1.0 / 9;
    y = y * t + 1.0 / 7;
    y = y * t + 1.0 / 5;
    y = y * t + 1.0 / 3;
    y = s * (y * t) * 2 + n * RW_LN2_LOW;
    return n * RW_LN2_HIGH + (2 * s + y);
}

/* y[i] <- exp x[i]; y may be x.  Shapes: (n). */
void rw_exp_row(size_t n, const double x[], double y[]);

#endif
