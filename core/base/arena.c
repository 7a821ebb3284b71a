/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif

/* Under AddressSanitizer a gap of forbidden bytes follows every piece, so
 * that an overrun into the next piece is caught like one of malloc's. */
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
enum { GAP = 64 };
#define FORBID(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define ALLOW(p, n)  ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
enum { GAP = 0 };
#define FORBID(p, n) ((void)(p), (void)(n))
#define ALLOW(p, n)  ((void)(p), (void)(n))
#endif

enum { ALIGNMENT = 64, FIRST_CHUNK = 4096 };

struct rw_arena_chunk {
    struct rw_arena_chunk *before;
    size_t size, used; /* bytes of data[] */
    _Alignas(ALIGNMENT) unsigned char data[];
};

void
rw_arena_init(struct rw_arena *a)
{
    a->last = NULL;
    a->bytes = 0;
}

void
rw_arena_fini(struct rw_arena *a)
{
    while (a->last) {
        struct rw_arena_chunk *c = a->last;
        a->last = c->before;
        ALLOW(c->data, c->size);
        free(c);
    }
    a->bytes = 0;
}

/* A new last chunk with room for at least n bytes. */
static struct rw_arena_chunk *
grow(struct rw_arena *a, size_t n)
{
    size_t size = a->last ? a->last->size : FIRST_CHUNK / 2;
    struct rw_arena_chunk *c;

    size = size > PTRDIFF_MAX / 4 ? size : 2 * size;
    if (size < n)
        size = n;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    c = aligned_alloc(ALIGNMENT, sizeof *c + size);
    if (c == NULL)
        return NULL;
    c->before = a->last;
    c->size = size;
    c->used = 0;
    FORBID(c->data, c->size);
    return a->last = c;
}

static void *
take(struct rw_arena *a, size_t n, size_t alignment)
{
    struct rw_arena_chunk *c = a->last;
    size_t need, at;

    if (n > PTRDIFF_MAX / 2) /* no object is larger, and no sum below overflows */
        return NULL;
    need = (n ? n : 1) + GAP; /* an empty piece has a place of its own, too */
    at = c ? (c->used + alignment - 1) / alignment * alignment : 0;
    if (c == NULL || at > c->size || need > c->size - at) {
        c = grow(a, need);
        if (c == NULL)
            return NULL;
        at = 0;
    }
    c->used = at + need;
    a->bytes += n;
    ALLOW(c->data + at, n);
    return c->data + at;
}

void *
rw_arena_alloc(struct rw_arena *a, size_t n, size_t size)
{
    size_t total;
    void *p;

    if (__builtin_mul_overflow(n, size, &total))
        return NULL;
    p = take(a, total, ALIGNMENT);
    return p ? memset(p, 0, total) : NULL;
}

char *
rw_arena_strndup(struct rw_arena *a, const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = take(a, len + 1, 1);

    if (copy == NULL)
        return NULL;
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *
rw_arena_strdup(struct rw_arena *a, const char *s)
{
    return rw_arena_strndup(a, s, strlen(s));
}

char *
rw_arena_printf(struct rw_arena *a, const char *fmt, ...)
{
    va_list args, again;
    char *s = NULL;
    int n;

    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n >= 0)
        s = take(a, (size_t)n + 1, 1);
    if (s)
        vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}
