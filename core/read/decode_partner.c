/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/partner.h"
#include "read/decode.h"

#include <string.h>

/* An agreement with whom nothing is shared. */
static void
check_use(struct rw_decode *x, const struct rw_node *node)
{
    if (rw_node_get(node, "recognition") || rw_node_get(node, "observes"))
        return;
    rw_decode_missing(x, node, "partner", "recognition",
        "give the share of events that it helps to recognise, or with "
        "'observes' how many organisations' incidents it tells of");
}

static void
decode_partner(struct rw_decode *x, const struct rw_node *node, struct rw_partner *p)
{
    struct rw_control *c = &p->control;
    const struct rw_node *covers;

    c->place = rw_decode_place(x, node);
    rw_decode_presets(x, node, &rw_keys_control, c);
    if (!rw_decode_object(x, node, &rw_keys_partner, p))
        return;
    if (c->name == NULL)
        c->name = c->id;
    c->use.owner = rw_arena_printf(x->a, "partner %s", c->id);
    c->pillar = RW_PILLAR_ORGANIZATIONAL;
    c->principles = 1u << RW_PRINCIPLE_THREAT_INTELLIGENCE_SHARING;
    c->function = RW_FUNCTION_RECOGNITION;
    c->coverage.dist = rw_dist_constant(1);
    c->coverage.place = c->place;
    rw_decode_check_start(x, node, c);
    check_use(x, node);
    covers = rw_decode_list(node, "covers");
    if (covers)
        rw_decode_covers(x, covers, c);
}

void
rw_decode_partners(struct rw_decode *x, const struct rw_node *list)
{
    struct rw_model *m = x->m;
    size_t n = m->n_controls, k = 0;
    struct rw_control *all = RW_DECODE_NEW(x, n + list->n, struct rw_control);

    m->partners = RW_DECODE_NEW(x, list->n, struct rw_partner);
    if (x->memory)
        return;
    if (n > 0)
        memcpy(all, m->controls, n * sizeof *all);
    for (const struct rw_node *c = list->first; c; c = c->next, k++) {
        struct rw_partner *p = &m->partners[k];

        decode_partner(x, c, p);
        p->at = n + k;
        all[n + k] = p->control;
    }
    m->controls = all;
    m->n_controls = n + list->n;
    m->n_partners = list->n;
}
