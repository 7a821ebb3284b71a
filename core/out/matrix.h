/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/matrix.h -- the risk matrix's marks and where their numbers go; private to
 * out/picture_risks.c and out/matrix.c.
 *
 * Floor: out.  Threads: the picture's.
 */
#ifndef RW_OUT_MATRIX_H
#define RW_OUT_MATRIX_H

#include "base/text.h"

#include <stddef.h>

enum { RW_MATRIX_LISTED = 12 }; /* risks that get a number and a line beside it */

/* The frame, in shares of the picture. */
#define RW_MATRIX_LEFT   0.095
#define RW_MATRIX_RIGHT  0.61
#define RW_MATRIX_TOP    0.81
#define RW_MATRIX_BOTTOM 0.17

struct rw_mark {
    size_t risk;
    double rate, size, after_rate, after_size; /* after_*: 0 where none is left */
};

struct rw_matrix {
    struct rw_mark *marks; /* by expected loss before, largest first */
    size_t n;
    double x_low, x_high, y_low, y_high;
};

/* The number of each listed risk on its mark; where several stand at one place, all
 * their numbers beside it, on the side where they cover least. */
void rw_matrix_numbers(struct rw_text *t, const struct rw_matrix *m);

#endif
