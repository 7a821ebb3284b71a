/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/threads.c -- what a second thread gains, and what it could gain here.
 *
 * A program on one thread, the same on two, and two of it at once on one thread each,
 * which have nothing in common but the machine: twice the first over the last is what
 * the machine gives to anybody.  All are a long run less a short one, so that reading
 * the scenario does not count. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static double
wall(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Does not return. */
static void
be_program(const char *name, size_t n, int threads, int which)
{
    const char *program = getenv("RISKWHEEL"), *top = getenv("top_srcdir");
    char file[4096], trials[32], count[16], folder[32];

    (void)snprintf(file, sizeof file, "%s/%s", top ? top : "..", name);
    (void)snprintf(trials, sizeof trials, "%zu", n);
    (void)snprintf(count, sizeof count, "%d", threads);
    (void)snprintf(folder, sizeof folder, "bench.out/%d", which);
    (void)execl(program ? program : "./riskwheel", "riskwheel", "run", file, "--trials",
        trials, "--threads", count, "--no-plots", "--no-band", "--quiet", "-o", folder,
        (char *)NULL);
    _exit(1);
}

/* Seconds on the wall until all of so many programs have ended. */
static double
seconds(const char *name, size_t n, int threads, int programs)
{
    double begun = wall();
    int status;

    for (int k = 0; k < programs; k++) {
        pid_t child = fork();

        if (child < 0)
            abort();
        if (child == 0)
            be_program(name, n, threads, k);
    }
    for (int k = 0; k < programs; k++)
        if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            fprintf(stderr, "bench: a run of %s failed\n", name);
            exit(1);
        }
    return wall() - begun;
}

/* What n futures take beyond the first eighth of them. */
static double
more(const char *name, size_t n, int threads, int programs)
{
    double all = seconds(name, n, threads, programs);

    return all - seconds(name, n / 8, threads, programs);
}

static void
measure(const char *name, size_t n)
{
    double gain[BENCH_PAIRS], could[BENCH_PAIRS], share[BENCH_PAIRS];

    for (int k = 0; k < BENCH_PAIRS; k++) {
        double one = more(name, n, 1, 1);

        gain[k] = one / more(name, n, 2, 1);
        could[k] = 2 * one / more(name, n, 1, 2);
        share[k] = gain[k] / could[k];
    }
    printf("  %-36s %8.2f %16.2f %8.2f\n", name, bench_median(gain, BENCH_PAIRS),
        bench_median(could, BENCH_PAIRS), bench_median(share, BENCH_PAIRS));
}

void
bench_threads(size_t static_risk, size_t hospital)
{
    printf("Whole program on the wall, set-up aside: %4s %16s %8s\n", "two threads",
        "two programs", "");
    printf("  %-36s %8s %16s %8s\n", "", "/ one", "/ one", "share");
    measure("tests/bench/static.json", static_risk);
    measure("scenarios/hospital.json", hospital);
}
