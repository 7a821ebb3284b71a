/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/node.h"

#include <cjson/cJSON.h>
#include <string.h>

/* The walk over cJSON's tree, marks beside it. */
struct pairing {
    const struct rw_input *in;
    const struct rw_marks *marks;
    struct rw_arena *a;
    struct rw_node *nodes; /* as many as there are marks, or fewer used */
    size_t at, n_nodes;
    bool memory;
};

static const struct rw_mark *
next_mark(struct pairing *p, bool key)
{
    const struct rw_mark *m;

    if (p->at == p->marks->n)
        return NULL;
    m = &p->marks->v[p->at++];
    return m->key == key ? m : NULL;
}

static bool
same_kind(const cJSON *c, enum rw_json kind)
{
    static const int types[] = {cJSON_NULL, cJSON_False, cJSON_True, cJSON_Number,
        cJSON_String, cJSON_Array, cJSON_Object};

    return (c->type & 0xff) == types[kind];
}

static const char *
copy(struct pairing *p, const char *s)
{
    const char *t = rw_arena_strdup(p->a, s);

    if (t == NULL)
        p->memory = true;
    return t;
}

/* The node of c, linked to parent; NULL: the walk and the marks part ways. */
static struct rw_node *
pair(struct pairing *p, const cJSON *c, struct rw_node *parent)
{
    const struct rw_mark *key = NULL, *m;
    struct rw_node *node;

    if (parent && parent->kind == RW_JSON_OBJECT) {
        key = next_mark(p, true);
        if (key == NULL || c->string == NULL)
            return NULL;
    }
    m = next_mark(p, false);
    if (m == NULL || !same_kind(c, m->kind))
        return NULL;
    node = &p->nodes[p->n_nodes++];
    node->kind = m->kind;
    node->span = rw_mark_span(p->in, m);
    if (key) {
        node->key_span = rw_mark_span(p->in, key);
        node->key = copy(p, c->string);
    }
    if (node->kind == RW_JSON_STRING)
        node->text = copy(p, c->valuestring);
    node->number = c->valuedouble;
    if (parent)
        rw_node_append(parent, node);
    for (const cJSON *child = c->child; child && !p->memory; child = child->next)
        if (pair(p, child, node) == NULL)
            return NULL;
    return node;
}

static enum rw_err
pair_all(struct pairing *p, const cJSON *c, struct rw_node **root, struct rw_error *e)
{
    p->nodes = RW_ARENA_NEW(p->a, p->marks->n, struct rw_node);
    if (p->nodes == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for '%s'", p->in->name);
    *root = pair(p, c, NULL);
    if (p->memory)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for '%s'", p->in->name);
    if (*root == NULL || p->at != p->marks->n)
        return rw_error_set(e, RW_ERR_BUG,
            "'%s': the two readings of its JSON differ at item %zu", p->in->name,
            p->at);
    return RW_OK;
}

static enum rw_err
parse(const struct rw_input *in, size_t from, const struct rw_marks *marks,
    struct rw_arena *a, struct rw_node **root, struct rw_error *e)
{
    struct pairing p = {.in = in, .marks = marks, .a = a};
    const char *end = NULL;
    /* the NUL behind the bytes belongs to what cJSON may look at */
    cJSON *c = cJSON_ParseWithLengthOpts(in->bytes + from, in->n - from + 1, &end, 1);
    enum rw_err err;

    if (c == NULL)
        return rw_error_set(e, RW_ERR_BUG,
            "'%s': cJSON refuses at byte %td what the prescan accepts", in->name,
            end ? end - in->bytes : (ptrdiff_t)-1);
    err = pair_all(&p, c, root, e);
    cJSON_Delete(c);
    return err;
}

enum rw_err
rw_node_parse(const struct rw_input *in, size_t from, struct rw_arena *a,
    struct rw_diags *d, struct rw_node **root, struct rw_error *e)
{
    struct rw_marks marks;
    enum rw_err err;

    rw_marks_init(&marks);
    err = rw_prescan(in, from, &marks, d);
    if (err == RW_ERR_MEMORY)
        rw_error_set(e, err, "no memory for '%s'", in->name);
    if (err == RW_OK)
        err = parse(in, from, &marks, a, root, e);
    rw_marks_fini(&marks);
    return err;
}

struct rw_node *
rw_node_get(const struct rw_node *object, const char *key)
{
    if (object == NULL || object->kind != RW_JSON_OBJECT)
        return NULL;
    for (struct rw_node *c = object->first; c; c = c->next)
        if (strcmp(c->key, key) == 0)
            return c;
    return NULL;
}

void
rw_node_append(struct rw_node *parent, struct rw_node *child)
{
    child->parent = parent;
    child->next = NULL;
    child->index = parent->n++;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void
rw_node_replace(struct rw_node *old, struct rw_node *child)
{
    struct rw_node *parent = old->parent;
    struct rw_node **link = &parent->first;

    while (*link != old)
        link = &(*link)->next;
    *link = child;
    if (parent->last == old)
        parent->last = child;
    child->parent = parent;
    child->next = old->next;
    child->index = old->index;
    child->key = old->key;
}

static void
add_pointer(struct rw_text *t, const struct rw_node *node)
{
    if (node->parent == NULL)
        return;
    add_pointer(t, node->parent);
    if (node->key)
        rw_pointer_add(t, node->key, strlen(node->key));
    else
        rw_text_addf(t, "/%zu", node->index);
}

const char *
rw_node_pointer(const struct rw_node *node, struct rw_arena *a)
{
    struct rw_text t;
    char *kept;

    rw_text_init(&t);
    add_pointer(&t, node);
    kept = t.s && !t.failed ? rw_arena_strdup(a, t.s) : NULL;
    rw_text_fini(&t);
    return kept ? kept : "";
}

const char *
rw_json_noun(enum rw_json kind)
{
    static const char *const nouns[] = {
        "null", "false", "true", "a number", "a text", "a list", "an object"};

    return nouns[kind];
}
