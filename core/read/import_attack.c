/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A STIX bundle: what it holds, and which of its techniques and mitigations are in
 * use. */
#include "read/bundle.h"

#include <stdlib.h>
#include <string.h>

enum { NOTICE = 400 };

enum rw_bundle_fate
rw_bundle_fate(struct rw_bundle *b, const struct rw_node *object)
{
    bool revoked = rw_importing_true(&b->g, object, "revoked");
    bool deprecated = rw_importing_true(&b->g, object, "x_mitre_deprecated");

    return revoked      ? RW_BUNDLE_REVOKED
           : deprecated ? RW_BUNDLE_DEPRECATED
                        : RW_BUNDLE_TAKEN;
}

/* ---- objects ---- */

static enum rw_bundle_kind
kind_of(const char *type)
{
    return strcmp(type, "attack-pattern") == 0     ? RW_BUNDLE_TECHNIQUE
           : strcmp(type, "course-of-action") == 0 ? RW_BUNDLE_MITIGATION
                                                   : RW_BUNDLE_OTHER;
}

/* A source of ATT&CK's own ids; of several the plain one counts. */
static int
rank_of_source(const char *s)
{
    size_t n = strlen(s);

    if (strcmp(s, "mitre-attack") == 0)
        return 2;
    return n > 13 && strncmp(s, "mitre-", 6) == 0 && strcmp(s + n - 7, "-attack") == 0;
}

/* Where the ATT&CK id stands; NULL: it has none. */
static const struct rw_node *
find_reference(struct rw_bundle *b, const struct rw_node *object)
{
    const struct rw_node *list =
        rw_importing_list(&b->g, object, "external_references");
    const struct rw_node *best = NULL;
    int rank = 0;

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
        const struct rw_node *source, *id;

        if (!rw_importing_is_object(&b->g, c, "an external reference"))
            continue;
        source = rw_importing_text(&b->g, c, "source_name");
        id = rw_importing_text(&b->g, c, "external_id");
        if (source && id && rank_of_source(source->text) > rank) {
            best = id;
            rank = rank_of_source(source->text);
        }
    }
    return best;
}

/* Statements of ATT&CK that a technique cannot (M0816, ICS) or should not be
 * mitigated (M1055, enterprise; M1059, mobile): they protect from nothing. */
static bool
is_futile(const char *reference)
{
    return strcmp(reference, "M0816") == 0 || strcmp(reference, "M1055") == 0 ||
           strcmp(reference, "M1059") == 0;
}

static void
read_thing(struct rw_bundle *b, struct rw_bundle_thing *t)
{
    struct rw_import_tally *tally =
        t->kind == RW_BUNDLE_TECHNIQUE ? &b->g.to->techniques : &b->g.to->measures;

    tally->all++;
    t->fate = rw_bundle_fate(b, t->node);
    if (t->fate != RW_BUNDLE_TAKEN) {
        tally->revoked += t->fate == RW_BUNDLE_REVOKED;
        tally->deprecated += t->fate == RW_BUNDLE_DEPRECATED;
        return;
    }
    if (t->kind == RW_BUNDLE_TECHNIQUE && !rw_bundle_wanted(b, t->node)) {
        t->fate = RW_BUNDLE_UNWANTED;
        tally->unwanted++;
        return;
    }
    rw_importing_must(&b->g, t->node,
        t->kind == RW_BUNDLE_TECHNIQUE ? "attack-pattern" : "course-of-action", "name");
    t->at = find_reference(b, t->node);
    if (t->at == NULL)
        t->at = t->id;
    t->reference = rw_importing_reference(&b->g, t->at, "id");
    if (t->kind == RW_BUNDLE_MITIGATION && t->reference && is_futile(t->reference)) {
        const struct rw_node *name = rw_decode_text(t->node, "name");

        t->fate = RW_BUNDLE_FUTILE;
        if (tally->futile < RW_IMPORT_SHOWN)
            b->g.to->futile[tally->futile] = (struct rw_import_futile){t->reference,
                rw_importing_clean(&b->g, name ? name->text : "", RW_IMPORT_NAME)};
        tally->futile++;
    }
}

/* "type--...", the type being the object's own; false: reported. */
static bool
check_id(struct rw_bundle *b, const struct rw_node *id, const char *type)
{
    size_t n = strlen(type);

    if (strncmp(id->text, type, n) == 0 && strncmp(id->text + n, "--", 2) == 0)
        return true;
    rw_decode_wrong(
        &b->g.say, id, "'%s' is no id of STIX", rw_diag_shown(&b->g.d, id->text));
    rw_diag_help(&b->g.d, "it begins with the type of its object: %s--",
        rw_diag_shown(&b->g.d, type));
    return false;
}

static void
read_object(struct rw_bundle *b, const struct rw_node *object)
{
    const struct rw_node *type, *id;
    struct rw_bundle_thing *t = &b->v[b->n];

    if (!rw_importing_is_object(&b->g, object, "an object of the bundle"))
        return;
    type = rw_importing_must(&b->g, object, "object", "type");
    id = rw_importing_must(&b->g, object, "object", "id");
    if (type == NULL || id == NULL || !check_id(b, id, type->text))
        return;
    *t = (struct rw_bundle_thing){
        .node = object, .id = id, .kind = kind_of(type->text), .item = SIZE_MAX};
    b->n++;
    if (t->kind != RW_BUNDLE_OTHER)
        read_thing(b, t);
}

