/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/column.h -- a pass over a whole column of futures, shared out to a team.
 *
 * A column is cut into parts of RW_ASCENT_PART futures; every part is looked at by
 * itself, and what the parts say is put together in their order: nothing depends on the
 * team (or NULL).
 *
 * Floor: study.  Threads: one at a time; its own are the team's.
 */
#ifndef RW_STUDY_COLUMN_H
#define RW_STUDY_COLUMN_H

#include "base/team.h"
#include "num/ascent.h"
#include "num/sum.h"
#include "num/values.h"

/* As rw_moments_array, to the bit; room (v->n) is written to.  order: that was opened
 * for the same numbers notes them in the same pass; NULL: nobody wants it. */
struct rw_moments rw_column_moments(const struct rw_values *v, double room[],
    struct rw_ascent *order, struct rw_team *t);

#endif
