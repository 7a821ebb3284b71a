/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/packed.h"

#include "num/pack.h"
#include "run/share.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 24 };

/* A block: where each row begins (uint32_t), then the rows. */

enum kind { BEFORE, ROW, YEARS, VALUE };

/* What lets expect a row: rows that stand before it. */
struct basis {
    enum kind kind;
    size_t a, b;
};

static struct basis
basis_of(const struct rw_rows *r, size_t row)
{
    size_t yearly = r->strategies * r->years, at = row % (yearly > 0 ? yearly : 1);
    size_t s;

    if (row < yearly)
        return (struct basis){at < r->years ? BEFORE : ROW, row % r->years, 0};
    if (row < 2 * yearly)
        return (struct basis){ROW,
            at < r->years ? rw_row_loss(r, 0, at) : rw_row_largest(r, 0, at % r->years),
            0};
    s = (row - 2 * yearly) % r->strategies;
    if (row < rw_row_spend(r, 0))
        return (struct basis){r->years > 0 ? YEARS : BEFORE, rw_row_loss(r, s, 0), 0};
    if (row >= rw_row_npv(r, 0) && row < rw_row_statement(r, 0))
        return (struct basis){VALUE, rw_row_horizon(r, s), rw_row_spend(r, s)};
    return (struct basis){BEFORE, 0, 0};
}

/* NULL: the one before. */
static const double *
expect(
    const struct rw_rows *r, size_t row, double *const rows[], size_t n, double room[])
{
    struct basis x = basis_of(r, row);

    switch (x.kind) {
    case BEFORE:
        break;
    case ROW:
        return rows[x.a];
    case YEARS:
        memcpy(room, rows[x.a], n * sizeof *room);
        for (size_t y = 1; y < r->years; y++)
            for (size_t i = 0; i < n; i++)
                room[i] += rows[x.a + y][i];
        return room;
    case VALUE:
        for (size_t i = 0; i < n; i++)
            room[i] = -(rows[x.a][i] + rows[x.b][i]);
        return room;
    }
    return NULL;
}

void
rw_packed_needs(const struct rw_rows *r, bool need[])
{
    for (size_t row = rw_rows_count(r); row-- > 0;) {
        struct basis x = basis_of(r, row);

        if (!need[row] || x.kind == BEFORE)
            continue;
        need[x.a] = true;
        if (x.kind == VALUE)
            need[x.b] = true;
        for (size_t y = 1; x.kind == YEARS && y < r->years; y++)
            need[x.a + y] = true;
    }
}

struct rw_packed *
rw_packed_new(const struct rw_rows *rows, size_t blocks)
{
    struct rw_packed *p = calloc(1, sizeof *p);

    if (p == NULL)
        return NULL;
    p->rows = *rows;
    p->blocks = blocks;
    p->block = calloc(blocks > 0 ? blocks : 1, sizeof *p->block);
    if (p->block != NULL)
        return p;
    free(p);
    return NULL;
}

void
rw_packed_free(struct rw_packed *p)
{
    if (p == NULL)
        return;
    for (size_t k = 0; k < p->n_chunks; k++)
        free(p->chunk[k]);
    free(p->chunk);
    free(p->block);
    free(p);
}

bool
rw_packing_init(struct rw_packing *x, const struct rw_rows *rows)
{
    size_t n = rw_rows_count(rows);

    x->bytes = malloc(n * (sizeof(uint32_t) + rw_pack_room(RW_RUN_BLOCK)) + 1);
    x->expected = malloc(RW_RUN_BLOCK * sizeof *x->expected);
    return x->bytes != NULL && x->expected != NULL;
}

void
rw_packing_fini(struct rw_packing *x)
{
    free(x->bytes);
    free(x->expected);
}

void
rw_packing_make(
    struct rw_packing *x, const struct rw_rows *shape, double *const rows[], size_t n)
{
    size_t count = rw_rows_count(shape), size = count * sizeof(uint32_t);

    for (size_t row = 0; row < count; row++) {
        uint32_t start = (uint32_t)size;

        memcpy(x->bytes + row * sizeof start, &start, sizeof start);
        size += rw_pack(
            rows[row], expect(shape, row, rows, n, x->expected), n, x->bytes + size);
    }
    x->size = size + 8; /* that may be read */
}

/* Room for size bytes; NULL when memory is out. */
static unsigned char *
find_room(struct rw_packed *p, size_t size)
{
    unsigned char **more;

    if (size <= p->left) {
        p->left -= size;
        return p->chunk[p->n_chunks - 1] + p->room - p->left - size;
    }
    more = realloc(p->chunk, (p->n_chunks + 1) * sizeof *more);
    if (more == NULL)
        return NULL;
    p->chunk = more;
    p->room = size < CHUNK ? CHUNK : size;
    p->chunk[p->n_chunks] = malloc(p->room);
    if (p->chunk[p->n_chunks] == NULL) {
        p->left = 0;
        return NULL;
    }
    p->left = p->room - size;
    return p->chunk[p->n_chunks++];
}

enum rw_err
rw_packed_keep(
    struct rw_packed *p, size_t k, const struct rw_packing *x, struct rw_error *e)
{
    unsigned char *to = find_room(p, x->size);

    if (to == NULL)
        return rw_error_set(e, RW_ERR_MEMORY,
            "no memory for all futures: ask for fewer trials or strategies, or for "
            "--quantiles histogram");
    memcpy(to, x->bytes, x->size);
    p->block[k] = to;
    return RW_OK;
}

void
rw_packed_read(const struct rw_packed *p, size_t k, size_t n, const bool need[],
    double *const rows[])
{
    double room[RW_RUN_BLOCK];
    size_t count = rw_rows_count(&p->rows);

    for (size_t row = 0; row < count; row++) {
        uint32_t start;

        if (!need[row])
            continue;
        memcpy(&start, p->block[k] + row * sizeof start, sizeof start);
        rw_unpack(
            p->block[k] + start, expect(&p->rows, row, rows, n, room), n, rows[row]);
    }
}
