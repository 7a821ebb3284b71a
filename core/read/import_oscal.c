/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls of an OSCAL catalogue. */
#include "read/importing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A control, as it stands in the file. */
struct entry {
    const struct rw_node *node, *id; /* id: its text */
    const char *within;
    struct entry *parent; /* NULL: none, or it is withdrawn */
    bool withdrawn;
    size_t item; /* in controls, if it is not withdrawn */
};

struct book {
    struct rw_importing g;
    struct entry *v;      /* n, in the order of the file */
    struct entry **by_id; /* n, ascending by id */
    size_t n;
};

/* ---- what there is ---- */

static bool
is_withdrawn(struct book *b, const struct rw_node *control)
{
    const struct rw_node *list = rw_importing_list(&b->g, control, "props");
    bool withdrawn = false;

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
        const struct rw_node *name, *value;

        if (!rw_importing_is_object(&b->g, c, "a prop"))
            continue;
        name = rw_importing_must(&b->g, c, "prop", "name");
        value = rw_importing_must(&b->g, c, "prop", "value");
        withdrawn |= name && value && strcmp(name->text, "status") == 0 &&
                     strcasecmp(value->text, "withdrawn") == 0;
    }
    return withdrawn;
}

static void walk_controls(struct book *b, const struct rw_node *owner,
    struct entry *parent, const char *within);

static void
read_control(struct book *b, const struct rw_node *node, struct entry *parent,
    const char *within)
{
    struct rw_import_tally *tally = &b->g.to->measures;
    struct entry *x = &b->v[b->n];
    const struct rw_node *id = rw_importing_must(&b->g, node, "control", "id");

    rw_importing_must(&b->g, node, "control", "title");
    tally->all++;
    *x = (struct entry){.node = node,
        .id = id,
        .within = within,
        .parent = parent,
        .withdrawn = is_withdrawn(b, node),
        .item = SIZE_MAX};
    tally->withdrawn += x->withdrawn;
    if (id)
        b->n++;
    walk_controls(b, node, id && !x->withdrawn ? x : NULL, within);
}

static void
walk_controls(struct book *b, const struct rw_node *owner, struct entry *parent,
    const char *within)
{
    const struct rw_node *list = rw_importing_list(&b->g, owner, "controls");

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next)
        if (rw_importing_is_object(&b->g, c, "a control"))
            read_control(b, c, parent, within);
}

static void
walk_groups(struct book *b, const struct rw_node *owner, const char *within)
{
    const struct rw_node *list = rw_importing_list(&b->g, owner, "groups");

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
        const struct rw_node *title;
        const char *here = within;

        if (!rw_importing_is_object(&b->g, c, "a group"))
            continue;
        b->g.to->objects++;
        title = rw_importing_must(&b->g, c, "group", "title");
        if (title)
            here = rw_arena_printf(b->g.a, "%s%s%s", within, within[0] ? " / " : "",
                rw_importing_clean(&b->g, title->text, RW_IMPORT_NAME));
        b->g.memory |= here == NULL;
        here = here ? here : "";
        walk_controls(b, c, NULL, here);
        walk_groups(b, c, here);
    }
}

/* Elements of all lists called "controls", whoever they are of: no fewer than
 * there are controls. */
static size_t
count_controls(const struct rw_node *node)
{
    size_t n = 0;

    if (node->key && node->kind == RW_JSON_ARRAY && strcmp(node->key, "controls") == 0)
        n += node->n;
    for (const struct rw_node *c = node->first; c; c = c->next)
        n += count_controls(c);
    return n;
}

/* ---- ids ---- */

static int
by_id(const void *a, const void *b)
{
    const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
    int c = strcmp(x->id->text, y->id->text);

    return c != 0 ? c : (x > y) - (x < y);
}

static int
id_is(const void *key, const void *entry)
{
    return strcmp(key, (*(struct entry *const *)entry)->id->text);
}

static struct entry *
find(const struct book *b, const char *id)
{
    struct entry **at =
        b->n ? bsearch(id, b->by_id, b->n, sizeof *b->by_id, id_is) : NULL;

    return at ? *at : NULL;
}

static void
sort_ids(struct book *b)
{
    b->by_id = rw_arena_alloc(&b->g.tree, b->n, sizeof *b->by_id);
    if (b->by_id == NULL) {
        b->g.memory = true;
        return;
    }
    for (size_t i = 0; i < b->n; i++)
        b->by_id[i] = &b->v[i];
    if (b->n > 0)
        qsort(b->by_id, b->n, sizeof *b->by_id, by_id);
    for (size_t i = 1; i < b->n; i++)
        if (strcmp(b->by_id[i]->id->text, b->by_id[i - 1]->id->text) == 0) {
            rw_decode_wrong(&b->g.say, b->by_id[i]->id,
                "'%s' is the id of two controls",
                rw_diag_shown(&b->g.d, b->by_id[i]->id->text));
            rw_decode_also(&b->g.say, b->by_id[i - 1]->id, "the other one");
        }
}

