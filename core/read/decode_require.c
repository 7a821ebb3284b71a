/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prerequisites of what is there already or planned: nobody buys them for it. */
#include "read/decode.h"

#include <string.h>

/* The id in the control's list. */
static const struct rw_node *
place_of(const struct rw_node *control, const char *id)
{
    const struct rw_node *ids = rw_node_get(control, "requires");

    for (const struct rw_node *c = ids->first; c; c = c->next)
        if (c->kind == RW_JSON_STRING && strcmp(c->text, id) == 0)
            return c;
    return ids;
}

static void
tell(struct rw_decode *x, const struct rw_node *at, const struct rw_control *c,
    const struct rw_control *needed)
{
    bool operates = c->status == RW_STATUS_OPERATING;

    if (needed->status == RW_STATUS_CANDIDATE)
        rw_decode_wrong(x, at, "control '%s' %s, and requires '%s', a candidate", c->id,
            operates ? "operates" : "is planned", needed->id);
    else
        rw_decode_wrong(x, at,
            "control '%s' %s, and requires '%s', which is planned for cycle %u", c->id,
            operates ? "operates" : "is planned sooner", needed->id, needed->start + 1);
    rw_diag_help(x->d, operates
                           ? "state what it requires as operating too"
                           : "plan what it requires for its own 'start', or before");
}

void
rw_decode_required(struct rw_decode *x, const struct rw_node *list)
{
    const struct rw_node *node = list->first;

    for (size_t i = 0; node != NULL; i++, node = node->next) {
        const struct rw_control *c = &x->m->controls[i];

        for (size_t k = 0; c->status != RW_STATUS_CANDIDATE && k < c->n_requires; k++) {
            const struct rw_control *needed = &x->m->controls[c->requires[k]];
            bool later = needed->status == RW_STATUS_PLANNED &&
                         (c->status == RW_STATUS_OPERATING || needed->start > c->start);

            if (needed->status == RW_STATUS_CANDIDATE || later)
                tell(x, place_of(node, needed->id), c, needed);
        }
    }
}
