/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/conditional.h -- the tails of static risks, and of their sum, by
 * conditional Monte Carlo (num/conditional.h): an answer by another way than
 * the exact law's.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_CONDITIONAL_H
#define RW_STUDY_CONDITIONAL_H

#include "num/conditional.h"
#include "study/built.h"
#include "study/result.h"
#include "study/terms.h"

struct rw_conditional_law {
    struct rw_tail_estimate mean, p0; /* se 0 where they are closed */
    struct rw_tail_estimate quantile[RW_RESULT_QUANTILES], tvar[RW_RESULT_TVARS];
    size_t points; /* years drawn */
};

struct rw_conditional_laws {
    const struct rw_model *model;
    struct rw_terms terms;           /* whom the method does not serve has a why */
    struct rw_conditional_law *risk; /* (n_risks); void where terms.risk[r].why */
    struct rw_conditional_law sum;   /* void where terms.sum_why or none is static */
    const struct rw_built *built;    /* whose model it is; NULL: under "nothing" */
};

/* In the arena; points for each risk and for the sum, allotted to know the
 * 0.99 quantile best.  Draws depend on the seed and the risk's id alone, the
 * sum's on the seed.  *stop nonzero: ends soon with RW_ERR_INTERRUPT; NULL:
 * never. */
RW_MUST_CHECK enum rw_err rw_conditional_laws_make(const struct rw_model *m,
    size_t points, const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_conditional_laws *laws, struct rw_error *e);

#endif
