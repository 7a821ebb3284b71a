/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/record.h -- calls that need no Lua any more.
 *
 * A plugin's function sees numbers, names and vectors, and of vectors nothing but
 * which one is which.  So what it does in the k-th call of a block follows from the
 * numbers and names that it was given in the calls 1 .. k, and a block that is given
 * the same as one before may run that one's programs: with the same bits, as the same
 * operations are done with each element.  That costs no Lua: its loops over thousands
 * of blocks are C.
 *
 * Calls are kept in their order since the block began, up to RW_RECORD_STEPS steps of
 * programs in all; what comes behind is run by Lua each time, and so is a block from
 * the first call on that was given something else.
 *
 * Floor: plug.  Threads: as the instance they belong to.
 */
#ifndef RW_PLUG_RECORD_H
#define RW_PLUG_RECORD_H

#include "plug/border.h"

enum { RW_RECORD_STEPS = 1 << 16 };

struct rw_record {
    struct rw_hook_call call; /* numbers and names that were given; no rows, n = 0 */
    struct rw_pending *pending;
    struct rw_program program;
};

struct rw_records {
    struct rw_record **v; /* (n) in the order of the calls */
    size_t n, room, steps;
};

/* *r <- what the call under way has recorded on its tape.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_record_new(struct rw_border *b, const struct rw_tape *t,
    struct rw_record **r, struct rw_error *e);
void rw_record_free(struct rw_record *r);

/* Whether the call is given what that one was given. */
bool rw_record_fits(const struct rw_record *r, const struct rw_hook_call *c);

/* Keeps r as the next; false, and r stays the caller's: there is no room. */
bool rw_records_keep(struct rw_records *all, struct rw_record *r);
void rw_records_fini(struct rw_records *all);

#endif
