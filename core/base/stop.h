/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/stop.h -- the wish that all work should end soon, raised by a
 * signal or by another thread.
 *
 * A plain read of a flag that another thread writes would be a race; a relaxed
 * atomic one costs the same.  Whoever raises it from a thread stores atomically.
 *
 * Floor: base.  Threads: any.
 */
#ifndef RW_BASE_STOP_H
#define RW_BASE_STOP_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* stop NULL: nobody can. */
static inline bool
rw_stopped(const volatile sig_atomic_t *stop)
{
    return stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0;
}

#endif
