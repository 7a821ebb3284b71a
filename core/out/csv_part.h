/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/csv_part.h -- what the files of CSV tables share; private to out.
 *
 * Floor: out.  Threads: pure but for their text.
 */
#ifndef RW_OUT_CSV_PART_H
#define RW_OUT_CSV_PART_H

#include "base/text.h"
#include "study/result.h"

/* A column's name; $ at the head of its unit stands for the currency, NULL: it
 * has none. */
void rw_csv_column(
    struct rw_text *t, const struct rw_result *r, const char *name, const char *unit);
/* Two cells: mean and standard error. */
void rw_csv_mean(struct rw_text *t, struct rw_mean m);

/* csv_band.c */
void rw_csv_band(const struct rw_result *r, struct rw_text *t);
void rw_csv_epistemic(const struct rw_result *r, struct rw_text *t);

#endif
