/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/summary.h -- one screen of text about a run: what may be lost in a
 * year and how sure that is, what the programme costs and buys, whether the
 * appetite is met and from when, and which threats drive the loss.
 *
 * At most 80 columns and about 50 lines; "±" is one standard error, brackets
 * hold a 95 % interval.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_SUMMARY_H
#define RW_OUT_SUMMARY_H

#include "base/text.h"
#include "study/result.h"

/* Appends the screen; colour: with ANSI codes.  RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_summary_print(
    const struct rw_result *r, bool colour, struct rw_text *t, struct rw_error *e);

#endif
