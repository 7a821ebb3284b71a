/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <string.h>

static bool
names(const struct rw_control *c, size_t other)
{
    for (size_t k = 0; k < c->n_excludes; k++)
        if (c->excludes[k] == other)
            return true;
    return false;
}

bool
rw_decode_excluded(const struct rw_model *m, size_t a, size_t b)
{
    return names(&m->controls[a], b) || names(&m->controls[b], a);
}

static const struct rw_node *
node_of(const struct rw_node *list, size_t control)
{
    const struct rw_node *node = list->first;

    for (size_t i = 0; i < control; i++)
        node = node->next;
    return node;
}

/* Where the exclusion of a and b is stated: the id in the list. */
static const struct rw_node *
place_of(const struct rw_decode *x, const struct rw_node *list, size_t a, size_t b)
{
    bool mine = names(&x->m->controls[a], b);
    const char *other = x->m->controls[mine ? b : a].id;
    const struct rw_node *ids = rw_node_get(node_of(list, mine ? a : b), "excludes");

    for (const struct rw_node *c = ids->first; c; c = c->next)
        if (c->kind == RW_JSON_STRING && strcmp(c->text, other) == 0)
            return c;
    return ids;
}

/* Of two, one is there already or will be. */
static void
check_pair(struct rw_decode *x, const struct rw_node *list, size_t a, size_t b)
{
    const struct rw_control *p = &x->m->controls[a], *q = &x->m->controls[b];
    bool p_waits = p->status == RW_STATUS_CANDIDATE;
    bool q_waits = q->status == RW_STATUS_CANDIDATE;

    if (a == b) {
        rw_decode_wrong(x, place_of(x, list, a, b), "a control excludes itself");
    } else if (!p_waits && !q_waits) {
        rw_decode_wrong(x, place_of(x, list, a, b),
            "'%s' and '%s' exclude each other, and both are %s", p->id, q->id,
            p->status == RW_STATUS_OPERATING && q->status == p->status
                ? "operating"
                : "operating or planned");
    } else if (!p_waits || !q_waits) {
        rw_decode_wrong(x, place_of(x, list, a, b),
            "candidate '%s' can never be bought: '%s' is %s", p_waits ? p->id : q->id,
            p_waits ? q->id : p->id, rw_status_names[p_waits ? q->status : p->status]);
        rw_diag_help(x->d, "leave the candidate out, or the exclusion");
    }
}

/* set[] <- the control and all that it requires, by way of others too. */
static void
gather(const struct rw_model *m, size_t control, bool set[])
{
    bool more = true;

    memset(set, 0, m->n_controls * sizeof *set);
    set[control] = true;
    while (more) {
        more = false;
        for (size_t c = 0; c < m->n_controls; c++)
            for (size_t k = 0; set[c] && k < m->controls[c].n_requires; k++)
                if (!set[m->controls[c].requires[k]])
                    more = set[m->controls[c].requires[k]] = true;
    }
}

/* A pair within the set that excludes itself; false: there is none. */
static bool
find_pair(const struct rw_model *m, const bool set[], size_t *a, size_t *b)
{
    for (*a = 0; *a < m->n_controls; ++*a)
        for (*b = *a + 1; set[*a] && *b < m->n_controls; ++*b)
            if (set[*b] && rw_decode_excluded(m, *a, *b))
                return true;
    return false;
}

/* What a control requires must be able to stand together, and with it.  Told of
 * the first in a chain only. */
static void
check_prerequisites(
    struct rw_decode *x, const struct rw_node *list, size_t control, bool set[])
{
    const struct rw_control *c = &x->m->controls[control];
    size_t a, b;

    for (size_t k = 0; k < c->n_requires; k++) {
        gather(x->m, c->requires[k], set);
        if (find_pair(x->m, set, &a, &b))
            return;
    }
    gather(x->m, control, set);
    if (!find_pair(x->m, set, &a, &b))
        return;
    if (a == control || b == control)
        rw_decode_wrong(x, rw_node_get(node_of(list, control), "requires"),
            "control '%s' requires '%s', which it excludes", c->id,
            x->m->controls[a == control ? b : a].id);
    else
        rw_decode_wrong(x, rw_node_get(node_of(list, control), "requires"),
            "control '%s' requires '%s' and '%s', which exclude each other", c->id,
            x->m->controls[a].id, x->m->controls[b].id);
    rw_decode_also(x, place_of(x, list, a, b), "excluded here");
    rw_diag_help(x->d, "it can never be bought");
}

void
rw_decode_exclusions(struct rw_decode *x, const struct rw_node *list)
{
    size_t n = x->m->n_controls, stated = 0;
    bool *set = RW_DECODE_NEW(x, n, bool);

    for (size_t c = 0; c < n; c++)
        stated += x->m->controls[c].n_excludes;
    if (stated == 0 || set == NULL)
        return;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a; b < n; b++)
            if (rw_decode_excluded(x->m, a, b))
                check_pair(x, list, a, b);
    for (size_t c = 0; c < n; c++)
        check_prerequisites(x, list, c, set);
}
