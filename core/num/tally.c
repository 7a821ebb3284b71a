/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/tally.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* bits of a double within its cell; pages from there on are of values below zero */
enum { REST = 52 - RW_TALLY_BITS, NEGATIVE = RW_TALLY_PAGES / 2 };

#define SIGN (UINT64_C(1) << 63)

static uint64_t
bits_of(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

enum rw_err
rw_tally_init(struct rw_tally *t, const double at[], size_t n_at)
{
    memset(t, 0, sizeof *t);
    t->min = INFINITY;
    t->max = -INFINITY;
    t->at = at;
    t->n_at = n_at;
    t->over = calloc(n_at + 1, sizeof *t->over);
    return t->over != NULL ? RW_OK : RW_ERR_MEMORY;
}

void
rw_tally_fini(struct rw_tally *t)
{
    for (size_t k = 0; k < RW_TALLY_PAGES; k++)
        free(t->page[k]);
    free(t->over);
}

struct rw_tally_cell *
rw_tally_cell(struct rw_tally *t, size_t cell)
{
    struct rw_tally_cell **page = &t->page[cell / RW_TALLY_PAGE];

    if (*page == NULL)
        *page = calloc(RW_TALLY_PAGE, sizeof **page);
    return *page != NULL ? *page + cell % RW_TALLY_PAGE : NULL;
}

/* Not zero, finite. */
static enum rw_err
add(struct rw_tally *t, uint64_t b)
{
    uint64_t m = (b & ~SIGN) - 1; /* a cell's high end is its own */
    struct rw_tally_cell *c = rw_tally_cell(t, (b >> 63 << 21) | m >> REST);

    if (c == NULL)
        return RW_ERR_MEMORY;
    c->n++;
    c->rest += (m & ((UINT64_C(1) << REST) - 1)) >> (REST - 32);
    return RW_OK;
}

enum rw_err
rw_tally_add(struct rw_tally *t, const double x[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t b = bits_of(x[i]);

        t->min = fmin(t->min, x[i]);
        t->max = fmax(t->max, x[i]);
        if (x[i] == 0)
            t->zero++;
        else if (x[i] == INFINITY)
            t->infinite++;
        else if (add(t, b) != RW_OK)
            return RW_ERR_MEMORY;
    }
    for (size_t k = 0; k < t->n_at; k++)
        for (size_t i = 0; i < n; i++)
            t->over[k] += x[i] > t->at[k];
    t->n += n;
    return RW_OK;
}

enum rw_err
rw_tally_join(struct rw_tally *t, const struct rw_tally *other)
{
    for (size_t k = 0; k < RW_TALLY_PAGES; k++) {
        const struct rw_tally_cell *from = other->page[k];
        struct rw_tally_cell *to;

        if (from == NULL)
            continue;
        to = rw_tally_cell(t, k * RW_TALLY_PAGE);
        if (to == NULL)
            return RW_ERR_MEMORY;
        for (size_t c = 0; c < RW_TALLY_PAGE; c++) {
            to[c].n += from[c].n;
            to[c].rest += from[c].rest;
        }
    }
    t->n += other->n;
    t->zero += other->zero;
    t->infinite += other->infinite;
    t->min = fmin(t->min, other->min);
    t->max = fmax(t->max, other->max);
    for (size_t k = 0; k < t->n_at; k++)
        t->over[k] += other->over[k];
    return RW_OK;
}

static double
start_of(uint64_t cell)
{
    uint64_t b = cell << REST;
    double x;

    memcpy(&x, &b, sizeof x);
    return x;
}

double
rw_tally_end(double x)
{
    return start_of(((bits_of(x) - 1) >> REST) + 1);
}

static size_t
count_cells(const struct rw_tally *t)
{
    size_t n = 2; /* zero, infinity */

    for (size_t k = 0; k < RW_TALLY_PAGES; k++)
        for (size_t c = 0; t->page[k] != NULL && c < RW_TALLY_PAGE; c++)
            n += t->page[k][c].n > 0;
    return n;
}

static void
append(struct rw_tally_view *v, struct rw_tally_point x)
{
    if (x.n == 0)
        return;
    x.upto = x.n + (v->n > 0 ? v->point[v->n - 1].upto : 0);
    v->point[v->n++] = x;
}

/* The cell of that number; values are those of one sign. */
static void
append_cell(struct rw_tally_view *v, size_t cell, bool negative)
{
    const struct rw_tally_cell *page =
        v->t->page[cell / RW_TALLY_PAGE + (negative ? NEGATIVE : 0)];
    const struct rw_tally_cell *c = page + cell % RW_TALLY_PAGE;
    double low, high, place, mean;

    if (c->n == 0)
        return;
    low = start_of(cell);
    high = fmin(start_of(cell + 1), DBL_MAX); /* where infinity would come next */
    place = ((double)c->rest / (double)c->n + 0.5) * 0x1p-32;
    mean = low + (high - low) * place;
    if (negative)
        append(v, (struct rw_tally_point){-high, -low, -mean, c->n, 0});
    else
        append(v, (struct rw_tally_point){low, high, mean, c->n, 0});
}

/* Those of one sign, in ascending order. */
static void
append_pages(struct rw_tally_view *v, bool negative)
{
    for (size_t k = 0; k < NEGATIVE; k++) {
        size_t p = negative ? NEGATIVE - 1 - k : k;

        if (v->t->page[p + (negative ? NEGATIVE : 0)] == NULL)
            continue;
        for (size_t c = 0; c < RW_TALLY_PAGE; c++)
            append_cell(v, p * RW_TALLY_PAGE + (negative ? RW_TALLY_PAGE - 1 - c : c),
                negative);
    }
}

enum rw_err
rw_tally_look(struct rw_tally_view *v, const struct rw_tally *t)
{
    *v = (struct rw_tally_view){.t = t};
    v->point = malloc(count_cells(t) * sizeof *v->point);
    if (v->point == NULL)
        return RW_ERR_MEMORY;
    append_pages(v, true);
    append(v, (struct rw_tally_point){0, 0, 0, t->zero, 0});
    append_pages(v, false);
    append(v, (struct rw_tally_point){INFINITY, INFINITY, INFINITY, t->infinite, 0});
    for (size_t k = 0; k < v->n; k++) {
        v->point[k].high = fmin(v->point[k].high, t->max);
        v->point[k].mean = fmin(fmax(v->point[k].mean, t->min), t->max);
    }
    return RW_OK;
}

void
rw_tally_view_fini(struct rw_tally_view *v)
{
    free(v->point);
}
