/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include "base/text.h"

#include <stdio.h>

/* "45 s", "3 min 20 s", "2 h 5 min" */
static void
duration(char *buf, size_t n, double seconds)
{
    unsigned long s = seconds < 1e7 ? (unsigned long)(seconds + 0.5) : 10000000ul;

    if (s < 60)
        snprintf(buf, n, "%lu s", s);
    else if (s < 3600)
        snprintf(buf, n, "%lu min %lu s", s / 60, s % 60);
    else
        snprintf(buf, n, "%lu h %lu min", s / 3600, s / 60 % 60);
}

void
rw_progress_show(void *self, const struct rw_run_progress *p)
{
    struct rw_progress *progress = self;
    char left[64], mean[RW_NUMBER_MAX], se[RW_NUMBER_MAX];

    if (p->total == 0)
        return;
    duration(left, sizeof left, p->left);
    progress->shown = true;
    fprintf(stderr, "\r\033[K%3.0f %%  %s left  %s, %.16s: %s \xc2\xb1 %s",
        100 * (double)p->done / (double)p->total, left,
        progress->years ? "year 1" : "horizon", progress->strategy,
        rw_money_print(mean, p->mean), rw_money_print(se, p->mean_se));
}

void
rw_progress_erase(struct rw_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}
