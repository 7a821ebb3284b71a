/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/packed.h -- the rows of all futures (run/column.h) in about two thirds of
 * their bytes, to the bit (num/pack.h).
 *
 * What is expected of a row:
 *   year_loss      that of "nothing" in the same year, of "nothing" the one before
 *   year_largest   that of "nothing", and of "nothing" the year's loss
 *   horizon_loss   the sum over the years
 *   npv            -(horizon_loss + spend)
 *   others         the one before
 * so that a future in which a strategy changes nothing costs four bits.
 *
 * Floor: run.  Threads: rw_packed_keep by one at a time; what was kept is constant.
 */
#ifndef RW_RUN_PACKED_H
#define RW_RUN_PACKED_H

#include "base/err.h"
#include "run/column.h"

struct rw_packed {
    struct rw_rows rows;
    size_t blocks;
    unsigned char **block; /* (blocks); NULL: not there */
    unsigned char **chunk; /* memory that blocks lie in */
    size_t n_chunks, room, left;
};

/* A block being packed; one per thread. */
struct rw_packing {
    unsigned char *bytes;
    size_t size;
    double *expected; /* (RW_RUN_BLOCK) */
};

/* NULL when memory is out. */
struct rw_packed *rw_packed_new(const struct rw_rows *rows, size_t blocks);
void rw_packed_free(struct rw_packed *p);

/* False when memory is out; then, too, rw_packing_fini. */
bool rw_packing_init(struct rw_packing *x, const struct rw_rows *rows);
void rw_packing_fini(struct rw_packing *x);

/* x <- all rows of n futures, n <= RW_RUN_BLOCK. */
void rw_packing_make(
    struct rw_packing *x, const struct rw_rows *shape, double *const rows[], size_t n);

/* Keeps it as block k, counted from the first that is kept.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_packed_keep(
    struct rw_packed *p, size_t k, const struct rw_packing *x, struct rw_error *e);

/* need[row] <- true for those that must be unpacked to unpack what is needed. */
void rw_packed_needs(const struct rw_rows *r, bool need[]);

/* rows[] <- those needed, after rw_packed_needs, of the n futures of block k. */
void rw_packed_read(const struct rw_packed *p, size_t k, size_t n, const bool need[],
    double *const rows[]);

#endif
