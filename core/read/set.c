/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/set.h"

#include "read/decode.h"

#include <stdlib.h>
#include <string.h>

/* A path under way. */
struct path {
    const struct rw_input *in;
    struct rw_arena *a;
    struct rw_diags *d;
    bool pointer;   /* /a/b, not a.b */
    bool memory;    /* out of it */
    size_t at, end; /* what is left, bytes of in */
};

/* One step of it. */
struct step {
    const char *name;
    struct rw_span span;
    bool last;
};

static int
characters(const char *s, size_t n)
{
    int k = 0;

    for (size_t i = 0; i < n; i++)
        k += ((unsigned char)s[i] & 0xc0) != 0x80;
    return k;
}

static struct rw_span
span_of(const struct rw_input *in, size_t at, size_t len)
{
    return (struct rw_span){in, at, len, 1, 1 + characters(in->bytes, at)};
}

/* s <- s with ~1 and ~0 of a JSON pointer resolved. */
static void
unescape(char *s)
{
    char *to = s;

    for (; *s; s++) {
        char c = *s;

        if (c == '~' && (s[1] == '0' || s[1] == '1'))
            c = *++s == '1' ? '/' : '~';
        *to++ = c;
    }
    *to = '\0';
}

/* The next step; false: memory is out. */
static bool
take_step(struct path *p, struct step *step)
{
    const char *s = p->in->bytes + p->at;
    const char *stop = memchr(s, p->pointer ? '/' : '.', p->end - p->at);
    size_t n = stop ? (size_t)(stop - s) : p->end - p->at;
    char *name = rw_arena_strndup(p->a, s, n);

    if (name == NULL)
        return false;
    if (p->pointer)
        unescape(name);
    *step = (struct step){name, span_of(p->in, p->at, n), stop == NULL};
    p->at += n + (stop != NULL);
    return true;
}

/* What an element of a list answers to. */
static const char *
label_of(const struct rw_node *element)
{
    const struct rw_node *id = rw_node_get(element, "id");

    if (id == NULL)
        id = rw_node_get(element, "name");
    return id && id->kind == RW_JSON_STRING ? id->text : NULL;
}

static struct rw_node *
child_of(const struct rw_node *node, const char *name)
{
    char *end;
    unsigned long number;

    if (node->kind == RW_JSON_OBJECT)
        return rw_node_get(node, name);
    if (node->kind != RW_JSON_ARRAY || name[0] == '\0')
        return NULL;
    number = strtoul(name, &end, 10);
    for (struct rw_node *c = node->first; c; c = c->next) {
        const char *label = label_of(c);

        if (name[0] >= '0' && name[0] <= '9' && *end == '\0'
                ? c->index == number
                : label && strcmp(label, name) == 0)
            return c;
    }
    return NULL;
}

/* What there is at a node where the step may not be taken; known: the key of that
 * name; near: what it was meant for. */
static void
help_step(const struct path *p, const struct rw_node *node, const struct step *step,
    const struct rw_key *known, const char *near, const char *const there[], size_t n)
{
    const char *name = rw_diag_shown(p->d, step->name), *rest;
    struct rw_text list;

    rw_text_init(&list);
    for (size_t i = 0; i < n && i < 12; i++)
        rw_text_addf(&list, "%s%s", i ? ", " : "", rw_diag_shown(p->d, there[i]));
    rest = n > 0 && list.s ? list.s : "no others";
    if (node->kind < RW_JSON_ARRAY)
        rw_diag_help(p->d, "it is %s and has no parts", rw_json_noun(node->kind));
    else if (node->kind == RW_JSON_OBJECT && !step->last && near)
        rw_diag_help(p->d, "there are %s", rest);
    else if (node->kind == RW_JSON_OBJECT && !step->last)
        rw_diag_help(p->d, "set it whole, as in %s=%s; there are %s", name,
            known && known->type == RW_KEY_OBJECTS ? "[ ... ]" : "{ ... }", rest);
    else if (node->n == 0)
        rw_diag_help(p->d, "the list is empty");
    else
        rw_diag_help(p->d, "there %s, by number from 0%s%s%s",
            node->n == 1 ? "is 1 element" : "are several elements", n ? ", or " : "",
            n ? rest : "", n > 12 ? ", ..." : "");
    rw_text_fini(&list);
}

/* The step may not be taken.  table: of the keys that there may be, or NULL. */
static void
refuse_step(const struct path *p, const struct rw_node *node,
    const struct rw_key_table *table, const struct step *step)
{
    size_t n = 0, keys = table && node->kind == RW_JSON_OBJECT ? table->n : 0;
    const char **words = rw_arena_alloc(&p->d->arena, node->n + keys, sizeof *words);
    const char *near = NULL, *pointer = rw_node_pointer(node, &p->d->arena);
    const struct rw_key *known = keys ? rw_key_find(table, step->name) : NULL;

    for (const struct rw_node *c = node->first; words && c; c = c->next) {
        const char *word = c->key ? c->key : label_of(c);

        if (word && !(c->key && rw_decode_is_comment(c->key)))
            words[n++] = word;
    }
    for (size_t i = 0; words && i < keys; i++)
        words[n + i] = table->keys[i].name;
    rw_diag_add(p->d, &step->span, "", "there is no '%s' at %s",
        rw_diag_shown(p->d, step->name), pointer[0] ? pointer : "the top level");
    if (words && n + keys > 0 && known == NULL)
        near = rw_nearest_word(step->name, words, n + keys);
    if (near)
        rw_diag_label(p->d, "did you mean '%s'?", near);
    help_step(p, node, step, known, near, words, n);
}

