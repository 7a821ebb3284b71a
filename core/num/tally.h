/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/tally.h -- how often values fall into cells that grow with them, so that
 * the tallies of parts join to the same bytes in any order: counts and sums are whole
 * numbers.
 *
 * Cells: of x > 0 the top bits of its double, exponent and 10 bits of the mantissa,
 * so that a cell is (low, high] with high <= (1 + 2^-10) low; of x < 0 those of -x,
 * [-high, -low); zero has a cell of its own, and infinity.  They exist where there is
 * something in them, a page for each sign and power of 2 (16 kB).
 *
 * Sums: in each cell the place of its values between low and high, in 2^32 parts, so
 * that the mean of a cell's values is known within 2^-43 of it.
 *
 * Quantiles: the mean of the cell in which the exact order statistic lies, so within
 * RW_TALLY_ERROR of it, relatively, and of a value that stands alone in its cell, to
 * all digits; the interval reaches from the low end of its lower rank's cell to the
 * high end of the upper one's, so that it holds the exact interval of num/tail.h.
 * TVaR: the sum beyond the rank from the cells' means, of which only those in the
 * rank's own cell are not exactly known: within RW_TALLY_ERROR, and mostly far nearer.
 * Its standard error takes values as even within their cell, and besides, even within
 * the width of the rank's own cell, what is not known there: width times the share of
 * the tail that is in it.  Exceedance: by counting, exact at ends of cells and at amounts that were named before; elsewhere the interval
 * counts the amount's whole cell once as below, once as beyond.
 *
 * Source: the top bits of the double as the cell after HdrHistogram (G. Tene).
 * Floor: num.  Threads: one tally, one thread; join when they rest.
 */
#ifndef RW_NUM_TALLY_H
#define RW_NUM_TALLY_H

#include "base/err.h"
#include "num/tail.h"

#include <stdint.h>

enum { RW_TALLY_BITS = 10, RW_TALLY_PAGE = 1 << RW_TALLY_BITS, RW_TALLY_PAGES = 4096 };
#define RW_TALLY_ERROR 0x1p-10 /* relative, of a quantile */

struct rw_tally_cell {
    uint64_t n, rest; /* how many; sum of their places, in 2^-32 of the cell */
};

struct rw_tally {
    uint64_t n, zero, infinite;
    double min, max;                            /* of none: INFINITY, -INFINITY */
    struct rw_tally_cell *page[RW_TALLY_PAGES]; /* sign, exponent; NULL: empty */
    /* amounts at which exceedance is wanted exactly, and how many are beyond */
    const double *at; /* (n_at), the caller's */
    size_t n_at;
    uint64_t *over;
};

/* Release with rw_tally_fini also after an error.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_tally_init(
    struct rw_tally *t, const double at[], size_t n_at);
void rw_tally_fini(struct rw_tally *t);

/* x: no NaN, no -INFINITY.  RW_ERR_MEMORY: some of them are not counted. */
RW_MUST_CHECK enum rw_err rw_tally_add(struct rw_tally *t, const double x[], size_t n);

/* Adds another with the same amounts.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_tally_join(
    struct rw_tally *t, const struct rw_tally *other);

/* Cells by number, for those who keep them: page times RW_TALLY_PAGE and place.
 * NULL when memory is out; it is made if it is not there. */
struct rw_tally_cell *rw_tally_cell(struct rw_tally *t, size_t cell);

/* A cell that holds something. */
struct rw_tally_point {
    double low, high, mean;
    uint64_t n, upto; /* in it; in it and all below it */
};

/* A tally read: its cells in ascending order. */
struct rw_tally_view {
    const struct rw_tally *t;
    struct rw_tally_point *point;
    size_t n;
};

/* The tally stays as it is meanwhile.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_tally_look(
    struct rw_tally_view *v, const struct rw_tally *t);
void rw_tally_view_fini(struct rw_tally_view *v);

/* As num/tail.h has them. */
struct rw_quantile rw_tally_quantile(
    const struct rw_tally_view *v, double q, double level);
struct rw_tvar rw_tally_tvar(const struct rw_tally_view *v, double q);
void rw_tally_exceedance(const struct rw_tally_view *v, double at, double level,
    double *p, double *low, double *high);

/* The high end of the cell in which x > 0 lies. */
double rw_tally_end(double x);

#endif
