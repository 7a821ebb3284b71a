/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/fit.h -- fitted laws as text, as JSON, and as members of a threat.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_FIT_H
#define RW_OUT_FIT_H

#include "out/writer.h"
#include "study/fit.h"

/* For a terminal, at most 80 columns.  RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_fit_text(
    const struct rw_fit_result *r, struct rw_text *t, struct rw_error *e);

/* A document of its own: every digit.  version: of the program. */
RW_MUST_CHECK enum rw_err rw_fit_json(const struct rw_fit_result *r,
    const char *version, struct rw_text *t, struct rw_error *e);

/* The members of a threat, one a line, ready to stand in a scenario: frequency,
 * count, losses.  Numbers have six digits. */
RW_MUST_CHECK enum rw_err rw_fit_members(const struct rw_fit_result *r,
    const char *indent, struct rw_text *t, struct rw_error *e);

/* The same members by a writer, into the object that is open. */
void rw_fit_paste(struct rw_writer *w, const struct rw_fit_result *r);

/* "year", "quarter" or "month". */
const char *rw_fit_per_name(unsigned per_year);

#endif
