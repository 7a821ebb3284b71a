/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/importing.h -- what the readers of catalogues share; private to
 * import.c, import_attack*.c and import_oscal.c.
 *
 * Floor: read.  Threads: one reading, one thread.
 */
#ifndef RW_READ_IMPORTING_H
#define RW_READ_IMPORTING_H

#include "read/decode.h"
#include "read/import.h"

struct rw_importing {
    struct rw_decode say; /* messages alone (read/decode.h) */
    struct rw_diags d;
    struct rw_arena tree;
    struct rw_arena *a; /* of what is kept */
    struct rw_import *to;
    bool memory;
};

/* Parses; *root is an object, or it is reported.  rw_importing_end releases, also
 * after an error, and renders what was wrong. */
RW_MUST_CHECK enum rw_err rw_importing_begin(struct rw_importing *g,
    const struct rw_input *in, enum rw_import_kind kind, struct rw_arena *a,
    struct rw_import *x, struct rw_node **root, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_importing_end(struct rw_importing *g, enum rw_err err,
    struct rw_text *report, struct rw_error *e);

/* n zeroed pieces of the arena that is kept; NULL: g->memory is set. */
#define RW_IMPORTING_NEW(g, n, type)                                                   \
    ((type *)rw_importing_alloc((g), (n), sizeof(type)))
void *rw_importing_alloc(struct rw_importing *g, size_t n, size_t size);

/* A member that is a text, a list, true: NULL and false where it is absent, or is
 * something else and so reported. */
const struct rw_node *rw_importing_text(
    struct rw_importing *g, const struct rw_node *object, const char *key);
const struct rw_node *rw_importing_list(
    struct rw_importing *g, const struct rw_node *object, const char *key);
bool rw_importing_true(
    struct rw_importing *g, const struct rw_node *object, const char *key);
/* A text that must be there; what: of the object, in messages. */
const struct rw_node *rw_importing_must(struct rw_importing *g,
    const struct rw_node *object, const char *what, const char *key);
/* An element is an object, or reported. */
bool rw_importing_is_object(
    struct rw_importing *g, const struct rw_node *node, const char *name);

/* s of one line, safe to print, at most so many characters; "" : nothing is left,
 * or no memory. */
const char *rw_importing_clean(
    struct rw_importing *g, const char *s, size_t characters);
/* The text as a reference; NULL: reported. */
const char *rw_importing_reference(
    struct rw_importing *g, const struct rw_node *text, const char *name);
/* Copies a text that is kept. */
const char *rw_importing_copy(struct rw_importing *g, const char *s);

/* Ids and full names, once both lists are in their order. */
void rw_importing_name_all(struct rw_importing *g);

/* Ascending without repetition; returns how many are left. */
size_t rw_importing_unique(size_t v[], size_t n);

#endif
