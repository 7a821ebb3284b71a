/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/fit_where.c -- what a column holds, where no row is as wanted. */
#include "read/diag.h"
#include "study/fit.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED = 8, SHOWN = 40 };

/* A text, and in how many cells it stands. */
struct value {
    const char *text;
    size_t n;
};

static int
by_text(const void *a, const void *b)
{
    return strcmp(((const struct value *)a)->text, ((const struct value *)b)->text);
}

/* The most frequent first, then by text. */
static int
by_number(const void *a, const void *b)
{
    const struct value *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return by_text(a, b);
}

/* Different texts of cells[n], into v[n]; returns how many. */
static size_t
values_of(const char *const cells[], size_t n, struct value v[])
{
    size_t m = 0;

    for (size_t i = 0; i < n; i++)
        v[i] = (struct value){cells[i], 1};
    qsort(v, n, sizeof *v, by_text);
    for (size_t i = 0; i < n; i++) {
        if (m > 0 && strcmp(v[m - 1].text, v[i].text) == 0)
            v[m - 1].n++;
        else
            v[m++] = v[i];
    }
    qsort(v, m, sizeof *v, by_number);
    return m;
}

/* The value nearest to the one that was wanted goes to the front. */
static bool
put_nearest_first(const char *wanted, struct value v[], size_t m, struct rw_arena *a)
{
    const char **words = RW_ARENA_NEW(a, m, const char *), *near;

    for (size_t i = 0; words && i < m; i++)
        words[i] = v[i].text;
    near = words ? rw_nearest_word(wanted, words, m) : NULL;
    for (size_t i = 0; near && i < m; i++)
        if (v[i].text == near) {
            struct value first = v[i];

            memmove(v + 1, v, i * sizeof *v);
            v[0] = first;
        }
    return near != NULL;
}

static void
quote(struct rw_text *t, const char *s)
{
    rw_text_add(t, "'");
    rw_safe_add(t, s, strnlen(s, SHOWN));
    rw_text_add(t, strlen(s) > SHOWN ? "...'" : "'");
}

static size_t
matches(const struct rw_fit_where *w, const char *const cells[], size_t n)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += strcmp(cells[i], w->value) == 0;
    return k;
}

/* The sentence about one column; false: memory is out. */
static bool
list(const struct rw_fit_where *w, const char *const cells[], size_t n,
    struct rw_arena *a, struct rw_text *t)
{
    struct value *v = RW_ARENA_NEW(a, n, struct value);
    size_t m;

    if (v == NULL)
        return false;
    m = values_of(cells, n, v);
    rw_text_addf(t, "no row has ");
    quote(t, w->value);
    rw_text_add(t, " in the column ");
    quote(t, w->column);
    if (put_nearest_first(w->value, v, m, a)) {
        rw_text_add(t, ", did you mean ");
        quote(t, v[0].text);
        rw_text_add(t, "?; it has ");
    } else
        rw_text_add(t, "; it has ");
    for (size_t i = 0; i < m && i < LISTED; i++) {
        rw_text_add(t, i ? ", " : "");
        quote(t, v[i].text);
        rw_text_addf(t, " in %zu row%s", v[i].n, v[i].n == 1 ? "" : "s");
    }
    if (m > LISTED)
        rw_text_addf(t, " and %zu more", m - LISTED);
    return true;
}

enum rw_err
rw_fit_nowhere(const struct rw_fit_request *q, const char **const cells[], size_t n,
    struct rw_arena *a, struct rw_error *e)
{
    struct rw_text t;
    bool memory = false;
    size_t k = 0;

    rw_text_init(&t);
    while (k < q->n_where && matches(&q->where[k], cells[k], n) > 0)
        k++;
    if (k < q->n_where)
        memory = !list(&q->where[k], cells[k], n, a, &t);
    else
        rw_text_add(&t, "no row has all that --where asks for: ");
    for (size_t i = 0; k == q->n_where && i < k; i++) {
        size_t rows = matches(&q->where[i], cells[i], n);

        rw_text_add(&t, i ? ", " : "");
        quote(&t, q->where[i].value);
        rw_text_addf(&t, " stands in %zu row%s", rows, rows == 1 ? "" : "s");
    }
    memory |= t.failed;
    if (memory)
        rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", q->file);
    else {
        rw_error_set(e, RW_ERR_INPUT, "%s", t.s);
        rw_error_place(e, q->file, 0, 0, "");
    }
    rw_text_fini(&t);
    return memory ? RW_ERR_MEMORY : RW_ERR_INPUT;
}
