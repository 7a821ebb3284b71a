/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sched_getaffinity */
#include "run/run.h"

#include <sched.h>
#include <stdio.h>

/* Whole processors that a control group's quota allows; 0: no limit known. */
static unsigned
quota(void)
{
    FILE *f = fopen("/sys/fs/cgroup/cpu.max", "r");
    double max, period;
    unsigned n = 0;

    if (f == NULL)
        return 0;
    if (fscanf(f, "%lf %lf", &max, &period) == 2 && max > 0 && period > 0)
        n = max < period ? 1 : (unsigned)(max / period);
    (void)fclose(f);
    return n;
}

unsigned
rw_run_processors(void)
{
    cpu_set_t set;
    unsigned n = 1, limit = quota();

    if (sched_getaffinity(0, sizeof set, &set) == 0)
        n = (unsigned)CPU_COUNT(&set);
    return limit > 0 && limit < n ? limit : n;
}
