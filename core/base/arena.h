/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/arena.h -- memory that is handed out piece by piece and released
 * at once.  Chunks grow by doubling; a piece never moves.
 *
 * Floor: base.  Threads: one arena, one thread at a time; what was built in
 * it may be read by all once the building has ended.
 */
#ifndef RW_BASE_ARENA_H
#define RW_BASE_ARENA_H

#include "base/err.h"

#include <stddef.h>

struct rw_arena_chunk;

struct rw_arena {
    struct rw_arena_chunk *last;
    size_t bytes; /* handed out since init, for tests and diagnostics */
};

void rw_arena_init(struct rw_arena *a);
void rw_arena_fini(struct rw_arena *a);

/* n * size bytes, zeroed, aligned to 64 (a vector load); NULL when the
 * product overflows or memory is out.  n * size == 0 gives a valid pointer. */
void *rw_arena_alloc(struct rw_arena *a, size_t n, size_t size)
    __attribute__((malloc, alloc_size(2, 3)));

/* Copies of text; NULL when memory is out. */
char *rw_arena_strdup(struct rw_arena *a, const char *s);
char *rw_arena_strndup(struct rw_arena *a, const char *s, size_t n);
char *rw_arena_printf(struct rw_arena *a, const char *fmt, ...) RW_PRINTF(2, 3);

#define RW_ARENA_NEW(arena, n, type)                                                   \
    ((type *)rw_arena_alloc((arena), (n), sizeof(type)))

#endif