/* A text, because it is no JSON. */
static struct rw_node *
text_node(
    const struct rw_input *in, size_t from, struct rw_arena *a, struct rw_diags *d)
{
    struct rw_node *node = RW_ARENA_NEW(a, 1, struct rw_node);
    const unsigned char *s = (const unsigned char *)in->bytes;
    struct rw_span bad;

    if (node == NULL)
        return NULL;
    node->kind = RW_JSON_STRING;
    node->text = in->bytes + from;
    node->span = span_of(in, from, in->n - from);
    for (size_t i = from, len; i < in->n; i += len) {
        len = rw_utf8_length(s + i, in->n - i);
        if (len > 0 && s[i] >= 0x20)
            continue;
        bad = span_of(in, i, 1);
        rw_diag_add(d, &bad, "", "the value is no text of one line in UTF-8");
        node->text = "";
        break;
    }
    return node;
}

/* *node <- the value behind '='; RW_ERR_INPUT: it is in *d. */
static enum rw_err
read_value(const struct rw_input *in, size_t from, struct rw_arena *a,
    struct rw_diags *d, struct rw_node **node, struct rw_error *e)
{
    const char *s = in->bytes + from;
    struct rw_diags ignored;
    enum rw_err err;

    if (*s == '{' || *s == '[' || *s == '"')
        return rw_node_parse(in, from, a, d, node, e);
    rw_diags_init(&ignored);
    err = rw_node_parse(in, from, a, &ignored, node, e);
    rw_diags_fini(&ignored);
    if (err != RW_ERR_INPUT)
        return err;
    *node = text_node(in, from, a, d);
    return *node ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory for --set");
}

/* An object that the scenario may have and has not: it is empty, and nobody's child
 * yet.  NULL: there is none of that name, or memory is out. */
static struct rw_node *
new_object(struct path *p, struct rw_node *parent, const struct rw_key_table *table,
    const struct step *step)
{
    const struct rw_key *k = table ? rw_key_find(table, step->name) : NULL;
    struct rw_node *node;

    if (k == NULL || parent->kind != RW_JSON_OBJECT || k->type == RW_KEY_OBJECTS ||
        (k->table == NULL && k->type != RW_KEY_PARAMETERS))
        return NULL;
    node = RW_ARENA_NEW(p->a, 1, struct rw_node);
    if (node == NULL) {
        p->memory = true;
        return NULL;
    }
    *node = (struct rw_node){.kind = RW_JSON_OBJECT,
        .key = step->name,
        .key_span = step->span,
        .span = step->span,
        .parent = parent};
    return node;
}

/* Walks the path and puts the value at its end, with the optional objects on the way
 * that are not there; nothing is added where a step is refused. */
static void
place_value(struct path *p, struct rw_node *root, struct rw_node *value)
{
    const struct rw_key_table *table = &rw_keys_scenario;
    struct rw_node *node = root, *child = NULL, *made = NULL;
    struct step step = {.last = false};

    while (!step.last) {
        if (child && child->key) { /* an element is of its list's table */
            const struct rw_key *k = table ? rw_key_find(table, child->key) : NULL;

            table = k ? k->table : NULL;
        }
        if (child)
            node = child;
        if (!take_step(p, &step))
            p->memory = true;
        if (p->memory)
            return;
        child = child_of(node, step.name);
        if (child != NULL ||
            (step.last && node->kind == RW_JSON_OBJECT && step.name[0] != '\0'))
            continue;
        child = step.last ? NULL : new_object(p, node, table, &step);
        if (child == NULL && !p->memory)
            refuse_step(p, node, table, &step);
        if (child == NULL)
            return;
        if (made == NULL)
            made = child;
        else
            rw_node_append(node, child);
    }
    value->key_span = step.span;
    if (child) {
        rw_node_replace(child, value);
    } else {
        value->key = step.name;
        rw_node_append(node, value);
    }
    if (made)
        rw_node_append(made->parent, made);
}

enum rw_err
rw_set_apply(const struct rw_read_set *set, int rank, struct rw_arena *a,
    struct rw_diags *d, struct rw_node *root, struct rw_error *e)
{
    struct rw_input *in = RW_ARENA_NEW(a, 1, struct rw_input);
    size_t end = strlen(set->path);
    struct rw_node *value = NULL;
    struct path p;
    enum rw_err err;

    if (in == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for --set");
    *in = (struct rw_input){.name = "--set", .rank = rank};
    in->bytes = rw_arena_printf(a, "%s=%s", set->path, set->value);
    if (in->bytes == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for --set");
    in->n = strlen(in->bytes);
    err = read_value(in, end + 1, a, d, &value, e);
    if (err == RW_ERR_INPUT) /* reported; the rest of the scenario is read on */
        return RW_OK;
    if (err != RW_OK)
        return err;
    p = (struct path){.in = in,
        .a = a,
        .d = d,
        .pointer = set->path[0] == '/',
        .at = set->path[0] == '/',
        .end = end};
    place_value(&p, root, value);
    return p.memory ? rw_error_set(e, RW_ERR_MEMORY, "no memory for --set") : RW_OK;
}
