/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/tool.h -- runs another program without a shell, and not for ever.
 *
 * posix_spawnp with standard input from /dev/null, standard output into a
 * file that we made, standard error kept for the message, an environment of
 * PATH, HOME and LC_ALL=C.UTF-8 alone, and a process group of its own that is
 * killed when the time is over or a signal came.
 *
 * Floor: out.  Threads: one call at a time per output file.
 */
#ifndef RW_OUT_TOOL_H
#define RW_OUT_TOOL_H

#include "base/err.h"
#include "base/stop.h"

struct rw_tool {
    const char *const *argv;           /* argv[0] is looked up in PATH  */
    const char *folder;                /* where it works                */
    const char *output;                /* file for its output, replaced */
    double seconds;                    /* time limit                    */
    const volatile sig_atomic_t *stop; /* nonzero: end soon; or NULL    */
};

/* RW_ERR_TOOL: missing (*missing <- 1), failed, timed out (*missing <- 1: there
 * is no use in trying again) or silent; the output file is then removed.
 * RW_ERR_INTERRUPT after a stop; RW_ERR_IO where the file cannot be made. */
RW_MUST_CHECK enum rw_err rw_tool_run(
    const struct rw_tool *t, int *missing, struct rw_error *e);

#endif
