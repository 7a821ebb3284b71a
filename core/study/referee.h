/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/referee.h -- a run held against the exact laws of its risks.
 *
 * The first year's loss of every static risk under "nothing", and their sum
 * where it is exact, is compared with its law (study/exact.h):
 *   P(no loss), P(L > VaR q)  counts, by the exact binomial law
 *   mean, and E[min(L, VaR q)] for the largest q that allows it, by their
 *     standard errors; judged only where the skewness g of what is averaged
 *     leaves the normal law its far tails, |g| / sqrt(n) <= 0.0144: then the
 *     first Edgeworth term changes a probability of 1e-7 by less than a third
 *   TVaR  for information
 * A difference counts in standard errors z; the verdict is "no" where the
 * probability of one so large is below alpha / (number judged), alpha = 1e-6
 * for the whole family (Bonferroni).  Where the exact figure has a numerical
 * error, the end nearer to the run's figure is taken.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_REFEREE_H
#define RW_STUDY_REFEREE_H

#include "study/exact.h"

#define RW_REFEREE_ALPHA 1e-6 /* of the whole family of comparisons */

enum rw_referee_kind {
    RW_REFEREE_MEAN,
    RW_REFEREE_CAPPED, /* E[min(L, VaR p)] */
    RW_REFEREE_NONE,   /* P(L = 0)         */
    RW_REFEREE_VAR,    /* VaR p, by its exceedances */
    RW_REFEREE_TVAR
};

struct rw_referee_line {
    enum rw_referee_kind kind;
    double p; /* of VaR and TVaR, else 0 */
    double exact, seen;
    double z;      /* (seen - exact) in standard errors; a count's by its tail */
    double chance; /* two-sided probability of one so large */
    bool judged;
};

enum { RW_REFEREE_LINES = RW_RESULT_QUANTILES + RW_RESULT_TVARS + 3 };

struct rw_referee_risk {
    const char *id;  /* of the risk; "sum" */
    const char *why; /* NULL, or why it is not refereed */
    struct rw_referee_line line[RW_REFEREE_LINES];
    size_t n;
};

struct rw_referee {
    struct rw_referee_risk *risk; /* (n_risks): the risks, then their sum */
    size_t n_risks, n_refereed, n_judged;
    double worst; /* largest |z| judged */
    double limit; /* |z| beyond which chance is ruled out */
    bool agrees;
};

/* Risks that can be refereed, to be watched by the run: indices in the
 * arena, *n their number; 0 where no year is whole. */
RW_MUST_CHECK enum rw_err rw_referee_watch(const struct rw_exact *x, struct rw_arena *a,
    const size_t **risks, size_t *n, struct rw_error *e);

/* o: of a run that watched them. */
RW_MUST_CHECK enum rw_err rw_referee_make(const struct rw_exact *x,
    const struct rw_outcome *o, struct rw_arena *a, struct rw_referee *r,
    struct rw_error *e);

#endif
