/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SENTENCE = 512, MOST_WORDS = 32 };

void *
rw_decode_alloc(struct rw_decode *x, size_t n, size_t size)
{
    void *p = rw_arena_alloc(x->a, n, size);

    if (p == NULL)
        x->memory = true;
    return p;
}

const char *
rw_decode_copy(struct rw_decode *x, const char *s)
{
    const char *copy = rw_arena_strdup(x->a, s);

    if (copy == NULL)
        x->memory = true;
    return copy ? copy : "";
}

struct rw_place
rw_decode_place(struct rw_decode *x, const struct rw_node *node)
{
    return (struct rw_place){.file = node->span.in->name,
        .pointer = rw_node_pointer(node, x->a),
        .line = node->span.line,
        .col = node->span.col};
}

static const char *
pointer_of(struct rw_decode *x, const struct rw_node *node)
{
    return rw_diags_full(x->d) ? "" : rw_node_pointer(node, &x->d->arena);
}

void
rw_decode_wrong(struct rw_decode *x, const struct rw_node *value, const char *fmt, ...)
{
    char s[SENTENCE];
    va_list args;

    va_start(args, fmt);
    vsnprintf(s, sizeof s, fmt, args);
    va_end(args);
    rw_diag_add(x->d, &value->span, pointer_of(x, value), "%s", s);
}

void
rw_decode_wrong_key(
    struct rw_decode *x, const struct rw_node *value, const char *fmt, ...)
{
    char s[SENTENCE];
    va_list args;

    va_start(args, fmt);
    vsnprintf(s, sizeof s, fmt, args);
    va_end(args);
    rw_diag_add(x->d,
        value->key && value->key_span.in ? &value->key_span : &value->span,
        pointer_of(x, value), "%s", s);
}

void
rw_decode_also(struct rw_decode *x, const struct rw_node *value, const char *label)
{
    rw_diag_also(x->d, &value->span, pointer_of(x, value));
    rw_diag_label(x->d, "%s", label);
}

void
rw_decode_conflict(struct rw_decode *x, const struct rw_node *a,
    const struct rw_node *b, const char *help)
{
    if (strcmp(a->key, b->key) == 0)
        rw_decode_wrong_key(x, b, "'%s' is stated twice", b->key);
    else
        rw_decode_wrong_key(
            x, b, "'%s' and '%s' may not stand together", a->key, b->key);
    rw_diag_also(x->d, a->key_span.in ? &a->key_span : &a->span, pointer_of(x, a));
    rw_diag_help(x->d, "%s", help);
}

void
rw_decode_suggest(
    struct rw_decode *x, const char *s, const char *const words[], size_t n)
{
    const char *near = rw_diags_full(x->d) ? NULL : rw_nearest_word(s, words, n);

    if (near && strcasecmp(near, s) == 0)
        rw_diag_label(x->d, "write '%s': upper and lower case differ", near);
    else if (near)
        rw_diag_label(x->d, "did you mean '%s'?", near);
}

bool
rw_decode_is_comment(const char *key)
{
    return strncmp(key, "//", 2) == 0 || strncmp(key, "x-", 2) == 0 ||
           strcmp(key, "_comment") == 0;
}

const struct rw_node *
rw_decode_list(const struct rw_node *object, const char *key)
{
    const struct rw_node *node = rw_node_get(object, key);

    return node && node->kind == RW_JSON_ARRAY ? node : NULL;
}

const struct rw_node *
rw_decode_text(const struct rw_node *object, const char *key)
{
    const struct rw_node *node = rw_node_get(object, key);

    return node && node->kind == RW_JSON_STRING ? node : NULL;
}

/* Where else the key belongs, or NULL. */
static const struct rw_key_table *
home_of(const char *key)
{
    for (size_t i = 0; rw_key_tables[i]; i++)
        if (rw_key_find(rw_key_tables[i], key))
            return rw_key_tables[i];
    return NULL;
}

static const char *
nearest_key(const char *word, const struct rw_key_table *table)
{
    const char *words[MOST_WORDS];

    for (size_t i = 0; i < table->n; i++)
        words[i] = table->keys[i].name;
    return rw_nearest_word(word, words, table->n);
}

/* Some key of the object, unknown there, was meant for this one: that is reported
 * already. */
static bool
is_misspelt(const struct rw_node *object, const char *what, const char *key)
{
    const struct rw_key_table *table = NULL;

    for (size_t i = 0; rw_key_tables[i] && table == NULL; i++)
        if (strcmp(rw_key_tables[i]->name, what) == 0)
            table = rw_key_tables[i];
    for (const struct rw_node *c = object->first; table && c; c = c->next) {
        const char *near = NULL;

        if (rw_key_find(table, c->key) == NULL && home_of(c->key) == NULL)
            near = nearest_key(c->key, table);
        if (near && strcmp(near, key) == 0)
            return true;
    }
    return false;
}

void
rw_decode_missing(struct rw_decode *x, const struct rw_node *object, const char *what,
    const char *key, const char *help)
{
    const struct rw_node *id = rw_decode_text(object, "id");

    if (!rw_diags_full(x->d) && is_misspelt(object, what, key))
        return;
    if (id == NULL)
        id = rw_decode_text(object, "name");
    if (id && object->parent)
        rw_decode_wrong(x, object, "%s '%s' lacks the key '%s'", what,
            rw_diag_shown(x->d, id->text), key);
    else
        rw_decode_wrong(x, object, "the key '%s' is missing in this %s", key, what);
    if (help)
        rw_diag_help(x->d, "%s", help);
}

