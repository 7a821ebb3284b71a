/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/bundle.h -- a STIX bundle while it is read: what its objects are and
 * what becomes of them; private to import_attack.c (objects), import_mitigates.c
 * (relations) and import_items.c (what comes out).
 *
 * Floor: read.  Threads: one bundle, one thread.
 */
#ifndef RW_READ_BUNDLE_H
#define RW_READ_BUNDLE_H

#include "read/importing.h"

enum rw_bundle_kind { RW_BUNDLE_TECHNIQUE, RW_BUNDLE_MITIGATION, RW_BUNDLE_OTHER };

enum rw_bundle_fate {
    RW_BUNDLE_TAKEN,
    RW_BUNDLE_REVOKED,
    RW_BUNDLE_DEPRECATED,
    RW_BUNDLE_UNWANTED,
    RW_BUNDLE_FUTILE
};

struct rw_bundle_thing {
    const struct rw_node *node, *id; /* id: its text */
    enum rw_bundle_kind kind;
    enum rw_bundle_fate fate;
    const char *reference;    /* of techniques and mitigations that are taken */
    const struct rw_node *at; /* where that stands */
    bool covers;              /* a mitigation with a relation that is taken */
    bool futile;              /* a technique of which it is stated that nothing helps */
    size_t item;              /* in threats or controls, once these are made */
};

/* A mitigation and a technique, both taken. */
struct rw_bundle_pair {
    struct rw_bundle_thing *from, *to;
};

struct rw_bundle {
    struct rw_importing g;
    const struct rw_import_filter *filter;
    struct rw_bundle_thing *v; /* n, ascending by id */
    struct rw_bundle_pair *pairs;
    size_t n, n_pairs;
    bool tactics_met[RW_IMPORT_WORDS], platforms_met[RW_IMPORT_WORDS];
};

/* Whether an object, or a relation, is out of use. */
enum rw_bundle_fate rw_bundle_fate(struct rw_bundle *b, const struct rw_node *object);

/* Whether the filter lets a technique pass; notes which of its words were met. */
bool rw_bundle_wanted(struct rw_bundle *b, const struct rw_node *technique);
/* RW_ERR_USAGE: a word of the filter was never met. */
RW_MUST_CHECK enum rw_err rw_bundle_filter_check(
    struct rw_bundle *b, struct rw_error *e);

/* Counts the `mitigates` relations, and puts those between things that are taken
 * into pairs, each once. */
void rw_bundle_relate(struct rw_bundle *b);

/* Threats and controls out of what is taken, and what covers what. */
void rw_bundle_items(struct rw_bundle *b);

/* The thing of that id, or NULL. */
struct rw_bundle_thing *rw_bundle_find(struct rw_bundle *b, const char *id);

#endif
