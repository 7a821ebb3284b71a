/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/column.h"

/* RW_COLUMN_PART is a multiple of it. */
enum { CHUNK = 1024 };

/* What a chunk says of itself. */
struct chunk {
    struct rw_moments moments;
    struct rw_span span;
};

/* One pass. */
struct pass {
    const double *a;
    size_t n;
    struct chunk *chunk;
};

static void
go(struct pass *p, void (*part)(void *self, size_t k), struct rw_team *t)
{
    rw_team_do(t, (p->n + RW_COLUMN_PART - 1) / RW_COLUMN_PART, part, p);
}

static size_t
end_of(const struct pass *p, size_t k)
{
    size_t end = (k + 1) * RW_COLUMN_PART;

    return end < p->n ? end : p->n;
}

static void
measure(void *self, size_t k)
{
    struct pass *p = self;

    for (size_t i = k * RW_COLUMN_PART, end = end_of(p, k); i < end; i += CHUNK) {
        struct chunk *c = &p->chunk[i / CHUNK];
        size_t n = end - i < CHUNK ? end - i : CHUNK;

        c->moments = rw_moments_array(p->a + i, n);
        c->span = rw_span_of(p->a + i, n);
    }
}

struct rw_moments
rw_column_moments(
    const double a[], size_t n, double room[], struct rw_span *span, struct rw_team *t)
{
    struct chunk few[RW_COLUMN_PART / CHUNK];
    struct pass p = {.a = a, .n = n, .chunk = few};
    struct rw_moments m = {0};
    struct rw_span s = rw_span_empty();

    if (n > RW_COLUMN_PART)
        p.chunk = (struct chunk *)(void *)room;
    go(&p, measure, t);
    for (size_t i = 0; i < n; i += CHUNK) {
        rw_moments_join(&m, &p.chunk[i / CHUNK].moments);
        rw_span_join(&s, &p.chunk[i / CHUNK].span);
    }
    if (span != NULL)
        *span = s;
    return m;
}
