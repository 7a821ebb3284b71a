/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/caps.h -- what the scenario's floors and caps hold, in words and
 * JSON (model/bound.h).
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_CAPS_H
#define RW_OUT_CAPS_H

#include "out/writer.h"
#include "study/result.h"

enum { RW_CAPS_LINE = 256 };

/* The member "caps": one object a bound. */
void rw_caps_json(struct rw_writer *w, const struct rw_result *r);

/* The first from k on that matters: it holds a draw in at least 1 % of the
 * futures, or moves the mean of its law by 1 %; model->n_bounds: none. */
size_t rw_caps_next(const struct rw_result *r, size_t k);
/* In words: "ransomware, response: cap 1.00M", "2 % of draws, ...". */
void rw_caps_line(const struct rw_result *r, size_t k, char what[RW_CAPS_LINE],
    char often[RW_CAPS_LINE]);

#endif
