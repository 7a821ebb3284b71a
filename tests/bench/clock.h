/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/clock.h -- seconds of processor time, and those of a whole run. */
#ifndef RW_TESTS_BENCH_CLOCK_H
#define RW_TESTS_BENCH_CLOCK_H

#include "tests/support/small.h"

#include <time.h>

static inline double
now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* n futures on one thread. */
static inline double
run_seconds(const struct rw_model *m, size_t n)
{
    double begun = now(), spent;
    struct rw_outcome *o = small_run(m, n, 1, 1);

    spent = now() - begun;
    rw_outcome_free(o);
    return spent;
}

#endif
