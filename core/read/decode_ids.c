/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const nouns[] = {"asset", "threat", "control", "strategy",
    "multiplier", "shock", "cause", "partner"};
static const char *const with_article[] = {"an asset", "a threat", "a control",
    "a strategy", "a multiplier", "a shock", "a cause", "a partner"};

void
rw_ids_add(struct rw_decode *x, struct rw_ids *ids, const struct rw_node *list,
    const char *key, enum rw_id_kind kind)
{
    size_t index = 0;
    struct rw_id *v;

    if (list == NULL)
        return;
    v = RW_DECODE_NEW(x, ids->n + list->n, struct rw_id);
    if (v == NULL)
        return;
    if (ids->n > 0)
        memcpy(v, ids->v, ids->n * sizeof *v);
    ids->v = v;
    for (const struct rw_node *c = list->first; c; c = c->next, index++) {
        const struct rw_node *id = rw_decode_text(c, key);

        if (id)
            v[ids->n++] = (struct rw_id){
                .id = id->text, .kind = kind, .index = index, .node = id};
    }
}

static int
by_id(const void *a, const void *b)
{
    const struct rw_id *x = a, *y = b;
    int c = strcmp(x->id, y->id);

    if (c)
        return c;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

void
rw_ids_sort(struct rw_decode *x, struct rw_ids *ids)
{
    if (ids->n > 0)
        qsort(ids->v, ids->n, sizeof *ids->v, by_id);
    for (size_t i = 1, first = 0; i < ids->n; i++) {
        if (strcmp(ids->v[first].id, ids->v[i].id) != 0) {
            first = i;
            continue;
        }
        rw_decode_wrong(x, ids->v[i].node, "'%s' is the %s of two things",
            rw_diag_shown(x->d, ids->v[i].id), ids->v[i].node->key);
        rw_diag_label(x->d, "of this %s", nouns[ids->v[i].kind]);
        rw_decode_also(x, ids->v[first].node, "");
        rw_diag_label(x->d, "and of this %s", nouns[ids->v[first].kind]);
        if (ids->v[i].kind > RW_ID_STRATEGY)
            rw_diag_help(x->d, "all things of a scenario but strategies share their "
                               "ids");
        else if (ids->v[i].kind != ids->v[first].kind)
            rw_diag_help(x->d, "assets, threats and controls share their ids, because "
                               "'covers' may name either");
    }
}

static int
id_is(const void *key, const void *entry)
{
    return strcmp(key, ((const struct rw_id *)entry)->id);
}

static struct rw_id *
find(const struct rw_ids *ids, const char *id)
{
    return ids->n == 0 ? NULL : bsearch(id, ids->v, ids->n, sizeof *ids->v, id_is);
}

/* "an asset or a threat" */
static void
name_kinds(unsigned kinds, char *s, size_t n)
{
    size_t at = 0;

    s[0] = '\0';
    for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
        if (kinds & 1u << k)
            at += (size_t)snprintf(
                s + at, n - at, "%s%s", at ? " or " : "", with_article[k]);
}

static void
unknown(struct rw_decode *x, const struct rw_node *node, unsigned kinds)
{
    char noun[64];
    const char **words;
    size_t n = 0;

    name_kinds(kinds, noun, sizeof noun);
    rw_decode_wrong(
        x, node, "'%s' is not the id of %s", rw_diag_shown(x->d, node->text), noun);
    if (rw_diags_full(x->d))
        return;
    words = rw_arena_alloc(&x->d->arena, x->ids.n, sizeof *words);
    for (size_t i = 0; words && i < x->ids.n; i++)
        if (kinds & 1u << x->ids.v[i].kind)
            words[n++] = x->ids.v[i].id;
    if (words)
        rw_decode_suggest(x, node->text, words, n);
}

struct rw_id *
rw_decode_ref(struct rw_decode *x, const struct rw_node *node, unsigned kinds)
{
    char noun[64];
    struct rw_id *id;

    if (node->kind != RW_JSON_STRING) {
        rw_decode_wrong_kind(x, node, "a reference", "an id in double quotes");
        return NULL;
    }
    id = find(&x->ids, node->text);
    if (id == NULL) {
        unknown(x, node, kinds);
        return NULL;
    }
    if (!(kinds & 1u << id->kind)) {
        name_kinds(kinds, noun, sizeof noun);
        rw_decode_wrong(x, node, "'%s' is %s; expected is the id of %s",
            rw_diag_shown(x->d, node->text), with_article[id->kind], noun);
        return NULL;
    }
    return id;
}

size_t
rw_decode_refs(struct rw_decode *x, const struct rw_node *list, unsigned kinds,
    struct rw_id *refs[], const struct rw_node *from[])
{
    size_t n = 0, number = ++x->n_lists;

    for (const struct rw_node *c = list->first; c; c = c->next) {
        struct rw_id *id = rw_decode_ref(x, c, kinds);

        if (id == NULL)
            continue;
        if (id->asked_by == number) {
            rw_decode_wrong(
                x, c, "'%s' stands twice in this list", rw_diag_shown(x->d, c->text));
            rw_decode_also(x, id->asked, "first");
            continue;
        }
        id->asked_by = number;
        id->asked = c;
        if (from)
            from[n] = c;
        refs[n++] = id;
    }
    return n;
}

size_t *
rw_decode_indices(struct rw_decode *x, struct rw_id *const refs[], size_t n,
    enum rw_id_kind kind, size_t *count)
{
    size_t *list = RW_DECODE_NEW(x, n, size_t);

    *count = 0;
    for (size_t i = 0; list && i < n; i++)
        if (refs[i]->kind == kind)
            list[(*count)++] = refs[i]->index;
    return list;
}
