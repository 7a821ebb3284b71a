/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/pages.h -- memory that is about to be written to, or to be freed, at once.
 *
 * A page of memory is there as soon as somebody writes to it: the kernel interrupts the
 * writer, finds one, clears it.  Asked for many at once it does the same without the
 * interruptions, which are a third of it.  When memory is freed it takes page by page
 * back on whichever thread frees it; told before, on several.
 *
 * Floor: base.  Threads: any, also behind the fence.
 */
#ifndef RW_BASE_PAGES_H
#define RW_BASE_PAGES_H

#include <stddef.h>

/* The pages that end within the bytes from x on are there, if the kernel can do that
 * (Linux 5.14, MADV_POPULATE_WRITE); what they hold stays. */
void rw_pages_ready(void *x, size_t bytes);

/* The pages that lie within the bytes from x on, and what they hold, are no longer
 * needed: the memory is freed soon. */
void rw_pages_gone(void *x, size_t bytes);

#endif
