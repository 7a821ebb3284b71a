/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/block.h"

#include "run/share.h"

#include <stdlib.h>
#include <string.h>

static void
set_sink(struct rw_block *b, const struct rw_outcome *o)
{
    const struct rw_rows *r = &b->shape;

    b->sink = (struct rw_sink){.year_loss = b->rows,
        .year_largest = b->rows + rw_row_largest(r, 0, 0),
        .total_loss = b->rows + rw_row_horizon(r, 0),
        .spend = b->rows + rw_row_spend(r, 0),
        .npv = b->rows + rw_row_npv(r, 0),
        .statement = r->stated ? b->rows + rw_row_statement(r, 0) : NULL,
        .watched = o->watched,
        .n_watched = o->n_watched,
        .risk_year = b->rows + rw_row_watched(r, 0)};
}

enum rw_err
rw_block_init(struct rw_block *b, const struct rw_outcome *o, struct rw_error *e)
{
    size_t n;

    memset(b, 0, sizeof *b);
    b->shape = rw_rows_of(o);
    n = rw_rows_count(&b->shape);
    b->x = calloc(n * RW_RUN_BLOCK, sizeof *b->x);
    b->rows = calloc(n + 1, sizeof *b->rows);
    b->all = malloc(n + 1);
    b->one = malloc(RW_RUN_BLOCK * sizeof *b->one);
    b->tallies = o->tallies != NULL ? rw_tallies_new(o) : NULL;
    if (!rw_packing_init(&b->packing, &b->shape) || b->x == NULL || b->rows == NULL ||
        b->all == NULL || b->one == NULL || (b->tallies == NULL && o->tallies != NULL))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a block of futures");
    for (size_t k = 0; k < n; k++)
        b->rows[k] = b->x + k * RW_RUN_BLOCK;
    memset(b->all, true, n + 1);
    set_sink(b, o);
    return RW_OK;
}

void
rw_block_fini(struct rw_block *b)
{
    free(b->x);
    free(b->rows);
    free(b->all);
    free(b->one);
    rw_tallies_free(b->tallies);
    rw_packing_fini(&b->packing);
}
