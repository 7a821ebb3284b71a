/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/set.h -- changes of a scenario from the command line, made in its
 * tree before it is decoded, so that what they say is checked like the file.
 *
 * Objects that the format knows, one inside another, come to be where a path leads
 * through them; elements of lists do not.
 *
 * Floor: read.  Threads: as read.h.
 */
#ifndef RW_READ_SET_H
#define RW_READ_SET_H

#include "read/node.h"
#include "read/read.h"

/* Changes the tree below root; new nodes and texts live in the arena.  What
 * is wrong with the path or value is in *d, shown as the line PATH=VALUE of a
 * file "--set"; rank orders it among the other inputs.  RW_ERR_MEMORY,
 * RW_ERR_BUG. */
RW_MUST_CHECK enum rw_err rw_set_apply(const struct rw_read_set *set, int rank,
    struct rw_arena *a, struct rw_diags *d, struct rw_node *root, struct rw_error *e);

#endif
