/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/edit.h"

#include <stdlib.h>
#include <string.h>

struct rw_edit_change {
    size_t at, len, order; /* these bytes go */
    const char *text;      /* and these come */
    struct rw_edit_change *next;
};

enum rw_err
rw_edit_init(struct rw_edit *x, const char *name, const char *bytes, size_t n,
    struct rw_arena *a, struct rw_error *e)
{
    struct rw_diags d;
    enum rw_err err;

    *x = (struct rw_edit){.in = {.name = name, .bytes = bytes, .n = n}, .a = a};
    rw_diags_init(&d);
    err = rw_node_parse(&x->in, 0, a, &d, &x->root, e);
    rw_diags_fini(&d);
    if (err == RW_ERR_INPUT)
        err = rw_error_set(e, RW_ERR_BUG, "'%s' cannot be read a second time", name);
    return err;
}

/* Behind the value's last byte. */
static size_t
end_of(const struct rw_edit *x, const struct rw_node *value)
{
    const char *s = x->in.bytes;
    size_t at = value->span.at, depth = 0;

    if (value->kind < RW_JSON_ARRAY)
        return at + value->span.len;
    do {
        char c = s[at++];

        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        if (c == '"')
            for (; s[at] != '"' || (at++, false); at++)
                at += s[at] == '\\';
    } while (depth > 0);
    return at;
}

static void
change(struct rw_edit *x, size_t at, size_t len, const char *text)
{
    struct rw_edit_change *c = RW_ARENA_NEW(x->a, 1, struct rw_edit_change);

    if (c == NULL || text == NULL) {
        x->failed = true;
        return;
    }
    *c = (struct rw_edit_change){at, len, x->n++, text, x->changes};
    x->changes = c;
}

const char *
rw_edit_text(struct rw_edit *x, const struct rw_node *value)
{
    size_t at = value->span.at;
    const char *s = rw_arena_strndup(x->a, x->in.bytes + at, end_of(x, value) - at);

    x->failed |= s == NULL;
    return s ? s : "";
}

void
rw_edit_replace(struct rw_edit *x, const struct rw_node *value, const char *json)
{
    size_t at = value->span.at;

    change(x, at, end_of(x, value) - at, rw_arena_strdup(x->a, json));
}

/* What begins a line below the key: the blanks and tabs before it, anything else as
 * a blank. */
static const char *
indent_of(struct rw_edit *x, const struct rw_node *member)
{
    size_t key = member->key_span.at, at = key;
    char *s;

    while (at > 0 && x->in.bytes[at - 1] != '\n')
        at--;
    s = rw_arena_strndup(x->a, x->in.bytes + at, key - at);
    for (char *c = s; c && *c; c++)
        if (*c != '\t')
            *c = ' ';
    return s;
}

void
rw_edit_add_member(
    struct rw_edit *x, const struct rw_node *object, const char *key, const char *json)
{
    size_t end = end_of(x, object->last), close = end_of(x, object);
    size_t open = object->span.at;
    bool lines = memchr(x->in.bytes + open, '\n', close - open) != NULL;
    const char *break_ = strstr(x->in.bytes, "\r\n") ? "\r\n" : "\n";
    const char *indent = lines ? indent_of(x, object->first) : "";

    x->failed |= indent == NULL;
    change(x, end, 0,
        rw_arena_printf(x->a, ",%s%s\"%s\": %s", lines ? break_ : " ",
            indent ? indent : "", key, json));
}

void
rw_edit_append(struct rw_edit *x, const struct rw_node *list, const char *json)
{
    size_t at = list->last ? end_of(x, list->last) : list->span.at + 1;

    change(x, at, 0, rw_arena_printf(x->a, "%s%s", list->last ? ", " : "", json));
}

static int
by_place(const void *a, const void *b)
{
    const struct rw_edit_change *x = *(struct rw_edit_change *const *)a;
    const struct rw_edit_change *y = *(struct rw_edit_change *const *)b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

enum rw_err
rw_edit_apply(struct rw_edit *x, struct rw_text *to, struct rw_error *e)
{
    struct rw_edit_change **all = RW_ARENA_NEW(x->a, x->n, struct rw_edit_change *);
    size_t k = 0, at = 0;

    if (all == NULL || x->failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to change '%s'", x->in.name);
    for (struct rw_edit_change *c = x->changes; c; c = c->next)
        all[k++] = c;
    qsort(all, x->n, sizeof *all, by_place);
    for (k = 0; k < x->n; k++) {
        RW_BUG_ASSERT(all[k]->at >= at);
        rw_text_addn(to, x->in.bytes + at, all[k]->at - at);
        rw_text_add(to, all[k]->text);
        at = all[k]->at + all[k]->len;
    }
    rw_text_addn(to, x->in.bytes + at, x->in.n - at);
    return to->failed
               ? rw_error_set(e, RW_ERR_MEMORY, "no memory to change '%s'", x->in.name)
               : RW_OK;
}
