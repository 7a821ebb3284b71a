/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Relations of a STIX bundle, and which techniques are wanted. */
#include "base/text.h"
#include "read/bundle.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- the filter ---- */

/* Whether a list of words is empty or has s; met[i]: its word i was met. */
static bool
among(const char *s, const char *const words[], size_t n, bool met[])
{
    bool found = false;

    for (size_t i = 0; i < n; i++)
        if (strcasecmp(words[i], s) == 0)
            found = met[i] = true;
    return found;
}

static const struct rw_node *
word_of(const struct rw_node *element, const char *key)
{
    if (key)
        return rw_decode_text(element, key);
    return element->kind == RW_JSON_STRING ? element : NULL;
}

/* One of the elements of a member is wanted; they are texts, or objects with the
 * text at `key`. */
static bool
passes(struct rw_bundle *b, const struct rw_node *technique, const char *member,
    const char *key, const char *const words[], size_t n, bool met[])
{
    const struct rw_node *list = rw_importing_list(&b->g, technique, member);
    bool found = false;

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
        const struct rw_node *word = word_of(c, key);

        if (word)
            found |= among(word->text, words, n, met);
        else
            rw_decode_wrong(&b->g.say, c, "this element of '%s' has no text%s%s%s",
                member, key ? " '" : "", key ? key : "", key ? "'" : "");
    }
    return found || n == 0;
}

bool
rw_bundle_wanted(struct rw_bundle *b, const struct rw_node *technique)
{
    const struct rw_import_filter *f = b->filter;
    bool tactic = passes(b, technique, "kill_chain_phases", "phase_name", f->tactics,
        f->n_tactics, b->tactics_met);
    bool platform = passes(b, technique, "x_mitre_platforms", NULL, f->platforms,
        f->n_platforms, b->platforms_met);

    return tactic && platform;
}

/* The words that techniques in use have there, each once. */
static size_t
list_words(
    const struct rw_bundle *b, const char *member, const char *key, const char *words[])
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) {
        const struct rw_bundle_thing *t = &b->v[i];
        const struct rw_node *list =
            t->kind == RW_BUNDLE_TECHNIQUE &&
                    (t->fate == RW_BUNDLE_TAKEN || t->fate == RW_BUNDLE_UNWANTED)
                ? rw_decode_list(t->node, member)
                : NULL;

        for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
            const struct rw_node *word = word_of(c, key);
            size_t k = 0;

            while (word && k < n && strcasecmp(words[k], word->text) != 0)
                k++;
            if (word && k == n && n < RW_IMPORT_WORDS)
                words[n++] = word->text;
        }
    }
    return n;
}

static int
by_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum rw_err
never_met(struct rw_bundle *b, const char *option, const char *word, const char *member,
    const char *key, struct rw_error *e)
{
    const char *words[RW_IMPORT_WORDS], *near;
    size_t n = list_words(b, member, key, words);
    struct rw_text t;
    enum rw_err err;

    if (n > 0)
        qsort(words, n, sizeof *words, by_word);
    near = rw_nearest_word(word, words, n);
    rw_text_init(&t);
    for (size_t k = 0; k < n; k++) {
        rw_text_add(&t, k ? ", " : "");
        rw_safe_add(&t, words[k], strlen(words[k]));
    }
    err = rw_error_set(e, RW_ERR_USAGE,
        "no technique here has the %s '%.60s'%s%s%s; %s%.600s", option, word,
        near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "",
        n > 0 ? "there are " : "they have none", t.s ? t.s : "");
    rw_text_fini(&t);
    return err;
}

enum rw_err
rw_bundle_filter_check(struct rw_bundle *b, struct rw_error *e)
{
    const struct rw_import_filter *f = b->filter;

    for (size_t i = 0; i < f->n_tactics; i++)
        if (!b->tactics_met[i])
            return never_met(
                b, "tactic", f->tactics[i], "kill_chain_phases", "phase_name", e);
    for (size_t i = 0; i < f->n_platforms; i++)
        if (!b->platforms_met[i])
            return never_met(
                b, "platform", f->platforms[i], "x_mitre_platforms", NULL, e);
    if (b->g.to->n_threats == 0 && f->n_tactics + f->n_platforms > 0)
        return rw_error_set(
            e, RW_ERR_USAGE, "no technique has both such a tactic and such a platform");
    return RW_OK;
}

/* ---- relations ---- */

