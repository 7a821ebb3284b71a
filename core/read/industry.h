/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/industry.h -- a table of what happened to others of the trade.
 *
 * One row a member and period, columns by name in any order:
 *   risk       id of the threat
 *   member     any name: rows of one name are one organisation's
 *   incidents  how many it had
 *   years      optional: years that the row speaks of, times the member's size
 *              where that of the scenario's organisation is 1; else 1
 * Every row that is wrong is told, with its line and what would be right.
 *
 * Floor: read (uses model).  Threads: pure.
 */
#ifndef RW_READ_INDUSTRY_H
#define RW_READ_INDUSTRY_H

#include "read/incidents.h"

struct rw_industry_row {
    size_t threat, member; /* member: from 0, in the order of names */
    double incidents, years;
};

struct rw_industry {
    struct rw_industry_row *v;
    size_t n, members;
    char sha256[RW_SHA256_HEX];
};

/* Errors as rw_incidents_read. */
RW_MUST_CHECK enum rw_err rw_industry_read(const struct rw_table_file *f,
    const struct rw_model *m, struct rw_arena *a, struct rw_industry *x,
    struct rw_text *report, struct rw_error *e);

#endif
