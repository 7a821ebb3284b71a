/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/pool_pages.c -- memory for the rows of some blocks, before they are
 * computed (base/pages.h). */
#include "base/pages.h"
#include "run/pool.h"

enum { BLOCKS = 8 }; /* at once: 64 kB of a row */

static void
ready(double *const rows[], size_t n_rows, size_t at, size_t n)
{
    for (size_t k = 0; rows != NULL && k < n_rows; k++)
        rw_pages_ready(rows[k] + at, n * sizeof **rows);
}

void
rw_pool_pages(const struct rw_pool *p, size_t block)
{
    const struct rw_sink *to = &p->sink;
    struct rw_range blocks = {block, block + BLOCKS};
    size_t first = block - p->range.from, at = first * RW_RUN_BLOCK, n;
    size_t s = p->n_strategies, years = s * p->m->n_years;

    if (first % BLOCKS != 0)
        return;
    if (blocks.to > p->range.to)
        blocks.to = p->range.to;
    n = rw_range_futures(blocks, p->n);
    ready(to->year_loss, years, at, n);
    ready(to->year_largest, years, at, n);
    if (to->total_loss != to->year_loss)
        ready(to->total_loss, s, at, n);
    ready(to->npv, s, at, n);
    ready(to->statement, s, at, n);
    ready(to->risk_year, to->n_watched, at, n);
    for (size_t k = 0; k < s && to->spend != NULL; k++)
        if (to->spent == NULL || __atomic_load_n(&to->spent[k], __ATOMIC_RELAXED))
            ready(&to->spend[k], 1, at, n);
}
