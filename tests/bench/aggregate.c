/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Milliseconds of a core for the exact law: six quantiles and two tail means
 * of every known year, best of some runs. */
#include "tests/num/years.h"

#include <time.h>

static double
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static double
run_year(int i)
{
    double start = now_ms();
    struct year y;
    struct rw_aggregate *a;
    struct rw_bounded x;
    enum rw_err err;

    year_make(&y, i);
    err = rw_aggregate_new(&y.c, 1, &a, NULL);
    for (int k = 0; err == RW_OK && k < YEAR_VARS; k++)
        err = rw_aggregate_quantile(a, year_q[k], &x, NULL);
    for (int k = 0; err == RW_OK && k < YEAR_TVARS; k++)
        err = rw_aggregate_tvar(a, year_tail_q[k], &x, NULL);
    rw_aggregate_free(a);
    return err == RW_OK ? now_ms() - start : NAN;
}

int
main(void)
{
    enum { RUNS = 7 };

    for (int i = 0; i < YEARS; i++) {
        double first = run_year(i), best = first;

        for (int r = 1; r < RUNS; r++)
            best = fmin(best, run_year(i));
        printf(
            "%-28s first %6.1f ms, best %6.1f ms\n", year_figures[i].name, first, best);
    }
    return 0;
}
