/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/bench.c -- how fast the engine is, as ratios within one run.
 *
 * The yardstick is the loop anyone would write with GSL for the same
 * compound problem, Poisson(5) events of lognormal(10, 2) a year: one
 * mt19937, gsl_ran_poisson, gsl_ran_lognormal, one array of yearly losses.
 * The engine runs its whole course on one thread: truth, controls, events,
 * accounts, moments.  The two take turns; the median ratio is reported, and
 * the long run minus a short one gives the cost per event without set-up. */
#include "num/stream.h"
#include "tests/bench/clock.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAIRS = 7, N = 1000000, FEW = 100000 };

static double
gsl_seconds(size_t n)
{
    gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
    double *loss = malloc(n * sizeof *loss), begun = now(), spent;

    if (r == NULL || loss == NULL)
        abort();
    for (size_t i = 0; i < n; i++) {
        unsigned events = gsl_ran_poisson(r, 5);

        loss[i] = 0;
        while (events-- > 0)
            loss[i] += gsl_ran_lognormal(r, 10, 2);
    }
    spent = now() - begun;
    free(loss);
    gsl_rng_free(r);
    return spent;
}

static double
uniform_seconds(size_t n)
{
    struct rw_stream s = {1, 2};
    double u[4], begun = now(), sum = 0;

    for (size_t i = 0; i < n / 4; i++) {
        rw_stream_quad(s, i, 0, u);
        sum += u[0] + u[3];
    }
    return sum > 0 ? now() - begun : 0;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
median(double x[PAIRS])
{
    qsort(x, PAIRS, sizeof *x, ascending);
    return x[PAIRS / 2];
}

int
main(void)
{
    double whole[PAIRS], marginal[PAIRS], per_event[PAIRS], yardstick[PAIRS];
    struct rw_arena a;
    struct rw_model *m;

    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->threats[0].frequency.dist = rw_dist_constant(5);
    m->threats[0].losses[0].amount = SMALL_DIST("lognormal", {"mu", 10}, {"sigma", 2});
    small_build(m, &a);
    for (int k = 0; k < PAIRS; k++) {
        double g = gsl_seconds(N), g_few = gsl_seconds(FEW);
        double e = run_seconds(m, N), e_few = run_seconds(m, FEW);

        whole[k] = g / e;
        marginal[k] = (g - g_few) / (e - e_few);
        per_event[k] = (e - e_few) * 1e9 / (5.0 * (N - FEW));
        yardstick[k] = (g - g_few) * 1e9 / (5.0 * (N - FEW));
    }
    printf("compound Poisson(5) x lognormal(10, 2), %d futures, one thread, medians of "
           "%d pairs\n",
        N, PAIRS);
    printf("  GSL loop                  %6.1f ns per event\n", median(yardstick));
    printf("  engine, run minus set-up  %6.1f ns per event\n", median(per_event));
    printf("  raw uniforms              %6.1f ns each\n",
        uniform_seconds(N * 4) * 1e9 / (N * 4.0));
    printf("  GSL / engine, whole run   %6.2f\n", median(whole));
    printf("  GSL / engine, per event   %6.2f\n", median(marginal));
    rw_arena_fini(&a);
    return 0;
}
