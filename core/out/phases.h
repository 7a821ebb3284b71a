/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/phases.h -- what the phases of the wheel are worth, told.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_PHASES_H
#define RW_OUT_PHASES_H

#include "out/writer.h"
#include "study/result.h"

/* "phases": a list with one object a closed loop that has twins. */
void rw_phases_json(struct rw_writer *w, const struct rw_result *r);
/* A block of the summary; nothing where no loop has twins. */
void rw_phases_text(struct rw_text *t, const struct rw_result *r, bool colour);

#endif
