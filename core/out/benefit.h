/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/benefit.h -- what controls, pillars and principles take off residual
 * risk (study/benefit.h), told.  Of controls that support others nothing but
 * their cost is told.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_BENEFIT_H
#define RW_OUT_BENEFIT_H

#include "out/screen.h"
#include "out/writer.h"
#include "study/result.h"

/* What a row (wheel/benefit.h) is of. */
struct rw_benefit_name {
    const char *of;   /* "all" "control" "pillar" "principle" */
    const char *item; /* id or word; "all"; "none" of no principle */
    bool supports;    /* a control that acts through others */
};
struct rw_benefit_name rw_benefit_name_of(const struct rw_model *m, size_t row);

/* "benefit": of a strategy over the horizon; of a cycle, money a year. */
void rw_benefit_json(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_benefit *x);
void rw_benefit_cycle_json(
    struct rw_writer *w, const struct rw_model *m, const struct rw_mean x[]);

/* benefit.csv, benefit_cycles.csv */
void rw_benefit_csv(const struct rw_result *r, struct rw_text *t);
void rw_benefit_cycles_csv(const struct rw_result *r, struct rw_text *t);
bool rw_benefit_csv_wanted(const struct rw_result *r);

/* A block of the summary; nothing where it is not told. */
void rw_benefit_text(struct rw_screen *s);

#endif
