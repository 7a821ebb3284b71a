/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/learn.h -- what was learned, for people and for programs.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_LEARN_H
#define RW_OUT_LEARN_H

#include "study/backtest.h"
#include "study/learn.h"

/* Appends to *t.  written: the new file, NULL: none.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_learn_text(const struct rw_learn *x, const char *written,
    struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_learn_json(const struct rw_learn *x, const char *written,
    const char *version, struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_backtest_text(
    const struct rw_backtest *x, struct rw_text *t, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_backtest_json(const struct rw_backtest *x,
    const char *version, struct rw_text *t, struct rw_error *e);

#endif
