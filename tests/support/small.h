/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/support/small.h -- small models made in code, for tests below the
 * reader.  Every helper asserts that it succeeds. */
#ifndef RW_TESTS_SUPPORT_SMALL_H
#define RW_TESTS_SUPPORT_SMALL_H

#include "model/model.h"
#include "run/run.h"

/* name(a0, a1): two parameters by name, e.g. dist2("pert"...) is dist3. */
struct rw_dist small_dist(const char *name, size_t n, const struct rw_dist_arg args[]);
#define SMALL_DIST(name, ...)                                                          \
    small_dist((name),                                                                 \
        sizeof((struct rw_dist_arg[]){__VA_ARGS__}) / sizeof(struct rw_dist_arg),      \
        (struct rw_dist_arg[]){__VA_ARGS__})

/* A model with the given numbers of things, all empty but for ids a0..,
 * t0.., c0.. and sensible neutral values: threats on asset 0 with one primary
 * response loss of 1, frequency 1; controls technical, resistance, covering
 * all, candidate, efficacy 0, coverage 1; strategies "nothing", "s1"..;
 * yearly cycles.  Change what matters, then small_build. */
struct rw_model *small_model(struct rw_arena *a, size_t assets, size_t threats,
    size_t controls, size_t strategies, unsigned cycles, unsigned per_year);
void small_build(struct rw_model *m, struct rw_arena *a);

/* Controls start operating, or are bought by strategy s in a cycle. */
void small_plan(
    struct rw_model *m, struct rw_arena *a, size_t s, size_t control, unsigned cycle);

/* Runs all strategies; the caller frees the outcome. */
struct rw_outcome *small_run(
    const struct rw_model *m, size_t trials, uint64_t seed, unsigned threads);

#endif
