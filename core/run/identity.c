/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/identity.h"

#include <string.h>

enum { TOLD = 4, SUM = 64 }; /* differences; digits of a SHA-256 */

enum rw_err
rw_identity_add(struct rw_identity *x, struct rw_arena *a, const char *what,
    const char *value, struct rw_error *e)
{
    struct rw_fact f = {rw_arena_strdup(a, what), rw_arena_strdup(a, value)};

    if (x->n == x->room) {
        size_t room = x->room ? 2 * x->room : 32;
        struct rw_fact *more = RW_ARENA_NEW(a, room, struct rw_fact);

        if (more == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for what a run is");
        if (x->n > 0)
            memcpy(more, x->fact, x->n * sizeof *more);
        x->fact = more;
        x->room = room;
    }
    if (f.what == NULL || f.value == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for what a run is");
    x->fact[x->n++] = f;
    return RW_OK;
}

const char *
rw_identity_get(const struct rw_identity *x, const char *what, size_t k)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->fact[i].what, what) == 0 && k-- == 0)
            return x->fact[i].value;
    return NULL;
}

static bool
is_same(const struct rw_fact *f, const struct rw_fact *g)
{
    return strcmp(f->what, g->what) == 0 && strcmp(f->value, g->value) == 0;
}

/* Whether x's i-th fact is none of the others'; of several alike as many as they have
 * are theirs. */
static bool
is_own(const struct rw_identity *x, size_t i, const struct rw_identity *others)
{
    size_t n = 0, theirs = 0;

    for (size_t k = 0; k < i; k++)
        n += is_same(&x->fact[k], &x->fact[i]);
    for (size_t k = 0; k < others->n; k++)
        theirs += is_same(&others->fact[k], &x->fact[i]);
    return n >= theirs;
}

/* How many of its own facts of that name stand before the i-th. */
static size_t
before(const struct rw_identity *x, size_t i, const struct rw_identity *others)
{
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        n += strcmp(x->fact[k].what, x->fact[i].what) == 0 && is_own(x, k, others);
    return n;
}

/* The n-th of its own facts of a name; NULL: there are no more. */
static const char *
own(const struct rw_identity *x, const char *what, size_t n,
    const struct rw_identity *others)
{
    for (size_t k = 0; k < x->n; k++)
        if (strcmp(x->fact[k].what, what) == 0 && is_own(x, k, others) && n-- == 0)
            return x->fact[k].value;
    return NULL;
}

/* Characters of a value that are told: the first ones of a sum are enough. */
static int
width(const char *value)
{
    return strlen(value) == SUM && strspn(value, "0123456789abcdef") == SUM ? 12 : 80;
}

static void
tell(struct rw_text *t, size_t n, const char *what, const char *is, const char *other)
{
    if (t == NULL || n > TOLD)
        return;
    rw_text_add(t, n > 0 ? ", " : "");
    if (n == TOLD)
        rw_text_add(t, "and more");
    else if (is != NULL && other != NULL)
        rw_text_addf(
            t, "%s %.*s and not %.*s", what, width(is), is, width(other), other);
    else if (is != NULL)
        rw_text_addf(t, "also %s %.*s", what, width(is), is);
    else if (other != NULL)
        rw_text_addf(t, "no %s %.*s", what, width(other), other);
}

/* The same facts: the first that is elsewhere. */
static size_t
differ_in_order(
    const struct rw_identity *x, const struct rw_identity *from, struct rw_text *t)
{
    for (size_t i = 0; i < x->n; i++)
        if (!is_same(&x->fact[i], &from->fact[i])) {
            if (t != NULL)
                rw_text_addf(t, "another order of %s", x->fact[i].what);
            return 1;
        }
    return 0;
}

size_t
rw_identity_differs(
    const struct rw_identity *x, const struct rw_identity *from, struct rw_text *t)
{
    size_t n = 0;

    for (size_t i = 0; i < from->n; i++) {
        const struct rw_fact *f = &from->fact[i];

        if (is_own(from, i, x))
            tell(t, n++, f->what, own(x, f->what, before(from, i, x), from), f->value);
    }
    for (size_t i = 0; i < x->n; i++) {
        const struct rw_fact *f = &x->fact[i];

        if (is_own(x, i, from) && own(from, f->what, before(x, i, from), x) == NULL)
            tell(t, n++, f->what, f->value, NULL);
    }
    return n > 0 ? n : differ_in_order(x, from, t);
}
