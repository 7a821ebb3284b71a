/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pages.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static uintptr_t
page(void)
{
    return (uintptr_t)sysconf(_SC_PAGESIZE);
}

/* Where the kernel cannot, all goes on as without it. */
static void
advise(uintptr_t from, uintptr_t to, int advice)
{
    int before = errno;

    if (to > from)
        (void)madvise((void *)from, to - from, advice);
    errno = before;
}

void
rw_pages_ready(void *x, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t at = (uintptr_t)x;

    advise(at / page() * page(), (at + bytes) / page() * page(), MADV_POPULATE_WRITE);
#else
    (void)x;
    (void)bytes;
#endif
}

void
rw_pages_gone(void *x, size_t bytes)
{
    uintptr_t at = (uintptr_t)x, first = (at + page() - 1) / page();

    advise(first * page(), (at + bytes) / page() * page(), MADV_DONTNEED);
}
