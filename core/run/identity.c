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

/* How many of that name stand before the i-th fact. */
static size_t
before(const struct rw_identity *x, size_t i)
{
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        n += strcmp(x->fact[k].what, x->fact[i].what) == 0;
    return n;
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

size_t
rw_identity_differs(
    const struct rw_identity *x, const struct rw_identity *from, struct rw_text *t)
{
    size_t n = 0;

    for (size_t i = 0; i < from->n; i++) {
        const struct rw_fact *f = &from->fact[i];
        const char *is = rw_identity_get(x, f->what, before(from, i));

        if (is == NULL || strcmp(is, f->value) != 0)
            tell(t, n++, f->what, is, f->value);
    }
    for (size_t i = 0; i < x->n; i++)
        if (rw_identity_get(from, x->fact[i].what, before(x, i)) == NULL)
            tell(t, n++, x->fact[i].what, x->fact[i].value, NULL);
    return n;
}
