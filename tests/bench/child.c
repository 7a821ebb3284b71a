/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/child.c -- the time of a whole program, as the kernel accounts it. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SKIPPED = 77 };

static double
seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double
wall_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double
bench_child(char *const argv[], double *wall)
{
    double begun = wall_now();
    struct rusage used;
    int status;
    pid_t child = fork();

    if (child == 0) {
        execvp(argv[0], argv);
        _exit(SKIPPED);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        abort();
    *wall = wall_now() - begun;
    if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED)
        return -1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "bench: %s failed\n", argv[0]);
        exit(1);
    }
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}
