/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/csv.h -- the figures as tables for spreadsheets and scripts.
 *
 * RFC 4180: commas, CRLF, quotes doubled; first row: column names with units
 * in brackets.  Numbers print shortest-round-trip with a decimal point.  A
 * text cell that a spreadsheet would take for a formula (first character = +
 * - @, tab or carriage return) gets an apostrophe before it.  A figure that
 * the run cannot support is an empty cell.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_CSV_H
#define RW_OUT_CSV_H

#include "base/text.h"
#include "study/result.h"

struct rw_csv_table {
    const char *file; /* "years.csv" */
    void (*write)(const struct rw_result *r, struct rw_text *t);
    bool (*wanted)(const struct rw_result *r); /* NULL: always */
};

static inline bool
rw_csv_wanted(const struct rw_csv_table *t, const struct rw_result *r)
{
    return t->wanted == NULL || t->wanted(r);
}

/* All tables; ends with file NULL. */
extern const struct rw_csv_table rw_csv_tables[];

/* Appends the table of that file name; RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_csv_table(
    const struct rw_result *r, const char *file, struct rw_text *t, struct rw_error *e);

/* Cells; each is followed by a comma until rw_csv_end makes it the last. */
void rw_csv_cell(struct rw_text *t, const char *s);
void rw_csv_number(struct rw_text *t, double x);
void rw_csv_empty(struct rw_text *t);
void rw_csv_end(struct rw_text *t);

#endif
