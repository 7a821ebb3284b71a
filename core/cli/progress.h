/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/progress.h -- one line on the terminal while a run goes on: share
 * done, time left, and the first year's mean loss with its error so far.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_PROGRESS_H
#define RW_CLI_PROGRESS_H

#include "run/run.h"

struct rw_progress {
    const char *strategy; /* whose loss is told */
    bool years;           /* the horizon has a whole one */
    bool shown;
};

/* As rw_run_options.progress; self is a struct rw_progress. */
void rw_progress_show(void *self, const struct rw_run_progress *p);
void rw_progress_erase(struct rw_progress *p);

#endif
