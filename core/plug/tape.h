/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/tape.h -- what a plugin's function does with its vectors, written down.
 *
 * While Lua runs, no element is looked at: every operation on vectors appends a node,
 * which names the operation and earlier nodes.  Leaves are rows that the engine gives,
 * numbered by the border, and uniforms of a draw.  So a plugin cannot do with one
 * block what it does not do with another, and a tape that was recorded once serves
 * every block in which the plugin is given the same numbers (plug/record.h).
 *
 * A tape grows by appending and is read in order: nothing recurses, however long a
 * chain of operations is.
 *
 * Floor: plug.  Threads: a tape belongs to one thread.
 */
#ifndef RW_PLUG_TAPE_H
#define RW_PLUG_TAPE_H

#include "base/dimension.h"
#include "base/err.h"
#include "plug/kernel.h"

#include <stdint.h>

#define RW_TAPE_NUMBER UINT32_MAX /* of a term: it is the number */

/* A node of the tape, or a number. */
struct rw_term {
    uint32_t node;
    double number;
};

static inline struct rw_term
rw_term_number(double x)
{
    return (struct rw_term){RW_TAPE_NUMBER, x};
}

static inline struct rw_term
rw_term_node(uint32_t node)
{
    return (struct rw_term){node, 0};
}

static inline bool
rw_term_is_number(struct rw_term t)
{
    return t.node == RW_TAPE_NUMBER;
}

enum rw_node_kind {
    RW_NODE_LEAF, /* at: number of the row          */
    RW_NODE_DRAW, /* at: which draw of the call     */
    RW_NODE_MADE  /* op of its operands             */
};

struct rw_node {
    enum rw_node_kind kind;
    uint32_t at;
    const struct rw_operation *op;
    const void *with;
    struct rw_term of[RW_KERNEL_OPERANDS];
    struct rw_dimension unit; /* what is known of it (plug/unit_rule.h) */
    int line; /* of the plugin, where op demands something of its operands */
};

struct rw_tape {
    struct rw_node *node;
    size_t n, room;
    uint32_t *leaf; /* (n_leaves) 1 + node of the row, 0: not read yet */
    size_t n_leaves, leaves_room;
    size_t made, most;   /* vectors that the call has made, and may make */
    uint64_t generation; /* number of the call                           */
    bool open;           /* a call is under way                          */
};

void rw_tape_fini(struct rw_tape *t);

/* Forgets all for a call with rows 0 .. n_leaves - 1 that may make at most `most`
 * vectors.  False: no memory. */
RW_MUST_CHECK bool rw_tape_begin(struct rw_tape *t, size_t n_leaves, size_t most);
void rw_tape_end(struct rw_tape *t);

/* The node of a row of that unit: one, however often it is read.  False: no memory. */
RW_MUST_CHECK bool rw_tape_leaf(
    struct rw_tape *t, uint32_t row, struct rw_dimension unit, uint32_t *node);

/* What is known of the term; nothing of numbers. */
struct rw_dimension rw_tape_unit(const struct rw_tape *t, struct rw_term x);

/* Appends a node that is none of a row.  False: no memory. */
RW_MUST_CHECK bool rw_tape_append(struct rw_tape *t, struct rw_node x, uint32_t *node);

#endif
