/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/edit.h -- a JSON text with some of its values changed and every
 * other byte as it was: order, comments, layout.
 *
 * Changes are given against the tree of the text as it was read; they do not
 * overlap.  What is added to an object of several lines begins a line of its
 * own below its first key.
 *
 * Floor: read.  Threads: as node.h.
 */
#ifndef RW_READ_EDIT_H
#define RW_READ_EDIT_H

#include "base/text.h"
#include "read/node.h"

struct rw_edit_change;

struct rw_edit {
    struct rw_input in;
    struct rw_arena *a;
    struct rw_node *root;
    struct rw_edit_change *changes;
    size_t n;
    bool failed; /* memory out */
};

/* bytes[n] with a NUL behind, which stay the caller's; they have been read as a
 * scenario before.  RW_ERR_MEMORY; RW_ERR_BUG: they are no JSON. */
RW_MUST_CHECK enum rw_err rw_edit_init(struct rw_edit *x, const char *name,
    const char *bytes, size_t n, struct rw_arena *a, struct rw_error *e);

/* The text of a value, in the arena of x. */
const char *rw_edit_text(struct rw_edit *x, const struct rw_node *value);

/* json: the text of a value. */
void rw_edit_replace(struct rw_edit *x, const struct rw_node *value, const char *json);
/* A member behind the last one of an object that has some, once for an object. */
void rw_edit_add_member(
    struct rw_edit *x, const struct rw_node *object, const char *key, const char *json);
/* Elements behind the last one of a list, or the only ones; json: one or more,
 * with commas between them. */
void rw_edit_append(struct rw_edit *x, const struct rw_node *list, const char *json);

/* Appends the changed text.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_edit_apply(
    struct rw_edit *x, struct rw_text *to, struct rw_error *e);

#endif
