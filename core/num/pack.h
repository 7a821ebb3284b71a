/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/pack.h -- doubles in fewer bytes, to the bit, where something lets expect
 * them.
 *
 * Of each number x its bits XOR those of the number expected are kept without their
 * leading zero bytes: nothing at all where both are the same.  There are two ways to
 * say how many bytes that is, of which the shorter one is taken:
 *   0     a length of 4 bits for each number, then the bytes of all
 *   w > 0 a bit for each number, whether it is another one than expected, then w bytes
 *         of each that is
 * The first byte tells the way.  What is packed is followed by 8 bytes that may be
 * read.
 *
 * Source: Burtscher and Ratanaworabhan, FPC: A High-Speed Compressor for
 * Double-Precision Floating-Point Data, IEEE Trans. Computers 58 (2009) 18.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_PACK_H
#define RW_NUM_PACK_H

#include <stddef.h>

enum { RW_PACK_MOST = 1024 }; /* numbers at once */

/* Bytes that n of them take at most, with those behind them. */
static inline size_t
rw_pack_room(size_t n)
{
    return 1 + (n + 7) / 8 + 8 * n + 8;
}

/* Packs x; expected NULL: each number is expected to be the one before it, and the
 * first one 0.  Shapes: (n), n <= RW_PACK_MOST; to: rw_pack_room(n).  Returns how many
 * bytes it took, without those behind them. */
size_t rw_pack(const double x[], const double expected[], size_t n, unsigned char to[]);

/* The same numbers again, with the same expectation. */
void rw_unpack(
    const unsigned char from[], const double expected[], size_t n, double x[]);

#endif
