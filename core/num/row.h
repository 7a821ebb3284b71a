/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/row.h -- rows of numbers, one for each future of a block.
 *
 * Element by element, in the order of the text, with wide registers where there are
 * some (num/cpu.h): what is done to a future never depends on its neighbours.  Rows do
 * not overlap.  Shapes (n).
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_ROW_H
#define RW_NUM_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* row = x, a number; row = x */
void rw_row_fill(size_t n, double x, double row[]);
void rw_row_copy(size_t n, const double x[], double row[]);
/* row *= x, a number; row += x; row *= x; row *= 1 - x */
void rw_row_scale(size_t n, double x, double row[]);
void rw_row_add(size_t n, const double x[], double row[]);
void rw_row_times(size_t n, const double x[], double row[]);
void rw_row_leave(size_t n, const double x[], double row[]);
/* row |= x */
void rw_row_or(size_t n, const uint8_t x[], uint8_t row[]);
/* row = max(row, x); none is NaN, and row stays where both are equal */
void rw_row_most(size_t n, const double x[], double row[]);

/* Whether any is below the bound, or above it; whether any is not 0. */
bool rw_row_below(size_t n, const double row[], double bound);
bool rw_row_above(size_t n, const double row[], double bound);
bool rw_row_any(size_t n, const uint8_t row[]);
/* All are 0, to the bit. */
bool rw_row_nothing(size_t n, const double row[]);

/* Of a row of cycles: the earliest, the latest, and whether any is `now`. */
struct rw_row_cycles {
    uint16_t first, last;
    bool now;
};
struct rw_row_cycles rw_row_cycles(size_t n, const uint16_t row[], uint16_t now);

#endif
