/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/ranks.h -- processes that mpirun started together; each simulates its share
 * of a run, and the first one (rank 0) merges and tells.
 *
 * Without --enable-mpi, or without mpirun, there is one.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_RANKS_H
#define RW_CLI_RANKS_H

#include "base/err.h"

#include <stddef.h>

void rw_ranks_init(void);
void rw_ranks_fini(void); /* waits for the others */
size_t rw_ranks(void);
size_t rw_rank(void);

/* Waits for all of them and returns this one's error; where it has none but another one
 * has, that code, and *e has no text: it is the other one's to tell. */
RW_MUST_CHECK enum rw_err rw_ranks_agree(enum rw_err err, struct rw_error *e);

#endif
