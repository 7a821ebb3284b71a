/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/programme.h -- the way to a statement of conformity in results.json,
 * as a table and in the summary.  Nothing of it is there without a programme.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_PROGRAMME_H
#define RW_OUT_PROGRAMME_H

#include "out/writer.h"
#include "study/programme.h"

/* The member "programme" of the document: what is asked for, and what it is
 * called. */
void rw_programme_json(struct rw_writer *w, const struct rw_model *m);
/* The member "programme" of a strategy. */
void rw_progress_json(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_programme *r);

/* programme.csv */
bool rw_programme_csv_wanted(const struct rw_result *r);
void rw_programme_csv(const struct rw_result *r, struct rw_text *t);

/* "50 % after 10.7 months (10.6-10.8), deadline missed 12.3 %": one strategy's
 * cell of the summary. */
void rw_programme_cell(
    const struct rw_model *m, const struct rw_result_programme *r, char *s, size_t n);

#endif
