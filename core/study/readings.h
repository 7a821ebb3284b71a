/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/readings.h -- a risk's year under the three readings of
 * "frequency times magnitude" (num/semantics.h), side by side, because other
 * tools differ from this one, which simulates the compound.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_READINGS_H
#define RW_STUDY_READINGS_H

#include "num/semantics.h"
#include "study/exact.h"

enum { RW_READINGS = 3 }; /* compound, product, at most one */
extern const char *const rw_reading_names[RW_READINGS];

struct rw_reading_law {
    const char *why; /* NULL, or why this reading has no law, a clause */
    double mean, sd, p0;
    struct rw_figure quantile[RW_RESULT_QUANTILES], tvar[RW_RESULT_TVARS];
};

struct rw_readings {
    struct rw_reading_law law[RW_READINGS];
};

/* (n_risks) in the arena, for the risks that have an exact law; void for the
 * others.  *stop nonzero: ends soon with RW_ERR_INTERRUPT. */
RW_MUST_CHECK enum rw_err rw_readings_make(const struct rw_exact *x,
    const volatile sig_atomic_t *stop, struct rw_arena *a, struct rw_readings **r,
    struct rw_error *e);

#endif
