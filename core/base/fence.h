/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/fence.h -- threads that may compute and nothing else, by order of the
 * kernel (seccomp, Linux).
 *
 * Behind the fence a thread takes and returns memory, waits, reads the clock, writes to
 * standard error and ends, or ends its process.  Every other call of the system fails with EPERM: to open a
 * file or a socket, to read, to start a program or a thread, to map a file, to make
 * memory executable, to send another process a signal.  There is no way back out.
 *
 * Plugins run behind it, so that a hole in the sandbox of Lua has no file or network in
 * reach.  It is a second wall and no cell: the thread shares its memory with those in
 * front of the fence, so who can write anywhere in memory can have them do it.
 *
 * What began in front of the fence goes on: the calling thread reads scenarios, writes
 * results, shows progress and starts gnuplot; signals arrive as ever.  Speculation stays
 * as it is for other threads (SECCOMP_FILTER_FLAG_SPEC_ALLOW): computing costs the same.
 *
 *   auto   where the kernel and the build offer it; else there is none (default)
 *   on     where it cannot be had, nothing runs
 *   off    no fence
 * A build with a sanitizer and a run under valgrind offer none: they need files.
 *
 * Sources: Linux man pages seccomp(2), Documentation/userspace-api/seccomp_filter.rst.
 * Floor:   base.  Threads: rw_fence_choose before there are any; else any thread.
 */
#ifndef RW_BASE_FENCE_H
#define RW_BASE_FENCE_H

#include "base/err.h"

#include <stdbool.h>

enum rw_fence { RW_FENCE_AUTO, RW_FENCE_ON, RW_FENCE_OFF };
extern const char *const rw_fence_names[]; /* "auto" "on" "off", NULL */

void rw_fence_choose(enum rw_fence choice);

/* The calling thread from now on, unless the choice is off.  RW_ERR_TOOL: the choice is
 * on, and there is no fence to be had. */
RW_MUST_CHECK enum rw_err rw_fence_enter(struct rw_error *e);

/* f(self, e) on a thread of its own behind the fence, and its result; on the calling
 * thread where that is behind it already, where there is no fence or no thread to be
 * had and need not be.  RW_ERR_TOOL as above. */
RW_MUST_CHECK enum rw_err rw_fence_call(
    enum rw_err (*f)(void *self, struct rw_error *e), void *self, struct rw_error *e);

/* Whether the calling thread is behind it. */
bool rw_fence_stands(void);

#endif
