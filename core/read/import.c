/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/importing.h"

#include <stdlib.h>
#include <string.h>

enum { ID_ROOM = 8 }; /* for a number behind an id that is taken */

enum rw_err
rw_importing_begin(struct rw_importing *g, const struct rw_input *in,
    enum rw_import_kind kind, struct rw_arena *a, struct rw_import *x,
    struct rw_node **root, struct rw_error *e)
{
    enum rw_err err;

    memset(g, 0, sizeof *g);
    memset(x, 0, sizeof *x);
    rw_diags_init(&g->d);
    rw_arena_init(&g->tree);
    g->a = a;
    g->to = x;
    g->say = (struct rw_decode){.a = a, .d = &g->d};
    x->kind = kind;
    x->file = rw_importing_copy(g, in->name);
    x->title = x->notice = "";
    rw_sha256_hex(in->bytes, in->n, x->sha256);
    if (strspn(in->bytes, " \t\r\n") == in->n) {
        const struct rw_span start = {in, 0, 0, 1, 1};

        rw_diag_add(&g->d, &start, "", "the file is empty");
        return RW_ERR_INPUT;
    }
    err = rw_node_parse(in, 0, &g->tree, &g->d, root, e);
    if (err == RW_OK && (*root)->kind != RW_JSON_OBJECT) {
        rw_decode_wrong_kind(&g->say, *root, "the file", "an object { ... }");
        err = RW_ERR_INPUT;
    }
    return err;
}

enum rw_err
rw_importing_end(
    struct rw_importing *g, enum rw_err err, struct rw_text *report, struct rw_error *e)
{
    if (err == RW_OK && (g->memory || g->d.failed || g->say.memory))
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory to read '%s'", g->to->file);
    if (g->d.total > 0 && (err == RW_OK || err == RW_ERR_INPUT)) {
        rw_diags_render(&g->d, g->to->file, report);
        err = report->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to read '%s'",
                                   g->to->file)
                             : RW_ERR_INPUT;
    }
    rw_arena_fini(&g->tree);
    rw_diags_fini(&g->d);
    return err;
}

void *
rw_importing_alloc(struct rw_importing *g, size_t n, size_t size)
{
    void *p = rw_arena_alloc(g->a, n, size);

    if (p == NULL)
        g->memory = true;
    return p;
}

const char *
rw_importing_copy(struct rw_importing *g, const char *s)
{
    const char *copy = rw_arena_strdup(g->a, s);

    if (copy == NULL)
        g->memory = true;
    return copy ? copy : "";
}

/* ---- members ---- */

static const struct rw_node *
member(struct rw_importing *g, const struct rw_node *object, const char *key,
    enum rw_json kind, const char *wanted)
{
    const struct rw_node *node = rw_node_get(object, key);

    if (node == NULL || node->kind == kind)
        return node;
    rw_decode_wrong(&g->say, node, "%s must be %s", key, wanted);
    rw_diag_label(&g->d, "this is %s", rw_json_noun(node->kind));
    return NULL;
}

const struct rw_node *
rw_importing_text(struct rw_importing *g, const struct rw_node *object, const char *key)
{
    return member(g, object, key, RW_JSON_STRING, "a text");
}

const struct rw_node *
rw_importing_list(struct rw_importing *g, const struct rw_node *object, const char *key)
{
    return member(g, object, key, RW_JSON_ARRAY, "a list");
}

bool
rw_importing_true(struct rw_importing *g, const struct rw_node *object, const char *key)
{
    const struct rw_node *node = rw_node_get(object, key);

    if (node == NULL || node->kind == RW_JSON_FALSE)
        return false;
    return member(g, object, key, RW_JSON_TRUE, "true or false") != NULL;
}

const struct rw_node *
rw_importing_must(struct rw_importing *g, const struct rw_node *object,
    const char *what, const char *key)
{
    if (rw_node_get(object, key) == NULL) {
        rw_decode_missing(&g->say, object, what, key, NULL);
        return NULL;
    }
    return rw_importing_text(g, object, key);
}

bool
rw_importing_is_object(
    struct rw_importing *g, const struct rw_node *node, const char *name)
{
    if (node->kind == RW_JSON_OBJECT)
        return true;
    rw_decode_wrong(&g->say, node, "%s must be an object { ... }", name);
    rw_diag_label(&g->d, "this is %s", rw_json_noun(node->kind));
    return false;
}

