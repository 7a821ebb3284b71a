/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/exact.h -- the exact laws of a model's static risks and of their
 * sum: the yearly loss under the strategy "nothing", or another one's once it has
 * built all that it builds (study/built.h), with no sampling.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_EXACT_H
#define RW_STUDY_EXACT_H

#include "study/built.h"
#include "study/result.h"
#include "study/terms.h"

/* P(S > loss). */
struct rw_exact_point {
    double loss;
    struct rw_bounded p;
};

struct rw_exact_law {
    double mean, sd, p0; /* sd may be INFINITY */
    struct rw_bounded quantile[RW_RESULT_QUANTILES], tvar[RW_RESULT_TVARS];
    struct rw_exact_point *exceed; /* (n_exceed), where asked for */
    size_t n_exceed;
};

struct rw_exact {
    const struct rw_model *model;
    struct rw_terms terms;
    struct rw_exact_law *risk;    /* (n_risks); void where terms.risk[r].why */
    struct rw_exact_law sum;      /* void where terms.sum_why or none is exact */
    const struct rw_built *built; /* whose model it is; NULL: under "nothing" */
};

/* at[n_at]: losses whose exceedance is wanted.  *stop nonzero: ends soon with
 * RW_ERR_INTERRUPT; NULL: never. */
RW_MUST_CHECK enum rw_err rw_exact_make(const struct rw_model *m, const double at[],
    size_t n_at, const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_exact *x, struct rw_error *e);

/* Moments, quantiles and tail means of the sum of n compounds into *l. */
RW_MUST_CHECK enum rw_err rw_exact_read(
    const struct rw_compound c[], size_t n, struct rw_exact_law *l, struct rw_error *e);

#endif