static int
by_id(const void *a, const void *b)
{
    const struct rw_bundle_thing *x = a, *y = b;
    int c = strcmp(x->id->text, y->id->text);

    if (c != 0)
        return c;
    return (x->node->index > y->node->index) - (x->node->index < y->node->index);
}

static int
id_is(const void *key, const void *thing)
{
    return strcmp(key, ((const struct rw_bundle_thing *)thing)->id->text);
}

struct rw_bundle_thing *
rw_bundle_find(struct rw_bundle *b, const char *id)
{
    return b->n ? bsearch(id, b->v, b->n, sizeof *b->v, id_is) : NULL;
}

static void
sort_objects(struct rw_bundle *b)
{
    if (b->n > 0)
        qsort(b->v, b->n, sizeof *b->v, by_id);
    for (size_t i = 1, first = 0; i < b->n; i++) {
        if (strcmp(b->v[first].id->text, b->v[i].id->text) != 0) {
            first = i;
            continue;
        }
        rw_decode_wrong(&b->g.say, b->v[i].id, "'%s' is the id of two objects",
            rw_diag_shown(&b->g.d, b->v[i].id->text));
        rw_decode_also(&b->g.say, b->v[first].id, "first");
        rw_diag_help(&b->g.d, "keep one of them, the one modified last");
    }
}

/* ---- the bundle itself ---- */

static bool
is_of(const struct rw_node *object, const char *type)
{
    const struct rw_node *t = rw_decode_text(object, "type");

    return t != NULL && strcmp(t->text, type) == 0;
}

/* Of the collection, with its version, or of the first matrix. */
static void
find_title(struct rw_bundle *b, const struct rw_node *objects)
{
    const struct rw_node *name = NULL, *version = NULL;
    const char *s;

    for (const struct rw_node *c = objects->first; c && version == NULL; c = c->next)
        if (is_of(c, "x-mitre-collection")) {
            name = rw_decode_text(c, "name");
            version = rw_decode_text(c, "x_mitre_version");
        } else if (name == NULL && is_of(c, "x-mitre-matrix"))
            name = rw_decode_text(c, "name");
    if (name == NULL)
        return;
    s = rw_arena_printf(&b->g.tree, "%s %s", name->text, version ? version->text : "");
    b->g.memory |= s == NULL;
    b->g.to->title = rw_importing_clean(&b->g, s ? s : "", RW_IMPORT_NAME);
}

/* The first statement on whose property it is. */
static void
find_notice(struct rw_bundle *b, const struct rw_node *objects)
{
    for (const struct rw_node *c = objects->first; c; c = c->next) {
        const struct rw_node *statement =
            is_of(c, "marking-definition")
                ? rw_decode_text(rw_node_get(c, "definition"), "statement")
                : NULL;

        if (statement == NULL)
            continue;
        b->g.to->notice = rw_importing_clean(&b->g, statement->text, NOTICE);
        return;
    }
}

static void
no_bundle(struct rw_bundle *b, const struct rw_node *root)
{
    rw_decode_wrong(&b->g.say, root, "this is no STIX bundle");
    if (rw_node_get(root, "catalog"))
        rw_diag_help(
            &b->g.d, "it looks like an OSCAL catalogue: riskwheel import oscal");
    else if (rw_node_get(root, "riskwheel"))
        rw_diag_help(&b->g.d, "it looks like a scenario, or results of one");
    else
        rw_diag_help(
            &b->g.d, "a bundle has \"type\": \"bundle\" and \"objects\": [ ... ]");
}

static void
read_bundle(struct rw_bundle *b, const struct rw_node *root)
{
    const struct rw_node *type = rw_decode_text(root, "type");
    const struct rw_node *objects;

    if (type == NULL || strcmp(type->text, "bundle") != 0) {
        no_bundle(b, root);
        return;
    }
    objects = rw_importing_list(&b->g, root, "objects");
    if (objects == NULL && rw_node_get(root, "objects") == NULL)
        rw_decode_missing(&b->g.say, root, "bundle", "objects", NULL);
    if (objects == NULL)
        return;
    b->g.to->objects = objects->n;
    b->v = rw_arena_alloc(&b->g.tree, objects->n, sizeof *b->v);
    if (b->v == NULL) {
        b->g.memory = true;
        return;
    }
    find_title(b, objects);
    find_notice(b, objects);
    for (const struct rw_node *c = objects->first; c; c = c->next)
        read_object(b, c);
    sort_objects(b);
    rw_bundle_relate(b);
    if (b->g.to->techniques.all + b->g.to->measures.all == 0 && b->g.d.total == 0)
        rw_decode_wrong(&b->g.say, objects,
            "the bundle holds no attack-pattern and no course-of-action");
    if (!b->g.memory)
        rw_bundle_items(b);
    if (b->g.d.total == 0 && b->g.to->n_threats + b->g.to->n_controls == 0 &&
        b->g.to->techniques.unwanted + b->g.to->measures.unwanted == 0)
        rw_decode_wrong(&b->g.say, objects, "all of it is revoked or deprecated");
}

enum rw_err
rw_import_attack(const struct rw_input *in, const struct rw_import_filter *filter,
    struct rw_arena *a, struct rw_import *x, struct rw_text *report, struct rw_error *e)
{
    struct rw_bundle b = {.filter = filter};
    struct rw_node *root;
    enum rw_err err = rw_importing_begin(&b.g, in, RW_IMPORT_ATTACK, a, x, &root, e);

    if (err == RW_OK) {
        read_bundle(&b, root);
        if (b.g.d.total == 0 && !b.g.memory)
            err = rw_bundle_filter_check(&b, e);
    }
    return rw_importing_end(&b.g, err, report, e);
}
