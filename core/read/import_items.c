/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the objects of a STIX bundle that are in use to threats and controls. */
#include "read/bundle.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL = 120 };

static int
by_reference(const void *a, const void *b)
{
    const struct rw_bundle_thing *x = *(struct rw_bundle_thing *const *)a,
                                 *y = *(struct rw_bundle_thing *const *)b;

    return strcmp(x->reference, y->reference);
}

/* What is taken of a kind, ascending by reference; *n of them. */
static struct rw_bundle_thing **
order(struct rw_bundle *b, enum rw_bundle_kind kind, size_t *n)
{
    struct rw_bundle_thing **list = rw_arena_alloc(&b->g.tree, b->n, sizeof *list);

    *n = 0;
    b->g.memory |= list == NULL;
    for (size_t i = 0; list && i < b->n; i++)
        if (b->v[i].kind == kind && b->v[i].fate == RW_BUNDLE_TAKEN &&
            b->v[i].reference != NULL)
            list[(*n)++] = &b->v[i];
    if (*n > 0)
        qsort(list, *n, sizeof *list, by_reference);
    for (size_t i = 1; i < *n; i++)
        if (strcmp(list[i]->reference, list[i - 1]->reference) == 0) {
            rw_decode_wrong(&b->g.say, list[i]->at, "two objects are called '%s'",
                list[i]->reference);
            rw_decode_also(&b->g.say, list[i - 1]->at, "the other one");
        }
    return list;
}

/* The phases of its kill chains, for people. */
static const char *
tactics_of(struct rw_bundle *b, const struct rw_node *object)
{
    const struct rw_node *list = rw_importing_list(&b->g, object, "kill_chain_phases");
    const char *kept = "";
    struct rw_text t;

    rw_text_init(&t);
    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
        const struct rw_node *name = rw_decode_text(c, "phase_name");

        if (name)
            rw_text_addf(&t, "%s%s", t.len ? ", " : "",
                rw_importing_clean(&b->g, name->text, RW_IMPORT_NAME));
    }
    if (t.len > 0)
        kept = rw_importing_copy(&b->g, t.s);
    b->g.memory |= t.failed;
    rw_text_fini(&t);
    return kept;
}

static void
read_labels(struct rw_bundle *b, const struct rw_node *object, struct rw_import_item *x)
{
    const struct rw_node *list = rw_importing_list(&b->g, object, "labels");

    x->labels = RW_IMPORTING_NEW(&b->g, list ? list->n : 0, const char *);
    for (const struct rw_node *c = list ? list->first : NULL; c && x->labels;
         c = c->next)
        if (c->kind == RW_JSON_STRING)
            x->labels[x->n_labels++] = rw_importing_clean(&b->g, c->text, LABEL);
        else
            rw_decode_wrong_kind(&b->g.say, c, "a label", "a text");
}

static struct rw_import_item *
make_items(struct rw_bundle *b, enum rw_bundle_kind kind, size_t *n)
{
    struct rw_bundle_thing **list = order(b, kind, n);
    struct rw_import_item *v = RW_IMPORTING_NEW(&b->g, *n, struct rw_import_item);

    for (size_t i = 0; v && i < *n; i++) {
        const struct rw_node *name = rw_decode_text(list[i]->node, "name");

        list[i]->item = i;
        v[i] = (struct rw_import_item){.reference = list[i]->reference,
            .name = rw_importing_clean(&b->g, name ? name->text : "", RW_IMPORT_NAME),
            .within = "",
            .parent = SIZE_MAX,
            .futile = list[i]->futile};
        if (name && v[i].name[0] == '\0')
            rw_decode_wrong(&b->g.say, name, "the name is empty");
        if (kind == RW_BUNDLE_TECHNIQUE)
            v[i].within = tactics_of(b, list[i]->node);
        else
            read_labels(b, list[i]->node, &v[i]);
    }
    return v;
}

static int
reference_is(const void *key, const void *item)
{
    return strcmp(key, ((const struct rw_import_item *)item)->reference);
}

/* T1566.001 is a part of T1566, be that taken or not. */
static void
find_parents(struct rw_importing *g, struct rw_import_item v[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *dot = strrchr(v[i].reference, '.');
        char *whole;
        const struct rw_import_item *parent;

        if (dot == NULL || dot == v[i].reference)
            continue;
        whole =
            rw_arena_strndup(&g->tree, v[i].reference, (size_t)(dot - v[i].reference));
        g->memory |= whole == NULL;
        parent = whole ? bsearch(whole, v, n, sizeof *v, reference_is) : NULL;
        v[i].parent = parent ? (size_t)(parent - v) : SIZE_MAX;
        v[i].whole = whole ? rw_importing_copy(g, whole) : NULL;
    }
}

static void
cover(struct rw_bundle *b)
{
    struct rw_import *x = b->g.to;
    struct rw_bundle_pair *p = b->pairs, *end = p + b->n_pairs, *next;

    for (; p < end; p = next) {
        struct rw_import_item *c = &x->controls[p->from->item];
        size_t n = 0;

        for (next = p; next < end && next->from == p->from; next++)
            x->threats[next->to->item].n_covered++;
        c->covers = RW_IMPORTING_NEW(&b->g, (size_t)(next - p), size_t);
        if (c->covers == NULL)
            return;
        for (; p < next; p++)
            c->covers[n++] = p->to->item;
        c->n_covers = rw_importing_unique(c->covers, n);
    }
}

/* With a filter, only what helps against a technique that is wanted. */
static void
drop_unwanted(struct rw_bundle *b)
{
    if (b->filter->n_tactics + b->filter->n_platforms == 0)
        return;
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].kind == RW_BUNDLE_MITIGATION && b->v[i].fate == RW_BUNDLE_TAKEN &&
            !b->v[i].covers) {
            b->v[i].fate = RW_BUNDLE_UNWANTED;
            b->g.to->measures.unwanted++;
        }
}

void
rw_bundle_items(struct rw_bundle *b)
{
    struct rw_import *x = b->g.to;

    drop_unwanted(b);
    x->threats = make_items(b, RW_BUNDLE_TECHNIQUE, &x->n_threats);
    x->controls = make_items(b, RW_BUNDLE_MITIGATION, &x->n_controls);
    x->techniques.taken = x->n_threats;
    x->measures.taken = x->n_controls;
    if (b->g.memory || b->g.d.total > 0)
        return;
    find_parents(&b->g, x->threats, x->n_threats);
    cover(b);
    rw_importing_name_all(&b->g);
}