static void
unknown_key(
    struct rw_decode *x, const struct rw_node *node, const struct rw_key_table *table)
{
    const char *words[MOST_WORDS];
    const struct rw_key_table *home = home_of(node->key);
    char list[SENTENCE] = "";
    size_t at = 0;

    rw_decode_wrong_key(x, node, "unknown key '%s' in this %s",
        rw_diag_shown(x->d, node->key), table->name);
    for (size_t i = 0; i < table->n && i < MOST_WORDS; i++) {
        words[i] = table->keys[i].name;
        at += (size_t)snprintf(
            list + at, sizeof list - at, "%s%s", i ? ", " : "", words[i]);
    }
    if (home)
        rw_diag_label(x->d, "belongs into %s%s", home->where[0] ? "" : "the top level",
            home->where);
    else
        rw_decode_suggest(x, node->key, words, table->n);
    rw_diag_help(x->d, "the keys here are %s", list);
}

static void
store_preset(
    struct rw_decode *x, const struct rw_node *owner, const struct rw_key *k, char *to)
{
    double v = k->preset ? strtod(k->preset, NULL) : 0;
    struct rw_estimate *estimate = (struct rw_estimate *)(void *)to;

    switch (k->type) {
    case RW_KEY_ID:
        *(const char **)(void *)to = "?";
        break;
    case RW_KEY_FLAG:
        *(bool *)to = k->preset && strcmp(k->preset, "true") == 0;
        break;
    case RW_KEY_WHOLE:
        if (k->size == sizeof(uint64_t))
            *(uint64_t *)(void *)to = (uint64_t)v;
        else if (k->size == sizeof(unsigned))
            *(unsigned *)(void *)to = (unsigned)v;
        break;
    case RW_KEY_NUMBER:
        *(double *)(void *)to = k->unit == RW_UNIT_TIME ? v / RW_DAYS_PER_YEAR : v;
        break;
    case RW_KEY_ESTIMATE:
        estimate->dist = rw_dist_constant(v);
        estimate->place = rw_decode_place(x, owner);
        break;
    case RW_KEY_DIST:
        *(struct rw_dist *)(void *)to = rw_dist_constant(v);
        break;
    case RW_KEY_WORD:
        for (size_t i = 0; k->preset && k->words[i]; i++)
            if (strncmp(k->words[i], k->preset + 1, strlen(k->words[i])) == 0)
                *(unsigned *)(void *)to = (unsigned)i;
        break;
    default:
        break;
    }
}

void
rw_decode_presets(struct rw_decode *x, const struct rw_node *owner,
    const struct rw_key_table *table, void *to)
{
    for (size_t i = 0; i < table->n; i++) {
        const struct rw_key *k = &table->keys[i];

        if (k->type == RW_KEY_OBJECT)
            rw_decode_presets(x, owner, k->table, to);
        else if (k->size > 0)
            store_preset(x, owner, k, (char *)to + k->offset);
    }
}

static bool
takes_number(enum rw_key_type type)
{
    return type == RW_KEY_NUMBER || type == RW_KEY_ESTIMATE || type == RW_KEY_AMOUNT;
}

/* A lone number where an object of numbers is wanted: what it may have been. */
static void
example(
    struct rw_decode *x, const struct rw_node *node, const struct rw_key_table *table)
{
    struct rw_text t;

    if (node->kind != RW_JSON_NUMERIC)
        return;
    rw_text_init(&t);
    for (size_t i = 0; i < table->n; i++)
        if (takes_number(table->keys[i].type))
            rw_text_addf(
                &t, "%s\"%s\": ...", t.len > 0 ? ", " : "", table->keys[i].name);
    if (t.s != NULL && t.len > 0)
        rw_diag_help(x->d, "such as {%s}", t.s);
    rw_text_fini(&t);
}

/* The keys that are there; presets stand. */
static bool
decode_members(struct rw_decode *x, const struct rw_node *node,
    const struct rw_key_table *table, void *to)
{
    bool seen[MOST_WORDS] = {false};

    if (node->kind != RW_JSON_OBJECT) {
        rw_decode_wrong_kind(x, node, table->name, "an object { ... }");
        example(x, node, table);
        return false;
    }
    RW_BUG_ASSERT(table->n <= MOST_WORDS);
    for (const struct rw_node *c = node->first; c; c = c->next) {
        const struct rw_key *k = rw_key_find(table, c->key);

        if (k == NULL && !rw_decode_is_comment(c->key))
            unknown_key(x, c, table);
        /* of keys that stand twice, reported already, the first counts */
        if (k == NULL || seen[k - table->keys])
            continue;
        seen[k - table->keys] = true;
        if (k->or_false && c->kind == RW_JSON_FALSE)
            continue;
        if (k->type == RW_KEY_OBJECT)
            decode_members(x, c, k->table, to);
        else
            rw_decode_value(x, c, k, (char *)to + k->offset);
    }
    for (size_t i = 0; i < table->n; i++)
        if (table->keys[i].required && !seen[i])
            rw_decode_missing(x, node, table->name, table->keys[i].name, NULL);
    return true;
}

bool
rw_decode_object(struct rw_decode *x, const struct rw_node *node,
    const struct rw_key_table *table, void *to)
{
    rw_decode_presets(x, node, table, to);
    return decode_members(x, node, table, to);
}