/* ---- names ---- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *
rw_importing_clean(struct rw_importing *g, const char *s, size_t characters)
{
    const char *kept = "";
    struct rw_text t;
    size_t n = 0, left = strlen(s);

    rw_text_init(&t);
    while (left > 0 && n < characters) {
        size_t len = rw_utf8_length((const unsigned char *)s, left);

        len = len ? len : 1;
        if (!is_blank(*s))
            rw_safe_add(&t, s, len);
        else if (t.len > 0 && t.s[t.len - 1] != ' ')
            rw_text_add(&t, " ");
        else
            n--; /* one blank stands for all */
        n++;
        s += len;
        left -= len;
    }
    while (!t.failed && t.len > 0 && t.s[t.len - 1] == ' ')
        t.s[--t.len] = '\0';
    if (s[strspn(s, " \t\n\r")] != '\0')
        rw_text_add(&t, "...");
    if (t.failed)
        g->memory = true;
    else if (t.len > 0)
        kept = rw_importing_copy(g, t.s);
    rw_text_fini(&t);
    return kept;
}

const char *
rw_importing_reference(
    struct rw_importing *g, const struct rw_node *text, const char *name)
{
    static const char first[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_",
                      others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
                                 "0123456789.-";
    const char *s = text->text;
    size_t n = strspn(s, others);

    if (s[n] == '\0' && strspn(s, first) > 0 && n <= RW_IMPORT_REFERENCE)
        return rw_importing_copy(g, s);
    rw_decode_wrong(
        &g->say, text, "'%s' is no %s that can be kept", rw_diag_shown(&g->d, s), name);
    rw_diag_help(&g->d,
        "letters, digits, '.', '_' and '-', a letter or '_' first, at most %d",
        RW_IMPORT_REFERENCE);
    return NULL;
}

/* ---- ids ---- */

/* Words that are taken, by their hash; next: the number to try behind a word. */
struct word {
    const char *s;
    size_t next;
};

struct words {
    struct word *v;
    size_t size; /* a power of 2, above twice the number of words */
};

static struct word *
find(const struct words *w, const char *s)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    size_t at;

    for (const char *c = s; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    at = (size_t)(hash ^ hash >> 32) & (w->size - 1);
    while (w->v[at].s && strcmp(w->v[at].s, s) != 0)
        at = (at + 1) & (w->size - 1);
    return &w->v[at];
}

/* The reference as an id: small letters, all else but digits and '_' as '-'. */
static char *
spell(struct rw_importing *g, const char *reference)
{
    char first = (char)(reference[0] | 0x20);
    char *s = rw_arena_printf(
        g->a, "%s%s", first >= 'a' && first <= 'z' ? "" : "x", reference);

    if (s == NULL) {
        g->memory = true;
        return NULL;
    }
    for (char *c = s; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c | 0x20);
        else if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9') && *c != '_')
            *c = '-';
    if (strlen(s) > RW_ID_MAX - ID_ROOM)
        s[RW_ID_MAX - ID_ROOM] = '\0';
    return s;
}

static void
name_ids(struct rw_importing *g, struct words *w, struct rw_import_item v[], size_t n)
{
    for (size_t i = 0; i < n && !g->memory; i++) {
        const char *s = spell(g, v[i].reference);
        struct word *taken = s ? find(w, s) : NULL, *free_one = taken;

        while (s && free_one->s) {
            taken->next = taken->next ? taken->next + 1 : 2;
            s = rw_arena_printf(g->a, "%s-%zu", taken->s, taken->next);
            g->memory |= s == NULL;
            free_one = s ? find(w, s) : NULL;
        }
        v[i].id = s;
        if (s)
            free_one->s = s;
    }
}

/* "Parent: Child", of the parents' own names. */
static void
name_children(struct rw_importing *g, struct rw_import_item v[], size_t n)
{
    const char **full = RW_IMPORTING_NEW(g, n, const char *);

    for (size_t i = 0; full && i < n; i++) {
        full[i] = v[i].name;
        if (v[i].parent != SIZE_MAX)
            full[i] = rw_arena_printf(g->a, "%s: %s", v[v[i].parent].name, v[i].name);
        g->memory |= full[i] == NULL;
    }
    for (size_t i = 0; full && i < n; i++)
        v[i].name = full[i];
}

void
rw_importing_name_all(struct rw_importing *g)
{
    struct rw_import *x = g->to;
    struct words w = {.size = 16};

    while (w.size <= 2 * (x->n_threats + x->n_controls))
        w.size *= 2;
    w.v = calloc(w.size, sizeof *w.v);
    if (w.v == NULL) {
        g->memory = true;
        return;
    }
    name_ids(g, &w, x->threats, x->n_threats);
    name_ids(g, &w, x->controls, x->n_controls);
    free(w.v);
    name_children(g, x->threats, x->n_threats);
    name_children(g, x->controls, x->n_controls);
}

static int
by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

size_t
rw_importing_unique(size_t v[], size_t n)
{
    size_t kept = 0;

    if (n > 0)
        qsort(v, n, sizeof *v, by_size);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || v[i] != v[i - 1])
            v[kept++] = v[i];
    return kept;
}