/* ---- items ---- */

/* The prose of its statement, where the title only repeats the id. */
static const char *
name_of(const struct entry *x)
{
    const struct rw_node *title = rw_decode_text(x->node, "title");
    const struct rw_node *parts = rw_decode_list(x->node, "parts");

    if (title && strcasecmp(title->text, x->id->text) != 0)
        return title->text;
    for (const struct rw_node *c = parts ? parts->first : NULL; c; c = c->next) {
        const struct rw_node *name = rw_decode_text(c, "name");
        const struct rw_node *prose = rw_decode_text(c, "prose");

        if (name && prose && strcmp(name->text, "statement") == 0)
            return prose->text;
    }
    return title ? title->text : "";
}

/* Other names that the file itself gives to a control, such as AC-2(1). */
static void
read_labels(struct book *b, const struct rw_node *node, struct rw_import_item *x)
{
    const struct rw_node *list = rw_decode_list(node, "props");

    x->labels = RW_IMPORTING_NEW(&b->g, list ? list->n : 0, const char *);
    for (const struct rw_node *c = list ? list->first : NULL; c && x->labels;
         c = c->next) {
        const struct rw_node *name = rw_decode_text(c, "name");
        const struct rw_node *value = rw_decode_text(c, "value");

        if (name && value && strcmp(name->text, "label") == 0)
            x->labels[x->n_labels++] =
                rw_importing_clean(&b->g, value->text, RW_IMPORT_NAME);
    }
}

static void
make_items(struct book *b)
{
    struct rw_import *x = b->g.to;

    x->controls = RW_IMPORTING_NEW(&b->g, b->n, struct rw_import_item);
    if (x->controls == NULL)
        return;
    for (size_t i = 0; i < b->n; i++) {
        struct entry *entry = &b->v[i];
        struct rw_import_item *c = &x->controls[x->n_controls];

        if (entry->withdrawn)
            continue;
        c->reference = rw_importing_reference(&b->g, entry->id, "id");
        c->name = rw_importing_clean(&b->g, name_of(entry), RW_IMPORT_NAME);
        c->within = entry->within;
        c->parent = entry->parent ? entry->parent->item : SIZE_MAX;
        c->whole = entry->parent ? x->controls[entry->parent->item].reference : NULL;
        if (c->name[0] == '\0')
            rw_decode_wrong(&b->g.say, entry->id, "the title of this control is empty");
        read_labels(b, entry->node, c);
        entry->item = x->n_controls++;
    }
    x->measures.taken = x->n_controls;
}

/* ---- what requires what ---- */

static void
note_dangling(struct book *b, const struct entry *from, const struct rw_node *href)
{
    struct rw_import_relations *r = &b->g.to->relations;

    if (r->dangling < RW_IMPORT_SHOWN)
        b->g.to->dangling[r->dangling] = (struct rw_import_dangling){
            rw_importing_clean(&b->g, from->id->text, RW_IMPORT_NAME),
            rw_importing_clean(&b->g, href->text, RW_IMPORT_NAME),
            rw_importing_clean(&b->g, href->text, RW_IMPORT_NAME), href->span.line,
            href->span.col};
    r->dangling++;
}

/* One link of rel "required"; from is not withdrawn. */
static void
require(struct book *b, const struct entry *from, const struct rw_node *link)
{
    struct rw_import_relations *r = &b->g.to->relations;
    struct rw_import_item *c = &b->g.to->controls[from->item];
    const struct rw_node *href = rw_importing_must(&b->g, link, "link", "href");
    const struct entry *to;

    r->all++;
    if (href == NULL)
        return;
    if (href->text[0] != '#') {
        r->elsewhere++;
        return;
    }
    to = find(b, href->text + 1);
    if (to == NULL)
        note_dangling(b, from, href);
    else if (to->withdrawn)
        r->ended++;
    else if (to == from)
        rw_decode_wrong(&b->g.say, href, "a control requires itself");
    else
    c->requires[c->n_requires++] = to->item;
}

