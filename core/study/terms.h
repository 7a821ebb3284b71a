/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/terms.h -- which risks have an exact law, and its terms.
 *
 * A risk has one under the strategy "nothing" where its years are alike and
 * independent: a frequency that keeps its value within a future, no plugin,
 * no events that bring events, no control that fails
 * or wears before it, a response whose worth is known, and nothing of the
 * scenario's dependence that touches it.  Then a year's loss is a compound
 * (num/aggregate.h) with
 *   m = frequency * susceptibility * prod (1 - coverage * efficacy),
 * the product over the operating prevention controls that cover the risk;
 * uncertain factors are integrated over (num/mixing.h).  Everything else is
 * named with the reason, never approximated.
 *
 * Their sum is exact where the risks are independent given what the members
 * of one threat share: an uncertain control before several threats, or one
 * systemic event behind several assets under different controls, is a reason
 * against it.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_TERMS_H
#define RW_STUDY_TERMS_H

#include "model/model.h"
#include "num/aggregate.h"
#include "num/mixing.h"

struct rw_term {
    size_t risk;
    const char *id;
    const char *why;             /* NULL: exact; else why it is not, a clause */
    struct rw_compound compound; /* of one member */
    /* m, factor by factor, as the compound's nodes have it */
    const struct rw_mixing_factor *factors; /* (n_factors) */
    size_t n_factors;
};

struct rw_terms {
    struct rw_term *risk; /* (n_risks) */
    size_t n_risks, n_exact;
    /* The sum of the exact ones. */
    struct rw_compound *sum; /* (n_sum) independent of each other */
    size_t n_sum;
    const char *sum_why; /* NULL: exact */
};

/* Everything is in the arena.  RW_ERR_MEMORY, RW_ERR_BUG. */
RW_MUST_CHECK enum rw_err rw_terms_make(const struct rw_model *m, struct rw_arena *a,
    struct rw_terms *t, struct rw_error *e);

#endif
