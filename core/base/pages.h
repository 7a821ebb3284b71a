/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/pages.h -- memory that is about to be written to, at once.
 *
 * A page of memory is there as soon as somebody writes to it: the kernel interrupts the
 * writer, finds one, clears it.  Asked for many at once it does the same without the
 * interruptions, which are a third of it.
 *
 * Floor: base.  Threads: any, also behind the fence.
 */
#ifndef RW_BASE_PAGES_H
#define RW_BASE_PAGES_H

#include <stddef.h>

/* The pages that end within the bytes from x on are there, if the kernel can do that
 * (Linux 5.14, MADV_POPULATE_WRITE); what they hold stays. */
void rw_pages_ready(void *x, size_t bytes);

#endif
