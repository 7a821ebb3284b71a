/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/backtest.h -- learning rolled over a table of counts: at each period
 * what would have been said of the next one, held against what came.
 *
 * The table (read/column.h) has a row a period, in order: `count`, and `date` (its
 * first day, month or year), or `year` and, if periods are shorter, `month` or
 * `quarter`; without any of these, rows are periods of equal length.  With dates,
 * periods follow each other without a gap.
 *
 * The first rule is the one asked for, others stand beside it; see num/score.h.
 * The belief at first is Gamma(1, 0.1 periods).
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_BACKTEST_H
#define RW_STUDY_BACKTEST_H

#include "base/sha256.h"
#include "num/score.h"
#include "read/incidents.h"

enum { RW_BACKTEST_RULES = 32 };

/* What fits monthly counts of dozens: discount and dispersion after the counts of
 * US health breaches 2010-2023; periods before the first forecast. */
#define RW_BACKTEST_DISCOUNT   0.8
#define RW_BACKTEST_DISPERSION 0.05
#define RW_BACKTEST_SKIP       12
#define RW_BACKTEST_LEVEL      0.9

struct rw_backtest_request {
    struct rw_table_file file;
    const char *from, *to; /* dates as written; NULL: the table's ends */
    double discount, dispersion;
    size_t skip;
};

struct rw_backtest {
    const struct rw_backtest_request *q;
    char sha256[RW_SHA256_HEX];
    size_t n;                 /* periods */
    const char *first, *last; /* as the table has them; NULL: without dates */
    double discount[RW_BACKTEST_RULES], dispersion[RW_BACKTEST_RULES];
    struct rw_score score[RW_BACKTEST_RULES];
    size_t rules;
    unsigned low, high; /* interval of the next period by the first rule */
};

/* RW_ERR_INPUT: e, or *report with all rows that are wrong; RW_ERR_USAGE of dates;
 * RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_backtest_make(const struct rw_backtest_request *q,
    struct rw_arena *a, struct rw_backtest *x, struct rw_text *report,
    struct rw_error *e);

#endif
