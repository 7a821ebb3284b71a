/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/node.h -- a JSON text as a tree that knows where everything
 * stands: cJSON reads the bytes that the prescan accepted, and a walk in
 * document order pairs each of its nodes with the prescan's place.
 *
 * Nodes are plain memory of an arena and may be relinked (--set does).
 *
 * Floor: read (uses base and cJSON).  Threads: cJSON writes a static while
 * it parses, so one text at a time in the whole process.
 */
#ifndef RW_READ_NODE_H
#define RW_READ_NODE_H

#include "read/prescan.h"

struct rw_node {
    enum rw_json kind;
    const char *key;  /* NULL: in an array, or the root */
    const char *text; /* strings */
    double number;
    struct rw_span key_span, span;
    struct rw_node *parent, *first, *last, *next;
    size_t index, n; /* within the parent; children */
};

/* Scans and parses in->bytes from byte `from`; *root lives in the arena.
 * RW_ERR_INPUT: *d says why not.  RW_ERR_MEMORY; RW_ERR_BUG: prescan and
 * cJSON disagree. */
RW_MUST_CHECK enum rw_err rw_node_parse(const struct rw_input *in, size_t from,
    struct rw_arena *a, struct rw_diags *d, struct rw_node **root, struct rw_error *e);

/* The member of an object, NULL where there is none. */
struct rw_node *rw_node_get(const struct rw_node *object, const char *key);

/* Puts child behind the last one of parent, or in the place of old. */
void rw_node_append(struct rw_node *parent, struct rw_node *child);
void rw_node_replace(struct rw_node *old, struct rw_node *child);

/* JSON pointer in the arena, "" for the root or where memory is out. */
const char *rw_node_pointer(const struct rw_node *node, struct rw_arena *a);

/* "an object", "a list", "a text", "a number", "true", "false", "null". */
const char *rw_json_noun(enum rw_json kind);

#endif
