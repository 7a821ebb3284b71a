/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/samplers.h -- samplers whose tables are made later, all at once.
 *
 * A table takes milliseconds, and a model has a hundred.  Nobody may draw from a sampler
 * between rw_samplers_add and rw_samplers_make; what it is afterwards is to the bit what
 * rw_sampler_init makes.
 *
 * Floor: num.  Threads: one at a time; its own are the team's.
 */
#ifndef RW_NUM_SAMPLERS_H
#define RW_NUM_SAMPLERS_H

#include "base/team.h"
#include "num/sampler.h"

struct rw_samplers {
    struct rw_sampler_due *last; /* NULL: none */
    size_t n;
};

/* s stays where it is.  RW_ERR_MEMORY only, here and below. */
RW_MUST_CHECK enum rw_err rw_samplers_add(struct rw_samplers *l, struct rw_sampler *s,
    const struct rw_dist *d, struct rw_arena *a);

/* All tables; the list is empty again. */
RW_MUST_CHECK enum rw_err rw_samplers_make(
    struct rw_samplers *l, struct rw_arena *a, struct rw_team *t);

#endif