static void
note_dangling(struct rw_bundle *b, const struct rw_node *relation, const char *source,
    const char *target, const char *missing)
{
    struct rw_import_relations *r = &b->g.to->relations;

    if (r->dangling < RW_IMPORT_SHOWN)
        b->g.to->dangling[r->dangling] = (struct rw_import_dangling){
            rw_importing_clean(&b->g, source, RW_IMPORT_NAME),
            rw_importing_clean(&b->g, target, RW_IMPORT_NAME),
            rw_importing_clean(&b->g, missing, RW_IMPORT_NAME), relation->span.line,
            relation->span.col};
    r->dangling++;
}

static bool
out_of_use(const struct rw_bundle_thing *t)
{
    return t->fate == RW_BUNDLE_REVOKED || t->fate == RW_BUNDLE_DEPRECATED;
}

/* Both ends are in the file. */
static void
join(struct rw_bundle *b, struct rw_bundle_thing *from, struct rw_bundle_thing *to)
{
    struct rw_import_relations *r = &b->g.to->relations;

    if (from->kind != RW_BUNDLE_MITIGATION || to->kind != RW_BUNDLE_TECHNIQUE)
        r->elsewhere++;
    else if (out_of_use(from) || out_of_use(to))
        r->ended++;
    else if (to->fate == RW_BUNDLE_UNWANTED)
        r->unwanted++;
    else if (from->fate == RW_BUNDLE_FUTILE) {
        r->futile++;
        to->futile = true;
    } else {
        from->covers = true;
        b->pairs[b->n_pairs++] = (struct rw_bundle_pair){from, to};
    }
}

static void
relate(struct rw_bundle *b, const struct rw_node *relation)
{
    struct rw_import_relations *r = &b->g.to->relations;
    const struct rw_node *source, *target;
    struct rw_bundle_thing *from, *to;
    enum rw_bundle_fate fate = rw_bundle_fate(b, relation);

    r->all++;
    r->revoked += fate == RW_BUNDLE_REVOKED;
    r->deprecated += fate == RW_BUNDLE_DEPRECATED;
    if (fate != RW_BUNDLE_TAKEN)
        return;
    source = rw_importing_must(&b->g, relation, "relationship", "source_ref");
    target = rw_importing_must(&b->g, relation, "relationship", "target_ref");
    if (source == NULL || target == NULL)
        return;
    from = rw_bundle_find(b, source->text);
    to = rw_bundle_find(b, target->text);
    if (from && to)
        join(b, from, to);
    else
        note_dangling(b, relation, source->text, target->text,
            from ? target->text : source->text);
}

static int
by_ends(const void *a, const void *b)
{
    const struct rw_bundle_pair *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static void
drop_repeated(struct rw_bundle *b)
{
    struct rw_import_relations *r = &b->g.to->relations;

    if (b->n_pairs > 0)
        qsort(b->pairs, b->n_pairs, sizeof *b->pairs, by_ends);
    for (size_t i = 0; i < b->n_pairs; i++)
        if (i > 0 && by_ends(&b->pairs[i], &b->pairs[i - 1]) == 0)
            r->repeated++;
        else
            b->pairs[r->taken++] = b->pairs[i];
    b->n_pairs = r->taken;
}

static int
in_order(const void *a, const void *b)
{
    const struct rw_node *x = *(const struct rw_node *const *)a,
                         *y = *(const struct rw_node *const *)b;

    return (x->index > y->index) - (x->index < y->index);
}

void
rw_bundle_relate(struct rw_bundle *b)
{
    const struct rw_node **list = rw_arena_alloc(&b->g.tree, b->n, sizeof *list);
    size_t n = 0;

    for (size_t i = 0; list && i < b->n; i++) {
        const struct rw_node *node = b->v[i].node, *type;

        if (strcmp(rw_decode_text(node, "type")->text, "relationship") != 0)
            continue;
        type = rw_importing_must(&b->g, node, "relationship", "relationship_type");
        if (type && strcmp(type->text, "mitigates") == 0)
            list[n++] = node;
    }
    b->pairs = rw_arena_alloc(&b->g.tree, n, sizeof *b->pairs);
    if (list == NULL || b->pairs == NULL) {
        b->g.memory = true;
        return;
    }
    if (n > 0)
        qsort(list, n, sizeof *list, in_order); /* so that the first ones are told */
    for (size_t i = 0; i < n; i++)
        relate(b, list[i]);
    drop_repeated(b);
}
