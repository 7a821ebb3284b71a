/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/tallies.h"

#include "run/outcome.h"

#include <stdlib.h>
#include <string.h>

static void
add(struct rw_tallies *t, struct rw_column c)
{
    if (t->column != NULL)
        t->column[t->n] = c;
    t->n++;
}

/* Both strategies' loss and spend. */
static void
add_pair(struct rw_tallies *t, size_t s, size_t other)
{
    const struct rw_rows *r = &t->rows;

    add(t, rw_column_less(rw_row_horizon(r, s), rw_row_horizon(r, other)));
    add(t, rw_column_less(rw_row_spend(r, s), rw_row_spend(r, other)));
}

static void
add_twins(struct rw_tallies *t, const struct rw_outcome *o, size_t s)
{
    const struct rw_strategy *twin = &o->model->strategies[o->strategy[s]];

    for (size_t k = 0; k < o->n_strategies && twin->twin != RW_TWIN_NONE; k++)
        if (o->strategy[k] == twin->twin_of) {
            add_pair(t, s, k);
            add(t, rw_column_both(&t->rows, s, k));
        }
}

/* The list; without room for it, its length. */
static void
list(struct rw_tallies *t, const struct rw_outcome *o)
{
    const struct rw_rows *r = &t->rows;

    t->n = 0;
    for (size_t row = 0; row < rw_row_watched(r, 0); row++)
        add(t, rw_column_row(row));
    for (size_t s = 0; s < r->strategies; s++) {
        add(t, rw_column_total(r, s));
        if (s == 0)
            continue;
        add_pair(t, s, 0);
        add(t, rw_column_less(rw_row_npv(r, s), rw_row_npv(r, 0)));
        add(t, rw_column_versus(r, s, 0));
        add_twins(t, o, s);
    }
}

static bool
is_loss(const struct rw_rows *r, struct rw_column c)
{
    return c.formula == RW_FORMULA_ROW && c.a < rw_row_largest(r, 0, 0);
}

/* It may be infinite. */
static bool
is_time(const struct rw_rows *r, struct rw_column c)
{
    return r->stated && c.formula == RW_FORMULA_ROW && c.a >= rw_row_statement(r, 0);
}

static bool
make_amounts(struct rw_tallies *t, const struct rw_model *m)
{
    t->loss_at = calloc(m->n_appetite + 1, sizeof *t->loss_at);
    t->time_at = calloc(m->cycles + 1, sizeof *t->time_at);
    if (t->loss_at == NULL || t->time_at == NULL)
        return false;
    for (size_t k = 0; k < m->n_appetite; k++)
        t->loss_at[k] = m->appetite[k].loss;
    for (unsigned k = 0; k < m->cycles; k++)
        t->time_at[k] = (k + 1) * m->years;
    t->time_at[m->cycles] = m->programme.deadline * m->years;
    return true;
}

static bool
make_tallies(struct rw_tallies *t, const struct rw_model *m)
{
    for (size_t k = 0; k < t->n; k++) {
        bool loss = is_loss(&t->rows, t->column[k]);
        bool time = is_time(&t->rows, t->column[k]);

        if (rw_tally_init(&t->tally[k], loss ? t->loss_at : t->time_at,
                loss   ? m->n_appetite
                : time ? m->cycles + 1
                       : 0) != RW_OK)
            return false;
    }
    return true;
}

struct rw_tallies *
rw_tallies_new(const struct rw_outcome *o)
{
    struct rw_tallies *t = calloc(1, sizeof *t);

    if (t == NULL)
        return NULL;
    t->rows = rw_rows_of(o);
    list(t, o);
    t->column = calloc(t->n, sizeof *t->column);
    t->tally = calloc(t->n, sizeof *t->tally);
    t->moments = calloc(t->n, sizeof *t->moments);
    if (t->column != NULL && t->tally != NULL && t->moments != NULL &&
        make_amounts(t, o->model)) {
        list(t, o);
        if (make_tallies(t, o->model))
            return t;
    }
    rw_tallies_free(t);
    return NULL;
}

void
rw_tallies_free(struct rw_tallies *t)
{
    if (t == NULL)
        return;
    for (size_t k = 0; t->tally != NULL && k < t->n; k++)
        rw_tally_fini(&t->tally[k]);
    free(t->column);
    free(t->tally);
    free(t->moments);
    free(t->loss_at);
    free(t->time_at);
    free(t);
}

void
rw_tallies_note(const struct rw_tallies *t, double *const rows[], size_t n,
    double one[], struct rw_moments at[])
{
    for (size_t k = 0; k < t->n; k++) {
        at[k] = (struct rw_moments){0, 0, 0};
        if (is_time(&t->rows, t->column[k]))
            continue;
        rw_column_make(t->column[k], rows, n, one);
        at[k] = rw_moments_array(one, n);
    }
}

enum rw_err
rw_tallies_add(struct rw_tallies *t, double *const rows[], size_t n, double one[],
    struct rw_error *e)
{
    for (size_t k = 0; k < t->n; k++) {
        rw_column_make(t->column[k], rows, n, one);
        if (rw_tally_add(&t->tally[k], one, n) != RW_OK)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for a histogram");
    }
    return RW_OK;
}

enum rw_err
rw_tallies_join(
    struct rw_tallies *t, const struct rw_tallies *other, struct rw_error *e)
{
    for (size_t k = 0; k < t->n; k++)
        if (rw_tally_join(&t->tally[k], &other->tally[k]) != RW_OK)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for a histogram");
    return RW_OK;
}

static bool
same(struct rw_column x, struct rw_column y)
{
    return x.formula == y.formula && x.a == y.a && x.b == y.b && x.c == y.c &&
           x.d == y.d;
}

size_t
rw_tallies_find(const struct rw_tallies *t, struct rw_column c)
{
    size_t k = 0;

    while (k < t->n && !same(t->column[k], c))
        k++;
    RW_BUG_ASSERT(k < t->n);
    return k;
}
