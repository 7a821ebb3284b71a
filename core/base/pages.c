/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pages.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void
rw_pages_ready(void *x, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)x;
    uintptr_t from = at / page * page, to = (at + bytes) / page * page;
    int before = errno;

    if (to > from)
        (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
    errno = before; /* without it they come one by one */
#else
    (void)x;
    (void)bytes;
#endif
}
