/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/tallies.h -- what an outcome keeps of its futures instead of them: of every
 * column whose law is told (run/column.h) a tally (num/tally.h), and its moments,
 * joined in block order as all moments are.
 *
 * Columns: all rows but those of watched risks; total cost; of each strategy less
 * "nothing" loss, spend, value and total; of each twin less its loop loss, spend and
 * their sum.  Exceedance is exact of yearly losses at the amounts of the appetite, and
 * of the time to a statement at the ends of cycles.
 *
 * Floor: run.  Threads: one set, one thread; join when they rest.
 */
#ifndef RW_RUN_TALLIES_H
#define RW_RUN_TALLIES_H

#include "model/model.h"
#include "num/sum.h"
#include "num/tally.h"
#include "run/column.h"

struct rw_tallies {
    struct rw_rows rows;
    size_t n;
    struct rw_column *column;   /* (n) */
    struct rw_tally *tally;     /* (n) */
    struct rw_moments *moments; /* (n), of a run that is complete; none of times */
    double *loss_at, *time_at;  /* amounts */
};

/* Of the outcome's columns, all empty.  NULL when memory is out. */
struct rw_tallies *rw_tallies_new(const struct rw_outcome *o);
void rw_tallies_free(struct rw_tallies *t);

/* Of n futures whose rows stand in rows[]; one: (n) scratch.
 * at[] (t->n) <- their moments; and they are counted.  RW_ERR_MEMORY. */
void rw_tallies_note(const struct rw_tallies *t, double *const rows[], size_t n,
    double one[], struct rw_moments at[]);
RW_MUST_CHECK enum rw_err rw_tallies_add(struct rw_tallies *t, double *const rows[],
    size_t n, double one[], struct rw_error *e);

/* RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_tallies_join(
    struct rw_tallies *t, const struct rw_tallies *other, struct rw_error *e);

/* Index of a column, which is among them. */
size_t rw_tallies_find(const struct rw_tallies *t, struct rw_column c);

#endif
