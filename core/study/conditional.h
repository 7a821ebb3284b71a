/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/conditional.h -- the tails of static risks by conditional Monte
 * Carlo (num/conditional.h): an answer by another way than the exact law's.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_CONDITIONAL_H
#define RW_STUDY_CONDITIONAL_H

#include "num/conditional.h"
#include "study/result.h"
#include "study/terms.h"

struct rw_conditional_risk {
    const char *id;
    const char *why; /* NULL, or why the method does not serve */
    double mean, p0; /* closed */
    struct rw_tail_estimate quantile[RW_RESULT_QUANTILES], tvar[RW_RESULT_TVARS];
    size_t points; /* years drawn */
};

/* (n_risks) in the arena; the points are allotted to know the 0.99 quantile
 * best.  Draws depend on the seed and the risk's id alone. */
RW_MUST_CHECK enum rw_err rw_conditional_risks(const struct rw_model *m, size_t points,
    const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_conditional_risk **r, struct rw_error *e);

#endif
