/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/identity.h -- which run it is: facts on which its bytes depend, each
 * with a name for people.  What is kept in files belongs together where all
 * facts are the same.
 *
 * A name may come several times; its facts are compared in their order.
 *
 * Floor: run.  Threads: pure.
 */
#ifndef RW_RUN_IDENTITY_H
#define RW_RUN_IDENTITY_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

struct rw_fact {
    const char *what, *value;
};

struct rw_identity {
    struct rw_fact *fact;
    size_t n, room;
    const char *scenario; /* its path, as it was typed; not compared */
};

/* Adds a fact; texts are copied into the arena.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_identity_add(struct rw_identity *x, struct rw_arena *a,
    const char *what, const char *value, struct rw_error *e);

/* The k-th value of that name, from 0; NULL: there are fewer. */
const char *rw_identity_get(const struct rw_identity *x, const char *what, size_t k);

/* How many facts differ; the first ones in words to *t (NULL: nobody asks), such as
 * "seed 12 and not 11". */
size_t rw_identity_differs(
    const struct rw_identity *x, const struct rw_identity *from, struct rw_text *t);

#endif
