/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/part_tallies.c -- tallies to and from the file of a part. */
#include "run/part_file.h"

static size_t
count_filled(const struct rw_tally *t)
{
    size_t n = 0;

    for (size_t p = 0; p < RW_TALLY_PAGES; p++)
        for (size_t c = 0; t->page[p] != NULL && c < RW_TALLY_PAGE; c++)
            n += t->page[p][c].n > 0;
    return n;
}

static void
put_tally(struct rw_record *r, const struct rw_tally *t)
{
    rw_record_put(r, t->n);
    rw_record_put(r, t->zero);
    rw_record_put(r, t->infinite);
    rw_record_put_double(r, t->min);
    rw_record_put_double(r, t->max);
    for (size_t k = 0; k < t->n_at; k++)
        rw_record_put(r, t->over[k]);
    rw_record_put(r, count_filled(t));
    for (size_t p = 0; p < RW_TALLY_PAGES; p++)
        for (size_t c = 0; t->page[p] != NULL && c < RW_TALLY_PAGE; c++) {
            const struct rw_tally_cell *x = &t->page[p][c];

            if (x->n == 0)
                continue;
            rw_record_put(r, p * RW_TALLY_PAGE + c);
            rw_record_put(r, x->n);
            rw_record_put(r, x->rest);
        }
}

void
rw_part_put_tallies(struct rw_record *r, const struct rw_tallies *t)
{
    for (size_t k = 0; t != NULL && k < t->n; k++)
        put_tally(r, &t->tally[k]);
}

static void
get_cell(struct rw_record *r, struct rw_tally *t)
{
    uint64_t cell = rw_record_get(r), n = rw_record_get(r), rest = rw_record_get(r);
    struct rw_tally_cell *c;

    if (r->error.code != RW_OK)
        return;
    if (cell >= (uint64_t)RW_TALLY_PAGES * RW_TALLY_PAGE) {
        rw_record_bad(r, "holds what no run writes");
        return;
    }
    c = rw_tally_cell(t, (size_t)cell);
    if (c == NULL) {
        r->error.code = rw_error_set(
            &r->error, RW_ERR_MEMORY, "no memory to read '%.800s'", r->path);
        return;
    }
    c->n += n;
    c->rest += rest;
}

static void
get_tally(struct rw_record *r, struct rw_tally *t)
{
    double min, max;
    uint64_t filled;

    t->n += rw_record_get(r);
    t->zero += rw_record_get(r);
    t->infinite += rw_record_get(r);
    min = rw_record_get_double(r);
    max = rw_record_get_double(r);
    t->min = min < t->min ? min : t->min;
    t->max = max > t->max ? max : t->max;
    for (size_t k = 0; k < t->n_at; k++)
        t->over[k] += rw_record_get(r);
    filled = rw_record_get(r);
    for (uint64_t k = 0; k < filled && r->error.code == RW_OK; k++)
        get_cell(r, t);
}

void
rw_part_get_tallies(struct rw_record *r, struct rw_tallies *t)
{
    for (size_t k = 0; t != NULL && k < t->n && r->error.code == RW_OK; k++)
        get_tally(r, &t->tally[k]);
}
