/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/histogram.h -- counts of non-negative values in cells that grow
 * with the value, so that histograms of parts join exactly in any order.
 *
 * A cell is the top bits of the double: exponent and 8 bits of the mantissa,
 * from 2^-10 to 2^90; its values differ by at most 1/256 relatively, and a
 * quantile read from it (the cell's geometric middle) is within 0.2 % of the
 * exact one.  Below 2^-10 is zero; above 2^90 the last cell.
 *
 * Floor: num.  Threads: one histogram, one thread; join when they rest.
 */
#ifndef RW_NUM_HISTOGRAM_H
#define RW_NUM_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

enum { RW_HISTOGRAM_CELLS = 100 * 256 + 1 };
#define RW_HISTOGRAM_ERROR 0.002 /* relative, of a quantile */

struct rw_histogram {
    uint64_t n;
    uint32_t cell[RW_HISTOGRAM_CELLS];
};

void rw_histogram_add(struct rw_histogram *h, const double x[], size_t n);
void rw_histogram_join(struct rw_histogram *h, const struct rw_histogram *other);

/* The value of rank ceil(n q); 0 for an empty histogram. */
double rw_histogram_quantile(const struct rw_histogram *h, double q);

#endif
