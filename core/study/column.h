/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/column.h -- passes over whole columns of futures, shared out to a team.
 *
 * A column is cut into parts of RW_COLUMN_PART futures; every part is looked at by
 * itself, and what the parts say is put together in their order: nothing depends on the
 * team (or NULL).
 *
 * Floor: study.  Threads: one at a time; its own are the team's.
 */
#ifndef RW_STUDY_COLUMN_H
#define RW_STUDY_COLUMN_H

#include "base/team.h"
#include "num/span.h"
#include "num/sum.h"

#include <stddef.h>

enum { RW_COLUMN_PART = 1 << 16 };

/* Of all functions: shapes (n). */

/* As rw_moments_array, to the bit, and as rw_span_of (NULL: nobody asks); room (n) is
 * written to. */
struct rw_moments rw_column_moments(
    const double a[], size_t n, double room[], struct rw_span *span, struct rw_team *t);

#endif
