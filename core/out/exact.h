/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/exact.h -- the exact laws, and a run held against them, as text
 * and as JSON.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_EXACT_H
#define RW_OUT_EXACT_H

#include "out/json.h"
#include "out/writer.h"
#include "study/conditional.h"
#include "study/exact.h"
#include "study/readings.h"
#include "study/referee.h"

/* For a terminal, at most 80 columns.  RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_exact_text(
    const struct rw_exact *x, struct rw_text *t, struct rw_error *e);

/* A document of its own: every digit. */
RW_MUST_CHECK enum rw_err rw_exact_json(const struct rw_exact *x,
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e);

/* The three readings of each risk; x as they were made from. */
RW_MUST_CHECK enum rw_err rw_readings_text(const struct rw_exact *x,
    const struct rw_readings r[], struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_readings_json(const struct rw_exact *x,
    const struct rw_readings r[], const struct rw_json_head *head, struct rw_text *t,
    struct rw_error *e);

/* Conditional Monte Carlo. */
RW_MUST_CHECK enum rw_err rw_conditional_text(
    const struct rw_conditional_laws *x, struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_conditional_json(const struct rw_conditional_laws *x,
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e);

/* Name of the strategy; lines, and members of an object, about what it builds (NULL:
 * none). */
const char *rw_built_name(const struct rw_built *b);
void rw_built_text(const struct rw_built *b, struct rw_text *t);
void rw_built_json(struct rw_writer *w, const struct rw_built *b);

/* The risks without an exact law, each with the reason. */
void rw_exact_left_out(const struct rw_exact *x, struct rw_text *t);

/* A figure with ten digits, in full where it is no longer than that. */
const char *rw_digits_print(char buf[RW_NUMBER_MAX], double x);

/* The referee's page, and its member of results.json. */
RW_MUST_CHECK enum rw_err rw_referee_text(
    const struct rw_referee *r, struct rw_text *t, struct rw_error *e);
void rw_referee_json(struct rw_writer *w, const struct rw_referee *r);

#endif