static void
read_links(struct book *b, const struct entry *x)
{
    const struct rw_node *list = rw_importing_list(&b->g, x->node, "links");
    struct rw_import_relations *r = &b->g.to->relations;
    struct rw_import_item *c = &b->g.to->controls[x->item];
    size_t n;

    if (list == NULL)
        return;
    c->requires = RW_IMPORTING_NEW(&b->g, list->n, size_t);
    for (const struct rw_node *link = list->first; link && c->requires;
         link = link->next) {
        const struct rw_node *rel;

        if (!rw_importing_is_object(&b->g, link, "a link"))
            continue;
        rel = rw_importing_text(&b->g, link, "rel");
        if (rel && strcmp(rel->text, "required") == 0)
            require(b, x, link);
    }
    n = c->n_requires;
    c->n_requires = rw_importing_unique(c->requires, n);
    r->repeated += n - c->n_requires;
    r->taken += c->n_requires;
}

/* ---- the catalogue itself ---- */

static void
no_catalogue(struct book *b, const struct rw_node *root)
{
    static const char *const models[] = {"profile", "component-definition",
        "system-security-plan", "assessment-plan", "assessment-results",
        "plan-of-action-and-milestones", "mapping-collection"};
    const struct rw_node *type = rw_decode_text(root, "type");

    rw_decode_wrong(&b->g.say, root, "this is no OSCAL catalogue");
    for (size_t k = 0; k < sizeof models / sizeof *models; k++)
        if (rw_node_get(root, models[k])) {
            rw_diag_help(&b->g.d, "it is another model of OSCAL: %s", models[k]);
            return;
        }
    if (type && strcmp(type->text, "bundle") == 0)
        rw_diag_help(&b->g.d, "it looks like a STIX bundle: riskwheel import attack");
    else if (rw_node_get(root, "riskwheel"))
        rw_diag_help(&b->g.d, "it looks like a scenario, or results of one");
    else
        rw_diag_help(&b->g.d, "a catalogue has \"catalog\": { ... }");
}

static void
read_title(struct book *b, const struct rw_node *catalog)
{
    const struct rw_node *metadata = rw_node_get(catalog, "metadata");
    const struct rw_node *title, *version;
    const char *s;

    if (metadata == NULL) {
        rw_decode_missing(&b->g.say, catalog, "catalogue", "metadata", NULL);
        return;
    }
    if (!rw_importing_is_object(&b->g, metadata, "metadata"))
        return;
    title = rw_importing_must(&b->g, metadata, "metadata", "title");
    version = rw_importing_text(&b->g, metadata, "version");
    if (title == NULL)
        return;
    s = rw_arena_printf(&b->g.tree, "%s%s%s", title->text, version ? ", version " : "",
        version ? version->text : "");
    b->g.memory |= s == NULL;
    b->g.to->title = rw_importing_clean(&b->g, s ? s : "", RW_IMPORT_NAME);
}

static void
finish(struct book *b, const struct rw_node *catalog)
{
    sort_ids(b);
    make_items(b);
    for (size_t i = 0; i < b->n && !b->g.memory; i++)
        if (!b->v[i].withdrawn)
            read_links(b, &b->v[i]);
    if (b->g.to->n_controls == 0 && b->g.d.total == 0)
        rw_decode_wrong(&b->g.say, catalog,
            b->g.to->measures.all == 0 ? "the catalogue holds no control"
                                       : "all controls of it are withdrawn");
    if (b->g.d.total == 0 && !b->g.memory)
        rw_importing_name_all(&b->g);
}

static void
read_catalogue(struct book *b, const struct rw_node *root)
{
    const struct rw_node *catalog = rw_node_get(root, "catalog");

    if (catalog == NULL) {
        no_catalogue(b, root);
        return;
    }
    if (!rw_importing_is_object(&b->g, catalog, "catalog"))
        return;
    read_title(b, catalog);
    b->v = rw_arena_alloc(&b->g.tree, count_controls(catalog) + 1, sizeof *b->v);
    if (b->v == NULL) {
        b->g.memory = true;
        return;
    }
    walk_controls(b, catalog, NULL, "");
    walk_groups(b, catalog, "");
    if (!b->g.memory)
        finish(b, catalog);
}

enum rw_err
rw_import_oscal(const struct rw_input *in, struct rw_arena *a, struct rw_import *x,
    struct rw_text *report, struct rw_error *e)
{
    struct book b = {.n = 0};
    struct rw_node *root;
    enum rw_err err = rw_importing_begin(&b.g, in, RW_IMPORT_OSCAL, a, x, &root, e);

    if (err == RW_OK)
        read_catalogue(&b, root);
    return rw_importing_end(&b.g, err, report, e);
}
