/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/tape.h"

#include <stdlib.h>
#include <string.h>

void
rw_tape_fini(struct rw_tape *t)
{
    free(t->node);
    free(t->leaf);
    memset(t, 0, sizeof *t);
}

bool
rw_tape_begin(struct rw_tape *t, size_t n_leaves, size_t most)
{
    if (n_leaves > t->leaves_room) {
        uint32_t *more = realloc(t->leaf, n_leaves * sizeof *more);

        if (more == NULL)
            return false;
        t->leaf = more;
        t->leaves_room = n_leaves;
    }
    if (n_leaves > 0)
        memset(t->leaf, 0, n_leaves * sizeof *t->leaf);
    t->n_leaves = n_leaves;
    t->n = t->made = 0;
    t->most = most;
    t->generation++;
    t->open = true;
    return true;
}

void
rw_tape_end(struct rw_tape *t)
{
    t->open = false;
}

bool
rw_tape_append(struct rw_tape *t, struct rw_node x, uint32_t *node)
{
    if (t->n == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        struct rw_node *more = realloc(t->node, room * sizeof *more);

        if (more == NULL)
            return false;
        t->node = more;
        t->room = room;
    }
    *node = (uint32_t)t->n;
    t->node[t->n++] = x;
    return true;
}

bool
rw_tape_leaf(struct rw_tape *t, uint32_t row, struct rw_dimension unit, uint32_t *node)
{
    if (t->leaf[row] == 0) {
        if (!rw_tape_append(t,
                (struct rw_node){.kind = RW_NODE_LEAF, .at = row, .unit = unit}, node))
            return false;
        t->leaf[row] = *node + 1;
    }
    *node = t->leaf[row] - 1;
    return true;
}

struct rw_dimension
rw_tape_unit(const struct rw_tape *t, struct rw_term x)
{
    return rw_term_is_number(x) ? (struct rw_dimension){.kind = RW_DIMENSION_ANY}
                                : t->node[x.node].unit;
}
