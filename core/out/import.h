/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/import.h -- what was imported: stubs to fill in, which control covers
 * what, and what became of the file's objects.
 *
 * Stubs are a scenario in which null stands wherever somebody has to decide or to
 * estimate; `riskwheel check` names every one of these places, so that it cannot
 * run before they are filled in.
 *
 * Matrix: CSV as in out/csv.h; a row for each threat, a column for each control, 1
 * where it covers it, else 0.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_IMPORT_H
#define RW_OUT_IMPORT_H

#include "read/import.h"

enum { RW_IMPORT_CELLS = 1 << 24 }; /* of a matrix, at most */

/* The files that were written; NULL: none. */
struct rw_import_written {
    const char *stubs, *matrix;
};

/* Places that hold null in the stubs. */
size_t rw_import_blanks(const struct rw_import *x);

/* Append to *t.  RW_ERR_MEMORY; RW_ERR_LIMIT: the matrix would be too large. */
RW_MUST_CHECK enum rw_err rw_import_stubs(const struct rw_import *x,
    const char *version, struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_import_matrix(
    const struct rw_import *x, struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_import_text(const struct rw_import *x,
    const struct rw_import_written *written, struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_import_json(const struct rw_import *x,
    const struct rw_import_written *written, const char *version, struct rw_text *t,
    struct rw_error *e);

#endif
